"""Reminders sent by two workers at the same moment go out once; without the constraint they go out twice."""

import threading
from datetime import date

import pytest
from django.db import connection

from congress import actions, queries
from congress.models import ReminderSent
from core import audit, clock
from core.models import Mail
from tests import factories as make
from tests.postgres.race import at_once
from units.models import Office

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WORKERS = 4


@pytest.fixture
def congress(settings):
    settings.PORTAL_TODAY = date(2020, 7, 8)
    congress = make.make_congress()
    for _number in range(3):
        unit = make.make_unit()
        make.make_office(make.make_user(), Office.Role.UNIT_HEAD, unit)
        make.make_task(congress, unit, starts=date(2020, 1, 1), due=date(2020, 7, 9), published_at=clock.now())
    return congress


def sent_at_once(congress, monkeypatch) -> list:
    """Everybody has looked at whom to remind before anybody sends."""
    looked, gate = queries.batches, threading.Barrier(WORKERS)

    def slowly(*args):
        found = looked(*args)
        gate.wait(timeout=20)
        return found

    monkeypatch.setattr(queries, "batches", slowly)
    return at_once(WORKERS, lambda number: actions.send_reminders(actor=None, congress=congress))


def test_each_is_reminded_once(congress, monkeypatch):
    assert sum(sent_at_once(congress, monkeypatch)) == 3
    assert Mail.objects.count() == ReminderSent.objects.count() == 3
    assert not list(audit.faults())


def test_control_without_the_constraint_they_are_reminded_again(congress, monkeypatch):
    rule = next(one for one in ReminderSent._meta.constraints if one.name == "reminded_once")
    with connection.schema_editor() as editor:
        editor.remove_constraint(ReminderSent, rule)
    try:
        sent_at_once(congress, monkeypatch)
        assert Mail.objects.count() > 3
    finally:
        ReminderSent.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(ReminderSent, rule)
