"""The demonstration, told once from spring to the eve and looked at on the way."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.models import Kind, Nomination, Sitting
from awards.rules import voters
from congress.models import ConferenceReport, Congress, Elected, Task
from core import clock
from core.models import AuditEntry, Rehearsal, User
from delegates.models import Delegate
from portal.demo import stages
from portal.demo.accounts import ACCOUNTS, PASSWORD
from tests import factories as make
from units.hats import hats

DAYS = {"spring": date(2020, 5, 15), "council": date(2020, 9, 10), "eve": date(2020, 10, 25)}
MAKE_UP = {"DN_LDB": 15, "DN_DDT": 10, "DN_TT": 46, "DHTT": 150, "TT_KT": 70, "CN_KT": 75, "KM": 34}


def load(stage: str, **options) -> None:
    call_command("load_demo", stage=stage, stdout=StringIO(), **options)


def sound() -> bool:
    """Whether both checks find nothing; they raise what they find."""
    call_command("check_invariants", stdout=StringIO())
    call_command("verify_audit", stdout=StringIO())
    return True


def look() -> dict:
    """What a stage is judged by."""
    congress, today = Congress.objects.get(), clock.today()
    nominations, conferences = congress.nominations.all(), congress.conferences.all()
    return {
        "day": Rehearsal.objects.get().day,
        "held": conferences.filter(held_on__lte=today).count(),
        "conferences": Counter(conferences.values_list("state", flat=True)),
        "reports": Counter(ConferenceReport.objects.values_list("state", flat=True)),
        "taken_over": Elected.objects.exclude(made="").count(),
        "left": Elected.objects.filter(report__state="accepted", made="").count(),
        "late": Task.objects.overdue(today).count(),
        "delegates": congress.delegates.seated().count(),
        "states": set(congress.delegates.values_list("state", flat=True)),
        "dossiers": Counter(nominations.values_list("state", "kind")),
        "registration": congress.registration_due,
        "convened": list(congress.sittings.values_list("state", flat=True)),
        "voters": voters(congress).count(),
        "published": bool(congress.programme_published_at),
        "banner": banner(),
        "sound": sound(),
    }


def banner() -> str:
    """The page that the Department's officer sees first."""
    client = Client()
    client.force_login(User.objects.get(username="lan"), backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("portal:home")).text


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """What was seen at each stage; the tests stand on the eve, which is taken back after them.

    After spring a real account is made: the way on is refused, unless forced.
    """
    seen: dict = {}
    with django_db_blocker.unblock(), transaction.atomic():
        load("spring")
        seen["spring"] = look()
        make.make_user("that")
        with pytest.raises(CommandError, match="real accounts"):
            load("council")
        assert stages.loaded() == ["spring"]
        for stage in ("council", "eve"):
            load(stage, force=True)
            seen[stage] = look()
        yield seen
        transaction.set_rollback(True)


@pytest.mark.parametrize("stage", DAYS)
def test_each_stage_sets_its_day_and_says_so(told, stage):
    day = DAYS[stage]
    assert told[stage]["day"] == day
    assert 'class="rehearsal"' in told[stage]["banner"]
    assert f"{day:%d/%m/%Y}" in told[stage]["banner"]


@pytest.mark.parametrize("stage", DAYS)
def test_each_stage_is_sound(told, stage):
    assert told[stage]["sound"]


def test_spring_four_conferences_held_registration_open_some_tasks_late(told):
    spring = told["spring"]
    assert spring["held"] == 4
    assert spring["reports"] == {"accepted": 1, "sent": 1, "returned": 1}
    assert spring["conferences"] == {"accepted": 1, "reported": 1, "held": 1, "approved": 5, "planned": 2}
    assert spring["taken_over"] >= 3
    assert spring["late"] == 2
    assert spring["registration"] > spring["day"]
    assert 150 < spring["delegates"] < 300
    assert spring["states"] == {"registered", "confirmed"}
    assert spring["voters"] == 15
    assert spring["convened"] == []
    assert {state for state, _kind in spring["dossiers"]} == {"draft", "returned", "submitted", "accepted"}
    assert not spring["published"]


def test_council_twenty_dossiers_on_the_short_list_and_fifteen_members_convened(told):
    council = told["council"]
    assert council["dossiers"] == {("shortlisted", kind): 10 for kind in Kind.values}
    assert council["voters"] == 15
    assert council["convened"] == [Sitting.State.CONVENED]
    assert council["conferences"] == {"accepted": 10}
    assert council["taken_over"] >= 30


