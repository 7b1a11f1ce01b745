"""How complete the entries of each unit are: which people lack what their category has to know."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length
from django.db.models.lookups import LessThan
from django.utils.translation import gettext as _

from congress.models import Congress
from core.models import AuditEntry
from delegates import tallies
from delegates.composition import NEEDABLE, Tally
from delegates.models import Category, Delegate, SettledList
from delegates.queries.composition import shown_field
from units.models import Unit


@dataclass(frozen=True)
class Meter:
    """How far the entries of one unit are (without a unit: those of the Ministry itself)."""

    unit: Unit | None
    people: int
    incomplete: int  # people who lack something
    needed: int  # fields over all people
    filled: int
    lacking: dict[str, int] = field(default_factory=dict)  # field → people who lack it, the most first

    @property
    def missing(self) -> int:
        return self.needed - self.filled

    @property
    def percent(self) -> int:
        """Rounded down: 100 is said of what is complete alone."""
        return self.filled * 100 // self.needed if self.needed else 100

    @property
    def parts(self) -> list[tuple[str, int, str]]:
        """What a bar shows."""
        return [(_("filled"), self.filled, "ok"), (_("still missing"), self.missing, "warn")]

    @property
    def words(self) -> str:
        """'Education 3, Phone 1'."""
        return ", ".join(f"{shown_field(name)} {number}" for name, number in self.lacking.items())


def _meter(unit: Unit | None, tally: Tally, needs: dict[str, set[str]]) -> Meter:
    people = incomplete = needed = missing = 0
    lacking: dict[str, int] = {}
    for category, patterns in tally.blanks.items():
        wanted = needs.get(category, set())
        for pattern, number in patterns.items():
            lacks = wanted.intersection(pattern.split(","))
            people += number
            needed += len(wanted) * number
            missing += len(lacks) * number
            incomplete += number if lacks else 0
            for name in lacks:
                lacking[name] = lacking.get(name, 0) + number
    ordered = dict(sorted(lacking.items(), key=lambda pair: (-pair[1], NEEDABLE.index(pair[0]))))
    return Meter(unit, people, incomplete, needed, needed - missing, ordered)


def needs_of(congress: Congress) -> dict[str, set[str]]:
    """What each category has to know, by its key."""
    return {str(category.pk): set(category.needed_fields) for category in tallies.categories(congress)}


def meters(congress: Congress, units: Iterable[Unit] | None = None, *, ministry: bool = False) -> list[Meter]:
    """The meters of these units, or of all that have people, in the order of units; with `ministry` its own at the end.

    Of all, each unit also says when its head has settled the list (`settled_at`).
    Four queries at most, whatever they count.
    """
    needs = needs_of(congress)
    if units is None:
        found = tallies.by_unit(congress)
        settled = SettledList.objects.in_force().filter(congress=congress, unit=OuterRef("pk"))
        rows = Unit.objects.annotate(settled_at=Subquery(settled.values("settled_at")[:1]))
        known: list[Unit] = list(rows.filter(pk__in=filter(None, found)).order_by("block__order", "order", "pk"))
    else:
        known = sorted(units, key=lambda unit: (unit.order, unit.pk))
        found = tallies.by_unit(congress, {unit.pk for unit in known})
    made = [_meter(unit, found.get(unit.pk, Tally()), needs) for unit in known]
    if ministry and None in found:
        made.append(_meter(None, found[None], needs))
    return [meter for meter in made if meter.people or units is not None]


def in_all(meters: Iterable[Meter]) -> Meter:
    """The sum of meters."""
    meters = list(meters)
    lacking: dict[str, int] = {}
    for meter in meters:
        for name, number in meter.lacking.items():
            lacking[name] = lacking.get(name, 0) + number
    people, incomplete, needed, filled = (
        sum(getattr(one, name) for one in meters) for name in ("people", "incomplete", "needed", "filled")
    )
    return Meter(None, people, incomplete, needed, filled, dict(sorted(lacking.items(), key=lambda pair: -pair[1])))


BLANK = {
    "birth_day": Q(LessThan(Length("birth"), len("1980-05-09"))),
    "ethnic_group": Q(ethnic_group=None),
    "religion": Q(religion=""),
    "party_member": Q(party_member=None),
    "education": Q(education=""),
    "political_theory": Q(political_theory=""),
    "highest_award": Q(highest_award=None),
    "award_decision": Q(highest_award__isnull=False, award_decision=""),
    "contact": Q(phone="", email=""),
    "phone": Q(phone=""),
    "email": Q(email=""),
    "photo": Q(photo=None),
    "id_number": Q(id_number=""),
}


SPECIAL = ("birth_day", "award_decision", "contact", "photo")  # which are no plain column


def incomplete(congress: Congress, unit: Unit | None) -> QuerySet[Delegate]:
    """The people of a unit who lack what their category has to know, by name."""
    condition = Q(pk__in=[])
    for category in tallies.categories(congress):
        lacks = Q(pk__in=[])
        for name in category.needed_fields:
            lacks |= BLANK[name]
        condition |= Q(category=category) & lacks if category.needed_fields else Q(pk__in=[])
    people = congress.delegates.filter(unit=unit).seated().filter(condition)
    return people.select_related("category").order_by("sort_key", "pk")


def what_lacks(delegate: Delegate) -> list[str]:
    """What is missing of a delegate, in words."""
    birth = delegate.birth
    blank = {
        "birth_day": not birth.day,  # type: ignore[attr-defined] # the stubs take a PartialDate for text
        "contact": not delegate.phone and not delegate.email,
        "award_decision": delegate.highest_award_id is not None and not delegate.award_decision,
        "photo": delegate.photo_id is None,
        **{name: getattr(delegate, name) in (None, "") for name in NEEDABLE if name not in SPECIAL},
    }
    return [shown_field(name) for name in NEEDABLE if name in delegate.category.needed_fields and blank[name]]


def reminded(units: Iterable[Unit]) -> dict[int, AuditEntry]:
    """The last reminder that each unit was sent; one query."""
    keys = [str(unit.pk) for unit in units]
    entries = AuditEntry.objects.filter(verb="completeness.reminded", object_type="units.unit", object_id__in=keys)
    return {int(entry.object_id): entry for entry in entries.order_by("number")}


def categories_and_needs(congress: Congress) -> list[tuple[Category, list[tuple[str, str, bool]]]]:
    """Each category with every field that it may need, as (name, label, needed)."""
    labels = {name: shown_field(name) for name in NEEDABLE}
    return [
        (category, [(name, label, name in category.needed_fields) for name, label in labels.items()])
        for category in tallies.categories(congress)
    ]
