"""Registrations, imports, transfers, cuts, mergers and calls from the reserve list, all at once: nobody ever sits
where there is no seat.

An observer looks all the time; what it sees is what anybody could have seen at that moment. Each guard has a control
that fails when the guard is taken away.
"""

import os
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest
from django.db import OperationalError, connection

from congress.models import Congress
from core import audit
from core.models import User
from core.refusal import Refused
from core.versions import Stale
from delegates import actions, jobs, rules
from delegates.actions import Changed, SeatFaults
from delegates.actions import requests as request_actions
from delegates.invariants import faults
from delegates.models import Allocation, Category, Delegate, Quota, SeatRequest, SeatTransfer, SentList
from delegates.queries import Plan
from tests import factories
from tests.delegates import factories as make
from tests.delegates.imports.workbooks import a_list, a_row
from tests.postgres.race import at_once
from units.models import Office, Unit

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SECONDS = float(os.environ.get("SEATS_IN_PARALLEL_SECONDS", "12"))
WORKERS = 8
CHANCES = {
    "register": 8, "reserve": 3, "withdraw": 3, "promote": 3, "transfer": 3, "move": 2, "confirm": 2, "replace": 2,
    "by_reserve": 2, "seat_moves": 2, "issue": 1, "set": 1, "import": 3, "merge": 2,
}  # fmt: skip
ACTS = CHANCES.keys()
EXPECTED = (Refused, Stale, SeatFaults, Changed)


@dataclass
class Hall:
    """Three units with seats in one category, and the Department."""

    congress: Congress
    units: list[Unit]
    category: Category
    honoured: Category  # whose seats go along with a successor who has no award
    officer: User
    head: User
    seen: Counter = field(default_factory=Counter)

    def honour(self, people: int) -> None:
        """So many people on seats for those honoured, in the first unit."""
        award = factories.make_award_type()
        for _ in range(people):
            make.make_delegate(self.units[0], self.honoured, highest_award=award, award_year=2018)

    def plan(self, seats: int) -> Plan:
        return Plan(weight="equal", target=seats, parts={self.category.pk: 1})

    def issue(self, seats: int) -> None:
        made = actions.make_version(actor=self.officer, congress=self.congress, plan=self.plan(seats), asked="")
        actions.approve_version(actor=self.head, allocation=made, version=1)
        actions.issue_version(actor=self.officer, allocation=made, version=2, document="CV")

    def register(self, unit: Unit, **person) -> Delegate:
        return actions.register(
            actor=self.officer, congress=self.congress, unit=unit, category=self.category, **make.a_person(**person)
        )

    def send_and_apply(self, unit: Unit, numbers: range) -> SentList:
        """A list of new people: sent, looked at, applied."""
        content = a_list([a_row(number, category=self.category.short_vi) for number in numbers])
        fields = {"congress": self.congress, "unit": unit, "name": "ds.xlsx", "content": content}
        sent = actions.send_list(actor=self.officer, **fields)
        sent = jobs.look_at(self.officer, SentList.objects.get(pk=sent.pk))
        return actions.apply_list(actor=self.officer, sent=sent)

    def transfer(self, source: Unit, target: Unit, seats: int = 1) -> SeatTransfer:
        return actions.transfer_seats(
            actor=self.officer,
            congress=self.congress,
            category=self.category,
            source=source,
            target=target,
            seats=seats,
            reason="Không dùng",
        )


@pytest.fixture
def hall() -> Hall:
    congress = factories.make_congress()
    units = [factories.make_unit() for _ in range(3)]
    category = make.make_category(congress)
    make.make_ethnic_group(code="01", name_vi="Kinh")
    for unit in units:
        make.make_quota(unit, category, 4)
    honoured = make.make_category(congress, needs_award=True, counted=False)  # no version writes these seats
    officer, head = factories.make_user("officer"), factories.make_user("head")
    factories.make_office(officer, Office.Role.DEPARTMENT_OFFICER)
    factories.make_office(head, Office.Role.DEPARTMENT_HEAD)
    return Hall(congress, units, category, honoured, officer, head)


OVERFULL = """
    SELECT count(*) FROM delegates_quota q
    WHERE q.seats < (SELECT count(*) FROM delegates_delegate d
                     WHERE d.congress_id = q.congress_id AND d.unit_id = q.unit_id AND d.category_id = q.category_id
                       AND d.state IN ('registered', 'confirmed'))
"""
ALL_SEATS = "SELECT coalesce(sum(seats), 0) FROM delegates_quota"


