"""Papers read back: the rows of the list in its order, and nobody's personal data where it does not belong."""

import re
import uuid
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document as open_docx
from openpyxl import load_workbook

from core import clock
from core.models import AuditEntry, Job
from core.vietnamese import PartialDate
from delegates.exports import people as exports
from delegates.models import Delegate
from documents import actions as papers
from documents.catalogue import FORMATS, find
from tests import factories
from tests.delegates import factories as make
from units.models import Office

pytestmark = pytest.mark.django_db
DEPARTMENT = {"officer", "department_head"}
UNITS = {"unit_head", "unit_clerk", "block_head"}
SECRETS = ["Người Kín", "Cao Đài", "Cao cấp", "0987654321", "Ghi chú rất kín", "17/03/1971", "1971"]


def take(client, key: str, kind: str = "xlsx", query: str = ""):
    values = {"query": query, "once": str(uuid.uuid4())}
    return client.post(reverse("documents:take", args=["2020", key, kind]), values)


def text_of(content: bytes, kind: str) -> str:
    """Every word of a paper, file properties included."""
    if kind == "xlsx":
        book = load_workbook(BytesIO(content))
        cells = [
            str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
        ]
        feet = [str(part.text) for sheet in book for part in (sheet.oddFooter.left, sheet.oddFooter.right)]
        return "\n".join([*cells, *feet, *book.sheetnames, str(vars(book.properties))])
    paper = open_docx(BytesIO(content))
    tables = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    ends = [
        part.text for section in paper.sections for part in (*section.footer.paragraphs, *section.header.paragraphs)
    ]
    return "\n".join([*(part.text for part in paper.paragraphs), *tables, *ends, paper.core_properties.title or ""])


def names_of(content: bytes) -> list[str]:
    """The second column of the numbered rows, in the paper's order."""
    rows = load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
    return [row[1] for row in rows if isinstance(row[0], int)]


@pytest.fixture
def secret(cast, hall) -> Delegate:
    return make.make_delegate(
        cast.unit,
        hall.model,
        full_name="Quách Văn Lộ",
        birth=PartialDate(1971, 3, 17),
        ethnic_group=make.make_ethnic_group(name_vi="Người Kín"),
        religion=Delegate.Religion.CAO_DAI,
        party_member=True,
        political_theory=Delegate.Theory.ADVANCED,
        phone="0987654321",
        note="Ghi chú rất kín",
    )


# ---- Who takes which ----


@pytest.mark.parametrize("key", ["seats", "delegates-internal", "delegates-public"])
def test_who_takes_which_paper(cast, hall, enter, key):
    for role, user in cast.roles.items():
        expected = 200 if role in DEPARTMENT | UNITS else 403
        assert take(enter(user), key).status_code == expected, role
    assert take(enter(None), key).status_code == 302
    url = reverse("documents:take", args=["2020", key, "xlsx"])
    assert enter(cast.officer).get(url).status_code == 405  # a mail scanner that opens links takes nothing


def test_the_buttons_are_shown_to_those_who_may(cast, secret, enter):
    for role in ("officer", "unit_head", "block_head"):
        assert "delegates-internal.xlsx" in enter(getattr(cast, role)).get("/2020/delegates/").content.decode(), role
    assert "delegates-" not in enter(cast.desk).get("/2020/delegates/").content.decode()