def test_eve_about_four_hundred_delegates_in_the_letters_make_up(told):
    assert 390 <= told["eve"]["delegates"] <= 410
    assert told["eve"]["states"] == {"confirmed", "withdrawn"}
    seated = Delegate.objects.seated().values_list("category__code", flat=True)
    assert Counter(seated) == MAKE_UP
    assert Delegate.objects.seated().filter(category__code="DN_TT").values("unit").distinct().count() == 46


def test_eve_four_reports_chosen_and_in_the_published_programme(told):
    assert told["eve"]["published"]
    chosen = Nomination.objects.filter(state=Nomination.State.SELECTED)
    assert Counter(chosen.values_list("kind", flat=True)) == {Kind.COLLECTIVE: 2, Kind.INDIVIDUAL: 2}
    client = Client()
    page = client.get(reverse("portal:public_programme", args=["2020"])).text
    for nomination in chosen:
        assert nomination.nominee in page


def test_eve_knows_the_nominees_and_the_heads_among_the_delegates(told):
    for nomination in Nomination.objects.filter(kind=Kind.INDIVIDUAL):
        assert Delegate.objects.seated().filter(folded=nomination.folded, unit=nomination.unit).count() == 1
    assert Delegate.objects.get(category__code="DN_TT", unit__code="NACENTECH").full_name == "Lê Thị Hồng Nhung"


def test_nobody_is_invented_twice(told):
    def twice(names):
        return [name for name, times in Counter(names).items() if times > 1]

    assert twice(User.objects.values_list("full_name", flat=True)) == []
    assert twice(Nomination.objects.values_list("folded", flat=True)) == []
    of_one_name = twice(Delegate.objects.values_list("folded", flat=True))
    assert len(of_one_name) == 2  # one registered by two units, and one who has a namesake: `portal.demo.twins`
    for name in of_one_name:
        assert Delegate.objects.filter(folded=name).values("unit").distinct().count() == 2


def test_the_story_is_told_in_the_order_of_its_days(told):
    moments = AuditEntry.objects.order_by("number").values_list("at", flat=True)
    days = [timezone.localtime(at).date() for at in moments]
    story = days[next(number for number, day in enumerate(days) if day.year < 2021) :]
    assert len(story) > 500
    assert story == sorted(story)


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.username)
def test_everybody_signs_in_with_the_printed_password(told, account):
    client = Client()
    answer = client.post(reverse("core:sign_in"), {"username": account.username, "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    user = User.objects.get(username=account.username)
    assert user.full_name == account.full_name
    mine = hats(user)
    assert mine.department or mine.unit_ids or mine.desk or user in voters(Congress.objects.get())


@pytest.mark.parametrize("stage", DAYS)
def test_a_stage_that_stands_is_passed_over(told, stage):
    before = AuditEntry.objects.count()
    load(stage, force=True)
    assert AuditEntry.objects.count() == before
    assert Rehearsal.objects.get().day == DAYS["eve"]


def test_an_ended_rehearsal_is_taken_up_again(told):
    before = AuditEntry.objects.count()
    clock.rehearse(None)
    load("spring", force=True)
    assert Rehearsal.objects.get().day == DAYS["eve"]
    assert AuditEntry.objects.count() == before


# ---- Where it does not belong ----


def nothing_was_added() -> bool:
    return not User.objects.filter(username="lan").exists() and not Rehearsal.objects.exists()


def test_a_database_with_real_accounts_is_refused(db):
    make.make_user("that")
    with pytest.raises(CommandError, match="real accounts"):
        load("spring")
    assert nothing_was_added()
    assert not Congress.objects.exists()


def test_a_portal_in_production_is_refused(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        load("spring")
    assert nothing_was_added()


def test_a_day_from_outside_is_refused(db, today):
    today(2020, 5, 15)
    with pytest.raises(CommandError, match="PORTAL_TODAY"):
        load("spring")
    assert nothing_was_added()


def test_a_stage_is_loaded_whole_or_not_at_all(db):
    make.make_user("khai")  # the name of an account that comes after others
    with pytest.raises(CommandError, match="nothing was added"):
        load("spring", force=True)
    assert nothing_was_added()
    assert sound()
