"""Papers of the nominations, read back: the table of what the list shows, and one nominee's report."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from docx import Document as open_docx
from openpyxl import load_workbook
from pypdf import PdfReader

from awards.exports.nominations import nominations as table_of
from awards.models import Nomination
from core.models import AuditEntry, Job
from tests import factories as make
from tests.awards.scenes import make_award, make_nomination

pytestmark = pytest.mark.django_db
State = Nomination.State
TABLE, DOSSIER = "/2020/documents/nominations.{}", "/2020/documents/dossier.{}"
DEPARTMENT = {"officer", "department_head"}
UNITS = {"unit_head", "unit_clerk", "block_head"}
COUNCIL = {"chair", "member", "secretary", "teller"}
PENDING, HOME, YEAR = "Đơn tố cáo số 77", "Làng Kín", "1961"


def cells(answer) -> list[list[str]]:
    """The filled rows of a workbook."""
    sheet = load_workbook(BytesIO(answer.content)).active
    rows = [[str(value) for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]
    return [row for row in rows if row]


def words(answer) -> str:
    """All words of a Word file, in the body and in its tables."""
    paper = open_docx(BytesIO(answer.content))
    lines = [line.text for line in paper.paragraphs]
    return "\n".join([*lines, *(cell.text for table in paper.tables for row in table.rows for cell in row.cells)])


def take(client, nomination: Nomination, kind: str = "docx"):
    return client.post(DOSSIER.format(kind), {"query": f"nomination={nomination.pk}", "once": str(uuid4())})


@pytest.fixture
def person(cast) -> Nomination:
    """An individual with everything that could leak, on the short list."""
    return make_nomination(
        cast.congress, cast.unit, "individual", State.SHORTLISTED, nominee="Trần Văn Mật", birth="07/11/1961",
        hometown=HOME, pending_issue=False, pending_note=PENDING, return_reason="Khai sai", closing_reason="Bí mật",
        achievements="Dòng thứ nhất.\n\nDòng thứ hai.",
    )  # fmt: skip


# ---- The table (E7) ----


def test_who_takes_the_table(cast, enter):
    got = {role: enter(user).post(TABLE.format("xlsx")).status_code for role, user in cast.roles.items()}
    assert got == {role: 200 if role in DEPARTMENT | UNITS | COUNCIL else 403 for role in cast.roles}


def test_the_table_holds_what_the_list_shows_in_its_order(cast, enter):
    for name, kind, state in [
        ("Phòng 10", "collective", State.SUBMITTED),
        ("Phòng 9", "collective", State.ACCEPTED),
        ("Phòng Nháp", "collective", State.DRAFT),
        ("Nguyễn Thị Ánh", "individual", State.SUBMITTED),
    ]:
        make_nomination(cast.congress, cast.unit, kind, state, nominee=name)
    client = enter(cast.officer)
    for query in ("", "state=submitted", "kind=individual", "sort=-since", "q=phong", "sort=-kind&state=accepted"):
        listed = [line.nomination for line in client.get(f"/2020/nominations/?{query}").context["lines"]]
        for kind in ("collective", "individual"):
            rows = cells(client.post(TABLE.format("xlsx"), {"query": query}))
            names = [one.nominee for one in listed if one.kind == kind]
            found = [cell for row in rows for cell in row if cell in {n.nominee for n in listed if n.kind == kind}]
            assert found == names, query
    assert AuditEntry.objects.filter(verb="document.exported").exists()


def test_everybody_takes_what_they_see(cast, enter):
    make_nomination(cast.congress, cast.unit, nominee="Phòng Nháp")
    make_nomination(cast.congress, cast.unit, state=State.SUBMITTED, nominee="Phòng Nộp")
    make_nomination(cast.congress, cast.unit, state=State.SHORTLISTED, nominee="Phòng Trình")
    make_nomination(cast.congress, cast.far_unit, state=State.SUBMITTED, nominee="Phòng Xa")
    expected = {
        "officer": {"Phòng Nháp", "Phòng Nộp", "Phòng Trình", "Phòng Xa"},
        "unit_head": {"Phòng Nháp", "Phòng Nộp", "Phòng Trình"},
        "unit_clerk": set(),
        "block_head": {"Phòng Nộp", "Phòng Trình"},
        "member": {"Phòng Trình"},
    }
    for role, names in expected.items():
        rows = cells(enter(cast.roles[role]).post(TABLE.format("xlsx")))
        assert {
            cell for row in rows for cell in row if cell in {"Phòng Nháp", "Phòng Nộp", "Phòng Trình", "Phòng Xa"}
        } == names, role


def test_only_a_proven_award_is_counted(cast, enter):
    nomination = make_nomination(cast.congress, cast.unit, state=State.SUBMITTED)
    order = make.make_award_type(name_vi="Huân chương Lao động", order=1)
    flag = make.make_award_type(name_vi="Cờ thi đua", order=2)
    make_award(nomination, award=order, year=2019)
    make_award(nomination, award=flag, decision_number="12/QĐ")
    text = str(cells(enter(cast.officer).post(TABLE.format("xlsx"))))
    assert "Cờ thi đua, 2018" in text
    assert "Huân chương Lao động" not in text


def test_the_table_tells_no_pending_issue_and_nothing_personal(cast, enter, person):
    for role in ("officer", "department_head", "chair", "unit_head", "block_head"):
        text = str(cells(enter(cast.roles[role]).post(TABLE.format("xlsx"))))
        assert person.nominee in text, role
        assert not any(secret in text for secret in (PENDING, HOME, YEAR, "Khai sai", "Bí mật")), role


def test_the_table_costs_the_same_at_one_row_and_at_five(cast, rf, django_assert_max_num_queries):
    def row():
        made = make_nomination(cast.congress, cast.unit, state=State.SUBMITTED)
        make_award(made, decision_number="1/QĐ")

    row()
    table_of(cast.officer, "2020", {})
    with django_assert_max_num_queries(12) as few:
        table_of(cast.officer, "2020", {})
    for _ in range(4):
        row()
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert table_of(cast.officer, "2020", {}).row_count == 5


# ---- One nominee's report (E6) ----


def test_the_report_follows_the_model_form(cast, enter, person):
    title = make.make_award_type(name_vi="Chiến sĩ thi đua cấp Bộ", kind="title")
    medal = make.make_award_type(name_vi="Bằng khen của Bộ trưởng", kind="reward")
    make_award(person, award=title, year=2017, decision_number="12/QĐ-BKHCN", decision_date=date(2017, 12, 20))
    make_award(person, award=medal, year=2018)
    text = words(take(enter(cast.officer), person))
    for part in (
        "BÁO CÁO THÀNH TÍCH", "VIỆN ỨNG DỤNG CÔNG NGHỆ", "I. SƠ LƯỢC LÝ LỊCH", "II. THÀNH TÍCH ĐẠT ĐƯỢC",
        "III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG", "07/11/1961", HOME, "Dòng thứ nhất.", "Dòng thứ hai.",
        "Chiến sĩ thi đua cấp Bộ", "2017", "12/QĐ-BKHCN ngày 20/12/2017", "Bằng khen của Bộ trưởng", "Chưa minh chứng",
        "NGƯỜI BÁO CÁO THÀNH TÍCH", person.reference, "Có dữ liệu cá nhân",
    ):  # fmt: skip
        assert part in text, part
    assert "2.017" not in text
    assert text.index("Chiến sĩ thi đua") < text.index("Bằng khen của Bộ trưởng")


def test_a_collectives_report_has_its_own_first_part(cast, enter):
    nomination = make_nomination(cast.congress, cast.unit)
    text = words(take(enter(cast.unit_head), nomination))
    assert "SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH" in text
    assert "Dự thảo, chưa nộp" in text
    assert "Không." in text


def test_who_takes_a_report_and_with_what(cast, enter, person):
    sees = {role for role, user in cast.roles.items() if Nomination.objects.visible_to(user).exists()}
    for role, user in cast.roles.items():
        answer = take(enter(user), person)
        listed = role in DEPARTMENT | UNITS | COUNCIL
        assert answer.status_code == (200 if role in sees else 404 if listed else 403), role
        if role not in sees:
            continue
        text = words(answer)
        assert not any(secret in text for secret in (PENDING, "Khai sai", "Bí mật")), role
        assert (HOME in text and YEAR in text) == (role != "block_head"), role
        assert ("Có dữ liệu cá nhân" in text) == (role != "block_head"), role


@pytest.mark.parametrize("query", ["", "nomination=", "nomination=x", "nomination=999999", "nomination=1%20OR%201"])
def test_no_report_of_nobody(cast, enter, person, query):
    assert enter(cast.officer).post(DOSSIER.format("docx"), {"query": query}).status_code == 404


def test_a_report_is_of_the_congress_in_the_address(cast, enter):
    other = make.make_congress(slug="2025", ordinal=6, is_current=False)
    assert take(enter(cast.officer), make_nomination(other, cast.unit)).status_code == 404


def test_text_that_looks_like_a_formula_stays_text(cast, enter):
    nomination = make_nomination(cast.congress, cast.unit, state=State.SUBMITTED, nominee="=1+1", model_name="@SUM(A1)")
    for answer in (enter(cast.officer).post(TABLE.format("xlsx")), take(enter(cast.officer), nomination, "xlsx")):
        sheet = load_workbook(BytesIO(answer.content)).active
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert "<script>" in words(take(enter(cast.officer), make_nomination(cast.congress, cast.unit, results="<script>")))


def test_the_page_offers_the_report_of_its_own_nominee(cast, enter, person):
    text = enter(cast.officer).get(person.get_absolute_url()).content.decode()
    assert f'value="nomination={person.pk}"' in text
    assert DOSSIER.format("docx") in text
    assert "dossier.docx" not in enter(cast.officer).get("/2020/documents/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_report_is_printed_by_the_worker(cast, enter, person):
    answer = take(enter(cast.officer), person, "pdf")
    job = Job.objects.get()
    assert answer.headers["Location"] == job.get_absolute_url()
    assert (job.state, job.actor) == (Job.State.DONE, cast.officer)
    printed = enter(cast.officer).get(f"{job.get_absolute_url()}file/").getvalue()
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(printed)).pages).split())
    assert "BÁO CÁO THÀNH TÍCH" in text
    assert "Trần Văn Mật" in text
    assert PENDING not in text


def test_the_trail_says_whose_report_was_taken(cast, enter):
    one = make_nomination(cast.congress, cast.unit, "individual", State.SUBMITTED, nominee="Nguyễn Thị Ánh")
    make_nomination(cast.congress, cast.unit, "individual", State.SUBMITTED, nominee="Trần Văn Khác")
    assert enter(cast.officer).post(DOSSIER.format("docx"), {"query": f"nomination={one.pk}"}).status_code == 200
    entry = AuditEntry.objects.get(verb="document.exported")
    assert entry.details["about"].startswith("Nguyễn Thị Ánh")
    assert enter(cast.officer).post(TABLE.format("xlsx"), {"query": ""}).status_code == 200
    assert "about" not in AuditEntry.objects.filter(verb="document.exported").first().details
