"""The facts of letter 2298/BKHCN-TĐKT of 01/8/2019, as the portal carries them."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from congress.models import AwardType, ConferenceUnit, Congress
from units.models import Unit

CONFERENCES = [
    ("Tổng cục Tiêu chuẩn Đo lường Chất lượng", "unit"),
    ("Cục Sở hữu trí tuệ", "unit"),
    ("Cục Thông tin khoa học và công nghệ quốc gia", "unit"),
    ("Ban Quản lý Khu công nghệ cao Hòa Lạc", "unit"),
    ("Viện Năng lượng nguyên tử Việt Nam", "unit"),
    ("Viện Ứng dụng Công nghệ", "unit"),
    ("Khối Tổng cục, Cục, Ban và Quỹ (các đơn vị còn lại)", "block"),
    ("Khối các Văn phòng, Viện (các đơn vị còn lại)", "block"),
    ("Khối Cơ quan Bộ", "block"),
    ("Khối Trường, Báo chí, Trung tâm và Nhà xuất bản", "block"),
]
PROGRAMME = [
    "Văn nghệ chào mừng",
    "Diễn văn khai mạc",
    "Báo cáo đánh giá kết quả phong trào thi đua giai đoạn 2015-2020",
    "Báo cáo tham luận của các Điển hình tiên tiến",
    "Biểu dương, tôn vinh các điển hình tiên tiến của Bộ",
    "Phát động thi đua",
    "Bế mạc",
]
PREPARATIONS = [
    "Xây dựng nội dung hướng dẫn tổ chức Hội nghị Điển hình tiên tiến",
    "Thành lập Ban Tổ chức Đại hội",
    "Xây dựng chương trình, kế hoạch phân bổ đại biểu tham dự Đại hội Thi đua của Bộ",
    "Xây dựng báo cáo đánh giá kết quả phong trào thi đua",
    "Xây dựng dự thảo phát động thi đua",
    "Lựa chọn 04 báo cáo điển hình (02 tập thể và 02 cá nhân), "
    "tổ chức họp Hội đồng Thi đua, Khen thưởng Bộ để lựa chọn",
]
FACTS = {
    "ordinal": 5,
    "slug": "2020",
    "phone": "024.35560658",
    "symbol": "BKHCN-TĐKT",
    "seat": "Hà Nội",
    "period_from": 2015,
    "period_to": 2020,
    "conferences_from": date(2020, 4, 1),
    "conferences_until": date(2020, 6, 30),
    "congress_from": date(2020, 10, 1),
    "congress_until": date(2020, 10, 31),
    "days": 1,
    "delegates_target": 400,
    "collective_reports": 2,
    "individual_reports": 2,
    "own_conference_above": 100,
    "held_on": None,
    "is_current": True,
}


@pytest.fixture
def congress(db) -> Congress:
    call_command("load_plan", stdout=StringIO())
    return Congress.objects.get()


@pytest.mark.parametrize(("name", "value"), FACTS.items())
def test_the_congress_is_the_letters(congress, name, value):
    assert getattr(congress, name) == value


def test_ten_conferences_six_of_units_and_four_of_blocks(congress):
    found = [(c.name_vi, "unit" if c.host_unit_id else "block") for c in congress.conferences.order_by("order")]
    assert found == CONFERENCES
    assert all(c.state == "planned" and c.held_on is None for c in congress.conferences.all())


def test_every_unit_belongs_to_exactly_one_conference(congress):
    assert Unit.objects.count() == 46
    memberships = ConferenceUnit.objects.filter(congress=congress)
    assert sorted(memberships.values_list("unit", flat=True)) == sorted(Unit.objects.values_list("pk", flat=True))
    for conference in congress.conferences.exclude(host_unit=None):
        assert list(conference.units.all()) == [conference.host_unit]
    ministry_block = congress.conferences.get(name_vi="Khối Cơ quan Bộ")
    assert ministry_block.units.count() == 16
    assert ministry_block.units.filter(code="CCTPN").exists()  # a Cục, yet in the Ministry's block


def test_programme_and_preparations_in_the_letters_words(congress):
    assert list(congress.programme.order_by("order").values_list("name_vi", flat=True)) == PROGRAMME
    assert congress.programme.get(holds_reports=True).name_vi == PROGRAMME[3]
    six = congress.tasks.filter(phase__code="preparation", clause="II.2.2.c").order_by("order")
    assert list(six.values_list("name_vi", flat=True)) == PREPARATIONS
    assert {task.lead.code for task in six} == {"VU_TDKT"}


def test_legal_bases_and_the_letter_itself(congress):
    found = [(b.number, b.dated, b.is_letter) for b in congress.legal_bases.all()]
    assert found == [
        ("19/KH-HĐTĐKT", date(2019, 5, 24), False),
        ("1149/HD-BTĐKT", date(2019, 6, 18), False),
        ("2298/BKHCN-TĐKT", date(2019, 8, 1), True),
    ]
    assert "Trần Văn Tùng" in congress.legal_bases.get(is_letter=True).signer


def test_movements_of_the_letter(congress):
    names = " ".join(congress.movements.values_list("name_vi", flat=True))
    for words in ("đồng hành cùng doanh nghiệp", "chung tay vì người nghèo", "văn hóa công sở"):
        assert words in names


def test_the_catalogue_of_awards_knows_its_dates(congress):
    assert AwardType.objects.count() == 58
    in_2020 = set(AwardType.objects.valid_on(date(2020, 10, 26)).values_list("code", flat=True))
    assert "BK_BT" in in_2020
    assert not in_2020 & {"BK_BO", "HUYC_TNXP"}
    assert "BK_BO" in set(AwardType.objects.valid_on(date(2025, 1, 1)).values_list("code", flat=True))
    assert AwardType.objects.first().code == "HC_SV"


def test_loading_again_changes_nothing_and_keeps_what_staff_wrote(congress):
    unit = Unit.objects.get(code="IPVN")
    Unit.objects.filter(pk=unit.pk).update(note="sửa tay")
    Congress.objects.filter(pk=congress.pk).update(delegates_target=350)
    before = (congress.tasks.count(), congress.conferences.count(), congress.categories.count())
    call_command("load_plan", stdout=StringIO())
    congress.refresh_from_db()
    unit.refresh_from_db()
    assert (congress.tasks.count(), congress.conferences.count(), congress.categories.count()) == before
    assert (congress.delegates_target, unit.note) == (350, "sửa tay")
    assert congress.categories.filter(counted=True).count() == 7
