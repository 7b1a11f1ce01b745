"""A list from upload to register, page by page."""

import re
from io import BytesIO
from unittest.mock import ANY

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from core import jobs as core_jobs
from core.models import Job
from core.vietnamese import PartialDate
from delegates.models import Delegate, Quota, SentList
from tests.delegates import factories as make
from tests.delegates.imports.workbooks import HEAD, a_list, a_row, messy, saved
from tests.sheet import fill_in, form_of


def url(cast, name: str, *args) -> str:
    return reverse(f"delegates:{name}", args=[cast.congress.slug, *args])


def send(client, cast, content: bytes, name: str = "ds.xlsx"):
    """The page after a file was sent."""
    address = url(cast, "lists")
    form = form_of(client.get(address, follow=True), "once")
    file = SimpleUploadedFile(name, content)
    return client.post(address, form | {"file": file}, follow=True)


def preview(client, cast, content: bytes):
    """The preview of a file whose table and columns are guessed right."""
    page = send(client, cast, content)
    assert page.redirect_chain[-1][0].endswith("/columns/"), page.content.decode()
    return client.post(page.redirect_chain[-1][0], form_of(page, "category"), follow=True)


@pytest.fixture
def unit_head(client, cast):
    cast.unit_head.language = "en"
    cast.unit_head.save()
    client.force_login(cast.unit_head)
    return client


ROWS = [a_row(1), a_row(2)]


def test_a_messy_list_becomes_a_register(unit_head, cast, catalogues):
    page = preview(unit_head, cast, messy())
    words = page.content.decode()
    assert "TrÇn V¨n An" in words
    assert "Trần Văn An" in words
    sent = SentList.objects.get()
    assert sent.counts == {"added": 5, "changed": 0, "left": 0}
    assert sent.preview["faults"] == []
    page = unit_head.post(url(cast, "list_apply", sent.pk))  # nobody has said yet whether the old text is right
    assert page.status_code == 409
    page = unit_head.post(url(cast, "list_answer", sent.pk), {"convert": "yes"}, follow=True)
    assert "converted to Unicode" in page.content.decode()
    page = unit_head.post(url(cast, "list_apply", sent.pk), follow=True)
    assert "The list is applied" in page.content.decode()
    found = {one.full_name for one in Delegate.objects.all()}
    assert found == {"Nguyễn Văn Dũng", "Trần Thị Hương", "Đỗ Văn Hùng", "Lê Minh", "Trần Văn An"}


def test_counts_come_first_and_then_every_fault(unit_head, cast, catalogues):
    page = preview(unit_head, cast, a_list([*ROWS, a_row(3, sex="?", phone="1"), a_row(4, birth="x")]))
    words = page.content.decode()
    words = re.sub("<[^>]*>", " ", words[words.index('class="list-counts"') :])  # a form's random keys may hold a C4
    places = [words.index(said) for said in ("to be added", "3 faults", "in 2 rows", "C4", "I4", "B5", "Row by row")]
    assert places == sorted(places)
    assert 'aria-disabled="true"' in page.content.decode()


def test_the_file_comes_back_with_its_faults_marked(unit_head, cast, catalogues):
    preview(unit_head, cast, a_list([*ROWS, a_row(3, sex="?")]))
    sent = SentList.objects.get()
    answer = unit_head.post(url(cast, "list_marked", sent.pk))
    assert answer["Content-Disposition"].startswith("attachment")
    sheet = load_workbook(BytesIO(answer.content))["Danh sách"]
    assert (sheet["C4"].value, sheet["C4"].comment.text) == ("?", "Write Nam or Nữ.")


def test_a_fault_of_the_whole_list_is_marked_at_its_head(unit_head, cast, catalogues):
    preview(unit_head, cast, a_list([row[:8] for row in ROWS], HEAD[:8]))
    answer = unit_head.post(url(cast, "list_marked", SentList.objects.get().pk))
    assert load_workbook(BytesIO(answer.content))["Danh sách"]["A1"].comment


