"""The make-up of a congress (Cơ cấu đại biểu) and how complete its entries are: counted from rows, without a database.

Rows are counted unit by unit into tallies that JSON can hold; tallies add up. Classes and the unknown make the whole in
every cut, and percentages are rounded by the largest remainder, so that they add up to 100,0 exactly (dossier 4.4).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from core.vietnamese import PartialDate

UNKNOWN = "unknown"
UNDECIDED = "undecided"  # holds an award whose decision number is not given: counted apart (dossier 4.11-9)
BANDS = ((None, 30), (31, 40), (41, 50), (51, 60), (61, None))  # years of age, both ends counted (dossier 4.4)
# What a category may need to know of a person, beside the name, the year of birth, the sex and the position.
NEEDABLE = (
    *("birth_day", "ethnic_group", "religion", "party_member", "education", "political_theory"),
    *("highest_award", "award_decision", "contact", "phone", "email", "photo", "id_number"),
)


class Row(NamedTuple):
    """What is counted of a delegate."""

    pk: int
    unit: int | None
    category: int
    state: str
    sex: str
    ethnic_group: int | None
    religion: str
    party_member: bool | None
    education: str
    rank: str
    political_theory: str
    highest_award: int | None
    award_decision: str  # its number
    represents: str
    birth: str  # '1980', '1980-05' or '1980-05-09'
    phone: str
    email: str
    full_name: str
    organisation: str
    photo: Any = None  # its key, where there is one
    id_number: str = ""


class Someone(NamedTuple):
    """Who is the oldest or the youngest, as a tally remembers it."""

    birth: str
    pk: int
    name: str
    unit: int | None
    organisation: str


# ---- Ages ----


def age(birth: str, day: date) -> int:
    """Age on a day; with the year alone the difference of years (dossier 9-37)."""
    return PartialDate.from_iso(birth).age_on(day)[0]


def is_approximate(birth: str) -> bool:
    """Whether an age from this date is 'about': the day of birth is not known."""
    return len(birth) < len("1980-05-09")


def band_of(years: int) -> str:
    """The band that an age lies in, by the key of its class."""
    return next(
        band_key(low, high) for low, high in BANDS if (low is None or years >= low) and (high is None or years <= high)
    )


def band_key(low: int | None, high: int | None) -> str:
    """'-30', '31-40', '61-'."""
    return f"{low or ''}-{high or ''}"


# ---- Counting ----

Counts = dict[str, dict[str, int]]


@dataclass
class Tally:
    """What some rows add up to. `cuts` has official delegates alone, by state; the other numbers have everybody."""

    people: dict[str, int] = field(default_factory=dict)  # '<category>.<state>'
    cuts: dict[str, Counts] = field(default_factory=dict)  # state → cut → class → number
    approximate: dict[str, int] = field(default_factory=dict)  # state → official delegates whose age is 'about'
    oldest: dict[str, Someone] = field(default_factory=dict)  # state → the official delegate
    youngest: dict[str, Someone] = field(default_factory=dict)
    blanks: Counts = field(default_factory=dict)  # category → what is blank, with commas → number of people

    @classmethod
    def load(cls, kept: Mapping[str, Any]) -> "Tally":
        """A tally as JSON has kept it."""
        tally = cls(**kept)
        for name in ("oldest", "youngest"):
            setattr(tally, name, {state: Someone(*parts) for state, parts in getattr(tally, name).items()})
        return tally


def count(rows: Iterable[Row], official: Iterable[int], day: date) -> Tally:
    """Count rows. `official` are the categories of official delegates; `day` is the day on which ages are taken."""
    official = set(official)
    tally = Tally()
    people: Counter[str] = Counter()
    approximate: Counter[str] = Counter()
    cuts: dict[str, dict[str, Counter[str]]] = {}
    blanks: dict[str, Counter[str]] = {}
    for row in rows:
        people[f"{row.category}.{row.state}"] += 1
        blanks.setdefault(str(row.category), Counter())[",".join(blank_in(row))] += 1
        if row.category not in official:
            continue
        of_state = cuts.setdefault(row.state, {})
        for cut, value in classes_of(row, day):
            of_state.setdefault(cut, Counter())[value] += 1
        if row.birth:
            approximate[row.state] += is_approximate(row.birth)
            _extremes(tally, row)
    tally.people, tally.approximate = dict(people), dict(approximate)
    tally.cuts = {state: {cut: dict(found) for cut, found in cuts[state].items()} for state in cuts}
    tally.blanks = {category: dict(found) for category, found in blanks.items()}
    return tally


def classes_of(row: Row, day: date) -> Iterable[tuple[str, str]]:
    """The class of a delegate in every cut, as (cut, class)."""
    yield "sex", row.sex or UNKNOWN
    yield "ethnic_group", str(row.ethnic_group or UNKNOWN)
    yield "age", str(age(row.birth, day)) if row.birth else UNKNOWN
    yield "party_member", {True: "yes", False: "no", None: UNKNOWN}[row.party_member]
    yield "religion", row.religion or UNKNOWN
    yield "education", row.education or UNKNOWN
    yield "rank", row.rank or "none"
    yield "political_theory", row.political_theory or UNKNOWN
    yield "represents", "collective" if row.represents else "individual"
    yield "highest_award", award_class(row)


def award_class(row: Row) -> str:
    """The class of the highest award; an award without a decision number is a class of its own."""
    if row.highest_award is None:
        return UNKNOWN
    return str(row.highest_award) if row.award_decision else UNDECIDED


def blank_in(row: Row) -> list[str]:
    """What is not known of a delegate, of all that a category may need."""
    blank = {
        "birth_day": is_approximate(row.birth),
        "ethnic_group": row.ethnic_group is None,
        "religion": not row.religion,
        "party_member": row.party_member is None,
        "education": not row.education,
        "political_theory": not row.political_theory,
        "highest_award": row.highest_award is None,
        "award_decision": row.highest_award is not None and not row.award_decision,
        "contact": not row.phone and not row.email,
        "phone": not row.phone,
        "email": not row.email,
        "photo": row.photo is None,
        "id_number": not row.id_number,
    }
    return [name for name in NEEDABLE if blank[name]]


def _extremes(tally: Tally, row: Row) -> None:
    found = Someone(row.birth, row.pk, row.full_name, row.unit, row.organisation)
    kept = tally.oldest.get(row.state)
    tally.oldest[row.state] = earlier(kept, found) if kept else found
    kept = tally.youngest.get(row.state)
    tally.youngest[row.state] = later(kept, found) if kept else found


def earlier(one: Someone, other: Someone) -> Someone:
    """Who was born earlier; of two on one day whoever was entered first."""
    return min(one, other, key=lambda found: (found.birth, found.pk))


def later(one: Someone, other: Someone) -> Someone:
    """Who was born later; of two on one day whoever was entered first."""
    return max(one, other, key=lambda found: (found.birth, -found.pk))


def add(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies."""
    whole = Tally()
    for tally in tallies:
        _add_numbers(whole.people, tally.people)
        _add_numbers(whole.approximate, tally.approximate)
        for category, patterns in tally.blanks.items():
            _add_numbers(whole.blanks.setdefault(category, {}), patterns)
        for state, cuts in tally.cuts.items():
            of_state = whole.cuts.setdefault(state, {})
            for cut, counts in cuts.items():
                _add_numbers(of_state.setdefault(cut, {}), counts)
        for state, found in tally.oldest.items():
            whole.oldest[state] = earlier(whole.oldest.get(state, found), found)
        for state, found in tally.youngest.items():
            whole.youngest[state] = later(whole.youngest.get(state, found), found)
    return whole


