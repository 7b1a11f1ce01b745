"""Secret ballots from laying out to the decision: who may do what when, and what each act leaves behind."""

import uuid
from decimal import Decimal

import pytest

from awards import actions, rules
from awards.ballot import WrongCode, new_code, seal
from awards.invariants import faults
from awards.models import Ballot, Candidate, Recusal, RollEntry, SealedPaper, Teller
from core.models import AuditEntry
from core.refusal import Denial, Refused
from core.versions import Stale
from tests.awards.scenes import Session, in_session, make_seat

pytestmark = pytest.mark.django_db
State, Outcome = Ballot.State, Candidate.Outcome
DEPARTMENT = {"officer", "department_head"}
COUNCIL = {"chair", "member", "secretary", "teller"}

# Papers of fifteen members on a list of four for two places: 8 votes pass.
CLEAR = [[1, 2]] * 12 + [[1, 3]] * 3
TIED = [[1, 2]] * 7 + [[1, 3]] * 7 + [[2, 3]]  # 14, 8, 8
TOO_FEW = [[1, 2]] * 7 + [[1, 3]] * 5 + [[1, 4]] * 3  # 15, 7, 5, 3
TIED_AGAIN = [[1]] * 7 + [[2]] * 7 + [[]]
STILL_TOO_FEW = [[1]] * 7 + [[]] * 8


@pytest.fixture
def session(cast) -> Session:
    """Fifteen members in session, ballots laid out on both lists, three tellers with codes."""
    return in_session(cast)


def outcomes(ballot: Ballot) -> list[str]:
    """Of each candidate in the order of the paper."""
    return list(ballot.candidates.order_by("order").values_list("outcome", flat=True))


def go_home(cast, session: Session, *absent) -> None:
    """Some members leave, or have not come."""
    here = [member for member in session.members if member not in absent]
    actions.record_attendance(actor=cast.secretary, sitting=session.sitting, present=here, excuses={})


def cast_paper(ballot: Ballot, member, choices, key=None) -> None:
    actions.cast(actor=member, ballot=ballot, choices=choices, key=key or uuid.uuid4())


# ---- Role × state × act ----


def bring_to(session: Session, state: str) -> Ballot:
    """The collectives' ballot, brought to where a question is asked; the cast itself has not voted in an open one."""
    if state == "draft":
        return session.ballot()
    if state in ("open", "closed", "void"):
        ballot = session.open()
        cast_paper(ballot, session.members[7], [1])
        if state == "closed":
            return session.close()
        if state == "void":
            actions.void(actor=session.chair, ballot=ballot, reason="Mất mã mở hòm phiếu")
        return Ballot.objects.get(pk=ballot.pk)
    first = {"decided": CLEAR, "tied": TIED, "tied again": TIED}.get(state, TOO_FEW)
    ballot = session.hold("collective", first)
    if state in ("tied again", "still too few"):
        actions.call_round(actor=session.chair, ballot=ballot)
        ballot = session.hold("collective", TIED_AGAIN if state == "tied again" else STILL_TOO_FEW)
    return ballot


READ = {"read_result": COUNCIL | DEPARTMENT}
ALLOWED = {
    "draft": {"set_rule": DEPARTMENT | {"secretary", "chair"}, "open_ballot": {"chair"}},
    "open": {"vote": COUNCIL, "close": {"chair"}, "void": {"chair"}},
    "closed": {"count": {"teller"}, "void": {"chair"}},
    "void": {},
    "decided": READ,
    "tied": READ | {"call_round": {"chair"}},
    "tied again": READ | {"decide_tie": {"chair"}},
    "too few": READ | {"call_round": {"chair"}, "leave_empty": {"chair"}},
    "still too few": READ | {"leave_empty": {"chair"}},
}
ACTS = [
    "set_rule", "open_ballot", "vote", "close", "count", "void", "read_result", "call_round", "decide_tie",
    "leave_empty",
]  # fmt: skip


def why_not(act: str, user, ballot: Ballot) -> str | None:
    asked = [user, ballot, *([rules.roll_entry(user, ballot)] if act == "vote" else [])]
    return getattr(rules, f"why_not_{act}")(*asked)