class Observer(threading.Thread):
    """Looks whether somebody sits where there is no seat, again and again; one statement sees one moment."""

    def __init__(self) -> None:
        super().__init__()
        self.over, self.looks, self.stop = 0, 0, threading.Event()

    def run(self) -> None:
        try:
            with connection.cursor() as cursor:
                while not self.stop.is_set():
                    cursor.execute(OVERFULL)
                    self.over += cursor.fetchone()[0]
                    self.looks += 1
                    time.sleep(0.002)
        finally:
            connection.close()


def any_of(hall: Hall, chance: random.Random, **states) -> Delegate:
    people = list(hall.congress.delegates.filter(**states).select_related("congress", "unit", "category"))
    if not people:
        raise Refused("nobody is there")
    return chance.choice(people)


def one_act(hall: Hall, chance: random.Random) -> str:
    """Something that somebody does; what it was."""
    unit, other = chance.sample(hall.units, 2)
    act = chance.choices([*CHANCES], [*CHANCES.values()])[0]
    if act == "register":
        hall.register(unit)
    elif act == "import":
        first = chance.randrange(7900)
        hall.send_and_apply(unit, range(first, first + chance.randint(1, 2)))
    elif act == "merge":
        stays, goes = (any_of(hall, chance, state__in=["registered", "confirmed", "reserve"]) for _ in range(2))
        read = {"version": stays.version, "other_version": goes.version}
        actions.merge_twins(actor=hall.officer, stays=stays, goes=goes, **read)
    elif act == "reserve":
        fields = {"congress": hall.congress, "unit": unit, "category": hall.category}
        actions.register_reserve(actor=hall.officer, **fields, **make.a_person())
    elif act == "withdraw":
        one = any_of(hall, chance, state__in=["registered", "confirmed", "reserve"])
        actions.withdraw(actor=hall.officer, delegate=one, version=one.version, reason="Ốm")
    elif act == "promote":
        one = hall.congress.delegates.reserves().select_related("congress", "unit", "category").first()
        if one is None:
            raise Refused("nobody waits")
        actions.promote(actor=hall.officer, delegate=one, version=one.version)
    elif act == "transfer":
        hall.transfer(unit, other)
    elif act == "move":
        actions.move(actor=hall.officer, delegate=any_of(hall, chance, state="registered"), up=chance.random() < 0.5)
    elif act == "confirm":
        one = any_of(hall, chance, state="registered")
        actions.confirm(actor=hall.officer, delegate=one, version=one.version)
    elif act == "replace":
        one = any_of(hall, chance, state="registered")
        person = make.a_person()
        actions.replace(
            actor=hall.officer, delegate=one, version=one.version, reason="Ốm", category=hall.category, **person
        )
    elif act == "by_reserve":
        one, waits = any_of(hall, chance, state="registered"), any_of(hall, chance, state="reserve")
        read = {"version": one.version, "reserve": waits, "reserve_version": waits.version}
        actions.replace_by_reserve(actor=hall.officer, delegate=one, **read, reason="Ốm")
    elif act == "seat_moves":
        one = any_of(hall, chance, state="registered", category=hall.honoured)
        read = {"version": one.version, "category": hall.category}
        actions.replace(actor=hall.officer, delegate=one, **read, reason="Ốm", **make.a_person())
    elif act == "issue":
        hall.issue(chance.randint(3, 15))
    else:
        quota = Quota.objects.get(unit=unit, category=hall.category)
        cell = (unit.pk, hall.category.pk)
        actions.set_seats(
            actor=hall.officer, congress=hall.congress, seats={cell: quota.seats + 1}, versions={cell: quota.version}
        )
    return act


def busy(hall: Hall, seconds: float) -> tuple[Observer, list]:
    """Everybody acts for so long, and until each act was done, and an observer looks on.

    What crashed is returned beside the observer.
    """
    observer, crashes, start = Observer(), [], time.monotonic()
    observer.start()

    def goes_on() -> bool:
        gone = time.monotonic() - start
        return gone < seconds or (not hall.seen.keys() >= ACTS and gone < 10 * seconds)

    def work(number: int) -> None:
        chance = random.Random(number)
        while goes_on():
            try:
                hall.seen[one_act(hall, chance)] += 1
            except EXPECTED:
                hall.seen["refused"] += 1
            except Exception as error:
                crashes.append(error)

    at_once(WORKERS, work)
    observer.stop.set()
    observer.join()
    return observer, crashes


