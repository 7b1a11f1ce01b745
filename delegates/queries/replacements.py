"""Reads of replacements: the chain that a delegate stands in, all of a congress, and whom a reserve list offers."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from congress.models import Congress
from delegates.models import Delegate, Replacement
from delegates.models.replacements import ReplacementQuerySet


@dataclass(frozen=True)
class Link:
    """Somebody in a chain of replacements, and by which replacement they came; the first came by none."""

    delegate: Delegate
    by: Replacement | None = None


def chain_of(delegate: Delegate) -> list[Link]:
    """A → B → C, as one of them stands in it, the first in front; nothing for who neither came so nor was replaced.

    One query.
    """
    own = Replacement.objects.filter(successor=delegate).order_by().values("first")
    rows = Replacement.objects.filter(Q(first=delegate) | Q(first__in=own))
    rows = rows.select_related("replaced__category", "successor__category", "left", "taken", "actor")
    links = {one.replaced_id: one for one in rows}
    first = next((one.first_id for one in links.values()), None)
    found: list[Link] = [Link(links[first].replaced)] if first in links else []
    while found and (by := links.get(found[-1].delegate.pk)):
        found.append(Link(by.successor, by))
    return found


def replacements(congress: Congress) -> QuerySet[Replacement]:
    """All replacements of a congress, ready for a page and its paper."""
    related = ("replaced", "successor__unit", "left", "taken", "actor")
    rows: ReplacementQuerySet = congress.replacements.select_related(*related)
    return rows


def reserves_of(delegate: Delegate) -> list[Delegate]:
    """Those on the reserve lists of a delegate's unit who can come instead: the seat's own list first. One query."""
    people = delegate.congress.delegates.filter(unit=delegate.unit_id, passed_on=None, came_by=None).reserves()
    found = people.select_related("category", "highest_award").order_by("category__order", "reserve_order", "pk")
    return sorted(found, key=lambda one: one.category_id != delegate.category_id)
