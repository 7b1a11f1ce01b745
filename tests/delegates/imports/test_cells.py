"""What stands in a cell and what is meant by it."""

from datetime import date

import pytest

from core.vietnamese import fold
from delegates.imports import cells
from delegates.imports.cells import Award, Words, award_words

TODAY = date(2020, 3, 20)
FAULT = "fault"
NAMES = [
    ("Huân chương Lao động hạng Nhì", 10, 0, 9999),
    ("Huân chương Lao động hạng Ba", 11, 0, 9999),
    ("Chiến sĩ thi đua toàn quốc", 12, 0, 9999),
    ("Bằng khen của Thủ tướng Chính phủ", 13, 0, 9999),
    ("Chiến sĩ thi đua cấp Bộ", 14, 0, 9999),
    ("Bằng khen của Bộ trưởng Bộ Khoa học và Công nghệ", 15, 0, 2023),
    ("Bằng khen của Bộ Khoa học và Công nghệ", 16, 2024, 9999),
    ("Kỷ niệm chương Vì sự nghiệp khoa học và công nghệ", 17, 0, 9999),
    ("Chiến sĩ thi đua cơ sở", 18, 0, 9999),
    ("Lao động tiên tiến", 19, 0, 9999),
]
WORDS = Words(
    categories={"dien hinh": 1, "dien hinh tien tien": 1, "dai dien tap the": 2, "thu truong don vi": 3},
    category_names=("Điển hình", "Đại diện tập thể", "Thủ trưởng đơn vị"),
    closed_categories=frozenset({"khach moi"}),
    ethnic_groups={"kinh": 1, "tay": 2, "mong": 8, "hmong": 8, "ede": 12},
    religions={"phat giao": "buddhist", "phat": "buddhist", "cong giao": "catholic", "cao dai": "cao_dai"},
    awards=tuple(Award(key, name, award_words(name), key, first, last) for name, key, first, last in NAMES),
    award_names={fold(name): key for name, key, _first, _last in NAMES} | {"bkttg": 13},
    unit_names=frozenset({"vien ung dung cong nghe", "vu danh gia, tham dinh"}),
)


def meant(read, *written):
    try:
        found = read(*written)
    except ValueError as fault:
        return FAULT if str(fault) else "a fault without words"
    return found.iso if hasattr(found, "iso") else found


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Nguyễn  Văn\xa0Dũng ", "Nguyễn Văn Dũng"),
        ("Ðỗ Hùng", "Đỗ Hùng"),
        ("PGS.TS. Lê Minh", "Lê Minh"),
        ("GS. TSKH Trần An", "Trần An"),
        ("ThS Lê Tú", "Lê Tú"),
        ("Tsering", "Tsering"),
        ("H'Hen Niê", "H'Hen Niê"),
        ("Ông Cao Thắng", "Ông Cao Thắng"),
        ("  ", None),
        ("Nguyễn Văn Dũng 0912345678", FAULT),
        ("a" * 121, FAULT),
    ],
)
def test_names(written, name):
    assert meant(cells.full_name, written) == name


def test_a_column_that_addresses_everybody():
    assert cells.full_name("Bà Nguyễn Thị Lan", addressed=True) == "Nguyễn Thị Lan"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        (1980, "1980"),
        ("1980", "1980"),
        (" 05/9/1980 ", "1980-09-05"),
        ("5-9-1980", "1980-09-05"),
        ("5.9.1980", "1980-09-05"),
        ("05 / 09 / 1980", "1980-09-05"),
        ("9/1980", "1980-09"),
        ("1980-09-05", "1980-09-05"),
        ("ngày 5 tháng 9 năm 1980", "1980-09-05"),
        ("Sinh năm 1980", "1980"),
        (date(1980, 9, 5), "1980-09-05"),
        (29469, "1980-09-05"),
        (None, None),
        ("-", None),
        ("80", FAULT),
        ("31/2/1980", FAULT),
        ("9/25/1980", FAULT),
        ("2035", FAULT),
        (date(1905, 6, 2), FAULT),
        (12, FAULT),
        ("không rõ", FAULT),
    ],
)
def test_dates_of_birth(written, iso):
    assert meant(cells.birth, written, TODAY) == iso


@pytest.mark.parametrize(
    ("written", "sex"),
    [("Nam", "male"), ("NỮ", "female"), ("nu", "female"), ("Female", "female"), ("", None), ("nam?", FAULT)],
)
def test_sexes(written, sex):
    assert meant(cells.sex, written) == sex


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Kinh", 1),
        ("kinh", 1),
        ("dân tộc Tày", 2),
        ("H’Mông", 8),
        ("Ê-đê", 12),
        ("Ê Đê", 12),
        (None, None),
        ("Kính", 1),
        ("Kinhh", FAULT),
    ],
)
def test_ethnic_groups(written, key):
    assert meant(cells.ethnic_group, written, WORDS) == key


