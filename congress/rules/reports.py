"""Who may do what with the report of a conference, and why not."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress import reports
from congress.models import Conference, ConferenceReport, Congress, Elected
from congress.rules.conferences import _why_not_over, hosts, report_of
from congress.rules.deadlines import report_deadline
from congress.rules.plan import of_the_department
from core import clock
from core.models import Upload, User
from core.refusal import Denial
from units.hats import hats
from units.models import BlockOffice

State = ConferenceReport.State
KINDS = {
    "collective": gettext_lazy("%(most)s collective at most is proposed by a conference: take the others away."),
    "individual": gettext_lazy("%(most)s individual at most is proposed by a conference: take the others away."),
}


def heads_host(actor: User | None, conference: Conference) -> bool:
    """Whether the person heads the unit that holds the conference, or a unit that leads the block which does."""
    if actor is None:
        return True
    mine = hats(actor)
    if conference.host_unit_id:
        return conference.host_unit_id in mine.head_of
    if conference.host_block_id not in mine.block_ids:
        return False
    return BlockOffice.objects.on(clock.today()).filter(block=conference.host_block_id, unit__in=mine.head_of).exists()


def why_not_read_report(actor: User | None, conference: Conference) -> str | None:
    """The whole report, with the people it names, is for the Department and the host."""
    if of_the_department(actor) or hosts(actor, conference):
        return None
    return Denial(_("The report is read by the Department and by the host of the conference."))


def may_read_files(user: User, report: ConferenceReport) -> bool:
    """Whose the files of a report are."""
    return why_not_read_report(user, report.conference) is None


def _why_not_hosts(actor: User | None, conference: Conference) -> str | None:
    if of_the_department(actor) or hosts(actor, conference):
        return None
    return Denial(_("The conference is reported by its host."))


def why_not_start_report(actor: User | None, conference: Conference) -> str | None:
    """The host begins the report on the day of the conference or after it, once."""
    if reason := _why_not_hosts(actor, conference):
        return reason
    if report_of(conference):
        return _("The report was begun already: go on with it.")
    return _why_not_over(conference)


def why_not_write_report(actor: User | None, report: ConferenceReport) -> str | None:
    """Clerk and head of the host write a draft, and what was returned; the Department may write it for them."""
    if reason := _why_not_hosts(actor, report.conference):
        return reason
    if report.state in ConferenceReport.EDITABLE:
        return None
    if report.state == State.SENT:
        return _("The report was sent: it can be changed when the Department returns it.")
    return _("The report was accepted: it can be changed when the Department opens it again.")


def why_not_send_report(actor: User | None, report: ConferenceReport) -> str | None:
    """The head sends a complete report; a clerk tells the head that it is ready."""
    if reason := why_not_write_report(actor, report):
        return reason
    if not (of_the_department(actor) or heads_host(actor, report.conference)):
        return Denial(_("The report is sent by the head of the unit, or of the unit that leads the block."))
    return _why_not_whole(report)


def why_not_put_before_head(actor: User | None, report: ConferenceReport) -> str | None:
    """A clerk tells the head that the report is complete; a head sends it."""
    if reason := why_not_write_report(actor, report):
        return reason
    if of_the_department(actor) or heads_host(actor, report.conference):
        return Denial(_("You send the report yourself: it need not be put before anybody."))
    return _why_not_whole(report)


def _why_not_whole(report: ConferenceReport) -> str | None:
    missing = [part.subject.title for part in how_far(report) if not part.complete]
    if missing:
        return _("The report is not complete. Still missing: %(subjects)s.") % {
            "subjects": ", ".join(map(str, missing))
        }
    if report.held_on and report.held_on > clock.today():
        return _("The day of the conference lies in the future: mend it in the report.")
    return why_too_many(report.conference.congress, [one.elected_as for one in report.elected.all()])


def how_far(report: ConferenceReport) -> list[reports.Part]:
    """How far each subject of a report has come; three queries, unless its lists are at hand."""
    elected = [written(one) for one in report.elected.all()]
    slots = set(Upload.objects.of(report).values_list("slot", flat=True))
    return reports.parts(written(report), len(report.commendations.all()), elected, slots)


def written(row: ConferenceReport | Elected) -> dict[str, Any]:
    """The fields of a row by name, as `congress.reports` takes them."""
    return {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}


def why_too_many(congress: Congress, elected_as: Iterable[str]) -> str | None:
    """A conference proposes so many collectives and individuals, and no more (dossier 3.4)."""
    named = list(elected_as)
    for kind, most in congress.proposals_per_conference.items():
        if named.count(kind) > most:
            return str(KINDS[kind]) % {"most": most}
    return None


def _why_not_department(actor: User | None) -> str | None:
    return None if of_the_department(actor) else Denial(_("Reports are accepted and returned by the Department."))


def why_not_accept_report(actor: User | None, report: ConferenceReport) -> str | None:
    if reason := _why_not_department(actor):
        return reason
    if report.state != State.SENT:
        return _("The report is “%(state)s”: this is not possible now.") % {"state": report.get_state_display()}
    return None


def why_not_return_report(actor: User | None, report: ConferenceReport, due: date | None = None) -> str | None:
    """A sent report is returned with a reason and a day that the host can still meet."""
    return why_not_accept_report(actor, report) or _why_not_due(due)


def why_not_reopen_report(actor: User | None, report: ConferenceReport, due: date | None = None) -> str | None:
    """What was accepted is closed; the Department alone opens it again."""
    if reason := _why_not_department(actor):
        return reason
    if report.state != State.ACCEPTED:
        return _("The report is “%(state)s”: this is not possible now.") % {"state": report.get_state_display()}
    return _why_not_due(due)


def _why_not_due(due: date | None) -> str | None:
    if due and due < clock.today():
        return _("The day for the correction lies in the past: choose today or a later day.")
    return None


def days_late(report: ConferenceReport | None, conference: Conference | None = None, today: date | None = None) -> int:
    """How many days after its day a report was first sent, or is still missing; 0 in time."""
    conference = conference or (report.conference if report else None)
    held = report_deadline(conference) if conference else None
    if held is None or (report and report.first_sent_at and not held.is_late(report.first_sent_at)):
        return 0
    sent = localtime(report.first_sent_at).date() if report and report.first_sent_at else today or clock.today()
    return max((sent - held.day).days, 0)
