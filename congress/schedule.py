"""Which dates move along when one moves. Pure: days and numbers, no database, no words.

Days are the calendar's: a month end, a quarter end, 29 February, Tết and weekends are counted like any other day, and a
date that falls on one of them stays there, for the plan of a ministry names such days on purpose.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import TopologicalSorter
from hashlib import sha256

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Job:
    """A task as the schedule sees it: its first and last day (None: not known), and what must be done before it.

    A `fixed` job keeps its dates whatever happens before it: it is over, or it follows an event.
    """

    key: int
    starts: date | None
    due: date | None
    needs: frozenset[int] = frozenset()
    fixed: bool = False


@dataclass(frozen=True)
class Shift:
    """That a job's dates change; `because_of` is the job that pushes it, None for one that was moved by itself."""

    job: Job
    starts: date | None
    due: date | None
    because_of: int | None = None

    @property
    def days(self) -> int | None:
        """By how many days its end moves; None where a date comes up or falls away."""
        return (self.due - self.job.due).days if self.due and self.job.due else None


@dataclass(frozen=True)
class Clash:
    """That a job which keeps its dates, or got them by hand, begins before a need of it is due: by so many days."""

    job: Job
    need: int
    days: int


@dataclass(frozen=True)
class Outcome:
    """Everything that a move leads to: first what was moved, then what it pushes, in the order of the chain."""

    shifts: list[Shift]
    clashes: list[Clash]


Dates = tuple[date | None, date | None]


def follow(day: date | None, offset: int, length: int) -> Dates:
    """First and last day of a job that is due so many days after (before: negative) an event; none without its day.

    `length` counts the days from the first to the last, both among them. Raises OverflowError past the calendar's end.
    """
    if day is None:
        return None, None
    due = day + offset * DAY
    return due - (length - 1) * DAY, due


def length(starts: date, due: date) -> int:
    """How many days a job lasts, its first and last among them."""
    return (due - starts).days + 1


def outcome(jobs: Iterable[Job], moved: Mapping[int, Dates]) -> Outcome:
    """What becomes of all jobs when some are `moved` to these first and last days.

    Who needs a job that ends later is pushed by just as many days as it takes to begin after it, and keeps its length;
    where the two overlapped already, the overlap stays as long as it was. Nobody is pulled forward. Raises
    `graphlib.CycleError` for jobs that need each other in a circle.
    """
    known = {job.key: job for job in jobs}
    shifts: dict[int, Shift] = {}
    clashes: list[Clash] = []
    for key in TopologicalSorter({job.key: job.needs & known.keys() for job in known.values()}).static_order():
        job = known[key]
        if key in moved:
            starts, due = moved[key]
            if (starts, due) != (job.starts, job.due):
                shifts[key] = Shift(job, starts, due)
                clashes += _too_early(shifts[key], known, shifts)
            continue
        days, need = _pushed(job, known, shifts)
        if not days or not job.starts or not job.due:
            continue
        if job.fixed:
            clashes.append(Clash(job, need, days))
        else:
            shifts[key] = Shift(job, job.starts + days * DAY, job.due + days * DAY, need)
    first = [shift for shift in shifts.values() if shift.because_of is None]
    return Outcome(first + [shift for shift in shifts.values() if shift.because_of is not None], clashes)


def _pushed(job: Job, known: Mapping[int, Job], shifts: Mapping[int, Shift]) -> tuple[int, int]:
    """By how many days a job must move, and which of its needs says so; 0 where none does."""
    found = (0, 0)
    for need in sorted(job.needs & shifts.keys()):
        before, after = known[need].due, shifts[need].due
        if after is None or job.starts is None:
            continue
        days = (after - job.starts).days + 1  # to begin on the day after
        if before is not None:
            room = (job.starts - before).days - 1
            days = (after - before).days - max(room, 0)
        found = max(found, (days, need), key=lambda pair: pair[0])
    return found


def _too_early(shift: Shift, known: Mapping[int, Job], shifts: Mapping[int, Shift]) -> list[Clash]:
    """Where a job that was moved by itself begins before something that it needs is due."""
    found = []
    for need in sorted(shift.job.needs & known.keys()):
        due = shifts[need].due if need in shifts else known[need].due
        if due and shift.starts and shift.starts <= due:
            found.append(Clash(shift.job, need, (due - shift.starts).days + 1))
    return found


def mark(found: Outcome) -> str:
    """A short text that is the same for the same outcome: what was looked at is what is done."""
    parts = [(shift.job.key, shift.job.starts, shift.job.due, shift.starts, shift.due) for shift in found.shifts]
    early = [(clash.job.key, clash.need, clash.days) for clash in found.clashes]
    return sha256(repr((sorted(parts), sorted(early))).encode()).hexdigest()[:16]


def circle(needs: Mapping[int, Collection[int]], start: int) -> list[int]:
    """The circle that leads from a job over its needs back to itself: [start, …, start]; empty where there is none."""
    paths: list[list[int]] = [[start]]
    seen: set[int] = set()
    while paths:
        path = paths.pop()
        for need in sorted(needs.get(path[-1], ())):
            if need == start:
                return [*path, start]
            if need not in seen:
                seen.add(need)
                paths.append([*path, need])
    return []
