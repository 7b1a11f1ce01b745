"""What an allocation would look like.

A `Plan` is what somebody asks; `propose` answers it from a `Ground`, the units and seats as they are. Nothing here
writes: the what-if page, the making of a version and its papers all take the same answer.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from congress.models import Congress
from delegates.apportionment import CannotApportion, Claim, Method, Outcome, Reason, TieRule, apportion, deal
from delegates.models import Allocation, Category
from delegates.queries.people import Cell, RollBlock, RollCell, RollRow, SeatRoll, Seats, seats_by_cell
from units.models import Block, Unit

# Counts that a room above can make and this one cannot: by the weight's name, congress → unit → number.
weight_sources: dict[str, Callable[[Congress], dict[int, int]]] = {}


@dataclass(frozen=True)
class Plan:
    """What is asked of an allocation. Categories and units stand by their keys."""

    method: str = Allocation.Method.HAMILTON
    weight: str = Allocation.Weight.HEADCOUNT
    tie: str = Allocation.Tie.ORDER
    target: int = 0
    reserve: int = 0  # kept back: given to nobody yet
    floor: int = 0  # of the pool, for every unit
    ceiling: int | None = None
    unknown: int | None = None  # what a unit counts whose number is not known; None leaves it with the least
    own: Mapping[int, int] = field(default_factory=dict)  # category → the Ministry's own seats
    each: Mapping[int, int] = field(default_factory=dict)  # category → fixed seats of every unit
    parts: Mapping[int, int] = field(default_factory=dict)  # category → its part of the pool
    weights: Mapping[int, int] = field(default_factory=dict)  # unit → a number written for it
    floors: Mapping[int, int] = field(default_factory=dict)  # unit → least, instead of the floor for all
    ceilings: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Ground:
    """The congress as an allocation finds it."""

    congress: Congress
    categories: list[Category]  # those that count
    units: list[Unit]  # at work, or with seats or people still
    now: dict[Cell, Seats]
    counts: dict[str, dict[int, int]]  # weight → unit → number

    @property
    def shared(self) -> list[Category]:
        """The categories that units register."""
        return [category for category in self.categories if category.by_unit]


def ground(congress: Congress) -> Ground:
    """Units, categories and seats in force; four queries and one for each weight that another room counts."""
    categories = list(congress.categories.filter(counted=True))
    keys = {category.pk for category in categories}
    cells = seats_by_cell(congress.quotas.all(), congress.delegates.all())
    now = {cell: seats for cell, seats in cells.items() if cell[1] in keys}
    with_seats = {unit for (unit, _category), seats in now.items() if seats.seats or seats.taken}
    units = Unit.objects.select_related("block", "merged_into").order_by("block__order", "block_id", "order", "pk")
    counts = {name: count(congress) for name, count in weight_sources.items()}
    return Ground(congress, categories, [u for u in units if u.is_active or u.pk in with_seats], now, counts)


@dataclass(frozen=True)
class PlanRow:
    """A unit in a proposal: what it would have, what it has, and why."""

    unit: Unit
    weight: int | None  # None: not known
    floor: int
    ceiling: int | None
    share: int  # of the pool
    quotient: Fraction | Decimal
    reason: str  # empty: no line of its own
    method: str
    cells: dict[int, int]  # category → seats
    base: int  # seats in force
    over: int  # people who would have no seat

    @property
    def seats(self) -> int:
        return sum(self.cells.values())

    @property
    def change(self) -> int:
        return self.seats - self.base

    @property
    def signed(self) -> str:
        """'+4', '−1', '='."""
        return f"{'+' if self.change > 0 else '−'}{abs(self.change)}" if self.change else "="

    @property
    def parts(self) -> list[tuple[str, int, str]]:
        """What the bar shows: seats kept, then those gained or lost."""
        kept = (_("kept"), min(self.seats, self.base), "neutral")
        if self.change > 0:
            return [kept, (_("more"), self.change, "ok")]
        return [kept, (_("fewer"), -self.change, "warn")] if self.change else [kept]

    @property
    def why(self) -> str:
        """The numbers behind the unit's share, in words."""
        if not (self.unit.is_active or self.seats):
            if self.unit.merged_into:
                return _("merged into %(unit)s, which has its seats") % {"unit": self.unit.merged_into}
            return _("no longer at work: no seats")
        if not self.reason:
            return _("came after the version was made")
        if self.weight is None:
            return _("number not known: left out, has the least")
        quotient = number_format(round(float(self.quotient), 3), 3)
        if self.method == Allocation.Method.HAMILTON and self.reason in (Reason.UP, Reason.DOWN):
            words = {
                Reason.UP: _("share %(quotient)s: one seat more for the remainder"),
                Reason.DOWN: _("share %(quotient)s: the remainder is too small for one more"),
            }
            return words[Reason(self.reason)] % {"quotient": quotient}
        words = {
            Reason.UP: _("quotient %(quotient)s, rounded up"),
            Reason.DOWN: _("quotient %(quotient)s, rounded down"),
            Reason.EXACT: _("quotient %(quotient)s, nothing to round"),
            Reason.FLOOR: _("quotient %(quotient)s, raised to the least"),
            Reason.CEILING: _("quotient %(quotient)s, kept at the most"),
            Reason.TIE_WON: _("quotient %(quotient)s, equal to others: the rule decided for it"),
            Reason.TIE_LOST: _("quotient %(quotient)s, equal to others: the rule decided against it"),
        }
        return words[Reason(self.reason)] % {"quotient": quotient}


