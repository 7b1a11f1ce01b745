"""The head settles a list while a clerk registers, withdraws and changes: what is settled is what was read.

Each guard has a control that fails when it is taken away.
"""

import threading
from dataclasses import dataclass

import pytest

from congress.models import Congress
from core import audit
from core.models import User
from core.refusal import Refused
from core.versions import Stale
from delegates import actions, rules
from delegates.actions import ListChanged
from delegates.actions import settled as settling
from delegates.models import Category, Delegate, SettledList
from delegates.queries.settled import settled_lists, settling_sheet
from tests import factories
from tests.delegates import factories as make
from tests.postgres.race import at_once
from units.models import Office, Unit

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
EXPECTED = (Refused, Stale, ListChanged)
ROUNDS = 4


@dataclass
class Play:
    """A unit with somebody on one of three seats, its head and its clerk."""

    congress: Congress
    unit: Unit
    category: Category
    head: User
    clerk: User
    one: Delegate

    @property
    def read(self) -> str:
        return settling_sheet(self.congress, self.unit).roll.digest

    def settle(self, read: str) -> SettledList:
        return actions.settle_list(actor=self.head, congress=self.congress, unit=self.unit, read=read)

    def register(self) -> Delegate:
        return actions.register(
            actor=self.clerk, congress=self.congress, unit=self.unit, category=self.category, **make.a_person()
        )

    @property
    def kept(self) -> bool:
        """Whether the list in force, if there is one, says who sits there."""
        return all(not found.come and not found.gone for found in settled_lists(self.congress).values())


@pytest.fixture
def play() -> Play:
    congress, unit = factories.make_congress(), factories.make_unit()
    category = make.make_category(congress)
    make.make_quota(unit, category, 3)
    head, clerk = factories.make_user("head"), factories.make_user("clerk")
    factories.make_office(head, Office.Role.UNIT_HEAD, unit)
    factories.make_office(clerk, Office.Role.UNIT_CLERK, unit)
    return Play(congress, unit, category, head, clerk, make.make_delegate(unit, category))


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_whoever_registers_stands_on_the_list_or_is_refused(play, _round):
    read = play.read
    results = at_once(4, lambda number: play.register() if number else play.settle(read))
    assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, EXPECTED)]
    assert isinstance(results[0], ListChanged) or all(isinstance(one, Refused) for one in results[1:])
    assert play.kept
    assert list(audit.faults()) == []


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_whoever_is_withdrawn_or_changed_was_so_before_or_stays(play, _round):
    read, second = play.read, make.make_delegate(play.unit, play.category)
    read = play.read

    def act(number):
        if number == 0:
            return play.settle(read)
        if number == 1:
            return actions.withdraw(actor=play.clerk, delegate=play.one, version=1, reason="Ốm")
        return actions.edit(actor=play.clerk, delegate=second, version=1, full_name="Tên Khác")

    results = at_once(3, act)
    assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, EXPECTED)]
    settled = isinstance(results[0], SettledList)
    assert settled == all(isinstance(one, Refused) for one in results[1:])
    assert play.kept


def test_two_heads_settle_once(play):
    read = play.read
    results = at_once(4, lambda _number: play.settle(read))
    assert sum(isinstance(one, SettledList) for one in results) == 1
    assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, EXPECTED)]
    assert SettledList.objects.count() == 1


def test_control_without_the_seats_lock_somebody_comes_on_a_list_that_was_settled_without_them(play, monkeypatch):
    """The clerk has asked whether the list is open, and sits down after the head has settled it."""
    asked, looked, settled = rules.why_not_register, threading.Event(), threading.Event()
    read = play.read
    monkeypatch.setattr(settling, "hold_seats", lambda congress, units: list(congress.quotas.filter(unit__in=units)))

    def slowly(*args):
        reason = asked(*args)
        looked.set()
        settled.wait(timeout=20)
        return reason

    monkeypatch.setattr(rules, "why_not_register", slowly)

    def act(number):
        if number:
            return play.register()
        looked.wait(timeout=20)
        try:
            return play.settle(read)
        finally:
            settled.set()

    results = at_once(2, act)
    assert not [one for one in results if isinstance(one, Exception)]
    assert not play.kept


def test_control_without_the_peoples_lock_somebody_goes_from_it(play, monkeypatch):
    asked, looked, settled = rules.why_not_withdraw, threading.Event(), threading.Event()
    make.make_delegate(play.unit, play.category)
    read = play.read
    people = lambda congress, units: list(  # noqa: E731
        congress.delegates.filter(unit__in=units).select_related("category").order_by("pk")
    )
    monkeypatch.setattr(settling, "people_of", people)

    def slowly(*args):
        reason = asked(*args)
        looked.set()
        settled.wait(timeout=20)
        return reason

    monkeypatch.setattr(rules, "why_not_withdraw", slowly)

    def act(number):
        if number:
            return actions.withdraw(actor=play.clerk, delegate=play.one, version=1, reason="Ốm")
        looked.wait(timeout=20)
        try:
            return play.settle(read)
        finally:
            settled.set()

    results = at_once(2, act)
    assert not [one for one in results if isinstance(one, Exception)]
    assert not play.kept
