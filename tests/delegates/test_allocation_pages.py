"""The pages of the allocation, of transfers, of the order of priority and of the reserve list."""

import re
import time
from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry, Job, Mail
from delegates import actions, queries
from delegates.forms.allocation import as_address
from delegates.models import Allocation, Delegate, Quota, SeatTransfer
from delegates.queries import Plan
from tests import factories
from tests.delegates import factories as make
from tests.delegates.test_exports import take, text_of

pytestmark = pytest.mark.django_db

DEPARTMENT = {"officer", "department_head"}
UNITS = {"unit_head", "unit_clerk", "block_head"}


def address(name: str, *args, **query) -> str:
    return reverse(f"delegates:{name}", args=["2020", *args], query=query or None)


@pytest.fixture
def plan(cast, hall) -> Plan:
    for unit, headcount in [(cast.unit, 300), (cast.other_unit, 100), (cast.far_unit, 50)]:
        type(unit).objects.filter(pk=unit.pk).update(headcount=headcount, headcount_on=date(2019, 7, 31))
    return Plan(
        method="sainte_lague",
        target=20,
        own={hall.leader.pk: 2},
        parts={hall.model.pk: 2, hall.collective.pk: 1},
        floor=1,
    )


@pytest.fixture
def what_if(plan):
    """The what-if page's address of the plan, with changes."""

    def asked(**changes) -> str:
        query = QueryDict(as_address(plan), mutable=True)
        for name, value in changes.items():
            query[name.replace("_of_", "-")] = str(value)
        return f"{address('what_if')}?{query.urlencode()}"

    return asked


@pytest.fixture
def issued(cast, plan) -> Allocation:
    made = actions.make_version(actor=cast.officer, congress=cast.congress, plan=plan, asked=as_address(plan))
    approved = actions.approve_version(actor=cast.department_head, allocation=made, version=1)
    return actions.issue_version(actor=cast.officer, allocation=approved, version=2, document="CV 120")[0]


# ---- What if ----


def test_the_address_is_the_question_and_nothing_is_written(cast, hall, enter, what_if):
    client = enter(cast.officer)
    before = list(Quota.objects.values_list("pk", "seats", "version"))
    for method in Allocation.Method.values:
        page = client.get(what_if(method=method))
        assert page.status_code == 200
        assert page.context["proposal"].total == 20
        assert f'<option value="{method}" selected>' in page.content.decode()
    assert list(Quota.objects.values_list("pk", "seats", "version")) == before
    assert not Allocation.objects.exists()
    assert not AuditEntry.objects.exists()
    assert client.post(what_if()).status_code == 200  # a form sent the wrong way writes nothing either
    assert not Allocation.objects.exists()


def test_who_gains_who_loses_and_why_stands_in_the_table(cast, hall, enter, issued, what_if):
    text = enter(cast.officer).get(what_if(floor=1, **{f"max_of_{cast.unit.pk}": 5})).content.decode()
    assert "giữ ở mức tối đa" in text or "kept at the most" in text
    assert re.search(r"<b>−\d+</b>", text)
    assert re.search(r"<b>\+\d+</b>", text)
    assert cast.block.units.get(code="BOA").name_vi in text


def test_against_the_version_in_force_the_same_plan_changes_nothing(cast, hall, enter, issued):
    page = enter(cast.officer).get(address("what_if"))
    proposal = page.context["proposal"]
    assert (proposal.gaining, proposal.losing) == (0, 0)
    assert page.context["rows"] == proposal.rows
    only = enter(cast.officer).get(f"{address('what_if')}?{issued.asked}&only=1")
    assert only.context["rows"] == []


def test_before_any_version_the_page_begins_with_the_seats_given_by_hand(cast, hall, enter):
    type(cast.congress).objects.update(delegates_target=30)
    page = enter(cast.officer).get(address("what_if"))
    assert page.context["form"].data[f"part-{hall.model.pk}"] == "4"
    assert page.context["form"].data["target"] == "30"
    assert page.context["in_force"] is None


