"""Acts on the reports of conferences. Locks: the conference, its report, then what those take who are handed over.

Whoever reads a conference's page reads its history too: what tells of figures and people is told of the report.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress import handover, letters, reports, rules
from congress.actions.conferences import _move_day, _told
from congress.actions.deadlines import use_report_extension
from congress.actions.moves import follow_event
from congress.deadlines import against_deadline
from congress.models import Commendation, Conference, ConferenceReport, Elected
from core import audit, clock, uploads, versions
from core.locks import lock
from core.models import User
from core.refusal import refuse_if
from core.uploads import Handed
from core.vietnamese import short_date

State = ConferenceReport.State
AS_HELD = ("held_on", "session", "place", "form")


@transaction.atomic
def start_report(*, actor: User | None, conference: Conference) -> ConferenceReport:
    """Begin the report of a conference that was held; what is planned of it stands there already."""
    current = lock(Conference, conference.pk)
    refuse_if(rules.why_not_start_report(actor, current))
    now = clock.now()
    report = ConferenceReport(conference=current, state_since=now, saved_at=now, leaders=current.leader)
    for name in AS_HELD:
        setattr(report, name, getattr(current, name))
    report.save()
    if current.state not in Conference.OVER:
        current.state = Conference.State.HELD
        versions.save(current, ["state"])
    audit.record(actor, "conference.report_started", report)
    return report


@transaction.atomic
def save_report(
    *,
    actor: User | None,
    report: ConferenceReport,
    version: int,
    key: str,
    values: Mapping[str, Any],
    commendations: Iterable[Mapping[str, Any]] | None = None,
    elected: Iterable[Mapping[str, Any]] | None = None,
    files: Mapping[str, Handed] | None = None,
    by_itself: bool = False,
) -> ConferenceReport:
    """Save one subject of a report; fields of other subjects are left alone.

    `commendations` and `elected` replace those lists, apart from who was taken over already; `files` are by slot.
    `by_itself` marks a draft that saved itself. Raises Stale, and LookupError for an unknown subject.
    """
    current = lock(ConferenceReport, report.pk)
    refuse_if(rules.why_not_write_report(actor, current))
    subject = reports.subject(key)
    if subject is None:
        raise LookupError(key)
    fields = {name: value for name, value in values.items() if name in subject.fields}
    versions.check(current, version, subject.fields)
    changes = _told(versions.apply(current, fields))
    current.full_clean(exclude=["conference"])
    if commendations is not None and key == "commendations":
        changes |= _replace_commendations(current, commendations)
    if elected is not None and key == "elected":
        changes |= _replace_elected(current, elected)
    if files is not None and key == "files":
        changes |= _change_files(actor, current, files)
    current.saved_at = clock.now()
    versions.save(current, [*fields, "saved_at"])
    if changes and not (by_itself and audit.just_told(actor, "conference.report_edited", current)):
        audit.record(actor, "conference.report_edited", current, changes=changes, subject=key)
    return current


def _replace_commendations(report: ConferenceReport, rows: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    before = [str(row) for row in report.commendations.select_related("award")]
    report.commendations.all().delete()
    made = [Commendation(report=report, **row) for row in rows]
    for row in made:
        row.full_clean(exclude=["report"], validate_constraints=False)
    Commendation.objects.bulk_create(made)
    after = [str(row) for row in report.commendations.select_related("award")]
    label = str(Commendation._meta.verbose_name_plural)
    return {label: ["; ".join(before), "; ".join(after)]} if before != after else {}


def _replace_elected(report: ConferenceReport, rows: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Whoever became a nominee or a delegate stays; of the others the trail tells how many there are."""
    before = list(report.elected.all())
    kept = [one for one in before if one.made]
    report.elected.filter(made="").delete()
    made = [Elected(report=report, **row) for row in rows]
    refuse_if(rules.why_too_many(report.conference.congress, [one.elected_as for one in (*kept, *made)]))
    members = set(report.conference.units.values_list("pk", flat=True))
    for one in made:
        one.full_clean(exclude=["report"])
        if one.unit_id not in members:
            refuse_if(_("%(unit)s does not belong to this conference.") % {"unit": one.unit})
    Elected.objects.bulk_create(made)
    known = [(one.name, one.elected_as, one.unit_id) for one in before]
    now = [(one.name, one.elected_as, one.unit_id) for one in (*kept, *made)]
    label = str(Elected._meta.verbose_name_plural)
    return {label: [str(len(known)), str(len(now))]} if known != now else {}


