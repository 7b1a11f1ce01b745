"""Workbooks that people send (.xlsx), read as they come: merged cells, hidden sheets and rows, dates, blanks."""

import re
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import column_index_from_string, range_boundaries

from documents.workbook.gate import broken, too_much, why_not_take
from documents.workbook.values import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Row, Sheet, Unread, Unreadable, Value

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


def _no_declarations(*_args) -> None:
    raise Unreadable(broken())


def _parse(part: IO[bytes], start: Start | None = None, end: End | None = None, words: End | None = None) -> None:
    """Read a part of the archive piece by piece. Raises `Unreadable`, also for a document type of its own."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_declarations
    parser.EntityDeclHandler = _no_declarations
    if start:
        parser.StartElementHandler = lambda name, attributes: start(name[name.find(":") + 1 :], attributes)
    if end:
        parser.EndElementHandler = lambda name: end(name[name.find(":") + 1 :])
    if words:
        parser.CharacterDataHandler = words
    try:
        parser.ParseFile(part)
    except (expat.ExpatError, zipfile.BadZipFile, EOFError, OSError):
        raise Unreadable(broken()) from None


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _unescaped(words: str) -> str:
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), words) if "_x" in words else words


class _Strings:
    """The texts that the sheets share; readings of Japanese words beside them are left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.pieces: list[str] = []
        self.inside = self.reading = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            self.pieces = []
        elif name == "rPh":
            self.reading = True
        elif name == "t":
            self.inside = not self.reading

    def end(self, name: str) -> None:
        if name == "si":
            self.found.append(_unescaped("".join(self.pieces)))
        elif name == "rPh":
            self.reading = False
        elif name == "t":
            self.inside = False

    def words(self, words: str) -> None:
        if self.inside:
            self.pieces.append(words)


