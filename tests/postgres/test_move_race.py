"""Dates moved by several people at once: whoever waits for a task never begins before it is due."""

import threading
from datetime import date

import pytest

from congress import actions, invariants
from congress.actions import moves, plan
from congress.models import Conference, DateMove, Task
from congress.queries.schedule import preview
from core import audit
from core.versions import Stale
from tests import factories as make
from tests.postgres.race import at_once, crashes
from units.models import Office

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 5
WORDS = {"reason": "COVID-19", "document": "TB 815"}


@pytest.fixture
def officer(settings):
    settings.PORTAL_TODAY = date(2020, 3, 20)
    user = make.make_user("officer")
    make.make_office(user, Office.Role.DEPARTMENT_OFFICER)
    return user


@pytest.fixture
def need(officer) -> Task:
    """A published task until the end of June."""
    dates = {"starts": date(2020, 4, 1), "due": date(2020, 6, 30)}
    return make.make_task(make.make_congress(), make.make_unit(), name_vi="Hội nghị", **dates)


@pytest.fixture
def waiting(need) -> Task:
    """A published task that needs it, and begins a fortnight after it."""
    dates = {"starts": date(2020, 7, 15), "due": date(2020, 9, 20)}
    return make.make_task(need.congress, need.lead, name_vi="Chọn báo cáo", needs=[need], **dates)


@pytest.fixture
def conference(need) -> Conference:
    return make.make_conference(need.congress, need.lead, held_on=date(2020, 5, 12), session="morning")


@pytest.fixture
def later_and_earlier(officer, need, waiting):
    """One moves a task later, another the one that waits for it earlier; each has looked at the plan before the other.

    Each move alone leaves the two in order.
    """
    wanted = [(need, date(2020, 4, 1), date(2020, 7, 10)), (waiting, date(2020, 7, 1), date(2020, 9, 1))]
    marks = [preview(*one).mark for one in wanted]

    def move(number: int) -> Task:
        task, starts, due = wanted[number]
        return actions.move_task(
            actor=officer, task=task, version=task.version, starts=starts, due=due, seen=marks[number], **WORDS
        )

    return lambda: at_once(2, move)


def in_order(need, waiting) -> bool:
    return Task.objects.get(pk=need.pk).due < Task.objects.get(pk=waiting.pk).starts


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_of_two_moves_that_do_not_go_together_one_is_done(need, waiting, later_and_earlier, _round):
    results = later_and_earlier()
    assert not crashes(results)
    assert sum(isinstance(one, Stale) for one in results) == 1
    assert DateMove.objects.count() == 1
    assert in_order(need, waiting)
    assert list(audit.faults()) == []


def test_control_without_the_lock_a_task_begins_before_what_it_needs(need, waiting, later_and_earlier, monkeypatch):
    found, together = moves.plan_schedule.move, threading.Barrier(2)

    def at_the_same_moment(*args):
        outcome = found(*args)
        together.wait(timeout=20)
        return outcome

    monkeypatch.setattr(moves, "lock", lambda model, pk: model.objects.get(pk=pk))
    monkeypatch.setattr(moves.plan_schedule, "move", at_the_same_moment)
    results = later_and_earlier()
    assert not [one for one in results if isinstance(one, Exception)]
    assert not in_order(need, waiting)


def test_of_twenty_who_move_one_task_one_does(officer, need):
    def move(number: int) -> Task:
        due = date(2020, 7, 1 + number)
        return actions.move_task(
            actor=officer, task=need, version=need.version, starts=date(2020, 4, 1), due=due, **WORDS
        )

    results = at_once(20, move)
    assert not crashes(results)
    assert sum(isinstance(one, Task) for one in results) == 1
    assert DateMove.objects.count() == 1


def draft(conference) -> dict:
    return {
        "phase": make.make_phase(conference.congress), "name_vi": "Gửi báo cáo", "lead": conference.units.first(),
        "anchor": Task.Anchor.CONFERENCE, "anchor_conference": conference, "offset_days": 10, "length_days": 5,
    }  # fmt: skip


def postponed_and_followed(officer, conference) -> list:
    """A conference gets another day while a task is written that is due ten days after it."""
    task = draft(conference)
    acts = (
        lambda: actions.schedule_conference(
            actor=officer, conference=conference, version=conference.version, held_on=date(2020, 6, 9), **WORDS
        ),
        lambda: actions.add_task(actor=officer, congress=conference.congress, **task),
    )
    return at_once(2, lambda number: acts[number]())


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_task_follows_a_conference_that_is_moved_meanwhile(officer, conference, _round):
    results = postponed_and_followed(officer, conference)
    assert not [one for one in results if isinstance(one, Exception)]
    assert invariants.faults(conference.congress) == []
    assert Task.objects.get(name_vi="Gửi báo cáo").due == date(2020, 6, 19)


def test_control_without_the_lock_a_task_is_left_with_the_old_day(officer, conference, monkeypatch):
    follow, written = moves.plan_schedule.after_event, plan.add_row
    looked, moved = threading.Event(), threading.Event()

    def after_event(*args):
        looked.wait(timeout=20)
        try:
            return follow(*args)
        finally:
            moved.set()

    def add_row(**fields):
        looked.set()
        moved.wait(timeout=20)
        written(**fields)

    monkeypatch.setattr(plan, "lock", lambda model, pk: model.objects.get(pk=pk))
    monkeypatch.setattr(moves.plan_schedule, "after_event", after_event)
    monkeypatch.setattr(plan, "add_row", add_row)
    postponed_and_followed(officer, conference)
    assert invariants.faults(conference.congress) != []
