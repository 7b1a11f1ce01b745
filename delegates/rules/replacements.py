"""Why nobody can come instead of somebody, and until when units may send somebody else."""

from django.utils.translation import gettext as _

from congress.deadlines import Deadline
from congress.models import Congress
from core import clock
from core.models import User
from core.refusal import Denial
from core.vietnamese import short_date
from delegates.models import Category, Delegate
from delegates.rules.people import (
    _of_the_department,
    deadline_for,
    why_not_act_for,
    why_not_be_at_work,
    why_not_of_units,
    why_not_sit,
)
from delegates.rules.settled import binding_list
from units.models import Unit


def replacements_end(actor: User | None, congress: Congress, unit_id: int | None) -> Deadline | None:
    """Until when somebody who acts for a unit may send somebody else; none binds the Department.

    Where the congress has no day for it, registration ends it. What comes later is never taken as late: after this
    day badges and seats are made, and only the Department replaces.
    """
    registration = deadline_for(actor, congress, unit_id)
    if congress.replacements_until is None or unit_id is None or _of_the_department(actor):
        return registration
    return Deadline(common=congress.replacements_until, grace_minutes=congress.grace_minutes)


def why_not_replace(actor: User | None, delegate: Delegate) -> str | None:
    """Why nobody can come instead of a delegate: who is confirmed is replaced too, until the last day for it."""
    if reason := why_not_act_for(actor, delegate.unit):
        return reason
    if delegate.state == Delegate.State.WITHDRAWN:
        return _("%(name)s was withdrawn: register them anew to bring them back.") % {"name": delegate}
    if delegate.state == Delegate.State.RESERVE:
        return _("%(name)s is on the reserve list and has no seat to pass on: register the other person.") % {
            "name": delegate
        }
    held = replacements_end(actor, delegate.congress, delegate.unit_id)
    if held is None or not held.refuses(clock.arrived()):
        return None
    return _("Units sent somebody else until %(day)s. Ask the Department, which can still replace %(name)s.") % {
        "day": short_date(held.day),
        "name": delegate,
    }


def needs_paper(actor: User | None, delegate: Delegate) -> bool:
    """Whether a replacement goes by a paper of the unit.

    It does once registration is over, the unit's list is settled, or the person is confirmed.
    """
    if delegate.unit_id is None or _of_the_department(actor):
        return False
    registration = deadline_for(actor, delegate.congress, delegate.unit_id)
    over = registration is not None and registration.refuses(clock.arrived())
    confirmed = delegate.state == Delegate.State.CONFIRMED
    return over or confirmed or binding_list(actor, delegate.congress, delegate.unit_id) is not None


def why_not_without_paper(actor: User | None, delegate: Delegate, document: str) -> str | None:
    """Why a replacement cannot do without its paper."""
    if document or not needs_paper(actor, delegate):
        return None
    return _("Write the number and day of the paper by which your unit sends somebody else.")


def why_not_see_replacements(user: User) -> str | None:
    """The list of all replacements is the Department's; each chain stands on the pages of those in it."""
    if _of_the_department(user):
        return None
    return Denial(_("The list of replacements is read by the Department; a delegate's page shows who came for whom."))


def moves_seat(category: Category, into: Category, *, honoured: bool) -> bool:
    """Whether a seat follows the successor into another category: an award is personal, and this seat was for one."""
    return category.needs_award and not honoured and into != category


def why_not_take_over(congress: Congress, unit: Unit | None, category: Category, *, seat_comes: bool) -> str | None:
    """Why a successor cannot sit in this category; `seat_comes`: with the seat. Ask it behind the quotas' locks."""
    reason = why_not_be_at_work(unit) or why_not_of_units(unit, category)
    return reason or (None if seat_comes else why_not_sit(congress, unit, category))


def why_not_keep_honour(category: Category, *, honoured: bool) -> str | None:
    """Why a successor without an award of their own cannot sit on a seat that is for one."""
    if honoured or not category.needs_award:
        return None
    return _(
        "“%(category)s” is for those honoured with an award, and an award does not travel with the seat: "
        "enter the new person's own award, or choose another category, into which the seat goes along."
    ) % {"category": category}


def why_not_succeed(reserve: Delegate, delegate: Delegate) -> str | None:
    """Why somebody on a reserve list cannot come instead of a delegate."""
    if reserve.state != Delegate.State.RESERVE:
        return _("%(name)s is not on the reserve list.") % {"name": reserve}
    if (reserve.congress_id, reserve.unit_id) != (delegate.congress_id, delegate.unit_id):
        return _("%(name)s waits on the reserve list of another unit.") % {"name": reserve}
    if hasattr(reserve, "came_by") or hasattr(reserve, "passed_on"):
        return _("%(name)s has come instead of somebody before: register them anew as the successor.") % {
            "name": reserve
        }
    return None
