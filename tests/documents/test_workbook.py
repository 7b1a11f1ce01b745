"""Workbooks as people send them: what is read of them, what is refused and in which words, and how they go back."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.utils.translation import override
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from documents import workbook
from documents.workbook import Row, Unread, Unreadable, read, reading


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def rows(content: bytes) -> list[Row]:
    return read(content)[0].rows


def with_part(content: bytes, name: str, change) -> bytes:
    """The archive with one part changed, or added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            text = old.read(part)
            new.writestr(part, change(text) if part == name else text)
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return out.getvalue()


RELATIONS = "xl/_rels/workbook.xml.rels"


def small() -> bytes:
    book = Workbook()
    book.active.append(["Họ và tên", "Năm sinh"])
    book.active.append(["Nguyễn Văn Dũng", 1980])
    return saved(book)


# ---- What is read ----


def test_values_keep_their_kind():
    book = Workbook()
    sheet = book.active
    sheet.append(["  chữ \xa0", 1980, 912345678.0, 1.5, True, date(1980, 9, 5), None, "\xa0 "])
    (row,) = rows(saved(book))
    assert row.values == {1: "  chữ \xa0", 2: 1980, 3: 912345678, 4: 1.5, 5: True, 6: date(1980, 9, 5)}


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("dd/mm/yyyy", date(1980, 9, 5)),
        ("yyyy", 1980),
        ("mm/yyyy", "09/1980"),
        ('"ngày" dd', date(1980, 9, 5)),
        ("[$-42A]dd mmmm yyyy", date(1980, 9, 5)),
    ],
)
def test_a_date_is_what_its_cell_shows(code, shown):
    book = Workbook()
    book.active["A1"] = date(1980, 9, 5)
    book.active["A1"].number_format = code
    assert rows(saved(book))[0].values == {1: shown}


def test_dates_of_workbooks_from_old_macs():
    book = Workbook()
    book.active["A1"] = 28006
    book.active["A1"].number_format = "dd/mm/yyyy"
    mac = with_part(
        saved(book), "xl/workbook.xml", lambda xml: xml.replace(b"<workbookPr/>", b'<workbookPr date1904="1"/>')
    )
    assert rows(mac)[0].values == {1: date(1980, 9, 4)}


def test_merged_cells_say_where_their_value_comes_from():
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["C1"], sheet["C2"], sheet["D2"] = "Họ và tên", "Năm sinh", "Nam", "Nữ"
    for reference in ("A1:A2", "C1:D1"):
        sheet.merge_cells(reference)
    first, second = rows(saved(book))
    assert first.values == {1: "Họ và tên", 3: "Năm sinh", 4: "Năm sinh"}
    assert first.across == {4}
    assert second.values == {1: "Họ và tên", 3: "Nam", 4: "Nữ"}
    assert (second.merged, second.across, second.own) == ({1}, set(), {3: "Nam", 4: "Nữ"})


def test_hidden_sheets_rows_and_columns_are_told():
    book = Workbook()
    sheet = book.active
    for name in ("An", "Bình"):
        sheet.append([name, "x"])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("Danh mục")["A1"] = "Kinh"
    book["Danh mục"].sheet_state = "veryHidden"
    shown, hidden = read(saved(book))
    assert [row.hidden for row in shown.rows] == [False, True]
    assert shown.hidden_columns == {2}
    assert (shown.hidden, hidden.hidden, hidden.name) == (False, True, "Danh mục")


def test_ten_thousand_blank_rows_are_no_rows():
    book = Workbook()
    sheet = book.active
    sheet.append(["Họ và tên"])
    fill = PatternFill("solid", fgColor="FFEEEEEE")
    for number in range(2, 10_002):
        sheet.cell(number, 1).fill = fill
    sheet.cell(10_002, 1).value = " \xa0"
    assert [row.number for row in rows(saved(book))] == [1]


