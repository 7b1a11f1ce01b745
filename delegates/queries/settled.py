"""A unit's list as its head reads it before settling it, and which units have settled theirs."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from congress.models import Congress
from core.vietnamese import short_date
from delegates.models import Category, Delegate, Quota, SettledList
from delegates.queries.completeness import what_lacks
from delegates.queries.people import Bench, UnitSheet
from delegates.queries.twins import mark_likely_duplicates
from units.models import Unit


@dataclass(frozen=True)
class Roll:
    """Who stands on a unit's list and how many seats it has, with a fingerprint of all that the head reads."""

    seated: list[Delegate]
    reserves: list[Delegate]
    seats: dict[int, int]  # by category
    digest: str

    @property
    def members(self) -> list[int]:
        return sorted(one.pk for one in self.seated)

    @property
    def taken(self) -> Counter[int]:
        return Counter(one.category_id for one in self.seated)

    @property
    def cells(self) -> dict[str, list[int]]:
        """By category: its seats, and how many of them are taken."""
        taken = self.taken
        return {str(key): [self.seats.get(key, 0), taken[key]] for key in sorted(self.seats.keys() | taken.keys())}

    @property
    def free(self) -> int:
        taken = self.taken
        return sum(max(0, seats - taken[category]) for category, seats in self.seats.items())

    def has_grown(self, settled: SettledList | None) -> bool:
        """Whether the unit has seats that it had not when the list was settled."""
        then = settled.cells if settled else {}
        return any(seats > then.get(str(category), (0, 0))[0] for category, seats in self.seats.items())


def roll_of_people(people: Iterable[Delegate], quotas: Iterable[Quota]) -> Roll:
    """The list as it stands in these rows; no query."""
    seated = [one for one in people if one.is_seated]
    reserves = [one for one in people if one.state == Delegate.State.RESERVE]
    seats = {quota.category_id: quota.seats for quota in quotas if quota.seats}
    parts = [f"{one.pk}.{one.version}.{one.reserve_order or ''}" for one in sorted([*seated, *reserves], key=_key)]
    parts += [f"{category}:{number}" for category, number in sorted(seats.items())]
    return Roll(seated, reserves, seats, hashlib.sha256(" ".join(parts).encode()).hexdigest())


def _key(delegate: Delegate) -> int:
    return delegate.pk


@dataclass(frozen=True)
class RollCategory:
    """The people of one category on the list, each with what is missing of them."""

    category: Category
    seats: int
    lines: list[tuple[Delegate, list[str]]]
    reserves: list[Delegate]

    @property
    def free(self) -> int:
        return max(0, self.seats - len(self.lines))


@dataclass(frozen=True)
class SettlingSheet:
    """What the head reads before settling: the whole list, and what may be wrong with it."""

    roll: Roll
    categories: list[RollCategory]
    lacking: int  # people who lack something that their category needs
    twice: list[Delegate] = field(default_factory=list)  # perhaps registered twice


def settling_sheet(congress: Congress, unit: Unit) -> SettlingSheet:
    """A unit's list by category and name, ready to be settled; two queries, and those that look for duplicates."""
    rows = congress.delegates.filter(unit=unit).listed().order_by("sort_key", "pk")
    people = list(rows.select_related("category", "highest_award", "ethnic_group"))
    quotas = list(congress.quotas.filter(unit=unit).select_related("category"))
    roll = roll_of_people(people, quotas)
    mark_likely_duplicates(congress, people)
    lines = [(one, what_lacks(one)) for one in roll.seated]
    found = []
    categories = {one.category_id: one.category for one in [*quotas, *people]}
    for category in sorted(categories.values(), key=lambda one: (one.order, one.pk)):
        own = [line for line in lines if line[0].category_id == category.pk]
        waiting = [one for one in roll.reserves if one.category_id == category.pk]
        waiting.sort(key=lambda one: one.reserve_order or 0)
        if own or waiting or roll.seats.get(category.pk):
            found.append(RollCategory(category, roll.seats.get(category.pk, 0), own, waiting))
    twice = [one for one in people if one.likely_duplicate]  # type: ignore[attr-defined]
    return SettlingSheet(roll, found, sum(1 for _one, lacks in lines if lacks), twice)


@dataclass(frozen=True)
class Settled:
    """A list that is settled now, and how many have come on it and gone from it since."""

    settled: SettledList
    come: int
    gone: int

    @property
    def words(self) -> str:
        """'settled on 12/09/2020', and what has changed since."""
        words = [_("settled on %(day)s") % {"day": short_date(localtime(self.settled.settled_at).date())}]
        if self.come:
            words.append(_("%(n)s came since") % {"n": self.come})
        if self.gone:
            words.append(_("%(n)s went since") % {"n": self.gone})
        return ", ".join(words)

    @property
    def tone(self) -> str:
        return "wait" if self.come or self.gone else "ok"


def settled_lists(congress: Congress) -> dict[int, Settled]:
    """The list of each unit that is settled now, with what became of it since; two queries."""
    lists = {one.unit_id: one for one in SettledList.objects.in_force().filter(congress=congress)}
    sitting: dict[int, set[int]] = {key: set() for key in lists}
    if lists:
        people = congress.delegates.seated().filter(unit__in=lists).order_by()
        for unit_id, pk in people.values_list("unit", "pk"):
            sitting[unit_id].add(pk)
    return {key: _compared(one, sitting[key]) for key, one in lists.items()}


def _compared(settled: SettledList, sitting: set[int]) -> Settled:
    members = set(settled.members)
    return Settled(settled, come=len(sitting - members), gone=len(members - sitting))


@dataclass(frozen=True)
class Slots:
    """A category on a unit's page: its seats one by one, and whether somebody can still be put on a free one."""

    bench: Bench
    people: list[tuple[Delegate, list[str]]]  # each with what is missing of them
    room: int  # how many can be added on seats that came after the list was settled
    open: bool
    lacking: int


def slots(sheet: UnitSheet, settled: SettledList | None, *, may_complete: bool, bound: bool) -> list[Slots]:
    """The categories of a unit's sheet, seat by seat. `bound`: a settled list lets add on new seats alone. No query."""
    found = []
    for bench in sheet.benches:
        people = [(one, what_lacks(one) if may_complete else []) for one in bench.people]
        room = settled.room(bench.category.pk, bench.seats.seats, bench.seats.taken) if settled else 0
        lacking = sum(1 for _one, lacks in people if lacks)
        found.append(Slots(bench, people, room, not bound or room > 0, lacking))
    return found


def settled_of(sheet: UnitSheet, settled: SettledList) -> Settled:
    """A unit's settled list beside its sheet. Asks for people only where more sit there than the sheet shows."""
    if any(bench.more for bench in sheet.benches):
        people = settled.congress.delegates.filter(unit=settled.unit_id).seated()
        return _compared(settled, set(people.values_list("pk", flat=True)))
    return _compared(settled, {one.pk for bench in sheet.benches for one in bench.people})


def versions_of(congress: Congress, unit: Unit) -> Sequence[SettledList]:
    """The lists that a unit's head has settled, the newest first; one query."""
    rows = SettledList.objects.filter(congress=congress, unit=unit).select_related("settled_by", "ended_by")
    return list(rows)