@pytest.mark.parametrize("state", ALLOWED)
def test_who_may_do_it_in_which_state(cast, session, state):
    ballot = bring_to(session, state)
    for act in ACTS:
        may = {role for role, user in cast.roles.items() if why_not(act, user, ballot) is None}
        assert may == ALLOWED[state].get(act, set()), act
    assert faults(cast.congress) == []


def test_who_never_may_is_told_so_and_who_may_not_now_is_told_why(cast, session):
    ballot = bring_to(session, "decided")
    ever = {act: set().union(*(by_act.get(act, set()) for by_act in ALLOWED.values())) for act in ACTS}
    for act in ACTS:
        for role, user in cast.roles.items():
            reason = why_not(act, user, ballot)
            if reason:
                assert isinstance(reason, Denial) == (role not in ever[act]), (act, role, reason)


@pytest.mark.parametrize("post", ["first_vice", "standing_vice"])
def test_a_vice_chair_who_is_present_acts_for_the_chair(cast, session, post):
    vice, absent = session.members[5], session.members[6]
    make_seat(cast.congress, vice, post)
    assert rules.why_not_open_ballot(vice, session.ballot()) is None
    session.sitting.attendances.filter(user=absent).update(present=False)
    other = {"first_vice": "standing_vice", "standing_vice": "first_vice"}[post]
    make_seat(cast.congress, absent, other)
    reason = rules.why_not_open_ballot(absent, session.ballot())
    assert reason
    assert not isinstance(reason, Denial)  # the secretary may yet record them as present


# ---- The rule of the count ----


def test_the_rule_is_set_before_the_vote_and_holds_in_the_next_round(cast, session):
    ballot = session.ballot()
    values = {"threshold": Decimal("66.67"), "base": Ballot.Base.WITHOUT_RECUSED}
    changed = actions.set_rule(actor=cast.secretary, ballot=ballot, version=ballot.version, **values)
    assert (changed.threshold, changed.base) == (Decimal("66.67"), Ballot.Base.WITHOUT_RECUSED)
    assert AuditEntry.objects.filter(verb="ballot.rule_set").count() == 1
    with pytest.raises(Stale):
        actions.set_rule(actor=cast.officer, ballot=ballot, version=ballot.version, **values)
    session.hold("collective", [[1, 2]] * 9 + [[1, 3]] * 6)
    again = actions.call_round(actor=cast.chair, ballot=session.ballot())
    assert (again.threshold, again.base) == (Decimal("66.67"), Ballot.Base.WITHOUT_RECUSED)
    assert faults(cast.congress) == []


def test_a_rule_that_was_not_changed_leaves_no_entry(cast, session):
    ballot = session.ballot()
    actions.set_rule(
        actor=cast.officer, ballot=ballot, version=ballot.version, threshold=ballot.threshold, base=ballot.base
    )
    assert not AuditEntry.objects.filter(verb="ballot.rule_set").exists()


# ---- Opening ----


def test_opening_draws_the_roll_from_who_is_present_without_a_conflict(cast, session):
    go_home(cast, session, *session.members[11:13])
    nominee = cast.congress.nominations.listed("collective").first()
    other = cast.congress.nominations.listed("individual").first()
    Recusal.objects.create(nomination=nominee, user=session.members[4], reason="Em ruột")
    Recusal.objects.create(nomination=nominee, user=session.members[12], reason="Em ruột")  # absent as well
    Recusal.objects.create(nomination=other, user=session.members[6], reason="Em ruột")  # on the other list
    nominee.nominee_user = session.members[5]
    nominee.save()
    ballot = session.open()
    away = [*session.members[11:13], session.members[4], session.members[5]]
    here = {member.pk for member in session.members if member not in away}
    assert {entry.user_id for entry in ballot.roll.all()} == here
    assert (ballot.members, ballot.present, ballot.recused, ballot.issued) == (15, 13, 3, 11)
    assert ballot.key_shares.count() == 3
    assert not ballot.box.exists()
    entry = AuditEntry.objects.get(verb="ballot.opened")
    assert entry.details == {"issued": 11, "recused": 3}
    assert faults(cast.congress) == []


def test_a_member_with_two_seats_has_one_vote(cast):
    make_seat(cast.congress, cast.member, "vice")
    session = in_session(cast)
    ballot = session.open()
    assert ballot.members == ballot.issued == 15
    assert ballot.roll.filter(user=cast.member).count() == 1


