"""Sign in and out, the password, one's own account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth import update_session_auth_hash as stay_signed_in
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from core import accounts
from core.forms import LinkForm, NewPasswordForm, ProfileForm, SignInForm
from core.middleware import LANGUAGE_COOKIE
from core.models import User

open_to_all = method_decorator(login_not_required, name="dispatch")


@open_to_all
class SignIn(auth.LoginView):
    template_name = "core/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(auth.LogoutView):
    next_page = reverse_lazy("core:sign_in")


@open_to_all
class AskForLink(auth.PasswordResetView):
    template_name = "core/ask_for_link.html"
    form_class = LinkForm
    success_url = reverse_lazy("core:link_sent")


@open_to_all
class LinkSent(auth.PasswordResetDoneView):
    template_name = "core/link_sent.html"


@open_to_all
class SetPassword(auth.PasswordResetConfirmView):
    template_name = "core/set_password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("core:password_set")

    def get_user(self, uidb64: str) -> User | None:
        """Nobody behind the link of a closed account."""
        user = super().get_user(uidb64)
        return user if user and user.is_active else None

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        form.save()
        logout(self.request)  # whoever was signed in here, and the link that the session kept
        return redirect(self.success_url)


@open_to_all
class PasswordSet(auth.PasswordResetCompleteView):
    template_name = "core/password_set.html"


def profile(request: HttpRequest) -> HttpResponse:
    """One's own name and address, and the devices one is signed in on."""
    own = User.objects.get(pk=request.user.pk)  # a form with faults must not change the name in the page's frame
    form = ProfileForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        accounts.change(actor=request.user, user=request.user, **form.cleaned_data)
        messages.success(request, _("Your account is saved."))
        return redirect("core:profile")
    context = {"form": form, "sign_ins": accounts.devices(request.user)}
    return render(request, "core/profile.html", context)


@sensitive_post_parameters()
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password, after the old one; every other session of the account ends."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        accounts.set_password(
            actor=request.user,
            user=request.user,
            password=form.cleaned_data["new_password1"],
            but=request.session.session_key,
        )
        stay_signed_in(request, request.user)
        accounts.remember_device(sender=None, request=request, user=request.user)
        messages.success(request, _("The password is changed. You are signed out on all other devices."))
        return redirect("core:profile")
    return render(request, "core/change_password.html", {"form": form})


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all of one's own sessions; this one goes with them."""
    accounts.sign_out_everywhere(actor=request.user, user=request.user)
    logout(request)
    return redirect("core:sign_in")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language and stay on the page; remembered with the account, or in a cookie."""
    chosen = request.POST.get("language")
    if chosen not in dict(settings.LANGUAGES):
        chosen = settings.LANGUAGE_CODE
    here = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(here, {request.get_host()}, request.is_secure())
    response = redirect(here if safe else "/")
    if request.user.is_authenticated:
        accounts.change(actor=request.user, user=request.user, language=chosen)
    else:
        response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=31_536_000, samesite="Lax", httponly=True)
    return response
