"""A sent list beside those who are registered: who would be added, changed, left; and what speaks against. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from core.vietnamese import PartialDate, fold
from delegates.imports.cells import NO_DECISION, Decision
from delegates.imports.rows import Fault, Line, Reading

NEEDED = ("birth", "sex", "category", "position")
NEEDED_OF_UNITS = ("ethnic_group", "education")
FIELDS = (
    *(
        "full_name",
        "birth",
        "sex",
        "category",
        "position",
        "sub_unit",
        "organisation",
        "represents",
        "phone",
        "email",
        "note",
    ),
    *("ethnic_group", "religion", "party_member", "party_joined", "political_theory", "education", "rank", "id_number"),
)
TAGS = "tags"  # beside the fields: other categories, as keys in order
AWARD = "award"  # beside the fields: the award that a line names, with its year and its decision


@dataclass(frozen=True)
class Held:
    """An award that somebody holds, or that a list says they do."""

    award: int
    year: int
    decision: Decision = NO_DECISION

    def says_more_than(self, kept: "Held | None") -> bool:
        """Whether a list says something of this award that is not kept; who says less takes nothing away."""
        if kept is None or str(self.decision) == str(kept.decision):
            return kept is None
        mine, theirs = self.decision, kept.decision
        less = mine.number in ("", theirs.number) and fold(mine.issuer) in ("", fold(theirs.issuer))
        return not (less and (mine.day is None or _same("day", theirs.day, mine.day)))

    def over(self, kept: "Held | None") -> "Held":
        """This one, with what is kept where it says nothing."""
        mine, theirs = self.decision, kept.decision if kept else NO_DECISION
        merged = Decision(mine.number or theirs.number, mine.day or theirs.day, mine.issuer or theirs.issuer)
        return Held(self.award, self.year, merged)


class Kind(StrEnum):
    """What becomes of a line."""

    ADDED = "added"
    CHANGED = "changed"
    LEFT = "left"


@dataclass(frozen=True)
class Known:
    """Somebody registered for this unit: what is kept of them, and why they cannot be changed now."""

    key: int
    version: int
    name: str
    values: Mapping[str, Any]
    why_not_edit: str | None = None
    withdrawn: bool = False
    on_reserve: bool = False
    awards: Mapping[tuple[int, int], Held] = field(default_factory=dict)  # by award and year

    @property
    def who(self) -> tuple[str, int]:
        return fold(self.name), self.values["birth"].year


@dataclass(frozen=True)
class Seats:
    """Seats of the unit in a category."""

    name: str
    seats: int
    taken: int
    why_closed: str | None = None  # for this unit
    needs_award: bool = False
    represents_collective: bool = False


@dataclass(frozen=True)
class Question:
    """Somebody who may be registered already: is it another person?"""

    row: int
    name: str
    words: str


@dataclass(frozen=True)
class Outcome:
    """What becomes of a line, and what is to be written: fields with their values, and what they were."""

    kind: Kind
    line: Line
    values: Mapping[str, Any]
    known: Known | None = None
    before: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Comparison:
    """What applying the list would do."""

    outcomes: list[Outcome] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    absent: int = 0  # registered, and not in the list: they stay as they are

    @property
    def counts(self) -> dict[Kind, int]:
        counted = Counter(outcome.kind for outcome in self.outcomes)
        return {kind: counted[kind] for kind in Kind}

    @property
    def digest(self) -> str:
        """The same as long as applying would do the same."""
        words = [
            (
                one.kind.value,
                one.known and (one.known.key, one.known.version),
                sorted((k, str(v)) for k, v in one.values.items()),
            )
            for one in self.outcomes
        ]
        return sha256(repr(words).encode()).hexdigest()


@dataclass(frozen=True)
class Setting:
    """What the list is compared with."""

    known: Iterable[Known]
    elsewhere: frozenset[tuple[str, int]]  # names and years of those whom others have registered
    seats: Mapping[int, Seats]
    of_unit: bool
    others: frozenset[int] = frozenset()  # rows of which somebody has said that it is another person
    why_none: str | None = None
    # what is wrong with an award that somebody of a category is to hold, by what a column holds
    award_faults: Callable[[Held, int | None], Mapping[str, str]] = lambda _held, _category: {}


def compare(reading: Reading, setting: Setting) -> Comparison:
    """Match each line with who is there, by name and year of birth, else by name and phone or e-mail."""
    return _Matching(reading, setting).run()


class _Matching:
    def __init__(self, reading: Reading, setting: Setting) -> None:
        self.reading, self.setting = reading, setting
        self.found = Comparison(faults=list(reading.faults))
        self.by_who: dict[tuple[str, int], list[Known]] = {}
        self.by_name: dict[str, list[Known]] = {}
        for known in setting.known:
            self.by_who.setdefault(known.who, []).append(known)
            self.by_name.setdefault(fold(known.name), []).append(known)
        self.used: set[int] = set()
        self.rows: dict[tuple[str, int], int] = {}  # where somebody was met first
        self.no_column: set[str] = set()
        self.missing_words = what_is_missing()

    def run(self) -> Comparison:
        for line in self.reading.lines:
            self._line(line)
        self._seats()
        self.found.absent = sum(not known.withdrawn and known.key not in self.used for known in self.setting.known)
        self.found.faults.sort(key=lambda fault: (fault.row, fault.column))
        return self.found

    def _fault(self, line: Line, name: str, remark: str, *, stops: bool = True) -> None:
        column = line.places.get(name) or line.places.get("full_name", 0)
        title = self.reading.titles.get(name, "")
        self.found.faults.append(Fault(line.row, column, title, line.stands.get(column, "")[:200], remark, stops))

    def _line(self, line: Line) -> None:
        known = self._match(line)
        if line.withdrawn and (known is None or known.withdrawn):
            if known:
                self.used.add(known.key)
            self.found.outcomes.append(Outcome(Kind.LEFT, line, {}, known))
            return
        if known and known.withdrawn:
            known = None  # back again: registered anew
        if known is None:
            self._ask_whether_another(line)
        if line.key:
            self.rows.setdefault(line.key, line.row)
        if known:
            self.used.add(known.key)
            self._changed(line, known)
        else:
            self._added(line)

    def _match(self, line: Line) -> Known | None:
        same = self.by_who.get(line.key, []) if line.key else []
        if not same and line.name:
            contacts = {line.values.get("phone"), line.values.get("email")} - {None}
            same = [
                known
                for known in self.by_name.get(fold(line.name), [])
                if contacts & {known.values["phone"], known.values["email"]}
            ]
        free = [known for known in same if known.key not in self.used]
        free.sort(key=lambda known: (known.withdrawn != line.withdrawn, -_likeness(line, known), known.key))
        return free[0] if free else None

    def _ask_whether_another(self, line: Line) -> None:
        """Two people may share a name; one person may not have two seats. Whoever sends the list says which it is."""
        if line.key is None or line.row in self.setting.others:
            return
        if line.key in self.rows:
            words = _(
                "The same name and year of birth stand in row %(row)s. Take one of the rows away, or say above that "
                "these are two people."
            ) % {"row": self.rows[line.key]}
        elif line.key in self.setting.elsewhere:
            words = _(
                "Somebody with this name and year of birth is registered by another unit. If it is the same person, "
                "agree with the Department who registers them; if not, say so above."
            )
        else:
            return
        self._fault(line, "full_name", words)
        self.found.questions.append(Question(line.row, line.name, words))

    def _missing(self, line: Line, values: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
        """Say what is missing; whether anything is. What is known already need not be written again."""
        have = {**before, **values}
        needed = [*NEEDED, *(NEEDED_OF_UNITS if self.setting.of_unit else ("organisation",))]
        missing = [name for name in needed if have.get(name) in (None, "") and name not in line.faulty]
        if "full_name" not in values and "full_name" not in line.faulty:
            missing.insert(0, "full_name")
        category = self.setting.seats.get(have.get("category") or 0)
        if category and category.represents_collective and not have.get("represents"):
            missing.append("represents")
        if category and category.needs_award and not have.get(AWARD) and "highest_award" not in line.faulty:
            missing.append("highest_award")
        if (
            self.setting.of_unit
            and not (have.get("phone") or have.get("email"))
            and not {"phone", "email"} & line.faulty
        ):
            missing.append("phone")
        for name in missing:
            if name == "highest_award" and line.unknown_award:
                self._fault(
                    line, name, _("The catalogue has no such award. Write its name in full, as the catalogue has it.")
                )
            elif name in line.places:
                self._fault(line, name, self.missing_words[name])
            elif name not in self.no_column:
                self.no_column.add(name)
                self.found.faults.append(
                    Fault(
                        0,
                        0,
                        "",
                        "",
                        _("The list has no column for this: %(what)s") % {"what": self.missing_words[name]},
                    )
                )
        return bool(missing)

    def _added(self, line: Line) -> None:
        values = {name: value for name in FIELDS if (value := line.values.get(name)) not in (None, "")}
        self._keep_unknown_award(line, values, "")
        self._award(line, values, None)
        self._tags(line, values, None)
        self._missing(line, values, {})
        if self.setting.why_none:
            self._fault(line, "full_name", self.setting.why_none)
        self.found.outcomes.append(Outcome(Kind.ADDED, line, values))

    def _changed(self, line: Line, known: Known) -> None:
        values = {
            name: value
            for name in FIELDS
            if (value := line.values.get(name)) not in (None, "") and not _same(name, known.values.get(name), value)
        }
        if values.get("party_member") is False and known.values.get("party_joined"):
            values["party_joined"] = None
        if line.withdrawn:
            self._fault(
                line,
                "note",
                _("The list says “withdrawn”: withdraw them on their own page, with a reason."),
                stops=False,
            )
            values = {}
        self._keep_unknown_award(line, values, known.values.get("note") or "")
        kept = None if line.withdrawn else self._award(line, values, known)
        if not line.withdrawn:
            self._tags(line, values, known)
        self._missing(line, {**values, "full_name": known.name}, {**known.values, AWARD: bool(known.awards)})
        before = {name: known.values.get(name) for name in values} | ({AWARD: kept} if AWARD in values else {})
        if known.on_reserve and "category" in values:
            words = _("%(name)s is on the reserve list: change the category on their own page.")
            self._fault(line, "category", words % {"name": known.name})
        if values and known.why_not_edit:
            self._fault(line, "full_name", known.why_not_edit)
        self.found.outcomes.append(Outcome(Kind.CHANGED if values else Kind.LEFT, line, values, known, before))

    def _tags(self, line: Line, values: dict[str, Any], known: Known | None) -> None:
        """Other categories that a line names, beside those that are kept; never the one of the seat."""
        kept = set(known.values.get(TAGS) or ()) if known else set()
        seat = values.get("category") or (known.values.get("category") if known else None)
        if said := set(line.values.get(TAGS, ())) - kept - {seat}:
            values[TAGS] = tuple(sorted(kept | said))

    def _award(self, line: Line, values: dict[str, Any], known: Known | None) -> Held | None:
        """The award of a line, where it says more than is kept; other awards stay. Returns what is kept of this one."""
        award, year = line.values.get("highest_award"), line.values.get("award_year")
        decision = line.values.get("award_decision")
        if decision and not award and not line.unknown_award and "highest_award" not in line.faulty:
            self._fault(line, "award_decision", _("Write the award that this decision is about, and its year."))
        if not (award and year):
            return None
        said, kept = Held(award, year, decision or NO_DECISION), known.awards.get((award, year)) if known else None
        if said.says_more_than(kept):
            values[AWARD] = said.over(kept)
            category = values.get("category") or (known.values.get("category") if known else None)
            for name, words in self.setting.award_faults(values[AWARD], category).items():
                self._fault(line, name, words)
        return kept

    def _keep_unknown_award(self, line: Line, values: dict[str, Any], note: str) -> None:
        """An award that the catalogue does not hold is not lost: it stands in the note until it can be chosen."""
        if not line.unknown_award:
            return
        said = UNKNOWN_AWARD + ", ".join(
            filter(None, [line.unknown_award, str(line.values.get("award_decision") or "")])
        )
        if fold(said) not in fold(note):
            values["note"] = "; ".join(filter(None, [values.get("note") or note, said]))
        self._fault(
            line,
            "highest_award",
            _("The catalogue has no such award: it is kept in the note, and no award is set."),
            stops=False,
        )

    # ---- Seats ----

    def _seats(self) -> None:
        """Whether there are seats enough, category by category: the last lines that find none are marked."""
        needs: dict[int, list[Outcome]] = {}
        leaving: Counter[int] = Counter()
        for outcome in self.found.outcomes:
            category = outcome.values.get("category")
            if category:
                needs.setdefault(category, []).append(outcome)
                if outcome.known:
                    leaving[outcome.known.values["category"]] += 1
        for key, outcomes in needs.items():
            seats = self.setting.seats.get(key)
            if seats is None:
                continue
            if seats.why_closed:
                for outcome in outcomes:
                    self._fault(outcome.line, "category", seats.why_closed)
                continue
            free = max(0, seats.seats - seats.taken + leaving[key])
            if len(outcomes) > free:
                words = _(
                    "“%(category)s” has %(free)s seats free, and the list needs %(needs)s: leave out %(over)s here, "
                    "withdraw somebody, or ask the Department for more."
                )
                numbers = {"category": seats.name, "free": free, "needs": len(outcomes), "over": len(outcomes) - free}
                for outcome in outcomes[free:]:
                    self._fault(outcome.line, "category", words % numbers)


UNKNOWN_AWARD = "Khen thưởng ghi trong danh sách: "


def what_is_missing() -> dict[str, str]:
    """What to do about a field that is blank."""
    return {
        "full_name": _("Write the full name."),
        "birth": _("Write the date of birth, or at least its year."),
        "sex": _("Write Nam or Nữ, or the year of birth under one of them."),
        "category": _("Write the category of delegate."),
        "position": _("Write the position."),
        "organisation": _("Write the organisation that this person comes from."),
        "ethnic_group": _("Write the ethnic group."),
        "education": _("Write the degree."),
        "represents": _("Write the name of the collective that this person stands for."),
        "highest_award": _("Write the award that this person comes for, and its year."),
        "phone": _("Write a phone number or an e-mail: one of the two is enough."),
    }


def _likeness(line: Line, known: Known) -> int:
    return sum(known.values.get(name) == value for name, value in line.values.items())


def _same(name: str, kept: Any, written: Any) -> bool:
    """Whether a list says no more than is kept: the year alone of a date, a part of a note."""
    if kept == written:
        return True
    if isinstance(kept, PartialDate) and isinstance(written, PartialDate):
        return kept.iso.startswith(written.iso)
    if name == "note":
        return fold(written) in fold(kept or "")
    return False