# ---- Personal data ----


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_internal_list_tells_everything_of_those_whom_one_may_read(cast, secret, enter, kind):
    own = factories.make_user("own")
    factories.make_office(own, Office.Role.UNIT_CLERK, cast.unit)
    for role, user in {**cast.roles, "own": own}.items():
        answer = take(enter(user), "delegates-internal", kind)
        if answer.status_code != 200:
            continue
        text = text_of(answer.content, kind)
        found = {word for word in SECRETS if word in text}
        if role in DEPARTMENT | {"unit_head", "own"}:
            assert found == set(SECRETS) - {"17/03/1971"}, role  # the list knows years
        else:
            assert found == set(), role  # the block's head and other units: not even the name
            assert "Quách Văn Lộ" not in text


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_list_for_the_hall_has_no_personal_column(cast, secret, enter, kind):
    for role in ("officer", "unit_head", "block_head"):
        text = text_of(take(enter(getattr(cast, role)), "delegates-public", kind).content, kind)
        assert "Quách Văn Lộ" in text, role
        assert [word for word in (*SECRETS, "Nữ", "0987", "Dân tộc", "Tôn giáo", "Đảng") if word in text] == [], role
    for role in ("unit_clerk",):
        assert "Quách Văn Lộ" not in text_of(take(enter(getattr(cast, role)), "delegates-public", kind).content, kind)


def test_the_columns_of_the_hall_are_four_and_no_more(cast, secret):
    (table,) = exports.public(cast.officer, "2020", {}).blocks
    assert [column.title for column in table.columns] == ["TT", "Họ và tên", "Chức vụ, đơn vị công tác", "Thành phần"]


@pytest.mark.parametrize("key", ["seats", "delegates-public"])
def test_no_other_paper_of_the_room_tells_it(cast, secret, enter, key):
    for role in DEPARTMENT | UNITS:
        for kind in ("xlsx", "docx"):
            text = text_of(take(enter(getattr(cast, role)), key, kind).content, kind)
            assert not [word for word in SECRETS if word in text], (role, kind)


def test_a_foreign_unit_in_the_address_adds_nobody(cast, secret, enter):
    for query in (f"unit={cast.unit.pk}", "q=lo", "state=registered", f"block={cast.block.pk}", "all=1", "badges=0"):
        for key in ("delegates-internal", "delegates-public"):
            assert names_of(take(enter(cast.unit_clerk), key, query=query).content) == [], query


def test_what_is_sensitive_filters_and_sorts_no_paper(cast, secret, hall, enter):
    make.make_delegate(cast.unit, hall.model, full_name="Quách Văn Hở", party_member=False)
    plain = names_of(take(enter(cast.unit_head), "delegates-internal").content)
    for query in ("religion=cao_dai", "party_member=true", "sort=religion", "sort=-phone", "q=0987654321x"):
        got = names_of(take(enter(cast.unit_head), "delegates-internal", query=query).content)
        assert got == ([] if query.startswith("q=") else plain), query


def test_the_trail_says_who_took_what_and_the_paper_when(cast, secret, enter):
    answer = take(enter(cast.unit_head), "delegates-internal")
    entry = AuditEntry.objects.get(verb="document.exported")
    assert entry.actor == cast.unit_head
    assert (entry.details["paper"], entry.details["rows"]) == ("delegates-internal", 1)
    assert "Người Kín" not in str(entry.details)
    sheet = load_workbook(BytesIO(answer.content)).active
    assert cast.unit_head.full_name in "".join(
        str(part.text) for part in (sheet.oddFooter.left, sheet.oddFooter.right)
    ) or (cast.unit_head.full_name in text_of(answer.content, "xlsx"))
    assert re.fullmatch(r'attachment; filename="[a-z0-9.-]+"', answer["Content-Disposition"])  # nobody's name in it


def test_two_clicks_on_pdf_make_one_job(cast, hall, enter):
    client = enter(cast.officer)
    address = reverse("documents:take", args=["2020", "delegates-internal", "pdf"])
    page = client.get(reverse("documents:index", args=["2020"])).text
    form = page[: page.index(f'formaction="{address}"')].rsplit("<form", 1)[1]
    key = re.search(r'name="once" value="([^"]+)"', form)[1]
    first, second = (client.post(address, {"query": "", "once": key}) for _click in range(2))
    assert first.url == second.url == Job.objects.get().get_absolute_url()
    assert client.post(address, {"query": "", "once": str(uuid.uuid4())}).url != first.url