@pytest.mark.parametrize(
    ("written", "religion"),
    [
        ("Không", "none"),
        ("ko", "none"),
        ("Phật", "buddhist"),
        ("đạo Phật", "buddhist"),
        ("Công giáo", "catholic"),
        ("", None),
        ("Đạo lạ", FAULT),
    ],
)
def test_religions(written, religion):
    assert meant(cells.religion, written, WORDS) == religion


@pytest.mark.parametrize(
    ("written", "member"),
    [
        ("x", True),
        ("X", True),
        ("Có", True),
        (date(2005, 5, 19), True),
        ("19/5/2005", True),
        ("Đảng viên", True),
        ("Không", False),
        ("Chưa", False),
        ("quần chúng", False),
        ("", None),
        ("-", None),
        ("?", FAULT),
    ],
)
def test_party_members(written, member):
    assert meant(cells.party_member, written) == member


@pytest.mark.parametrize(
    ("written", "degree", "rank"),
    [
        ("GS.TSKH", "doctor_of_science", "professor"),
        ("PGS, TS", "doctor", "associate_professor"),
        ("Phó Giáo sư, Tiến sĩ khoa học", "doctor_of_science", "associate_professor"),
        ("Tiến sỹ", "doctor", None),
        ("Thạc sĩ Luật", "master", None),
        ("ThS", "master", None),
        ("Kỹ sư điện", "bachelor", None),
        ("ĐH", "bachelor", None),
        ("Cử nhân kinh tế", "bachelor", None),
        ("Cao đẳng", "college", None),
        ("Trung cấp", "vocational", None),
        ("12/12", "secondary", None),
        ("Trung học phổ thông", "secondary", None),
        ("", None, None),
    ],
)
def test_learning(written, degree, rank):
    assert cells.learning(written) == (degree, rank)


def test_learning_that_is_none():
    assert meant(cells.learning, "Tin học văn phòng") == FAULT


@pytest.mark.parametrize(
    ("written", "theory"),
    [
        ("Cao cấp", "advanced"),
        ("CC", "advanced"),
        ("Cao cấp LLCT", "advanced"),
        ("cử nhân", "bachelor"),
        ("Trung cấp", "intermediate"),
        ("SC", "elementary"),
        ("Không", None),
        ("", None),
        ("giỏi", FAULT),
    ],
)
def test_political_theory(written, theory):
    assert meant(cells.political_theory, written) == theory


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (912345678, ("0912345678", None)),
        ("0912 345 678", ("0912345678", None)),
        ("024.35560658", ("02435560658", None)),
        ("ĐT: 0912345678", ("0912345678", None)),
        ("0912345678; 024.35560658", ("0912345678", None)),
        ("0912345678/an@most.gov.vn", ("0912345678", "an@most.gov.vn")),
        ("an@most.gov.vn", (None, "an@most.gov.vn")),
        ("", (None, None)),
        ("12", FAULT),
    ],
)
def test_phones(written, found):
    assert meant(cells.phones, written) == found


@pytest.mark.parametrize(
    ("written", "mail"), [("mailto:an@most.gov.vn", "an@most.gov.vn"), ("", None), ("an@", FAULT), ("an", FAULT)]
)
def test_mails(written, mail):
    assert meant(cells.email, written) == mail


@pytest.mark.parametrize(
    ("written", "position"),
    [
        ("Trưởng phòng, Viện Ứng dụng Công nghệ", "Trưởng phòng"),
        ("Trưởng phòng - viện ứng dụng công nghệ", "Trưởng phòng"),
        ("Chuyên viên, Vụ Đánh giá, Thẩm định", "Chuyên viên"),
        ("Trưởng phòng, Phòng Quang tử", "Trưởng phòng, Phòng Quang tử"),
        ("Viện Ứng dụng Công nghệ", None),
        ("", None),
        ("a" * 201, FAULT),
    ],
)
def test_positions(written, position):
    assert meant(cells.position, written, WORDS) == position


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Điển hình", (1, "")),
        ("ĐIỂN HÌNH TIÊN TIẾN", (1, "")),
        ("Điển hình tiên tiến, gương người tốt", (1, "")),
        ("Đại diện tập thể: Phòng Quang tử", (2, "Phòng Quang tử")),
        ("Thủ trưởng đơn vị trực thuộc", (3, "")),
        ("", (None, "")),
        ("Khách mời", FAULT),
        ("Khác", FAULT),
    ],
)
def test_categories(written, found):
    assert meant(cells.category, written, WORDS) == found


