"""From the plan to the papers, in Chromium: a unit nominates and registers, the Council votes, the result comes out."""

import re
from datetime import date
from io import BytesIO

import pytest
from docx import Document as open_docx
from openpyxl import load_workbook
from playwright.sync_api import Page
from pypdf import PdfReader

from awards.models import Ballot, Kind, Nomination, Sitting
from congress.models import ProgrammeItem
from core import audit
from delegates.models import EthnicGroup
from tests import factories as make
from tests.awards.scenes import FULL, TEXTS, enlarge_council, make_nomination, make_sitting
from tests.delegates.factories import make_category, make_ethnic_group, make_quota

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MEMBERS, PRESENT = 15, 15
FAVOURITES = 2


@pytest.fixture
def scene(cast, today):
    """A plan with one task, a programme, seats for two, and other units' nominees on the short list."""
    today(2020, 5, 15)
    make.make_task(cast.congress, cast.unit, name_vi="Lựa chọn 04 báo cáo điển hình")
    make.make_conference(cast.congress, cast.unit)
    make.make_programme_item(cast.congress, name_vi="Diễn văn khai mạc", order=1)
    make.make_programme_item(cast.congress, name_vi="Báo cáo tham luận", order=2, holds_reports=True)
    cast.category = make_category(cast.congress, name_vi="Điển hình tiên tiến", short_vi="Điển hình")
    make_quota(cast.unit, cast.category, 2)
    make_ethnic_group(name_vi="Kinh", is_minority=False)
    for kind in Kind:
        for _ in range(2):
            make_nomination(cast.congress, cast.far_unit, kind, Nomination.State.SHORTLISTED)
    enlarge_council(cast, MEMBERS)
    return cast


def fill(page: Page, values: dict) -> None:
    """Fill in a form by the names of its fields."""
    for name, value in values.items():
        field = page.locator(f"main [name='{name}']")
        kind = field.first.evaluate("field => field.type || field.tagName.toLowerCase()")
        if kind == "radio":
            page.locator(f"main [name='{name}'][value='{value}']").check()
        elif kind == "checkbox":
            field.set_checked(bool(value))
        elif kind == "select-one":
            field.select_option(str(value))
        else:
            field.fill(f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value))


def press(page: Page) -> None:
    """The page's one primary button."""
    with page.expect_navigation():
        page.locator("main .btn-primary:visible").last.click()


def act(page: Page, path: str) -> None:
    """The button whose form is sent to an address that ends so."""
    with page.expect_navigation():
        page.locator(f"main form[action$='/{path}/'] button").first.click()


# ---- The unit ----


def nominate(page: Page, address: str, kind: str, nominee: str) -> str:
    """Write a dossier subject by subject, check it and submit it; its reference number."""
    page.goto(f"{address}/2020/nominations/add/?kind={kind}")
    fill(page, {"nominee": nominee})
    press(page)
    values = {**FULL[kind], **TEXTS, "nominee": nominee}
    for _subject in range(7):
        here = {name: value for name, value in values.items() if page.locator(f"main [name='{name}']").count()}
        fill(page, here)
        press(page)
    assert page.url.endswith("/check/")
    act(page, "submit")
    assert page.url.endswith("/sent/")
    reference = re.search(r"2020-(TT|CN)-\d{3}", page.locator("main").inner_text())
    assert reference
    return reference[0]


def register(page: Page, address: str, name: str, category) -> None:
    page.goto(f"{address}/2020/delegates/register/")
    fill(page, {"full_name": name, "birth": "1980", "sex": "female", "position": "Kỹ sư", "phone": "0912 345 678"})
    fill(page, {"category": category.pk, "education": "master", "ethnic_group": EthnicGroup.objects.get().pk})
    press(page)
    assert page.url.endswith(f"/delegates/unit/{category.quotas.get().unit_id}/"), page.locator("main").inner_text()


# ---- The Council ----


def vote(page: Page, address: str, ballot: Ballot, numbers: list[int]) -> None:
    """The paper, a look at it, and into the box."""
    page.goto(f"{address}/2020/council/ballots/{ballot.pk}/vote/")
    for number in numbers:
        page.locator(f".pick input[value='{number:02}']").check()
    press(page)
    press(page)
    assert page.url.endswith(f"/ballots/{ballot.pk}/")


def codes(sit_down, cast, tellers, sitting: Sitting) -> dict[int, str]:
    """Each teller takes an opening code, which is shown once."""
    found = {}
    for user in tellers:
        page = sit_down(user).go(f"/2020/council/sittings/{sitting.pk}/")
        act(page, "code")
        found[user.pk] = re.search(r"([A-Z2-7]{4}-){7}[A-Z2-7]{4}", page.locator("main").inner_text())[0]
        page.context.close()
    return found


def hold(sit_down, cast, sitting: Sitting, kind: str, tellers, opening: dict[int, str]) -> None:
    """One ballot: opened, fifteen papers cast, closed, the box opened by two tellers."""
    chair = sit_down(cast.chair)
    ballot = sitting.ballots.get(kind=kind)
    page = chair.go(f"/2020/council/ballots/{ballot.pk}/")
    act(page, "open")
    order = [candidate.order for candidate in ballot.candidates.order_by("order")]
    for number, member in enumerate(cast.members):
        person = sit_down(member, width=390)
        choices = order[:FAVOURITES] if number % 3 else [order[0], order[2]]
        vote(person.page, person.address, ballot, choices)
        person.context.close()
    page.reload()
    act(page, "close")
    first, second = tellers[:2]
    teller = sit_down(first).go(f"/2020/council/ballots/{ballot.pk}/count/")
    other = sitting.tellers.get(user=second)
    enter_codes(teller, opening[first.pk], other, opening[second.pk])
    ballot.refresh_from_db()
    assert (ballot.state, ballot.returned, ballot.invalid) == (Ballot.State.COUNTED, MEMBERS, 0)


