"""Tasks: their state through time, who reports them, and two people on one task."""

from datetime import date

import pytest
from django.urls import reverse

from congress import actions, rules
from congress.models import Task
from core.refusal import Refused
from core.versions import Stale
from tests import factories as make

START, DUE = date(2020, 3, 1), date(2020, 5, 10)
STATES = [
    # day, progress, finished on, status → state
    (date(2020, 2, 28), 0, None, "goes_on", Task.State.NOT_STARTED),
    (date(2020, 2, 28), 10, None, "goes_on", Task.State.UNDER_WAY),
    (START, 0, None, "goes_on", Task.State.UNDER_WAY),
    (DUE, 50, None, "goes_on", Task.State.UNDER_WAY),
    (date(2020, 5, 11), 50, None, "goes_on", Task.State.OVERDUE),
    (date(2020, 5, 11), 100, DUE, "goes_on", Task.State.DONE),
    (date(2020, 5, 20), 100, date(2020, 5, 11), "goes_on", Task.State.DONE_LATE),
    (date(2020, 5, 20), 50, None, "paused", Task.State.PAUSED),
    (date(2020, 5, 20), 50, None, "dropped", Task.State.DROPPED),
]


@pytest.mark.parametrize(("day", "progress", "finished_on", "status", "state"), STATES)
def test_state_follows_from_dates_and_progress(day, progress, finished_on, status, state):
    task = Task(starts=START, due=DUE, progress=progress, finished_on=finished_on, status=status)
    assert task.state_on(day) == state


@pytest.fixture
def task(cast, today):
    today(2020, 5, 15)
    return make.make_task(cast.congress, cast.unit, starts=START, due=DUE, name_vi="Soạn hướng dẫn")


def report(task, actor, **fields):
    values = {"progress": 40, "finished": False, "difficulty": "", "status": "goes_on", "version": task.version}
    return actions.report_task(actor=actor, task=task, **values | fields)


REPORTERS = {"officer", "department_head", "unit_head"}


def test_the_lead_unit_and_the_department_report(cast, task):
    for name, user in cast.roles.items():
        assert (rules.why_not_report_task(user, task) is None) == (name in REPORTERS), name


def test_only_the_department_keeps_the_plan(cast):
    for name, user in cast.roles.items():
        assert (rules.why_not_keep_plan(user) is None) == (name in {"officer", "department_head"}), name


def test_finishing_keeps_the_day_and_the_trail_says_what_changed(cast, task):
    task = report(task, cast.unit_head, finished=True)
    assert (task.progress, task.finished_on) == (100, date(2020, 5, 15))
    assert task.state == Task.State.DONE_LATE


def test_a_stranger_is_refused_and_nothing_changes(cast, task):
    with pytest.raises(Refused):
        report(task, cast.stranger)
    task.refresh_from_db()
    assert task.progress == 0


def test_a_stale_report_is_not_saved(cast, task):
    report(task, cast.unit_head, difficulty="Thiếu người")
    with pytest.raises(Stale):
        report(task, cast.officer, difficulty="Thiếu tiền")


def test_the_conflict_page_shows_both_texts(cast, task, enter):
    url = reverse("congress:task", args=["2020", task.pk])
    form = {"progress": "50", "status": "goes_on", "version": task.version}
    assert enter(cast.unit_head).post(url, {**form, "difficulty": "Thiếu người"}).status_code == 302
    answer = enter(cast.officer).post(url, {**form, "difficulty": "Thiếu tiền"})
    assert answer.status_code == 409
    assert "Thiếu người" in answer.text
    assert "Thiếu tiền" in answer.text


def test_the_list_narrows_and_finds_without_accents(cast, task, enter):
    make.make_task(cast.congress, cast.far_unit, name_vi="Viết báo cáo", starts=date(2020, 5, 1), due=date(2020, 9, 1))
    client, url = enter(cast.unit_head), reverse("congress:plan", args=["2020"])
    assert "Viết báo cáo" not in client.get(url, {"q": "soan huong"}).text
    assert "Viết báo cáo" not in client.get(url, {"state": "late"}).text
    assert "Viết báo cáo" not in client.get(url, {"mine": "yes"}).text
    page = client.get(url, {"lead": cast.far_unit.pk}).text
    assert "Viết báo cáo" in page
    assert "Soạn hướng dẫn" not in page


def test_a_sent_form_adds_one_task(cast, enter):
    phase = make.make_phase(cast.congress)
    form = {
        "name_vi": "Mời khách",
        "phase": phase.pk,
        "lead": cast.unit.pk,
        "starts": "1/5/2020",
        "due": "05-09-2020",
        "once": "0e3f8c4e-8d3b-4c11-9f6e-7f2f0d3f7a01",
    }
    client, url = enter(cast.officer), reverse("congress:task_add", args=["2020"])
    first, second = client.post(url, form), client.post(url, form)
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert Task.objects.get(name_vi="Mời khách").due == date(2020, 9, 5)


def test_faults_keep_what_was_typed(cast, enter):
    form = {
        "name_vi": "Mời khách",
        "starts": "1/5/2020",
        "due": "1/4/2020",
        "once": "0e3f8c4e-8d3b-4c11-9f6e-7f2f0d3f7a02",
    }
    page = enter(cast.officer).post(reverse("congress:task_add", args=["2020"]), form).text
    assert "Mời khách" in page
    assert not Task.objects.exists()


@pytest.mark.parametrize("name", ["plan", "conferences", "programme", "congress"])
def test_a_page_costs_the_same_at_one_row_and_at_five(cast, enter, django_assert_max_num_queries, name):
    client, url = enter(cast.unit_head), reverse(f"congress:{name}", args=["2020"])
    counts = []
    for _round in range(2):
        for _row in range(1 if not counts else 4):
            make.make_task(cast.congress, make.make_unit())
            make.make_conference(cast.congress, make.make_unit(), held_on=date(2020, 5, 1), session="morning")
            make.make_programme_item(cast.congress)
        with django_assert_max_num_queries(12) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
