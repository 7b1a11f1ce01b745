"""Workbooks as units send them: one with everything that is commonly wrong, plain ones, long ones."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import PatternFill

HEAD = [
    *("Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Trình độ", "Chức vụ"),
    *("Danh hiệu, hình thức khen thưởng", "Thành phần", "Điện thoại"),
]


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


GIVEN = "An Bình Chi Dũng Em Giang Hà Khanh Lan Minh Nam Oanh Phúc Quân Sơn Tâm Uyên Vân Xuân Yến".split()


def a_name(number: int) -> str:
    """A name for each number up to 8,000."""
    first, second = divmod(number, 20)
    return f"Nguyễn {GIVEN[first // 20 % 20]} {GIVEN[first % 20]} {GIVEN[second]}"


def a_row(number: int = 1, **cells: Any) -> list:
    """A row under `HEAD`; `cells` by the first word of the title: name, birth, sex, group, degree, post, award, …"""
    row = {
        "name": a_name(number),
        "birth": 1980,
        "sex": "Nam",
        "group": "Kinh",
        "degree": "Đại học",
        "post": "Chuyên viên",
        "award": "",
        "category": "Điển hình",
        "phone": f"09{number:08}",
    }
    return list({**row, **cells}.values())


def a_list(rows: Iterable[Sequence], head: Sequence[str] = HEAD) -> bytes:
    """A plain list: a head and rows."""
    book = Workbook()
    book.active.title = "Danh sách"
    book.active.append(list(head))
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def short_profile(book: Workbook) -> Any:
    """A sheet as section 4.3 has it: title lines above, a head of two rows with merged cells, Năm sinh: Nam | Nữ."""
    sheet = book.active
    sheet.title = "Trích ngang"
    sheet["A1"], sheet["A2"] = "VIỆN ỨNG DỤNG CÔNG NGHỆ", "DANH SÁCH TRÍCH NGANG ĐẠI BIỂU"
    sheet.merge_cells("A2:N2")
    sheet["A3"] = "(Kèm theo Công văn số 15/UDCN ngày 12/3/2020)"
    upper = {1: "TT", 2: "Họ và tên", 3: "Năm sinh", 5: "Dân tộc", 6: "Tôn giáo", 7: "Đảng viên (ngày vào)"}
    upper |= {8: "Trình độ", 10: "Chức vụ, đơn vị công tác", 11: "Danh hiệu, hình thức khen thưởng cao nhất"}
    upper |= {12: "Thành phần đại biểu", 13: "Điện thoại", 14: "Ghi chú\xa0"}
    for column, words in upper.items():
        sheet.cell(5, column).value = words
    for column, words in {3: "Nam", 4: "Nữ", 8: "chuyên môn", 9: "LLCT"}.items():
        sheet.cell(6, column).value = words
    sheet.merge_cells("C5:D5")
    sheet.merge_cells("H5:I5")
    for column in (1, 2, 5, 6, 7, 10, 11, 12, 13, 14):
        sheet.merge_cells(start_row=5, start_column=column, end_row=6, end_column=column)
    for column in range(1, 15):
        sheet.cell(7, column).value = f"({column})"
    return sheet


def messy() -> bytes:
    """A list that is right in all that it means, and wrong in nearly all of how it is written."""
    book = Workbook()
    book.create_sheet("Danh mục", 0).sheet_state = "hidden"
    book["Danh mục"].append(["Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc"])
    book.active = 1
    sheet = short_profile(book)
    sheet["A8"] = "I. Điển hình tiên tiến"
    sheet.merge_cells("A8:N8")
    dung = [1, "Nguyễn Văn Dũng \xa0", 1980, None, "Kinh", "Không", "x", "Tiến sĩ", "Cao cấp", "Trưởng phòng"]
    huong = [2, unicodedata.normalize("NFD", "Trần Thị Hương"), None, "05/9/1985", "nt", "nt", date(2010, 5, 19)]
    hung = [3, "Ðỗ Văn Hùng", date(1979, 12, 31), None, "H'Mông", "Phật", None, "ThS Luật", "TC"]
    minh = [4, "PGS.TS. Lê  Minh", 29221, None, "Kinh", None, "Đảng viên", None, None, "Viện trưởng"]
    an = [5, "TrÇn V¨n An", 1975, None, "Tµy", None, None, "§¹i häc", None, "Chuyªn viªn"]
    rows = [
        [*dung, "Bằng khen của Bộ trưởng, 2018", None, 912345678],
        [*huong, "nt", "nt", "nt", "CSTĐ cơ sở 2019", None, "0912 345 679"],
        [*hung, "Phó phòng, Viện Ứng dụng Công nghệ", None, None, "hung@most.gov.vn", "đi xe riêng"],
        [*minh, "HCLĐ hạng Ba (2017)", "Thủ trưởng đơn vị", "84912345670"],
        [*an, None, None, "24.35560658"],
    ]
    for place, row in enumerate(rows, start=9):
        for column, value in enumerate(row, start=1):
            sheet.cell(place, column).value = value
    sheet.cell(14, 2).value = "Người không đọc"
    sheet.row_dimensions[14].hidden = True
    sheet["B18"], sheet["K18"], sheet["K19"] = "Người lập biểu", "THỦ TRƯỞNG ĐƠN VỊ", "(Ký, đóng dấu)"
    for number in range(20, 10_020):
        sheet.cell(number, 3).fill = PatternFill("solid", fgColor="FFF0F0F0")
    return saved(book)
