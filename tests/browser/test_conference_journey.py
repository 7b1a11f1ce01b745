"""A block's conference in Chromium, wide and on a phone: from the published plan to the accepted report."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from awards.models import Nomination
from congress import actions
from congress.models import Conference, ConferenceReport
from core import audit
from core.models import Upload
from delegates.models import Delegate
from tests import factories as make
from tests.browser.test_journey import act, fill, press, taken, text_of_docx, text_of_xlsx
from tests.delegates.factories import make_category, make_quota

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "Cần thêm thời gian thảo luận."
SEN = {"position": "Kỹ sư", "sex": "female", "birth": "05/09/1980"}
ELECTED = [
    {"elected_as": "collective", "name": "Phòng Quang tử"},
    {"elected_as": "individual", "name": "Trần Thị Sen", **SEN},
    {"elected_as": "delegate", "name": "Trần Thị Sen", "phone": "0912 345 678", **SEN},
]


@pytest.fixture
def scene(cast, today):
    """A published plan, the conference of a block with two units, and a seat for whom it elects."""
    today(2020, 5, 15)
    make.make_task(cast.congress, cast.other_unit, name_vi="Tổ chức Hội nghị của Khối", published_at=None)
    issue = actions.prepare_plan(actor=cast.officer, congress=cast.congress)
    actions.publish_plan(actor=cast.department_head, issue=issue)
    cast.conference = make.make_conference(
        cast.congress, cast.other_unit, cast.unit, host_block=cast.block, name_vi="Hội nghị của Khối 2"
    )
    make.make_conference(cast.congress, cast.far_unit)
    make_quota(cast.other_unit, make_category(cast.congress, short_vi="Điển hình", elected=True), 2)
    return cast


def open_page(page: Page, scene, name: str, *more: str) -> None:
    path = reverse(f"congress:{name}", args=["2020", scene.conference.pk, *more])
    page.goto("/".join(page.url.split("/")[:3]) + path)


def saves_itself(page: Page, name: str, text: str) -> None:
    """What is typed is on the server without a button."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as saved:
        page.locator(f"main [name='{name}']").fill(text)
    assert saved.value.ok
    page.get_by_text("Đã lưu lúc").wait_for()


def write(page: Page, scene) -> None:
    """The report, subject by subject; the page leads from each to the next that is open."""
    assert page.url.endswith("/subject/held/")
    press(page)
    people = {"summoned": 120, "attended": 96, "women": 40, "guests": 6, "collective_papers": 2, "individual_papers": 3}
    assert page.url.endswith("/subject/people/")
    fill(page, people)
    press(page)
    assert page.url.endswith("/subject/commendations/")
    fill(page, {"no_commendations": True})
    press(page)
    for number, values in enumerate(ELECTED):
        assert page.url.split("?")[0].split("#")[0].endswith("/subject/elected/")
        named = {**values, "unit": scene.other_unit.pk}
        fill(page, {f"elected-{number}-{name}": value for name, value in named.items()})
        if number < len(ELECTED) - 1:
            with page.expect_navigation():
                page.locator("main button[name='add-row']").click()
    press(page)
    open_page(page, scene, "report_subject", "remarks")
    saves_itself(page, "shortcomings", TEXT)
    assert ConferenceReport.objects.get().shortcomings == TEXT
    press(page)


def scan(page: Page) -> None:
    """The signed sheet; a wrong file in another field does not cost it."""
    pdf = {"name": "bao-cao.pdf", "mimeType": "application/pdf", "buffer": make.PDF}
    page.locator("main input[type=file][name=scan]").set_input_files(pdf)
    page.locator("main input[type=file][name=minutes]").set_input_files({**pdf, "buffer": b"<html>"})
    with page.expect_navigation():
        page.locator("main button.btn-primary").last.click()
    assert page.locator("main .error-summary").is_visible()
    assert page.locator("main .files").inner_text().startswith("bao-cao.pdf")
    press(page)
    assert Upload.objects.get().slot == "scan"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_block_head_from_the_published_plan_to_the_accepted_report(sit_down, scene, today, width):
    host, office = sit_down(scene.block_head, width=width), sit_down(scene.officer)
    page, desk = host.go("/2020/plan/"), office.page
    assert page.get_by_text("Tổ chức Hội nghị của Khối").is_visible()

    # The day is set, and approved.
    open_page(page, scene, "conference_schedule")
    fill(
        page,
        {"held_on": date(2020, 5, 20), "session": "morning", "place": "113 Trần Duy Hưng", "programme": "Khai mạc"},
    )
    press(page)
    desk.goto(f"{office.address}{scene.conference.get_absolute_url()}")
    act(desk, "approve")

    # It is held; the report is begun, saves itself, takes the signed sheet.
    today(2020, 5, 21)
    open_page(page, scene, "conference")
    act(page, "hold")
    assert Conference.objects.get(pk=scene.conference.pk).state == "held"
    act(page, "start")
    write(page, scene)
    assert page.url.endswith("/subject/files/")
    scan(page)
    assert page.url.endswith("/report/check/")
    assert host.has_no_sideways_scroll()
    act(page, "send")
    assert page.get_by_text("Báo cáo đã gửi.").is_visible()

    # Returned for its minutes, corrected, sent again, accepted.
    desk.goto(f"{office.address}/2020/conferences/roll-up/")
    assert "1 trên 2 Hội nghị đã tổ chức, 0 muộn, 1 chưa có biên bản" in desk.locator("main").inner_text()
    open_page(desk, scene, "report_return")
    fill(desk, {"reason": "Thiếu biên bản.", "due": date(2020, 5, 25)})
    press(desk)
    open_page(page, scene, "conference_report")
    assert page.get_by_text("Thiếu biên bản.").first.is_visible()
    open_page(page, scene, "report_subject", "files")
    minutes = {"name": "bien-ban.pdf", "mimeType": "application/pdf", "buffer": make.PDF}
    page.locator("main input[type=file][name=minutes]").set_input_files(minutes)
    press(page)
    act(page, "send")
    open_page(desk, scene, "conference_report")
    act(desk, "accept")

    # What was made of it is there, and so are its figures.
    assert set(Nomination.objects.values_list("nominee", flat=True)) == {"Phòng Quang tử", "Trần Thị Sen"}
    assert Delegate.objects.get().full_name == "Trần Thị Sen"
    open_page(page, scene, "conference_report")
    assert page.locator(f"main a[href='{Delegate.objects.get().get_absolute_url()}']").is_visible()
    assert host.has_no_sideways_scroll()
    desk.goto(f"{office.address}/2020/conferences/roll-up/")
    assert "1 trên 2 Hội nghị đã tổ chức, 0 muộn, 0 chưa có biên bản" in desk.locator("main").inner_text()
    annex = text_of_xlsx(taken(desk, "roll-up.xlsx"))
    assert "1 trên 2 Hội nghị đã tổ chức, 0 muộn, 0 chưa có biên bản." in annex
    assert "96" in annex.split("\n")
    open_page(page, scene, "conference_report")
    assert "Trần Thị Sen" in text_of_docx(taken(page, "conference-report.docx"))
    assert not list(audit.faults())