BAD = [
    {"target": ""},
    {"target": "400a"},
    {"floor": -1},
    {"ceiling": 0, "floor": 1},
    {"target": 1},
    {"floor": 99},
    {"ceiling": 1, "floor": 0},
    {"method": "dice"},
    {"weight": "typed", "floor": 0},
]


@pytest.mark.parametrize("changes", BAD, ids=str)
def test_what_cannot_be_answered_is_said_above_and_stays_typed(cast, hall, enter, what_if, changes):
    page = enter(cast.officer).get(what_if(**changes))
    text = page.content.decode()
    assert page.status_code == 200
    assert page.context["proposal"] is None
    assert "error-summary" in text
    for name, value in changes.items():
        if name in ("target", "floor", "ceiling"):
            assert f'name="{name}" id="id_{name}" value="{value}"' in text


def test_parts_and_bounds_of_single_units_that_do_not_fit_are_refused(cast, hall, enter, what_if):
    client = enter(cast.officer)
    none = {f"part_of_{hall.model.pk}": 0, f"part_of_{hall.collective.pk}": 0}
    assert client.get(what_if(**none)).context["proposal"] is None
    upside = {f"min_of_{cast.unit.pk}": 5, f"max_of_{cast.unit.pk}": 2}
    page = client.get(what_if(**upside))
    assert page.context["proposal"] is None
    assert "<details" in page.content.decode()


@pytest.mark.parametrize("units", [46])
def test_a_whole_ministry_is_answered_quickly_and_at_the_same_cost(
    cast, hall, enter, plan, units, django_assert_max_num_queries
):
    """The aim is 100 ms on an idle machine; ten times that is a fault anywhere."""
    client, url = enter(cast.officer), f"{address('what_if')}?{as_address(plan)}&unknown=60"
    client.get(url)
    with django_assert_max_num_queries(12) as few:
        client.get(url)
    for number in range(units):
        factories.make_unit(headcount=20 + number, headcount_on=date(2019, 7, 31))
    Allocation.objects.all().delete()
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url + "&target=400")
    start = time.perf_counter()
    assert client.get(f"{address('what_if')}?{as_address(plan)}&target=400").status_code == 200
    assert time.perf_counter() - start < 1


# ---- Versions ----


def make_it(client: Client, plan: Plan, **fields):
    return client.post(
        f"{address('allocation_make')}?{as_address(plan)}", {"once": "11111111-1111-4111-8111-111111111111", **fields}
    )


def test_a_version_is_made_from_the_address_once(cast, hall, enter, plan):
    client = enter(cast.officer)
    page = client.get(f"{address('allocation_make')}?{as_address(plan)}")
    assert page.status_code == 200
    answers = [make_it(client, plan, note="Theo số người") for _ in range(2)]
    made = Allocation.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {made.get_absolute_url()}
    assert (made.note, made.target) == ("Theo số người", 20)
    again = client.get(f"{address('what_if')}?{made.asked}")
    assert again.context["proposal"].cells == queries.version_cells(made)


def test_what_cannot_be_answered_is_not_made(cast, hall, enter, plan):
    answer = make_it(enter(cast.officer), Plan(target=1, floor=9))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(address("what_if"))
    assert not Allocation.objects.exists()


def test_from_the_draft_to_the_letters(cast, hall, enter, plan):
    make_it(enter(cast.officer), plan)
    made = Allocation.objects.get()
    approve, issue = address("allocation_approve", made.pk), address("allocation_issue", made.pk)
    assert enter(cast.officer).post(approve, {"version": 1}).status_code == 403
    assert enter(cast.officer).get(issue).status_code == 409
    assert enter(cast.department_head).post(approve, {"version": 1}).status_code == 302
    assert enter(cast.officer).post(issue, {"version": 2, "document": ""}).status_code == 200
    done = enter(cast.officer).post(issue, {"version": 2, "document": "CV 120"}, follow=True)
    made.refresh_from_db()
    assert (made.state, made.document) == ("issued", "CV 120")
    assert "CV 120" in done.content.decode()
    assert Mail.objects.count() == 3


