"""Sittings of the Council: who may do what in which state, the quorum, the tellers, and what a conclusion writes."""

from datetime import date, timedelta

import pytest
from django.core import mail

from awards import actions, rules
from awards.invariants import faults
from awards.models import Ballot, CouncilSeat, Kind, Nomination, Sitting, Teller
from core import clock
from core.models import AuditEntry, Mail
from core.refusal import Denial, Refused
from core.versions import Stale
from tests import factories as make
from tests.awards.scenes import convened, enlarge_council, in_session, make_nomination, make_seat, make_sitting

pytestmark = pytest.mark.django_db
State = Sitting.State
KEEPERS = {"officer", "department_head", "secretary"}
FOUR = [[1, 2]] * 10

# act: who, and in which states; every other pair is refused
TABLE = {
    "change_sitting": (KEEPERS, {State.DRAFT, State.CONVENED}),
    "convene": (KEEPERS, {State.DRAFT}),
    "record_attendance": (KEEPERS, {State.CONVENED, State.OPEN}),
    "open_sitting": ({"chair"}, {State.CONVENED}),
    "appoint_tellers": ({"chair"}, {State.OPEN}),
    "conclude": ({"chair"}, {State.OPEN}),
}


@pytest.mark.parametrize("act", TABLE)
def test_who_may_do_it_in_which_state(cast, act):
    who, states = TABLE[act]
    session = in_session(cast, lists=(2, 0))
    session.hold("collective", FOUR)
    rule = getattr(rules, f"why_not_{act}")
    for state in State:
        Sitting.objects.filter(pk=session.sitting.pk).update(state=state)
        sitting = Sitting.objects.get(pk=session.sitting.pk)
        for role, user in cast.roles.items():
            reason = rule(user, sitting)
            assert (reason is None) == (role in who and state in states), (role, state, reason)
            assert isinstance(reason, Denial) == (role not in who), (role, state, reason)


def test_who_puts_a_sitting_off_for_want_of_a_quorum(cast):
    session = convened(cast, present=9)
    for state in State:
        Sitting.objects.filter(pk=session.sitting.pk).update(state=state)
        sitting = Sitting.objects.get(pk=session.sitting.pk)
        for role, user in cast.roles.items():
            may = role in KEEPERS | {"chair"} and state == State.CONVENED
            assert (rules.why_not_postpone(user, sitting) is None) == may, (role, state)


# ---- Preparing ----


def plan(cast, **fields) -> Sitting:
    fields.setdefault("held_at", clock.now() + timedelta(days=5))
    return actions.plan_sitting(actor=cast.secretary, congress=cast.congress, place="Phòng họp 1", **fields)


def test_the_council_is_called_together_by_one_letter_each(cast, django_capture_on_commit_callbacks):
    make_nomination(cast.congress, cast.unit, state=Nomination.State.SHORTLISTED)
    make_seat(cast.congress, cast.member, "vice")  # a second seat
    silent = make.make_user(email="")
    make_seat(cast.congress, silent)
    sitting = plan(cast)
    with django_capture_on_commit_callbacks(execute=True):
        actions.convene(actor=cast.secretary, sitting=sitting)
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(user.email for user in cast.members)
    assert all("Phòng họp 1" in letter.body for letter in mail.outbox)
    entry = AuditEntry.objects.get(verb="sitting.convened")
    assert entry.details["letters"] == 4


@pytest.mark.parametrize(
    "spoil",
    [
        lambda cast: Sitting.objects.update(held_at=clock.now() - timedelta(hours=1)),
        lambda cast: Nomination.objects.all().delete(),
        lambda cast: Nomination.objects.update(state=Nomination.State.ACCEPTED),
        lambda cast: CouncilSeat.objects.filter(post="chair").update(post="vice"),
        lambda cast: type(cast.congress).objects.update(collective_reports=0),
    ],
    ids=["in the past", "no nominee", "no short list", "nobody to preside", "no place to fill"],
)
def test_when_there_is_no_sense_in_calling_it(cast, spoil):
    make_nomination(cast.congress, cast.unit, state=Nomination.State.SHORTLISTED)
    sitting = plan(cast)
    spoil(cast)
    with pytest.raises(Refused):
        actions.convene(actor=cast.officer, sitting=sitting)
    assert not Mail.objects.exists()


