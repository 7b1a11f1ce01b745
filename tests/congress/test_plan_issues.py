"""The plan is prepared, approved and published; units see what is published, and say that they have received it."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from congress import actions, rules
from congress.models import PlanIssue, Task
from core.models import AuditEntry, Mail
from core.refusal import Refused
from tests import factories as make
from units.models import Office

DEPARTMENT = {"officer", "department_head"}
UNITS = {"unit_head", "unit_clerk", "block_head"}


@pytest.fixture
def task(cast, today):
    today(2019, 8, 5)
    return make.make_task(
        cast.congress, cast.unit, name_vi="Soạn hướng dẫn", starts=date(2020, 3, 1), due=date(2020, 5, 10),
        published_at=None,
    )  # fmt: skip


@pytest.fixture
def waiting(cast, task) -> PlanIssue:
    return actions.prepare_plan(actor=cast.officer, congress=cast.congress, document="Công văn 2298")


@pytest.fixture
def issue(cast, waiting) -> PlanIssue:
    return actions.publish_plan(actor=cast.department_head, issue=waiting)


def test_who_may_prepare_publish_and_receive(cast, waiting, issue):
    for name, user in cast.roles.items():
        assert (rules.why_not_publish_plan(user, waiting) is None) == (name == "department_head"), name
        assert (rules.why_not_return_plan(user, waiting) is None) == (name in DEPARTMENT), name
        assert (rules.why_not_prepare_plan(user, cast.congress) is None) == (name in DEPARTMENT), name
        assert (rules.why_not_receive_plan(user, issue) is None) == (name in UNITS), name


def test_an_officer_is_refused_in_words(cast, waiting):
    with pytest.raises(Refused) as refusal:
        actions.publish_plan(actor=cast.officer, issue=waiting)
    assert refusal.value.status == 403
    assert not PlanIssue.objects.published().exists()


def test_one_issue_waits_at_a_time(cast, waiting):
    with pytest.raises(Refused):
        actions.prepare_plan(actor=cast.officer, congress=cast.congress)


def test_publishing_keeps_the_dates_as_the_approved_ones(cast, task, issue):
    task.refresh_from_db()
    assert (task.baseline_starts, task.baseline_due) == (task.starts, task.due)
    assert task.published_at == issue.published_at
    assert (issue.number, issue.approved_by, issue.document) == (1, cast.department_head, "Công văn 2298")
    assert [(line.task, line.starts, line.due) for line in issue.lines.all()] == [(task, task.starts, task.due)]


def test_a_published_issue_is_not_published_again_nor_taken_back(cast, issue):
    with pytest.raises(Refused):
        actions.publish_plan(actor=cast.department_head, issue=issue)
    with pytest.raises(Refused):
        actions.return_plan(actor=cast.officer, issue=issue, reason="Sai")


def test_what_is_taken_back_leaves_its_number(cast, waiting):
    actions.return_plan(actor=cast.department_head, issue=waiting, reason="Thiếu đơn vị phối hợp")
    assert AuditEntry.objects.filter(verb="plan.returned", reason="Thiếu đơn vị phối hợp").exists()
    assert actions.prepare_plan(actor=cast.officer, congress=cast.congress).number == 1


def test_a_dropped_task_is_not_published(cast, task, waiting):
    dropped = make.make_task(cast.congress, cast.unit, status="dropped", published_at=None)
    actions.publish_plan(actor=cast.department_head, issue=waiting)
    dropped.refresh_from_db()
    assert dropped.published_at is None


def test_head_and_clerk_of_every_active_unit_get_a_letter(cast, issue):
    to = set(Mail.objects.values_list("recipient__username", flat=True))
    assert to == {"unit_head", "unit_clerk", "block_head", "department_head"}  # the last: that it waits
    assert all(issue.get_absolute_url() in mail.body for mail in Mail.objects.all())


def test_the_head_gets_a_letter_that_the_plan_waits(cast, waiting):
    assert [mail.recipient for mail in Mail.objects.all()] == [cast.department_head]


def test_the_page_publishes_what_was_read_and_nothing_else(cast, task, waiting, enter):
    client = enter(cast.department_head)
    read = client.get(waiting.get_absolute_url()).context["mark"]
    actions.edit_task(actor=cast.officer, task=task, version=task.version, due=date(2020, 6, 1))
    address = reverse("congress:plan_publish", args=["2020", waiting.pk])
    form = {"seen": read, "document": "Công văn 2298", "once": uuid4()}
    assert client.post(address, form).status_code == 409
    form |= {"seen": client.get(waiting.get_absolute_url()).context["mark"], "once": uuid4()}
    assert client.post(address, form).status_code == 302
    task.refresh_from_db()
    assert task.baseline_due == date(2020, 6, 1)


def test_without_the_mark_of_what_was_read_nothing_is_published(cast, waiting, enter):
    address = reverse("congress:plan_publish", args=["2020", waiting.pk])
    assert enter(cast.department_head).post(address, {"once": uuid4()}).status_code == 409


# ---- who sees what ----

PLACES = ["plan", "chart", "calendar"]


def pages(cast, task):
    """Every page that may show a task, with what is asked for."""
    yield reverse("congress:plan", args=["2020"])
    yield reverse("congress:task", args=["2020", task.pk])
    yield reverse("portal:search") + "?q=soan huong dan"
    yield reverse("portal:home")


def test_only_the_department_sees_what_is_not_published(cast, task, enter):
    for name, user in cast.roles.items():
        seen = list(Task.objects.visible_to(user))
        assert bool(seen) == (name in DEPARTMENT), name
        client = enter(user)
        texts = [client.get(page).text for page in pages(cast, task)]
        assert any(task.name in text for text in texts) == (name in DEPARTMENT), name
        assert client.get(task.get_absolute_url()).status_code == (200 if name in DEPARTMENT else 404), name


def test_everybody_sees_what_is_published(cast, task, issue, enter):
    for name, user in cast.roles.items():
        assert list(Task.objects.visible_to(user)) == [task], name
        assert enter(user).get(task.get_absolute_url()).status_code == 200, name


def test_a_task_that_comes_later_waits_for_the_next_issue(cast, task, issue, enter):
    later = make.make_task(cast.congress, cast.unit, name_vi="Viết báo cáo", published_at=None)
    address = reverse("congress:plan", args=["2020"])
    assert later.name not in enter(cast.unit_head).get(address).text
    second = actions.prepare_plan(actor=cast.officer, congress=cast.congress)
    assert enter(cast.unit_head).get(second.get_absolute_url()).status_code == 404
    second = actions.publish_plan(actor=cast.department_head, issue=second)
    assert later.name in enter(cast.unit_head).get(address).text
    page = enter(cast.unit_head).get(second.get_absolute_url()).text
    assert "mới" in page


def test_a_stranger_who_left_sees_nothing(cast, issue):
    cast.unit_head.is_active = False
    assert not Task.objects.visible_to(cast.unit_head).exists()


def test_the_names_of_what_is_not_published_do_not_leak_through_tasks_beside_it(cast, task, enter):
    known = make.make_task(cast.congress, cast.unit, needs=[task])
    assert task.name in enter(cast.officer).get(known.get_absolute_url()).text
    assert task.name not in enter(cast.unit_head).get(known.get_absolute_url()).text


def test_the_filters_offer_no_unit_of_an_unpublished_task(cast, enter):
    make.make_task(cast.congress, cast.far_unit, published_at=None)
    page = reverse("congress:plan", args=["2020"])
    assert cast.far_unit.name in enter(cast.officer).get(page).text
    assert cast.far_unit.name not in enter(cast.stranger).get(page).text


# ---- receipts ----


def test_a_unit_says_once_that_it_has_received_the_plan(cast, issue, enter):
    address = reverse("congress:plan_receive", args=["2020", issue.pk])
    client = enter(cast.unit_head)
    for _click in range(2):
        assert client.post(address).status_code == 302
    receipt = issue.receipts.get()
    assert (receipt.unit, receipt.actor) == (cast.unit, cast.unit_head)
    assert AuditEntry.objects.filter(verb="plan.received").count() == 1


def test_looking_is_not_receiving(cast, issue, enter):
    client = enter(cast.unit_head)
    client.get(issue.get_absolute_url())
    assert client.get(reverse("congress:plan_receive", args=["2020", issue.pk])).status_code == 405
    assert not issue.receipts.exists()


def test_who_acts_for_two_units_receives_for_both(cast, issue):
    make.make_office(cast.unit_head, Office.Role.UNIT_CLERK, cast.far_unit)
    assert len(actions.receive_plan(actor=cast.unit_head, issue=issue)) == 2


def test_the_department_sees_who_has_and_who_has_not(cast, issue, enter):
    actions.receive_plan(actor=cast.unit_head, issue=issue)
    page = enter(cast.officer).get(issue.get_absolute_url())
    lines = {line.unit.code: (line.receipt is not None, bool(line.people)) for line in page.context["receipts"]}
    assert lines == {"NACENTECH": (True, True), "VIPRI": (False, True), "BOA": (False, True), "IPVN": (False, False)}
    assert not enter(cast.unit_head).get(issue.get_absolute_url()).context["receipts"]


def test_the_first_issue_is_compared_with_nothing(cast, issue, enter):
    assert "So với lần trước" not in enter(cast.officer).get(issue.get_absolute_url()).text
    again = actions.prepare_plan(actor=cast.officer, congress=cast.congress, document="Công văn 100")
    assert "So với lần trước" in enter(cast.officer).get(again.get_absolute_url()).text


def test_an_older_issue_is_not_received_any_more(cast, issue):
    later = make.make_issue(cast.congress, number=issue.number + 1)
    with pytest.raises(Refused):
        actions.receive_plan(actor=cast.unit_head, issue=issue)
    assert actions.receive_plan(actor=cast.unit_head, issue=later)
