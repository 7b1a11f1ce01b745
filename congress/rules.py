"""Who may do what with the plan, the conferences and the programme, and why not."""

from datetime import timedelta

from django.utils.translation import gettext as _

from congress.models import Conference, Congress, ProgrammeItem, Task
from core import clock
from core.models import User
from core.refusal import Denial
from core.vietnamese import short_date
from units.hats import hats


def _of_the_department(actor: User | None) -> bool:
    return actor is None or hats(actor).department


def why_not_keep_plan(actor: User | None) -> str | None:
    """The congress, its plan, programme and catalogues are the Department's."""
    if _of_the_department(actor):
        return None
    return Denial(_("The plan is kept by the Department: call it when something here is not right."))


def why_not_report_task(actor: User | None, task: Task) -> str | None:
    """The lead unit reports its task; so does the Department. A task that was dropped is over."""
    if not _of_the_department(actor) and task.lead_id not in hats(actor).unit_ids:  # type: ignore[arg-type]
        return Denial(_("Progress is reported by the lead unit, %(unit)s.") % {"unit": task.lead})
    if task.status == Task.Status.DROPPED:
        return _("This task was dropped: the Department can take it up again.")
    return None


def hosts(actor: User | None, conference: Conference) -> bool:
    """Whether the person acts for the unit or the block that holds the conference."""
    if actor is None:
        return True
    mine = hats(actor)
    return conference.host_unit_id in mine.unit_ids or conference.host_block_id in mine.block_ids


def why_not_schedule(actor: User | None, conference: Conference) -> str | None:
    """The host sets the day, and so may the Department. What was reported is over."""
    if not (_of_the_department(actor) or hosts(actor, conference)):
        return Denial(_("The day is set by the host: the unit, or the head of the block."))
    if conference.state == Conference.State.REPORTED:
        return _("The conference was held and reported: its day cannot be changed any more.")
    return None


def why_not_approve(actor: User | None, conference: Conference) -> str | None:
    if not _of_the_department(actor):
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
    if not (_of_the_department(actor) or hosts(actor, conference)):
        return Denial(_("The conference is reported by its host."))
    if not conference.held_on:
        return _("The conference has no day yet: set it, then report after it.")
    if clock.today() < conference.held_on:
        return _("The report opens on the day of the conference, %(day)s.") % {"day": short_date(conference.held_on)}
    if conference.state == Conference.State.REPORTED and not _of_the_department(actor):
        return _("The report was sent already; the Department can still mend it.")
    return None


def report_due(conference: Conference):
    """The day the report is due, or None while the conference has no day."""
    return conference.held_on and conference.held_on + timedelta(days=conference.congress.report_days)


def why_not_publish(actor: User | None, congress: Congress) -> str | None:
    if reason := why_not_keep_plan(actor):
        return reason
    if not congress.held_on:
        return _("Set the day of the congress before publishing its programme.")
    return None


def why_not_remove(actor: User | None, item: ProgrammeItem) -> str | None:
    if reason := why_not_keep_plan(actor):
        return reason
    if item.holds_reports:
        return _("The showcase reports are read here: let another item hold them before removing this one.")
    return None
