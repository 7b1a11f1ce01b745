"""Units and headcounts as a workbook: written to be filled in, read with every fault at once, each at its cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from core.fields import FIRST_DAY, LAST_DAY
from core.models import User
from core.vietnamese import clean, fold, short_date
from documents.workbook import Row, Sheet, Unread, Unreadable, Value, address, read, text
from units import rules
from units.models import Block, Headcount, Unit
from units.models.history import NAMES

SHEET, LISTS = "Đơn vị", "Danh mục"
TITLES = {
    "code": "Mã đơn vị",
    "name_vi": "Tên tiếng Việt",
    "name_en": "Tên tiếng Anh",
    "abbreviation": "Tên viết tắt",
    "kind": "Loại",
    "block": "Khối thi đua",
    "head_title": "Chức danh thủ trưởng",
    "own_conference": "Hội nghị riêng",
    "number": "Số người",
    "taken_on": "Tính đến ngày",
    "source": "Nguồn số liệu",
    "day": "Hiệu lực từ ngày",
    "document": "Văn bản",
}
WIDTHS = {"name_vi": 45, "name_en": 45, "block": 36, "head_title": 22, "source": 30, "document": 34}
LONGEST = {
    "code": 20,
    "name_vi": 250,
    "name_en": 250,
    "abbreviation": 30,
    "head_title": 80,
    "source": 200,
    "document": 200,
}
NEEDED = ("name_vi", "kind", "block")  # of a new unit
PLAIN = ("kind", "head_title", "own_conference")  # mended as they are; names and blocks change from a day on
MOST_ROWS = 1000
YES_NO = {True: "Có", False: "Không"}


# ---- Written ----


def kinds() -> dict[str, str]:
    """The kinds of units as officials call them."""
    with translation.override("vi"):
        return {value: str(label) for value, label in Unit.Kind.choices}


def write() -> bytes:
    """Every unit at work, as a workbook to be filled in; with the kinds and blocks to choose from."""
    book = Workbook()
    sheet, lists = book.active, book.create_sheet(LISTS)
    sheet.title = SHEET
    names, blocks = kinds(), list(Block.objects.all())
    columns = [list(names.values()), [block.name_vi for block in blocks], list(YES_NO.values())]
    for column, choices in enumerate(columns, start=1):
        for row, words in enumerate(choices, start=1):
            _put(lists, row, column, words)
    lists.sheet_state = "hidden"
    rows = [_line(unit, names) for unit in Unit.objects.active().select_related("block")]
    for column, (key, title) in enumerate(TITLES.items(), start=1):
        cell = _put(sheet, 1, column, title)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(key, 16)
        for row, line in enumerate(rows, start=2):
            _put(sheet, row, column, line[key])
    for key, letter, choices in zip(("kind", "block", "own_conference"), "ABC", columns, strict=True):
        place = get_column_letter(list(TITLES).index(key) + 1)
        offered = DataValidation("list", formula1=f"'{LISTS}'!${letter}$1:${letter}${max(1, len(choices))}")
        offered.add(f"{place}2:{place}{MOST_ROWS}")
        sheet.add_data_validation(offered)
    sheet.freeze_panes = "C2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _line(unit: Unit, names: dict[str, str]) -> dict[str, Any]:
    own = {key: getattr(unit, key) for key in ("code", *NAMES, "head_title")}
    return own | {
        "kind": names[unit.kind],
        "block": unit.block.name_vi,
        "own_conference": YES_NO[unit.own_conference],
        "number": unit.headcount,
        "taken_on": unit.headcount_on,
        **dict.fromkeys(("source", "day", "document")),
    }


def _put(sheet: Any, row: int, column: int, value: Any) -> Any:
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # text that begins with '=' is text
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    return cell


# ---- Read ----


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be taken: where it is, what stands there, and what to do."""

    cell: str
    found: str
    remark: str


@dataclass
class Line:
    """A row of the list: the values that it gives, by column, and where each stands."""

    number: int
    values: dict[str, Any]
    places: dict[str, int]

    def cell(self, key: str) -> str:
        return address(self.number, self.places.get(key, self.places["code"]))


