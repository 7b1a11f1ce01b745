"""The Department's care of accounts."""

from django.db import transaction

from core import accounts
from core.locks import lock
from core.models import Mail, User
from core.refusal import refuse_if
from units import rules
from units.models import Office


@transaction.atomic
def change_account(*, actor: User, user: User, **fields: str) -> User:
    """Mend the name, e-mail or phone of somebody's account; a new e-mail is told to the old one."""
    refuse_if(rules.why_not_keep_account(actor, user))
    return accounts.change(actor=actor, user=user, **fields)


@transaction.atomic
def send_link(*, actor: User, user: User) -> Mail | None:
    """Mail the one-time link that sets the password, once more; the letter, as it stands in the outbox."""
    refuse_if(rules.why_not_send_link(actor, user))
    return accounts.send_link(actor=actor, user=user)


@transaction.atomic
def close_account(*, actor: User, user: User) -> None:
    """Close an account: nobody signs in with it any more, and its history stays."""
    list(Office.objects.select_for_update().filter(role=Office.Role.DEPARTMENT_HEAD).order_by("pk"))
    user = lock(User, user.pk)
    refuse_if(rules.why_not_close(actor, user))
    accounts.set_active(actor=actor, user=user, active=False)


@transaction.atomic
def open_account(*, actor: User, user: User) -> None:
    """Open a closed account again, with the offices that it still holds."""
    user = lock(User, user.pk)
    refuse_if(rules.why_not_open(actor, user))
    accounts.set_active(actor=actor, user=user, active=True)


@transaction.atomic
def sign_out(*, actor: User, user: User) -> None:
    """End every session of somebody's account, as when a telephone was lost."""
    refuse_if(rules.why_not_keep_account(actor, user))
    accounts.sign_out_everywhere(actor=actor, user=user)
