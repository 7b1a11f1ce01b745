"""The empty list that units fill in: titles that are recognised, and drop-downs for what comes from a catalogue."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from congress.models import AwardType, Congress
from delegates import tallies
from delegates.models import Category, Delegate, EthnicGroup
from documents.excel import BOX, FACE
from documents.workbook import OURS
from units.models import Unit

ROWS = 400
HEAD_ROW = 4
DECISION = "Số, ngày quyết định khen thưởng"
# Title, width, what to write.
COLUMNS = [
    ("TT", 5, ""),
    ("Họ và tên", 26, "Họ và tên đầy đủ, không ghi chức danh."),
    ("Ngày, tháng, năm sinh", 14, "Ví dụ 05/09/1980; nếu không rõ thì chỉ ghi năm 1980."),
    ("Giới tính", 10, "Nam hoặc Nữ."),
    ("Dân tộc", 12, "Chọn trong danh sách 54 dân tộc."),
    ("Tôn giáo", 14, "Không bắt buộc."),
    ("Đảng viên", 11, "Ghi x hoặc ngày vào Đảng; không phải đảng viên thì để trống."),
    ("Trình độ chuyên môn", 16, "Chọn trong danh sách."),
    ("Học hàm", 14, "Giáo sư hoặc Phó Giáo sư; không có thì để trống."),
    ("Lý luận chính trị", 14, "Không bắt buộc."),
    ("Chức vụ", 28, "Chức vụ hoặc công việc ở đơn vị."),
    ("Phòng, ban", 22, "Phòng, ban, bộ môn thuộc đơn vị; không bắt buộc."),
    ("Danh hiệu, hình thức khen thưởng cao nhất", 34, "Chọn trong danh mục. Bắt buộc với thành phần được khen thưởng."),
    ("Năm khen thưởng", 12, "Năm của danh hiệu, hình thức khen thưởng."),
    (DECISION, 30, "Ví dụ 123/QĐ-BKHCN, 20/12/2018, Bộ trưởng. Không có số thì không được thống kê."),
    ("Thành phần đại biểu", 26, "Chọn trong danh sách."),
    (
        "Thành phần khác",
        20,
        "Các thành phần khác của đại biểu, cách nhau bằng dấu chấm phẩy; không bắt buộc.",
    ),
    ("Tập thể được đại diện", 26, "Chỉ ghi với đại diện tập thể."),
    ("Điện thoại", 15, "Điện thoại hoặc thư điện tử: cần ít nhất một."),
    ("Thư điện tử", 24, "Điện thoại hoặc thư điện tử: cần ít nhất một."),
    ("Ghi chú", 20, "Không bắt buộc."),
]


IDENTITY = ("Số CCCD/CMND", 16, "9 hoặc 12 chữ số, ghi đủ số 0 ở đầu. Chỉ dùng để kiểm tra an ninh.")  # where asked for
# As text, so that Excel takes no zero and turns no day around.
AS_TEXT = {"Ngày, tháng, năm sinh", "Điện thoại", "Đảng viên", DECISION, IDENTITY[0]}


def template_workbook(congress: Congress, unit: Unit | None, categories: Iterable[Category]) -> bytes:
    """The empty list of a unit (None: of the Ministry itself). Its words are Vietnamese, as lists are."""
    book = Workbook()
    sheet: Worksheet = book.create_sheet("Danh sách", 0)
    book.remove(book.worksheets[1])
    columns = _columns(unit, identity=tallies.asks_identity(congress))
    with override("vi"):
        _titles(sheet, congress, unit, columns)
        awards = AwardType.objects.possible_until(congress.congress_until)
        lists = {
            "Giới tính": [str(label) for _value, label in Delegate.Sex.choices],
            "Dân tộc": [group.name_vi for group in EthnicGroup.objects.all()],
            "Tôn giáo": [str(label) for _value, label in Delegate.Religion.choices],
            "Trình độ chuyên môn": [str(label) for _value, label in Delegate.Education.choices],
            "Học hàm": [str(label) for _value, label in Delegate.Rank.choices],
            "Lý luận chính trị": [str(label) for _value, label in Delegate.Theory.choices],
            "Danh hiệu, hình thức khen thưởng cao nhất": [award.name_vi for award in awards],
            "Thành phần đại biểu": [category.short_vi for category in categories],
        }
    _drop_downs(book, sheet, lists)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _titles(sheet: Worksheet, congress: Congress, unit: Unit | None, columns: list[tuple[str, int, str]]) -> None:
    sheet["A1"] = (unit.name_vi if unit else congress.ministry_vi).upper()
    sheet["A2"] = f"DANH SÁCH ĐẠI BIỂU DỰ {congress.name_vi.upper()}"
    for row in (1, 2):
        heading: Any = sheet.cell(row, 1)
        heading.font, heading.data_type = Font(name=FACE, size=13, bold=True), "s"
    for number, (title, width, help_text) in enumerate(columns, start=1):
        cell: Any = sheet.cell(HEAD_ROW, number)
        cell.value = title
        cell.font, cell.border = Font(name=FACE, size=12, bold=True), BOX
        cell.fill = PatternFill("solid", fgColor="FFF2F2F2")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if help_text:
            cell.comment = Comment(help_text, OURS, width=260, height=70)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = width
        for below in range(HEAD_ROW + 1, HEAD_ROW + ROWS + 1) if title in AS_TEXT else ():
            sheet.cell(below, number).number_format = "@"
    sheet.row_dimensions[HEAD_ROW].height = 34
    sheet.freeze_panes = f"C{HEAD_ROW + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"


def _columns(unit: Unit | None, *, identity: bool) -> list[tuple[str, int, str]]:
    """The Ministry's own list names where each person comes from; identity numbers come before the note."""
    columns = [*COLUMNS[:-1], *([IDENTITY] if identity else []), COLUMNS[-1]]
    if unit:
        return columns
    place = next(number for number, column in enumerate(columns) if column[0] == "Chức vụ") + 1
    return [*columns[:place], ("Cơ quan, đơn vị", 28, "Nơi công tác của đại biểu."), *columns[place:]]


def _drop_downs(book: Workbook, sheet: Worksheet, lists: dict[str, list[str]]) -> None:
    """The values stand on a hidden sheet: a list in the cell itself holds no more than 255 letters."""
    values = book.create_sheet("DanhMuc")
    values.sheet_state = "hidden"
    titles = [cell.value for cell in sheet[HEAD_ROW]]
    for number, (title, names) in enumerate(lists.items(), start=1):
        for row, name in enumerate(names, start=1):
            cell = values.cell(row, number)
            cell.value = name
            cell.data_type = "s"
        if not names:
            continue
        letter = get_column_letter(number)
        check = DataValidation(type="list", formula1=f"DanhMuc!${letter}$1:${letter}${len(names)}", allow_blank=True)
        check.error, check.errorTitle = "Hãy chọn một mục trong danh sách.", title[:32]
        check.errorStyle = "warning"
        column = get_column_letter(titles.index(title) + 1)
        check.add(f"{column}{HEAD_ROW + 1}:{column}{HEAD_ROW + ROWS}")
        sheet.add_data_validation(check)
