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
    with pytest.raises(Refused, match="lý do"):
        schedule(own, cast.unit_head, date(2020, 6, 20))
    moved = schedule(own, cast.unit_head, date(2020, 6, 20), reason="Trùng lịch", document="12/VƯDCN")
    assert moved.state == Conference.State.PLANNED
    move = moved.moves.get()
    assert (move.old_until, move.new_until) == (date(2020, 6, 19), date(2020, 6, 20))
    assert (move.reason, move.document, move.actor) == ("Trùng lịch", "12/VƯDCN", cast.unit_head)


def test_an_approved_day_is_moved_at_the_form_with_reason_and_document(cast, own, enter):
    own = actions.approve_conference(
        actor=cast.officer, conference=schedule(own, cast.unit_head, date(2020, 6, 19), place="Hội trường A")
    )
    url = reverse("congress:conference_schedule", args=["2020", own.pk])
    form = {"held_on": "20/06/2020", "session": "morning", "form": "plenary", "version": own.version, "place": "B"}
    page = enter(cast.unit_head).post(url, form)
    assert page.status_code == 200
    assert page.text.count("Ngày đã duyệt bị dời: hãy điền ô này.") == 4  # in the summary and at both fields
    answer = enter(cast.unit_head).post(url, {**form, "reason": "Trùng lịch", "document": "12/VƯDCN"})
    assert answer.status_code == 302
    page = enter(cast.stranger).get(own.get_absolute_url()).text
    assert "19/06/2020 → 20/06/2020" in page
    assert "12/VƯDCN" in page


def test_other_facts_of_an_approved_conference_change_without_a_reason(cast, own):
    own = actions.approve_conference(actor=cast.officer, conference=schedule(own, cast.unit_head, date(2020, 6, 19)))
    own = schedule(own, cast.unit_head, date(2020, 6, 19), place="Nơi khác")
    assert (own.state, own.place, own.moves.count()) == (Conference.State.APPROVED, "Nơi khác", 0)


def test_without_a_day_nothing_is_approved(cast, own):
    with pytest.raises(Refused, match="ngày"):
        actions.approve_conference(actor=cast.officer, conference=own)


def test_postponed_without_a_new_day(cast, own):
    own = schedule(own, cast.unit_head, date(2020, 6, 19))
    own = actions.postpone_conference(actor=cast.officer, conference=own, reason="Dịch bệnh")
    assert (own.state, own.held_on) == (Conference.State.POSTPONED, None)
    assert queries.standing(own, date(2020, 6, 1))[0] == "warn"
    assert (own.moves.get().old_until, own.moves.get().new_until) == (date(2020, 6, 19), None)
    own = schedule(own, cast.unit_head, date(2020, 6, 26), form="online")
    assert (own.state, own.form) == (Conference.State.PLANNED, "online")
    assert [move.new_until for move in own.moves.all()] == [None, date(2020, 6, 26)]


def test_an_approved_day_is_postponed_by_a_document(cast, own):
    own = actions.approve_conference(actor=cast.officer, conference=schedule(own, cast.unit_head, date(2020, 6, 19)))
    with pytest.raises(Refused, match="lý do"):
        actions.postpone_conference(actor=cast.unit_head, conference=own, reason="Dịch bệnh")
    own = actions.postpone_conference(actor=cast.unit_head, conference=own, reason="Dịch bệnh", document="16/CT-TTg")
    assert own.moves.get().document == "16/CT-TTg"


def test_that_it_was_held_is_said_by_the_host(cast, own, of_block, today):
    for conference in (own, of_block):
        schedule(conference, None, date(2020, 5, 14))
    today(2020, 5, 15)
    for conference, host in ((own, "unit_head"), (of_block, "block_head")):
        conference.refresh_from_db()
        for name, user in cast.roles.items():
            may = rules.why_not_hold(user, conference) is None
            assert may == (name in {"officer", "department_head", host}), name
        held = actions.hold_conference(actor=getattr(cast, host), conference=conference)
        assert held.state == Conference.State.HELD
        assert rules.why_not_schedule(getattr(cast, host), held)
        assert rules.why_not_schedule(cast.officer, held) is None
        assert rules.why_not_hold(cast.officer, held)


def test_the_report_opens_on_the_day(cast, own, today):
    own = schedule(own, cast.unit_head, date(2020, 6, 19))
    today(2020, 6, 18)
    with pytest.raises(Refused, match="19/06/2020"):
        actions.start_report(actor=cast.unit_head, conference=own)
    with pytest.raises(Refused, match="19/06/2020"):
        actions.hold_conference(actor=cast.unit_head, conference=own)
    today(2020, 6, 19)
    actions.start_report(actor=cast.unit_head, conference=own)
    own.refresh_from_db()
    assert own.state == Conference.State.HELD


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


def test_headcounts_that_do_not_fit_are_named(cast, own, of_block):
    type(cast.unit).objects.filter(pk=cast.unit.pk).update(headcount=80, headcount_on=date(2019, 7, 31))
    type(cast.unit).objects.filter(pk=cast.other_unit.pk).update(headcount=150, headcount_on=date(2019, 7, 31))
    warnings = {line.conference.pk: line.warnings for line in queries.conference_roll(cast.congress)}
    assert [one.kind for one in warnings[own.pk]] == [one.kind for one in warnings[of_block.pk]] == ["headcount"]


@pytest.mark.parametrize(
    ("headcount", "limit", "form", "said"),
    [
        (200, 200, "plenary", False),
        (201, 200, "plenary", True),
        (201, 200, "delegates", False),
        (201, 200, "online", False),
        (201, 300, "plenary", False),
    ],
)
def test_many_people_suggest_a_conference_of_delegates(cast, own, headcount, limit, form, said):
    type(cast.congress).objects.update(delegates_conference_above=limit)
    cast.congress.refresh_from_db()
    type(cast.unit).objects.filter(pk=cast.unit.pk).update(headcount=headcount, headcount_on=date(2019, 7, 31))
    Conference.objects.filter(pk=own.pk).update(form=form)
    line = next(line for line in queries.conference_roll(cast.congress) if line.conference == own)
    assert [one.kind for one in line.warnings] == (["delegates"] if said else [])


def test_one_leader_at_two_conferences_is_named(cast, own, of_block):
    for conference in (own, of_block):
        schedule(conference, None, date(2020, 6, 19), leader="Thứ trưởng A" if conference == own else "thứ trưởng  a")
    for line in queries.conference_roll(cast.congress):
        [warning] = line.warnings
        assert warning.kind == "leader"
        assert own.name in warning.text
        assert of_block.name in warning.text
    schedule(Conference.objects.get(pk=own.pk), None, date(2020, 6, 19), session="afternoon")
    assert not any(line.warnings for line in queries.conference_roll(cast.congress))


def test_a_unit_moves_and_still_has_one_conference(cast, own, of_block):
    actions.move_member(actor=cast.officer, conference=of_block, unit=cast.unit)
    assert list(own.units.all()) == []
    assert set(of_block.units.all()) == {cast.unit, cast.other_unit}
