"""The rows of a sent list as people: each value as it is meant, each fault in words with its cell. Pure."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.vietnamese import fold
from core.vietnamese_encodings import Encoding, decode, recognise_all
from delegates.imports import cells
from delegates.imports.cells import Words, words_of
from delegates.imports.columns import NUMBER, Head, target_of
from documents.workbook import Row, Sheet, Unread, Value, address, text

WITHDRAWN = "da rut"  # how our own list says so in a note
_NOT_PEOPLE = re.compile(
    r"nguoi lap( bieu)?|thu truong( don vi)?|ky,? (ten|dong dau|ghi ro ho ten).*|tong( cong| so)?\b.*|"
    r"cong\b.*|noi nhan.*|"
    r"xac nhan cua.*|(vu|vien|cuc|hieu) truong|giam doc|danh sach .*|ghi chu\b.*|co du lieu ca nhan.*"
)
_SECTION = re.compile(r"^(?:[IVX]+|[A-Z]|\d+)\s*[.)/-]\s*(?=\S)")


FIELDS = {  # of the person, by what a column holds
    "birth_male": {"birth", "sex"},
    "birth_female": {"birth", "sex"},
    "learning": {"education"},
    "award": {"highest_award"},
    "workplace": {"position"},
}


@dataclass(frozen=True)
class Fault:
    """What is wrong in a cell (column 0: in the whole row; row 0: in the whole file), and what to do."""

    row: int
    column: int
    title: str  # of the column
    stands: str  # what stands there
    remark: str
    stops: bool = True  # nothing is applied while it is there; else it is only worth a look

    @property
    def cell(self) -> str:
        return address(self.row, self.column) if self.row and self.column else ""


@dataclass
class Line:
    """A person of the list: what is known by field, and in which column of the file that stands."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    stands: dict[int, str] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)  # fields of which something is written that is no value
    unknown_award: str = ""  # one that the catalogue does not hold
    withdrawn: bool = False  # as the list's note says

    @property
    def name(self) -> str:
        return self.values.get("full_name") or ""

    @property
    def key(self) -> tuple[str, int] | None:
        """Who it is: the name without marks and the year of birth."""
        birth = self.values.get("birth")
        return (fold(self.name), birth.year) if self.name and birth else None


@dataclass(frozen=True)
class OldText:
    """A cell in an encoding from before Unicode, and how it reads."""

    row: int
    column: int
    stands: str
    meant: str
    encoding: Encoding

    @property
    def cell(self) -> str:
        return address(self.row, self.column)


