"""Seats and delegates of a congress that has not been held follow what becomes of units (see `units.changes`)."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from congress.changes import to_come
from congress.models import Congress
from core.refusal import refuse_if
from core.vietnamese import count
from delegates import actions
from delegates.queries.seats import hold_seats, people_of
from units import changes
from units.changes import Change, Dissolved, Merged
from units.models import Unit

RANK = 2


def hold(units: Sequence[Unit], day: date) -> None:
    """Lock the drafts, the seats and then the people of these units."""
    for congress in to_come(day):
        list(congress.registration_drafts.filter(unit__in=units).select_for_update(of=("self",)).order_by("pk"))
        hold_seats(congress, units)
        people_of(congress, units)


def follow(change: Change) -> list[str]:
    """Seats add up and people follow to the unit that takes the place; what followed, in words."""
    lines: list[str] = []
    for congress in to_come(change.day):
        match change:
            case Merged(actor, units, into):
                lines += actions.join_seats(actor=actor, congress=congress, units=units, into=into)
                lines += actions.move_drafts(actor=actor, congress=congress, units=units, into=into)
            case Dissolved(actor, unit):
                refuse_if(_why_not_without(congress, unit))
                actions.forget_drafts(actor=actor, congress=congress, unit=unit)
    return lines


def _why_not_without(congress: Congress, unit: Unit) -> str | None:
    """Seats and people that would be lost when a unit is dissolved."""
    seats = sum(congress.quotas.filter(unit=unit).values_list("seats", flat=True))
    people = congress.delegates.listed().filter(unit=unit).count()
    if not (seats or people):
        return None
    return _(
        "%(unit)s has %(seats)s seats and %(people)s delegates: withdraw the delegates and take the seats away first, "
        "or merge the unit into the one that takes its place."
    ) % {"unit": unit, "seats": count(seats), "people": count(people)}


def register() -> None:
    """Follow what becomes of units."""
    changes.register(RANK, changes.Follower(hold, follow))