def test_every_box_has_a_key_of_its_own(cast, session):
    one, other = session.open("collective"), session.open("individual")
    assert one.public_key != other.public_key
    assert not {bytes(share.sealed) for share in one.key_shares.all()} & {
        bytes(share.sealed) for share in other.key_shares.all()
    }


def lose_quorum(cast, session) -> None:
    go_home(cast, session, *session.members[4:10])


def lose_a_code(cast, session) -> None:
    Teller.objects.filter(sitting=session.sitting, user=cast.teller).update(public_key=None)


def lose_a_teller(cast, session) -> None:
    Teller.objects.filter(sitting=session.sitting).exclude(user=cast.teller).first().delete()


def find_a_conflict(cast, session) -> None:
    other_list = cast.congress.nominations.listed("individual").first()
    Recusal.objects.create(nomination=other_list, user=cast.teller, reason="Anh ruột")


def hear_a_complaint(cast, session) -> None:
    cast.congress.nominations.listed("collective").update(pending_issue=True)


def recuse_all_but_two(cast, session) -> None:
    nominee = cast.congress.nominations.listed("collective").first()
    counting = {teller.user_id for teller in session.sitting.tellers.all()}
    for member in session.members:
        if member.pk not in counting:
            Recusal.objects.create(nomination=nominee, user=member, reason="Cùng phòng")
    session.sitting.attendances.filter(user__in=list(counting)[:1]).update(present=False)
    session.sitting.quorum_numerator, session.sitting.quorum_denominator = 1, 2
    session.sitting.save()


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (lose_quorum, "9/15"),
        (lose_a_code, "Đỗ Hữu Phước"),
        (lose_a_teller, "Ban kiểm phiếu"),
        (find_a_conflict, "Đỗ Hữu Phước"),
        (hear_a_complaint, "đang xem xét"),
        (recuse_all_but_two, "3"),
    ],
)
def test_a_vote_is_not_opened(cast, session, what, words):
    what(cast, session)
    with pytest.raises(Refused, match=words) as refused:
        session.open()
    assert refused.value.status == 409
    assert session.ballot().state == State.DRAFT
    assert not RollEntry.objects.exists()
    assert faults(cast.congress) == []


def test_a_vote_is_opened_once(cast, session):
    session.open()
    with pytest.raises(Refused):
        session.open()
    assert RollEntry.objects.count() == 15


def test_when_the_quorum_is_lost_the_second_list_waits(cast, session):
    session.hold("collective", CLEAR)
    lose_quorum(cast, session)
    with pytest.raises(Refused, match="túc số"):
        session.open("individual")
    go_home(cast, session, *session.members[4:9])
    assert session.open("individual").issued == 10
    assert faults(cast.congress) == []


# ---- Voting ----


def test_a_vote_marks_the_roll_and_lays_a_paper_into_the_box(cast, session):
    ballot = session.open()
    key = uuid.uuid4()
    cast_paper(ballot, cast.member, [2, 1], key)
    entry = ballot.roll.get(user=cast.member)
    assert (entry.voted, entry.key) == (True, key)
    assert ballot.roll.filter(voted=True).count() == ballot.box.count() == 1
    assert faults(cast.congress) == []


def test_the_same_form_sent_again_changes_nothing(cast, session):
    ballot, key = session.open(), uuid.uuid4()
    cast_paper(ballot, cast.member, [1], key)
    paper = bytes(ballot.box.get().sealed)
    cast_paper(ballot, cast.member, [1], key)
    cast_paper(ballot, cast.member, [2, 3], key)  # whatever it says: the first counts
    assert bytes(ballot.box.get().sealed) == paper


def test_another_form_is_refused(cast, session):
    ballot = session.open()
    cast_paper(ballot, cast.member, [1])
    with pytest.raises(Refused, match="đã bỏ phiếu"):
        cast_paper(ballot, cast.member, [1])
    assert ballot.box.count() == 1


@pytest.mark.parametrize("choices", [[1, 2, 3], [5], [0], [-1], [1, 99]])
def test_a_paper_that_is_not_in_order_is_not_taken(cast, session, choices):
    ballot = session.open()
    with pytest.raises(Refused):
        cast_paper(ballot, cast.member, choices)
    assert not ballot.box.exists()
    assert not ballot.roll.filter(voted=True).exists()


