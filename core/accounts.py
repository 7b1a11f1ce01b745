"""Accounts: made by the Department, opened by a one-time link, ended everywhere at once."""

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from core import audit, outbox
from core.models import SignIn, User


@transaction.atomic
def create(*, actor: User | None, username: str, full_name: str, email: str = "", phone: str = "") -> User:
    """Make an account without a password and send its one-time link. Whether `actor` may is the caller's rule."""
    user = User.objects.create_user(username, email, full_name=full_name, phone=phone)
    audit.record(actor, "account.created", user)
    send_link(actor=actor, user=user)
    return user


def one_time_link(user: User) -> str:
    """The address where this person sets a password: good once, for `PASSWORD_RESET_TIMEOUT` seconds."""
    path = reverse(
        "core:set_password",
        args=[urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)],
    )
    return settings.PORTAL_ADDRESS.rstrip("/") + path


@transaction.atomic
def send_link(*, actor: User | None, user: User) -> None:
    """Mail the one-time link that sets the password."""
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    with override(user.language):
        outbox.send(
            to=user,
            subject=_("Your account on the congress portal"),
            body=_(
                "Dear %(name)s,\n\nuser name: %(username)s\nOpen this address and choose a password:\n%(link)s\n\n%(validity)s"
            )
            % {
                "name": user.full_name,
                "username": user.username,
                "link": one_time_link(user),
                "validity": ngettext(
                    "The link works once, within %(hours)s hour.",
                    "The link works once, within %(hours)s hours.",
                    hours,
                )
                % {"hours": hours},
            },
        )
    audit.record(actor, "account.link_sent", user)


@transaction.atomic
def set_password(*, actor: User, user: User, password: str) -> None:
    """Set the password; every session of the account ends with it."""
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user)
    audit.record(actor, "account.password_set", user)


@transaction.atomic
def sign_out_everywhere(*, actor: User, user: User) -> None:
    """End every session of the account, this one included."""
    end_sessions(user)
    audit.record(actor, "account.signed_out", user)


@transaction.atomic
def set_active(*, actor: User, user: User, active: bool) -> None:
    """Close an account (its history stays) or open it again. Whether `actor` may is the caller's rule."""
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        end_sessions(user)
    audit.record(actor, "account.opened" if active else "account.closed", user)


@transaction.atomic
def change(*, actor: User, user: User, **fields: str) -> None:
    """Change name, e-mail, phone or language of an account."""
    for name, value in fields.items():
        setattr(user, name, value)
    user.save(update_fields=[*fields])
    audit.record(actor, "account.changed", user)


def end_sessions(user: User) -> None:
    Session.objects.filter(signin__user=user).delete()


@receiver(user_logged_in)
def remember_device(sender, request: HttpRequest, user: User, **_kwargs) -> None:
    """Django says that somebody signed in: keep where, so that it can be ended from elsewhere."""
    if not request.session.session_key:
        request.session.save()
    SignIn.objects.update_or_create(
        session_id=request.session.session_key,
        defaults={
            "user": user,
            "address": request.META.get("REMOTE_ADDR") or None,
            "device": request.headers.get("User-Agent", "")[:200],
        },
    )


def locked_out(request: HttpRequest, *_args, **_kwargs) -> HttpResponse:
    """Too many wrong passwords for one account or from one address."""
    return render(request, "core/locked_out.html", {"hours": settings.AXES_COOLOFF_TIME}, status=429)
