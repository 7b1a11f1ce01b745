"""Rows as people: a list with one of everything, and each fault in words with its cell."""

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override
from openpyxl import Workbook

from core.vietnamese import PartialDate
from core.vietnamese_encodings import Encoding
from delegates.imports.columns import guess_columns, guess_sheet
from delegates.imports.rows import Reader, Reading
from documents.workbook import read
from tests.delegates.imports.test_cells import TODAY, WORDS
from tests.delegates.imports.workbooks import HEAD, a_list, a_row, messy, saved, short_profile


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def reading(content: bytes, **options: Any) -> Reading:
    sheets = read(content)
    place, head = guess_sheet(sheets)
    assert head
    return Reader(sheets[place], head, guess_columns(head, {}), WORDS, today=TODAY, **options).read()


def one_row(**cells: Any) -> Reading:
    return reading(a_list([a_row(**cells)]))


def test_everything_that_units_do_is_understood():
    found = reading(messy())
    assert [fault for fault in found.faults if fault.stops] == []
    dung, huong, hung, minh, an = found.lines
    assert dung.values == {
        "full_name": "Nguyễn Văn Dũng",
        "birth": PartialDate(1980),
        "sex": "male",
        "ethnic_group": 1,
        "religion": "none",
        "party_member": True,
        "education": "doctor",
        "political_theory": "advanced",
        "position": "Trưởng phòng",
        "category": 1,  # of the heading above
        "highest_award": 15,
        "award_year": 2018,
        "phone": "0912345678",
    }
    assert (huong.name, huong.values["sex"], huong.values["birth"]) == (
        "Trần Thị Hương",
        "female",
        PartialDate(1985, 9, 5),
    )
    assert (huong.values["ethnic_group"], huong.values["position"]) == (1, "Trưởng phòng")  # "nt"
    assert (hung.name, hung.values["position"], hung.values["email"]) == (
        "Đỗ Văn Hùng",
        "Phó phòng",
        "hung@most.gov.vn",
    )
    assert (minh.name, minh.values["rank"], minh.values["education"]) == ("Lê Minh", "associate_professor", "doctor")
    assert (minh.values["birth"], minh.values["category"]) == (PartialDate(1980, 1, 1), 3)
    assert (an.name, an.values["position"], an.values["phone"]) == ("Trần Văn An", "Chuyên viên", "02435560658")
    assert [one.cell for one in found.old] == ["B13", "E13", "H13", "J13"]
    assert {one.encoding for one in found.old} == {Encoding.TCVN3}
    assert found.hidden == [14]
    assert [row for row, _said in found.left_out] == [7, 8, 18, 19]


def test_old_text_that_is_not_to_be_converted_stays():
    line = reading(messy(), convert=False).lines[-1]
    assert line.name == "TrÇn V¨n An"


