"""Excel: letterhead, title, tables with a head that repeats in print. Text stays text, numbers are numbers."""

import re
from copy import copy
from datetime import date
from io import BytesIO
from unicodedata import normalize

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from documents.description import MOTTO, Cell, Document, Heading, Paragraph, Table

FACE = "Times New Roman"
PLAIN, BOLD, ITALIC, TITLE = (
    Font(name=FACE, size=12),
    Font(name=FACE, size=12, bold=True),
    Font(name=FACE, size=12, italic=True),
    Font(name=FACE, size=14, bold=True),
)
LINE = Side(style="thin")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
ALIGN = {side: Alignment(horizontal=side, vertical="top", wrap_text=True) for side in ("left", "center", "right")}
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
PAGE_WIDTH = {True: 130, False: 85}  # in characters: landscape, portrait


def write(document: Document) -> bytes:
    """The document as an .xlsx file."""
    book = Workbook()
    sheet = book.active
    sheet.title = (document.title or "Văn bản").capitalize()[:31]
    first, apart = _sheets(document)
    tables = [block for block in first if isinstance(block, Table)]
    width = max([len(table.columns) for table in tables] or [4])
    _set_widths(sheet, tables, document.landscape)
    row = _head(sheet, document, width)
    for block in first:
        row = _block(sheet, block, row, width)
    _foot(sheet, document, row + 1, width)
    _print_setup(sheet, document)
    for heading, table in apart:
        _own_sheet(book, document, heading, table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _sheets(document: Document) -> tuple[list, list[tuple[Heading | None, Table]]]:
    """The blocks of the first sheet, and the tables with a sheet of their own, each with its heading."""
    first: list = []
    apart: list[tuple[Heading | None, Table]] = []
    for block in document.blocks:
        if isinstance(block, Table) and block.sheet:
            heading = first.pop() if first and isinstance(first[-1], Heading) else None
            apart.append((heading, block))
        else:
            first.append(block)
    return first, apart


def _own_sheet(book: Workbook, document: Document, heading: Heading | None, table: Table) -> None:
    """One table on its sheet. A name that Excel does not take, or has already, is made so that it does."""
    name = re.sub(r"[\[\]:*?/\\]", " ", normalize("NFC", table.sheet))[:31]
    sheet = book.create_sheet(name)
    _set_widths(sheet, [table], document.landscape)
    if heading:
        _span(sheet, 1, 1, len(table.columns), heading.text, BOLD, ALIGN["left"])
    _table(sheet, table, 3 if heading else 1)
    _print_setup(sheet, document)
    if document.foot:
        row = sheet.max_row + 2
        _span(sheet, row, 1, len(table.columns), document.foot, Font(name=FACE, size=9, italic=True), ALIGN["left"])


def _write(sheet: Worksheet, row: int, column: int, value: Cell):
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = normalize("NFC", value)
        cell.data_type = "s"  # text that begins with '=' is text
    else:
        cell.value = value
    return cell


def _put(sheet: Worksheet, row: int, column: int, value: Cell, font: Font, alignment: Alignment, border=None):
    cell = _write(sheet, row, column, value)
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    cell.font, cell.alignment = font, alignment
    if border:
        cell.border = border
    return cell


def _span(sheet: Worksheet, row: int, first: int, last: int, text: str, font: Font, alignment=MIDDLE) -> None:
    _put(sheet, row, first, text, font, alignment)
    if last > first:
        sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)


