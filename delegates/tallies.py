"""Tallies of the make-up by unit: sums that are made anew behind every change, so that no page counts 40,000 rows.

Whoever saves a delegate leaves a mark; the worker counts the marked units anew and takes the marks away. Until then,
and whenever the worker is away, a page counts the marked units from their rows: a tally never stands against its rows.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.db.models import Q
from django_tasks import task

from congress.models import Congress
from core import locks
from delegates.composition import Row, Tally, add, count
from delegates.models import Category, Delegate, TallyMark, UnitTally

COLUMNS = (
    *("pk", "unit", "category", "state", "sex", "ethnic_group", "religion", "party_member", "education", "rank"),
    *("political_theory", "highest_award", "award_decision", "represents", "birth", "phone", "email"),
    *("full_name", "organisation", "photo", "id_number"),
)


def enqueue() -> None:
    """Let the worker count the marked units anew."""
    recount.enqueue()


@task()
def recount() -> None:
    """Count every marked unit anew. Two workers at once take turns at the congress's row."""
    everything = list(TallyMark.objects.filter(congress=None).values_list("pk", flat=True))
    marked = TallyMark.objects.exclude(congress=None).values_list("congress", flat=True)
    congresses = Congress.objects.all() if everything else Congress.objects.filter(pk__in=set(marked))
    for congress in congresses:
        recount_of(congress, whole=bool(everything))
    TallyMark.objects.filter(pk__in=everything).delete()


@transaction.atomic
def recount_of(congress: Congress, *, whole: bool = False) -> None:
    """Count the marked units of a congress anew, and those counted on another basis; or all of them."""
    congress = locks.lock(Congress, congress.pk)
    marks = list(TallyMark.objects.filter(congress=congress).values_list("pk", "unit"))
    outdated = UnitTally.objects.filter(congress=congress).exclude(basis=basis(congress))
    units = None if whole else {unit for _pk, unit in marks} | set(outdated.values_list("unit", flat=True))
    if whole:
        UnitTally.objects.filter(congress=congress).delete()
    for unit, tally in counted(congress, units).items():
        UnitTally.objects.update_or_create(
            congress=congress, unit_id=unit, defaults={"basis": basis(congress), "counts": asdict(tally)}
        )
    TallyMark.objects.filter(pk__in=[pk for pk, _unit in marks]).delete()


def age_day(congress: Congress) -> date:
    """The day on which ages are taken: that of the congress, or the last that it may have."""
    return congress.held_on or congress.congress_until


def categories(congress: Congress) -> list[Category]:
    """The categories of a congress; one query for one congress object."""
    if "_categories" not in congress.__dict__:
        congress.__dict__["_categories"] = list(congress.categories.order_by("order", "pk"))
    return congress.__dict__["_categories"]


def asks_identity(congress: Congress) -> bool:
    """Whether some category of a congress has to know identity numbers: else none is asked for, read or told."""
    return any(one.asks_identity for one in categories(congress))


def official_categories(congress: Congress) -> list[int]:
    """The categories of official delegates, by key."""
    return sorted(one.pk for one in categories(congress) if one.official)


def basis(congress: Congress) -> str:
    """What a tally rests on beside its rows; one made on another basis is counted anew."""
    return f"{age_day(congress).isoformat()} {','.join(str(pk) for pk in official_categories(congress))}"[:300]


def counted(congress: Congress, units: Iterable[int | None] | None) -> dict[int | None, Tally]:
    """Units counted from their rows, those seated alone. `None` is every unit; None among units: the Ministry's own."""
    rows: dict[int | None, list[Row]] = {}
    found = Delegate.objects.filter(congress=congress).seated()
    if units is not None:
        units = set(units)
        rows = {unit: [] for unit in units}
        found = found.filter(of_units(units))
    for values in found.order_by().values_list(*COLUMNS).iterator(chunk_size=5000):
        row = row_of(values)
        rows.setdefault(row.unit, []).append(row)
    official, day = official_categories(congress), age_day(congress)
    return {unit: count(of_unit, official, day) for unit, of_unit in rows.items()}


def row_of(values: tuple) -> Row:
    """Columns of a delegate as they are counted."""
    row = Row(*values)
    return row._replace(birth=row.birth.iso if row.birth else "")  # type: ignore[attr-defined] # a PartialDate here


def of_units(units: set[int | None]) -> Q:
    """The condition on delegates of these units, or of the Ministry itself where None is among them."""
    condition = Q(unit__in=[unit for unit in units if unit is not None])
    return condition | Q(unit=None) if None in units else condition


def by_unit(congress: Congress, units: set[int | None] | None = None) -> dict[int | None, Tally]:
    """The tally of each unit, of these or of all: as kept, or counted now where it is marked. Two queries, or three."""
    marks = set(TallyMark.objects.filter(Q(congress=congress) | Q(congress=None)).values_list("congress", "unit"))
    kept = UnitTally.objects.filter(congress=congress)
    if units is not None:
        kept = kept.filter(of_units(units))
    rests_on, found = basis(congress), {}
    stale = {unit for of, unit in marks if of is not None}
    for unit, made_with, counts in kept.values_list("unit", "basis", "counts"):
        if made_with != rests_on:
            stale.add(unit)
        elif unit not in stale:
            found[unit] = Tally.load(counts)
    if any(of is None for of, _unit in marks):
        return counted(congress, units)
    stale = stale if units is None else stale & units
    return {**found, **counted(congress, stale)} if stale else found


def whole(congress: Congress, units: set[int | None] | None = None) -> Tally:
    """The sum of the tallies of these units, or of all."""
    return add(by_unit(congress, units).values())