def test_a_change_after_the_call_is_told_again_and_no_change_is_not(cast):
    make_nomination(cast.congress, cast.unit, state=Nomination.State.SHORTLISTED)
    sitting = plan(cast)
    sitting = actions.change_sitting(actor=cast.officer, sitting=sitting, version=sitting.version, place="Phòng họp 2")
    assert not Mail.objects.exists()
    sitting = actions.convene(actor=cast.officer, sitting=sitting)
    same = {"held_at": sitting.held_at, "place": "Phòng họp 2"}
    actions.change_sitting(actor=cast.officer, sitting=sitting, version=sitting.version, **same)
    assert Mail.objects.count() == 4
    actions.change_sitting(actor=cast.officer, sitting=sitting, version=sitting.version, place="Hội trường")
    assert Mail.objects.filter(body__contains="Hội trường").count() == 4
    with pytest.raises(Stale):
        actions.change_sitting(actor=cast.officer, sitting=sitting, version=1, place="Phòng họp 3")


# ---- Quorum ----


@pytest.mark.parametrize(
    ("size", "present", "enough"), [(15, 10, True), (15, 9, False), (4, 3, True), (4, 2, False), (6, 4, True)]
)
def test_two_thirds_of_all_members_are_a_quorum(cast, size, present, enough):
    session = convened(cast, size=size, present=present)
    reason = rules.why_not_open_sitting(cast.chair, session.sitting)
    assert (reason is None) == enough
    if not enough:
        assert f"{present}" in reason
        assert f"{size}" in reason


def test_two_seats_count_as_one_person(cast):
    """Six persons on seven seats: four are two thirds, and whoever holds two seats is one of them."""
    enlarge_council(cast, 6)
    make_seat(cast.congress, cast.member, "vice")
    sitting = make_sitting(cast.congress, state=State.CONVENED)
    here = [cast.chair, cast.secretary, cast.member]
    actions.record_attendance(actor=cast.officer, sitting=sitting, present=here, excuses={})
    assert rules.attendance(sitting) == (3, 6, 4)
    assert sitting.attendances.count() == 6


def test_an_excuse_is_kept_of_the_absent_alone(cast):
    sitting = make_sitting(cast.congress, state=State.CONVENED)
    excuses = {cast.member.pk: "Đi công tác", cast.chair.pk: "nhầm"}
    actions.record_attendance(actor=cast.officer, sitting=sitting, present=[cast.chair], excuses=excuses)
    noted = dict(sitting.attendances.values_list("user", "excuse"))
    assert noted == {cast.chair.pk: "", cast.member.pk: "Đi công tác", cast.secretary.pk: "", cast.teller.pk: ""}


def test_from_the_opening_on_the_attendance_holds_the_members_of_the_day(cast, today):
    day = today(2020, 9, 15)
    session = convened(cast, size=6, lists=(2, 2))
    left = session.members[-1]
    left.council_seats.update(ends=day - timedelta(days=1))
    new = make.make_user()
    make_seat(cast.congress, new)
    sitting = actions.open_sitting(actor=cast.chair, sitting=session.sitting)
    noted = dict(sitting.attendances.values_list("user", "present"))
    assert left.pk not in noted
    assert noted[new.pk] is False
    assert sitting.members == len(noted) == 6


# ---- Opening ----


