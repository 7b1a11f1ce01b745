"""Dates of published tasks are moved: seen first, with reason and document, kept for good; events pull theirs along."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress import actions, rules
from congress.models import Conference, DateMove, Task
from core.models import AuditEntry, Mail
from core.refusal import Refused
from core.versions import Stale
from tests import factories as make

D = date


@pytest.fixture
def task(cast, today) -> Task:
    today(2020, 3, 20)
    return make.make_task(cast.congress, cast.unit, name_vi="Hội nghị", starts=D(2020, 4, 1), due=D(2020, 6, 30))


@pytest.fixture
def follower(cast, task) -> Task:
    return make.make_task(
        cast.congress, cast.far_unit, name_vi="Chọn báo cáo", starts=D(2020, 7, 1), due=D(2020, 9, 20), needs=[task]
    )


def move(task, actor, starts, due, **fields) -> Task:
    values = {"version": task.version, "reason": "COVID-19", "document": "TB 815 ngày 20/3/2020"}
    return actions.move_task(actor=actor, task=task, starts=starts, due=due, **values | fields)


def dates(task) -> tuple:
    task.refresh_from_db()
    return task.starts, task.due


def test_only_the_department_moves_dates(cast, task):
    for name, user in cast.roles.items():
        assert (rules.why_not_move_task(user, task) is None) == (name in {"officer", "department_head"}), name


@pytest.mark.parametrize(
    "fields",
    [{"published_at": None}, {"finished_on": D(2020, 3, 1)}, {"status": "dropped"}],
    ids=["not published", "finished", "dropped"],
)
def test_what_is_not_published_or_over_is_not_moved(cast, task, fields):
    Task.objects.filter(pk=task.pk).update(**fields)
    with pytest.raises(Refused):
        move(task, cast.officer, D(2020, 4, 2), D(2020, 7, 1))


def test_a_move_keeps_everything_and_drags_along_what_waits(cast, task, follower):
    moved = move(task, cast.officer, D(2020, 4, 20), D(2020, 7, 20))
    assert (moved.baseline_due, moved.drift) == (D(2020, 6, 30), 20)
    first, second = DateMove.objects.all()
    assert (first.task, first.old_from, first.old_until) == (task, D(2020, 4, 1), D(2020, 6, 30))
    assert (first.new_from, first.new_until, first.because_of) == (D(2020, 4, 20), D(2020, 7, 20), None)
    assert (first.reason, first.document, first.actor) == ("COVID-19", "TB 815 ngày 20/3/2020", cast.officer)
    assert (second.task, second.because_of) == (follower, first)
    assert dates(follower) == (D(2020, 7, 21), D(2020, 10, 10))
    assert AuditEntry.objects.filter(verb="task.moved").count() == 2


def test_a_finished_follower_stays(cast, task, follower):
    Task.objects.filter(pk=follower.pk).update(finished_on=D(2020, 3, 1))
    move(task, cast.officer, D(2020, 4, 20), D(2020, 7, 20))
    assert dates(follower) == (D(2020, 7, 1), D(2020, 9, 20))


def test_whoever_comes_second_is_told(cast, task):
    move(task, cast.officer, D(2020, 4, 20), D(2020, 7, 20))
    with pytest.raises(Stale):
        move(task, cast.department_head, D(2020, 5, 1), D(2020, 8, 1))


def test_what_was_agreed_to_is_what_is_done(cast, task, follower, enter):
    address = reverse("congress:task_move", args=["2020", task.pk])
    client = enter(cast.officer)
    page = client.get(address, {"starts": "20/04/2020", "due": "20/07/2020"})
    seen = page.context["preview"].mark
    move(follower, cast.department_head, D(2020, 7, 5), D(2020, 9, 24))
    form = {"starts": "20/04/2020", "due": "20/07/2020", "reason": "Dịch bệnh", "document": "TB 815"}
    form |= {"version": task.version, "seen": seen, "once": uuid4()}
    answer = client.post(address, form)
    assert answer.status_code == 409
    assert "Dịch bệnh" in answer.text
    assert dates(task) == (D(2020, 4, 1), D(2020, 6, 30))
    with pytest.raises(Stale):
        move(task, cast.officer, D(2020, 4, 20), D(2020, 7, 20), seen=seen)
    form |= {"seen": answer.context["preview"].mark, "once": uuid4()}
    assert client.post(address, form).status_code == 302
    assert dates(follower) == (D(2020, 7, 21), D(2020, 10, 10))


def test_looking_at_what_moves_changes_nothing_and_names_every_date(cast, task, follower, enter):
    page = enter(cast.officer).get(reverse("congress:task_move", args=["2020", task.pk]), {
        "starts": "20/4/2020", "due": "20-7-2020",
    })  # fmt: skip
    assert follower.name in page.text
    assert "10/10/2020" in page.text
    assert not DateMove.objects.exists()
    assert dates(task) == (D(2020, 4, 1), D(2020, 6, 30))


@pytest.mark.parametrize(
    ("missing", "kept"), [("reason", "TB 815"), ("document", "Dịch bệnh")], ids=["no reason", "no document"]
)
def test_reason_and_document_are_asked_for_and_nothing_typed_is_lost(cast, task, enter, missing, kept):
    address = reverse("congress:task_move", args=["2020", task.pk])
    form = {"starts": "20/04/2020", "due": "20/07/2020", "reason": "Dịch bệnh", "document": "TB 815", missing: ""}
    answer = enter(cast.officer).post(address, form | {"version": task.version, "once": uuid4()})
    assert kept in answer.text
    assert "20/07/2020" in answer.text
    assert not DateMove.objects.exists()


def test_a_reason_with_a_full_stop_goes_on_to_the_document(cast, task, enter):
    move(task, cast.officer, D(2020, 4, 20), D(2020, 7, 20), reason="Do dịch.", document="TB 815")
    assert "Do dịch, TB 815" in enter(cast.officer).get(task.get_absolute_url()).text


def test_two_people_move_one_task_and_both_dates_are_shown(cast, task, enter):
    address = reverse("congress:task_move", args=["2020", task.pk])
    client = enter(cast.officer)
    seen = client.get(address, {"starts": "20/04/2020", "due": "20/07/2020"}).context["preview"].mark
    move(task, cast.department_head, D(2020, 5, 1), D(2020, 8, 1))
    form = {"starts": "20/04/2020", "due": "20/07/2020", "reason": "Dịch bệnh", "document": "TB 815"}
    answer = client.post(address, form | {"version": task.version, "seen": seen, "once": uuid4()})
    assert answer.status_code == 409
    assert "01/08/2020" in answer.text
    assert "20/07/2020" in answer.text


def test_the_units_concerned_get_one_letter_each(cast, task, follower):
    task.cooperating.set([cast.other_unit])
    move(task, cast.officer, D(2020, 4, 20), D(2020, 7, 20))
    letters = {mail.recipient.username: mail.body for mail in Mail.objects.all()}
    assert set(letters) == {"unit_head", "unit_clerk"}
    assert "30/06/2020 → 20/07/2020" in letters["unit_head"]
    assert follower.name not in letters["unit_head"]


def test_the_form_of_a_published_task_leaves_its_dates_alone(cast, task, enter):
    address = reverse("congress:task_edit", args=["2020", task.pk])
    page = enter(cast.officer).get(address)
    assert not {"starts", "due", "anchor"} & set(page.context["form"].fields)
    form = {
        "name_vi": "Hội nghị cơ sở", "phase": task.phase_id, "lead": task.lead_id, "starts": "1/1/2020",
        "due": "2/1/2020", "version": task.version,
    }  # fmt: skip
    assert enter(cast.officer).post(address, form).status_code == 302
    task.refresh_from_db()
    assert (task.name_vi, task.due) == ("Hội nghị cơ sở", D(2020, 6, 30))
    with pytest.raises(Refused):
        actions.edit_task(actor=cast.officer, task=task, version=task.version, due=D(2020, 7, 1))


# ---- what must be done before ----


def test_nobody_waits_in_a_circle(cast, task, follower, enter):
    with pytest.raises(Refused) as refusal:
        actions.edit_task(actor=cast.officer, task=task, version=task.version, needs=[follower])
    assert "Hội nghị" in refusal.value.reason
    assert "Chọn báo cáo" in refusal.value.reason
    form = {
        "name_vi": task.name_vi, "phase": task.phase_id, "lead": task.lead_id, "needs": follower.pk,
        "version": task.version,
    }  # fmt: skip
    page = enter(cast.officer).post(reverse("congress:task_edit", args=["2020", task.pk]), form)
    assert page.context["form"].errors["needs"]
    assert not task.needs.exists()


def test_what_must_be_done_before_is_of_the_same_plan(cast, task):
    other = make.make_task(make.make_congress(slug="2025", is_current=False), cast.unit)
    with pytest.raises(Refused):
        actions.edit_task(actor=cast.officer, task=task, version=task.version, needs=[other])


# ---- what follows an event ----


def after(cast, **fields) -> Task:
    """A task due ten days after the congress, five days long."""
    values = {"anchor": "congress", "offset_days": 10, "length_days": 5, "name_vi": "Báo cáo kết quả"}
    phase = cast.congress.phases.first() or make.make_phase(cast.congress)
    return actions.add_task(actor=None, congress=cast.congress, phase=phase, lead=cast.unit, **values | fields)


def set_day(cast, day, **fields):
    cast.congress.refresh_from_db()
    return actions.edit_congress(
        actor=cast.officer, congress=cast.congress, version=cast.congress.version, held_on=day, **fields
    )


def test_it_has_its_dates_from_the_event(cast):
    assert dates(after(cast)) == (D(2020, 11, 1), D(2020, 11, 5))


def test_it_follows_the_congress_and_keeps_its_length(cast):
    task = after(cast)
    set_day(cast, D(2020, 11, 2), reason="Dịch", document="QĐ 12")
    assert dates(task) == (D(2020, 11, 8), D(2020, 11, 12))
    own, dragged = DateMove.objects.all()
    assert (own.task, own.old_until, own.new_until, own.reason) == (None, D(2020, 10, 26), D(2020, 11, 2), "Dịch")
    assert (dragged.task, dragged.because_of, dragged.document) == (task, own, "QĐ 12")


def test_it_waits_when_the_day_falls_away_and_comes_back_with_the_new_one(cast, today, enter):
    task = after(cast)
    set_day(cast, None, reason="Dịch")
    assert dates(task) == (None, None)
    today(2021, 1, 1)
    assert task.state == Task.State.WAITS
    assert not Task.objects.overdue(D(2021, 1, 1)).exists()
    assert cast.congress.name in enter(cast.officer).get(task.get_absolute_url()).text
    set_day(cast, D(2021, 3, 1))
    assert dates(task) == (D(2021, 3, 7), D(2021, 3, 11))


def test_it_follows_a_conference_that_is_postponed_without_a_new_day(cast, enter):
    conference = make.make_conference(cast.congress, cast.unit, held_on=D(2020, 5, 5), session="morning")
    task = after(cast, anchor="conference", anchor_conference=conference)
    waits = make.make_task(cast.congress, cast.unit, starts=D(2020, 5, 16), due=D(2020, 5, 20), needs=[task])
    assert dates(task) == (D(2020, 5, 11), D(2020, 5, 15))
    actions.postpone_conference(actor=cast.officer, conference=conference, reason="COVID-19")
    assert dates(task) == (None, None)
    assert dates(waits) == (D(2020, 5, 16), D(2020, 5, 20))
    conference.refresh_from_db()
    actions.schedule_conference(
        actor=cast.officer, conference=conference, version=conference.version, held_on=D(2020, 6, 19),
        session="morning", form=Conference.Form.ONLINE,
    )  # fmt: skip
    assert dates(task) == (D(2020, 6, 25), D(2020, 6, 29))
    assert dates(waits) == (D(2020, 6, 30), D(2020, 7, 4))  # would have begun before


def test_what_is_over_does_not_follow(cast):
    task = after(cast)
    Task.objects.filter(pk=task.pk).update(finished_on=D(2020, 10, 1))
    set_day(cast, D(2020, 11, 2), reason="Dịch")
    assert dates(task) == (D(2020, 11, 1), D(2020, 11, 5))


def test_moved_by_hand_it_stays_tied_at_its_new_distance(cast):
    task = after(cast)
    Task.objects.filter(pk=task.pk).update(published_at="2020-01-01T00:00+07:00")
    task.refresh_from_db()
    task = move(task, cast.officer, D(2020, 11, 1), D(2020, 11, 10))
    assert (task.offset_days, task.length_days) == (15, 10)
    set_day(cast, D(2020, 10, 27), reason="Dịch")
    assert dates(task) == (D(2020, 11, 2), D(2020, 11, 11))


def test_one_without_a_day_is_not_moved_by_hand(cast):
    task = after(cast)
    Task.objects.filter(pk=task.pk).update(published_at="2020-01-01T00:00+07:00")
    set_day(cast, None, reason="Dịch")
    task.refresh_from_db()
    with pytest.raises(Refused):
        move(task, cast.officer, D(2020, 11, 1), D(2020, 11, 10))


def test_pages_and_papers_bear_a_task_without_a_day(cast, enter):
    task = after(cast)
    Task.objects.filter(pk=task.pk).update(published_at="2020-01-01T00:00+07:00")
    set_day(cast, None, reason="Dịch")
    for user in (cast.officer, cast.unit_head):
        client = enter(user)
        for page in (reverse("congress:plan", args=["2020"]), task.get_absolute_url(), reverse("portal:home")):
            assert client.get(page).status_code == 200
        for made in ("xlsx", "docx"):
            file = reverse("documents:take", args=["2020", "plan", made])
            assert client.post(file, {"query": "", "once": uuid4()}).status_code in (200, 302)


@pytest.mark.parametrize(
    "fields",
    [
        {"starts": None, "due": None},
        {"starts": D(2020, 1, 1), "due": None},
        {"anchor": "congress", "starts": None, "due": None},
        {"anchor": "conference", "offset_days": 3, "length_days": 1, "starts": None, "due": None},
        {"offset_days": 3},
    ],
)
def test_a_task_has_days_of_its_own_or_an_event(cast, task, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(**fields)


@pytest.mark.parametrize("fields", [{"offset_days": None}, {"length_days": 0}, {"anchor": "conference"}])
def test_an_event_is_said_wholly(cast, fields):
    with pytest.raises(ValidationError):
        after(cast, **fields)


FAULTS = [
    ({}, {"starts", "due"}),
    ({"starts": "1/5/2020"}, {"due"}),
    ({"anchor": "congress"}, {"offset_days", "length_days"}),
    ({"anchor": "congress", "offset_days": "-20", "length_days": "0"}, {"length_days"}),
    ({"anchor": "conference", "offset_days": "10", "length_days": "5"}, {"anchor_conference"}),
]


@pytest.mark.parametrize(("fields", "faults"), FAULTS)
def test_the_form_says_what_is_missing_at_its_field(cast, enter, fields, faults):
    phase = make.make_phase(cast.congress)
    form = {"name_vi": "Mời khách", "phase": phase.pk, "lead": cast.unit.pk, "once": uuid4()}
    page = enter(cast.officer).post(reverse("congress:task_add", args=["2020"]), form | fields)
    assert set(page.context["form"].errors) == faults


def test_the_form_ties_a_task_to_the_congress(cast, enter):
    phase = make.make_phase(cast.congress)
    form = {"name_vi": "Mời khách", "phase": phase.pk, "lead": cast.unit.pk, "once": uuid4(), "anchor": "congress"}
    form |= {"offset_days": "-20", "length_days": "10", "starts": "1/1/2020"}
    assert enter(cast.officer).post(reverse("congress:task_add", args=["2020"]), form).status_code == 302
    assert dates(Task.objects.get()) == (D(2020, 9, 27), D(2020, 10, 6))


def test_the_day_of_the_congress_moves_with_a_reason(cast, enter):
    client = enter(cast.officer)
    address = reverse("congress:congress_edit", args=["2020"])
    fields = client.get(address).context["form"].initial
    form = {name: "" if value is None else value for name, value in fields.items()}
    for name, value in form.items():
        if isinstance(value, date):
            form[name] = f"{value:%d/%m/%Y}"
    form |= {"version": cast.congress.version, "held_on": "02/11/2020"}
    page = client.post(address, form)
    assert set(page.context["form"].errors) == {"reason"}
    assert client.post(address, form | {"reason": "Dịch", "document": "QĐ 12"}).status_code == 302
    assert DateMove.objects.get().reason == "Dịch"
