"""Seats taken, given, passed on and confirmed at the same moment: none is given twice, and nothing is lost."""

import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from congress.models import Congress
from core import audit
from core.models import AuditEntry, User
from core.refusal import Refused
from core.versions import Stale
from delegates import actions, rules
from delegates.actions import SeatFaults
from delegates.invariants import faults
from delegates.models import Category, Delegate, Quota
from tests import factories
from tests.delegates import factories as make
from tests.postgres.race import at_once
from units.models import Office, Unit

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 5
State = Delegate.State


@dataclass
class Place:
    """A unit with one seat in one category, and who acts there."""

    congress: Congress
    unit: Unit
    category: Category
    officer: User
    head: User

    @property
    def cell(self) -> tuple[int, int]:
        return (self.unit.pk, self.category.pk)

    def register(self, **person) -> Delegate:
        return actions.register(
            actor=self.head, congress=self.congress, unit=self.unit, category=self.category, **make.a_person(**person)
        )

    def set_seats(self, seats: int, version: int) -> dict:
        return actions.set_seats(
            actor=self.officer, congress=self.congress, seats={self.cell: seats}, versions={self.cell: version}
        )

    def seated(self):
        return self.congress.delegates.seated()


@pytest.fixture
def place() -> Place:
    congress, unit = factories.make_congress(), factories.make_unit()
    category = make.make_category(congress)
    make.make_quota(unit, category, 1)
    officer, head = factories.make_user("officer"), factories.make_user("head")
    factories.make_office(officer, Office.Role.DEPARTMENT_OFFICER)
    factories.make_office(head, Office.Role.UNIT_HEAD, unit)
    return Place(congress, unit, category, officer, head)


@pytest.fixture
def whole(place) -> Iterator[None]:
    """When all is over nothing is wrong: not with the seats, and not with the trail."""
    yield
    assert faults(place.congress) == []
    assert list(audit.faults()) == []


def refused(results: list) -> int:
    return sum(isinstance(result, Refused) for result in results)


def crashes(results: list) -> list:
    """What nobody should ever meet: a deadlock, a broken constraint."""
    expected = (Refused, Stale, SeatFaults)
    return [result for result in results if isinstance(result, Exception) and not isinstance(result, expected)]


# ---- The last seat ----


@pytest.mark.parametrize("people", [2, 20])
def test_the_last_seat_is_given_once(place, whole, people):
    results = at_once(people, lambda number: place.register(full_name=f"Nguyễn Văn {number}"))
    assert place.seated().count() == 1
    assert refused(results) == people - 1
    assert AuditEntry.objects.filter(verb="delegate.registered").count() == 1


@pytest.mark.parametrize("people", [2, 20])
def test_control_without_the_lock_it_is_given_several_times(place, monkeypatch, people):
    monkeypatch.setattr("delegates.actions.people._hold_seats", lambda *_seat: None)
    asked, gate = rules.why_not_register, threading.Barrier(people)

    def slowly(*args):
        reason = asked(*args)
        gate.wait(timeout=30)  # everybody has looked before anybody writes
        return reason

    monkeypatch.setattr(rules, "why_not_register", slowly)
    results = at_once(people, lambda number: place.register(full_name=f"Nguyễn Văn {number}"))
    assert place.seated().count() == people
    assert refused(results) == 0
    assert faults(place.congress) != []


