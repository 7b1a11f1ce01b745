"""What the congress's own room knows to be owed: tasks of the plan, reports of conferences."""

from collections.abc import Iterator
from datetime import date

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from congress import rules
from congress.duties import Duty
from congress.models import Conference, ConferenceReport, Congress, Task
from units.models import BlockOffice


def _of_task(task: Task) -> str:
    return _("Task: %(name)s") % {"name": task.name}


def task_duties(congress: Congress, _day: date) -> Iterator[Duty]:
    """Published tasks that are not finished: of the person in charge, else of the lead unit's people. One query."""
    for task in congress.tasks.open().exclude(published_at=None).exclude(due=None):
        task.congress = congress
        yield Duty(
            key=f"task:{task.pk}",
            title=lazy(_of_task, str)(task),
            path=task.get_absolute_url(),
            due=task.due,
            unit_ids=frozenset() if task.person_id else frozenset([task.lead_id]),
            user_ids=frozenset([task.person_id]) if task.person_id else frozenset(),
            version=task.version,
        )


def _of_report(conference: Conference, *, mend: bool) -> str:
    words = _("Mend the report of %(name)s") if mend else _("Report: %(name)s")
    return words % {"name": conference.name}


def report_duties(congress: Congress, day: date) -> Iterator[Duty]:
    """Reports of conferences that were held, and those returned: of the host, or of who leads the block."""
    led: dict[int, set[int]] = {}
    for block, unit in BlockOffice.objects.on(day).order_by("pk").values_list("block", "unit"):
        led.setdefault(block, set()).add(unit)
    over = (Conference.State.REPORTED, Conference.State.ACCEPTED, Conference.State.POSTPONED)
    rows = congress.conferences.filter(held_on__lte=day).exclude(state__in=over).select_related("report")
    for conference in rows:
        conference.congress = congress
        report = rules.report_of(conference)
        back = report and report.state == ConferenceReport.State.RETURNED and report.due
        due = back or rules.report_due(conference)
        assert due is not None  # noqa: S101 it was held on a day
        host, block = conference.host_unit_id, conference.host_block_id
        yield Duty(
            key=f"report:{conference.pk}",
            title=lazy(_of_report, str)(conference, mend=bool(back)),
            path=conference.get_absolute_url(),
            due=due,
            unit_ids=frozenset([host] if host else led.get(block or 0, ())),
            version=conference.version,
        )