def test_who_is_absent_or_has_a_conflict_does_not_vote(cast, session):
    go_home(cast, session, session.members[11])
    nominee = cast.congress.nominations.listed("collective").first()
    Recusal.objects.create(nomination=nominee, user=cast.member, reason="Em ruột")
    session.open("collective")
    session.open("individual")
    for who, words in (
        (cast.member, "xung đột"),
        (session.members[11], "có mặt"),
        (cast.officer, "không có tên"),
        (cast.stranger, "Hội đồng"),
    ):
        with pytest.raises(Refused, match=words) as refused:
            cast_paper(session.ballot("collective"), who, [1])
        assert refused.value.status == 403
    cast_paper(session.ballot("individual"), cast.member, [1])  # the conflict is with the other list
    assert faults(cast.congress) == []


def test_who_comes_late_is_not_on_the_roll(cast, session):
    late = session.members[11]
    go_home(cast, session, late)
    ballot = session.open("collective")
    go_home(cast, session)  # nobody: all are here now
    with pytest.raises(Refused):
        cast_paper(ballot, late, [1])
    cast_paper(session.open("individual"), late, [1])


def test_nobody_votes_before_or_after(cast, session):
    with pytest.raises(Refused):
        cast_paper(session.ballot(), cast.member, [1])
    session.open()
    session.vote("collective", [[1]])
    session.close()
    with pytest.raises(Refused, match="khóa phiếu"):
        cast_paper(session.ballot(), cast.member, [1])
    session.count()
    with pytest.raises(Refused):
        cast_paper(session.ballot(), cast.member, [1])
    assert faults(cast.congress) == []


# ---- Closing and counting ----


def test_an_empty_box_is_not_closed(cast, session):
    session.open()
    with pytest.raises(Refused, match="Chưa có thành viên nào bỏ phiếu"):
        session.close()


def test_the_count_says_how_many_and_who(cast, session):
    ballot = session.hold("collective", [[1, 2]] * 9 + [[1]] * 3 + [[]] * 2)  # one member keeps the paper
    assert (ballot.issued, ballot.returned, ballot.valid, ballot.invalid, ballot.blank) == (15, 14, 12, 2, 2)
    assert [one.votes for one in ballot.candidates.all()] == [12, 9, 0, 0]
    assert [one.place for one in ballot.candidates.all()] == [1, 2, 3, 3]
    assert outcomes(ballot) == ["selected", "selected", "not_selected", "not_selected"]
    assert ballot.papers == [[]] * 2 + [[1]] * 3 + [[1, 2]] * 9
    assert not SealedPaper.objects.exists()
    assert not ballot.key_shares.exists()
    entry = AuditEntry.objects.get(verb="ballot.counted")
    assert (entry.details["returned"], entry.details["invalid"]) == (14, 2)
    assert faults(cast.congress) == []


def test_invalid_papers_are_told_from_blank_ones(cast, session):
    """The portal takes none, so they are laid into the box by hand: too many choices, and what is no paper at all."""
    ballot = session.open()
    session.vote("collective", [[1]] * 9 + [[]] + [[2]] * 2)
    papers = list(ballot.box.all())
    for paper, sealed in zip(papers[:2], (seal([1, 2, 3], bytes(ballot.public_key)), b"rubbish"), strict=True):
        SealedPaper.objects.filter(pk=paper.pk).update(sealed=sealed)
    session.close()
    counted = session.count()
    assert counted.returned == 12
    assert counted.invalid == counted.blank + 2
    assert None in counted.papers
    assert [1, 2, 3] in counted.papers
    assert faults(cast.congress) == []


@pytest.mark.parametrize("spoil", ["paper too many", "paper lost"])
def test_a_box_that_differs_from_the_roll_is_not_counted_but_voided(cast, session, spoil):
    ballot = session.open()
    session.vote("collective", CLEAR)
    session.close()
    if spoil == "paper lost":
        ballot.box.first().delete()
    else:
        SealedPaper.objects.create(ballot=ballot, sealed=seal([1], bytes(ballot.public_key)))
    with pytest.raises(Refused, match="15") as refused:
        session.count()
    assert refused.value.status == 409
    assert session.ballot().state == State.CLOSED
    again = actions.void(actor=cast.chair, ballot=session.ballot(), reason="Hòm phiếu không khớp danh sách")
    ballot.refresh_from_db()
    assert (ballot.state, ballot.papers, ballot.box.count(), ballot.key_shares.count()) == (State.VOID, [], 0, 0)
    assert (again.round, again.state, again.places, again.purpose) == (2, State.DRAFT, 2, "first")
    assert [str(one) for one in again.candidates.all()] == [str(one) for one in ballot.candidates.all()]
    session.hold("collective", CLEAR)
    assert outcomes(session.ballot()) == ["selected", "selected", "not_selected", "not_selected"]
    assert faults(cast.congress) == []


