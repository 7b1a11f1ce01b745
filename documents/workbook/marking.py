"""A workbook given back with its faults: cells coloured, commented and listed."""

import warnings
from collections.abc import Mapping
from copy import copy
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from documents.workbook.values import address, text

OURS = "Cổng Đại hội"  # who the remarks are by
LIST = "Các lỗi"
_MARK = PatternFill("solid", fgColor="FFFFC7CE")


def mark(content: bytes, sheet_name: str, remarks: Mapping[tuple[int, int], str]) -> bytes:
    """The workbook with some cells coloured and commented: `remarks` maps (row, column) to what is to be done.

    All remarks stand together on a sheet of their own too. What was marked before is unmarked. The workbook must have
    been read before (`read`), which refuses what is not safe to open.
    """
    with warnings.catch_warnings():  # of what openpyxl does not keep: pictures of other programs, extensions
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(content))
        if LIST in book.sheetnames and _is_ours(book[LIST]):
            del book[LIST]
        sheet = book[sheet_name]
        _unmark(sheet)
        for (row, column), remark in remarks.items():
            cell = _anchor(sheet, row, column)
            cell.fill = copy(_MARK)
            note = f"{cell.comment.text}\n{remark}" if cell.comment else remark
            cell.comment = Comment(note, OURS, width=320, height=40 + 18 * (1 + len(note) // 45))
        _list(book.create_sheet(LIST), sheet, remarks)
        book.active = book.index(sheet)
        out = BytesIO()
        book.save(out)
    return out.getvalue()


def _anchor(sheet: Worksheet, row: int, column: int) -> Any:
    """The cell that holds the value shown here: of merged cells the first."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        for merged in sheet.merged_cells.ranges:
            if cell.coordinate in merged:
                return sheet.cell(merged.min_row, merged.min_col)
    return cell


def _unmark(sheet: Worksheet) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell, MergedCell) and cell.comment and cell.comment.author == OURS:
                cell.comment = None
                cell.fill = PatternFill()


def _is_ours(sheet: Worksheet) -> bool:
    return sheet.cell(1, 1).value == "Ô" and sheet.cell(1, 2).value == "Đang ghi"


def _list(found: Worksheet, sheet: Worksheet, remarks: Mapping[tuple[int, int], str]) -> None:
    rows = [("Ô", "Đang ghi", "Cần làm gì")]
    for (row, column), remark in sorted(remarks.items()):
        value = _anchor(sheet, row, column).value
        stands = text(value.date() if isinstance(value, datetime) else value)  # type: ignore[arg-type]
        rows.append((address(row, column), stands, remark))
    for number, line in enumerate(rows, start=1):
        for place, words in enumerate(line, start=1):
            cell = found.cell(number, place)
            cell.value = _harmless(words)
            cell.data_type = "s"
            if number == 1:
                cell.font = Font(bold=True)
    for letter, width in zip("ABC", (10, 40, 90), strict=True):
        found.column_dimensions[letter].width = width
    found.freeze_panes = "A2"


def _harmless(words: str) -> str:
    """Without signs that no office file may hold."""
    return "".join(sign for sign in words if sign >= " " or sign in "\n\t")
