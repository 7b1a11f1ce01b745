"""Who comes first in a unit, and who waits for a seat."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Max

from congress.models import Congress
from delegates.models import Category, Delegate, Quota
from delegates.queries.people import Seats, seats_by_cell
from units.models import Unit


def last_reserve(congress: Congress, unit: Unit | None, category: Category) -> int:
    """The last place on a reserve list that is taken; 0 while nobody waits. Ask it behind the quota's lock."""
    waiting = Delegate.objects.filter(congress=congress, unit=unit, category=category).reserves()
    return waiting.order_by().aggregate(last=Max("reserve_order"))["last"] or 0


@dataclass(frozen=True)
class Queue:
    """The people of a unit in one category, by priority: those seated, then those who wait."""

    category: Category
    seats: Seats
    seated: list[Delegate]
    reserves: list[Delegate]

    @property
    def ordered(self) -> bool:
        """Whether the unit has given an order."""
        return any(one.priority is not None for one in self.seated)


def queues(congress: Congress, unit: Unit) -> list[Queue]:
    """A unit's people by priority, category by category; four queries."""
    categories = {category.pk: category for category in congress.categories.filter(by_unit=True)}
    people = congress.delegates.filter(unit=unit).listed()
    cells = seats_by_cell(congress.quotas.filter(unit=unit), people)
    seated: dict[int, list[Delegate]] = defaultdict(list)
    waiting: dict[int, list[Delegate]] = defaultdict(list)
    for one in people.seated().by_priority():
        seated[one.category_id].append(one)
    for one in people.reserves():
        waiting[one.category_id].append(one)
    return [
        Queue(category, cells.get((unit.pk, key), Seats()), seated[key], waiting[key])
        for key, category in categories.items()
        if seated[key] or waiting[key]
    ]


def transferable(congress: Congress) -> list[tuple[Quota, int]]:
    """Cells with unused seats, and how many: what can be given to another unit; two queries."""
    cells = seats_by_cell(congress.quotas.all(), congress.delegates.all())
    quotas = congress.quotas.select_related("unit", "category").order_by("unit__order", "unit_id", "category__order")
    found = [(quota, cells[quota.unit_id, quota.category_id].free) for quota in quotas]
    return [(quota, free) for quota, free in found if free]
