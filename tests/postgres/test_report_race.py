"""A report accepted by two people at the very moment when the seats are asked for by others."""

from datetime import date

import pytest

from awards.models import Nomination
from congress import actions, reports
from congress.models import ConferenceReport, Elected
from core import audit
from core.refusal import Refused
from core.vietnamese import PartialDate
from delegates import actions as delegates
from delegates.invariants import faults
from delegates.models import Delegate
from tests import factories as make
from tests.delegates import factories
from tests.postgres.race import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
SEN = {"position": "Kỹ sư", "sex": "female", "birth": PartialDate(1980, 9, 5), "phone": "0912345678"}


@pytest.fixture
def sent(cast, today) -> ConferenceReport:
    today(2020, 6, 22)
    cast.category = factories.make_category(cast.congress, elected=True)
    factories.make_quota(cast.unit, cast.category, seats=2)
    conference = make.make_conference(cast.congress, cast.unit, held_on=date(2020, 6, 19), session="morning")
    report = make.make_report(conference, "sent", no_elected=False)
    make.make_upload(report, reports.SCAN)
    for number in range(2):
        Elected.objects.create(report=report, unit=cast.unit, elected_as="delegate", name=f"Người {number}", **SEN)
    Elected.objects.create(report=report, unit=cast.unit, elected_as="collective", name="Phòng A")
    return report


@pytest.mark.parametrize("_round", range(3))
def test_accepted_once_within_the_seats_whoever_asks_for_them(cast, sent, _round):
    def act(number: int):
        if number < 2:
            return actions.accept_report(actor=cast.officer, report=sent)
        return delegates.register(
            actor=cast.unit_head, congress=cast.congress, unit=cast.unit, category=cast.category, **factories.a_person()
        )

    results = at_once(4, act)
    assert all(isinstance(result, ConferenceReport | Delegate | Refused) for result in results), results
    assert sum(isinstance(result, ConferenceReport) for result in results) == 1
    assert Delegate.objects.seated().count() == 2
    assert Nomination.objects.count() == 1
    taken = sent.elected.filter(elected_as="delegate").exclude(made="").count()
    assert taken + sum(isinstance(result, Delegate) for result in results) == 2
    assert not faults(cast.congress)
    assert not list(audit.faults())
