"""Where a table begins and what its columns hold, guessed from titles as units write them."""

import pytest
from openpyxl import Workbook

from delegates.imports.columns import guess_columns, guess_head, guess_sheet, target_of
from documents.workbook import Sheet, read
from tests.delegates.imports.workbooks import HEAD, a_list, a_row, saved, short_profile

TITLES = {
    "number": ["TT", "STT", "Số TT", "No."],
    "full_name": ["Họ và tên", "HỌ VÀ TÊN", "Họ tên", "Họ, tên", "Họ và chữ đệm", "Tên", "Tên đại biểu", "Full name"],
    "birth": ["Năm sinh", "Ngày sinh", "Ngày, tháng, năm sinh", "Sinh ngày", "Sinh năm", "Date of birth"],
    "birth_male": ["Năm sinh – Nam", "Nam", "Giới tính – Nam", "Năm sinh Nam", "NĂM SINH (NAM"],
    "birth_female": ["Năm sinh – Nữ", "Nữ", "Giới tính – Nữ"],
    "sex": ["Giới tính", "Nam/Nữ", "Phái", "Sex"],
    "ethnic_group": ["Dân tộc", "DÂN TỘC"],
    "religion": ["Tôn giáo"],
    "party_member": ["Đảng viên", "Ngày vào Đảng", "Đảng"],
    "learning": ["Chuyên môn", "Trình độ – chuyên môn", "Học vị", "Học hàm, học vị", "Trình độ học vấn"],
    "political_theory": ["LLCT", "Trình độ – LLCT", "Lý luận chính trị"],
    "position": ["Chức vụ", "Chức vụ, đơn vị công tác", "Chức danh"],
    "workplace": ["Đơn vị công tác", "Nơi công tác", "Cơ quan", "Tên đơn vị"],
    "sub_unit": ["Phòng, ban", "Phòng", "Bộ môn"],
    "award": [
        "Danh hiệu, hình thức khen thưởng cao nhất",
        "Khen thưởng",
        "Danh hiệu thi đua (2015–2020)",
        "Thành tích",
    ],
    "award_year": ["Năm khen thưởng", "Năm được tặng"],
    "award_decision": [
        *("Số quyết định", "Số QĐ", "Số QĐ, ngày", "Ngày quyết định", "Số, ngày quyết định khen thưởng", "Quyết định"),
        *("Cơ quan ra quyết định", "QĐ khen thưởng"),
    ],
    "category": ["Thành phần đại biểu", "Thành phần", "Đối tượng"],
    "tags": ["Thành phần khác", "Thành phần kiêm"],
    "represents": ["Tập thể được đại diện", "Đại diện cho tập thể"],
    "phone": ["Điện thoại", "Số điện thoại", "SĐT", "Di động", "ĐT"],
    "email": ["Email", "E-mail", "Thư điện tử", "Liên hệ – Email"],
    "note": ["Ghi chú", "Note"],
    "": ["Số quyết định bổ nhiệm", "Hệ số", "Số áo", "Ký nhận"],
}


@pytest.mark.parametrize(
    ("target", "title"), [(target, title) for target, titles in TITLES.items() for title in titles]
)
def test_titles(target, title):
    assert target_of(title) == target


def only_sheet(content: bytes) -> Sheet:
    return read(content)[0]


def test_a_plain_head():
    head, known = guess_head(only_sheet(a_list([a_row()])))
    assert (head.row, head.lines, known) == (1, 1, 9)
    assert list(guess_columns(head, {}).values()) == [
        *("full_name", "birth", "sex", "ethnic_group", "learning", "position", "award", "category", "phone"),
    ]


def test_a_head_of_two_rows_below_title_lines():
    book = Workbook()
    sheet = short_profile(book)
    sheet["B8"], sheet["C8"] = "Nguyễn Văn Dũng", 1980
    head, _known = guess_head(only_sheet(saved(book)))
    assert (head.row, head.lines, head.last) == (5, 2, 6)
    assert head.titles[3] == "Năm sinh – Nam"
    assert head.titles[8] == "Trình độ – chuyên môn"
    assert guess_columns(head, {})[4] == "birth_female"


def test_a_row_of_people_never_belongs_to_the_head():
    head, _known = guess_head(only_sheet(a_list([a_row(post="Email"), a_row()], [*HEAD[:5], "Khác", *HEAD[6:]])))
    assert (head.row, head.lines) == (1, 1)


def test_a_name_over_two_columns():
    book = Workbook()
    book.active.append(["STT", "Họ và", "tên", "Năm sinh", "Dân tộc"])
    book.active.append([1, "Nguyễn Văn", "Dũng", 1980, "Kinh"])
    head, _known = guess_head(only_sheet(saved(book)))
    assert guess_columns(head, {}) == {2: "full_name", 3: "full_name", 4: "birth", 5: "ethnic_group"}


def test_titles_in_an_old_encoding():
    head, _known = guess_head(only_sheet(a_list([], ["Hä vµ tªn", "N¨m sinh", "D©n téc", "§iÖn tho¹i"])))
    assert list(guess_columns(head, {}).values()) == ["full_name", "birth", "ethnic_group", "phone"]


def test_what_a_unit_has_said_before_counts_before_the_title():
    head, _known = guess_head(only_sheet(a_list([a_row()])))
    remembered = {"trinh do": "position", "chuc vu": ""}
    assert guess_columns(head, remembered)[5] == "position"
    assert 6 not in guess_columns(head, remembered)


def test_the_sheet_with_the_list_is_found_and_hidden_ones_come_last():
    book = Workbook()
    book.active.append(["Hướng dẫn"])
    for name, state in (("Ẩn", "hidden"), ("Danh sách", "visible")):
        book.create_sheet(name).append([*HEAD, *(["Email"] if state == "hidden" else [])])
        book[name].sheet_state = state
    place, head = guess_sheet(read(saved(book)))
    assert (place, head.row) == (2, 1)


def test_a_workbook_without_a_list():
    place, head = guess_sheet(read(a_list([], ["a", "b"])))
    assert (place, head) == (0, None)
