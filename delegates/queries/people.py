"""Reads of seats and delegates that pages and papers are made of."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    F,
    FilteredRelation,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import JSONObject, RowNumber
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from congress.models import AwardType, Congress
from core.models import User
from core.versions import shown
from delegates.models import Category, Delegate, DelegateAward, Quota, SeatRequest, acted_for_by
from delegates.rules import Sight, sight
from units.hats import hats
from units.models import Block, Unit

MOST_OF_A_CATEGORY = 20  # on a unit's page; all of them stand in the list
MOST_FREE_ROWS = 3
Cell = tuple[int | None, int]  # unit (None: the Ministry itself) and category


@dataclass(frozen=True)
class Seats:
    """Seats and what became of them: in a cell of the table, in a row, in all."""

    seats: int = 0
    registered: int = 0  # waiting to be confirmed
    confirmed: int = 0
    version: int = 0  # of the cell's quota; 0 where there is none yet

    @property
    def taken(self) -> int:
        return self.registered + self.confirmed

    @property
    def free(self) -> int:
        return max(0, self.seats - self.taken)

    @property
    def over(self) -> int:
        return max(0, self.taken - self.seats)

    @property
    def parts(self) -> list[tuple[str, int, str]]:
        """What a bar shows: confirmed, waiting and free seats, each with its tone."""
        return [
            (_("confirmed"), self.confirmed, "ok"),
            (_("waiting"), self.registered, "wait"),
            (_("free"), self.free, "neutral"),
        ]

    @classmethod
    def total(cls, parts: Iterable["Seats"]) -> "Seats":
        """The sum of several."""
        parts = list(parts)
        return cls(*(sum(getattr(part, name) for part in parts) for name in ("seats", "registered", "confirmed")))


def seats_by_cell(quotas: QuerySet[Quota], people: QuerySet[Delegate]) -> dict[Cell, Seats]:
    """Seats and people of every cell that has either; two queries, none of them joined."""
    given: dict[Cell, tuple[int, int]] = {
        (unit, category): (seats, version)
        for unit, category, seats, version in quotas.order_by().values_list("unit", "category", "seats", "version")
    }
    counts: dict[Cell, dict[str, int]] = defaultdict(dict)
    grouped = people.seated().order_by().values_list("unit", "category", "state").annotate(number=Count("*"))  # type: ignore[attr-defined]
    for unit, category, state, number in grouped:
        counts[unit, category][state] = number
    found = {}
    for cell in given.keys() | counts.keys():
        seats, version = given.get(cell, (0, 0))
        states = counts.get(cell, {})
        found[cell] = Seats(
            seats, states.get(Delegate.State.REGISTERED, 0), states.get(Delegate.State.CONFIRMED, 0), version
        )
    return found


@dataclass(frozen=True)
class SeatTotals:
    """Counted seats of a congress against its size."""

    target: int
    allocated: int
    registered: int
    confirmed: int

    @property
    def free(self) -> int:
        """Seats given out and not taken."""
        return max(0, self.allocated - self.registered - self.confirmed)

    @property
    def unallocated(self) -> int:
        """Seats of the target that nobody was given yet."""
        return max(0, self.target - self.allocated)


def seat_totals(congress: Congress) -> SeatTotals:
    """Allocated, registered, confirmed and free seats of the categories that count; three queries."""
    counted = set(congress.categories.filter(counted=True).values_list("pk", flat=True))
    cells = seats_by_cell(congress.quotas.all(), congress.delegates.all())
    whole = Seats.total(seats for (_unit, category), seats in cells.items() if category in counted)
    return SeatTotals(congress.delegates_target, whole.seats, whole.registered, whole.confirmed)


@dataclass(frozen=True)
class RollCell:
    """A cell of the seats table."""

    unit: Unit | None
    category: Category
    seats: Seats

    @property
    def key(self) -> Cell:
        return (self.unit.pk if self.unit else None, self.category.pk)

    @property
    def name(self) -> str:
        """The cell's name in a form: '12-3', or 'ministry-3'."""
        return f"{self.unit.pk if self.unit else 'ministry'}-{self.category.pk}"


@dataclass(frozen=True)
class RollRow:
    """A unit's line of the seats table; without a unit the Ministry's own. `total` has the counted categories."""

    unit: Unit | None
    cells: list[RollCell]

    @property
    def total(self) -> Seats:
        return Seats.total(cell.seats for cell in self.cells if cell.category.counted)


@dataclass(frozen=True)
class RollBlock:
    """A block's units with their subtotal."""

    block: Block | None
    rows: list[RollRow]

    @property
    def sums(self) -> list[Seats]:
        """One sum per category."""
        return [
            Seats.total(cell.seats for cell in column) for column in zip(*(row.cells for row in self.rows), strict=True)
        ]

    @property
    def total(self) -> Seats:
        return Seats.total(row.total for row in self.rows)


