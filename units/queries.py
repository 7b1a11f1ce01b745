"""Reads of units, offices and people that pages are made of."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import get_language

from core import clock
from core.models import User
from units import rules
from units.hats import hats
from units.models import Block, BlockOffice, Office, Unit
from units.models.history import period


def people_visible_to(user: User) -> QuerySet[User]:
    """The accounts that somebody may see: all of them for the Department, none for others."""
    return User.objects.all() if hats(user).department else User.objects.none()


def with_offices(people: QuerySet[User]) -> QuerySet[User]:
    """Accounts, each with `held`: the offices of today and later."""
    held = Office.objects.from_day(clock.today()).select_related("unit")
    return people.prefetch_related(Prefetch("offices", held, to_attr="held"))


def successors() -> dict[int, Unit]:
    """The unit that has taken each merged unit's place, by the key of the merged one. One query."""
    merged = Unit.objects.filter(merged_into__isnull=False).select_related("merged_into__block")
    into = {unit.pk: unit.merged_into for unit in merged if unit.merged_into}
    for key, unit in into.items():
        while unit.pk in into:  # merged again since
            unit = into[unit.pk]
        into[key] = unit
    return into


@dataclass
class Acting:
    """Who acts on a day: for each unit, for each unit as its head (in person or acting), and for the Department."""

    people: dict[int, list[User]] = field(default_factory=dict)
    heads: dict[int, list[User]] = field(default_factory=dict)
    department: list[User] = field(default_factory=list)  # its officers, or its heads where it has none


def acting(units: Iterable[int], day: date) -> Acting:
    """Who acts for these units, and for the Department, on a day. Closed accounts are left out. One query."""
    asked = Q(unit__in=units, role__in=Office.OF_A_UNIT) | Q(role__in=Office.OF_THE_DEPARTMENT)
    held = Office.objects.on(day).filter(asked, user__is_active=True).select_related("user").order_by("unit", "pk")
    found = Acting()
    officers: list[User] = []
    heads: list[User] = []
    for office in held:
        if office.role in Office.OF_THE_DEPARTMENT:
            (officers if office.role == Office.Role.DEPARTMENT_OFFICER else heads).append(office.user)
            continue
        assert office.unit_id is not None  # noqa: S101 a constraint of the table
        for people_of in (found.people, found.heads) if office.role in Office.HEADS_OF_A_UNIT else (found.people,):
            people = people_of.setdefault(office.unit_id, [])
            if office.user not in people:
                people.append(office.user)
    found.department = list(dict.fromkeys(officers or heads))
    return found


@dataclass(frozen=True)
class Held:
    """An office as a page shows it to somebody."""

    office: Office
    now: bool
    to_come: bool
    may_end: bool

    @property
    def past(self) -> bool:
        return not (self.now or self.to_come)


def _held(reader: User, offices: QuerySet[Office]) -> list[Held]:
    """Offices with their place in time: those of today first, then those to come, then those that have ended."""
    today = clock.today()
    found = [
        Held(office, office.is_held_on(today), office.starts > today, rules.why_not_end(reader, office) is None)
        for office in offices
    ]
    return sorted(found, key=lambda held: (held.past, held.to_come))


def offices_of_unit(reader: User, unit: Unit) -> list[Held]:
    """Who has acted for a unit, when; the head before the clerk."""
    return _held(reader, unit.offices.select_related("user", "unit").order_by("-role", "-starts", "pk"))


def offices_of_person(reader: User, user: User) -> list[Held]:
    """Which offices somebody has held, when."""
    return _held(reader, user.offices.select_related("unit", "user").order_by("-starts", "pk"))


@dataclass(frozen=True)
class Line:
    """A line of a unit's history: a name, a block, a headcount, or another unit whose place it took."""

    kind: str
    pk: int
    starts: date | None
    ends: date | None
    text_vi: str
    text_en: str
    small: str
    document: str

    @property
    def text(self) -> str:
        return (self.text_en if get_language() == "en" else "") or self.text_vi

    @property
    def period(self) -> str:
        return period(self.starts, self.ends)


@dataclass(frozen=True)
class Life:
    """What a unit was called, where it sat, how many people it had and whose place it took; latest first."""

    lines: list[Line]

    def _of(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line.kind == kind]

    @property
    def names(self) -> list[Line]:
        return self._of("name")

    @property
    def earlier_names(self) -> list[Line]:
        """The names that it bears no more."""
        return self.names[1:]

    @property
    def blocks(self) -> list[Line]:
        return self._of("block")

    @property
    def headcounts(self) -> list[Line]:
        return self._of("headcount")

    @property
    def merged(self) -> list[Line]:
        return self._of("merged")


def life_of_unit(unit: Unit) -> Life:
    """The history of a unit, in one query."""
    number = Cast("number", CharField())
    parts: list[tuple[Any, ...]] = [
        (unit.names, "name", "pk", "starts", "ends", F("name_vi"), F("name_en"), F("abbreviation"), F("document")),
        (
            *(unit.blocks, "block", "pk", "starts", "ends"),
            *(F("block__name_vi"), F("block__name_en"), Value(""), F("document")),
        ),
        (unit.headcounts, "headcount", "pk", "taken_on", "taken_on", number, number, Value(""), F("source")),
        (
            *(unit.merged, "merged", "pk", "closed_on", "closed_on"),
            *(F("name_vi"), F("name_en"), F("abbreviation"), F("closed_by")),
        ),
    ]
    first, *others = [
        rows.order_by().values_list(Value(kind), F(pk), F(starts), F(ends), *texts)
        for rows, kind, pk, starts, ends, *texts in parts
    ]
    lines = [Line(*row) for row in first.union(*others, all=True)]
    return Life(sorted(lines, key=lambda line: line.starts or date.min, reverse=True))


@dataclass(frozen=True)
class BlockYear:
    """Who led a block in one year."""

    year: int
    offices: list[BlockOffice]


@dataclass(frozen=True)
class BlockSheet:
    """A block with its units and, year by year, its heads and deputies."""

    block: Block
    units: list[Unit]
    years: list[BlockYear]

    @property
    def handovers(self) -> list[tuple[int, Unit, Unit]]:
        """Years in which another unit took the block over: the year, from whom, to whom."""
        heads: dict[int, Unit] = {}
        for year in self.years:
            for office in year.offices:
                if office.role == BlockOffice.Role.HEAD:
                    heads[year.year] = office.unit
        pairs = [(year, heads.get(year - 1), unit) for year, unit in heads.items()]
        return [(year, before, unit) for year, before, unit in pairs if before and before != unit]

    def shows_handovers_to(self, user: User) -> bool:
        """Whether somebody has to do with this block's hand-overs."""
        mine = hats(user)
        units = {unit.pk for _year, *both in self.handovers for unit in both}
        return mine.department or self.block.pk in mine.block_ids or bool(units & mine.unit_ids)


def block_sheets() -> list[BlockSheet]:
    """Every block with its units at work and its heads and deputies, latest year first; three queries."""
    blocks = Block.objects.prefetch_related(
        Prefetch("units", Unit.objects.active(), to_attr="members"),
        Prefetch("offices", BlockOffice.objects.select_related("unit", "block"), to_attr="posts"),
    )
    sheets = []
    for block in blocks:
        years: dict[int, list[BlockOffice]] = {}
        for office in block.posts:
            years.setdefault(office.starts.year, []).append(office)
        sheets.append(BlockSheet(block, block.members, [BlockYear(*pair) for pair in years.items()]))
    return sheets