def test_whatever_happens_at_once_nobody_sits_without_a_seat(hall):
    hall.honour(40)
    observer, crashes = busy(hall, SECONDS)
    assert crashes == []
    assert observer.over == 0
    assert observer.looks > 50
    assert hall.seen.keys() >= ACTS, hall.seen
    assert faults(hall.congress) == []
    assert list(audit.faults()) == []
    assert Allocation.objects.filter(state="issued").count() == 1
    for unit in hall.units:
        places = list(hall.congress.delegates.filter(unit=unit).reserves().values_list("reserve_order", flat=True))
        assert len(places) == len(set(places))


def test_control_without_the_locks_somebody_does(hall, monkeypatch):
    """The observer sees it when it happens: the same, with nobody holding a quota and everybody looking first."""
    monkeypatch.setattr("delegates.actions.people._hold_seats", lambda *_seat: None)
    monkeypatch.setattr("delegates.actions.allocation._hold_seats", lambda *_seat: None)
    asked = rules.why_not_register

    def slowly(*args):
        reason = asked(*args)
        time.sleep(0.02)
        return reason

    monkeypatch.setattr(rules, "why_not_register", slowly)
    observer = Observer()
    observer.start()
    at_once(12, lambda number: hall.register(hall.units[0]))
    time.sleep(0.1)
    observer.stop.set()
    observer.join()
    assert observer.over > 0
    assert hall.congress.delegates.seated().count() > 4


# ---- One race at a time ----


@pytest.mark.parametrize("_round", range(3))
def test_the_last_unused_seat_is_transferred_or_sat_on(hall, _round):
    first, second, _third = hall.units
    Quota.objects.filter(unit=first).update(seats=1)
    results = at_once(6, lambda number: hall.register(first) if number % 2 else hall.transfer(first, second))
    assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, EXPECTED)]
    assert sum(not isinstance(one, Exception) for one in results) == 1
    with connection.cursor() as cursor:
        cursor.execute(ALL_SEATS)
        assert cursor.fetchone()[0] == 9


def test_seats_that_go_both_ways_do_not_wait_for_each_other_for_ever(hall):
    first, second, _third = hall.units
    pairs = [(first, second), (second, first)]
    results = at_once(10, lambda number: hall.transfer(*pairs[number % 2]))
    assert not [one for one in results if isinstance(one, OperationalError)]
    assert sum(Quota.objects.values_list("seats", flat=True)) == 12
    assert SeatTransfer.objects.count() == sum(not isinstance(one, Exception) for one in results)


def test_control_a_transfer_that_locks_nothing_loses_seats(hall, monkeypatch):
    first, second, _third = hall.units
    gate = threading.Barrier(4)

    def unlocked(congress, category, source, target):
        found = [congress.quotas.get(category=category, unit=unit) for unit in (source, target)]
        gate.wait(timeout=30)  # everybody has read before anybody writes
        return found

    monkeypatch.setattr("delegates.actions.allocation._both_quotas", unlocked)
    monkeypatch.setattr("delegates.actions.allocation.locks.lock", lambda model, pk: model.objects.get(pk=pk))
    at_once(4, lambda _number: hall.transfer(first, second))
    assert SeatTransfer.objects.count() == 4
    assert Quota.objects.get(unit=second).seats < 8


@pytest.mark.parametrize("_round", range(3))
def test_one_free_seat_is_given_to_one_from_the_reserve_list_or_to_one_who_registers(hall, _round):
    unit = hall.units[0]
    Quota.objects.filter(unit=unit).update(seats=1)
    waiting = make.make_delegate(unit, hall.category, state="reserve", reserve_order=1)

    def act(number):
        if number % 2:
            return hall.register(unit)
        return actions.promote(actor=hall.officer, delegate=waiting, version=1)

    results = at_once(6, act)
    assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, EXPECTED)]
    assert hall.congress.delegates.seated().count() == 1


