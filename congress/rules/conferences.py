"""Who may do what with a conference, and why not."""

from datetime import timedelta

from django.utils.translation import gettext as _

from congress.models import Conference
from congress.rules.plan import of_the_department
from core import clock
from core.models import User
from core.refusal import Denial
from core.vietnamese import short_date
from units.hats import hats


def hosts(actor: User | None, conference: Conference) -> bool:
    """Whether the person acts for the unit or the block that holds the conference."""
    if actor is None:
        return True
    mine = hats(actor)
    return conference.host_unit_id in mine.unit_ids or conference.host_block_id in mine.block_ids


def why_not_schedule(actor: User | None, conference: Conference) -> str | None:
    """The host sets the day, and so may the Department. What was reported is over."""
    if not (of_the_department(actor) or hosts(actor, conference)):
        return Denial(_("The day is set by the host: the unit, or the head of the block."))
    if conference.state == Conference.State.REPORTED:
        return _("The conference was held and reported: its day cannot be changed any more.")
    return None


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
    if conference.state == Conference.State.POSTPONED and not conference.held_on:
        return _("The conference is postponed already.")
    return None


def why_not_report_conference(actor: User | None, conference: Conference) -> str | None:
    """The host reports after the day, once; the Department may mend the report."""
    if not (of_the_department(actor) or hosts(actor, conference)):
        return Denial(_("The conference is reported by its host."))
    if not conference.held_on:
        return _("The conference has no day yet: set it, then report after it.")
    if clock.today() < conference.held_on:
        return _("The report opens on the day of the conference, %(day)s.") % {"day": short_date(conference.held_on)}
    if conference.state == Conference.State.REPORTED and not of_the_department(actor):
        return _("The report was sent already; the Department can still mend it.")
    return None


def report_due(conference: Conference):
    """The day the report is due, or None while the conference has no day."""
    return conference.held_on and conference.held_on + timedelta(days=conference.congress.report_days)
