"""A list is applied while others apply it too, register, cut the seats or call from the reserve list.

All or nothing, once, and never beyond the seats. Each guard has a control that fails when the guard is taken away.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from congress.models import Congress
from core import audit
from core.models import AuditEntry, User
from core.refusal import Refused
from core.versions import Stale
from delegates import actions, jobs
from delegates.actions import Changed, SeatFaults
from delegates.invariants import faults
from delegates.models import Category, Delegate, Quota, SentList
from delegates.queries import imports as queries
from tests import factories
from tests.delegates import factories as make
from tests.delegates.imports.workbooks import a_list, a_row
from tests.postgres.race import at_once
from units.models import Office, Unit

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 4
SEATS = 3
EXPECTED = (Refused, Stale, SeatFaults, Changed)


@dataclass
class Desk:
    """A unit with three seats in one category, and the officer who sends its lists."""

    congress: Congress
    unit: Unit
    category: Category
    officer: User

    def send(self, rows: range) -> SentList:
        """A list of new people, looked at."""
        people = [a_row(number, category=self.category.short_vi) for number in rows]
        fields = {"congress": self.congress, "unit": self.unit, "name": "ds.xlsx", "content": a_list(people)}
        sent = actions.send_list(actor=self.officer, **fields)
        sent = jobs.look_at(self.officer, SentList.objects.get(pk=sent.pk))
        assert sent.preview["faults"] == [], sent.preview["faults"]
        return sent

    def apply(self, sent: SentList) -> SentList:
        return actions.apply_list(actor=self.officer, sent=sent)

    def register(self) -> Delegate:
        place = {"congress": self.congress, "unit": self.unit, "category": self.category}
        return actions.register(actor=self.officer, **place, **make.a_person())

    def cut(self) -> dict:
        cell = (self.unit.pk, self.category.pk)
        version = Quota.objects.get(unit=self.unit).version
        return actions.set_seats(actor=self.officer, congress=self.congress, seats={cell: 1}, versions={cell: version})

    def promote(self) -> Delegate:
        first = self.congress.delegates.reserves().select_related("congress", "unit", "category")[0]
        return actions.promote(actor=self.officer, delegate=first, version=first.version)


@pytest.fixture
def desk() -> Desk:
    congress, unit = factories.make_congress(), factories.make_unit()
    category = make.make_category(congress)
    make.make_quota(unit, category, SEATS)
    make.make_ethnic_group(code="01", name_vi="Kinh")
    officer = factories.make_user("officer")
    factories.make_office(officer, Office.Role.DEPARTMENT_OFFICER)
    return Desk(congress, unit, category, officer)


@pytest.fixture
def whole(desk) -> Iterator[None]:
    """When all is over nothing is wrong: not with the seats, and not with the trail."""
    yield
    assert faults(desk.congress) == []
    assert list(audit.faults()) == []


def crashes(results: list) -> list:
    return [one for one in results if isinstance(one, Exception) and not isinstance(one, EXPECTED)]


def unheld(sent: SentList) -> dict[int, Delegate]:
    """What the act holds, read and not held."""
    return {one.pk: one for one in sent.congress.delegates.filter(unit=sent.unit)}


def between_look_and_act(monkeypatch, wait: Callable[[], object]) -> None:
    """Let something happen after a list was compared with the register, and before it is written."""
    read = queries.read_list

    def slowly(*args):
        found = read(*args)
        wait()
        return found

    monkeypatch.setattr(queries, "read_list", slowly)


# ---- One list, applied by several ----


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_one_list_applied_by_several_at_once_is_applied_once(desk, whole, _round):
    sent = desk.send(range(SEATS))
    results = at_once(6, lambda _number: desk.apply(sent))
    assert [one.state for one in results] == ["applied"] * 6
    assert desk.congress.delegates.seated().count() == SEATS
    assert AuditEntry.objects.filter(verb="list.applied").count() == 1


def test_control_without_the_locks_it_is_applied_twice(desk, monkeypatch):
    sent = desk.send(range(SEATS))
    gate = threading.Barrier(2)
    monkeypatch.setattr("delegates.actions.imports._held", unheld)
    monkeypatch.setattr("delegates.actions.imports.locks.lock", lambda model, pk: model.objects.get(pk=pk))
    between_look_and_act(monkeypatch, lambda: gate.wait(timeout=30))
    at_once(2, lambda _number: desk.apply(sent))
    assert desk.congress.delegates.seated().count() == 2 * SEATS
    assert faults(desk.congress) != []


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_the_same_people_sent_by_two_are_registered_once(desk, whole, _round):
    lists = [desk.send(range(SEATS)) for _ in range(2)]
    results = at_once(4, lambda number: desk.apply(lists[number % 2]))
    assert crashes(results) == []
    assert desk.congress.delegates.seated().count() == SEATS
    assert AuditEntry.objects.filter(verb="list.applied").count() == 1
    assert any(isinstance(one, Changed) for one in results)


def test_control_without_the_lock_on_the_seats_they_are_registered_twice(desk, monkeypatch):
    lists = [desk.send(range(SEATS)) for _ in range(2)]
    gate = threading.Barrier(2)
    monkeypatch.setattr("delegates.actions.imports._held", unheld)
    between_look_and_act(monkeypatch, lambda: gate.wait(timeout=30))
    at_once(2, lambda number: desk.apply(lists[number]))
    assert desk.congress.delegates.seated().count() == 2 * SEATS


# ---- A list against one other act on the same seats ----

OTHERS = ["register", "cut", "promote"]


def prepare(desk: Desk, other: str) -> SentList:
    """A list that needs all seats, and whatever the other act needs."""
    if other == "promote":
        make.make_delegate(desk.unit, desk.category, state="reserve", reserve_order=1)
    return desk.send(range(SEATS))


@pytest.mark.parametrize("_round", range(ROUNDS))
@pytest.mark.parametrize("other", OTHERS)
def test_a_list_and_another_act_on_the_same_seats_one_of_the_two(desk, whole, other, _round):
    sent = prepare(desk, other)
    acts = [lambda: desk.apply(sent), getattr(desk, other)]
    results = at_once(2, lambda number: acts[number]())
    assert crashes(results) == []
    assert sum(not isinstance(one, Exception) for one in results) == 1
    seated = desk.congress.delegates.seated().count()
    assert seated in ({SEATS, 0} if other == "cut" else {SEATS, 1})  # everybody of the list, or nobody


@pytest.mark.parametrize("other", OTHERS)
def test_control_without_the_lock_both_happen(desk, monkeypatch, other):
    sent = prepare(desk, other)
    gate = threading.Barrier(2)

    def both() -> None:
        gate.wait(timeout=30)
        gate.wait(timeout=30)  # the other act is through before the list is written

    monkeypatch.setattr("delegates.actions.imports._held", unheld)
    between_look_and_act(monkeypatch, both)

    def act(number: int):
        if not number:
            return desk.apply(sent)
        gate.wait(timeout=30)
        done = getattr(desk, other)()
        gate.wait(timeout=30)
        return done

    results = at_once(2, act)
    assert not [one for one in results if isinstance(one, Exception)]
    assert faults(desk.congress) != []
