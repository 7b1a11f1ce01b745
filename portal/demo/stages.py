"""The stages of the demonstration, each built on the one before."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from congress.models import Congress
from core import audit, clock
from core.models import AuditEntry
from portal.demo import council, eve, spring

STAGES: dict[str, tuple[date, Callable[[Congress], None]]] = {
    "spring": (date(2020, 5, 15), spring.load),
    "council": (date(2020, 9, 10), council.load),
    "eve": (date(2020, 10, 25), eve.load),
}
NAMES = list(STAGES)
LOADED = "demonstration.loaded"


def loaded() -> list[str]:
    """The stages that this database holds, in their order; the audit trail knows."""
    told = AuditEntry.objects.filter(verb=LOADED).values_list("reason", flat=True)
    return [name for name in NAMES if name in told]


def carry_to(name: str, congress: Congress) -> date:
    """Load every stage up to this one, each whole or not at all, and rehearse the last one's day. Returns the day.

    A stage that is loaded already is passed over; the day is never set back.
    """
    for stage in NAMES[: NAMES.index(name) + 1]:
        if stage not in loaded():
            with transaction.atomic():
                STAGES[stage][1](congress)
                clock.rehearse(STAGES[stage][0])
                audit.record(None, LOADED, congress, reason=stage)
    day, _load = STAGES[loaded()[-1]]
    clock.rehearse(day)
    return day
