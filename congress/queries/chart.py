"""The plan's chart and its calendar: rows with their words, ready to be drawn."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress import gantt
from congress.models import Conference, Congress, Task
from congress.queries.plan import TASK_TONES, drift_words, task_tone
from core.vietnamese import short_date, weekday_date

_TAILS = {
    Task.State.NOT_STARTED: "",
    Task.State.DONE: "✓",
    Task.State.DONE_LATE: "✓",
    Task.State.PAUSED: "‖",
    Task.State.DROPPED: "×",
}


@dataclass(frozen=True)
class ChartRow:
    """What stands beside a row of the chart, and the words of its bar."""

    name: str
    remark: str
    url: str
    words: str
    tone: str
    note: str = ""  # said in the row itself where it has no bar
    tail: str = ""  # stands behind the bar: how far it is, or by how much it is late


@dataclass(frozen=True)
class PlanChart:
    """The geometry, the names of its groups, and the row of each key."""

    picture: gantt.Chart
    groups: list[str]
    rows: dict


def plan_chart(congress: Congress, tasks: Iterable[Task], today: date) -> PlanChart:
    """Tasks by phase, then the conferences and the congress; `tasks` come with phase, lead, event and needs at hand.

    One query for the conferences.
    """
    rows: dict = {}
    phases: dict[int, list[gantt.Line]] = {}
    names: dict[int, str] = {}
    for task in tasks:
        task.congress = congress
        phases.setdefault(task.phase_id, []).append(_line(task))
        names[task.phase_id] = task.phase.name
        rows[task.pk] = _row(task, today)
    events = []
    happening: list[Conference | Congress] = [*congress.conferences.all(), congress]
    for event in happening:
        if isinstance(event, Conference):
            event.congress = congress
        key = type(event), event.pk
        events.append(gantt.Line(key, None, event.held_on, milestone=True))
        rows[key] = _event_row(event)
    groups = [*phases.values(), events]
    marks = [congress.held_on] if congress.held_on else []
    names_of_groups = [*names.values(), _("Conferences and congress")]
    return PlanChart(gantt.chart(groups, today, marks), names_of_groups, rows)


def _line(task: Task) -> gantt.Line:
    return gantt.Line(
        key=task.pk,
        starts=task.starts,
        due=task.due,
        progress=100 if task.finished_on else task.progress,
        base_starts=task.baseline_starts,
        base_due=task.baseline_due,
        needs=frozenset(need.pk for need in task.needs.all()),
    )


def _row(task: Task, today: date) -> ChartRow:
    """'Soạn hướng dẫn, Vụ TĐKT, 01/08/2019 – 30/09/2019, 40%, Quá hạn, chậm 12 ngày'."""
    state = task.state_on(today)
    note = "" if task.due else _("waits for the day of “%(event)s”") % {"event": task.event}
    when = f"{short_date(task.starts)} – {short_date(task.due)}" if task.starts and task.due else note
    words = [task.name, task.lead.name, when, f"{task.progress}%", str(state.label)]
    tail = _TAILS.get(state, f"{task.progress}%")
    if state == Task.State.OVERDUE and task.due:
        days = (today - task.due).days
        tail = ngettext("late by %(days)s day", "late by %(days)s days", days) % {"days": days}
        words.append(tail)
    if drift := drift_words(task):
        words.append(drift)
    return ChartRow(
        name=task.name,
        remark=task.lead.abbreviation or task.lead.name,
        url=task.get_absolute_url(),
        words=", ".join(words),
        tone=TASK_TONES[state],
        note=note,
        tail=tail,
    )


def _event_row(event: Conference | Congress) -> ChartRow:
    when = weekday_date(event.held_on) if event.held_on else _("no day yet")
    if isinstance(event, Congress) and not event.held_on:
        when = event.congress_window
    return ChartRow(
        name=event.name,
        remark="",
        url=event.get_absolute_url(),
        words=f"{event.name}, {when}",
        tone="gold" if isinstance(event, Congress) else "event",
        note="" if event.held_on else when,
        tail=short_date(event.held_on) if event.held_on else "",
    )


@dataclass(frozen=True)
class Entry:
    """Something on a day of the calendar."""

    name: str
    remark: str
    url: str
    tone: str


@dataclass(frozen=True)
class Day:
    """A day of the calendar's grid; those of the months around it are shown, but empty."""

    day: date
    inside: bool
    today: bool
    entries: list[Entry]

    @property
    def weekday(self) -> str:
        """'thứ Hai, 26/10/2020'."""
        return weekday_date(self.day)


def month_of(congress: Congress, tasks: Iterable[Task], first: date, today: date) -> list[list[Day]]:
    """The weeks of a month, Monday first: what is due, which conferences are held, the congress.

    `tasks` are those due in the month; one query for the conferences.
    """
    found: dict[date, list[Entry]] = {}
    for task in tasks:
        task.congress = congress
        if task.due:
            entry = Entry(task.name, task.lead.name, task.get_absolute_url(), task_tone(task))
            found.setdefault(task.due, []).append(entry)
    for conference in congress.conferences.filter(held_on__range=(first, first + timedelta(days=31))):
        conference.congress = congress
        words = f"{_('Conference')} · {conference.get_session_display()}"
        entry = Entry(conference.name, words, conference.get_absolute_url(), "event")
        if conference.held_on:
            found.setdefault(conference.held_on, []).append(entry)
    if congress.held_on:
        entry = Entry(congress.short, congress.venue, congress.get_absolute_url(), "gold")
        found.setdefault(congress.held_on, []).insert(0, entry)
    return [
        [Day(day, day.month == first.month, day == today, found.get(day, []) if day.month == first.month else [])
         for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]  # fmt: skip