@dataclass(frozen=True)
class SeatRoll:
    """The seats table: units down, grouped by block, and across the categories that units register.

    The Ministry's own row, which has every category, stands apart.
    """

    target: int
    categories: list[Category]
    blocks: list[RollBlock] = field(default_factory=list)
    ministry: RollRow | None = None

    @property
    def rows(self) -> list[RollRow]:
        return [row for block in self.blocks for row in block.rows] + ([self.ministry] if self.ministry else [])

    @property
    def cells(self) -> list[RollCell]:
        return [cell for row in self.rows for cell in row.cells]

    @property
    def sums(self) -> list[Seats]:
        """One sum per category over all units."""
        return [Seats.total(column) for column in zip(*(block.sums for block in self.blocks), strict=True)]

    @property
    def units_total(self) -> Seats:
        return Seats.total(block.total for block in self.blocks)

    @property
    def total(self) -> Seats:
        return Seats.total(row.total for row in self.rows)

    @property
    def unallocated(self) -> int:
        """What is left of the congress's size; below zero when more was given out."""
        return self.target - self.total.seats


def seat_roll(congress: Congress, user: User | None = None) -> SeatRoll:
    """The seats table as far as somebody may see it (None: the portal, all of it); five queries, whatever its size."""
    whole = user is None or hats(user).department
    quotas, people, units = congress.quotas.all(), congress.delegates.all(), Unit.objects.all()
    if user is not None and not whole:
        own = Unit.objects.filter(acted_for_by(user))
        quotas, people, units = quotas.visible_to(user), people.filter(unit__in=own), own
    cells = seats_by_cell(quotas, people)
    categories = list(congress.categories.all())

    def row(unit: Unit | None) -> RollRow:
        key = unit.pk if unit else None
        across = [category for category in categories if unit is None or category.by_unit]
        return RollRow(unit, [RollCell(unit, one, cells.get((key, one.pk), Seats())) for one in across])

    blocks: dict[Block, list[RollRow]] = {}
    for unit in units.select_related("block").order_by("block__order", "block_id", "order", "pk"):
        line = row(unit)
        if unit.is_active or line.total.seats or line.total.taken:
            blocks.setdefault(unit.block, []).append(line)
    return SeatRoll(
        congress.delegates_target,
        [category for category in categories if category.by_unit],
        [RollBlock(block, rows) for block, rows in blocks.items()],
        row(None) if whole else None,
    )


def unit_seats(congress: Congress, unit: Unit | None) -> dict[Category, Seats]:
    """Seats of one unit (None: of the Ministry itself) in each category that it can have; one query."""
    categories = congress.categories.all() if unit is None else congress.categories.filter(by_unit=True)
    people = Q(delegates__congress=congress, delegates__unit=unit, delegates__state__in=Delegate.SEATED)
    rows = categories.annotate(
        given=FilteredRelation("quotas", condition=Q(quotas__unit=unit)),  # one row, or none
        seated=FilteredRelation("delegates", condition=people),
    ).annotate(
        seats=Max("given__seats", default=0),
        registered=Count("seated", filter=Q(seated__state=Delegate.State.REGISTERED)),
        confirmed=Count("seated", filter=Q(seated__state=Delegate.State.CONFIRMED)),
        read_at=Max("given__version", default=0),
    )
    counts = ("seats", "registered", "confirmed", "read_at")
    return {row: Seats(*(getattr(row, name) for name in counts)) for row in rows.order_by("order", "pk")}


@dataclass(frozen=True)
class Bench:
    """The seats of a unit in one category, with the people on them: the first twenty by name."""

    category: Category
    seats: Seats
    people: list[Delegate]
    reserves: list[Delegate] = field(default_factory=list)  # whoever is next first

    @property
    def more(self) -> int:
        """How many more sit there."""
        return self.seats.taken - len(self.people)

    @property
    def free(self) -> range:
        """The numbers of the free seats."""
        return range(self.seats.taken + 1, self.seats.seats + 1)

    @property
    def shown_free(self) -> range:
        """The free seats that a row each is worth: a few; of many, none, and one row says how many."""
        return self.free if len(self.free) <= MOST_FREE_ROWS else range(0)


@dataclass(frozen=True)
class UnitSheet:
    """A unit's seats, category by category."""

    benches: list[Bench]

    @property
    def total(self) -> Seats:
        return Seats.total(bench.seats for bench in self.benches)


def unit_sheet(congress: Congress, unit: Unit) -> UnitSheet:
    """The categories that a unit has seats or people in, with the people by name; two queries."""
    given = FilteredRelation("quotas", condition=Q(quotas__unit=unit))
    rows = congress.categories.filter(by_unit=True).annotate(given=given)
    rows = rows.annotate(seats=F("given__seats"), seats_version=F("given__version"))
    people: dict[int, list[Any]] = defaultdict(list)  # by category, those seated first
    for delegate in _first_of_each_category(congress, unit):
        people[delegate.category_id].append(delegate)
    benches = []
    for category in rows:
        listed = people[category.pk]
        for delegate in listed:
            delegate.category = category
        registered, confirmed = (listed[0].registered, listed[0].confirmed) if listed else (0, 0)
        seats = Seats(category.seats or 0, registered, confirmed, category.seats_version or 0)
        seated = [one for one in listed if one.is_seated]
        if seats.seats or listed:
            benches.append(Bench(category, seats, seated, [one for one in listed if not one.is_seated]))
    return UnitSheet(benches)


