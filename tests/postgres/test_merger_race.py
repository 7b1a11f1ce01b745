"""Units merged while somebody takes the last seat, moves a seat, begins a dossier: no seat and no person is lost."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from awards import actions as awards
from congress.models import Congress
from core import audit
from core.models import User
from core.refusal import Refused
from delegates import actions as delegates
from delegates import invariants, rules
from delegates.models import Category, Quota
from tests import factories
from tests.delegates import factories as make
from tests.postgres.race import at_once, crashes
from units import actions
from units.invariants import faults
from units.models import Office, Unit

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 5


@dataclass
class Place:
    """Two units of one seat each, and who acts."""

    congress: Congress
    unit: Unit
    other: Unit
    category: Category
    officer: User

    def merge(self) -> list[str]:
        return actions.merge(
            actor=self.officer, units=[self.unit], into=self.other, day=date(2020, 5, 5), document="37/QĐ-BKHCN"
        )

    def register(self, unit: Unit, **person):
        return delegates.register(
            actor=self.officer, congress=self.congress, unit=unit, category=self.category, **make.a_person(**person)
        )

    @property
    def lost(self) -> list[str]:
        return [*invariants.faults(self.congress), *faults(), *audit.faults()]


@pytest.fixture
def place(settings) -> Place:
    settings.PORTAL_TODAY = date(2020, 5, 15)
    congress, category = factories.make_congress(), None
    category = make.make_category(congress)
    units = [factories.make_unit() for _ in range(2)]
    for unit in units:
        make.make_quota(unit, category, 1)
    officer = factories.make_user("officer")
    factories.make_office(officer, Office.Role.DEPARTMENT_OFFICER)
    return Place(congress, *units, category, officer)


def together(*acts: Callable[[], object]) -> list:
    return at_once(len(acts), lambda number: acts[number]())


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_the_last_seat_is_taken_while_its_unit_is_merged(place, _round):
    merged, first, second = together(
        place.merge,
        lambda: place.register(place.unit, full_name="Nguyễn Văn Một"),
        lambda: place.register(place.other, full_name="Nguyễn Văn Hai"),
    )
    assert not crashes([merged, first, second])
    assert not isinstance(merged, Exception)
    assert Quota.objects.get(unit=place.other).seats == 2
    assert Quota.objects.get(unit=place.unit).seats == 0
    seated = set(place.congress.delegates.seated().values_list("full_name", flat=True))
    assert seated == {str(one) for one in (first, second) if not isinstance(one, Exception)}
    assert "Nguyễn Văn Hai" in seated
    assert place.lost == []


def test_control_without_the_lock_somebody_is_left_behind(place, monkeypatch):
    """Who does not hold the seat while looking at it sits down with a unit that is no more."""
    monkeypatch.setattr(delegates.people, "_hold_seats", lambda *_seat: None)
    asked, looked, merged = rules.why_not_register, threading.Event(), threading.Event()

    def slowly(*args):
        reason = asked(*args)
        looked.set()
        merged.wait(timeout=20)
        return reason

    def merge():
        looked.wait(timeout=20)
        try:
            return place.merge()
        finally:
            merged.set()

    monkeypatch.setattr(rules, "why_not_register", slowly)
    results = together(merge, lambda: place.register(place.unit))
    assert not [one for one in results if isinstance(one, Exception)]
    assert place.lost != []


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_people_change_while_their_unit_is_merged(place, _round):
    Quota.objects.update(seats=5)
    people = [make.make_delegate(place.unit, place.category) for _ in range(3)]
    results = together(
        place.merge,
        lambda: delegates.withdraw(actor=place.officer, delegate=people[0], version=1, reason="Ốm"),
        lambda: delegates.edit(actor=place.officer, delegate=people[1], version=1, position="Trưởng phòng"),
        lambda: delegates.replace(
            actor=place.officer, delegate=people[2], version=1, reason="Ốm", category=place.category,
            **make.a_person(full_name="Người Đến"),
        ),
        lambda: delegates.set_seats(
            actor=place.officer, congress=place.congress, seats={(place.other.pk, place.category.pk): 9}, versions={}
        ),
    )  # fmt: skip
    assert not crashes(results[:4])
    assert not isinstance(results[0], Exception)
    assert not place.congress.delegates.filter(unit=place.unit).exists()
    assert place.lost == []


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_dossier_begun_meanwhile_is_not_left_behind(place, _round):
    factories.make_office(place.officer, Office.Role.UNIT_HEAD, place.unit, starts=date(2019, 1, 1))
    merged, _draft = together(
        place.merge,
        lambda: awards.start(
            actor=place.officer, congress=place.congress, unit=place.unit, kind="collective", nominee="Phòng Thử"
        ),
    )
    assert not crashes([merged, _draft])
    assert not place.congress.nominations.filter(unit=place.unit).exists()


def test_one_of_two_mergers_is_done(place):
    results = together(place.merge, place.merge, place.merge)
    assert not crashes(results)
    assert sum(isinstance(one, Refused) for one in results) == 2
    assert Quota.objects.get(unit=place.other).seats == 2
    assert place.lost == []


def test_two_units_are_not_merged_into_each_other(place):
    results = together(
        place.merge,
        lambda: actions.merge(
            actor=place.officer, units=[place.other], into=place.unit, day=date(2020, 5, 5), document="38/QĐ-BKHCN"
        ),
    )
    assert not crashes(results)
    assert Unit.objects.active().count() == 1
    assert place.lost == []
