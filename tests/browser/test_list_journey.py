"""A unit clerk with a messy file in Chromium: sent, looked at, mended, sent again, applied, settled, confirmed."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import Page

from delegates.models import Delegate, SentList, SettledList
from tests import factories as make
from tests.browser.test_journey import act, press
from tests.delegates.factories import make_category, make_ethnic_group, make_quota
from tests.delegates.imports.workbooks import messy, saved
from units.models import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def scene(cast, today):
    """Seats in two categories, and the catalogues that the file's words are of."""
    today(2020, 5, 15)
    model = make_category(cast.congress, code="DHTT", name_vi="Điển hình tiên tiến", short_vi="Điển hình")
    head = make_category(cast.congress, code="DN_TT", name_vi="Thủ trưởng các đơn vị", short_vi="Thủ trưởng đơn vị")
    make_quota(cast.other_unit, model, 6)
    make_quota(cast.other_unit, head, 1)
    for code, name, aliases in (("01", "Kinh", "Việt"), ("02", "Tày", ""), ("08", "Mông", "HMông; H'Mông")):
        make_ethnic_group(code=code, name_vi=name, aliases=aliases)
    make.make_award_type(name_vi="Bằng khen của Bộ trưởng Bộ Khoa học và Công nghệ", order=1)
    make.make_award_type(name_vi="Chiến sĩ thi đua cơ sở", order=2)
    make.make_award_type(name_vi="Huân chương Lao động hạng Ba", order=3)
    return cast


def wrong() -> bytes:
    """The messy list with a fault in three cells."""
    book = load_workbook(BytesIO(messy()))
    sheet = book["Trích ngang"]
    sheet["D9"], sheet["E11"], sheet["M12"] = 1981, "Kinhh", "12"
    return saved(book)


def send(page: Page, content: bytes) -> None:
    file = {"name": "Danh sách đại biểu.xlsx", "mimeType": XLSX, "buffer": content}
    page.set_input_files("main input[type=file]", files=[file])
    press(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_from_a_messy_file_to_a_confirmed_list(sit_down, scene, width):
    clerk = sit_down(scene.unit_clerk)
    page = clerk.go(reverse("delegates:unit", args=["2020", scene.other_unit.pk]))
    page.set_viewport_size({"width": width, "height": 900})
    with page.expect_navigation():
        page.get_by_role("link", name="Nhập từ Excel").click()
    send(page, b"")  # chosen wrongly first
    assert page.locator(".error-summary").is_visible()
    send(page, wrong())
    assert page.locator("main select").nth(2).input_value() == "birth_male"
    press(page)
    assert not Delegate.objects.exists()
    faults = page.locator("#faults tbody tr")
    assert faults.count() == 3
    assert [row.locator("th").inner_text().strip() for row in faults.all()] == ["D9", "E11", "M12"]
    assert clerk.barriers() == []
    assert clerk.has_no_sideways_scroll()
    with page.expect_download() as download:
        page.locator("main form[action$='/marked/'] button").click()
    marked = load_workbook(BytesIO(download.value.path().read_bytes()))["Trích ngang"]
    assert all(marked[place].comment for place in ("D9", "E11", "M12"))
    page.goto(f"{page.url.split('/import/')[0]}/import/?unit={scene.other_unit.pk}")
    send(page, messy())
    press(page)
    assert page.locator("#faults").count() == 0
    with page.expect_navigation():
        page.locator("button[name=convert][value=yes]").click()
    act(page, "apply")
    assert page.locator("h1").inner_text() == "Đã áp dụng danh sách"
    assert Delegate.objects.filter(unit=scene.other_unit).count() == 5
    assert "Trần Văn An" in set(Delegate.objects.values_list("full_name", flat=True))
    assert SentList.objects.get(state=SentList.State.APPLIED).counts == {"added": 5, "changed": 0, "left": 0}
    make.make_office(scene.unit_head, Office.Role.UNIT_HEAD, scene.other_unit)
    head = sit_down(scene.unit_head)
    page = head.go(reverse("delegates:settle", args=["2020", scene.other_unit.pk]))
    page.set_viewport_size({"width": width, "height": 900})
    assert "Trần Văn An" in page.locator("main").inner_text()
    assert head.barriers() == []
    assert head.has_no_sideways_scroll()
    page.locator("main input[name=stated]").check()
    press(page)
    assert SettledList.objects.in_force().get().unit == scene.other_unit
    officer = sit_down(scene.officer)
    page = officer.go(reverse("delegates:confirm_many", args=["2020"]) + "?all=1")
    press(page)
    assert set(Delegate.objects.values_list("state", flat=True)) == {Delegate.State.CONFIRMED}
