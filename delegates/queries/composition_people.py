"""Down from a number of the make-up to the people behind it."""

from datetime import date

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from congress.models import Congress
from delegates import composition as pure
from delegates import tallies
from delegates.composition import UNDECIDED, UNKNOWN
from delegates.models import Delegate
from delegates.queries.composition import ALL, CONFIRMED, award_labels, fixed_labels, names, titles


def people_in(congress: Congress, cut: str, value: str, base: str = ALL) -> QuerySet[Delegate] | None:
    """The official delegates of a class, by name; None for a class that there is not."""
    condition = _condition(congress, cut, value)
    if condition is None:
        return None
    people = congress.delegates.seated().filter(category__in=tallies.official_categories(congress))
    if base == CONFIRMED:
        people = people.filter(state=Delegate.State.CONFIRMED)
    if cut == "age":
        people = people.annotate(born=Cast("birth", CharField()))
    return people.filter(condition).select_related("unit", "category").order_by("sort_key", "pk")


def _condition(congress: Congress, cut: str, value: str) -> Q | None:
    if cut in ("category", "ethnic_group", "highest_award", "block"):
        return _of_catalogue(cut, value)
    if cut == "age":
        return _of_band(value, tallies.age_day(congress))
    known = fixed_labels().get(cut, {})
    if value == UNKNOWN and cut in ("sex", "religion", "education", "political_theory"):
        return Q(**{cut: ""})
    special = {
        ("party_member", "yes"): Q(party_member=True),
        ("party_member", "no"): Q(party_member=False),
        ("party_member", UNKNOWN): Q(party_member=None),
        ("minority", "minority"): Q(ethnic_group__is_minority=True),
        ("minority", "majority"): Q(ethnic_group__is_minority=False),
        ("minority", UNKNOWN): Q(ethnic_group=None),
        ("represents", "individual"): Q(represents=""),
        ("represents", "collective"): ~Q(represents=""),
        ("rank", "none"): Q(rank=""),
    }
    if (cut, value) in special:
        return special[cut, value]
    return Q(**{cut: value}) if value in known and value != UNKNOWN else None


def _of_catalogue(cut: str, value: str) -> Q | None:
    column = "unit__block" if cut == "block" else cut
    if cut == "block" and value == "ministry":
        return Q(unit=None)
    if value == UNKNOWN and cut in ("ethnic_group", "highest_award"):
        return Q(**{cut: None})
    if value == UNDECIDED and cut == "highest_award":
        return Q(highest_award__isnull=False, award_decision="")
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        return None
    condition = Q(**{column: int(value)})
    return condition & ~Q(award_decision="") if cut == "highest_award" else condition


def _of_band(value: str, day: date) -> Q | None:
    """Ages fall as births rise, read as text: '1980' before '1980-05-09'."""
    if value == UNKNOWN:
        return Q(born="")
    band = next((band for band in pure.BANDS if pure.band_key(*band) == value), None)
    if band is None:
        return None
    low, high = band
    condition = Q()
    if low is not None:
        condition &= Q(born__lte=_born(day, low))
    if high is not None:
        condition &= Q(born__gt=_born(day, high + 1))
    return condition & ~Q(born="")


def _born(day: date, years: int) -> str:
    return f"{day.year - years:04}-{day.month:02}-{day.day:02}"


def class_label(congress: Congress, cut: str, value: str) -> tuple[str, str] | None:
    """What a cut and its class are called; None where there is no such class. One query at most."""
    title = titles().get(cut)
    if title is None:
        return None
    if value == UNKNOWN:
        return title, _("None, or not known") if cut == "highest_award" else _("Not known")
    labels = fixed_labels().get(cut)
    if labels is None:
        known = names(congress)
        labels = {
            "category": known.categories,
            "ethnic_group": known.groups,
            "highest_award": award_labels(known),
            "block": {**known.blocks, "ministry": _("The Ministry itself")},
        }[cut]
    return (title, labels[value]) if value in labels else None
