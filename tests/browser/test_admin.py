"""The catalogues in a real browser: under the strict policy, open to everybody, and on a phone."""

import pytest

from congress.models import AwardType
from tests import factories as make
from tests.delegates.factories import make_category

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages(cast) -> list[str]:
    award, category = make.make_award_type(note="Dòng một\nDòng hai"), make_category(cast.congress)
    return [
        "/admin/",
        "/admin/congress/awardtype/?q=bang",
        "/admin/congress/awardtype/add/",
        f"/admin/congress/awardtype/{award.pk}/change/",
        f"/admin/delegates/category/{category.pk}/change/",
        f"/admin/congress/congress/{cast.congress.pk}/change/",
        f"/admin/core/user/{cast.unit_head.pk}/change/",
        "/admin/core/auditentry/",
    ]


@pytest.mark.parametrize("dark", [False, True])
def test_every_page_is_open_to_everybody_and_fits_a_phone(sit_down, cast, pages, dark):
    wide, narrow = sit_down(cast.officer, dark=dark), sit_down(cast.officer, dark=dark, width=360)
    for path in pages:
        wide.go(path)
        assert wide.barriers() == [], path
        narrow.go(path)
        assert narrow.has_no_sideways_scroll(), path
        assert narrow.barriers() == [], path


def test_an_award_is_added_changed_and_told(sit_down, cast):
    page = sit_down(cast.officer).go("/admin/congress/awardtype/add/")
    page.get_by_role("button", name="Lưu", exact=True).click()
    assert page.title().strip().startswith("Lỗi:")
    page.get_by_role("link", name="Tên tiếng Việt: Cần điền mục này.").click()
    page.keyboard.type("Bằng khen của Bộ")
    page.get_by_label("Mã", exact=True).fill("BK")
    page.get_by_label("Cấp", exact=True).select_option("Ministry")
    page.get_by_label("Tặng cho").select_option("both")
    page.get_by_label("Loại").select_option("reward")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_role("region").get_by_role("link", name="Bằng khen của Bộ").click()
    page.get_by_label("Áp dụng đến").fill("31/12/2023")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_role("heading", level=1, name="Danh mục khen thưởng").wait_for()
    assert AwardType.objects.get(code="BK").valid_to.isoformat() == "2023-12-31"
    page.get_by_role("region").get_by_role("link", name="Bằng khen của Bộ").click()
    assert "Hoàng Thu Lan" in page.locator(".history").inner_text()
