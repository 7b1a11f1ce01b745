"""Who acts for an absent head: exactly from day to day, by a document, and the trail says so."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from awards import actions as awards
from awards import rules as award_rules
from core import audit
from core.models import AuditEntry
from core.refusal import Refused
from tests import factories as make
from tests.awards.scenes import make_nomination
from units import actions, rules
from units.hats import forget, hats
from units.models import Office

pytestmark = pytest.mark.django_db
Role = Office.Role
FIRST, LAST, PAPER = date(2020, 5, 10), date(2020, 5, 20), "12/GUQ ngày 09/05/2020"


@pytest.fixture(autouse=True)
def _day(today):
    today(2020, 5, 9)
    yield
    assert not list(audit.faults())


def stand_in(cast, **changes) -> Office:
    values = {
        "actor": cast.unit_head, "user": cast.stranger, "role": Role.ACTING_HEAD, "unit": cast.unit, "starts": FIRST,
        "ends": LAST, "document": PAPER,
    } | changes  # fmt: skip
    return actions.appoint(**values)


@pytest.mark.parametrize(
    ("day", "acts"),
    [
        (date(2020, 5, 9), False),
        (FIRST, True),
        (date(2020, 5, 15), True),
        (LAST, True),
        (date(2020, 5, 21), False),
    ],
)
def test_an_acting_head_acts_on_its_days_alone(cast, today, day, acts):
    """Day × what a head may: submit a dossier, name the clerk, be counted among the heads."""
    stand_in(cast)
    nomination = make_nomination(cast.congress, cast.unit, "collective", "with_head")
    today(day.year, day.month, day.day)
    forget(cast.stranger)
    mine = hats(cast.stranger)
    assert (cast.unit.pk in mine.head_of) == (cast.unit.pk in mine.acting_for) == acts
    assert (award_rules.why_not_send_back(cast.stranger, nomination) is None) == acts
    assert (rules.why_not_appoint(cast.stranger, Role.UNIT_CLERK, cast.unit) is None) == acts
    assert rules.why_not_appoint(cast.stranger, Role.ACTING_HEAD, cast.unit)  # does not pass it on
    assert cast.unit.pk in hats(cast.unit_head).head_of  # the head stays head
    assert not hats(cast.unit_head).acting_for


def test_the_trail_says_in_whose_place(cast, today):
    stand_in(cast)
    given = AuditEntry.objects.latest("number")
    assert (given.verb, given.reason) == ("office.given", PAPER)
    nomination = make_nomination(cast.congress, cast.unit, "collective", "with_head")
    today(2020, 5, 15)
    awards.send_back(actor=cast.stranger, nomination=nomination, reason="Thiếu số quyết định")
    entry = AuditEntry.objects.latest("number")
    assert entry.actor == cast.stranger
    assert entry.actor_label.startswith("Kiều Văn Lạ (")
    assert cast.unit.code in entry.actor_label
    today(2020, 5, 21)
    forget(cast.stranger)
    make.make_office(cast.stranger, Role.UNIT_CLERK, cast.unit)
    actions.record_headcount(actor=cast.stranger, unit=cast.unit, number=5, taken_on=FIRST)
    assert AuditEntry.objects.latest("number").actor_label == "Kiều Văn Lạ"


def test_what_is_done_for_another_unit_is_done_in_ones_own_name(cast, today):
    stand_in(cast, user=cast.block_head)  # heads a unit of its own, and stands in here
    today(2020, 5, 15)
    own = cast.block_head.offices.get(role=Role.UNIT_HEAD).unit
    actions.record_headcount(actor=cast.block_head, unit=own, number=5, taken_on=FIRST)
    assert AuditEntry.objects.latest("number").actor_label == "Vũ Đình Khải"
    actions.record_headcount(actor=cast.block_head, unit=cast.unit, number=5, taken_on=FIRST)
    assert cast.unit.code in AuditEntry.objects.latest("number").actor_label


def test_who_names_an_acting_head(cast):
    may = {role for role, user in cast.roles.items() if not rules.why_not_appoint(user, Role.ACTING_HEAD, cast.unit)}
    assert may == {"officer", "department_head", "unit_head"}
    may = {
        role for role, user in cast.roles.items() if not rules.why_not_appoint(user, Role.ACTING_DEPARTMENT_HEAD, None)
    }
    assert may == {"department_head"}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"ends": None}, Refused),
        ({"document": ""}, ValidationError),
        ({"user": "unit_head"}, Refused),  # acts for nobody: is the head
    ],
)
def test_an_end_a_document_and_somebody_else(cast, changes, error):
    if "user" in changes:
        changes = {"user": getattr(cast, changes["user"])}
    with pytest.raises(error):
        stand_in(cast, **changes)
    assert not Office.objects.filter(role=Role.ACTING_HEAD).exists()


def test_one_at_a_time(cast):
    stand_in(cast)
    with pytest.raises(Refused):
        stand_in(cast, user=cast.desk, starts=LAST, ends=date(2020, 6, 1))
    stand_in(cast, user=cast.desk, starts=date(2020, 5, 21), ends=date(2020, 6, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_office(cast.desk, Role.ACTING_HEAD, cast.unit)


def test_an_acting_head_of_the_department_has_no_power_over_its_offices(cast, today):
    actions.appoint(
        actor=cast.department_head, user=cast.officer, role=Role.ACTING_DEPARTMENT_HEAD, starts=FIRST, ends=LAST,
        document=PAPER,
    )  # fmt: skip
    today(2020, 5, 15)
    forget(cast.officer)
    assert hats(cast.officer).department_head
    assert rules.why_not_appoint(cast.officer, Role.DEPARTMENT_OFFICER, None)
    assert rules.why_not_keep_account(cast.officer, cast.department_head)
    actions.add_block(actor=cast.officer, code="9", name_vi="Khối chín")
    assert AuditEntry.objects.latest("number").actor_label.startswith("Hoàng Thu Lan (")
    head = cast.department_head.offices.get()
    with pytest.raises(Refused):  # an acting head does not keep the Department from being without one
        actions.end_office(actor=None, office=head, last_day=date(2020, 5, 15))


def test_the_form_asks_for_an_end_and_a_document(cast, enter):
    client = enter(cast.officer)
    url = reverse("units:office_add", args=[cast.stranger.pk])
    values = {"role": "acting_head", "unit": cast.unit.pk, "starts": "10/05/2020", "once": str(uuid.uuid4())}
    page = client.post(url, values)
    assert set(page.context["form"].errors) == {"ends", "document"}
    assert client.post(url, values | {"ends": "20/05/2020", "document": PAPER}).status_code == 302
    assert PAPER in client.get(cast.unit.get_absolute_url()).content.decode()
