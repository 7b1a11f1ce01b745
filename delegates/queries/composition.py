"""The make-up of a congress as pages and papers show it: cuts with their labels, ages and targets."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import reduce
from typing import Any

from django.conf import settings
from django.db.models import CharField, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.text import capfirst
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from congress.models import AwardType, Congress
from core.models import User
from core.vietnamese import PartialDate
from delegates import composition as pure
from delegates import tallies
from delegates.composition import UNDECIDED, UNKNOWN, Class, Cut, Tally
from delegates.models import Category, CompositionTarget, Delegate, EthnicGroup, acted_for_by
from units.hats import hats
from units.models import Block, Unit

SENSITIVE_CUTS = frozenset({"minority", "ethnic_group", "party_member", "religion", "political_theory"})
ALL, CONFIRMED = "all", "confirmed"  # whom the figures rest on


@dataclass(frozen=True)
class Names:
    """What the catalogues call things, each kind in its order: key → name."""

    groups: dict[str, str]
    minorities: frozenset[str]
    awards: dict[str, str]
    categories: dict[str, str]
    blocks: dict[str, str]
    units: dict[str, str]
    block_of: dict[int, str]  # unit → block


def names(congress: Congress) -> Names:
    """The names of all catalogues that the cuts show; one query."""
    english = get_language() == "en"

    def lines(kind: str, rows: QuerySet, order: str, name_en: str = "", more: str = "") -> QuerySet:
        rows = rows.order_by().annotate(
            _kind=Value(kind, CharField()),
            _place=Cast(order, CharField()),
            _english=Cast(name_en or Value(""), CharField()),
            _more=Cast(more or Value(0), IntegerField()),
        )
        return rows.values_list("_kind", "_place", "pk", "name_vi", "_english", "_more")

    found = lines("group", EthnicGroup.objects.all(), "code", more="is_minority").union(
        lines("award", AwardType.objects.all(), "order", "name_en"),
        lines("category", Category.objects.filter(congress=congress), "order", "name_en"),
        lines("block", Block.objects.all(), "order", "name_en"),
        lines("unit", Unit.objects.all(), "order", "name_en", more="block"),
        all=True,
    )
    by_kind: dict[str, dict[str, str]] = {}
    minorities, block_of = set(), {}
    for kind, _place, pk, name_vi, name_en, more in sorted(found, key=lambda line: (line[1].zfill(6), line[2])):
        by_kind.setdefault(kind, {})[str(pk)] = (name_en if english else "") or name_vi
        if kind == "group" and more:
            minorities.add(str(pk))
        if kind == "unit":
            block_of[pk] = str(more)
    return Names(
        *(by_kind.get("group", {}), frozenset(minorities), by_kind.get("award", {})),
        *(by_kind.get("category", {}), by_kind.get("block", {}), by_kind.get("unit", {})),
        block_of,
    )


def titles() -> dict[str, str]:
    """What each cut is called, in the order of a report."""
    return {
        "category": _("Category"),
        "represents": _("Individuals and collectives"),
        "sex": _("Sex"),
        "minority": _("Ethnic minorities"),
        "ethnic_group": _("Ethnic group"),
        "age": _("Age"),
        "party_member": _("Party members"),
        "religion": _("Religion"),
        "education": _("Education"),
        "rank": _("Academic rank"),
        "political_theory": _("Political theory"),
        "highest_award": _("Highest award"),
        "block": _("Block"),
    }


def band_labels() -> dict[str, str]:
    """'≤ 30', '31–40', …, '> 60' in words."""
    labels = {}
    for low, high in pure.BANDS:
        if low is None:
            words = _("%(years)s or younger") % {"years": high}
        elif high is None:
            words = _("over %(years)s") % {"years": low - 1}
        else:
            words = _("%(low)s–%(high)s") % {"low": low, "high": high}
        labels[pure.band_key(low, high)] = words
    return labels


def fixed_labels() -> dict[str, dict[str, str]]:
    """The classes of the cuts that no catalogue holds."""

    def of(kind: Any) -> dict[str, str]:
        return {str(value): str(label) for value, label in kind.choices}

    return {
        "represents": {"individual": _("Individuals"), "collective": _("On behalf of a collective")},
        "sex": of(Delegate.Sex),
        "minority": {"minority": _("Ethnic minorities"), "majority": _("Kinh and others")},
        "age": band_labels(),
        "party_member": {"yes": _("Party members"), "no": _("Not in the party")},
        "religion": of(Delegate.Religion),
        "education": of(Delegate.Education),
        "rank": {**of(Delegate.Rank), "none": _("No academic rank")},
        "political_theory": of(Delegate.Theory),
    }


@dataclass(frozen=True)
class Extreme:
    """The oldest or the youngest: name, year of birth, where from, age, and whether the age is 'about'."""

    pk: int
    name: str
    year: int
    comes_from: str
    age: int
    approximate: bool


@dataclass(frozen=True)
class Ages:
    """The ages of a make-up, on its day."""

    day: str  # dd/mm/yyyy
    mean: float | None
    approximate: int  # people whose day of birth is not known
    oldest: Extreme | None = None
    youngest: Extreme | None = None


@dataclass(frozen=True)
class Verdict:
    """A target and how the make-up stands against it."""

    pk: int
    cut: str
    key: str
    label: str
    bound: str
    percent: float
    now: float
    number: int

    @property
    def met(self) -> bool:
        at_least = self.bound == CompositionTarget.Bound.LEAST
        return self.now >= self.percent if at_least else self.now <= self.percent


@dataclass(frozen=True)
class Composition:
    """A make-up: official delegates in every cut, and how many others there are."""

    base: str
    official: int
    confirmed: int
    guests: int
    apart: int  # of categories that do not count
    cuts: list[Cut]
    ages: Ages
    verdicts: list[Verdict] = field(default_factory=list)

    def cut(self, key: str) -> Cut | None:
        return next((cut for cut in self.cuts if cut.key == key), None)

    @property
    def waiting(self) -> int:
        return self.official - self.confirmed

    def data(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    @classmethod
    def load(cls, kept: Mapping[str, Any]) -> "Composition":
        """A make-up as JSON has kept it."""
        ages = dict(kept["ages"])
        for name in ("oldest", "youngest"):
            ages[name] = Extreme(**ages[name]) if ages[name] else None
        cuts = [Cut(**{**cut, "classes": [Class(**one) for one in cut["classes"]]}) for cut in kept["cuts"]]
        verdicts = [Verdict(**verdict) for verdict in kept["verdicts"]]
        return cls(**{**kept, "cuts": cuts, "ages": Ages(**ages), "verdicts": verdicts})


@dataclass(frozen=True)
class Scope:
    """Whose make-up somebody may read: all of it (units None), or that of some units; and which cuts."""

    units: frozenset[int] | None
    sensitive: bool
    whole: bool = False  # targets, copies and names too: the Department
    own: tuple[Unit, ...] = ()  # of a block's head: the units that are read in full, each by itself


def scope(user: User, unit: int | None = None) -> Scope:
    """The Department reads everything, a unit its own people; a block's head the block without sensitive cuts."""
    mine = hats(user)
    if mine.department:
        return Scope(frozenset({unit}) if unit else None, sensitive=True, whole=unit is None)
    visible = [one for one in Unit.objects.filter(acted_for_by(user)) if unit is None or one.pk == unit]
    units = frozenset(one.pk for one in visible)
    if units and units <= mine.unit_ids:
        return Scope(units, sensitive=True)
    return Scope(units, sensitive=False, own=tuple(one for one in visible if one.pk in mine.unit_ids))


