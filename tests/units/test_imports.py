"""The catalogue of units as the sources know it."""

import csv
from collections import Counter

import pytest

from core.models import AuditEntry
from tests import factories as make
from units.imports import DATA, load_catalogue
from units.models import Block, Unit

pytestmark = pytest.mark.django_db
OWN_CONFERENCE = {
    "Tổng cục Tiêu chuẩn Đo lường Chất lượng",
    "Cục Sở hữu trí tuệ",
    "Cục Thông tin khoa học và công nghệ quốc gia",
    "Ban Quản lý Khu công nghệ cao Hòa Lạc",
    "Viện Năng lượng nguyên tử Việt Nam",
    "Viện Ứng dụng Công nghệ",
}


def test_blocks_bear_the_names_of_the_letter():
    load_catalogue()
    assert dict(Block.objects.values_list("code", "name_vi")) == {
        "1": "Khối Tổng cục, Cục, Ban và Quỹ",
        "2": "Khối các Văn phòng, Viện",
        "3": "Khối Cơ quan Bộ",
        "4": "Khối Trường, Báo chí, Trung tâm và Nhà xuất bản",
    }
    assert all(block.name_en for block in Block.objects.all())


def test_46_units_in_four_blocks_of_which_six_hold_their_own_conference():
    assert load_catalogue() == 4 + 46
    assert Counter(Unit.objects.values_list("block__code", flat=True)) == {"1": 10, "2": 12, "3": 16, "4": 8}
    assert set(Unit.objects.filter(own_conference=True).values_list("name_vi", flat=True)) == OWN_CONFERENCE
    assert Counter(Unit.objects.values_list("confidence", flat=True)) == {"high": 34, "medium": 10, "low": 2}


def test_the_block_does_not_follow_from_the_kind():
    """A Cục, a Ban and three Văn phòng sit in the block of the Ministry's headquarters."""
    load_catalogue()
    kinds = Counter(Unit.objects.filter(block__code="3").values_list("kind", flat=True))
    assert kinds == {"vu": 10, "van_phong": 3, "thanh_tra": 1, "cuc": 1, "ban": 1}


def test_headcounts_are_those_that_were_found_and_no_others():
    load_catalogue()
    known = Unit.objects.exclude(headcount=None)
    assert dict(known.values_list("code", "headcount")) == {"VINATOM": 800, "VIPRI": 30}
    assert all("Số người" in unit.note for unit in known)


def test_what_is_uncertain_says_why():
    load_catalogue()
    assert [unit.code for unit in Unit.objects.exclude(confidence="high") if not unit.note] == []


def test_every_unit_is_complete():
    load_catalogue()
    for unit in Unit.objects.all():
        unit.full_clean()
        assert unit.name_vi
        assert unit.name_en
        assert unit.abbreviation
        assert unit.head_title
        assert unit.folded


def test_loading_again_adds_nothing_and_touches_nothing():
    load_catalogue()
    unit = Unit.objects.get(code="VKIST")
    unit.name_vi, unit.confidence, unit.block = "Tên đã sửa", "high", Block.objects.get(code="4")
    unit.save()
    entries = AuditEntry.objects.count()
    assert load_catalogue() == 0
    unit.refresh_from_db()
    assert (unit.name_vi, unit.confidence, unit.block.code) == ("Tên đã sửa", "high", "4")
    assert AuditEntry.objects.count() == entries


def test_what_is_missing_comes_back():
    load_catalogue()
    Unit.objects.filter(code="VKIST").delete()
    assert load_catalogue() == 1
    assert Unit.objects.filter(code="VKIST").exists()


def test_the_actor_stands_in_the_trail(cast):
    load_catalogue(cast.officer)
    assert set(AuditEntry.objects.values_list("actor", flat=True)) == {cast.officer.pk}


def test_a_unit_that_stands_already_keeps_its_block():
    make.make_unit(code="VKIST", name_vi="Đã có")
    load_catalogue()
    assert Unit.objects.get(code="VKIST").name_vi == "Đã có"


def test_the_files_are_clean():
    for name in ("units.csv", "blocks.csv"):
        text = (DATA / name).read_bytes()
        assert b"\r" not in text
        assert not text.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(text.decode().splitlines()))
        assert all(value == value.strip() for row in rows for value in row.values())
        assert len({row["code"] for row in rows}) == len(rows)
