"""Who may do what with a conference, and why not."""

from datetime import date

from django.utils.translation import gettext as _

from congress.models import Conference, ConferenceReport
from congress.rules.deadlines import report_deadline
from congress.rules.plan import of_the_department
from core import clock
from core.models import User
from core.refusal import Denial
from core.vietnamese import short_date
from units.hats import hats

State = Conference.State


def hosts(actor: User | None, conference: Conference) -> bool:
    """Whether the person acts for the unit or the block that holds the conference."""
    if actor is None:
        return True
    mine = hats(actor)
    return conference.host_unit_id in mine.unit_ids or conference.host_block_id in mine.block_ids


def may_see_figures(actor: User | None, conference: Conference) -> bool:
    """What came of a conference is read by the Department, the host and the units that held it together."""
    if of_the_department(actor) or hosts(actor, conference):
        return True
    members = {unit.pk for unit in conference.units.all()}
    return actor is not None and bool(members & hats(actor).unit_ids)


def why_not_see_roll_up(actor: User) -> str | None:
    """The roll-up is for the Department, and for units and blocks with their own conferences."""
    mine = hats(actor)
    if mine.department or mine.unit_ids:
        return None
    return Denial(_("What came of the conferences is seen by the Department, and by each unit for its own."))


def report_of(conference: Conference) -> ConferenceReport | None:
    """The report of a conference, or None as long as nobody has begun it."""
    return getattr(conference, "report", None)


def why_not_schedule(actor: User | None, conference: Conference) -> str | None:
    """The host sets the day, and so may the Department. What was held has its day."""
    if not (of_the_department(actor) or hosts(actor, conference)):
        return Denial(_("The day is set by the host: the unit, or the head of the block."))
    if conference.state in (State.REPORTED, State.ACCEPTED):
        return _("The conference was held and reported: its day cannot be changed any more.")
    if conference.state == State.HELD and not of_the_department(actor):
        return _("The conference was held: its day cannot be changed any more, unless the Department mends it.")
    return None


def why_not_move_day(conference: Conference, day: date | None, reason: str, document: str) -> str | None:
    """An approved day is moved with a reason and by a paper: both are kept with the days that it had."""
    if conference.state != State.APPROVED or day == conference.held_on or (reason and document):
        return None
    return _("The Department has approved this day: give the reason for another one, and the document.")


def why_not_approve(actor: User | None, conference: Conference) -> str | None:
    if not of_the_department(actor):
        return Denial(_("Conferences are approved by the Department."))
    if not conference.held_on:
        return _("The conference has no day yet: the host sets it first.")
    if not conference.waits_for_approval:
        return _("The conference was approved already.")
    return None


def why_not_postpone(actor: User | None, conference: Conference) -> str | None:
    if reason := why_not_schedule(actor, conference):
        return reason
    if conference.state == State.POSTPONED and not conference.held_on:
        return _("The conference is postponed already.")
    return None


def why_not_hold(actor: User | None, conference: Conference) -> str | None:
    """The host says that the conference was held, on its day or after it."""
    if not (of_the_department(actor) or hosts(actor, conference)):
        return Denial(_("That the conference was held is said by its host."))
    if conference.state in Conference.OVER:
        return _("That the conference was held is known already.")
    return _why_not_over(conference)


def _why_not_over(conference: Conference) -> str | None:
    if not conference.held_on:
        return _("The conference has no day yet: set it, then report after it.")
    if clock.today() < conference.held_on:
        return _("The report opens on the day of the conference, %(day)s.") % {"day": short_date(conference.held_on)}
    return None


def report_due(conference: Conference) -> date | None:
    """The last day of the report as it was extended, or None while the conference has no day."""
    found = report_deadline(conference)
    return found.day if found else None
