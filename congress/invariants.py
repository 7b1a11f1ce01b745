"""What must hold over the conferences of a congress and their reports; `manage.py check_invariants` counts it anew."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from congress import reports
from congress.models import Conference, ConferenceReport, Congress
from core.models import Upload


def faults(congress: Congress) -> list[str]:
    """Every fault in words; nothing when all is well."""
    return list(_reports(congress))


def _reports(congress: Congress) -> Iterator[str]:
    """Dossier 4.11: a state has its report, a report its signed sheet, and nobody is proposed beyond the limits."""
    for conference in congress.conferences.select_related("report"):
        report = getattr(conference, "report", None)
        name = {"conference": conference}
        if report is None:
            if conference.state in (Conference.State.REPORTED, Conference.State.ACCEPTED):
                yield _("%(conference)s: reported, but there is no report.") % name
            continue
        sent = report.state in ConferenceReport.SENT_IN
        if sent != (conference.state in (Conference.State.REPORTED, Conference.State.ACCEPTED)):
            yield _("%(conference)s: its state and that of its report do not fit together.") % name
        if sent and not Upload.objects.of(report).filter(slot=reports.SCAN).exists():
            yield _("%(conference)s: the report was sent without its signed sheet.") % name
        named = list(report.elected.values_list("elected_as", flat=True))
        for kind, most in congress.proposals_per_conference.items():
            if named.count(kind) > most:
                yield _("%(conference)s proposes more than it may.") % name