def test_a_version_that_somebody_else_has_moved_on_is_a_conflict(cast, hall, enter, plan):
    make_it(enter(cast.officer), plan)
    made = Allocation.objects.get()
    answer = enter(cast.department_head).post(address("allocation_approve", made.pk), {"version": 5})
    assert answer.status_code == 409


def test_before_issuing_one_sees_who_would_wait(cast, hall, enter, plan):
    Quota.objects.filter(pk=hall.unit_quota.pk).update(seats=30)
    for _ in range(20):
        make.make_delegate(cast.unit, hall.model)
    make_it(enter(cast.officer), plan)
    made = Allocation.objects.get()
    actions.approve_version(actor=cast.department_head, allocation=made, version=1)
    page = enter(cast.officer).get(address("allocation_issue", made.pk))
    waiting = page.context["sheet"].waiting
    assert waiting > 0
    enter(cast.officer).post(address("allocation_issue", made.pk), {"version": 2, "document": "CV"})
    assert cast.congress.delegates.reserves().count() == waiting


def test_a_unit_sees_what_is_issued_and_no_other_units_headcount(cast, hall, enter, issued):
    draft = make.make_allocation(cast.congress)
    client = enter(cast.unit_head)
    assert client.get(address("allocation", draft.pk)).status_code == 404
    text = client.get(address("allocation", issued.pk)).content.decode()
    assert cast.far_unit.name_vi in text
    assert 'class="mine"' in text
    assert "thương" not in text
    listed = client.get(address("allocations")).context["versions"]
    assert list(listed) == [issued]


LISTS = ["allocations", "what_if", "transfer", "allocation", "order"]


@pytest.mark.parametrize("name", LISTS)
def test_a_page_costs_the_same_at_one_row_and_at_many(cast, hall, enter, issued, name, django_assert_max_num_queries):
    args = {"allocation": [issued.pk], "order": [cast.unit.pk]}.get(name, [])
    client, url = enter(cast.officer), address(name, *args)

    def more(number: int) -> None:
        for _ in range(number):
            unit = factories.make_unit(headcount=9, headcount_on=date(2019, 7, 31))
            make.make_delegate(unit, hall.model)
            make.make_delegate(cast.unit, hall.model)
            make.make_allocation(cast.congress)
            SeatTransfer.objects.create(
                congress=cast.congress, category=hall.model, source=unit, target=cast.unit, seats=1, reason="Dư"
            )

    Quota.objects.filter(unit=cast.unit, category=hall.model).update(seats=50)
    more(1)
    client.get(url)
    with django_assert_max_num_queries(12) as few:
        assert client.get(url).status_code == 200
    more(4)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url)


# ---- Papers ----


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_annex_of_a_version_says_what_was_issued(cast, hall, enter, issued, kind):
    cells = queries.version_cells(issued)
    Quota.objects.filter(unit=cast.unit).update(seats=0)  # the annex keeps what was issued
    for role, sees_headcount in [("officer", True), ("unit_head", False), ("unit_clerk", False)]:
        answer = take(enter(getattr(cast, role)), "allocation", kind, query=f"allocation={issued.pk}")
        assert answer.status_code == 200
        text = text_of(answer.content, kind)
        for word in ("PHÂN BỔ ĐẠI BIỂU", "CV 120", cast.far_unit.name_vi, "Tổng cộng", "Dự phòng", cast.block.name_vi):
            assert word in text, word
        assert str(sum(cells.values())) in text
        assert ("300" in text) == (sees_headcount or role == "unit_head")
    assert take(enter(cast.desk), "allocation", kind, query=f"allocation={issued.pk}").status_code == 403


