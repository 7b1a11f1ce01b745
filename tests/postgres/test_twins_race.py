"""Two entries merged by several people at once, or merged while somebody edits: one wins, nobody is lost."""

import threading

import pytest

from core import audit
from delegates import actions, rules
from delegates.invariants import faults
from delegates.models import Delegate, KeptApart
from tests import factories
from tests.delegates import factories as make
from tests.postgres.race import at_once, crashes
from units.models import Office

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 5


@pytest.fixture
def officer():
    user = factories.make_user("officer")
    factories.make_office(user, Office.Role.DEPARTMENT_OFFICER)
    return user


@pytest.fixture
def twins(officer) -> list[Delegate]:
    """One person, registered by two units."""
    category = make.make_category(factories.make_congress())
    return [make.make_delegate(factories.make_unit(), category, full_name="Lê Thị Hoa") for _ in range(2)]


def merge(officer, stays: Delegate, goes: Delegate) -> Delegate:
    return actions.merge_twins(actor=officer, stays=stays, goes=goes, version=1, other_version=1, taken=["phone"])


def unlocked(one: Delegate, other: Delegate) -> tuple[Delegate, Delegate]:
    """What the act holds, read and not held."""
    found = list(Delegate.objects.select_related("congress", "unit", "category").filter(pk__in=[one.pk, other.pk]))
    return tuple(sorted(found, key=lambda row: row.pk))


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_merged_either_way_round_at_once_one_stays(officer, twins, _round):
    results = at_once(6, lambda number: merge(officer, *(twins if number % 2 else twins[::-1])))
    assert crashes(results) == []
    assert sum(isinstance(one, Delegate) for one in results) == 1
    stays, goes = Delegate.objects.seated().get(), Delegate.objects.get(state="withdrawn")
    assert goes.merged_into == stays
    assert faults(stays.congress) == []
    assert list(audit.faults()) == []


def test_control_without_the_lock_both_are_withdrawn(officer, twins, monkeypatch):
    gate, asked = threading.Barrier(2), rules.why_not_merge

    def both(*args):
        reason = asked(*args)
        gate.wait(timeout=30)  # both have looked before either writes
        return reason

    monkeypatch.setattr("delegates.actions.twins._hold", unlocked)
    monkeypatch.setattr(rules, "why_not_merge", both)
    results = at_once(2, lambda number: merge(officer, *(twins if number else twins[::-1])))
    assert sum(isinstance(one, Delegate) for one in results) + len(crashes(results)) == 2
    assert not Delegate.objects.seated().exists() or crashes(results)


@pytest.mark.parametrize("_round", range(ROUNDS))
@pytest.mark.parametrize("which", [0, 1])
def test_merged_while_somebody_edits_one_of_the_two_acts_counts(officer, twins, which, _round):
    def act(number):
        if number % 2:
            return merge(officer, *twins)
        return actions.edit(actor=officer, delegate=twins[which], version=1, position="Trưởng phòng")

    results = at_once(4, act)
    assert crashes(results) == []
    assert sum(isinstance(one, Delegate) for one in results) == 1
    edited = Delegate.objects.filter(position="Trưởng phòng").count()
    assert edited == Delegate.objects.seated().count() - 1


def test_control_without_the_lock_an_edit_is_lost_in_a_merger(officer, twins, monkeypatch):
    gate, asked = threading.Barrier(2), rules.why_not_merge

    def slowly(*args):
        reason = asked(*args)
        gate.wait(timeout=30)
        gate.wait(timeout=30)  # the edit is through before the merger writes
        return reason

    monkeypatch.setattr("delegates.actions.twins._hold", unlocked)
    monkeypatch.setattr(rules, "why_not_merge", slowly)

    def act(number):
        if number:
            return merge(officer, *twins)
        gate.wait(timeout=30)
        done = actions.edit(actor=officer, delegate=twins[1], version=1, position="Trưởng phòng")
        gate.wait(timeout=30)
        return done

    results = at_once(2, act)
    assert sum(isinstance(one, Delegate) for one in results) == 2


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_told_apart_and_merged_at_once_one_decision_stands(officer, twins, _round):
    def act(number):
        if number % 2:
            return merge(officer, *twins)
        return actions.keep_apart(actor=officer, first=twins[1], second=twins[0])

    results = at_once(6, act)
    assert crashes(results) == []
    assert sum(not isinstance(one, Exception) for one in results) == 1
    assert KeptApart.objects.count() == Delegate.objects.seated().count() - 1
