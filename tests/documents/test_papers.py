"""Papers read back: the words, the fonts, and what must stay blank."""

import subprocess
from datetime import date
from io import BytesIO

import pytest
from docx import Document as open_docx
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader

from documents import excel, pdf, word
from documents.description import Column, Document, Letterhead, Paragraph, Row, Signature, Table

LETTERS = "Ằ Ẵ Ặ Ễ Ộ Ữ Ỵ ằ ẵ ặ ễ ộ ữ ỵ Đ đ “…” –"
HOSTILE = ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "{{ 7*7 }}", "@SUM(A1)", "+1", "-1"]
COLUMNS = [
    Column("TT", 0.5, "center"),
    Column("Họ và tên", 2.5),
    Column("Nam", 0.8, "center", group="Năm sinh"),
    Column("Nữ", 0.8, "center", group="Năm sinh"),
    Column("Ghi chú", 2),
]


def paper(rows=3, **fields) -> Document:
    lines = [Row((n, f"Nguyễn Thị {LETTERS}", None, 1980, HOSTILE[n % len(HOSTILE)])) for n in range(1, rows + 1)]
    values = {
        "letterhead": Letterhead("BỘ KHOA HỌC VÀ CÔNG NGHỆ", "VỤ THI ĐUA - KHEN THƯỞNG"),
        "symbol": "BKHCN-TĐKT",
        "place": "Hà Nội",
        "dated": date(2020, 5, 15),
        "title": "DANH SÁCH",
        "summary": "Đại biểu dự Đại hội Thi đua yêu nước của Bộ lần thứ V",
        "blocks": [
            Paragraph(f"Thử {LETTERS}"),
            Table(COLUMNS, [*lines, Row((None, "Cộng", None, rows, ""), strong=True)]),
        ],
        "signatures": [Signature(["TL. BỘ TRƯỞNG", "VỤ TRƯỞNG"])],
        "recipients": ["- Như trên;", "- Lưu: VT, TĐKT."],
    }
    return Document(**values | fields)


@pytest.fixture(scope="module")
def printed() -> PdfReader:
    return PdfReader(BytesIO(pdf.write(paper(rows=120))))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_excel_keeps_text_as_text_and_numbers_as_numbers():
    sheet = load_workbook(BytesIO(excel.write(paper(rows=6)))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.value for cell in cells} >= set(HOSTILE)
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert any(cell.value == 1980 and cell.data_type == "n" for cell in cells)
    assert any(LETTERS in str(cell.value) for cell in cells)
    assert {cell.font.name for cell in cells} == {"Times New Roman"}


def test_excel_prints_on_one_page_width_with_its_head_on_each():
    sheet = load_workbook(BytesIO(excel.write(paper(rows=90, landscape=True)))).active
    first, last = (int(number) for number in sheet.print_title_rows.replace("$", "").split(":"))
    assert sheet.cell(last, 3).value == "Nam"
    assert sheet.cell(first, 3).value == "Năm sinh"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert "&P/&N" in sheet.oddFooter.center.text


def test_word_reads_back_with_official_margins_and_fonts():
    made = open_docx(BytesIO(word.write(paper())))
    section = made.sections[0]
    assert [round(side.mm) for side in (section.left_margin, section.right_margin, section.top_margin)] == [
        30,
        15,
        20,
    ]
    fonts = made.styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    table = made.tables[1]
    assert table.cell(0, 2).text == "Năm sinh"
    assert table.cell(1, 3).text == "Nữ"
    assert LETTERS in table.cell(2, 1).text
    assert table.rows[0]._tr.trPr.findall(qn("w:tblHeader"))
    assert [cell.text for cell in table.columns[4].cells[2:5]] == HOSTILE[1:4]


@pytest.mark.parametrize(("dated", "place"), [(date(2020, 3, 4), "footer"), (date(2020, 3, 5), "header")])
def test_page_number_stands_where_the_law_of_the_day_wants_it(dated, place):
    section = open_docx(BytesIO(word.write(paper(dated=dated)))).sections[0]
    assert "PAGE" in getattr(section, place)._element.xml
    assert section.different_first_page_header_footer


def test_number_and_day_stay_blank(printed):
    text = squeezed(printed.pages[0].extract_text())
    assert "Số: /BKHCN-TĐKT" in text
    assert "Hà Nội, ngày tháng năm 2020" in text
    made = open_docx(BytesIO(word.write(paper())))
    assert "Số:        /BKHCN-TĐKT" in made.tables[0].cell(1, 0).text


def test_pdf_holds_every_letter_in_one_embedded_face(printed, tmp_path):
    text = squeezed("".join(page.extract_text() for page in printed.pages))
    for word_ in LETTERS.split():
        assert word_ in text
    for hostile in HOSTILE[1:3]:
        assert hostile.replace(" ", "") in text.replace(" ", "")
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf.write(paper()))
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert fonts
    for line in fonts:
        assert "Tinos" in line
        assert line.split()[-5] == "yes"  # embedded


def test_pdf_numbers_pages_from_the_second_on_and_repeats_the_head(printed):
    assert len(printed.pages) > 2
    first, second = (printed.pages[n].extract_text() for n in (0, 1))
    assert "2" in (second.split()[0], second.split()[-1])
    assert "Họ và tên" in squeezed(second)
    assert not {first.split()[0], first.split()[-1]} & {"1"}


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1/", "data:text/plain,x"])
def test_papers_fetch_nothing(address):
    with pytest.raises(ValueError, match="may not fetch"):
        pdf.refuse(address)
