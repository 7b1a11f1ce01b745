"""Why somebody may not act on accounts."""

from django.utils.translation import gettext as _

from core import clock
from core.models import User
from core.refusal import Denial
from units.hats import hats
from units.models import Office
from units.rules.offices import another_head
from units.rules.units import heads_the_department


def why_not_see_people(actor: User) -> str | None:
    """The list of accounts is the Department's."""
    if not hats(actor).department:
        return Denial(_("Accounts and offices are kept by the Department."))
    return None


def why_not_keep_account(actor: User, user: User) -> str | None:
    """Why somebody may not change, close or reopen an account, or send its link."""
    if reason := why_not_see_people(actor):
        return reason
    in_department = Office.objects.from_day(clock.today()).filter(user=user, role__in=Office.OF_THE_DEPARTMENT)
    if actor != user and not heads_the_department(actor) and in_department.exists():
        return Denial(_("Only the head of the Department keeps the accounts of the Department's own people."))
    return None


def why_not_close(actor: User, user: User) -> str | None:
    """Why an account cannot be closed."""
    if reason := why_not_keep_account(actor, user):
        return reason
    if not user.is_active:
        return _("This account is closed already.")
    if actor == user:
        return _("You cannot close your own account: ask a colleague in the Department.")
    today = clock.today()
    heads = Office.objects.from_day(today).filter(user=user, role=Office.Role.DEPARTMENT_HEAD)
    if heads.exists() and not another_head(user, today):
        return _(
            "The Department would be left without a head on the portal, and nobody could appoint one. "
            "Appoint the next head first."
        )
    return None


def why_not_open(actor: User, user: User) -> str | None:
    """Why an account cannot be opened again."""
    if reason := why_not_keep_account(actor, user):
        return reason
    return _("This account is open already.") if user.is_active else None


def why_not_send_link(actor: User, user: User) -> str | None:
    """Why no link that sets the password can be sent to an account."""
    if reason := why_not_keep_account(actor, user):
        return reason
    if not user.is_active:
        return _("This account is closed: open it before sending a link.")
    if not user.email:
        return _("This account has no e-mail that a link could go to: enter it first.")
    return None