def _first_of_each_category(congress: Congress, unit: Unit) -> QuerySet:
    """The first people of each category by name, and of its reserves, each with how many sit there in which state."""
    waits = Case(When(state=Delegate.State.RESERVE, then=True), default=False, output_field=BooleanField())
    order = ["reserve_order", "sort_key", "pk"]  # those seated have no place on the reserve list: by name
    place = Window(RowNumber(), partition_by=["category", "waits"], order_by=order)
    numbers = {
        state: Window(Count("pk", filter=Q(state=state)), partition_by=["category"]) for state in Delegate.SEATED
    }
    rows = congress.delegates.filter(unit=unit).listed().annotate(waits=waits).annotate(place=place, **numbers)
    asked = SeatRequest.objects.filter(delegate=OuterRef("pk"), since=OuterRef("state_since")).order_by("-pk")
    told = asked.values(told=JSONObject(pk="pk", state="state", answer="answer"))
    rows = rows.annotate(asked=Subquery(told[:1]))  # of a reserve: the latest request for a seat
    rows = rows.filter(place__lte=MOST_OF_A_CATEGORY).select_related("highest_award", "ethnic_group")
    return rows.order_by(*order)


@dataclass(frozen=True)
class Fact:
    """A line of a delegate's page; `masked` where the reader may know that it is kept, and not what it says."""

    label: str
    value: str
    masked: bool = False
    closed: bool = False  # the reader may know, once they have opened it


@dataclass(frozen=True)
class FactSheet:
    """What a reader may see of a delegate, subject by subject."""

    badge: list[Fact]
    person: list[Fact] = field(default_factory=list)
    close: list[Fact] = field(default_factory=list)  # personal data: masked but for the Department and the own unit


def fact_sheet(user: User, delegate: Delegate, *, opened: bool = False) -> FactSheet:
    """A delegate as far as somebody may read; one query when unit, category and ethnic group are at hand.

    Whoever may read personal data reads it once they have `opened` it.
    """
    seen = sight(user, delegate)

    def fact(name: str, value: str | None = None) -> Fact:
        model_field: Any = Delegate._meta.get_field(name)
        return Fact(capfirst(model_field.verbose_name), shown(delegate, model_field) if value is None else value)

    def close(name: str) -> Fact:
        if seen == Sight.FULL and opened:
            return fact(name)
        return Fact(fact(name, "").label, "", masked=seen < Sight.FULL, closed=seen == Sight.FULL)

    badge = [
        fact("unit" if delegate.unit else "organisation", delegate.comes_from),
        fact("category", delegate.category.name),
    ]
    if seen < Sight.PLAIN:
        return FactSheet(badge)
    tags, awards = _lists(delegate)
    person = [
        fact("position"),
        *([fact("sub_unit")] if delegate.sub_unit else []),
        fact("birth", None if seen == Sight.FULL and opened else str(delegate.birth.year)),  # type: ignore[attr-defined]
        *(fact(name) for name in ("sex", "education", "rank")),
        *([Fact(_("Also belongs to"), tags)] if tags else []),
        Fact(_("Awards held"), awards),
        *([fact("represents")] if delegate.represents else []),
    ]
    names = [*Delegate.CONTACT, *Delegate.SENSITIVE]
    if delegate.id_number or delegate.category.asks_identity:
        names.append("id_number")
    return FactSheet(badge, person, [close(name) for name in names])


def _lists(delegate: Delegate) -> tuple[str, str]:
    """The other categories that a delegate belongs to, and the awards held, a line each; one query for both."""

    def words(name: str) -> Value:
        return Value(name, CharField())

    awards = delegate.awards.order_by().annotate(kind=words("award"))
    tags: Any = Delegate.tags.through.objects.filter(delegate=delegate).order_by()
    rows = awards.values_list(
        *("kind", "award__order", "year", "award__name_vi", "award__name_en"),
        *("decision_number", "decision_date", "issuer"),
    ).union(
        tags.annotate(
            kind=words("tag"), year=Value(0, IntegerField()), number=words(""), day=words(""), by=words("")
        ).values_list(
            "kind", "category__order", "year", "category__name_vi", "category__name_en", "number", "day", "by"
        ),
        all=True,
    )
    found: dict[str, list[str]] = {"award": [], "tag": []}
    for kind, _order, year, name_vi, name_en, number, day, issuer in sorted(rows, key=lambda row: (row[1], -row[2])):
        award = AwardType(name_vi=name_vi, name_en=name_en)
        held = DelegateAward(award=award, year=year, decision_number=number, decision_date=day or None, issuer=issuer)
        undecided = "" if held.proven else f" · {_('decision number not given')}"
        found[kind].append(f"{held.told}{undecided}" if kind == "award" else award.name)
    return ", ".join(found["tag"]), "\n".join(found["award"])
