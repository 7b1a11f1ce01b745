"""Whom and what a unit has at a congress, held for a change that concerns all of it."""

from collections.abc import Sequence

from congress.models import Congress
from delegates.models import Delegate, Quota
from units.models import Unit


def people_of(congress: Congress, units: Sequence[Unit]) -> list[Delegate]:
    """Everybody whom these units have registered, held until the transaction ends."""
    found = congress.delegates.select_for_update(of=("self",), no_key=True).filter(unit__in=units)
    return list(found.select_related("category").order_by("pk"))


def hold_seats(congress: Congress, units: Sequence[Unit]) -> list[Quota]:
    """The seats of these units, held until the transaction ends: nobody takes one meanwhile."""
    found = congress.quotas.select_for_update(of=("self",)).filter(unit__in=units)
    return list(found.order_by("pk"))