def test_wrong_codes_open_nothing(cast, session):
    session.open()
    session.vote("collective", CLEAR)
    ballot = session.close()
    tellers = list(Teller.objects.filter(sitting=session.sitting))
    right = [session.codes[teller.user_id] for teller in tellers]
    for codes, misspelt in (
        ((right[0], right[1][:-1]), True),
        ((right[1], right[0]), False),
        ((right[0], new_code()), False),
        ((right[0], right[2]), False),
    ):
        with pytest.raises(WrongCode) as wrong:
            actions.count(actor=cast.teller, ballot=ballot, codes=dict(zip(tellers[:2], codes, strict=True)))
        assert wrong.value.misspelt == misspelt
    with pytest.raises(ValueError, match="two codes"):
        actions.count(actor=cast.teller, ballot=ballot, codes={tellers[0]: right[0]})
    assert session.ballot().state == State.CLOSED
    assert SealedPaper.objects.count() == 15
    assert not AuditEntry.objects.filter(verb="ballot.counted").exists()
    assert session.count().is_counted
    assert faults(cast.congress) == []


def test_any_two_tellers_open_the_box(cast, session):
    session.open()
    session.vote("collective", CLEAR)
    ballot = session.close()
    _first, second, third = Teller.objects.filter(sitting=session.sitting).select_related("user")
    codes = {teller: session.codes[teller.user_id] for teller in (third, second)}
    assert actions.count(actor=third.user, ballot=ballot, codes=codes).returned == 15


# ---- Who is chosen ----


@pytest.mark.parametrize(
    ("fields", "votes", "expected"),
    [
        ({}, 7, "not_selected"),  # 46.7 % of all fifteen
        ({}, 8, "selected"),
        ({"threshold": Decimal("53.33")}, 8, "selected"),  # 53.333… is more
        ({"threshold": Decimal("53.34")}, 8, "not_selected"),
        ({"threshold": Decimal("80")}, 12, "not_selected"),  # just 80 is not more than 80
        ({"threshold": Decimal("80")}, 13, "selected"),
    ],
)
def test_the_threshold_is_a_share_of_all_members_and_not_of_the_present(cast, session, fields, votes, expected):
    go_home(cast, session, *session.members[11:13])
    Ballot.objects.filter(sitting=session.sitting).update(**fields)
    ballot = session.hold("collective", [[1]] * votes + [[]] * (13 - votes))
    assert (ballot.members, ballot.present) == (15, 13)
    assert outcomes(ballot)[0] == expected
    assert faults(cast.congress) == []


@pytest.mark.parametrize(("base", "expected"), [("all", "not_selected"), ("without_recused", "selected")])
def test_the_recused_count_in_the_base_unless_the_rule_takes_them_out(cast, session, base, expected):
    nominee = cast.congress.nominations.listed("collective").first()
    for member in session.members[4:7]:
        Recusal.objects.create(nomination=nominee, user=member, reason="Cùng phòng")
    Ballot.objects.filter(sitting=session.sitting).update(base=base)
    ballot = session.hold("collective", [[1]] * 7 + [[]] * 5)  # 7 of 15, or of 12
    assert ballot.recused == 3
    assert outcomes(ballot)[0] == expected
    assert faults(cast.congress) == []


def test_the_third_who_passed_is_the_reserve(cast, session):
    ballot = session.hold("collective", [[1, 2]] * 6 + [[1, 3]] * 4 + [[2, 3]] * 5)  # 10, 11, 9
    assert outcomes(ballot) == ["selected", "selected", "reserve", "not_selected"]


def test_two_tied_for_the_first_place_are_both_chosen(cast, session):
    ballot = session.hold("collective", [[1, 2]] * 15)
    assert outcomes(ballot)[:2] == ["selected", "selected"]


