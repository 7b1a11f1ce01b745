"""The next edition: copied as a template, with its dates moved, and nobody's data."""

import re
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from awards import actions as awards
from congress import actions
from congress.models import Congress, Task
from congress.next_edition import Step, months_between
from core.models import AuditEntry, Rehearsal
from core.refusal import Refused
from delegates import actions as delegates
from tests import factories as make
from units.models import Unit

FIVE_YEARS = Step(60, 5, 6)


@pytest.mark.parametrize(
    ("old", "months", "new"),
    [
        (date(2020, 10, 26), 60, date(2025, 10, 26)),
        (date(2020, 2, 29), 60, date(2025, 2, 28)),  # no 29 February there
        (date(2020, 2, 28), 60, date(2025, 2, 28)),
        (date(2019, 2, 28), 60, date(2024, 2, 29)),  # the end of a month stays the end
        (date(2020, 6, 30), 60, date(2025, 6, 30)),
        (date(2020, 6, 30), 59, date(2025, 5, 31)),  # a quarter's end too
        (date(2019, 12, 31), 2, date(2020, 2, 29)),
        (date(2019, 12, 30), 2, date(2020, 2, 29)),
        (date(2020, 1, 25), 60, date(2025, 1, 25)),  # Tết moves with the moon: the date is a proposal
        (date(2020, 10, 1), -1, date(2020, 9, 1)),
        (date(2020, 12, 1), 1, date(2021, 1, 1)),
    ],
)
def test_a_day_moves_by_whole_months(old, months, new):
    assert Step(months, 5, 6).day(old) == new


def test_months_are_counted_from_month_to_month():
    assert months_between(date(2020, 10, 1), date(2025, 9, 15)) == 59
    assert months_between(date(2020, 10, 31), date(2020, 10, 1)) == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Đại hội Thi đua yêu nước của Bộ lần thứ V", "Đại hội Thi đua yêu nước của Bộ lần thứ VI"),
        ("Fifth Patriotic Emulation Congress", "Sixth Patriotic Emulation Congress"),
        ("phong trào thi đua giai đoạn 2015-2020", "phong trào thi đua giai đoạn 2020-2025"),
        ("the emulation movements of 2015–2020", "the emulation movements of 2020–2025"),
        ("Khối trưởng, Khối phó năm 2019", "Khối trưởng, Khối phó năm 2024"),
        ("Vụ TĐKT, 04 báo cáo, 24.35560658", "Vụ TĐKT, 04 báo cáo, 24.35560658"),
        ("lần thứ VII", "lần thứ VII"),
    ],
)
def test_words_speak_of_the_next_edition(old, new):
    assert FIVE_YEARS.words(old) == new


# ---- The copy ----


@pytest.fixture
def letter(db) -> Congress:
    call_command("load_plan", verbosity=0)
    return Congress.objects.get()


def next_fields(**fields) -> dict:
    return {
        "slug": "2025",
        "ordinal": 6,
        "name_vi": "Đại hội lần thứ VI",
        "name_en": "Sixth Congress",
        "period_from": 2020,
        "period_to": 2025,
        "congress_from": date(2025, 9, 1),
        "delegates_target": 350,
        "collective_reports": 3,
        "individual_reports": 1,
    } | fields


def test_phases_tasks_categories_and_rules_come_along(letter):
    made = actions.copy_congress(actor=None, congress=letter, **next_fields())
    assert [str(phase) for phase in made.phases.all()] == [str(phase) for phase in letter.phases.all()]
    assert made.tasks.count() == letter.tasks.count()
    assert [c.code for c in made.categories.all()] == [c.code for c in letter.categories.all()]
    for rule in ("own_conference_above", "delegates_conference_above", "report_days", "days", "symbol", "council_vi"):
        assert getattr(made, rule) == getattr(letter, rule)
    assert (made.conferences_from, made.conferences_until) == (date(2025, 3, 1), date(2025, 5, 31))
    assert (made.congress_from, made.congress_until) == (date(2025, 9, 1), date(2025, 9, 30))
    assert (made.delegates_target, made.collective_reports, made.individual_reports) == (350, 3, 1)
    held = made.tasks.get(name_vi__startswith="Tổ chức Đại hội Thi đua yêu nước")
    assert (held.starts, held.due, held.tentative) == (date(2025, 9, 1), date(2025, 9, 30), True)
    assert held.name_vi.endswith("lần thứ VI")
    assert {unit.code for unit in held.cooperating.all()} == {"VPB"}
    assert made.programme.filter(holds_reports=True).count() == 1
    assert [c.name_vi for c in made.conferences.all()] == [c.name_vi for c in letter.conferences.all()]
    assert not made.legal_bases.exists()
    call_command("check_invariants", verbosity=0)