def test_formulas_are_never_worked_out():
    book = Workbook()
    book.active.append(['=HYPERLINK("http://x","y")', "#N/A"])
    book.active["B1"].data_type = "e"
    assert rows(saved(book))[0].values == {1: Unread('=HYPERLINK("http://x","y")'), 2: Unread("#N/A")}
    assert all(isinstance(value, Unread) for value in rows(saved(book))[0].values.values())


def test_the_value_that_excel_left_in_a_formula_counts():
    book = Workbook()
    book.active["A1"] = "=1979+1"
    content = with_part(
        saved(book),
        "xl/worksheets/sheet1.xml",
        lambda xml: (
            xml.replace(b"<v />", b"<v>1980</v>").replace(b"<v></v>", b"<v>1980</v>").replace(b"<v/>", b"<v>1980</v>")
        ),
    )
    assert rows(content)[0].values == {1: 1980}


def test_text_that_begins_like_a_formula_is_text():
    book = Workbook()
    book.active["A1"] = "=1+1"
    book.active["A1"].data_type = "s"
    (row,) = rows(saved(book))
    assert row.values == {1: "=1+1"}
    assert not isinstance(row.values[1], Unread)


def test_rich_text_inline_text_and_prefixes():
    sheet = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row>'
        '<x:c t="inlineStr"><x:is><x:r><x:t>Nguyễn </x:t></x:r><x:r><x:t>Văn Dũng</x:t></x:r></x:is></x:c>'
        '<x:c t="str"><x:f>A1</x:f><x:v>a_x000D_b</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    ).encode()
    content = with_part(small(), "xl/worksheets/sheet1.xml", lambda _xml: sheet)
    assert rows(content)[0].values == {1: "Nguyễn Văn Dũng", 2: "a\rb"}


def test_shared_texts_without_their_readings():
    texts = "<sst><si><t>a</t></si><si><r><t>Nguyễn </t></r><r><t>Dũng</t></r><rPh><t>x</t></rPh></si></sst>".encode()
    relation = b'<Relationship Id="x9" Type="http://a/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>'
    content = with_part(
        with_part(small(), "xl/sharedStrings.xml", lambda _xml: texts),
        RELATIONS,
        lambda xml: xml.replace(b"</Relationships>", relation),
    )
    cells = b'<worksheet><sheetData><row r="3"><c r="B3" t="s"><v>1</v></c></row></sheetData></worksheet>'
    assert rows(with_part(content, "xl/worksheets/sheet1.xml", lambda _xml: cells)) == [Row(3, {2: "Nguyễn Dũng"})]


def test_columns_and_addresses():
    sheet = read(small())[0]
    assert sheet.columns == [1, 2]
    assert workbook.address(7, 28) == "AB7"


# ---- What is refused ----

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
BOMB = b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def declared(content: bytes, part: str) -> bytes:
    return with_part(content, part, lambda xml: BOMB + xml[xml.find(b"?>") + 2 if xml.startswith(b"<?xml") else 0 :])