class _Styles:
    """How each style shows a number: 'day', 'month', 'year' for dates, '' for plain numbers."""

    def __init__(self) -> None:
        self.formats = dict(BUILTIN_FORMATS)
        self.shows: list[str] = []
        self.inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self.formats[int(attributes.get("numFmtId", 0))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            number = int(attributes.get("numFmtId", 0))
            local = number in (*range(27, 37), *range(50, 59))  # dates of East Asian editions, without a code here
            self.shows.append("day" if local else _shows(self.formats.get(number, "")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.inside = False


_NOT_LETTERS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


def _shows(code: str) -> str:
    if not is_date_format(code):
        return ""
    letters = _NOT_LETTERS.sub("", code).lower()
    if "y" not in letters or "d" in letters or "h" in letters:
        return "day"
    return "month" if "m" in letters else "year"


class _Cells:
    """The cells of a sheet as they come."""

    def __init__(self, strings: list[str], shows: list[str], since_1904: bool) -> None:
        self.strings, self.shows, self.since_1904 = strings, shows, since_1904
        self.rows: dict[int, dict[int, Value]] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merges: list[str] = []
        self.row = self.column = self.count = 0
        self.kind = self.style = ""
        self.pieces: list[str] = []
        self.formula: list[str] | None = None
        self.collects: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name == "v" or (name == "t" and self.kind == "inlineStr"):
            self.collects = self.pieces
        elif name == "f":
            self.formula = self.collects = []
        elif name == "row":
            number = attributes.get("r", "")
            self.row, self.column = int(number) if number.isdigit() else self.row + 1, 0
            if attributes.get("hidden") in ("1", "true"):
                self.hidden_rows.add(self.row)
        elif name == "mergeCell":
            self.merges.append(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes["min"]), min(int(attributes["max"]), MOST_COLUMNS)
            self.hidden_columns |= set(range(first, last + 1))
        elif name == "rPh":
            self.kind = ""

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_CELLS:
            raise Unreadable(too_much())
        place = attributes.get("r", "").rstrip("0123456789")
        self.column = column_index_from_string(place) if place else self.column + 1
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
        self.pieces, self.formula = [], None

    def words(self, words: str) -> None:
        if self.collects is not None:
            self.collects.append(words)

    def end(self, name: str) -> None:
        self.collects = None
        if name != "c" or not (self.pieces or self.formula):
            return
        value = self._value("".join(self.pieces))
        if value is None or (isinstance(value, str) and not value.strip()) or self.column > MOST_COLUMNS:
            return
        self.rows.setdefault(self.row, {})[self.column] = value
        if len(self.rows) > MOST_ROWS:
            raise Unreadable(_("More than %(most)s rows stand here: send them in parts.") % {"most": MOST_ROWS})

    def _value(self, raw: str) -> Value | None:
        if not raw:
            return Unread("=" + "".join(self.formula or [])[:60]) if self.kind != "str" else None
        if self.kind == "s":
            return self.strings[int(raw)]
        if self.kind in ("str", "inlineStr"):
            return _unescaped(raw)
        if self.kind == "b":
            return raw == "1"
        if self.kind == "e":
            return Unread(raw)
        if self.kind == "d":
            return date.fromisoformat(raw[:10])
        number = float(raw)
        show = self.shows[int(self.style)] if self.style and int(self.style) < len(self.shows) else ""
        if show:
            return self._day(number, show)
        return int(number) if number.is_integer() else number

    def _day(self, serial: float, show: str) -> Value:
        """A date as its cell shows it: where that is the year alone, no more is told."""
        if not 1 <= serial < 2_900_000:
            return Unread(repr(serial))
        base = date(1904, 1, 1) if self.since_1904 else date(1899, 12, 30)
        early = not self.since_1904 and serial < 60  # Excel believes that 1900 was a leap year
        day = base + timedelta(days=int(serial) + early)
        if show == "year":
            return day.year
        return f"{day:%m/%Y}" if show == "month" else day


def _spread(cells: _Cells) -> list[Row]:
    """The rows, merged cells' values in all the places that they cover."""
    numbers = sorted(cells.rows)
    width = max((column for row in cells.rows.values() for column in row), default=0)
    merged: dict[int, set[int]] = {}
    across: dict[int, set[int]] = {}
    for reference in cells.merges[:20_000]:
        try:
            left, top, right, bottom = (edge or 0 for edge in range_boundaries(reference))
        except (ValueError, TypeError):
            continue
        value = cells.rows.get(top, {}).get(left)
        if value is None:
            continue
        for number in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
            for column in range(left, min(right, width) + 1):
                if (number, column) != (top, left) and column not in cells.rows[number]:
                    cells.rows[number][column] = value
                    merged.setdefault(number, set()).add(column)
                    if column > left:
                        across.setdefault(number, set()).add(column)
    nothing: set[int] = set()
    return [
        Row(
            number,
            cells.rows[number],
            number in cells.hidden_rows,
            frozenset(merged.get(number, nothing)),
            frozenset(across.get(number, nothing)),
        )
        for number in numbers
    ]


@dataclass
class _Book:
    """Where the parts of a workbook lie."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)  # name, relation, hidden
    since_1904: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), relation, attributes.get("state", "visible") != "visible"))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")


def _relations(archive: zipfile.ZipFile, of: str) -> dict[str, tuple[str, str]]:
    """What a part leads to: relation → (kind, name of the part)."""
    path = PurePosixPath(of)
    name = str(path.parent / "_rels" / f"{path.name}.rels") if of else "_rels/.rels"
    found: dict[str, tuple[str, str]] = {}

    def start(element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else str(PurePosixPath(path.parent) / target)
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], full)

    if name in archive.namelist():
        with archive.open(name) as part:
            _parse(part, start)
    return found


def read(content: bytes, name: str = "list.xlsx") -> list[Sheet]:
    """The sheets of a workbook in their order, hidden ones too. Raises `Unreadable`."""
    if reason := why_not_take(content, name):
        raise Unreadable(reason)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OverflowError, NotImplementedError):
        raise Unreadable(broken()) from None


def _read(archive: zipfile.ZipFile) -> list[Sheet]:
    main = next((part for kind, part in _relations(archive, "").values() if kind == "officeDocument"), "")
    book, strings, styles = _Book(), _Strings(), _Styles()
    with archive.open(main) as part:
        _parse(part, book.start)
    relations = _relations(archive, main)
    kinds = dict(relations.values())
    if "sharedStrings" in kinds:
        with archive.open(kinds["sharedStrings"]) as part:
            _parse(part, strings.start, strings.end, strings.words)
    if "styles" in kinds:
        with archive.open(kinds["styles"]) as part:
            _parse(part, styles.start, styles.end)
    found, seen, count = [], {main, *kinds.values()}, 0
    for name, relation, hidden in book.sheets:
        kind, place = relations.get(relation, ("", ""))
        if kind != "worksheet":
            continue
        seen.add(place)
        cells = _Cells(strings.found, styles.shows, book.since_1904)
        cells.count = count  # of all sheets together
        with archive.open(place) as part:
            _parse(part, cells.start, cells.end, cells.words)
        count = cells.count
        found.append(Sheet(name, _spread(cells), hidden, frozenset(cells.hidden_columns)))
    _look_at_the_rest(archive, seen)
    if not found:
        raise Unreadable(_("This workbook has no sheets with cells."))
    return found


def _look_at_the_rest(archive: zipfile.ZipFile, seen: set[str]) -> None:
    """No part may declare entities, read or not: the file is opened by other programs later."""
    for name in archive.namelist():
        if name not in seen and name.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(name) as part:
                _parse(part)