def test_the_file_of_a_pdf_is_for_whoever_asked_for_it(cast, secret, enter, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):  # the worker
        answer = take(enter(cast.unit_head), "delegates-internal", "pdf")
    job = Job.objects.get()
    assert answer.headers["Location"] == job.get_absolute_url()
    for role, user in cast.roles.items():
        client, expected = enter(user), 200 if role == "unit_head" else 404
        assert client.get(job.get_absolute_url()).status_code == expected, role
        file = client.get(reverse("core:job_file", args=[job.pk]))
        assert file.status_code == expected, role
        if expected == 200:
            assert file.getvalue().startswith(b"%PDF")


# ---- The same rows in the same order ----


def plenty(cast, hall) -> None:
    people = [
        ("Trần Văn Ân", "male", cast.unit), ("Nguyễn Thị An", "female", cast.far_unit), ("Đỗ Dũng", "male", cast.unit),
        ("Lê Thị Dung", "female", cast.other_unit), ("Phạm Đào", "female", cast.unit),
        ("Bùi Dũng", "male", cast.far_unit),
    ]  # fmt: skip
    for order, (name, sex, unit) in enumerate(people):
        category = hall.model if order % 2 else make.make_category(cast.congress)
        make.make_delegate(unit, category, full_name=name, sex=sex)
    make.make_delegate(cast.far_unit, hall.model, full_name="Cao Đã Rút", state=Delegate.State.WITHDRAWN)
    make.make_delegate(None, hall.leader, full_name="Khách Quý")


QUERIES = [
    "",
    "q=dung",
    "sex=female",
    "sort=-name",
    "sort=unit",
    "sort=-category",
    "sort=state",
    "state=withdrawn",
    "sex=male&sort=-name&q=dung",
    "unit=null",
    "page=2",
    "q=không+có",
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("key", ["delegates-internal", "delegates-public"])
def test_what_is_taken_is_what_is_shown(cast, hall, enter, key, query):
    plenty(cast, hall)
    client = enter(cast.officer)
    page = client.get(f"/2020/delegates/?{query}")
    shown = [one.full_name for one in page.context["listing"].queryset]
    asked = re.search(r'name="query" value="([^"]*)"', page.content.decode())
    carried = asked[1].replace("&amp;", "&") if asked else query
    assert names_of(take(client, key, query=carried).content) == shown


def test_a_units_papers_hold_what_its_list_holds(cast, hall, enter):
    plenty(cast, hall)
    for role, internal in (("unit_head", True), ("unit_clerk", True), ("block_head", False)):
        client = enter(getattr(cast, role))
        shown = [one.full_name for one in client.get("/2020/delegates/").context["listing"].page]
        assert shown, role
        assert names_of(take(client, "delegates-public").content) == shown
        assert names_of(take(client, "delegates-internal").content) == (shown if internal else [])


def test_a_block_head_is_told_that_the_short_profiles_are_of_the_own_unit(cast, hall, enter):
    plenty(cast, hall)
    words = "Chỉ gồm đại biểu của đơn vị mình"
    assert words in enter(cast.block_head).get("/2020/delegates/").content.decode()
    for role in ("officer", "unit_head"):
        assert words not in enter(getattr(cast, role)).get("/2020/delegates/").content.decode()


def test_all_pages_are_taken_and_not_the_one_that_is_open(cast, hall, enter):
    for number in range(60):
        make.make_delegate(cast.far_unit, hall.model, full_name=f"Nguyễn Văn {number:02}")
    client = enter(cast.officer)
    assert len(client.get("/2020/delegates/?page=2").context["listing"].page) == 10
    assert len(names_of(take(client, "delegates-public", query="page=2").content)) == 60


def test_without_a_list_the_paper_holds_all_but_those_withdrawn(cast, hall, enter):
    plenty(cast, hall)
    names = names_of(take(enter(cast.officer), "delegates-internal").content)
    assert len(names) == 7
    assert "Cao Đã Rút" not in names


@pytest.mark.parametrize("build", [exports.internal, exports.public, exports.seats])
def test_a_paper_costs_the_same_at_one_row_and_at_many(cast, hall, build, django_assert_max_num_queries):
    plenty(cast, hall)
    build(cast.officer, "2020", {})
    with clock.read_once(), django_assert_max_num_queries(12) as few:
        build(cast.officer, "2020", {})
    for number in range(5):
        award = factories.make_award_type()
        person = {"ethnic_group": make.make_ethnic_group(), "highest_award": award, "award_year": 2018}
        make.make_delegate(factories.make_unit(), make.make_category(cast.congress), full_name=f"Tô {number}", **person)
    with clock.read_once(), django_assert_max_num_queries(len(few.captured_queries)):
        build(cast.officer, "2020", {})


# ---- What stands in them ----


def test_the_year_stands_under_the_sex_and_the_party_is_a_mark(cast, secret, hall, enter):
    make.make_delegate(cast.unit, hall.model, full_name="An", sex="male", birth=PartialDate(1990), party_member=False)
    sheet = load_workbook(BytesIO(take(enter(cast.officer), "delegates-internal").content)).active
    rows = {row[1]: row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)}
    man, woman = rows["An"], rows["Quách Văn Lộ"]
    assert (man[2], man[3] or "", man[6] or "") == ("1990", "", "")
    assert (woman[2] or "", woman[3], woman[6]) == ("", "1971", "x")