def test_nothing_personal_and_nothing_agreed_comes_along(letter):
    call_command("load_demo", stage="spring", force=True, verbosity=0)
    letter.refresh_from_db()
    made = actions.copy_congress(actor=None, congress=letter, **next_fields())
    assert not made.delegates.exists()
    assert not made.quotas.exists()
    assert not made.nominations.exists()
    assert not made.council_seats.exists()
    assert not made.sittings.exists()
    assert made.held_on is None
    assert made.venue == ""
    assert made.programme_published_at is None
    for task in made.tasks.all():
        assert (task.progress, task.finished_on, task.difficulty, task.status) == (0, None, "", Task.Status.GOES_ON)
    for conference in made.conferences.all():
        assert (conference.held_on, conference.place, conference.chair, conference.leader) == (None, "", "", "")
    for point in made.programme.all():
        assert point.presenter == ""
        assert point.parent_id is None
    Rehearsal.objects.all().delete()


def test_the_copy_is_usable_at_once(letter, cast_of_the_letter):
    head, officer, unit = cast_of_the_letter
    made = actions.copy_congress(actor=officer, congress=letter, **next_fields())
    category = made.categories.filter(by_unit=True).first()
    delegates.set_seats(
        actor=officer, congress=made, seats={(unit.pk, category.pk): 1}, versions={(unit.pk, category.pk): 0}
    )
    nomination = awards.start(actor=head, congress=made, unit=unit, kind="collective", nominee=unit.name_vi)
    assert nomination.congress == made
    call_command("check_invariants", verbosity=0)


@pytest.fixture
def cast_of_the_letter(letter):
    unit = Unit.objects.get(code="NACENTECH")
    head, officer = make.make_user(), make.make_user()
    make.make_office(head, "unit_head", unit)
    make.make_office(officer, "department_officer")
    return head, officer, unit


def test_units_that_are_no_more_hold_no_conference(letter):
    Unit.objects.filter(code__in=["IPVN", "VIPRI"]).update(is_active=False)
    made = actions.copy_congress(actor=None, congress=letter, **next_fields())
    assert made.conferences.count() == letter.conferences.count() - 1
    assert not made.conferences.filter(units__code="VIPRI").exists()


def test_what_merged_units_led_is_led_by_their_successor(letter):
    led = letter.tasks.exclude(lead__code="VU_TDKT").select_related("lead").first()
    heir = Unit.objects.get(code="VU_TDKT")
    Unit.objects.filter(pk=led.lead_id).update(is_active=False, closed_on=date(2020, 1, 1), merged_into=heir)
    made = actions.copy_congress(actor=None, congress=letter, **next_fields())
    assert made.tasks.get(order=led.order, phase__code=led.phase.code).lead == heir


# ---- The page ----


def filled_in(client, url: str) -> dict:
    """The form as it comes, with its one-time key."""
    page = client.get(url)
    form = page.context["form"]
    key = re.search(r'name="once" value="([^"]+)"', page.content.decode())
    return {name: form[name].value() for name in form.fields} | {"once": key[1]}


def test_what_comes_along_is_shown_before_anything_is_written(client, cast):
    client.force_login(cast.officer)
    make.make_task(cast.congress, cast.unit, name_vi="Họp năm 2020", starts=date(2020, 2, 29), due=date(2020, 3, 31))
    url = reverse("congress:next_edition", args=["2020"])
    data = filled_in(client, url)
    assert data["slug"] == "2025"
    assert data["ordinal"] == 6
    data["congress_from"] = "01/09/2025"
    seen = client.post(url, data | {"look": ""})
    assert "Họp năm 2025" in seen.content.decode()
    assert "31/01/2025" in seen.content.decode()
    assert Congress.objects.count() == 1
    for _again in range(2):  # a double click makes one
        answer = client.post(url, data | {"make": ""})
        assert answer.status_code == 302
        assert answer.url == "/2025/"
    made = Congress.objects.get(slug="2025")
    assert made.tasks.get().starts == date(2025, 1, 31)
    assert not made.is_current
    assert AuditEntry.objects.filter(verb="congress.copied").count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "2020"),
        ("slug", "units"),
        ("congress_from", "01/10/2020"),
        ("congress_from", "30/02/2025"),
        ("ordinal", ""),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client, cast, field, value):
    client.force_login(cast.officer)
    url = reverse("congress:next_edition", args=["2020"])
    data = filled_in(client, url)
    answer = client.post(url, data | {"make": "", field: value})
    assert answer.context["form"].errors[field]
    assert Congress.objects.count() == 1


def test_the_head_of_the_department_says_which_is_the_current_one(client, cast):
    made = actions.copy_congress(actor=cast.officer, congress=cast.congress, **next_fields())
    with pytest.raises(Refused):
        actions.make_current(actor=cast.officer, congress=made)
    actions.make_current(actor=cast.department_head, congress=made)
    assert list(Congress.objects.filter(is_current=True)) == [made]
    with pytest.raises(Refused):
        actions.make_current(actor=cast.department_head, congress=made)
    client.force_login(cast.unit_head)
    assert client.get("/").status_code == 200
    assert client.get("/2020/").status_code == 200


def test_both_editions_lead_to_each_other(client, cast):
    actions.copy_congress(actor=cast.officer, congress=cast.congress, **next_fields())
    client.force_login(cast.department_head)
    for slug, other in (("2020", "2025"), ("2025", "2020")):
        assert f'href="/{other}/"' in client.get(f"/{slug}/").content.decode()
