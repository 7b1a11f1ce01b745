from django.urls import path

from core.views import accounts, files, jobs

app_name = "core"
urlpatterns = [
    path("sign-in/", accounts.SignIn.as_view(), name="sign_in"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign_out"),
    path("sign-out/everywhere/", accounts.sign_out_everywhere, name="sign_out_everywhere"),
    path("password/link/", accounts.AskForLink.as_view(), name="ask_for_link"),
    path("password/link/sent/", accounts.LinkSent.as_view(), name="link_sent"),
    path("password/set/<uidb64>/<token>/", accounts.SetPassword.as_view(), name="set_password"),
    path("password/set/done/", accounts.PasswordSet.as_view(), name="password_set"),
    path("password/change/", accounts.change_password, name="change_password"),
    path("account/", accounts.profile, name="profile"),
    path("language/", accounts.language, name="language"),
    path("files/<uuid:pk>/", files.file, name="file"),
    path("jobs/<uuid:pk>/", jobs.job, name="job"),
    path("jobs/<uuid:pk>/file/", jobs.job_file, name="job_file"),
    path("jobs/<uuid:pk>/cancel/", jobs.job_cancel, name="job_cancel"),
]
