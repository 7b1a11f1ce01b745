"""Dossiers of a congress that has not been held follow what becomes of units (see `units.changes`)."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from awards import actions
from awards.models import Nomination
from awards.queries.nominations import dossiers_of
from congress.changes import to_come
from congress.models import Congress
from core.refusal import refuse_if
from core.vietnamese import count
from units import changes
from units.changes import Change, Dissolved, Merged, Moved
from units.models import Unit

RANK = 3
State = Nomination.State


def hold(units: Sequence[Unit], day: date) -> None:
    """Lock the dossiers of these units."""
    for congress in to_come(day):
        dossiers_of(congress, units)


def follow(change: Change) -> list[str]:
    """Dossiers follow to the unit that takes the place, and to the conference of the new block; in words."""
    lines: list[str] = []
    for congress in to_come(change.day):
        match change:
            case Merged(actor, units, into):
                lines += actions.follow_unit(actor=actor, congress=congress, units=units, into=into)
            case Moved(actor, unit):
                lines += actions.follow_unit(actor=actor, congress=congress, units=[unit], into=unit)
            case Dissolved(_actor, unit):
                refuse_if(_why_not_without(congress, unit))
    return lines


def _why_not_without(congress: Congress, unit: Unit) -> str | None:
    """Dossiers under way that nobody would answer for when a unit is dissolved."""
    over = (State.WITHDRAWN, State.INELIGIBLE, State.NOT_SELECTED)
    number = congress.nominations.filter(unit=unit).exclude(state__in=over).count()
    if not number:
        return None
    return _(
        "%(unit)s has %(number)s dossiers under way: let them be withdrawn first, "
        "or merge the unit into the one that takes its place."
    ) % {"unit": unit, "number": count(number)}


def register() -> None:
    """Follow what becomes of units."""
    changes.register(RANK, changes.Follower(hold, follow))
