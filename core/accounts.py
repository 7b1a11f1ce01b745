"""Accounts: made by the Department, opened by a one-time link, ended everywhere at once."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from core import audit, clock, links, lockout, outbox, versions
from core.locks import lock
from core.models import Mail, SignIn, User
from core.refusal import Refused

LINKS_AN_HOUR = 3  # that anybody may ask for by mail, for one account


@transaction.atomic
def create(*, actor: User | None, username: str, full_name: str, email: str = "", phone: str = "") -> User:
    """Make an account without a password and send its one-time link. Whether `actor` may is the caller's rule.

    Raises ValidationError where a value does not stand up: a name in use, letters that do not belong there.
    """
    user = User(username=username.lower(), email=normal_email(email), full_name=full_name, phone=phone)
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    _save(user)
    audit.record(actor, "account.created", user)
    send_link(actor=actor, user=user)
    return user


def _save(user: User, **options) -> None:
    """Save, unless somebody has just taken the same user name or e-mail for another account."""
    try:
        with transaction.atomic():
            user.save(**options)
    except IntegrityError:
        raise Refused(_("Another account was given this user name or e-mail a moment ago.")) from None


def normal_email(text: str) -> str:
    """The one form in which an e-mail is stored and looked for."""
    return text.strip().lower()


@transaction.atomic
def send_link(*, actor: User | None, user: User) -> Mail | None:
    """Mail the one-time link that sets the password; None for an account without e-mail."""
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    with override(user.language):
        mail = outbox.send(
            to=user,
            subject=_("Your account on the congress portal"),
            body=_(
                "Dear %(name)s,\n\nuser name: %(username)s\n"
                "Open this address and choose a password:\n%(link)s\n\n%(validity)s"
            )
            % {
                "name": user.full_name,
                "username": user.username,
                "link": links.MARK,
                "validity": ngettext(
                    "The link works once, within %(hours)s hour.",
                    "The link works once, within %(hours)s hours.",
                    hours,
                )
                % {"hours": hours},
            },
        )
    if mail:
        audit.record(actor, "account.link_sent", user)
    return mail


def ask_for_link(*, email: str) -> None:
    """Answer somebody who forgot the password. Nothing that the asker sees tells whether there is such an account."""
    user = User.objects.filter(email=normal_email(email), is_active=True).first()
    if user is None:
        return
    hour_ago = clock.now() - timedelta(hours=1)
    asked = Mail.objects.filter(recipient=user, body__contains=links.MARK, created_at__gt=hour_ago)
    if asked.count() < LINKS_AN_HOUR:
        send_link(actor=None, user=user)


@transaction.atomic
def set_password(*, actor: User, user: User, password: str, but: str = "") -> None:
    """Set the password; every session of the account ends with it, except the one with the key `but`."""
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user, but=but)
    lockout.forgive(user.username)
    audit.record(actor, "account.password_set", user)


@transaction.atomic
def sign_out_everywhere(*, actor: User, user: User) -> None:
    """End every session of the account, this one included. Whether `actor` may is the caller's rule."""
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
def change(*, actor: User, user: User, **fields: Any) -> User:
    """Change name, e-mail, phone, language or reminders of an account; nothing is written when nothing differs.

    A new e-mail is told to the old one: whoever reads it could take the account over.
    """
    row = lock(User, user.pk)
    old_email = row.email
    if "email" in fields:
        fields["email"] = normal_email(fields["email"])
    changes = versions.apply(row, fields)
    if changes:
        row.full_clean(exclude=["password"])
        _save(row, update_fields=[*fields])
        if old_email and row.email != old_email:
            _tell_old_address(row, old_email)
        audit.record(actor, "account.changed", row, changes=changes)
    return row


@transaction.atomic
def close_checklist(*, actor: User) -> None:
    """Put the first steps away for good; the second time nothing is written."""
    row = lock(User, actor.pk)
    if row.checklist_closed_at is None:
        row.checklist_closed_at = clock.now()
        row.save(update_fields=["checklist_closed_at"])
        audit.record(actor, "account.checklist_closed", row)


def _tell_old_address(user: User, old_email: str) -> None:
    with override(user.language):
        outbox.send(
            to=old_email,
            subject=_("The e-mail of your account was changed"),
            body=_(
                "Dear %(name)s,\n\nletters of the congress portal for the account %(username)s now go to %(email)s.\n"
                "If you do not know of this, call the Department at once."
            )
            % {"name": user.full_name, "username": user.username, "email": user.email or "–"},
        )


def end_sessions(user: User, *, but: str = "") -> None:
    """End the account's sessions, except the one with the key `but`."""
    Session.objects.filter(signin__user=user).exclude(session_key=but).delete()


def devices(user: User) -> list[SignIn]:
    """Where somebody is signed in now, latest first."""
    alive = timezone.now()  # sessions live in real time, whatever day is rehearsed
    return list(user.sign_ins.filter(session__expire_date__gt=alive).select_related("session"))


@receiver(user_logged_in)
def remember_device(sender, request: HttpRequest, user: User, **_kwargs) -> None:
    """Django says that somebody signed in: keep where, so that it can be ended from elsewhere."""
    if not request.session.session_key:
        request.session.save()
    SignIn.objects.update_or_create(
        session_id=request.session.session_key,
        defaults={
            "user": user,
            "address": lockout.address(request),
            "device": request.headers.get("User-Agent", "")[:200],
        },
    )
