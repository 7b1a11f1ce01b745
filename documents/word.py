"""Word: A4, margins 20/20/30/15 mm, Times New Roman, the letterhead as a table without borders."""

from copy import deepcopy
from io import BytesIO
from unicodedata import normalize

from docx import Document as open_docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as Line

from documents.description import MOTTO, Document, Heading, Paragraph, Row, Signature, Table, shown

FACE = "Times New Roman"
SIDES = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def write(document: Document) -> bytes:
    """The document as a .docx file."""
    paper = open_docx()
    _page(paper, document)
    _letterhead(paper, document)
    if document.title:
        _line(paper.add_paragraph(), document.title, bold=True, size=14, side="center", before=12)
    if document.summary:
        summary = _line(paper.add_paragraph(), document.summary, bold=True, size=14, side="center")
        _rule(summary, 60 if document.landscape else 40)
    for number, addressee in enumerate(document.addressees):
        _line(
            paper.add_paragraph(),
            addressee if number else f"Kính gửi: {addressee}",
            size=14,
            side="center",
            before=6,
        )
    for block in document.blocks:
        _block(paper, block, document)
    _foot(paper, document)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _page(paper, document: Document) -> None:
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(14)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FACE)
    normal.paragraph_format.space_after = Pt(0)
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if document.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True  # no number on page 1
    where = section.header if document.page_number_on_top else section.footer
    place = where.paragraphs[0]
    place.alignment = SIDES["center" if document.page_number_on_top else "right"]
    run = place.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _line(line: Line, text: str, *, bold=False, italic=False, size=14.0, side="left", before=0, indent=False) -> Line:
    run = line.add_run(normalize("NFC", text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    line.alignment = SIDES[side]
    line.paragraph_format.space_before = Pt(before)
    if indent:
        line.paragraph_format.first_line_indent = Mm(10)
    return line


def _rule(line: Line, millimetres: float) -> None:
    """A line under a paragraph, as long as said, in the middle of its column."""
    below = line.insert_paragraph_before()
    line._p.addnext(below._p)
    below.alignment = SIDES["center"]
    below.paragraph_format.line_spacing = Pt(4)
    run = below.add_run("\u00a0" * round(millimetres / 0.9))
    run.font.size, run.font.underline = Pt(4), True


def _letterhead(paper, document: Document) -> None:
    table = paper.add_table(rows=2, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    whole = 252 if document.landscape else 165
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Mm(whole * 0.42), Mm(whole * 0.58)
    left, right = table.rows[0].cells
    _line(left.paragraphs[0], document.letterhead.superior, size=12, side="center")
    issuer = _line(left.add_paragraph(), document.letterhead.issuer, bold=True, size=12, side="center")
    _rule(issuer, min(len(document.letterhead.issuer), 28) * 2.6 * 0.4)
    _line(right.paragraphs[0], MOTTO[0], bold=True, size=12, side="center")
    motto = _line(right.add_paragraph(), MOTTO[1], bold=True, size=13, side="center")
    _rule(motto, 58)
    left, right = table.rows[1].cells
    _line(left.paragraphs[0], document.number_line, size=13, side="center")
    if not document.title and document.summary:
        _line(left.add_paragraph(), f"V/v {document.summary}", size=12, side="center", before=6)
    _line(right.paragraphs[0], document.date_line, italic=True, size=13, side="center")


def _block(paper, block, document: Document) -> None:
    if isinstance(block, Heading):
        _line(paper.add_paragraph(), block.text, bold=True, before=6)
    elif isinstance(block, Paragraph):
        _line(paper.add_paragraph(), block.text, italic=block.basis, side="justify", before=6, indent=True)
    else:
        paper.add_paragraph()
        _table(paper, block, 252 if document.landscape else 165)


def _table(paper, table: Table, width: float) -> None:
    heads = 2 if table.grouped else 1
    made = paper.add_table(rows=heads, cols=len(table.columns))
    made.style = "Table Grid"
    made.autofit = False
    whole = sum(column.weight for column in table.columns)
    widths = [Mm(width * column.weight / whole) for column in table.columns]
    size = table.size
    for grid, wide in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
        grid.w = wide
    for number, column in enumerate(table.columns):
        _line(made.cell(heads - 1, number).paragraphs[0], column.title, bold=True, size=size, side="center")
        made.cell(heads - 1, number).width = widths[number]
    if table.grouped:
        _group_heads(made, table, size)
    for row in made.rows:
        _repeat(row)
    _rows(made, table, size)


def _group_heads(made, table: Table, size: float) -> None:
    start = 0
    for words, count in table.groups:
        if words:
            cell = made.cell(0, start).merge(made.cell(0, start + count - 1))
            _line(cell.paragraphs[0], words, bold=True, size=size, side="center")
        else:
            title = made.cell(1, start).paragraphs[0].text
            made.cell(1, start).paragraphs[0].clear()
            cell = made.cell(0, start).merge(made.cell(1, start))
            cell.paragraphs[0].clear()
            _line(cell.paragraphs[0], title, bold=True, size=size, side="center")
        start += count


def _repeat(row) -> None:
    """The row stands again at the top of every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _rows(made, table: Table, size: float) -> None:
    """Rows as copies of one pattern row: building each through the library is ten times slower."""
    pattern = made.add_row()
    for cell, column in zip(pattern.cells, table.columns, strict=True):
        _line(cell.paragraphs[0], "x", size=size, side=column.align)
    split = OxmlElement("w:cantSplit")
    pattern._tr.get_or_add_trPr().append(split)
    model = pattern._tr
    made._tbl.remove(model)
    for line in table.lines():
        made._tbl.append(_filled(deepcopy(model), line))


def _filled(row, line: Row):
    texts = row.iter(qn("w:t"))
    for text, cell in zip(list(texts), line.cells, strict=True):
        text.text = shown(cell)
        text.set(qn("xml:space"), "preserve")
        if line.strong:
            properties = text.getparent().find(qn("w:rPr"))
            bold = properties.find(qn("w:b"))
            bold.set(qn("w:val"), "1")
    return row


def _foot(paper, document: Document) -> None:
    if document.signatures or document.recipients:
        paper.add_paragraph()
        table = paper.add_table(rows=1, cols=2)
        left, right = table.rows[0].cells
        if len(document.signatures) == 2:
            _sign(left, document.signatures[0])
        elif document.recipients:
            _line(left.paragraphs[0], "Nơi nhận:", bold=True, italic=True, size=12)
            for text in document.recipients:
                _line(left.add_paragraph(), text, size=11)
        if document.signatures:
            _sign(right, document.signatures[-1])
    if document.foot:
        _line(paper.add_paragraph(), document.foot, italic=True, size=9, before=12)


def _sign(cell, signature: Signature) -> None:
    line = cell.paragraphs[0]
    for number, text in enumerate(signature.lines):
        _line(line if number == 0 else cell.add_paragraph(), text, bold=True, size=14, side="center")
    if signature.remark:
        _line(cell.add_paragraph(), signature.remark, italic=True, size=13, side="center")
    for _gap in range(4):
        cell.add_paragraph()
    _line(cell.add_paragraph(), signature.name, bold=True, size=14, side="center")
