"""A version of the allocation as it was made, and what its issue would do."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count

from delegates.models import Allocation, AllocationCell, AllocationLine, Category
from delegates.queries.allocation import PlanRow, beside, roll_of
from delegates.queries.people import Cell, SeatRoll, Seats
from units.models import Unit
from units.queries import successors


@dataclass(frozen=True)
class VersionSheet:
    """A version as its page and its annex show it."""

    allocation: Allocation
    roll: SeatRoll
    rows: list[PlanRow]  # with the numbers behind them, beside the seats in force
    over: list["Overflow"]  # who would wait on a reserve list if it were issued now

    @property
    def most(self) -> int:
        return max((max(row.seats, row.base) for row in self.rows), default=1)

    @property
    def waiting(self) -> int:
        return sum(one.number for one in self.over)


@dataclass(frozen=True)
class Overflow:
    """A cell in which more are registered than the version has seats."""

    unit: Unit | None
    category: Category
    seats: int
    taken: int

    @property
    def number(self) -> int:
        return self.taken - self.seats


def version_cells(allocation: Allocation) -> dict[Cell, int]:
    """Seats of a version, by unit and category; at most two queries.

    While it waits to be issued, what it gives to a unit that was merged goes to the unit that has its place now.
    """
    return _add_up(allocation.cells.all(), _takers(allocation))


def _takers(allocation: Allocation) -> dict[int, Unit]:
    """Who has the place of merged units; of nobody for a version that was issued: it keeps what it said."""
    return successors() if allocation.waits_for else {}


def _add_up(written: Iterable[AllocationCell], takers: Mapping[int, Unit]) -> dict[Cell, int]:
    cells: defaultdict[Cell, int] = defaultdict(int)
    for cell in written:
        taker = takers.get(cell.unit_id) if cell.unit_id else None
        cells[taker.pk if taker else cell.unit_id, cell.category_id] += cell.seats
    return dict(cells)


def version_sheet(allocation: Allocation) -> VersionSheet:
    """A version with everything that stands behind it, beside the seats in force; at most five queries.

    Categories that have seats neither in the version nor now are left out.
    """
    congress = allocation.congress
    lines = {line.unit_id: line for line in allocation.lines.select_related("unit__block", "unit__merged_into")}
    written = list(allocation.cells.select_related("category"))
    takers = _takers(allocation)
    quotas = list(
        congress.quotas.filter(category__counted=True)
        .select_related("unit__block", "unit__merged_into", "category")
        .order_by()
    )
    counts = congress.delegates.seated().order_by().values_list("unit", "category").annotate(number=Count("*"))
    taken = {(unit, category): number for unit, category, number in counts}
    cells = _add_up(written, takers)
    now: dict[Cell, Seats] = {
        (key := (quota.unit_id, quota.category_id)): Seats(quota.seats, taken.get(key, 0)) for quota in quotas
    }
    known = {cell.category_id: cell.category for cell in written} | {one.category_id: one.category for one in quotas}
    categories = sorted(known.values(), key=lambda one: (one.order, one.pk))
    units: dict[int, Unit] = {quota.unit.pk: quota.unit for quota in quotas if quota.unit}
    units |= {line.unit.pk: line.unit for line in lines.values()}
    units |= {taker.pk: taker for key, taker in takers.items() if key in lines}
    rows = []
    for unit in sorted(units.values(), key=lambda one: (one.block.order, one.block_id, one.order, one.pk)):
        row = _told_row(allocation, unit, lines.get(unit.pk), categories, cells, now)
        if unit.pk in lines or row.seats or row.base or row.over:
            rows.append(row)
    roll = roll_of(congress, categories, [row.unit for row in rows], cells, allocation.target)
    return VersionSheet(allocation, roll, rows, _overflow(units, categories, cells, now))


def _told_row(
    allocation: Allocation,
    unit: Unit,
    line: AllocationLine | None,
    categories: list[Category],
    cells: Mapping[Cell, int],
    now: Mapping[Cell, Seats],
) -> PlanRow:
    """A unit's line as the version keeps it; a unit that came later has none."""
    own = {category.pk: cells.get((unit.pk, category.pk), 0) for category in categories if category.by_unit}
    base, over = beside(unit, own, categories, now)
    if line is None:
        return PlanRow(unit, None, 0, None, 0, Fraction(0), "", allocation.method, own, base, over)
    numbers = (line.weight, line.floor, line.ceiling, line.share, line.quotient, line.reason)
    return PlanRow(unit, *numbers, allocation.method, own, base, over)


def _overflow(
    units: Mapping[int, Unit], categories: list[Category], cells: Mapping[Cell, int], now: Mapping[Cell, Seats]
) -> list[Overflow]:
    """Where people outnumber the seats of a version."""
    by_key = {category.pk: category for category in categories}
    over = [
        Overflow(units[unit] if unit else None, by_key[key], cells.get((unit, key), 0), seats.taken)
        for (unit, key), seats in now.items()
        if key in by_key and seats.taken > cells.get((unit, key), 0)
    ]
    return sorted(over, key=lambda one: (one.unit.order if one.unit else -1, one.category.order))
