"""Reads of the report of one conference: its subjects, its lists, its files."""

from dataclasses import dataclass

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from congress import reports, rules
from congress.models import Commendation, Conference, ConferenceReport, Elected
from congress.reports import Slot
from core import versions
from core.models import Upload
from core.subjects import Subject, next_open
from core.vietnamese import count, short_date

TONES = {
    ConferenceReport.State.DRAFT: "neutral",
    ConferenceReport.State.SENT: "wait",
    ConferenceReport.State.RETURNED: "back",
    ConferenceReport.State.ACCEPTED: "ok",
}


@dataclass(frozen=True)
class Shown:
    """A subject of the report as it is read: its filled fields, what is missing, whether it is complete."""

    subject: Subject
    facts: list[tuple[str, str]]
    missing: list[str]

    @property
    def complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class ReportSheet:
    """A report ready for a page or a paper."""

    report: ConferenceReport
    subjects: list[Shown]
    commendations: list[Commendation]
    elected: list[Elected]
    files: list[tuple[Slot, list[Upload]]]

    @property
    def done(self) -> int:
        return sum(one.complete for one in self.subjects)

    @property
    def complete(self) -> bool:
        return self.done == len(self.subjects)

    @property
    def has_minutes(self) -> bool:
        return any(files for slot, files in self.files if slot.key == reports.MINUTES)

    @property
    def proposed(self) -> list[Elected]:
        return [one for one in self.elected if not one.is_delegate]

    @property
    def delegates(self) -> list[Elected]:
        return [one for one in self.elected if one.is_delegate]


def report_sheet(report: ConferenceReport) -> ReportSheet:
    """Everything of a report; three queries."""
    commendations = list(report.commendations.select_related("award"))
    elected = list(report.elected.select_related("unit"))
    uploads = list(Upload.objects.of(report))
    rows = [rules.written(one) for one in elected]
    parts = reports.parts(rules.written(report), len(commendations), rows, {upload.slot for upload in uploads})
    subjects = []
    for part in parts:
        missing = [label_of(name) for name in part.missing]
        if part.subject.key == "elected" and elected:
            missing = [told for one in elected if (told := lacking(one))]
        subjects.append(Shown(part.subject, _facts(report, part.subject), missing))
    files = [(slot, [upload for upload in uploads if upload.slot == slot.key]) for slot in reports.SLOTS]
    return ReportSheet(report, subjects, commendations, elected, files)


def _facts(report: ConferenceReport, subject: Subject) -> list[tuple[str, str]]:
    """The filled fields of a subject, as label and text."""
    found = []
    for name in subject.fields:
        field = report._meta.get_field(name)
        value = getattr(report, name)
        if value in (None, "", False):
            continue
        text = count(value) if name.startswith("cost_") and name != "cost_source" else versions.shown(report, field)  # type: ignore[arg-type]
        found.append((label_of(name), text))
    return found


def label_of(name: str) -> str:
    """What a field, a table or a slot for files is called, beginning with a capital."""
    slots = {slot.key: str(slot.label) for slot in reports.SLOTS}
    tables = {"commendations": _("Commendations at the conference"), "elected": _("Proposed and elected")}
    label = slots.get(name) or tables.get(name) or str(ConferenceReport._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def lacking(elected: Elected) -> str:
    """'Nguyễn Thị Sen: ngày sinh, chức vụ': what is still to be filled in of somebody; nothing when all is there."""
    names = [str(Elected._meta.get_field(name).verbose_name) for name in reports.lacking(rules.written(elected))]  # type: ignore[union-attr]
    return f"{elected.name}: {', '.join(names)}" if names else ""


def next_after(report: ConferenceReport, key: str) -> str:
    """The next subject after this one that is not complete, from the beginning once more at the end; or nothing."""
    return next_open(rules.how_far(report), key)


def missing_in(report: ConferenceReport, key: str) -> list[str]:
    """What is missing in one subject."""
    return next(one.missing for one in report_sheet(report).subjects if one.subject.key == key)


def report_waits_on(report: ConferenceReport) -> str:
    """Who has the next step with a report and since when; nothing for one that was accepted."""
    conference: Conference = report.conference
    words = {"host": conference.host.name, "day": short_date(localtime(report.state_since).date())}
    if report.state in ConferenceReport.EDITABLE:
        return _("Waits on %(host)s since %(day)s") % words
    if report.state == ConferenceReport.State.SENT:
        return _("Waits on the Department since %(day)s") % words
    return ""