def test_nothing_to_mark(unit_head, cast, catalogues):
    preview(unit_head, cast, a_list(ROWS))
    assert unit_head.post(url(cast, "list_marked", SentList.objects.get().pk)).status_code == 409


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("ds.csv", b"a;b", "Save As"),
        ("ds.xlsx", b"PK", "damaged"),
        ("ds.xls", bytes.fromhex("D0CF11E0A1B11AE1"), "97-2003"),
        ("ds.xlsx", b"", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_at_its_field(unit_head, cast, catalogues, name, content, words):
    page = send(unit_head, cast, content, name)
    assert words in page.content.decode()
    assert 'href="#id_file"' in page.content.decode()
    assert not SentList.objects.exists()


def test_no_file_chosen(unit_head, cast, catalogues):
    page = fill_in(unit_head, url(cast, "lists"), "once")
    assert "Choose the file" in page.content.decode()


def test_where_the_table_begins_is_asked_when_it_cannot_be_guessed(unit_head, cast, catalogues):
    page = send(unit_head, cast, a_list(ROWS, ["a", "b", "c", "d", "e", "f", "g", "h", "i"]))
    address = page.redirect_chain[-1][0]
    assert address.endswith("/table/")
    page = unit_head.post(address, {"sheet": "Danh sách", "row": "99", "lines": "1", "keep": "1"})
    assert "Nothing stands in this row" in page.content.decode()
    page = unit_head.post(address, {"sheet": "Danh sách", "row": "1", "lines": "1", "keep": "1"}, follow=True)
    assert page.redirect_chain[-1][0].endswith("/columns/")
    fields = form_of(page, "category")
    page = unit_head.post(page.redirect_chain[-1][0], fields)
    assert "which column holds the full name" in page.content.decode()
    fields |= {"column-1": "full_name", "column-2": "full_name", "column-3": "sex", "column-4": "sex"}
    page = unit_head.post(url(cast, "list_columns", SentList.objects.get().pk), fields)
    assert "This is said of column c too" in page.content.decode()


def test_another_sheet_is_shown_before_anything_is_kept(unit_head, cast, catalogues):
    book = load_workbook(BytesIO(a_list(ROWS)))
    book.create_sheet("Khác").append(HEAD)
    page = send(unit_head, cast, saved(book))
    sent = SentList.objects.get()
    page = unit_head.post(url(cast, "list_table", sent.pk), {"sheet": "Khác", "row": "1", "lines": "1", "look": "1"})
    assert "How the sheet “Khác” begins" in page.content.decode()
    assert SentList.objects.get().sheet == "Danh sách"


def test_the_same_page_again_holds_what_was_chosen(unit_head, cast, catalogues):
    page = send(unit_head, cast, a_list(ROWS))
    address = page.redirect_chain[-1][0]
    fields = form_of(page, "category") | {"column-9": "", "category": str(catalogues.model.pk)}
    unit_head.post(address, fields)
    assert form_of(unit_head.get(address), "category") == fields | {"csrfmiddlewaretoken": ANY}


def test_rows_of_another_person(unit_head, cast, catalogues):
    page = preview(unit_head, cast, a_list([a_row(1, name="Lê An"), a_row(2, name="Lê An")]))
    fields = form_of(page, "others")
    sent = SentList.objects.get()
    page = unit_head.post(url(cast, "list_answer", sent.pk), fields | {"other": "3"}, follow=True)
    assert "No faults" in page.content.decode()
    assert form_of(page, "others")["other"] == "3"
    page = unit_head.post(url(cast, "list_answer", sent.pk), fields, follow=True)
    assert "No faults" not in page.content.decode()


def test_the_register_changed_since_the_preview(unit_head, cast, catalogues):
    preview(unit_head, cast, a_list(ROWS))
    make.make_delegate(cast.unit, catalogues.model, full_name=ROWS[0][0], sex="male")
    page = unit_head.post(url(cast, "list_apply", SentList.objects.get().pk), follow=True)
    words = page.content.decode()
    assert "Nothing was applied" in words
    assert SentList.objects.get().counts == {"added": 1, "changed": 1, "left": 0}
    unit_head.post(url(cast, "list_apply", SentList.objects.get().pk))
    assert Delegate.objects.count() == 2


def test_the_last_page_says_what_was_done(unit_head, cast, catalogues):
    preview(unit_head, cast, a_list(ROWS))
    sent = SentList.objects.get()
    page = unit_head.post(url(cast, "list_apply", sent.pk), follow=True)
    assert "The list is applied" in page.content.decode()
    assert unit_head.post(url(cast, "list_apply", sent.pk), follow=True).status_code == 200  # a second click
    for name in ("list_table", "list_columns"):
        assert unit_head.get(url(cast, name, sent.pk)).status_code == 409
    assert unit_head.post(url(cast, "list_answer", sent.pk), {"convert": "yes"}).status_code == 409


def test_a_list_of_four_thousand_rows_is_looked_at_by_the_worker(
    unit_head, cast, hall, catalogues, django_capture_on_commit_callbacks
):
    Quota.objects.filter(pk=hall.unit_quota.pk).update(seats=4000)
    page = send(unit_head, cast, a_list([a_row(number) for number in range(4000)]))
    with django_capture_on_commit_callbacks() as callbacks:
        first = unit_head.post(page.redirect_chain[-1][0], form_of(page, "category"))
        second = unit_head.post(page.redirect_chain[-1][0], form_of(page, "category"))
    job = Job.objects.get()
    assert first.url == second.url == job.get_absolute_url()
    assert len(callbacks) == 1
    core_jobs.run.func(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.result_url) == (Job.State.DONE, SentList.objects.get().get_absolute_url())
    assert job.total == 4000
    assert job.done > 3000  # told while it was read
    assert SentList.objects.get().counts == {"added": 4000, "changed": 0, "left": 0}
    assert "No faults" in unit_head.get(job.get_absolute_url(), follow=True).content.decode()


def test_lists_that_wait_are_offered_and_taken_away(unit_head, cast, catalogues):
    preview(unit_head, cast, a_list(ROWS))
    assert "Lists that wait" in unit_head.get(url(cast, "lists")).content.decode()
    page = unit_head.post(url(cast, "list_give_up", SentList.objects.get().pk), follow=True)
    assert "is taken away" in page.content.decode()
    assert not SentList.objects.exists()


def test_a_filled_in_template_is_read(unit_head, cast, catalogues):
    answer = unit_head.get(url(cast, "list_template"))
    book = load_workbook(BytesIO(answer.content))
    sheet = book["Danh sách"]
    checks = {str(check.sqref).split("5")[0]: check.formula1 for check in sheet.data_validations.dataValidation}
    values = book["DanhMuc"]
    assert (values.sheet_state, values["A1"].value, values["A2"].value) == ("hidden", "Nam", "Nữ")
    assert checks["D"] == "DanhMuc!$A$1:$A$2"
    assert [cell.value for cell in values["H"] if cell.value] == ["Điển hình", "Thủ trưởng"]  # those with seats
    filled = [1, "Lê An", "5/9/1980", "Nam", "Kinh", "Không", "3/2/1999", "Tiến sĩ", "Giáo sư", "Cao cấp"]
    filled += ["Trưởng phòng", "Phòng Quang tử"]
    filled += ["Chiến sĩ thi đua cơ sở", 2019, "12/QĐ-VKT, 15/01/2020, Viện trưởng", "Điển hình", "Thủ trưởng"]
    filled += [None, "0912345678", "an@most.gov.vn", "đi xe riêng"]
    for column, value in enumerate(filled, start=1):
        sheet.cell(5, column).value = value
    preview(unit_head, cast, saved(book))
    unit_head.post(url(cast, "list_apply", SentList.objects.get().pk))
    one = Delegate.objects.get()
    assert (one.full_name, one.rank, one.education, one.award_year) == ("Lê An", "professor", "doctor", 2019)
    assert [tag.short_vi for tag in one.tags.all()] == ["Thủ trưởng"]
    assert (one.party_joined, one.sub_unit) == (PartialDate(1999, 2, 3), "Phòng Quang tử")
    assert one.awards.get().decision == "12/QĐ-VKT, 15/01/2020, Viện trưởng"
    assert (one.email, one.note, one.party_member) == ("an@most.gov.vn", "đi xe riêng", True)


def test_the_ministrys_template_asks_where_people_come_from(client, cast, catalogues):
    client.force_login(cast.officer)
    answer = client.get(url(cast, "list_template") + "?unit=ministry")
    assert "Cơ quan, đơn vị" in [cell.value for cell in load_workbook(BytesIO(answer.content))["Danh sách"][4]]


def test_the_department_says_whose_list_it_is(client, cast, catalogues):
    client.force_login(cast.officer)
    page = client.get(url(cast, "lists"), follow=True)
    assert f"?unit={cast.far_unit.pk}" in page.content.decode()
    assert client.get(url(cast, "lists") + f"?unit={cast.far_unit.pk}").status_code == 200


@pytest.mark.parametrize("asked", ["ministry", "far", "999999"])
def test_a_unit_sends_for_itself_alone(unit_head, cast, catalogues, asked):
    asked = str(cast.far_unit.pk) if asked == "far" else asked
    for name in ("lists", "list_template"):
        page = unit_head.get(url(cast, name) + f"?unit={asked}")
        assert page.status_code == 404


def test_personal_data_of_a_list_stays_with_those_who_may_read_it(unit_head, client, cast, catalogues):
    preview(unit_head, cast, a_list(ROWS))
    sent = SentList.objects.get()
    for role in ("unit_clerk", "block_head", "member", "desk", "stranger"):
        client.force_login(getattr(cast, role))
        assert client.get(url(cast, "list", sent.pk)).status_code == 404
        assert client.post(url(cast, "list_marked", sent.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 40])
def test_a_preview_costs_the_same_whatever_its_length(
    unit_head, cast, catalogues, count, django_assert_max_num_queries
):
    preview(unit_head, cast, a_list([a_row(number, sex="?") for number in range(count)]))
    with django_assert_max_num_queries(10):
        unit_head.get(url(cast, "list", SentList.objects.get().pk))