@dataclass(frozen=True)
class Proposal:
    """The answer to a plan."""

    congress: Congress
    plan: Plan
    categories: list[Category]
    rows: list[PlanRow]
    own: dict[int, int]
    own_base: int
    outcome: Outcome

    @property
    def shared(self) -> list[Category]:
        return [category for category in self.categories if category.by_unit]

    @property
    def pool(self) -> int:
        """Seats shared out."""
        return sum(row.share for row in self.rows)

    @property
    def own_total(self) -> int:
        return sum(self.own.values())

    @property
    def fixed(self) -> int:
        """Seats outside the pool."""
        return self.own_total + sum(row.seats - row.share for row in self.rows)

    @cached_property
    def total(self) -> int:
        return self.own_total + sum(row.seats for row in self.rows)

    @property
    def gaining(self) -> int:
        return sum(row.change > 0 for row in self.rows)

    @property
    def losing(self) -> int:
        return sum(row.change < 0 for row in self.rows)

    @property
    def unknown(self) -> list[PlanRow]:
        """Units whose number is not known and that nothing was said for."""
        return [row for row in self.rows if row.weight is None and row.unit.is_active]

    @property
    def assumed(self) -> list[Unit]:
        """Units whose number is not known and that count as the plan says."""
        if self.plan.weight != Allocation.Weight.HEADCOUNT or self.plan.unknown is None:
            return []
        named = self.plan.weights
        return [row.unit for row in self.rows if row.unit.headcount is None and row.unit.pk not in named]

    @property
    def tied(self) -> list[Unit]:
        """Units whose equal claims the tie rule decided."""
        return [row.unit for row in self.rows if row.unit.pk in self.outcome.tied]

    @property
    def most(self) -> int:
        """The longest bar."""
        return max((max(row.seats, row.base) for row in self.rows), default=1)

    @property
    def divisor(self) -> str:
        """What one seat stands for."""
        if self.outcome.divisor is None:
            return ""
        text = number_format(round(float(self.outcome.divisor), 4), 4)
        return text.rstrip("0").rstrip(",.")

    @property
    def cells(self) -> dict[Cell, int]:
        """Seats of every cell that has any."""
        found: dict[Cell, int] = {(None, category): seats for category, seats in self.own.items() if seats}
        for row in self.rows:
            found |= {(row.unit.pk, category): seats for category, seats in row.cells.items() if seats}
        return found

    def fixed_in(self, cell: Cell) -> int:
        """How many of a cell's seats lie outside the pool."""
        unit, category = cell
        return self.own.get(category, 0) if unit is None else self.plan.each.get(category, 0)

    @property
    def roll(self) -> SeatRoll:
        """The proposal as a table of seats, for its annex."""
        return roll_of(self.congress, self.categories, [row.unit for row in self.rows], self.cells, self.plan.target)


def pool_of(plan: Plan, units: int) -> int:
    """What is left to share out among so many units; below zero when the fixed seats are too many."""
    return plan.target - plan.reserve - sum(plan.own.values()) - units * sum(plan.each.values())