FAULTS = {
    "name with digits": ({"name": "Nguyễn Văn A 0912345678"}, "A2", "no digits"),
    "two-digit year": ({"birth": "5/9/80"}, "B2", "1980"),
    "no such day": ({"birth": "31/2/1980"}, "B2", "no such day"),
    "in the future": ({"birth": 2030}, "B2", "future"),
    "a year taken for a date": ({"birth": date(1905, 6, 2)}, "B2", "as a number"),
    "sex": ({"sex": "?"}, "C2", "Nam or Nữ"),
    "ethnic group": ({"group": "Kinhh"}, "D2", "54"),
    "degree": ({"degree": "giỏi"}, "E2", "Thạc sĩ"),
    "position too long": ({"post": "a" * 201}, "F2", "200"),
    "award without its year": ({"award": "Lao động tiên tiến"}, "G2", "year beside"),
    "category": ({"category": "Khác"}, "H2", "Điển hình; Đại diện tập thể"),
    "category of the Department": ({"category": "Khách mời"}, "H2", "filled by the Department"),
    "phone": ({"phone": "12"}, "I2", "0912"),
    "mail among phones": ({"phone": "an@"}, "I2", "most.gov.vn"),
    "as above, with nothing above": ({"group": "nt"}, "D2", "nothing above"),
    "a name as above": ({"name": "nt"}, "A2", "nothing above"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_each_fault_with_its_cell(case):
    cells, place, words = FAULTS[case]
    (fault,) = one_row(**cells).faults
    assert fault.cell == place
    assert words in fault.remark
    assert fault.stops


def test_all_faults_of_all_rows_at_once():
    rows = [a_row(number, birth="x", sex="?", phone="1") for number in range(3)]
    found = reading(a_list(rows))
    assert [fault.cell for fault in found.faults] == [f"{letter}{row}" for row in (2, 3, 4) for letter in "BCI"]


def test_a_formula_without_a_value():
    (fault,) = one_row(post='=HYPERLINK("http://x")').faults
    assert (fault.cell, "plain text" in fault.remark) == ("F2", True)


def test_a_name_in_capitals_is_worth_a_look():
    (fault,) = one_row(name="NGUYỄN VĂN A").faults
    assert not fault.stops


@pytest.mark.parametrize(
    ("men", "women", "birth", "expected"),
    [
        (1980, None, None, ("male", "1980")),
        (None, "5/1980", None, ("female", "1980-05")),
        ("x", None, "05/9/1980", ("male", "1980-09-05")),
        (None, "X", 1980, ("female", "1980")),
    ],
)
def test_the_year_or_a_tick_under_the_sex(men, women, birth, expected):
    content = a_list([["A B", men, women, birth, "Kinh"]], ["Họ và tên", "Nam", "Nữ", "Ngày sinh", "Dân tộc"])
    (line,) = reading(content).lines
    assert (line.values["sex"], line.values["birth"].iso) == expected


def test_both_sexes_filled_in():
    content = a_list([["Lê An", 1980, 1981, "Kinh"]], ["Họ và tên", "Nam", "Nữ", "Dân tộc"])
    (fault,) = reading(content).faults
    assert (fault.cell, "both" in fault.remark.lower()) == ("C2", True)


def test_only_women_are_ticked():
    content = a_list([["A B", 1980, None], ["C D", 1981, "x"]], ["Họ và tên", "Năm sinh", "Nữ"])
    assert [line.values["sex"] for line in reading(content).lines] == ["male", "female"]


def test_headings_name_the_category_of_the_rows_below():
    rows = [["I. ĐIỂN HÌNH TIÊN TIẾN"], a_row(1, category=""), ["II. Đại diện tập thể"], a_row(2, category="")]
    found = reading(a_list([*rows, a_row(3, category="Điển hình")]))
    assert [line.values["category"] for line in found.lines] == [1, 2, 1]


def test_the_category_of_rows_that_name_none():
    (line,) = reading(a_list([a_row(category="")]), category=3).lines
    assert line.values["category"] == 3


def test_a_collective_after_the_category_or_in_its_own_column():
    (line,) = one_row(category="Đại diện tập thể: Phòng Quang tử").lines
    assert (line.values["category"], line.values["represents"]) == (2, "Phòng Quang tử")
    head = [*HEAD, "Tập thể được đại diện"]
    (line,) = reading(a_list([[*a_row(category="Đại diện tập thể"), "Phòng B"]], head)).lines
    assert line.values["represents"] == "Phòng B"


def test_rows_that_name_nobody_are_left_out_and_told():
    rows = [
        [1, 2, 3, 4, 5, 6, 7, 8, 9],
        a_row(1),
        HEAD,  # once more, on the next page
        ["Tổng cộng: 1 đại biểu"],
        ["Người lập biểu", None, None, None, None, "THỦ TRƯỞNG ĐƠN VỊ"],
    ]
    found = reading(a_list(rows))
    assert len(found.lines) == 1
    assert [row for row, _said in found.left_out] == [2, 4, 5, 6]
    assert found.faults == []


def test_a_row_with_all_but_the_name_is_a_fault():
    (fault,) = reading(a_list([a_row(name=None)])).faults
    assert (fault.cell, "full name" in fault.remark) == ("A2", True)


def test_a_name_merged_over_two_rows():
    book = Workbook()
    for row in (HEAD, a_row(1), a_row(name=None, award="Lao động tiên tiến, 2019")):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    found = reading(saved(book))
    assert len(found.lines) == 1
    assert [(fault.cell, "one row" in fault.remark) for fault in found.faults] == [("A3", True)]


def test_a_value_merged_over_rows_counts_for_each():
    book = Workbook()
    for row in (HEAD, a_row(1), a_row(2, group=None)):
        book.active.append(row)
    book.active.merge_cells("D2:D3")
    assert [line.values["ethnic_group"] for line in reading(saved(book)).lines] == [1, 1]


def test_an_award_that_the_catalogue_lacks_is_kept_as_text():
    (line,) = one_row(award="Giải nhất hội thao 2017").lines
    assert line.unknown_award == "Giải nhất hội thao 2017"
    assert "highest_award" not in line.values


def test_a_withdrawn_person_in_our_own_list():
    (line,) = reading(a_list([[*a_row(), "Đã rút; đi xe riêng"]], [*HEAD, "Ghi chú"])).lines
    assert (line.withdrawn, line.values["note"]) == (True, "đi xe riêng")


def test_a_short_profile_without_rows():
    book = Workbook()
    short_profile(book)
    found = reading(saved(book))
    assert (found.lines, found.faults) == ([], [])