@pytest.mark.parametrize(
    ("written", "key", "year"),
    [
        ("Huân chương Lao động hạng Ba, 2017", 11, 2017),
        ("HCLĐ hạng III (2017)", 11, 2017),
        ("HC Lao động hạng Nhì năm 2016", 10, 2016),
        ("BKTTg 2019", 13, 2019),
        ("Bằng khen Thủ tướng 2018", 13, 2018),
        ("Bằng khen Bộ trưởng 2017", 15, 2017),
        ("Bằng khen của Bộ KH&CN, 2018", 15, 2018),
        ("Bằng khen của Bộ KH&CN, 2024", 16, 2024),
        ("CSTĐ cấp Bộ 2016", 14, 2016),
        ("CSTĐ cơ sở 2018; Bằng khen Bộ trưởng Bộ KHCN năm 2019", 15, 2019),
        ("CSTĐ cơ sở 2018\nCSTĐ cấp Bộ 2015", 14, 2015),
        ("Chiến sỹ thi đua toàn quốc", 12, None),
        ("LĐTT 2019", 19, 2019),
        ("Huân chương Lao động hạng Nhì (QĐ số 123/QĐ-CTN ngày 2/3/2016)", 10, 2016),
    ],
)
def test_awards(written, key, year):
    assert cells.awards(written, WORDS) == (key, year, "")


@pytest.mark.parametrize("written", ["Huân chương Lao động 2017", "Bằng khen 2017", "Giải nhất hội thao 2017"])
def test_an_award_that_could_be_several_or_is_none_stays_text(written):
    assert cells.awards(written, WORDS) == (None, 2017, written)


@pytest.mark.parametrize("written", ["", "Không", "-", None])
def test_no_award(written):
    assert cells.awards(written, WORDS) == (None, None, "")


DECISIONS = [
    ("123/QĐ-BKHCN", ("123/QĐ-BKHCN", None, "")),
    ("QĐ số 123/QĐ-BKHCN ngày 20/12/2018 của Bộ trưởng", ("123/QĐ-BKHCN", "20/12/2018", "Bộ trưởng")),
    ("Quyết định số: 45/QĐ-TTg, ngày 5 tháng 9 năm 2019", ("45/QĐ-TTg", "05/09/2019", "")),
    ("123/QĐ-BKHCN (20.12.2018)", ("123/QĐ-BKHCN", "20/12/2018", "")),
    ("20/12/2018, 123/QĐ-BKHCN, Bộ trưởng", ("123/QĐ-BKHCN", "20/12/2018", "Bộ trưởng")),
    ("123/QĐ-BKHCN, 12/2018, Bộ trưởng", ("123/QĐ-BKHCN", "12/2018", "Bộ trưởng")),
    ("123/QĐ-BKHCN, 2018, Bộ trưởng", ("123/QĐ-BKHCN", "2018", "Bộ trưởng")),
    ("123/2018/QĐ-TTg của Thủ tướng Chính phủ", ("123/2018/QĐ-TTg", None, "Thủ tướng Chính phủ")),
    ("123/QĐ-BKHCN, Bộ trưởng Bộ Khoa học và Công nghệ", ("123/QĐ-BKHCN", None, "Bộ trưởng Bộ Khoa học và Công nghệ")),
    ("Bộ trưởng", ("", None, "Bộ trưởng")),
    ("ngày 20/12/2018", ("", "20/12/2018", "")),
    (date(2018, 12, 20), ("", "20/12/2018", "")),
    (123, ("123", None, "")),
]


@pytest.mark.parametrize(("written", "meant"), DECISIONS)
def test_a_decision_has_a_number_a_day_and_who_decided(written, meant):
    found = cells.decision(written, date(2020, 9, 1))
    assert (found.number, found.day and str(found.day), found.issuer) == meant


@pytest.mark.parametrize("written", [None, "", "-", "không", "chưa"])
def test_no_decision(written):
    assert cells.decision(written, date(2020, 9, 1)) is None


@pytest.mark.parametrize("written", ["1/QĐ, 31/02/2018", "1/QĐ, 1/1/2021", "x" * 61 + "1"])
def test_a_decision_that_cannot_be(written):
    with pytest.raises(ValueError, match=r"."):
        cells.decision(written, date(2020, 9, 1))
