"""Which reminder is due: pure, without a database."""

from collections.abc import Iterable
from datetime import date

LATE = -1  # the step after a deadline


def step_due(due: date, day: date, steps: Iterable[int]) -> int | None:
    """The step of a reminder that belongs to this day, or None where it is too early.

    `steps` are numbers of days before. Where days were missed only the nearest step is left: 5 days before, the step
    of 7. From the day after the deadline on it is `LATE`. Whether the step went out already, the caller knows.
    """
    left = (due - day).days
    if left < 0:
        return LATE
    return min((step for step in steps if step >= left), default=None)