def test_cells_that_look_like_formulas_stay_text(cast, hall, enter):
    make.make_delegate(cast.far_unit, hall.model, full_name="=1+1", position="=HYPERLINK()", note="+SUM(A1)", phone="")
    sheet = load_workbook(BytesIO(take(enter(cast.officer), "delegates-internal").content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(("=", "+"))]
    assert cells
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_papers_are_vietnamese_whatever_their_reader_reads(cast, secret, hall, enter):
    cast.officer.language = "en"
    cast.officer.save()
    hall.model.short_en = hall.model.name_en = "Advanced models"
    hall.model.save()
    for key in ("seats", "delegates-internal", "delegates-public"):
        text = text_of(take(enter(cast.officer), key).content, "xlsx")
        assert "Advanced" not in text, key
        assert hall.model.short_vi in text, key


def test_the_annex_sums_up_to_the_congresss_size(cast, hall, enter):
    make.make_quota(None, hall.leader, 15)
    make.make_quota(None, hall.press, 7)
    rows = list(load_workbook(BytesIO(take(enter(cast.officer), "seats").content)).active.iter_rows(values_only=True))
    total = next(row for row in rows if row[1] == "Tổng cộng")
    reserve = next(row for row in rows if row[1] == "Dự phòng")
    assert 400 in total  # the press is not counted
    assert 400 - 4 - 15 in reserve
    assert next(row for row in rows if row[1] == cast.unit.name_vi)


def test_the_annex_shows_a_headcount_to_those_who_may_know_it(cast, hall, enter):
    from datetime import date

    make.make_quota(cast.far_unit, hall.model, 1)
    type(cast.unit).objects.update(headcount=4711, headcount_on=date(2019, 7, 31))
    counts = {}
    for role in ("officer", "unit_head", "block_head"):
        rows = load_workbook(BytesIO(take(enter(getattr(cast, role)), "seats").content)).active.iter_rows(
            values_only=True
        )
        counts[role] = {row[1] for row in rows if 4711 in row}
    assert counts["officer"] >= {cast.unit.name_vi, cast.far_unit.name_vi}
    assert counts["unit_head"] == {cast.unit.name_vi}
    assert cast.unit.name_vi not in counts["block_head"]


def test_every_format_of_every_paper_can_be_made(cast, secret):
    for key in ("seats", "delegates-internal", "delegates-public"):
        for kind in FORMATS:
            name, content = papers.export(
                actor=cast.officer, export=find(key), format_key=kind, edition="2020", params={}, tick=lambda *_: None
            )
            assert name.endswith(f".{kind}")
            assert len(content) > 1000
