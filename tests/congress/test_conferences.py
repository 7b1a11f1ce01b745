"""Conferences: who sets the day, the window, the report and when it is late."""

from datetime import date

import pytest
from django.urls import reverse

from congress import actions, queries, rules
from congress.models import Conference
from core.refusal import Refused
from tests import factories as make


@pytest.fixture
def own(cast, today) -> Conference:
    today(2020, 5, 15)
    return make.make_conference(cast.congress, cast.unit)


@pytest.fixture
def of_block(cast, today) -> Conference:
    today(2020, 5, 15)
    return make.make_conference(cast.congress, cast.other_unit, host_block=cast.block)


def schedule(conference, actor, day, **fields):
    values = {"held_on": day, "session": "morning", "place": "Hội trường", **fields}
    return actions.schedule_conference(actor=actor, conference=conference, version=conference.version, **values)


REPORT = {"summoned": 100, "attended": 96, "women": 40, "papers": 5, "proposals": ""}


def report(conference, actor, **fields):
    return actions.report_conference(actor=actor, conference=conference, version=conference.version, **REPORT | fields)


def test_the_host_and_the_department_set_the_day(cast, own, of_block):
    for name, user in cast.roles.items():
        may = rules.why_not_schedule(user, own) is None
        assert may == (name in {"officer", "department_head", "unit_head"}), name
        may = rules.why_not_schedule(user, of_block) is None
        assert may == (name in {"officer", "department_head", "block_head"}), name


@pytest.mark.parametrize(
    ("day", "outside"),
    [
        (date(2020, 3, 31), True),
        (date(2020, 4, 1), False),
        (date(2020, 6, 30), False),
        (date(2020, 7, 1), True),
        (date(2020, 2, 29), True),
    ],
)
def test_a_day_outside_the_window_is_accepted_and_said(cast, own, enter, day, outside):
    url = reverse("congress:conference_schedule", args=["2020", own.pk])
    form = {"held_on": f"{day:%d/%m/%Y}", "session": "morning", "form": "plenary", "version": own.version}
    page = enter(cast.unit_head).post(url, form, follow=True).text
    own.refresh_from_db()
    assert own.held_on == day
    assert ("ngoài thời gian của kế hoạch" in page) == outside


def test_a_new_day_has_to_be_approved_again(cast, own):
    own = schedule(own, cast.unit_head, date(2020, 6, 19))
    own = actions.approve_conference(actor=cast.officer, conference=own)
    assert own.state == Conference.State.APPROVED
    assert schedule(own, cast.unit_head, date(2020, 6, 20)).state == Conference.State.PLANNED


def test_without_a_day_nothing_is_approved(cast, own):
    with pytest.raises(Refused, match="ngày"):
        actions.approve_conference(actor=cast.officer, conference=own)


def test_postponed_without_a_new_day(cast, own):
    own = schedule(own, cast.unit_head, date(2020, 6, 19))
    own = actions.postpone_conference(actor=cast.officer, conference=own, reason="Dịch bệnh")
    assert (own.state, own.held_on) == (Conference.State.POSTPONED, None)
    assert queries.standing(own, date(2020, 6, 1))[0] == "warn"


def test_the_report_opens_on_the_day(cast, own, today):
    own = schedule(own, cast.unit_head, date(2020, 6, 19))
    today(2020, 6, 18)
    with pytest.raises(Refused, match="19/06/2020"):
        report(own, cast.unit_head)
    today(2020, 6, 19)
    assert report(own, cast.unit_head).state == Conference.State.REPORTED


@pytest.mark.parametrize(
    ("day", "tone"),
    [
        (date(2020, 6, 18), "wait"),
        (date(2020, 6, 20), "warn"),
        (date(2020, 6, 29), "warn"),
        (date(2020, 6, 30), "late"),
    ],
)
def test_a_missing_report_is_late_after_its_days(cast, own, day, tone):
    own = schedule(own, cast.unit_head, date(2020, 6, 19))
    assert queries.standing(own, day)[0] == tone


def test_a_late_report_stays_late(cast, own, today):
    own = schedule(own, cast.unit_head, date(2020, 6, 19))
    today(2020, 7, 10)
    assert queries.standing(report(own, cast.unit_head), date(2020, 8, 1))[0] == "warn"


def test_more_women_than_people_is_said_at_the_form(cast, own, enter, today):
    own = schedule(own, cast.unit_head, date(2020, 6, 19))
    today(2020, 6, 22)
    url = reverse("congress:conference_report", args=["2020", own.pk])
    page = enter(cast.unit_head).post(url, {**REPORT, "women": 97, "version": own.version})
    assert page.status_code == 200
    assert "Số nữ nhiều hơn số đại biểu có mặt" in page.text


def test_headcounts_that_do_not_fit_are_named(cast, own, of_block):
    type(cast.unit).objects.filter(pk=cast.unit.pk).update(headcount=80, headcount_on=date(2019, 7, 31))
    type(cast.unit).objects.filter(pk=cast.other_unit.pk).update(headcount=150, headcount_on=date(2019, 7, 31))
    warnings = {line.conference.pk: line.warnings for line in queries.conference_roll(cast.congress)}
    assert len(warnings[own.pk]) == len(warnings[of_block.pk]) == 1


def test_one_leader_at_two_conferences_is_named(cast, own, of_block):
    for conference in (own, of_block):
        schedule(conference, None, date(2020, 6, 19), leader="Thứ trưởng A")
    assert all(line.warnings for line in queries.conference_roll(cast.congress))


def test_a_unit_moves_and_still_has_one_conference(cast, own, of_block):
    actions.move_member(actor=cast.officer, conference=of_block, unit=cast.unit)
    assert list(own.units.all()) == []
    assert set(of_block.units.all()) == {cast.unit, cast.other_unit}
