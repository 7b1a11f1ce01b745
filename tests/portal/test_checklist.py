"""The first three steps: which role finds which, ticked off by what stands in the portal, put away for good."""

from datetime import date

import pytest
from django.urls import reverse

from awards.models import Nomination, Sitting
from congress.models import Congress
from core import clock
from core.models import AuditEntry, User
from tests import factories as make
from tests.awards.scenes import make_nomination, make_sitting
from tests.delegates.factories import make_category, make_delegate, make_quota
from units.models import Office

pytestmark = pytest.mark.django_db
HOME, CLOSE = reverse("portal:home"), reverse("portal:checklist_close")
WITH = {
    "officer", "department_head", "unit_head", "unit_clerk", "block_head", "chair", "member", "secretary", "teller",
    "desk",
}  # fmt: skip


@pytest.fixture(autouse=True)
def spring(today):
    today(2020, 5, 15)


def steps(enter, user) -> list[bool]:
    """Which of the three steps are ticked off."""
    return [line.kind == "ok" for line in enter(user).get(HOME).context["first_steps"]]


def complete(user: User) -> None:
    User.objects.filter(pk=user.pk).update(email=f"u{user.pk}@example.org", phone="0912345678")


def test_every_role_finds_three_steps_that_lead_somewhere(cast, enter):
    for role, user in cast.roles.items():
        client = enter(user)
        lines = client.get(HOME).context["first_steps"]
        assert len(lines) == (3 if role in WITH else 0), role
        for line in lines:
            assert client.get(line.url).status_code == 200, (role, line.title)


def test_the_account_is_complete_with_e_mail_and_phone(cast, enter):
    User.objects.filter(pk=cast.unit_clerk.pk).update(phone="")
    assert not steps(enter, cast.unit_clerk)[0]
    complete(cast.unit_clerk)
    assert steps(enter, cast.unit_clerk)[0]


def test_a_unit(cast, enter):
    Office.objects.filter(role=Office.Role.UNIT_CLERK).delete()
    make.make_office(cast.unit_clerk, Office.Role.UNIT_CLERK, cast.other_unit)
    assert steps(enter, cast.unit_head)[1:] == [False, False]
    make.make_office(make.make_user(), Office.Role.UNIT_CLERK, cast.unit)
    make_nomination(cast.congress, cast.unit, "collective", Nomination.State.DRAFT)
    assert steps(enter, cast.unit_head)[1:] == [True, False]
    make_nomination(cast.congress, cast.unit, "collective", Nomination.State.SUBMITTED)
    assert steps(enter, cast.unit_head)[1:] == [True, True]
    assert steps(enter, cast.unit_clerk)[1:] == [False, False]
    make_nomination(cast.congress, cast.other_unit, "collective", Nomination.State.DRAFT)
    category = make_category(cast.congress)
    make_quota(cast.other_unit, category)
    make_delegate(cast.other_unit, category)
    assert steps(enter, cast.unit_clerk)[1:] == [True, True]


def test_a_blocks_head(cast, enter):
    conference = make.make_conference(cast.congress, host_block=cast.block)
    assert steps(enter, cast.block_head)[1:] == [False, False]
    type(conference).objects.update(held_on=date(2020, 5, 1), session="morning")
    assert steps(enter, cast.block_head)[1:] == [True, False]
    conference.refresh_from_db()
    make.make_report(conference, "sent")
    assert steps(enter, cast.block_head)[1:] == [True, True]


def test_the_department(cast, enter):
    Congress.objects.update(nominations_due=None, registration_due=None, programme_published_at=None)
    assert steps(enter, cast.department_head)[1:] == [False, False]
    Congress.objects.update(
        nominations_due=date(2020, 7, 1), registration_due=date(2020, 9, 1), programme_published_at=clock.now()
    )
    assert steps(enter, cast.department_head)[1:] == [True, True]
    assert steps(enter, cast.officer)[1:] == [False, False]
    Congress.objects.update(delegates_target=2)
    make_quota(cast.unit, make_category(cast.congress))
    make.make_conference(cast.congress, cast.unit, held_on=date(2020, 5, 1), session="morning")
    assert steps(enter, cast.officer)[1:] == [True, True]


def test_the_council(cast, enter):
    assert steps(enter, cast.secretary)[1:] == steps(enter, cast.chair)[1:] == [False, False]
    sitting = make_sitting(cast.congress, state=Sitting.State.DRAFT)
    assert steps(enter, cast.secretary)[1:] == [True, False]
    Sitting.objects.update(state=Sitting.State.CONVENED)
    assert steps(enter, cast.secretary)[1:] == [True, True]
    assert steps(enter, cast.chair)[1:] == [False, False]
    Sitting.objects.update(state=Sitting.State.OPEN)
    assert steps(enter, cast.chair)[1:] == [False, True]
    nomination = make_nomination(cast.congress, cast.unit, "collective", Nomination.State.SHORTLISTED)
    assert steps(enter, cast.member)[1:] == [False, False]
    nomination.assessments.create(user=cast.member, points=8)
    assert steps(enter, cast.member)[1:] == [True, True]
    teller = sitting.tellers.create(user=cast.teller)
    assert steps(enter, cast.teller)[1:] == [False, False]
    teller.public_key = b"k" * 32
    teller.save()
    assert steps(enter, cast.teller)[1:] == [True, False]


def test_the_desk(cast, enter):
    assert steps(enter, cast.desk)[1:] == [False, False]
    delegate = make_delegate(cast.unit, make_category(cast.congress))
    assert not steps(enter, cast.desk)[2]
    type(delegate).objects.update(state="confirmed")
    assert steps(enter, cast.desk)[2]


def test_what_is_done_goes_away_by_itself(cast, enter):
    complete(cast.department_head)
    Congress.objects.update(
        nominations_due=date(2020, 7, 1), registration_due=date(2020, 9, 1), programme_published_at=clock.now()
    )
    assert enter(cast.department_head).get(HOME).context["first_steps"] == []


def test_it_is_put_away_for_good_with_one_entry(cast, enter):
    client = enter(cast.unit_clerk)
    assert client.get(CLOSE).status_code == 405
    for _ in range(2):
        assert client.post(CLOSE).url == HOME
    assert client.get(HOME).context["first_steps"] == []
    assert AuditEntry.objects.filter(verb="account.checklist_closed", actor=cast.unit_clerk).count() == 1
    assert enter(cast.unit_head).get(HOME).context["first_steps"]