def enter_codes(page: Page, own: str, other, code: str) -> None:
    fill(page, {"own_code": own, "other": other.pk, "other_code": code})
    press(page)


# ---- Papers ----


def taken(page: Page, words: str) -> bytes:
    """What a button of a paper downloads."""
    with page.expect_download() as download:
        page.locator(f"main button[formaction$='{words}']").click()
    return download.value.path().read_bytes()


def pdf(page: Page, words: str) -> bytes:
    """A PDF is made by the worker: its page ends with the file."""
    page.locator(f"main button[formaction$='{words}']").click()
    link = page.locator("main a[href$='/file/']")
    link.wait_for()
    with page.expect_download() as download:
        link.click()
    return download.value.path().read_bytes()


def text_of_xlsx(content: bytes) -> str:
    sheet = load_workbook(BytesIO(content)).active
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


def text_of_docx(content: bytes) -> str:
    paper = open_docx(BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in paper.paragraphs] + cells)


def text_of_pdf(content: bytes) -> str:
    reader = PdfReader(BytesIO(content))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"].get_object()["/Font"].get_object().values()
    }
    assert fonts
    assert all("Tinos" in font for font in fonts), fonts
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


READERS = {"xlsx": text_of_xlsx, "docx": text_of_docx, "pdf": text_of_pdf}


def read_back(page: Page, address: str, key: str, path: str) -> dict[str, str]:
    """The text of a paper in each of its three formats."""
    found = {}
    for made, read in READERS.items():
        page.goto(address + path)
        button = f"/{key}.{made}"
        found[made] = read(pdf(page, button) if made == "pdf" else taken(page, button))
    return found


def test_from_the_plan_to_the_four_reports(sit_down, scene):
    cast = scene
    officer, head = sit_down(cast.officer), sit_down(cast.unit_head)

    page = officer.go("/2020/plan/")
    page.get_by_role("link", name="Lựa chọn 04 báo cáo điển hình").wait_for()

    collective = nominate(head.page, head.address, "collective", "Phòng Thí nghiệm Quang tử")
    individual = nominate(head.page, head.address, "individual", "Đặng Thị Hồng Ánh")
    assert (collective, individual) == ("2020-TT-001", "2020-CN-001") or collective != individual

    register(head.page, head.address, "Nguyễn Thị Dũng", cast.category)
    register(head.page, head.address, "Trần Ằng Ỵ", cast.category)
    answer = head.page.goto(f"{head.address}/2020/delegates/register/?unit={cast.unit.pk}&category={cast.category.pk}")
    assert answer.status == 409
    assert "02" in head.page.locator("main").inner_text()
    assert cast.congress.delegates.count() == 2

    for nomination in Nomination.objects.filter(unit=cast.unit):
        page = officer.go(f"/2020/nominations/{nomination.pk}/")
        act(page, "accept")
        page.goto(f"{officer.address}/2020/nominations/{nomination.pk}/pending/")
        page.locator("main [name='pending'][value='False']").check()
        press(page)
        act(page, "short-list")
    assert Nomination.objects.listed().count() == 6

    sitting = convene(sit_down, cast)
    tellers = [cast.teller, *cast.members[-2:]]
    appoint(sit_down, cast, sitting, tellers)
    opening = codes(sit_down, cast, tellers, sitting)
    for kind in Kind:
        hold(sit_down, cast, sitting, kind, tellers, opening)
    page = sit_down(cast.chair).go(f"/2020/council/sittings/{sitting.pk}/conclude/")
    fill(page, {"conclusion": "Hội đồng thống nhất chọn 04 báo cáo điển hình."})
    press(page)

    chosen = list(Nomination.objects.filter(state=Nomination.State.SELECTED))
    assert len(chosen) == 4
    reports = ProgrammeItem.objects.filter(parent__holds_reports=True)
    assert reports.count() == 4
    page = officer.go("/2020/programme/")
    for nomination in chosen:
        assert nomination.nominee in page.locator("main").inner_text()

    for text in read_back(page, officer.address, "programme", "/2020/programme/").values():
        for nomination in chosen:
            assert nomination.nominee in text
        assert "CHƯƠNG TRÌNH" in text
    for made, text in read_back(page, officer.address, "delegates-public", "/2020/delegates/").items():
        assert "Nguyễn Thị Dũng" in text
        assert "Trần Ằng Ỵ" in text
        assert "0912" not in text, made
    assert not list(audit.faults())


def convene(sit_down, cast) -> Sitting:
    """The secretary calls the Council together and records who has come; the Chair opens."""
    sitting = make_sitting(cast.congress)
    person = sit_down(cast.secretary)
    page = person.go(f"/2020/council/sittings/{sitting.pk}/")
    act(page, "convene")
    page.goto(f"{person.address}/2020/council/sittings/{sitting.pk}/attendance/")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    press(page)
    page = sit_down(cast.chair).go(f"/2020/council/sittings/{sitting.pk}/")
    act(page, "open")
    sitting.refresh_from_db()
    assert sitting.state == Sitting.State.OPEN
    return sitting


def appoint(sit_down, cast, sitting: Sitting, tellers) -> None:
    page = sit_down(cast.chair).go(f"/2020/council/sittings/{sitting.pk}/tellers/")
    for user in tellers:
        page.locator(f"main input[name='users'][value='{user.pk}']").check()
    fill(page, {"leader": tellers[0].pk})
    press(page)
    assert sitting.tellers.count() == 3