def test_control_without_the_lock_both_sit(hall, monkeypatch):
    unit = hall.units[0]
    Quota.objects.filter(unit=unit).update(seats=1)
    people = [make.make_delegate(unit, hall.category, state="reserve", reserve_order=number) for number in (1, 2)]
    gate, asked = threading.Barrier(2), rules.why_not_sit
    monkeypatch.setattr("delegates.actions.allocation._hold_seats", lambda *_seat: None)

    def both(actor, delegate):
        reason = asked(delegate.congress, delegate.unit, delegate.category)
        gate.wait(timeout=30)
        return reason

    monkeypatch.setattr(rules, "why_not_promote", both)
    at_once(2, lambda number: actions.promote(actor=hall.officer, delegate=people[number], version=1))
    assert hall.congress.delegates.seated().count() == 2
    assert faults(hall.congress) != []


def test_a_version_is_approved_and_issued_by_one_of_many(hall):
    made = actions.make_version(actor=hall.officer, congress=hall.congress, plan=hall.plan(9), asked="")
    approved = at_once(6, lambda _number: actions.approve_version(actor=hall.head, allocation=made, version=1))
    assert sum(isinstance(one, Allocation) for one in approved) == 1
    issued = at_once(6, lambda _number: actions.issue_version(actor=hall.officer, allocation=made, version=2))
    assert sum(isinstance(one, tuple) for one in issued) == 1
    assert not [one for one in [*approved, *issued] if isinstance(one, Exception) and not isinstance(one, EXPECTED)]


def test_versions_made_at_once_get_numbers_of_their_own(hall):
    made = at_once(
        6,
        lambda number: actions.make_version(
            actor=hall.officer, congress=hall.congress, plan=hall.plan(number + 3), asked=""
        ),
    )
    assert sorted(one.number for one in made) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("_round", range(3))
def test_a_draft_is_approved_or_discarded(hall, _round):
    made = actions.make_version(actor=hall.officer, congress=hall.congress, plan=hall.plan(9), asked="")

    def act(number):
        if number % 2:
            return actions.approve_version(actor=hall.head, allocation=made, version=1)
        return actions.discard_version(actor=hall.officer, allocation=made)

    results = at_once(4, act)
    assert sum(isinstance(one, Allocation) for one in results) == 1
    assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, EXPECTED)]


# ---- Seats that were asked for ----


def asked(hall: Hall, number: int) -> SeatRequest:
    """A unit asks for one more seat for the first on its reserve list."""
    unit = hall.units[number]
    Quota.objects.filter(unit=unit, category=hall.category).update(seats=0)
    return make.make_request(make.make_delegate(unit, hall.category, state="reserve", reserve_order=1))


def given(hall: Hall, requests: list[SeatRequest]) -> list:
    return at_once(len(requests), lambda number: actions.give_seat(actor=hall.officer, request=requests[number]))


def test_a_seat_is_given_once(hall):
    request = asked(hall, 0)
    results = given(hall, [request] * 4)
    assert sum(isinstance(one, Delegate) for one in results) == 1
    assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, EXPECTED)]
    assert Quota.objects.get(unit=hall.units[0], category=hall.category).seats == 1
    assert list(audit.faults()) == []


def with_one_seat_left(hall: Hall) -> list[SeatRequest]:
    requests = [asked(hall, number) for number in range(2)]
    seats = sum(Quota.objects.filter(category__counted=True).values_list("seats", flat=True))
    Congress.objects.filter(pk=hall.congress.pk).update(delegates_target=seats + 1)
    return requests


def test_two_are_not_given_the_last_seat_that_is_left(hall):
    results = given(hall, with_one_seat_left(hall))
    assert sum(isinstance(one, Delegate) for one in results) == 1
    assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]


def test_control_without_the_congress_lock_both_are_given_the_last_seat(hall, monkeypatch):
    totals, gate = request_actions.seat_totals, threading.Barrier(2)

    def slowly(congress):
        found = totals(congress)
        gate.wait(timeout=20)
        return found

    lock = request_actions.locks.lock
    monkeypatch.setattr(request_actions, "seat_totals", slowly)
    monkeypatch.setattr(
        request_actions.locks,
        "lock",
        lambda model, pk: model.objects.get(pk=pk) if model is Congress else lock(model, pk),
    )
    results = given(hall, with_one_seat_left(hall))
    assert [type(one) for one in results] == [Delegate, Delegate]
