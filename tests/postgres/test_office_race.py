"""Scarce offices given and left at the same moment."""

import threading
from datetime import date

import pytest

from core import audit, clock
from core.models import User
from core.refusal import Refused
from tests import factories as make
from tests.postgres.race import at_once
from units import actions, rules
from units.models import BlockOffice, Office

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
Role = Office.Role
PEOPLE = 8


@pytest.fixture
def officer() -> User:
    user = make.make_user("officer")
    make.make_office(user, Role.DEPARTMENT_OFFICER)
    return user


def heads_appointed_at_once(officer) -> list:
    unit, people = make.make_unit(), [make.make_user() for _ in range(PEOPLE)]
    return at_once(
        PEOPLE,
        lambda number: actions.appoint(
            actor=officer, user=people[number], role=Role.UNIT_HEAD, unit=unit, starts=date(2020, 1, 1)
        ),
    )


def test_a_unit_gets_one_head(officer):
    results = heads_appointed_at_once(officer)
    assert Office.objects.filter(role=Role.UNIT_HEAD).count() == 1
    assert sum(isinstance(result, Refused) for result in results) == PEOPLE - 1
    assert not list(audit.faults())


def test_control_without_the_lock_it_gets_several(officer, monkeypatch):
    monkeypatch.setattr(actions.offices, "lock", lambda model, pk: model.objects.get(pk=pk))
    asked = rules.why_not_hold
    gate = threading.Barrier(PEOPLE)

    def slowly(*args):
        reason = asked(*args)
        gate.wait(timeout=20)  # everybody has looked before anybody writes
        return reason

    monkeypatch.setattr(rules, "why_not_hold", slowly)
    heads_appointed_at_once(officer)
    assert Office.objects.filter(role=Role.UNIT_HEAD).count() > 1


def test_welcome_and_appoint_do_not_wait_for_each_other_for_ever(officer):
    """Both lock the unit before the trail's end: no deadlock."""
    unit, people = make.make_unit(), [make.make_user() for _ in range(PEOPLE)]

    def act(number):
        if number % 2:
            return actions.appoint(
                actor=officer, user=people[number], role=Role.UNIT_CLERK, unit=unit, starts=clock.today()
            )
        return actions.welcome(
            actor=officer,
            full_name="Tô Văn Cán",
            username=f"can{number}",
            email=f"can{number}@example.org",
            role=Role.UNIT_CLERK,
            unit=unit,
            starts=clock.today(),
        )

    results = at_once(PEOPLE, act)
    assert not [result for result in results if isinstance(result, Exception)]
    assert not list(audit.faults())


def test_two_heads_do_not_leave_the_department_together():
    heads = [make.make_user() for _ in range(2)]
    offices = [make.make_office(user, Role.DEPARTMENT_HEAD) for user in heads]
    results = at_once(
        2, lambda number: actions.end_office(actor=heads[number], office=offices[number], last_day=clock.today())
    )
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert Office.objects.filter(role=Role.DEPARTMENT_HEAD, ends=None).count() == 1


def test_one_head_leaves_while_the_other_is_closed_out():
    heads = [make.make_user() for _ in range(2)]
    offices = [make.make_office(user, Role.DEPARTMENT_HEAD) for user in heads]
    acts = [
        lambda: actions.end_office(actor=heads[0], office=offices[0], last_day=clock.today()),
        lambda: actions.close_account(actor=heads[0], user=heads[1]),
    ]
    at_once(2, lambda number: acts[number]())
    left = Office.objects.filter(role=Role.DEPARTMENT_HEAD, ends=None, user__is_active=True)
    assert left.count() == 1


def test_a_block_gets_one_head_a_year(officer):
    block = make.make_block()
    units = [make.make_unit(block=block) for _ in range(PEOPLE)]
    at_once(
        PEOPLE,
        lambda number: actions.lead_block(
            actor=officer, block=block, unit=units[number], role=BlockOffice.Role.HEAD, year=2020
        ),
    )
    assert BlockOffice.objects.filter(block=block, role=BlockOffice.Role.HEAD).count() == 1
