from django.urls import path

from portal import styleguide, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("first-steps/close/", views.checklist_close, name="checklist_close"),
    path("search/", views.search, name="search"),
    path("help/", views.help_page, name="help"),
    path("outbox/", views.mails, name="outbox"),
    path("outbox/<int:pk>/again/", views.mail_again, name="mail_again"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("<slug:congress>/public/programme/", views.public_programme, name="public_programme"),
]