@dataclass
class Reading:
    """What a list says."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    old: list[OldText] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)  # rows that name nobody: headings, signatures
    hidden: list[int] = field(default_factory=list)  # hidden rows, which are not read
    titles: dict[str, str] = field(default_factory=dict)  # of the columns that were chosen, by what they hold


class Reader:
    """Reads the rows under a head. `columns` says what each column holds; `convert` whether old text is converted."""

    def __init__(
        self,
        sheet: Sheet,
        head: Head,
        columns: Mapping[int, str],
        words: Words,
        *,
        today: date,
        convert: bool = True,
        category: int | None = None,
    ) -> None:
        self.head, self.columns, self.words, self.today = head, columns, words, today
        self.found = Reading(titles={target: head.titles.get(column, "") for column, target in columns.items()})
        self.rows = [row for row in sheet.rows if row.number > head.last]
        self.found.hidden = [row.number for row in self.rows if row.hidden]
        self.rows = [row for row in self.rows if not row.hidden]
        self.by_target: dict[str, list[int]] = {}
        for column, target in sorted(columns.items()):
            self.by_target.setdefault(target, []).append(column)
        self.numbers = [column for column, title in head.titles.items() if target_of(title) == NUMBER]
        self.section = category  # of the whole list, until a heading names another
        self.above: dict[int, Value] = {}
        self.convert = convert
        self._look_for_old_text()
        names = [words_of(row.values.get(column)) for row in self.rows for column in self._of("full_name")[:1]]
        titled = sum(bool(re.match(r"(ông|bà)[.:]?\s", name, re.IGNORECASE)) for name in names)
        self.addressed = 2 * titled > len(names)

    def _of(self, target: str) -> list[int]:
        return self.by_target.get(target, [])

    def read(self, tick: Callable[[int, int], None] = lambda _done, _total: None) -> Reading:
        """Read all rows; `tick(done, total)` is told how far it is."""
        for number, row in enumerate(self.rows):
            if number % 200 == 0:
                tick(number, len(self.rows))
            if self._names_somebody(row):
                self.found.lines.append(self._line(row))
        return self.found

    # ---- Old encodings ----

    def _look_for_old_text(self) -> None:
        self.meant: dict[tuple[int, int], str] = {}
        for column in sorted(self.columns):
            texts = {row.number: value for row in self.rows if isinstance(value := row.values.get(column), str)}
            old = recognise_all(texts.values())
            for number, value in texts.items():
                if encoding := old.get(value):
                    meant = decode(value, encoding)
                    self.found.old.append(OldText(number, column, value, meant, encoding))
                    if self.convert:
                        self.meant[number, column] = meant
        self.found.old.sort(key=lambda one: (one.row, one.column))

    # ---- Which rows are people ----

    def _names_somebody(self, row: Row) -> bool:
        names = self._of("full_name")
        written = [row.values.get(column) for column in names if column not in row.across]
        name = " ".join(filter(None, map(words_of, written)))
        own = {column: value for column, value in row.own.items() if column in self.columns}
        said = words_of(next(iter(row.own.values()), ""))
        if not own and not name:
            return self._leave(row, said)
        if counts_columns(row) or (name and fold(name) == fold(self.head.titles.get(names[0], ""))):
            return self._leave(row, said)
        if names and names[0] in row.merged and names[0] not in row.across:
            self._fault(
                row, names[0], _("The name stands in cells merged with the row above: give each person one row.")
            )
            return False
        if not name:
            if len([column for column in own if self.columns[column] != "note"]) < 3:
                return self._leave(row, said)
            self._fault(row, names[0] if names else 0, _("Write the full name, or take the row away."))
            return False
        others = set(own) - set(names)
        if _NOT_PEOPLE.fullmatch(fold(name).strip(" .:/")) and len(others) < 3:
            return self._leave(row, name)
        if not others and (len(row.across) > 2 or _SECTION.match(name)):
            return self._leave(row, name)
        return True

    def _leave(self, row: Row, said: str) -> bool:
        """A row that names nobody; a heading over rows may name their category."""
        heading = _SECTION.sub(
            "", next((words_of(value) for value in row.own.values() if len(words_of(value)) > 4), "")
        )
        with suppress(ValueError):
            self.section = cells.category(heading, self.words)[0] or self.section
        self.found.left_out.append((row.number, said[:120]))
        return False

    # ---- One person ----

    def _fault(self, row: Row | Line, column: int, remark: str, *, stops: bool = True) -> None:
        number = row.number if isinstance(row, Row) else row.row
        stands = text(row.values.get(column)) if isinstance(row, Row) else row.stands.get(column, "")
        self.found.faults.append(
            Fault(number, column, self.head.titles.get(column, ""), stands[:200], str(remark), stops)
        )

    def _cell(self, row: Row, line: Line, column: int) -> Value | None:
        """A cell's value as it is meant: old text converted, "nt" as above, nothing where there is a fault."""
        value: Value | None = self.meant.get((row.number, column), row.values.get(column))
        if column in row.across:
            return None
        if isinstance(value, Unread):
            self._fault(row, column, _("This cell has no value that could be read: write it as plain text."))
            line.faulty |= FIELDS.get(self.columns[column], {self.columns[column]})
            return None
        if isinstance(value, str) and fold(words_of(value)) in cells.AS_ABOVE:
            if column not in self.above or self.columns[column] == "full_name":
                self._fault(row, column, _("“As above” has nothing above it here: write it out."))
                line.faulty |= FIELDS.get(self.columns[column], {self.columns[column]})
                return None
            return self.above[column]
        if value is None or cells.is_nothing(value):
            self.above.pop(column, None)
            return None
        self.above[column] = value
        return value

    def _line(self, row: Row) -> Line:
        line = Line(row.number, stands={column: text(row.values.get(column)) for column in self.columns})
        values = {column: value for column in self.columns if (value := self._cell(row, line, column)) is not None}
        self._name(line, values)
        self._birth_and_sex(line, values)
        self._simple(line, values)
        self._learning(line, values)
        self._work(line, values)
        self._category(line, values)
        self._award(line, values)
        self._decision(line, values)
        self._contact(line, values)
        self._note(line, values)
        return line

    def _try(self, line: Line, column: int, read: Callable[..., Any], *written: Any) -> Any:
        try:
            return read(*written)
        except ValueError as fault:
            self._fault(line, column, str(fault))
            line.faulty |= FIELDS.get(self.columns[column], {self.columns[column]})
            return None

    def _set(self, line: Line, name: str, value: Any, column: int) -> None:
        line.places.setdefault(name, column)
        if value is not None and value != "":
            line.values[name] = value

    def _joined(self, values: Mapping[int, Value], target: str, between: str = " ") -> tuple[str, int]:
        """The text of all columns for one thing, and the first of these columns."""
        columns = self._of(target)
        kept = [text(values[column]) for column in columns if column in values]
        return between.join(kept), next(
            (column for column in columns if column in values), columns[0] if columns else 0
        )

    def _name(self, line: Line, values: Mapping[int, Value]) -> None:
        written, column = self._joined(values, "full_name")
        if not column:
            return
        name = self._try(line, column, cells.full_name, written, self.addressed)
        self._set(line, "full_name", name, column)
        if name and name == name.upper() and len(name.split()) > 1:
            self._fault(line, column, _("The name is in capitals: lists print it as it stands here."), stops=False)
        if title := cells.TITLE.match(words_of(written)):
            degree, rank = cells.learning(title[0])
            line.values |= {key: value for key, value in (("education", degree), ("rank", rank)) if value}

    def _birth_and_sex(self, line: Line, values: Mapping[int, Value]) -> None:
        for column in self._of("birth"):
            self._set(
                line,
                "birth",
                self._try(line, column, cells.birth, values.get(column), self.today),
                column,
            )
        for column in self._of("sex"):
            self._set(line, "sex", self._try(line, column, cells.sex, values.get(column)), column)
        men, women = self._of("birth_male")[:1], self._of("birth_female")[:1]
        if men or women:
            self._two_columns(line, values, men[0] if men else 0, women[0] if women else 0)

    def _two_columns(self, line: Line, values: Mapping[int, Value], men: int, women: int) -> None:
        """The year stands under Nam or under Nữ; or a tick stands there and the date elsewhere."""
        filled = [
            column for column in (men, women) if column in values and fold(words_of(values[column])) not in cells.NO
        ]
        for name in ("birth", "sex"):
            line.places.setdefault(name, (filled or [men or women])[0])
        if len(filled) == 2:
            self._fault(line, women, _("Both Nam and Nữ are filled in: leave one of them blank."))
            line.faulty |= {"birth", "sex"}
            return
        if not filled:
            if not (men and women) and "birth" in line.values:  # only women are ticked, or only men
                self._set(line, "sex", "male" if women else "female", men or women)
            return
        (column,) = filled
        self._set(line, "sex", "female" if column == women else "male", column)
        if not cells.is_mark(values[column]):
            self._set(line, "birth", self._try(line, column, cells.birth, values[column], self.today), column)

    def _simple(self, line: Line, values: Mapping[int, Value]) -> None:
        readers: dict[str, Callable[[Value | None], Any]] = {
            "ethnic_group": lambda value: cells.ethnic_group(value, self.words),
            "religion": lambda value: cells.religion(value, self.words),
            "party_member": cells.party_member,
            "political_theory": cells.political_theory,
            "id_number": cells.id_number,
            "tags": lambda value: cells.tags(value, self.words),
        }
        for name, read in readers.items():
            for column in self._of(name):
                found = self._try(line, column, read, values.get(column))
                self._set(line, name, found, column)
        for column in self._of("party_member") if line.values.get("party_member") else ():
            joined = self._try(line, column, cells.party_joined, values.get(column), self.today)
            self._set(line, "party_joined", joined, column)
        for column in self._of("sub_unit"):
            self._set(line, "sub_unit", words_of(values.get(column))[:200], column)

    def _learning(self, line: Line, values: Mapping[int, Value]) -> None:
        written, column = self._joined(values, "learning", ", ")
        if not column:
            return
        degree, rank = self._try(line, column, cells.learning, written) or (None, None)
        self._set(line, "education", degree, column)
        self._set(line, "rank", rank, column)

    def _work(self, line: Line, values: Mapping[int, Value]) -> None:
        written, column = self._joined(values, "position", ", ")
        place, beside = self._joined(values, "workplace", ", ")
        if self.words.unit_names:
            written = ", ".join(filter(None, [words_of(written), words_of(place)]))
        else:
            self._set(line, "organisation", words_of(place)[:200], beside)
        if column or beside:
            first = column or beside
            self._set(line, "position", self._try(line, first, cells.position, written, self.words), first)

    def _category(self, line: Line, values: Mapping[int, Value]) -> None:
        for column in self._of("category"):
            found = self._try(line, column, cells.category, values.get(column), self.words)
            self._set(line, "category", found and found[0], column)
            self._set(line, "represents", found and found[1], column)
        if self.section and "category" not in line.values and "category" not in line.faulty:
            line.values["category"] = self.section
        for column in self._of("represents"):
            self._set(line, "represents", words_of(values.get(column))[:250], column)
            line.places["represents"] = column

    def _award(self, line: Line, values: Mapping[int, Value]) -> None:
        written, column = self._joined(values, "award", "; ")
        if not column:
            return
        key, year, unknown = cells.awards(written, self.words)
        for beside in self._of("award_year"):
            born = self._try(line, beside, cells.birth, values.get(beside), self.today)
            year = born.year if born else year
            line.places["award_year"] = beside
        self._set(line, "highest_award", key, column)
        if key and not year:
            self._fault(line, column, _("Write the year beside the award, such as: Bằng khen của Bộ trưởng, 2018."))
            line.faulty.add("award_year")
        if key:
            self._set(line, "award_year", year, column)
        if unknown:
            line.unknown_award = unknown[:200]

    def _decision(self, line: Line, values: Mapping[int, Value]) -> None:
        written, column = self._joined(values, "award_decision", ", ")
        if column:
            self._set(line, "award_decision", self._try(line, column, cells.decision, written, self.today), column)

    def _contact(self, line: Line, values: Mapping[int, Value]) -> None:
        for column in self._of("phone"):
            if column in values and "phone" not in line.values:
                phone, mail = self._try(line, column, cells.phones, values[column]) or (
                    None,
                    None,
                )
                self._set(line, "phone", phone, column)
                self._set(line, "email", mail, column)
            line.places.setdefault("phone", column)
        for column in self._of("email"):
            self._set(line, "email", self._try(line, column, cells.email, values.get(column)), column)
            line.places["email"] = column

    def _note(self, line: Line, values: Mapping[int, Value]) -> None:
        written, column = self._joined(values, "note", "; ")
        first, _semicolon, rest = words_of(written).partition(";")
        if fold(first) == WITHDRAWN:
            line.withdrawn, written = True, rest.strip()
        self._set(line, "note", words_of(written), column)


def counts_columns(row: Row) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3)."""
    said = [re.sub(r"[()\s]", "", text(value)) for _column, value in sorted(row.own.items())]
    numbers = [int(one) for one in said if one.isdigit() and len(one) < 3]
    return len(said) > 2 and len(numbers) == len(said) and numbers == list(range(numbers[0], numbers[0] + len(said)))