def test_a_tie_goes_to_a_second_vote_and_then_to_the_chair(cast, session):
    first = session.hold("collective", TIED)
    assert outcomes(first) == ["selected", "tied", "tied", "not_selected"]
    second = actions.call_round(actor=cast.chair, ballot=first)
    assert (second.round, second.places, second.purpose) == (2, 1, "runoff")
    assert [one.nomination_id for one in second.candidates.all()] == [
        one.nomination_id for one in first.candidates.all()[1:3]
    ]
    second = session.hold("collective", TIED_AGAIN)
    assert outcomes(second) == ["tied", "tied"]
    chosen = second.candidates.get(order=2)
    with pytest.raises(Refused, match="1"):
        actions.decide_tie(actor=cast.chair, ballot=second, chosen=list(second.candidates.all()), reason="Cả hai")
    with pytest.raises(Refused):
        actions.decide_tie(actor=cast.chair, ballot=second, chosen=[first.candidates.get(order=1)], reason="Ngoài")
    second = actions.decide_tie(actor=cast.chair, ballot=second, chosen=[chosen], reason="Làm lâu năm hơn")
    assert outcomes(second) == ["reserve", "selected"]
    assert str(chosen) in second.chair_decision
    assert "Làm lâu năm hơn" in second.chair_decision
    with pytest.raises(Refused):
        actions.decide_tie(actor=cast.chair, ballot=second, chosen=[chosen], reason="Lần nữa")
    assert faults(cast.congress) == []


def test_a_second_vote_among_the_tied_needs_no_threshold(cast, session):
    first = session.hold("collective", TIED)
    actions.call_round(actor=cast.chair, ballot=first)
    second = session.hold("collective", [[1]] * 4 + [[2]] * 3)
    assert outcomes(second) == ["selected", "reserve"]
    with pytest.raises(Refused):
        actions.call_round(actor=cast.chair, ballot=first)  # it has been called already
    assert faults(cast.congress) == []


def test_too_few_reach_the_threshold_one_more_round_and_then_an_empty_place(cast, session):
    first = session.hold("collective", TOO_FEW)
    assert outcomes(first) == ["selected", "not_selected", "not_selected", "not_selected"]
    second = actions.call_round(actor=cast.chair, ballot=first)
    assert (second.places, second.purpose) == (1, "next_best")
    assert [one.nomination_id for one in second.candidates.all()] == [first.candidates.get(order=2).nomination_id]
    second = session.hold("collective", STILL_TOO_FEW)
    with pytest.raises(Refused):
        actions.call_round(actor=cast.chair, ballot=second)  # one more round, and no more
    second = actions.leave_empty(actor=cast.chair, ballot=second, reason="Không đề cử nào đạt quá nửa")
    assert second.chair_decision == "Không đề cử nào đạt quá nửa"
    assert AuditEntry.objects.get(verb="ballot.left_empty").reason == "Không đề cử nào đạt quá nửa"
    assert faults(cast.congress) == []


def test_nobody_reaches_the_threshold(cast, session):
    first = session.hold("collective", [[1, 2]] * 4 + [[3]] * 4 + [[]] * 7)
    assert set(outcomes(first)) == {"not_selected"}
    second = actions.call_round(actor=cast.chair, ballot=first)
    assert (second.places, second.candidates.count()) == (2, 3)  # equal votes stand together
    second = session.hold("collective", [[1, 2]] * 9)
    assert outcomes(second) == ["selected", "selected", "not_selected"]
    assert faults(cast.congress) == []


def test_a_tie_at_nothing_chooses_nobody(cast, session):
    ballot = session.hold("collective", [[]] * 15)
    assert set(outcomes(ballot)) == {"not_selected"}
    assert (ballot.valid, ballot.blank) == (0, 15)
    assert rules.why_not_leave_empty(cast.chair, ballot) is None


def test_the_trail_tells_the_way_of_a_ballot_and_no_vote(cast, session):
    session.hold("collective", TIED)
    actions.call_round(actor=cast.chair, ballot=session.ballot())
    told = AuditEntry.objects.filter(object_type="awards.ballot").order_by("number").values_list("verb", flat=True)
    assert list(told) == ["ballot.opened", "ballot.closed", "ballot.counted", "ballot.round_called"]