def composition(congress: Congress, seen: Scope, base: str = ALL) -> Composition:
    """The make-up as far as somebody may read it; six to nine queries, whatever it counts."""
    by_unit = tallies.by_unit(congress, None if seen.units is None else set(seen.units))
    found = _composition(congress, seen, base, by_unit, names(congress))
    return _with_targets(found, congress) if seen.whole else found


def frozen(congress: Congress) -> dict[str, Any]:
    """The whole make-up as it stands now, in each language, as JSON keeps it."""
    by_unit = tallies.by_unit(congress)
    figures = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found = _composition(congress, Scope(None, True, True), ALL, by_unit, names(congress))
            figures[language] = _with_targets(found, congress).data()
    return figures


def _composition(
    congress: Congress, seen: Scope, base: str, by_unit: Mapping[int | None, Tally], known: Names
) -> Composition:
    whole = pure.add(by_unit.values())
    official = {str(pk) for pk in tallies.official_categories(congress)}
    guests = {str(one.pk) for one in tallies.categories(congress) if one.guest and one.counted}
    numbers = dict.fromkeys(("official", "confirmed", "guests", "apart"), 0)
    for key, number in whole.people.items():
        category, _dot, state = key.partition(".")
        if category in official:
            numbers["official"] += number
            numbers["confirmed"] += number if state == Delegate.State.CONFIRMED else 0
        else:
            numbers["guests" if category in guests else "apart"] += number
    counts = _counts(whole, official, base)
    counts["block"] = _blocks(by_unit, known, official, base)
    return Composition(
        base=base,
        official=numbers["official"],
        confirmed=numbers["confirmed"],
        guests=numbers["guests"],
        apart=numbers["apart"],
        cuts=list(_cuts(counts, known, sensitive=seen.sensitive)),
        ages=_ages(congress, whole, known, base),
    )


def _of_base(state: str, base: str) -> bool:
    return base != CONFIRMED or state == Delegate.State.CONFIRMED


def _counts(whole: Tally, official: set[str], base: str) -> dict[str, dict[str, int]]:
    """The numbers of every cut over the states that the base has."""
    counts: dict[str, dict[str, int]] = {"category": {}}
    for state, cuts in whole.cuts.items():
        if not _of_base(state, base):
            continue
        for cut, found in cuts.items():
            kept = counts.setdefault(cut, {})
            for value, number in found.items():
                kept[value] = kept.get(value, 0) + number
    for key, number in whole.people.items():
        category, _dot, state = key.partition(".")
        if category in official and _of_base(state, base):
            counts["category"][category] = counts["category"].get(category, 0) + number
    return counts


