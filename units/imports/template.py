"""Units and headcounts as a workbook, written to be filled in."""

from datetime import date
from io import BytesIO
from typing import Any

from django.utils import translation
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from units.models import Block, Unit
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
