"""What must hold over a congress's plan, conferences and reports; `manage.py check_invariants` counts it anew."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from congress import reports, schedule
from congress.models import Conference, ConferenceReport, Congress
from congress.queries.schedule import jobs
from core.models import Upload


def faults(congress: Congress) -> list[str]:
    """Every fault in words; nothing when all is well."""
    return [*_reports(congress), *_events(congress), *_needs(congress)]


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


def _events(congress: Congress) -> Iterator[str]:
    """What follows an event is due as many days after it as it says, and has no days while the event has none."""
    for task, _job in jobs(congress).values():
        event = task.event
        if event is None or task.is_over:
            continue
        dates = schedule.follow(event.held_on, task.offset_days or 0, task.length_days or 1)
        if dates != (task.starts, task.due):
            words = _("“%(task)s”: follows “%(event)s”, but not at the distance that it names.")
            yield words % {"task": task, "event": event}


def _needs(congress: Congress) -> Iterator[str]:
    """Nothing waits for itself, nor for a task of another plan."""
    known = jobs(congress)
    edges = {key: job.needs for key, (_task, job) in known.items()}
    for key, (task, job) in known.items():
        if schedule.circle(edges, key):
            yield _("“%(task)s”: waits for itself over other tasks.") % {"task": task}
        if job.needs - known.keys():
            yield _("“%(task)s”: waits for a task of another plan.") % {"task": task}
