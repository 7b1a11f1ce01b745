"""Vietnamese as officials write and order it."""

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vietnamese import (
    PartialDate,
    clean,
    clean_phone,
    count,
    fold,
    long_date,
    moment,
    percent,
    person_key,
    quarter,
    roman,
    span,
    title_key,
    unstopped,
    weekday_date,
)

IN_ORDER = [
    # by given name, letters before tones: a ă â … ; ngang huyền hỏi ngã sắc nặng
    "Bùi Thúy An",
    "Đặng Ngọc An",
    "Nguyễn An",
    "Nguyễn Hoài An",
    "Nguyễn Văn An",
    "Trần An",
    "Lê Văn Ba",
    "Lê Văn Bà",
    "Lê Văn Bả",
    "Lê Văn Bã",
    "Lê Văn Bá",
    "Lê Văn Bạ",
    "Lê Văn Ban",
    "Lê Văn Băng",
    "Lê Văn Bân",
    "Phạm Dung",
    "Phạm Dũng",
    "Phạm Đức",
    "Phạm Em",
    "Phạm Minh",
]


def test_people_stand_in_the_order_of_their_given_names():
    assert sorted(set(IN_ORDER), key=person_key) == IN_ORDER


def test_numbers_in_titles_stand_by_size():
    assert sorted(["Khối 10", "Khối 2"], key=title_key) == ["Khối 2", "Khối 10"]


@given(st.text(alphabet="aăâbcdđeêoôơuưyhmntáàảãạếềểễệ ’'-", max_size=30))
def test_both_spellings_of_a_letter_are_one_name(text):
    decomposed = unicodedata.normalize("NFD", text)
    assert person_key(text) == person_key(decomposed)
    assert fold(text) == fold(decomposed)
    assert fold(fold(text)) == fold(text)
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Nguyễn\u00a0 Văn   A ", "Nguyễn Văn A"),
        ("Ðinh", "Đinh"),
        (unicodedata.normalize("NFD", "Hòa"), "Hòa"),
        ("Hoà", "Hoà"),  # tone placement stays as given
        ("a\u200bb\x00", "ab"),
        ("một \n hai", "một\nhai"),
    ],
)
def test_text_is_cleaned(typed, kept):
    assert clean(typed) == kept


@pytest.mark.parametrize("words", ["nguyen dung", "NGUYỄN DŨNG", "nguyễn  dũng"])
def test_search_ignores_marks(words):
    assert fold(words) in fold("Nguyễn Dũng")


def test_every_apostrophe_is_one():
    assert fold("H’Hen Niê") == fold("H'Hen Niê") == fold("HʼHen Niê")


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("1980", "1980", "1980"),
        ("5/1980", "1980-05", "05/1980"),
        ("1/2/1980", "1980-02-01", "01/02/1980"),
        ("01-02-1980", "1980-02-01", "01/02/1980"),
        (" 1.2.1980 ", "1980-02-01", "01/02/1980"),
        ("1980-02-01", "1980-02-01", "01/02/1980"),
        ("29/02/1980", "1980-02-29", "29/02/1980"),
    ],
)
def test_dates_of_birth_are_read_day_first(typed, stored, shown):
    found = PartialDate.parse(typed)
    assert (found.iso, str(found)) == (stored, shown)
    assert PartialDate.from_iso(stored) == found


@pytest.mark.parametrize("typed", ["", "năm 80", "31/02/1980", "29/02/1981", "13/13/1980", "1799", "5/9/80"])
def test_what_is_no_date_is_said(typed):
    with pytest.raises(ValueError, match=r"\w"):
        PartialDate.parse(typed)


def test_nobody_is_born_tomorrow():
    with pytest.raises(ValueError, match=r"\w"):
        PartialDate.parse("01/06/2020", today=date(2020, 5, 15))


@pytest.mark.parametrize(
    ("born", "age"),
    [("1980", (40, True)), ("11/1980", (39, True)), ("26/10/1980", (40, False)), ("27/10/1980", (39, False))],
)
def test_age_on_the_day_of_the_congress(born, age):
    assert PartialDate.parse(born).age_on(date(2020, 10, 26)) == age


def test_official_words():
    assert long_date(date(2020, 3, 5), "vi") == "ngày 05 tháng 3 năm 2020"
    assert long_date(date(2020, 2, 15), "vi") == "ngày 15 tháng 02 năm 2020"
    assert weekday_date(date(2020, 10, 26), "vi") == "thứ Hai, 26/10/2020"
    assert weekday_date(date(2020, 10, 26), "en") == "Monday, 26/10/2020"
    assert moment(datetime(2020, 10, 5, 14, 5), "vi") == "14:05 thứ Hai 05/10/2020"  # noqa: DTZ001 words only
    assert quarter(date(2020, 6, 30), "vi") == "Quý II/2020"
    assert (count(4, "vi"), count(15, "vi"), count(1320, "vi")) == ("04", "15", "1.320")
    assert percent(0.058, language="vi") == "5,8%"
    assert [roman(number) for number in (4, 5, 9, 10, 14)] == ["IV", "V", "IX", "X", "XIV"]


@pytest.mark.parametrize(
    ("first", "last", "named"),
    [
        (date(2020, 4, 1), date(2020, 6, 30), "Quý II/2020"),
        (date(2020, 10, 1), date(2020, 10, 31), "tháng 10/2020"),
        (date(2020, 2, 1), date(2020, 2, 29), "tháng 02/2020"),
        (date(2021, 2, 1), date(2021, 2, 27), "01/02/2021–27/02/2021"),
        (date(2020, 4, 1), date(2020, 5, 31), "01/04/2020–31/05/2020"),
        (date(2020, 5, 1), date(2020, 7, 31), "01/05/2020–31/07/2020"),
        (date(2020, 4, 2), date(2020, 6, 30), "02/04/2020–30/06/2020"),
        (date(2019, 4, 1), date(2020, 6, 30), "01/04/2019–30/06/2020"),
    ],
)
def test_a_time_is_named_as_the_letter_names_it(first, last, named):
    assert span(first, last, "vi") == named


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("024.35560658", "02435560658"),
        ("2435560658", "02435560658"),
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("842435560658", "02435560658"),
        ("912345678", "0912345678"),
    ],
)
def test_phones_get_their_zero_back(typed, kept):
    assert clean_phone(typed) == kept


def test_what_is_no_phone_is_said():
    with pytest.raises(ValueError, match="0912"):
        clean_phone("12")


@pytest.mark.parametrize(
    ("written", "within"),
    [
        ("Do dịch COVID-19.", "Do dịch COVID-19"),
        ("Do dịch. \n", "Do dịch"),
        ("Do dịch", "Do dịch"),
        ("Bão, lũ, v.v.", "Bão, lũ, v.v."),
        ("Còn chờ...", "Còn chờ..."),
        ("", ""),
    ],
)
def test_a_sentence_inside_another_loses_its_full_stop(written, within):
    assert unstopped(written) == within
