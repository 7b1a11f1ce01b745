"""Replacements beside each other and beside registrations: a seat that goes into another category is sat on once.

Each guard has a control that fails when it is taken away.
"""

import threading
from dataclasses import dataclass

import pytest

from congress.models import Congress
from core import audit
from core.models import User
from delegates import actions, rules
from delegates.actions import replacements
from delegates.invariants import faults
from delegates.models import Category, Delegate, Quota, Replacement
from tests import factories
from tests.delegates import factories as make
from tests.postgres.race import at_once, crashes
from units.models import Office, Unit

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 3


@dataclass
class Play:
    """A unit with one seat for somebody honoured, and one in another category that is taken."""

    congress: Congress
    unit: Unit
    honoured: Category
    other: Category
    officer: User
    delegate: Delegate

    def register(self, category: Category) -> Delegate:
        return actions.register(
            actor=self.officer, congress=self.congress, unit=self.unit, category=category, **make.a_person()
        )

    def replace(self, category: Category, **person) -> Delegate:
        return actions.replace(
            actor=self.officer, delegate=self.delegate, version=1, reason="Ốm", category=category,
            **make.a_person(**person),
        )  # fmt: skip


@pytest.fixture
def play() -> Play:
    congress, unit = factories.make_congress(), factories.make_unit()
    honoured, other = make.make_category(congress, needs_award=True), make.make_category(congress)
    make.make_quota(unit, honoured, 1)
    make.make_quota(unit, other, 1)
    make.make_delegate(unit, other)
    award = factories.make_award_type()
    delegate = make.make_delegate(unit, honoured, highest_award=award, award_year=2018)
    officer = factories.make_user("officer")
    factories.make_office(officer, Office.Role.DEPARTMENT_OFFICER)
    return Play(congress, unit, honoured, other, officer, delegate)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_one_person_is_replaced_once(play, _round):
    waiting = make.make_delegate(play.unit, play.other, state="reserve", reserve_order=1)

    def act(number):
        if number % 2:
            return play.replace(play.other)
        return actions.replace_by_reserve(
            actor=play.officer, delegate=play.delegate, version=1, reserve=waiting, reserve_version=1, reason="Ốm"
        )

    results = at_once(6, act)
    assert not crashes(results)
    assert sum(isinstance(one, Delegate) for one in results) == 1
    assert Replacement.objects.count() == 1
    assert sum(Quota.objects.values_list("seats", flat=True)) == 2
    assert faults(play.congress) == []
    assert list(audit.faults()) == []


def test_control_without_the_lock_only_the_database_stops_the_second(play, monkeypatch):
    gate, asked = threading.Barrier(2), rules.why_not_replace
    monkeypatch.setattr(replacements, "_hold", lambda delegate, _category: rows(delegate))
    monkeypatch.setattr("delegates.actions.replacements.locks.lock", lambda model, pk: model.objects.get(pk=pk))

    def rows(delegate):
        return {row.category_id: row for row in delegate.congress.quotas.filter(unit=delegate.unit_id)}

    def both(actor, delegate):
        reason = asked(actor, delegate)
        gate.wait(timeout=30)
        return reason

    monkeypatch.setattr(rules, "why_not_replace", both)
    results = at_once(2, lambda _number: play.replace(play.other))
    assert len(crashes(results)) == 1  # a fault of the database, and no sentence for whoever came second


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_seat_that_goes_along_is_nobody_elses(play, _round):
    def act(number):
        return play.register([play.honoured, play.other][number % 2]) if number else play.replace(play.other)

    results = at_once(7, act)
    assert not crashes(results)
    assert isinstance(results[0], Delegate)
    assert sum(isinstance(one, Delegate) for one in results) == 1
    assert dict(Quota.objects.values_list("category", "seats")) == {play.honoured.pk: 0, play.other.pk: 2}
    assert faults(play.congress) == []


def test_control_without_the_lock_somebody_sits_on_the_seat_that_left(play, monkeypatch):
    Quota.objects.filter(category=play.honoured).update(seats=2)  # one is free
    gate, asked = threading.Barrier(2), rules.why_not_sit
    monkeypatch.setattr("delegates.actions.people._hold_seats", lambda *_seat: None)

    def slowly(*seat):
        reason = asked(*seat)
        gate.wait(timeout=30)
        return reason

    def takes_two(delegate, _category):
        found = {row.category_id: row for row in delegate.congress.quotas.filter(unit=delegate.unit_id)}
        found[play.honoured.pk].seats -= 1  # as if another had gone along just before
        gate.wait(timeout=30)
        return found

    monkeypatch.setattr("delegates.rules.people.why_not_sit", slowly)
    monkeypatch.setattr(replacements, "_hold", takes_two)
    at_once(2, lambda number: play.register(play.honoured) if number else play.replace(play.other))
    assert faults(play.congress) != []


def test_two_seats_that_go_into_a_category_without_a_row_both_arrive(play):
    Quota.objects.filter(category=play.honoured).update(seats=2)
    second = make.make_delegate(play.unit, play.honoured, highest_award=play.delegate.highest_award, award_year=2018)
    empty = make.make_category(play.congress)

    def act(number):
        one = [play.delegate, second][number]
        return actions.replace(
            actor=play.officer, delegate=one, version=1, reason="Ốm", category=empty, **make.a_person()
        )

    assert not crashes(at_once(2, act))
    assert Quota.objects.get(category=empty).seats == 2
    assert faults(play.congress) == []