def propose(on: Ground, plan: Plan) -> Proposal:
    """Answer a plan; no queries. Raises `CannotApportion` where it cannot be met."""
    active = [unit for unit in on.units if unit.is_active]
    weights = {unit.pk: weight_of(on, plan, unit) for unit in active}
    claims = [
        Claim(
            unit.pk,
            weights[unit.pk] or 0,
            order,
            plan.floors.get(unit.pk, plan.floor),
            plan.ceilings.get(unit.pk, plan.ceiling),
        )
        for order, unit in enumerate(active)
    ]
    pool = pool_of(plan, len(active))
    if pool < 0:
        raise CannotApportion(CannotApportion.FLOORS, sum(claim.floor for claim in claims))
    outcome = apportion(claims, pool, Method(plan.method), TieRule(plan.tie))
    cells = _split(plan, outcome, [unit.pk for unit in active])
    by_key = {claim.key: claim for claim in claims}

    def row(unit: Unit) -> PlanRow:
        own_cells = {category.pk: cells[unit.pk, category.pk] for category in on.shared}
        base, over = beside(unit, own_cells, on.categories, on.now)
        if unit.pk not in by_key:
            return PlanRow(unit, None, 0, 0, 0, Fraction(0), Reason.FLOOR, plan.method, {}, base, over)
        claim, share = by_key[unit.pk], outcome.shares[unit.pk]
        return PlanRow(
            unit=unit,
            weight=weights[unit.pk],
            floor=claim.floor,
            ceiling=claim.ceiling,
            share=share.seats,
            quotient=share.quotient,
            reason=share.reason,
            method=plan.method,
            cells=own_cells,
            base=base,
            over=over,
        )

    own_base = sum(seats.seats for (unit, _category), seats in on.now.items() if unit is None)
    own = {category.pk: plan.own.get(category.pk, 0) for category in on.categories}
    return Proposal(on.congress, plan, on.categories, [row(unit) for unit in on.units], own, own_base, outcome)


def beside(
    unit: Unit, cells: Mapping[int, int], categories: list[Category], now: Mapping[Cell, Seats]
) -> tuple[int, int]:
    """A unit's seats in force, and how many of its people would have none."""
    held = {category.pk: now.get((unit.pk, category.pk), Seats()) for category in categories}
    over = (max(0, seats.taken - cells.get(key, 0)) for key, seats in held.items())
    return sum(seats.seats for seats in held.values()), sum(over)


def weight_of(on: Ground, plan: Plan, unit: Unit) -> int | None:
    """What a unit counts; None where that is not known. What is written for a unit goes before what is known of it."""
    if unit.pk in plan.weights and plan.weight != Allocation.Weight.EQUAL:
        return plan.weights[unit.pk]
    if plan.weight == Allocation.Weight.EQUAL:
        return 1
    if plan.weight == Allocation.Weight.HEADCOUNT:
        return plan.unknown if unit.headcount is None else unit.headcount
    if plan.weight == Allocation.Weight.TYPED:
        return plan.unknown
    return on.counts[plan.weight].get(unit.pk, 0)


def _split(plan: Plan, outcome: Outcome, units: list[int]) -> defaultdict[Cell, int]:
    """Fixed seats, and each unit's share dealt among the categories that the pool is for."""
    cells: defaultdict[Cell, int] = defaultdict(int)
    for unit in units:
        for category, seats in plan.each.items():
            cells[unit, category] += seats
    parts = [Claim(category, part, order) for order, (category, part) in enumerate(plan.parts.items()) if part]
    columns = apportion(parts, sum(outcome.seats.values())).seats if parts else {}
    dealt = deal({unit: outcome.seats[unit] for unit in units}, columns)
    for cell, seats in dealt.items():
        cells[cell] += seats
    return cells


def roll_of(
    congress: Congress, categories: list[Category], units: Iterable[Unit], cells: Mapping[Cell, int], target: int
) -> SeatRoll:
    """Seats by cell as the table that pages and papers show: units by block, the Ministry's own row apart."""

    def row(unit: Unit | None) -> RollRow:
        key = unit.pk if unit else None
        across = [category for category in categories if unit is None or category.by_unit]
        return RollRow(unit, [RollCell(unit, one, Seats(cells.get((key, one.pk), 0))) for one in across])

    blocks: dict[Block, list[RollRow]] = {}
    for unit in units:
        blocks.setdefault(unit.block, []).append(row(unit))
    shared = [category for category in categories if category.by_unit]
    return SeatRoll(target, shared, [RollBlock(block, rows) for block, rows in blocks.items()], row(None))
