"""A workbook of units and headcounts read with every fault at once, each at its cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.fields import FIRST_DAY, LAST_DAY
from core.vietnamese import clean, fold
from documents.workbook import Row, Sheet, Unread, Unreadable, Value, address, read, text
from units.imports.template import LONGEST, MOST_ROWS, TITLES, kinds
from units.models import Block


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