@dataclass
class List:
    """What a workbook holds."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def parse(content: bytes, name: str) -> List:
    """The rows of a workbook, each value checked by itself. Raises `Unreadable` for what is no such workbook."""
    sheets = read(content, name)
    sheet = next((sheet for sheet in sheets if not sheet.hidden and sheet.rows), None)
    if sheet is None:
        raise Unreadable(_("This workbook is empty: fill in the first sheet, under its headings."))
    head, places = _head(sheet)
    found = List()
    readers = _Readers()
    rows = [row for row in sheet.rows if row.number > head and row.own]
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("More than %(most)s rows stand here: send them in parts.") % {"most": MOST_ROWS})
    for row in rows:
        found.lines.append(Line(row.number, _values(row, places, readers, found.faults), places))
    if not rows:
        raise Unreadable(_("No unit stands under the headings: fill in a row for each unit."))
    found.faults += _twice(found.lines)
    return found


def _head(sheet: Sheet) -> tuple[int, dict[str, int]]:
    """The row of the headings, wherever it stands and in whatever order, and the column of each."""
    titles = {fold(title): key for key, title in TITLES.items()}
    for row in sheet.rows[:30]:
        places: dict[str, int] = {}
        for column, value in row.values.items():
            key = titles.get(fold(text(value)))
            if key and key not in places:
                places[key] = column
        if {"code", "name_vi"} <= set(places):
            return row.number, places
    raise Unreadable(
        _("The headings “%(code)s” and “%(name)s” were not found: take the workbook of this page and fill it in.")
        % {"code": TITLES["code"], "name": TITLES["name_vi"]}
    )


class _Wrong(Exception):
    """A value that cannot be taken, and what to do."""


class _Readers:
    """How the value of each column is read."""

    def __init__(self) -> None:
        self.kinds = {fold(label): value for value, label in kinds().items()}
        self.blocks = {fold(key): block.code for block in Block.objects.all() for key in (block.name_vi, block.code)}

    def read(self, key: str, value: Value) -> Any:
        if isinstance(value, Unread):
            raise _Wrong(_("This cell shows an error or was never calculated: write the value itself."))
        reader = getattr(self, f"_{key}", None)
        return reader(value) if reader else self._text(key, value)

    def _text(self, key: str, value: Value) -> str:
        words = clean(text(value)).replace("\n", " ")
        if len(words) > LONGEST[key]:
            raise _Wrong(_("Longer than %(most)s characters: shorten it.") % {"most": LONGEST[key]})
        return words

    def _code(self, value: Value) -> str:
        return self._text("code", value).upper().replace(" ", "")

    def _kind(self, value: Value) -> str:
        return self._one_of(self.kinds, value, _("No such kind: choose one from the list of the cell."))

    def _block(self, value: Value) -> str:
        return self._one_of(self.blocks, value, _("No such block: choose one from the list of the cell."))

    def _own_conference(self, value: Value) -> bool:
        known = {"co": True, "x": True, "yes": True, "true": True, "khong": False, "no": False, "false": False}
        return self._one_of(known, value, _("Write “Có” or “Không”."))

    def _number(self, value: Value) -> int:
        words = re.sub(r"[\s.,](?=\d{3}\b)", "", clean(text(value)))
        if not words.isascii() or not words.isdigit() or len(words) > 7:
            raise _Wrong(_("Write the number of people in digits, such as 1320."))
        return int(words)

    def _taken_on(self, value: Value) -> str:
        return self._date(value)

    def _day(self, value: Value) -> str:
        return self._date(value)

    @staticmethod
    def _date(value: Value) -> str:
        """An ISO text, as it can be signed and sent."""
        day = value if isinstance(value, date) else _written(clean(text(value)))
        if day is None or not FIRST_DAY <= day <= LAST_DAY:
            raise _Wrong(_("Write the day as day/month/year, such as 31/07/2019."))
        return day.isoformat()

    @staticmethod
    def _one_of(known: dict[str, Any], value: Value, remark: str) -> Any:
        try:
            return known[fold(text(value))]
        except KeyError:
            raise _Wrong(remark) from None


def _written(words: str) -> date | None:
    parts = re.fullmatch(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})", words)
    try:
        return date(int(parts[3]), int(parts[2]), int(parts[1])) if parts else date.fromisoformat(words)
    except ValueError:
        return None


def _values(row: Row, places: dict[str, int], readers: _Readers, faults: list[Fault]) -> dict[str, Any]:
    """What a row says, column by column; a column that is missing says nothing, an empty cell an empty text."""
    values: dict[str, Any] = {}
    for key, column in places.items():
        value = row.values.get(column)
        if value is None or not clean(text(value)):
            values[key] = "" if key in LONGEST else None
            continue
        try:
            values[key] = readers.read(key, value)
        except _Wrong as wrong:
            values[key] = None
            faults.append(Fault(address(row.number, column), text(value)[:80], str(wrong)))
    if not values.get("code") and row.values.get(places["code"]) is None:
        faults.append(Fault(address(row.number, places["code"]), "", _("Write the code of the unit.")))
    return values


def _twice(lines: list[Line]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for line in lines:
        code = line.values.get("code")
        if code and code in seen:
            words = _("This unit stands in %(cell)s already: keep one of the two rows.") % {"cell": seen[code]}
            yield Fault(line.cell("code"), code, words)
        elif code:
            seen[code] = line.cell("code")


# ---- Compared with what there is ----


@dataclass
class Step:
    """What a row would do: to which unit, read at which version, with which values, in words."""

    code: str
    name: str
    version: int = 0  # 0: a unit that is not there yet
    told: list[tuple[str, str, str]] = field(default_factory=list)  # label, before, after
    edit: dict[str, Any] = field(default_factory=dict)
    rename: dict[str, Any] = field(default_factory=dict)
    block: str = ""
    count: dict[str, Any] = field(default_factory=dict)
    day: str = ""
    document: str = ""

    @property
    def added(self) -> bool:
        return not self.version

    @property
    def changes(self) -> bool:
        return bool(self.added or self.told)


@dataclass
class Plan:
    """What taking a list would do, or why it cannot be taken."""

    steps: list[Step] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def added(self) -> list[Step]:
        return [step for step in self.steps if step.added]

    @property
    def changed(self) -> list[Step]:
        return [step for step in self.steps if step.changes and not step.added]

    @property
    def same(self) -> int:
        return sum(not step.changes for step in self.steps)

    @property
    def does(self) -> list[Step]:
        return [step for step in self.steps if step.changes]


def plan(actor: User | None, found: List) -> Plan:
    """Compare a list with the units that there are: what is new, what changes, what stays."""
    units = {unit.code.upper(): unit for unit in Unit.objects.select_related("block")}
    blocks = {block.code: block for block in Block.objects.all()}
    counts = {(one.unit_id, one.taken_on.isoformat()): one.number for one in Headcount.objects.all()}
    made = Plan(faults=list(found.faults))
    for line in found.lines:
        code = line.values.get("code")
        if code:
            compare = _Compare(actor, line, units.get(code), blocks, counts, made.faults)
            made.steps.append(compare.step())
    made.faults.sort(key=lambda fault: _order(fault.cell))
    return made


def _order(cell: str) -> tuple[int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), letters.rjust(3)


class _Compare:
    """One row against the unit of its code."""

    def __init__(
        self,
        actor: User | None,
        line: Line,
        unit: Unit | None,
        blocks: dict[str, Block],
        counts: dict[tuple[int, str], int],
        faults: list[Fault],
    ) -> None:
        self.actor, self.line, self.unit, self.blocks = actor, line, unit, blocks
        self.counts, self.faults, self.values = counts, faults, line.values
        self.kinds = kinds()

    def fault(self, key: str, remark: str) -> None:
        value = self.values.get(key)
        self.faults.append(Fault(self.line.cell(key), "" if value is None else str(value)[:80], remark))

    def step(self) -> Step:
        code = self.values["code"]
        self._headcount_complete()
        if self.unit is None:
            return self._new(code)
        step = Step(self.unit.code, self.unit.name, self.unit.version)
        if not self.unit.is_active:
            self.fault("code", _("This unit is no longer at work: take its row out."))
            return step
        self._plain(step, self.unit)
        self._dated(step, self.unit)
        self._count(step, self.unit)
        return step

    def _headcount_complete(self) -> None:
        number, day = self.values.get("number"), self.values.get("taken_on")
        if number is not None and not day and not self._faulty("taken_on"):
            self.fault("taken_on", _("Write the day that this number was taken on."))
        if day and number is None and not self._faulty("number"):
            self.fault("number", _("Write the number of people on this day, or take the day away."))
        if day and (reason := rules.why_not_yet(date.fromisoformat(day))):
            self.fault("taken_on", reason)

    def _faulty(self, key: str) -> bool:
        """Whether a fault has been found in this cell already."""
        return any(fault.cell == self.line.cell(key) for fault in self.faults)

    def _new(self, code: str) -> Step:
        for key in NEEDED:
            if not self.values.get(key) and not self._faulty(key):
                self.fault(key, _("A new unit needs this: fill in the cell."))
        given = {
            key: self.values[key] for key in ("name_vi", "name_en", "abbreviation", *PLAIN) if self.values.get(key)
        }
        step = Step(code, self.values.get("name_vi") or code, edit=given, block=self.values.get("block") or "")
        if self.values.get("number") is not None and self.values.get("taken_on"):
            step.count = {key: self.values.get(key) or "" for key in ("taken_on", "source")}
            step.count["number"] = self.values["number"]
        return step

    def _plain(self, step: Step, unit: Unit) -> None:
        for key in PLAIN:
            value = self.values.get(key)
            if value not in (None, "") and value != getattr(unit, key):
                step.edit[key] = value
                step.told.append((TITLES[key], self._words(key, getattr(unit, key)), self._words(key, value)))

    def _words(self, key: str, value: Any) -> str:
        if key == "kind":
            return self.kinds[value]
        return YES_NO[value] if isinstance(value, bool) else str(value)

    def _dated(self, step: Step, unit: Unit) -> None:
        """A new name or block begins on a day, by a document; English names and abbreviations are mended.

        An empty cell leaves what is there.
        """
        given = {key: value for key in NAMES if (value := self.values.get(key))}
        names = {key: value for key, value in given.items() if value != getattr(unit, key)}
        block = self.values.get("block")
        moves = bool(block and block != unit.block.code)
        renames = "name_vi" in names
        step.told += [(TITLES[key], getattr(unit, key), value) for key, value in names.items()]
        if moves:
            step.told.append((TITLES["block"], unit.block.name_vi, self.blocks[block].name_vi))
        if not (renames or moves):
            step.edit |= names
            return
        day, document = self.values.get("day"), self.values.get("document")
        if not (day and document):
            self._ask_when(unit, renames)
            return
        self._when(step, unit, date.fromisoformat(day), renames, moves)
        step.day, step.document = day, document
        if renames:
            step.rename = {key: given.get(key, "") for key in NAMES}  # the old English name is not the new one's
        else:
            step.edit |= names
        step.block = block if moves else ""

    def _ask_when(self, unit: Unit, renames: bool) -> None:
        if self._faulty("day"):
            return
        words = _("Now: “%(now)s”. A change needs “%(day)s” and “%(paper)s”: fill them in, or write what is now.")
        told = {"now": unit.name_vi if renames else unit.block.name_vi}
        told |= {"day": TITLES["day"], "paper": TITLES["document"]}
        self.fault("name_vi" if renames else "block", words % told)

    def _when(self, step: Step, unit: Unit, day: date, renames: bool, moves: bool) -> None:
        reasons = [rules.why_not_rename(self.actor, unit, day)] if renames else []
        if moves:
            reasons.append(rules.why_not_move(self.actor, unit, self.blocks[self.values["block"]], day))
        for reason in dict.fromkeys(filter(None, reasons)):
            self.fault("day", reason)

    def _count(self, step: Step, unit: Unit) -> None:
        number, day = self.values.get("number"), self.values.get("taken_on")
        if number is None or not day:
            return
        before = self.counts.get((unit.pk, day))
        if before == number:
            return
        step.count = {"number": number, "taken_on": day, "source": self.values.get("source") or ""}
        label = f"{TITLES['number']}, {short_date(date.fromisoformat(day))}"
        step.told.append((label, "" if before is None else str(before), str(number)))