def _change_files(actor: User | None, report: ConferenceReport, files: Mapping[str, Handed]) -> dict[str, list[str]]:
    changes = {}
    for slot in reports.SLOTS:
        handed = files.get(slot.key) or Handed()
        for upload in handed.gone:
            uploads.detach(upload)
        for chosen in handed.chosen:
            uploads.attach(actor=actor, owner=report, slot=slot.key, chosen=chosen)
        if handed:
            names = [", ".join(one.name for one in files) for files in (handed.gone, handed.chosen)]
            changes[str(slot.label)] = names
    return changes


def _locked(report: ConferenceReport) -> tuple[Conference, ConferenceReport]:
    conference = lock(Conference, report.conference_id)
    current = lock(ConferenceReport, report.pk)
    current.conference = conference
    return conference, current


def _move(report: ConferenceReport, state: str, conference_state: str, **fields: Any) -> None:
    """Bring a locked report and its locked conference into their states, with what comes with it."""
    report.state, report.state_since = state, clock.now()
    for name, value in fields.items():
        setattr(report, name, value)
    versions.save(report, ["state", "state_since", *fields])
    report.conference.state = conference_state
    versions.save(report.conference, ["state"])


@transaction.atomic
def put_before_head(*, actor: User | None, report: ConferenceReport) -> ConferenceReport:
    """Tell the head of the host by letter that the report is complete and waits to be sent (Trình thủ trưởng)."""
    current = lock(ConferenceReport, report.pk)
    refuse_if(rules.why_not_put_before_head(actor, current))
    letters.to_head(current.conference)
    audit.record(actor, "conference.report_before_head", current)
    return current


@transaction.atomic
def send_report(*, actor: User | None, report: ConferenceReport) -> ConferenceReport:
    """Send a complete report to the Department. The first time is kept when it is sent again.

    The conference takes its day, half-day, place and form as they came about.
    """
    conference, current = _locked(report)
    refuse_if(rules.why_not_send_report(actor, current))
    old = conference.held_on
    held = {name: getattr(current, name) for name in AS_HELD}
    changes = versions.apply(conference, held)
    conference.full_clean()
    if changes:
        versions.save(conference, list(AS_HELD))
    if conference.held_on != old:
        reason = _("Held on this day, as the report says.")
        move = _move_day(actor, conference, old, reason)
        follow_event(actor=actor, event=conference, reason=reason, because_of=move)
    arrived = clock.arrived()
    first, told = current.first_sent_at or arrived, {}
    if current.first_sent_at is None:
        told = against_deadline(rules.report_deadline(conference), arrived)
        use_report_extension(actor=actor, conference=conference, arrived=arrived)
    _move(current, State.SENT, Conference.State.REPORTED, first_sent_at=first, due=None, return_reason="")
    audit.record(actor, "conference.reported", conference, changes=changes, **told)
    return current


@transaction.atomic
def accept_report(*, actor: User | None, report: ConferenceReport) -> ConferenceReport:
    """Accept a sent report: whom it proposes becomes a draft nomination, whom it elects a registered delegate."""
    conference, current = _locked(report)
    refuse_if(rules.why_not_accept_report(actor, current))
    _move(current, State.ACCEPTED, Conference.State.ACCEPTED)
    elected = list(current.elected.select_related("unit__block"))
    taken = handover.hand_over(actor, current, elected)
    letters.to_host(conference, gettext_lazy("Report accepted: %(conference)s"))
    made = sum(one.made is not None for one in taken)
    audit.record(actor, "conference.report_accepted", conference, taken_over=made, left=len(taken) - made)
    return current


@transaction.atomic
def return_report(*, actor: User | None, report: ConferenceReport, reason: str, due: date) -> ConferenceReport:
    """Send a report back to its host, saying what to mend and until when (Trả lại bổ sung)."""
    _conference, current = _locked(report)
    refuse_if(rules.why_not_return_report(actor, current, due))
    _back(current, reason, due)
    changes = {_("Correction due"): ["", short_date(due)]}
    audit.record(actor, "conference.report_returned", current, reason=reason, changes=changes)
    return current


@transaction.atomic
def reopen_report(*, actor: User | None, report: ConferenceReport, reason: str, due: date) -> ConferenceReport:
    """Open an accepted report again; what was made of it stays, and is not made twice."""
    _conference, current = _locked(report)
    refuse_if(rules.why_not_reopen_report(actor, current, due))
    _back(current, reason, due)
    changes = {_("Correction due"): ["", short_date(due)]}
    audit.record(actor, "conference.report_reopened", current, reason=reason, changes=changes)
    return current


def _back(report: ConferenceReport, reason: str, due: date) -> None:
    _move(report, State.RETURNED, Conference.State.HELD, return_reason=reason, due=due)
    subject = gettext_lazy("Report returned for correction: %(conference)s")
    letters.to_host(report.conference, subject, reason, due)