def _add_numbers(whole: dict[str, int], more: Mapping[str, int]) -> None:
    for key, number in more.items():
        whole[key] = whole.get(key, 0) + number


# ---- Percentages ----


def tenths(numbers: Sequence[int]) -> list[int]:
    """Shares of their sum in tenths of a percent that add up to exactly 1000, or to 0 where there is nothing.

    Each share is rounded down; what is left goes, a tenth each, to the largest remainders, the earlier first.
    """
    whole = sum(numbers)
    if not whole:
        return [0] * len(numbers)
    shares = [number * 1000 // whole for number in numbers]
    order = sorted(range(len(numbers)), key=lambda place: (-(numbers[place] * 1000 % whole), place))
    for place in order[: 1000 - sum(shares)]:
        shares[place] += 1
    return shares


# ---- What a page or a paper shows ----


@dataclass(frozen=True)
class Class:
    """A class of a cut: how many, and their share in tenths of a percent."""

    key: str
    label: str
    number: int
    share: int

    @property
    def percent(self) -> float:
        return self.share / 10


@dataclass(frozen=True)
class Cut:
    """One way to divide the delegates. Classes and the unknown make the whole."""

    key: str
    title: str
    classes: list[Class]
    sensitive: bool = False

    @property
    def known(self) -> list[Class]:
        return [one for one in self.classes if one.key != UNKNOWN]

    @property
    def unknown(self) -> Class | None:
        return next((one for one in self.classes if one.key == UNKNOWN), None)

    @property
    def total(self) -> int:
        return sum(one.number for one in self.classes)

    def number(self, key: str) -> int:
        return next((one.number for one in self.classes if one.key == key), 0)

    def share(self, key: str) -> int:
        return next((one.share for one in self.classes if one.key == key), 0)


def cut_of(
    key: str, title: str, labels: Mapping[str, str], counts: Mapping[str, int], *, unknown: str, sensitive: bool = False
) -> Cut:
    """A cut with its classes in the order of `labels`, the unknown last; what has no label counts as unknown."""
    numbers = {value: counts.get(value, 0) for value in labels}
    rest = sum(counts.values()) - sum(numbers.values())
    pairs = [(value, labels[value], numbers[value]) for value in labels]
    if rest:
        pairs.append((UNKNOWN, unknown, rest))
    shares = tenths([number for _value, _label, number in pairs])
    found = [Class(value, label, number, share) for (value, label, number), share in zip(pairs, shares, strict=True)]
    return Cut(key, title, found, sensitive)


def grouped_below(cut: Cut, least: int, others: str) -> Cut:
    """The cut as strangers may read it: classes of fewer than `least` people are one class."""
    small = [one for one in cut.known if 0 < one.number < least]
    kept = [one for one in cut.known if one.number >= least]
    pairs = [(one.key, one.label, one.number) for one in kept]
    if small:
        pairs.append(("others", others, sum(one.number for one in small)))
    if cut.unknown:
        pairs.append((UNKNOWN, cut.unknown.label, cut.unknown.number))
    shares = tenths([number for _key, _label, number in pairs])
    found = [Class(key, label, number, share) for (key, label, number), share in zip(pairs, shares, strict=True)]
    return Cut(cut.key, cut.title, found, cut.sensitive)


def ages_of(counts: Mapping[str, int]) -> dict[int, int]:
    """How many are of each age, those of unknown age apart."""
    return {int(years): number for years, number in counts.items() if years != UNKNOWN}


def by_band(counts: Mapping[str, int]) -> dict[str, int]:
    """The ages of a tally as bands; the unknown stays so."""
    found: Counter[str] = Counter()
    for years, number in counts.items():
        found[UNKNOWN if years == UNKNOWN else band_of(int(years))] += number
    return dict(found)


def mean_age(counts: Mapping[str, int]) -> float | None:
    """The mean of the known ages to a tenth of a year; None without any."""
    ages = ages_of(counts)
    people = sum(ages.values())
    return round(sum(years * number for years, number in ages.items()) / people, 1) if people else None
