"""Reminders: which is due, who owes, once each, batched, quiet, previewed."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from awards.models import Nomination
from congress import actions, queries, reminder_job
from congress.fields import reminder_days
from congress.models import ReminderSent
from congress.reminders import LATE, step_due
from core import clock
from core.models import AuditEntry, Job, Mail, User
from core.refusal import Refused
from tests import factories as make
from tests.awards.scenes import make_nomination
from tests.delegates.factories import make_category, make_delegate, make_quota
from units.models import Office

STEPS = [14, 7, 1]


@pytest.mark.parametrize("due", [date(2020, 2, 29), date(2020, 1, 25), date(2020, 6, 30), date(2020, 12, 31)], ids=str)
@pytest.mark.parametrize(
    ("before", "step"),
    [(15, None), (14, 14), (13, 14), (8, 14), (7, 7), (5, 7), (2, 7), (1, 1), (0, 1), (-1, LATE), (-40, LATE)],
)
def test_the_nearest_step_is_due(due, before, step):
    assert step_due(due, due - timedelta(days=before), STEPS) == step


def test_without_steps_only_lateness_is_told():
    due = date(2020, 7, 15)
    assert step_due(due, due, []) is None
    assert step_due(due, date(2020, 7, 16), []) == LATE


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("14, 7, 1", STEPS),
        ("1;7 14", STEPS),
        ("7,7", [7]),
        ("", []),
        ("0", None),
        ("a", None),
        ("-1", None),
        ("366", None),
    ],
)
def test_the_days_are_read_from_one_line(text, days):
    if days is None:
        with pytest.raises(ValidationError):
            reminder_days(text)
    else:
        assert reminder_days(text) == days


@pytest.fixture
def congress(cast, today):
    today(2020, 7, 8)
    cast.congress.nominations_due = date(2020, 7, 15)
    cast.congress.save()
    return cast.congress


def published(congress, unit, due, **fields):
    return make.make_task(congress, unit, starts=date(2020, 1, 1), due=due, published_at=clock.now(), **fields)


def reminded(congress) -> dict[str, list[str]]:
    """Who would get what today, as user name → keys."""
    return {
        batch.person.username: [item.duty.key for item in batch.items]
        for batch in queries.batches(congress, clock.today())
    }


def send(cast) -> int:
    return actions.send_reminders(actor=None, congress=cast.congress)


# ---- Who owes ----


def test_tasks_are_owed_by_the_person_in_charge_else_by_the_lead_unit(cast, congress):
    due = date(2020, 7, 10)
    of_unit = published(congress, cast.unit, due)
    of_person = published(congress, cast.unit, due, person=cast.stranger)
    make.make_task(congress, cast.unit, starts=date(2020, 1, 1), due=due, published_at=None)
    published(congress, cast.unit, due, finished_on=date(2020, 7, 1))
    published(congress, cast.unit, due, status="paused")
    published(congress, cast.unit, date(2020, 8, 1))  # too early
    assert reminded(congress) == {"unit_head": [f"task:{of_unit.pk}"], "stranger": [f"task:{of_person.pk}"]}


def test_the_departments_own_tasks_are_its_officers(cast, congress):
    own = make.make_unit(name_vi=congress.department_vi)
    task = published(congress, own, date(2020, 7, 9))
    assert reminded(congress) == {"officer": [f"task:{task.pk}"]}


@pytest.mark.parametrize(
    ("state", "owed"), [("approved", True), ("held", True), ("postponed", False), ("reported", False)]
)
def test_reports_are_owed_by_hosts_once_the_conference_was_held(cast, congress, state, owed):
    own = make.make_conference(congress, cast.unit, held_on=date(2020, 7, 1), session="morning", state=state)
    later = {"host_unit": cast.unit, "held_on": date(2020, 7, 9), "session": "morning"}
    make.make_conference(congress, make.make_unit(), **later)  # not held yet
    of_block = make.make_conference(
        congress, cast.other_unit, host_block=cast.block, held_on=date(2020, 7, 1), session="morning", state=state
    )
    wanted = {"unit_head": [f"report:{own.pk}"], "block_head": [f"report:{of_block.pk}"]}
    assert reminded(congress) == (wanted if owed else {})


def test_drafts_and_returned_dossiers_are_owed_by_their_unit(cast, congress):
    clerk = make.make_user("clerk")
    make.make_office(clerk, Office.Role.UNIT_CLERK, cast.unit)
    draft = make_nomination(congress, cast.unit, state=Nomination.State.DRAFT)
    before_head = make_nomination(congress, cast.unit, state=Nomination.State.WITH_HEAD)
    back = make_nomination(congress, cast.unit, state=Nomination.State.RETURNED, due=date(2020, 7, 9))
    make_nomination(congress, cast.unit, state=Nomination.State.SUBMITTED)
    assert set(reminded(congress)["unit_head"]) == {f"dossier:{one.pk}" for one in (draft, before_head, back)}
    assert set(reminded(congress)["clerk"]) == {f"dossier:{one.pk}" for one in (draft, back)}


def test_free_seats_are_owed_by_their_unit(cast, congress):
    congress.registration_due = date(2020, 7, 10)
    category = make_category(congress)
    make_quota(cast.unit, category, seats=1)
    make_quota(cast.other_unit, category, seats=1)
    make_delegate(cast.other_unit, category)
    assert reminded(congress) == {"unit_head": [f"seats:{congress.pk}:{cast.unit.pk}"]}


def test_an_extension_moves_the_reminder_of_that_unit(cast, congress):
    make_nomination(congress, cast.unit)
    assert "unit_head" in reminded(congress)
    actions.extend(
        actor=cast.officer,
        congress=congress,
        kind="nominations",
        unit=cast.unit,
        until=date(2020, 7, 31),
        reason="Phong tỏa",
        document="CV 15",
    )
    assert reminded(congress) == {}


# ---- Once each ----


def test_once_each_and_one_letter_per_person(cast, congress):
    published(congress, cast.unit, date(2020, 7, 9))
    published(congress, cast.unit, date(2020, 7, 15), name_vi="Soạn hướng dẫn tổ chức")
    assert send(cast) == 1
    mail = Mail.objects.get()
    assert mail.recipient == cast.unit_head
    assert "2 việc" in mail.subject
    for words in ("Soạn hướng dẫn tổ chức", "15/07/2020", "còn 7 ngày", "còn 1 ngày", "/2020/plan/", "024.35560658"):
        assert words in mail.body
    assert send(cast) == 0
    assert Mail.objects.count() == 1
    assert ReminderSent.objects.filter(mail=mail).count() == 2
    assert AuditEntry.objects.filter(verb="reminders.sent").count() == 1


def test_from_step_to_step(cast, congress, today):
    published(congress, cast.unit, date(2020, 7, 15))
    sent_on = []
    for day in range(60):
        today_is = date(2020, 6, 25) + timedelta(days=day)
        today(today_is.year, today_is.month, today_is.day)
        if send(cast):
            sent_on.append((today_is - date(2020, 7, 15)).days)
    assert sent_on == [-14, -7, -1, 1]


def test_missed_days_bring_the_nearest_step_alone(cast, congress, today):
    published(congress, cast.unit, date(2020, 7, 15))
    today(2020, 7, 14)
    assert send(cast) == 1
    assert ReminderSent.objects.get().step == 1


def test_a_date_that_moves_is_told_anew(cast, congress):
    task = published(congress, cast.unit, date(2020, 7, 15))
    send(cast)
    type(task).objects.filter(pk=task.pk).update(due=date(2020, 7, 20))
    assert send(cast) == 1
    assert "20/07/2020" in Mail.objects.first().body


def test_quiet_people_and_those_without_address_get_none_and_are_told_when_that_ends(cast, congress, enter):
    published(congress, cast.unit, date(2020, 7, 9))
    published(congress, cast.other_unit, date(2020, 7, 9))
    User.objects.filter(pk=cast.unit_head.pk).update(no_reminders=True)
    User.objects.filter(pk=cast.unit_clerk.pk).update(email="")
    page = enter(cast.officer).get(reverse("congress:reminders", args=["2020"]))
    assert "không nhận thư nhắc" in page.text
    assert "chưa có e-mail" in page.text
    assert page.context["ready"] == 0
    assert send(cast) == 0
    User.objects.filter(pk=cast.unit_head.pk).update(no_reminders=False)
    assert send(cast) == 1


def test_each_reads_the_own_language(cast, congress):
    published(congress, cast.unit, date(2020, 7, 9), name_vi="Soạn hướng dẫn", name_en="Write the guide")
    User.objects.filter(pk=cast.unit_head.pk).update(language="en")
    send(cast)
    assert "Task: Write the guide" in Mail.objects.get().body


def test_a_rehearsal_holds_the_letters(cast, congress):
    published(congress, cast.unit, date(2020, 7, 9))
    send(cast)
    assert Mail.objects.get().state == Mail.State.HELD


def test_the_command_says_how_many(cast, congress, capsys):
    published(congress, cast.unit, date(2020, 7, 9))
    call_command("send_due")
    call_command("send_due")
    assert capsys.readouterr().out.split("\n")[:2] == ["1 reminders in the outbox.", "0 reminders in the outbox."]


# ---- The page ----


def test_only_the_department_sends(cast, congress, enter):
    url = reverse("congress:reminders", args=["2020"])
    for name, user in cast.roles.items():
        department = name in {"officer", "department_head"}
        assert (enter(user).get(url).status_code == 200) == department, name
        if not department:
            with pytest.raises(Refused):
                actions.send_reminders(actor=user, congress=congress)


def test_the_preview_shows_a_letter_and_the_button_its_number(cast, congress, enter):
    published(congress, cast.unit, date(2020, 7, 9), name_vi="Soạn hướng dẫn")
    published(congress, cast.other_unit, date(2020, 7, 9))
    client, url = enter(cast.officer), reverse("congress:reminders", args=["2020"])
    page = client.get(url)
    assert "Gửi 2 thư nhắc việc" in page.text
    assert "Soạn hướng dẫn" in page.text
    assert page.context["sample"].email in page.text
    key = str(uuid4())
    for _time in range(2):
        assert client.post(url, {"once": key}).status_code == 302
    assert Mail.objects.count() == 2
    after = client.get(url).text
    assert "Gửi lần cuối" in after
    assert "thư nhắc việc</button>" not in after


def test_many_are_sent_by_the_worker(cast, congress, enter, monkeypatch):
    from congress.views import reminders as views

    monkeypatch.setattr(views, "MOST_AT_ONCE", 0)
    published(congress, cast.unit, date(2020, 7, 9))
    answer = enter(cast.officer).post(reverse("congress:reminders", args=["2020"]), {"once": str(uuid4())})
    job = Job.objects.get(kind=reminder_job.KIND)
    assert answer["Location"] == job.get_absolute_url()


def test_the_quiet_switch_is_in_the_profile(cast, enter):
    data = {"full_name": "Lê Thị Hồng Nhung", "email": "unit_head@example.org", "no_reminders": "on"}
    enter(cast.unit_head).post(reverse("core:profile"), data)
    cast.unit_head.refresh_from_db()
    assert cast.unit_head.no_reminders