def test_the_opening_lays_out_a_ballot_on_each_list_with_places_left(cast):
    make_nomination(cast.congress, cast.unit, "collective", Nomination.State.SELECTED)
    session = convened(cast, lists=(3, 0))
    sitting = actions.open_sitting(actor=cast.chair, sitting=session.sitting)
    ballot = sitting.ballots.get()
    assert (ballot.kind, ballot.places, ballot.candidates.count()) == ("collective", 1, 3)
    assert (sitting.chaired_by, sitting.members, sitting.state) == (cast.chair, 15, State.OPEN)


def test_with_nothing_to_vote_on_it_is_not_opened(cast):
    for kind in Kind:
        for _ in range(2):
            make_nomination(cast.congress, cast.unit, kind, Nomination.State.SELECTED)
    session = convened(cast, lists=(2, 2))
    with pytest.raises(Refused):
        actions.open_sitting(actor=cast.chair, sitting=session.sitting)


def test_two_sittings_are_not_in_session_at_once(cast):
    in_session(cast)
    other = make_sitting(cast.congress, state=State.CONVENED)
    actions.record_attendance(actor=cast.officer, sitting=other, present=cast.members, excuses={})
    with pytest.raises(Refused):
        actions.open_sitting(actor=cast.chair, sitting=other)


def test_a_vice_chair_opens_it_for_an_absent_chair(cast):
    make_seat(cast.congress, cast.member, "standing_vice")
    session = convened(cast)
    others = [member for member in session.members if member != cast.chair]
    actions.record_attendance(actor=cast.officer, sitting=session.sitting, present=others, excuses={})
    with pytest.raises(Refused) as refused:
        actions.open_sitting(actor=cast.chair, sitting=session.sitting)
    assert refused.value.status == 409  # the right is there, the person is not
    assert actions.open_sitting(actor=cast.member, sitting=session.sitting).chaired_by == cast.member


def test_a_plain_vice_chair_does_not_preside(cast):
    make_seat(cast.congress, cast.member, "vice")
    session = convened(cast)
    with pytest.raises(Refused) as refused:
        actions.open_sitting(actor=cast.member, sitting=session.sitting)
    assert refused.value.status == 403


def test_without_a_quorum_it_is_put_off_with_a_reason(cast):
    session = convened(cast, present=9)
    sitting = actions.postpone(actor=cast.chair, sitting=session.sitting, reason="Mưa bão")
    assert (sitting.state, sitting.conclusion) == (State.POSTPONED, "Mưa bão")
    assert AuditEntry.objects.get(verb="sitting.postponed").reason == "Mưa bão"
    with pytest.raises(Refused):
        actions.open_sitting(actor=cast.chair, sitting=sitting)


def test_members_and_short_list_stand_still_while_it_is_in_session(cast):
    session = in_session(cast)
    seat = CouncilSeat.objects.filter(user=cast.member).get()
    nomination = cast.congress.nominations.listed()[0]
    with pytest.raises(Refused):
        actions.end_seat(actor=cast.officer, seat=seat, last_day=clock.today())
    with pytest.raises(Refused):
        actions.give_seat(
            actor=cast.officer, congress=cast.congress, user=cast.stranger, post="member", starts=clock.today()
        )
    with pytest.raises(Refused):
        actions.take_off(actor=cast.officer, nomination=nomination, reason="x")
    assert session.sitting.state == State.OPEN


# ---- Tellers and their codes ----


def test_as_many_tellers_as_wanted_present_and_without_a_conflict(cast):
    session = convened(cast, present=14)
    actions.open_sitting(actor=cast.chair, sitting=session.sitting)
    nominee = cast.congress.nominations.listed()[0]
    Nomination.objects.filter(pk=nominee.pk).update(nominee_user=session.members[4])
    actions.declare_conflict(actor=session.members[5], nomination=nominee, reason="Người thân")
    fine = [cast.teller, cast.member]
    for third, why in [
        (None, "3"),
        (session.members[-1], str(session.members[-1])),  # absent
        (cast.officer, str(cast.officer)),  # no member
        (session.members[4], str(session.members[4])),  # the nominee
        (session.members[5], str(session.members[5])),  # recused
    ]:
        users = [*fine, third] if third else fine
        with pytest.raises(Refused, match=why):
            actions.appoint_tellers(actor=cast.chair, sitting=session.sitting, users=users, leader=cast.teller)
    team = actions.appoint_tellers(
        actor=cast.chair, sitting=session.sitting, users=[*fine, cast.secretary], leader=cast.member
    )
    assert (team[0].user, team[0].leads) == (cast.member, True)
    assert sum(teller.leads for teller in team) == 1


