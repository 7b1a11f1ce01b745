"""The plan as the schedule sees it: what moves along when a date moves."""

from dataclasses import dataclass
from datetime import date

from congress import schedule
from congress.models import Conference, Congress, Task
from congress.schedule import Job, Outcome


def jobs(congress: Congress) -> dict[int, tuple[Task, Job]]:
    """Every task of a plan with its job, by key; two queries."""
    found = {}
    for task in congress.tasks.select_related("lead", "anchor_conference").prefetch_related("needs"):
        task.congress = congress
        needs = frozenset(need.pk for need in task.needs.all())
        found[task.pk] = task, Job(task.pk, task.starts, task.due, needs, fixed=task.is_over or bool(task.anchor))
    return found


def move(task: Task, starts: date, due: date) -> Outcome:
    """What becomes of the plan when a task gets these dates."""
    return schedule.outcome([job for _task, job in jobs(task.congress).values()], {task.pk: (starts, due)})


def after_event(congress: Congress, event: Conference | Congress) -> Outcome:
    """What becomes of the plan when everything that follows an event follows it to the day that it has now."""
    known = jobs(congress)
    moved = {
        key: schedule.follow(event.held_on, task.offset_days or 0, task.length_days or 1)
        for key, (task, _job) in known.items()
        if task.event == event and not task.is_over
    }
    return schedule.outcome([job for _task, job in known.values()], moved)


@dataclass(frozen=True)
class Moved:
    """A task whose dates move, and the words for it."""

    task: Task
    starts: date | None
    due: date | None
    days: int | None
    because_of: Task | None


@dataclass(frozen=True)
class Overlap:
    """A task that stays where it is, and begins so many days too early for something that it needs."""

    task: Task
    need: Task
    days: int


@dataclass(frozen=True)
class Preview:
    """What a move leads to, to be looked at before it is done."""

    moved: list[Moved]
    overlaps: list[Overlap]
    mark: str


def preview(task: Task, starts: date, due: date) -> Preview:
    """The task with its new dates, every later date that moves with it, and who stays although it should not."""
    found = move(task, starts, due)
    known = jobs(task.congress)
    return Preview(
        moved=[
            Moved(
                known[shift.job.key][0],
                shift.starts,
                shift.due,
                shift.days,
                known[shift.because_of][0] if shift.because_of else None,
            )
            for shift in found.shifts
        ],
        overlaps=[
            Overlap(known[clash.job.key][0], known[clash.need][0], clash.days)
            for clash in found.clashes
            if not known[clash.job.key][0].is_over
        ],
        mark=schedule.mark(found),
    )