def _blocks(by_unit: Mapping[int | None, Tally], known: Names, official: set[str], base: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for unit, tally in by_unit.items():
        block = known.block_of.get(unit, UNKNOWN) if unit else "ministry"
        for key, number in tally.people.items():
            category, _dot, state = key.partition(".")
            if category in official and _of_base(state, base):
                found[block] = found.get(block, 0) + number
    return found


def _cuts(counts: dict[str, dict[str, int]], known: Names, *, sensitive: bool):
    labels = fixed_labels()
    groups = counts.get("ethnic_group", {})
    counts["minority"] = {}
    for key, number in groups.items():
        value = key if key == UNKNOWN else "minority" if key in known.minorities else "majority"
        counts["minority"][value] = counts["minority"].get(value, 0) + number
    counts["age"] = pure.by_band(counts.get("age", {}))
    labels["ethnic_group"] = _present(known.groups, groups)
    labels["category"] = _present(known.categories, counts["category"])
    for key in ("religion", "education", "rank", "political_theory"):
        labels[key] = _present(labels[key], counts.get(key, {}))
    labels["highest_award"] = _present(award_labels(known), counts.get("highest_award", {}))
    labels["block"] = {**known.blocks, "ministry": _("The Ministry itself")}
    labels["block"] = _present(labels["block"], counts["block"])
    unknown = {"highest_award": _("None, or not known")}
    for key, title in titles().items():
        if key not in SENSITIVE_CUTS or sensitive:
            yield pure.cut_of(
                key,
                title,
                labels[key],
                counts.get(key, {}),
                unknown=unknown.get(key, _("Not known")),
                sensitive=key in SENSITIVE_CUTS,
            )


def award_labels(known: Names) -> dict[str, str]:
    """The classes of the highest award: each of the catalogue, and last those whose decision number is not given."""
    return {**known.awards, UNDECIDED: _("Has an award, decision number not given")}


def _present(labels: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, str]:
    """Of a long catalogue only what somebody belongs to."""
    return {key: label for key, label in labels.items() if counts.get(key)}


def _ages(congress: Congress, whole: Tally, known: Names, base: str) -> Ages:
    day = tallies.age_day(congress)
    oldest = [someone for state, someone in whole.oldest.items() if _of_base(state, base)]
    youngest = [someone for state, someone in whole.youngest.items() if _of_base(state, base)]
    approximate = sum(number for state, number in whole.approximate.items() if _of_base(state, base))
    return Ages(
        f"{day:%d/%m/%Y}",
        pure.mean_age(_of_years(whole, base)),
        approximate,
        _extreme(reduce(pure.earlier, oldest), known, day) if oldest else None,
        _extreme(reduce(pure.later, youngest), known, day) if youngest else None,
    )


def _of_years(whole: Tally, base: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for state, cuts in whole.cuts.items():
        if _of_base(state, base):
            for years, number in cuts.get("age", {}).items():
                found[years] = found.get(years, 0) + number
    return found


def _extreme(someone: pure.Someone, known: Names, day: date) -> Extreme:
    birth = PartialDate.from_iso(someone.birth)
    years, approximate = birth.age_on(day)
    comes_from = known.units.get(str(someone.unit), "") if someone.unit else someone.organisation
    return Extreme(someone.pk, someone.name, birth.year, comes_from, years, approximate)


def target_classes() -> dict[str, tuple[str, dict[str, str]]]:
    """The classes that a target may be set for: cut → title and classes."""
    every, fixed = titles(), fixed_labels()
    return {cut: (every[cut], fixed[cut]) for cut in every if cut in fixed}


def target_label(cut: str, value: str) -> str:
    """'Sex: Female'."""
    title, classes = target_classes().get(cut, (cut, {}))
    return f"{title}: {classes.get(value, value)}"


def _with_targets(found: Composition, congress: Congress) -> Composition:
    verdicts = []
    for target in congress.composition_targets.all():
        cut = found.cut(target.cut)
        if cut:
            verdicts.append(
                Verdict(
                    *(target.pk, target.cut, target.value, target_label(target.cut, target.value), target.bound),
                    *(float(target.percent), cut.share(target.value) / 10, cut.number(target.value)),
                )
            )
    return Composition(**{**found.__dict__, "verdicts": verdicts})


def in_vietnamese(congress: Congress, seen: Scope, base: str, found: Composition) -> Composition:
    """The make-up in the words of official papers, whatever language its reader has chosen."""
    if get_language() == "vi":
        return found
    with override("vi"):
        return composition(congress, seen, base)


def shown_field(name: str) -> str:
    """What a field of a delegate is called."""
    special = {
        "birth_day": _("Full date of birth"),
        "contact": _("Phone or e-mail"),
    }
    return special.get(name) or capfirst(str(Delegate._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