def test_who_stays_in_the_team_keeps_the_code(cast):
    session = in_session(cast)
    before = Teller.objects.get(user=cast.teller).public_key
    users = [cast.teller, session.members[-1], cast.member]
    actions.appoint_tellers(actor=cast.chair, sitting=session.sitting, users=users, leader=cast.member)
    assert Teller.objects.get(user=cast.teller).public_key == before
    assert not Teller.objects.get(user=cast.member).has_code
    assert Teller.objects.count() == 3


def test_a_new_code_kills_the_old_one(cast):
    session = in_session(cast)
    old = session.codes[cast.teller.pk]
    session.codes[cast.teller.pk] = new = actions.take_code(actor=cast.teller, sitting=session.sitting)
    session.open()
    session.vote("collective", FOUR)
    session.close()
    session.codes[cast.teller.pk] = old
    with pytest.raises(ValueError, match="another teller"):
        session.count()
    session.codes[cast.teller.pk] = new
    assert session.count().is_counted


def test_of_a_code_nothing_is_kept_but_its_public_half(cast):
    session = in_session(cast)
    kept = str(list(Teller.objects.values())) + str(list(AuditEntry.objects.values()))
    for code in session.codes.values():
        assert code not in kept
        assert code.replace("-", "") not in kept


def test_no_code_and_no_other_team_while_a_box_is_sealed(cast):
    session = in_session(cast)
    session.open()
    with pytest.raises(Refused):
        actions.take_code(actor=cast.teller, sitting=session.sitting)
    with pytest.raises(Refused):
        actions.appoint_tellers(
            actor=cast.chair, sitting=session.sitting, users=session.members[:3], leader=cast.secretary
        )


@pytest.mark.parametrize("role", ["chair", "secretary", "member", "officer"])
def test_codes_are_for_tellers_alone(cast, role):
    session = in_session(cast)
    with pytest.raises(Refused) as refused:
        actions.take_code(actor=cast.roles[role], sitting=session.sitting)
    assert refused.value.status == 403


# ---- Conclusion ----


def conclude(session, conclusion="Nhất trí.") -> Sitting:
    return actions.conclude(actor=session.chair, sitting=session.sitting, conclusion=conclusion)


def test_a_conclusion_writes_results_and_the_four_reports(cast):
    place = make.make_programme_item(cast.congress, holds_reports=True)
    make.make_programme_item(cast.congress, parent=place, name_vi="Chưa rõ")  # gives way
    session = in_session(cast, lists=(4, 4))
    session.hold("collective", [[1, 2]] * 8 + [[3]] * 2)
    session.hold("individual", [[2, 4]] * 9)
    sitting = conclude(session, "Hội đồng chọn 04 báo cáo.")
    assert (sitting.state, sitting.conclusion) == (State.CONCLUDED, "Hội đồng chọn 04 báo cáo.")
    chosen = cast.congress.nominations.filter(state=Nomination.State.SELECTED).order_by("kind", "sort_key", "pk")
    assert [nomination.kind for nomination in chosen] == ["collective"] * 2 + ["individual"] * 2
    parts = list(place.parts.order_by("order"))
    assert len(parts) == 4
    for part, nomination in zip(parts, chosen, strict=True):
        assert nomination.nominee in part.name_vi
        assert nomination.unit.name_vi in part.name_vi
        assert part.presenter == nomination.presenter
    assert not cast.congress.nominations.listed().exists()
    verbs = AuditEntry.objects.filter(verb__startswith="nomination.")
    assert sorted(verbs.values_list("verb", flat=True)).count("nomination.selected") == 4
    assert faults(cast.congress) == []


