"""Terms, names and keys."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.utils import translation

from tests import factories as make
from units.models import BlockOffice, Office, Unit

pytestmark = pytest.mark.django_db


def test_the_search_key_is_right_however_a_row_is_written():
    block = make.make_block()
    saved = Unit.objects.create(
        code="ONE", name_vi="Cục Sở hữu trí tuệ", name_en="IP Office", abbreviation="SHTT", kind="cuc", block=block
    )
    [bulk] = Unit.objects.bulk_create([Unit(code="TWO", name_vi="Văn phòng Đảng", kind="van_phong", block=block)])
    assert saved.folded == "cuc so huu tri tue ip office one shtt"
    assert Unit.objects.get(pk=bulk.pk).folded == "van phong dang two"
    saved.name_vi = "Cục Khác"
    saved.save(update_fields=["name_vi"])
    assert Unit.objects.get(pk=saved.pk).folded.startswith("cuc khac")


def test_names_follow_the_reader():
    unit = make.make_unit(name_vi="Vụ Pháp chế", name_en="Department of Legislation")
    only = make.make_unit(name_vi="Vụ Khác", name_en="")
    with translation.override("en"):
        assert (str(unit), str(only)) == ("Department of Legislation", "Vụ Khác")
    with translation.override("vi"):
        assert str(unit) == "Vụ Pháp chế"


@pytest.mark.parametrize(
    ("starts", "ends", "held"),
    [
        (date(2020, 5, 15), None, True),
        (date(2020, 5, 16), None, False),
        (date(2019, 1, 1), date(2020, 5, 15), True),  # the last day counts
        (date(2019, 1, 1), date(2020, 5, 14), False),
        (date(2020, 5, 15), date(2020, 5, 15), True),
    ],
)
def test_the_row_and_the_query_say_the_same(starts, ends, held):
    day = date(2020, 5, 15)
    office = make.make_office(make.make_user(), Office.Role.DESK, starts=starts, ends=ends)
    assert office.is_held_on(day) == held
    assert Office.objects.on(day).exists() == held
    assert Office.objects.from_day(day).exists() == (ends is None or ends >= day)


def test_a_time_is_said_in_words(today):
    today(2020, 5, 15)
    unit = make.make_unit()
    office = make.make_block_office(unit.block, unit, starts=date(2020, 1, 1), ends=date(2020, 12, 31))
    assert office.period == "01/01/2020 – 31/12/2020"
    assert office.whole_year
    assert office.goes_on
    office.ends = date(2020, 5, 14)
    assert not office.whole_year
    assert not office.goes_on
    office.ends = None
    assert "01/01/2020" in office.period


def test_a_unit_holds_one_office_of_its_block_at_a_time():
    unit = make.make_unit()
    make.make_block_office(unit.block, unit)
    with pytest.raises(IntegrityError):
        make.make_block_office(unit.block, unit, BlockOffice.Role.DEPUTY)


def test_words_of_an_office(cast):
    office = cast.unit_head.offices.get()
    assert str(cast.unit) in str(office)
    assert str(cast.officer.offices.get()) == str(Office.Role.DEPARTMENT_OFFICER.label)
    assert str(cast.block) in str(cast.block.offices.get())