@pytest.mark.parametrize("people", [2, 20])
def test_at_their_browsers_one_is_registered_and_the_others_are_told(place, whole, people):
    make.make_ethnic_group()
    forms = [make.a_form(place.category, full_name=f"Nguyễn Văn {n}", once=str(uuid.uuid4())) for n in range(people)]
    clients = [Client() for _ in range(people)]
    for client in clients:
        client.force_login(place.head, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("delegates:register", args=["2020"])
    answers = at_once(people, lambda number: clients[number].post(url, forms[number]))
    assert place.seated().count() == 1
    assert sorted(answer.status_code for answer in answers) == [302] + [409] * (people - 1)
    for answer in answers:
        if answer.status_code == 409:
            text = answer.content.decode()
            assert place.category.name_vi in text
            assert "01" in text  # of 01 seats
            assert place.congress.phone in text


def test_one_form_sent_many_times_registers_one(place, whole):
    Quota.objects.update(seats=20)
    make.make_ethnic_group()
    form = make.a_form(place.category, once=str(uuid.uuid4()))
    client = Client()
    client.force_login(place.head, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("delegates:register", args=["2020"])
    answers = at_once(10, lambda number: client.post(url, form))
    assert {answer.status_code for answer in answers} == {302}
    assert place.seated().count() == 1


def test_seats_of_different_units_do_not_wait_for_each_other_for_ever(place, whole):
    units = [factories.make_unit() for _ in range(8)]
    for unit in units:
        make.make_quota(unit, place.category, 1)
    results = at_once(
        16,
        lambda number: actions.register(
            actor=place.officer, congress=place.congress, unit=units[number % 8], category=place.category,
            **make.a_person(full_name=f"Nguyễn Văn {number}"),
        ),
    )  # fmt: skip
    assert not crashes(results)
    assert refused(results) == 8
    assert place.seated().count() == 8


# ---- Seats given and taken ----


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_seat_taken_away_is_not_sat_on(place, whole, _round):
    acts = [lambda: place.set_seats(0, 1), place.register]
    results = at_once(2, lambda number: acts[number]())
    assert not crashes(results)
    if place.seated().exists():
        assert isinstance(results[0], SeatFaults)
        assert Quota.objects.get().seats == 1
    else:
        assert isinstance(results[1], Refused)
        assert Quota.objects.get().seats == 0


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_many_register_while_seats_are_given(place, whole, _round):
    """Whoever sets seats holds the congress, whoever registers points at it: neither waits for the other for ever."""
    other = factories.make_unit()
    make.make_quota(other, place.category, 10)

    def act(number):
        if number == 0:
            return place.set_seats(4, 1)
        unit = place.unit if number % 2 else other
        return actions.register(
            actor=place.officer, congress=place.congress, unit=unit, category=place.category,
            **make.a_person(full_name=f"Nguyễn Văn {number}"),
        )  # fmt: skip

    results = at_once(12, act)
    assert not crashes(results)
    assert Quota.objects.get(unit=place.unit).seats == 4
    assert 1 <= place.seated().filter(unit=place.unit).count() <= 4
    assert place.seated().filter(unit=other).count() == 5


def test_one_cell_is_set_by_one_of_many(place, whole):
    results = at_once(8, lambda number: place.set_seats(number + 10, 1))
    assert not crashes(results)
    assert sum(isinstance(result, SeatFaults) for result in results) == 7
    assert Quota.objects.get().version == 2
    assert AuditEntry.objects.filter(verb="seats.set").count() == 1


def test_a_new_cell_is_made_by_one_of_many(place, whole):
    Quota.objects.all().delete()
    results = at_once(8, lambda number: place.set_seats(number + 10, 0))
    assert not crashes(results)
    assert sum(isinstance(result, SeatFaults) for result in results) == 7
    assert Quota.objects.count() == 1


def test_different_cells_are_all_set(place, whole):
    units = [factories.make_unit() for _ in range(8)]

    def act(number):
        cells = [(units[number].pk, place.category.pk)]
        return actions.set_seats(
            actor=place.officer, congress=place.congress, seats=dict.fromkeys(cells, 3), versions={}
        )

    assert not [result for result in at_once(8, act) if isinstance(result, Exception)]
    assert Quota.objects.filter(unit__in=units, seats=3).count() == 8


# ---- Seats passed on ----


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_seat_that_is_passed_on_is_nobody_elses(place, whole, _round):
    first = place.register(full_name="Người Đi")

    def act(number):
        if number:
            return place.register(full_name=f"Nguyễn Văn {number}")
        return actions.replace(
            actor=place.head, delegate=first, version=1, reason="Ốm", category=place.category,
            **make.a_person(full_name="Người Đến"),
        )  # fmt: skip

    results = at_once(6, act)
    assert not crashes(results)
    assert refused(results) == 5
    assert [one.full_name for one in place.seated()] == ["Người Đến"]


def test_somebody_is_replaced_once(place, whole):
    first = place.register(full_name="Người Đi")
    results = at_once(
        6,
        lambda number: actions.replace(
            actor=place.head, delegate=first, version=1, reason="Ốm", category=place.category,
            **make.a_person(full_name=f"Người Đến {number}"),
        ),
    )  # fmt: skip
    assert not crashes(results)
    assert place.seated().count() == 1
    assert place.seated().get().came_by.replaced == first
    assert Delegate.objects.count() == 2


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_seat_given_back_is_taken_by_one(place, whole, _round):
    first = place.register(full_name="Người Đi")

    def act(number):
        if number:
            return place.register(full_name=f"Nguyễn Văn {number}")
        return actions.withdraw(actor=place.head, delegate=first, version=1, reason="Ốm")

    results = at_once(6, act)
    assert not crashes(results)
    assert place.seated().count() <= 1
    assert not place.seated().filter(pk=first.pk).exists()


def test_those_who_change_category_sit_only_where_there_is_room(place, whole):
    other = make.make_category(place.congress)
    make.make_quota(place.unit, other, 6)
    people = [make.make_delegate(place.unit, other) for _ in range(6)]
    results = at_once(
        6,
        lambda number: actions.edit(
            actor=place.head, delegate=people[number], version=1, category=place.category, note="Đổi thành phần"
        ),
    )
    assert not crashes(results)
    assert refused(results) == 5
    assert place.seated().filter(category=place.category).count() == 1


# ---- Confirmed ----


@pytest.mark.parametrize("officers", [2, 10])
def test_a_delegate_is_confirmed_once(place, whole, officers):
    delegate = place.register()
    results = at_once(
        officers, lambda number: actions.confirm(actor=place.officer, delegate=delegate, version=delegate.version)
    )
    assert not crashes(results)
    assert sum(isinstance(result, Delegate) for result in results) == 1
    delegate.refresh_from_db()
    assert (delegate.state, delegate.version) == (State.CONFIRMED, 2)
    assert AuditEntry.objects.filter(verb="delegate.confirmed").count() == 1


def test_many_are_confirmed_once_each_by_two_at_once(place, whole):
    Quota.objects.update(seats=20)
    people = [make.make_delegate(place.unit, place.category) for _ in range(20)]
    read = {one.pk: 1 for one in people}
    results = at_once(2, lambda number: actions.confirm_many(actor=place.officer, congress=place.congress, read=read))
    assert not crashes(results)
    done = [one.pk for result in results for one, reason in result if reason is None]
    assert sorted(done) == sorted(read)
    assert AuditEntry.objects.filter(verb="delegate.confirmed").count() == 20


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_what_is_confirmed_is_what_was_read(place, whole, _round):
    delegate = place.register(position="Như đã đọc")
    acts = [
        lambda: actions.confirm(actor=place.officer, delegate=delegate, version=1),
        lambda: actions.edit(actor=place.head, delegate=delegate, version=1, position="Đã đổi"),
    ]
    results = at_once(2, lambda number: acts[number]())
    assert not crashes(results)
    delegate.refresh_from_db()
    if delegate.state == State.CONFIRMED:
        assert delegate.position == "Như đã đọc"
        assert isinstance(results[1], Refused | Stale)
    else:
        assert isinstance(results[0], Stale)