def test_the_third_who_passed_is_the_reserve(cast):
    session = in_session(cast, lists=(3, 0))
    session.hold("collective", [[1, 2]] * 7 + [[1, 3]] * 4 + [[2, 3]] * 4)  # 11, 11, 8 of 15
    conclude(session)
    states = list(cast.congress.nominations.order_by("sort_key", "pk").values_list("state", flat=True))
    assert states == ["selected", "selected", "reserve"]


def test_fewer_are_chosen_with_a_minuted_reason_alone(cast):
    session = in_session(cast, lists=(2, 0))
    session.hold("collective", [[1]] * 9)
    with pytest.raises(Refused):
        conclude(session)
    actions.leave_empty(actor=cast.chair, ballot=session.ballot(), reason="Không ai khác đạt quá nửa")
    conclude(session)
    assert cast.congress.programme.get(holds_reports=True).parts.count() == 1
    assert session.ballot().chair_decision == "Không ai khác đạt quá nửa"
    assert faults(cast.congress) == []


def test_a_later_sitting_fills_the_place_that_was_left(cast):
    session = in_session(cast, lists=(2, 0))
    session.hold("collective", [[1]] * 9)
    actions.leave_empty(actor=cast.chair, ballot=session.ballot(), reason="Chưa đạt")
    conclude(session)
    first = cast.congress.nominations.get(state=Nomination.State.SELECTED)
    later = in_session(cast, lists=(2, 0))
    assert later.ballot().places == 1
    later.hold("collective", [[1]] * 9)
    conclude(later)
    chosen = cast.congress.nominations.filter(state=Nomination.State.SELECTED)
    assert first in chosen
    names = " ".join(cast.congress.programme.get(holds_reports=True).parts.values_list("name_vi", flat=True))
    assert chosen.count() == 2
    assert all(nomination.nominee in names for nomination in chosen)
    assert faults(cast.congress) == []


def test_when_it_cannot_be_concluded(cast):
    session = in_session(cast, lists=(3, 2))
    with pytest.raises(Refused):
        conclude(session)  # nothing is voted on
    session.hold("collective", [[1, 2]] * 9)
    with pytest.raises(Refused, match=r"Cá nhân|Individual"):
        conclude(session)  # the other list is not counted
    session.hold("individual", [[1, 2]] * 9)
    cast.congress.programme.update(holds_reports=False)
    with pytest.raises(Refused):
        conclude(session)
    cast.congress.programme.update(holds_reports=True)
    conclude(session)
    with pytest.raises(Refused):
        conclude(session)


def test_a_tie_is_decided_before_the_conclusion(cast):
    session = in_session(cast, lists=(3, 0))
    session.hold("collective", [[1, 2]] * 5 + [[1, 3]] * 5 + [[2, 3]] * 5)
    with pytest.raises(Refused):
        conclude(session)
    actions.call_round(actor=cast.chair, ballot=session.ballot())
    assert session.ballot().purpose == Ballot.Purpose.RUNOFF
    session.hold("collective", [[1, 2]] * 12)
    conclude(session)
    assert cast.congress.nominations.filter(state=Nomination.State.SELECTED).count() == 2
    assert faults(cast.congress) == []


def test_posts_of_the_past_do_not_preside(cast, today):
    day = today(2020, 9, 15)
    session = convened(cast)
    CouncilSeat.objects.filter(user=cast.chair).update(ends=day - timedelta(days=1))
    rules.forget(cast.chair)
    assert isinstance(rules.why_not_open_sitting(cast.chair, session.sitting), Denial)
    assert rules.council_post(cast.chair, cast.congress) is None
    assert date(2020, 9, 15) == clock.today()
