"""The stages of the demonstration, each built on the one before."""

from collections.abc import Callable
from datetime import date

from congress.models import Congress
from core import clock
from portal.demo import council, eve, spring

STAGES: dict[str, tuple[date, Callable[[Congress], None]]] = {
    "spring": (date(2020, 5, 15), spring.load),
    "council": (date(2020, 9, 10), council.load),
    "eve": (date(2020, 10, 25), eve.load),
}
NAMES = list(STAGES)


def carry_to(name: str, congress: Congress) -> date:
    """Load every stage up to this one, each on its own day; the rehearsal's day at the end.

    A stage that stands already is passed over; the day is never set back.
    """
    for stage in NAMES[: NAMES.index(name) + 1]:
        day, load = STAGES[stage]
        if (clock.rehearsal_day() or date.min) < day:
            clock.rehearse(day)
            load(congress)
    return clock.rehearsal_day() or day