def _head(sheet: Worksheet, document: Document, width: int) -> int:
    half = max(1, width // 2)
    pairs = [
        (document.letterhead.superior, PLAIN, MOTTO[0], BOLD),
        (document.letterhead.issuer, BOLD, MOTTO[1], BOLD),
        (document.number_line, PLAIN, document.date_line, ITALIC),
    ]
    for row, (left, left_font, right, right_font) in enumerate(pairs, start=1):
        _span(sheet, row, 1, half, left, left_font)
        _span(sheet, row, half + 1, max(width, half + 1), right, right_font)
    row = 5
    for text, font in ((document.title, TITLE), (document.summary, BOLD)):
        if text:
            _span(sheet, row, 1, width, text, font)
            sheet.row_dimensions[row].height = 20 * (1 + len(text) // 90)
            row += 1
    return row + 1


def _block(sheet: Worksheet, block, row: int, width: int) -> int:
    if isinstance(block, Table):
        return _table(sheet, block, row) + 1
    font = BOLD if isinstance(block, Heading) else ITALIC if isinstance(block, Paragraph) and block.basis else PLAIN
    _span(sheet, row, 1, width, block.text, font, ALIGN["left"])
    sheet.row_dimensions[row].height = 17 * (1 + len(block.text) // 95)
    return row + 1


def _table(sheet: Worksheet, table: Table, row: int) -> int:
    first = row
    if table.grouped:
        column = 1
        for words, count in table.groups:
            for offset in range(count):
                _put(sheet, row, column + offset, words or table.columns[column - 1].title, BOLD, MIDDLE, BOX)
            if words:
                sheet.merge_cells(start_row=row, start_column=column, end_row=row, end_column=column + count - 1)
            column += count
        row += 1
    for number, head in enumerate(table.columns, start=1):
        _put(sheet, row, number, head.title, BOLD, MIDDLE, BOX)
        if table.grouped and not head.group:
            sheet.merge_cells(start_row=row - 1, start_column=number, end_row=row, end_column=number)
    if not sheet.print_title_rows:
        sheet.print_title_rows = f"{first}:{row}"
        sheet.freeze_panes = sheet.cell(row + 1, 1)
        sheet.auto_filter.ref = f"A{row}:{get_column_letter(len(table.columns))}{row + max(1, len(table.rows))}"
    looks: dict[tuple, StyleArray] = {}
    for line in table.lines():
        row += 1
        for number, (value, head) in enumerate(zip(line.cells, table.columns, strict=True), start=1):
            look = (line.strong, head.align, isinstance(value, date))
            if look in looks:  # looking a style up costs six times what the cell does: each is looked up once
                _write(sheet, row, number, value)._style = copy(looks[look])
            else:
                font = BOLD if line.strong else PLAIN
                looks[look] = _put(sheet, row, number, value, font, ALIGN[head.align], BOX)._style
    return row + 1


def _foot(sheet: Worksheet, document: Document, row: int, width: int) -> None:
    half = max(1, width // 2)
    if document.recipients:
        _span(sheet, row, 1, half, "Nơi nhận:", Font(name=FACE, size=12, bold=True, italic=True), ALIGN["left"])
        for number, text in enumerate(document.recipients, start=1):
            _span(sheet, row + number, 1, half, text, Font(name=FACE, size=11), ALIGN["left"])
    slots = [(half + 1, max(width, half + 1))] if len(document.signatures) < 2 else [(1, half), (half + 1, width)]
    for (first, last), signature in zip(slots, document.signatures, strict=False):
        lines = [*((line, BOLD) for line in signature.lines), (signature.remark, ITALIC)]
        for number, (text, font) in enumerate(lines):
            _span(sheet, row + number, first, last, text, font)
        _span(sheet, row + len(lines) + 4, first, last, signature.name, BOLD)
    if document.foot:
        _span(sheet, row + 9, 1, width, document.foot, Font(name=FACE, size=9, italic=True), ALIGN["left"])


def _set_widths(sheet: Worksheet, tables: list[Table], landscape: bool) -> None:
    if not tables:
        return
    widest = max(tables, key=lambda table: len(table.columns))
    whole = sum(column.weight for column in widest.columns)
    for number, column in enumerate(widest.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(5, PAGE_WIDTH[landscape] * column.weight / whole)


def _print_setup(sheet: Worksheet, document: Document) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if document.landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left, sheet.page_margins.right = 30 / 25.4, 15 / 25.4
    sheet.page_margins.top = sheet.page_margins.bottom = 20 / 25.4
    sheet.oddFooter.center.text = "&P/&N"