def test_a_draft_is_no_units_paper(cast, hall, enter, issued):
    draft = make.make_allocation(cast.congress)
    for query in (f"allocation={draft.pk}", "allocation=", "allocation=999999", ""):
        assert take(enter(cast.unit_head), "allocation", "xlsx", query=query).status_code == 404
    assert take(enter(cast.unit_head), "allocation-draft", "xlsx").status_code == 403


def test_what_is_tried_out_can_be_taken_as_a_draft(cast, hall, enter, plan):
    answer = take(enter(cast.officer), "allocation-draft", "docx", query=as_address(plan))
    text = text_of(answer.content, "docx")
    assert "Dự thảo, chưa ban hành" in text
    assert cast.far_unit.name_vi in text
    assert take(enter(cast.officer), "allocation-draft", "docx", query="method=dice").status_code == 409
    assert (
        take(enter(cast.officer), "allocation-draft", "docx", query=as_address(Plan(target=0, floor=9))).status_code
        == 409
    )


def test_the_pdf_is_a_job(cast, hall, enter, issued):
    answer = take(enter(cast.officer), "allocation", "pdf", query=f"allocation={issued.pk}")
    assert answer.status_code == 302
    assert Job.objects.count() == 1


# ---- Transfers ----


def test_a_transfer_by_form(cast, hall, enter):
    client = enter(cast.officer)
    form = {
        "giving": hall.unit_quota.pk,
        "target": cast.far_unit.pk,
        "seats": 1,
        "reason": "Đơn vị không dùng hết",
        "document": "CV 7",
        "once": "11111111-1111-4111-8111-111111111113",
    }
    assert client.get(address("transfer")).status_code == 200
    for _twice in range(2):
        assert client.post(address("transfer"), form).status_code == 302
    assert SeatTransfer.objects.get().seats == 1
    assert "Đơn vị không dùng hết" in client.get(address("allocations")).content.decode()
    assert "Đơn vị không dùng hết" in enter(cast.unit_head).get(address("allocations")).content.decode()
    assert "Đơn vị không dùng hết" not in enter(cast.unit_clerk).get(address("allocations")).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"seats": 3}, {"seats": 0}, {"giving": ""}, {"target": "x"}, {"reason": ""}, {"target": "own"}], ids=str
)
def test_a_transfer_that_does_not_stand_up_stays_typed(cast, hall, enter, wrong):
    form = {"giving": hall.unit_quota.pk, "target": cast.far_unit.pk, "seats": 1, "reason": "Lý do đã viết", **wrong}
    if wrong.get("target") == "own":
        form["target"] = cast.unit.pk
    form["once"] = "11111111-1111-4111-8111-111111111114"
    answer = enter(cast.officer).post(address("transfer"), form)
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    assert "reason" in wrong or "Lý do đã viết" in answer.content.decode()
    assert not SeatTransfer.objects.exists()


# ---- Order and reserve list ----


@pytest.fixture
def full(cast, hall) -> list[Delegate]:
    return [make.make_delegate(cast.unit, hall.model) for _ in range(2)]


def test_people_are_put_in_order_by_buttons(cast, hall, enter, full):
    client, url = enter(cast.unit_head), address("order", cast.unit.pk)
    assert client.get(url).status_code == 200
    answer = client.post(url, {"delegate": full[1].pk, "way": "up"})
    assert answer.headers["Location"] == url
    line = [one.pk for one in cast.congress.delegates.seated().by_priority()]
    assert line == [full[1].pk, full[0].pk]
    for other in (make.make_delegate(cast.other_unit, hall.model).pk, 999_999, "x"):
        assert client.post(url, {"delegate": other, "way": "up"}).status_code == 404


