"""Sign in and out, the password, one's own account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import accounts
from core.forms import LinkForm, NewPasswordForm, PasswordForm, ProfileForm, SignInForm
from core.middleware import LANGUAGE_COOKIE

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


@open_to_all
class PasswordSet(auth.PasswordResetCompleteView):
    template_name = "core/password_set.html"


def profile(request: HttpRequest) -> HttpResponse:
    """One's own name and address, and the devices one is signed in on."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        accounts.change(actor=request.user, user=request.user, **form.cleaned_data)
        messages.success(request, _("Your account is saved."))
        return redirect("core:profile")
    context = {"form": form, "sign_ins": request.user.sign_ins.select_related("session")}
    return render(request, "core/profile.html", context)


def change_password(request: HttpRequest) -> HttpResponse:
    """A new password, after the old one; all sessions end and one signs in anew."""
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The password is changed. Sign in with the new one."))
        return redirect("core:sign_in")
    return render(request, "core/change_password.html", {"form": form})


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    accounts.sign_out_everywhere(actor=request.user, user=request.user)
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