REFUSED = {
    "empty": (b"", "list.xlsx", "empty"),
    "too large": (b"PK" + bytes(workbook.MOST_BYTES), "list.xlsx", "larger than"),
    "old Excel": (OLE + bytes(600), "list.xls", r"97-2003.*Save As"),
    "old Excel under a new name": (OLE + bytes(600), "list.xlsx", r"97-2003.*Save As"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "list.xlsx", "password"),
    "csv": (b"a;b", "list.csv", r"CSV.*Save As"),
    "ods by name": (b"PK", "list.ods", r"OpenDocument.*Save As"),
    "ods by content": (
        zipped(**{"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}),
        "list.xlsx",
        "OpenDocument",
    ),
    "macros by name": (small(), "list.xlsm", "macros"),
    "macros by content": (with_part(small(), "xl/vbaProject.bin", lambda _: b"x"), "list.xlsx", "macros"),
    "no workbook": (b"%PDF-1.4", "list.pdf", "no Excel workbook"),
    "text called a workbook": (b"hello", "list.xlsx", "no Excel workbook"),
    "any archive": (zipped(a=b"b"), "list.xlsx", "no Excel workbook"),
    "cut off": (small()[:900], "list.xlsx", "damaged"),
    "unpacks to too much": (
        with_part(small(), "xl/media/x.xml", lambda _: b" " * (workbook.MOST_UNPACKED + 1)),
        "list.xlsx",
        "unpacks",
    ),
    "entities in the sheet": (declared(small(), "xl/worksheets/sheet1.xml"), "list.xlsx", "damaged"),
    "entities in the texts": (declared(small(), "xl/sharedStrings.xml"), "list.xlsx", "damaged"),
    "entities in a part that nobody reads": (declared(small(), "docProps/core.xml"), "list.xlsx", "damaged"),
    "no XML": (with_part(small(), "xl/worksheets/sheet1.xml", lambda _: b"<worksheet"), "list.xlsx", "damaged"),
    "no such text": (
        with_part(
            small(),
            "xl/worksheets/sheet1.xml",
            lambda _: b'<worksheet><sheetData><row><c t="s"><v>99</v></c></row></sheetData></worksheet>',
        ),
        "list.xlsx",
        "damaged",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_taken_is_said(case):
    content, name, words = REFUSED[case]
    with pytest.raises(Unreadable) as refusal:
        read(content, name)
    assert words.split(".*")[0] in refusal.value.reason
    assert words.split(".*")[-1] in refusal.value.reason


def test_too_many_cells(monkeypatch):
    monkeypatch.setattr(reading, "MOST_CELLS", 3)
    with pytest.raises(Unreadable, match="unpacks"):
        read(small())


def test_too_many_rows(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 1)
    with pytest.raises(Unreadable, match="rows"):
        read(small())


def test_a_merge_over_the_whole_sheet_costs_nothing():
    book = Workbook()
    book.active.append(["Tiêu đề", None, "x"])
    book.active.append(["a", "b", "c"])
    content = with_part(
        saved(book),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
    )
    assert [row.values for row in rows(content)] == [{1: "Tiêu đề", 2: "Tiêu đề", 3: "x"}, {1: "a", 2: "b", 3: "c"}]


# ---- How they go back ----


def test_marked_cells_are_coloured_commented_and_listed():
    book = load_workbook(BytesIO(workbook.mark(small(), "Sheet", {(2, 2): "Năm sinh này ở tương lai"})))
    cell = book["Sheet"]["B2"]
    assert (cell.value, cell.comment.text) == (1980, "Năm sinh này ở tương lai")
    assert cell.fill.fgColor.rgb == "FFFFC7CE"
    assert [[cell.value for cell in row] for row in book[workbook.LIST]] == [
        ["Ô", "Đang ghi", "Cần làm gì"],
        ["B2", "1980", "Năm sinh này ở tương lai"],
    ]
    assert book.active.title == "Sheet"


def test_what_was_marked_before_is_unmarked_and_others_comments_stay():
    book = Workbook()
    book.active.append(["x", "y"])
    book.active["B1"].comment = Comment("của đơn vị", "An")
    once = workbook.mark(saved(book), "Sheet", {(1, 1): "sửa"})
    twice = load_workbook(BytesIO(workbook.mark(once, "Sheet", {(1, 2): "sửa nữa"})))
    assert twice["Sheet"]["A1"].comment is None
    assert twice["Sheet"]["A1"].fill.fill_type is None
    assert twice["Sheet"]["B1"].comment.text == "của đơn vị\nsửa nữa"
    assert twice.sheetnames == ["Sheet", workbook.LIST]


def test_a_merged_cell_is_marked_where_it_begins_and_text_stays_text():
    book = Workbook()
    book.active["A1"] = "=1+1"
    book.active["A1"].data_type = "s"
    book.active.merge_cells("A1:B2")
    marked = load_workbook(BytesIO(workbook.mark(saved(book), "Sheet", {(2, 2): "sửa"})))
    assert marked["Sheet"]["A1"].comment.text == "sửa"
    assert (marked["Sheet"]["A1"].data_type, marked[workbook.LIST]["B2"].data_type) == ("s", "s")