def test_when_no_seat_is_free_the_page_leads_to_the_reserve_list(cast, hall, enter, full):
    client = enter(cast.unit_head)
    url = address("register", unit=cast.unit.pk, category=hall.model.pk)
    refused = client.get(url)
    assert refused.status_code == 409
    assert "reserve=1" in refused.content.decode()
    assert cast.congress.phone in refused.content.decode()
    opened = client.get(f"{url}&reserve=1")
    assert opened.status_code == 200
    form = make.a_form(hall.model, once="11111111-1111-4111-8111-111111111115", reserve="1", full_name="Đặng Thị Chờ")
    assert client.post(f"{url}&reserve=1", form).status_code == 302
    waiting = cast.congress.delegates.get(full_name="Đặng Thị Chờ")
    assert (waiting.state, waiting.reserve_order) == ("reserve", 1)
    unit_page = client.get(address("unit", cast.unit.pk)).content.decode()
    assert "Đặng Thị Chờ" in unit_page
    assert address("promote", waiting.pk) not in unit_page


def test_a_seat_that_went_meanwhile_loses_nothing_that_was_typed(cast, hall, enter, full):
    form = make.a_form(hall.model, once="11111111-1111-4111-8111-111111111116", full_name="Đặng Thị Chậm")
    answer = enter(cast.unit_head).post(address("register", unit=cast.unit.pk), form)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Đặng Thị Chậm"' in text
    assert 'name="reserve" value="1"' in text
    assert not Delegate.objects.filter(full_name="Đặng Thị Chậm").exists()
    assert enter(cast.unit_head).post(address("register"), {**form, "reserve": "1"}).status_code == 302


def test_the_first_on_the_reserve_list_is_called_in_one_click(cast, hall, enter, full):
    waiting = make.make_delegate(cast.unit, hall.model, state="reserve", reserve_order=1)
    client = enter(cast.officer)
    assert client.post(address("promote", waiting.pk), {"version": 1}).status_code == 409
    actions.withdraw(actor=cast.unit_head, delegate=full[0], version=1, reason="Ốm")
    assert address("promote", waiting.pk) in client.get(address("unit", cast.unit.pk)).content.decode()
    assert address("promote", waiting.pk) in client.get(address("delegate", waiting.pk)).content.decode()
    assert client.post(address("promote", waiting.pk), {"version": 1}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == "registered"
    assert Mail.objects.filter(recipient=cast.unit_head).count() == 1


def test_reserves_stand_in_no_list_that_did_not_ask_for_them(cast, hall, enter, full):
    make.make_delegate(cast.unit, hall.model, state="reserve", reserve_order=1, full_name="Đặng Thị Chờ")
    client = enter(cast.officer)
    assert "Đặng Thị Chờ" not in client.get(address("delegates")).content.decode()
    assert "Đặng Thị Chờ" in client.get(address("delegates", state="reserve")).content.decode()
    assert "Đặng Thị Chờ" not in enter(cast.desk).get(address("delegates")).content.decode()
    public = take(client, "delegates-public", "xlsx")
    assert "Đặng Thị Chờ" not in text_of(public.content, "xlsx")
    internal = take(client, "delegates-internal", "xlsx", query="state=reserve")
    assert "Dự bị 1" in text_of(internal.content, "xlsx")


def test_pages_of_the_order_are_the_units_own(cast, hall, enter, full):
    for role, user in cast.roles.items():
        status = enter(user).get(address("order", cast.unit.pk)).status_code
        assert (status == 200) == (role in DEPARTMENT | {"unit_head"}), role


def test_a_draft_is_discarded_at_its_page(cast, hall, enter):
    draft = make.make_allocation(cast.congress)
    where = address("allocation_discard", draft.pk)
    page = enter(cast.officer).get(address("allocation", draft.pk)).content.decode()
    assert where in page
    assert "data-confirm" in page
    assert enter(cast.officer).post(where).url == address("allocations")
    gone = enter(cast.officer).get(address("allocation", draft.pk)).content.decode()
    assert where not in gone
    assert enter(cast.officer).post(where).status_code == 409
