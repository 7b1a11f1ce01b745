"""Whose act it is, from which state: the whole table of role × state × act, and what else must hold."""

from datetime import date

import pytest
from django.core import mail

from awards import actions, rules
from awards.invariants import faults
from awards.models import Nomination
from awards.rules.nominations import MOVES
from core.models import AuditEntry, Mail
from core.refusal import Denial, Refused
from core.versions import Stale
from tests import factories as make
from tests.awards.scenes import make_award, make_nomination
from units.models import Office

pytestmark = pytest.mark.django_db
State = Nomination.State
EDITABLE = {State.DRAFT, State.WITH_HEAD, State.RETURNED}

# act: (role, the states in which that role may do it); every other pair is refused
TABLE = {
    "edit": [("unit_head", EDITABLE), ("clerk", {State.DRAFT, State.RETURNED})],
    "send_to_head": [("clerk", {State.DRAFT, State.RETURNED})],
    "send_back": [("unit_head", {State.WITH_HEAD})],
    "submit": [("unit_head", EDITABLE)],
    "withdraw": [("unit_head", EDITABLE | {State.SUBMITTED, State.ACCEPTED}), ("clerk", {State.DRAFT})],
    "accept": [("officer", {State.SUBMITTED}), ("department_head", {State.SUBMITTED})],
    "return": [
        ("officer", {State.SUBMITTED, State.ACCEPTED, State.RETURNED}),
        ("department_head", {State.SUBMITTED, State.ACCEPTED, State.RETURNED}),
    ],
    "mark_ineligible": [
        ("officer", {State.SUBMITTED, State.ACCEPTED}),
        ("department_head", {State.SUBMITTED, State.ACCEPTED}),
    ],
    "shortlist": [("officer", {State.ACCEPTED}), ("department_head", {State.ACCEPTED})],
    "take_off": [("officer", {State.SHORTLISTED}), ("department_head", {State.SHORTLISTED})],
    "record_pending": [
        (role, {State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.SHORTLISTED})
        for role in ("officer", "department_head")
    ],
    "name_account": [
        (role, {State.SUBMITTED, State.ACCEPTED, State.SHORTLISTED}) for role in ("officer", "department_head")
    ],
}


def people(cast) -> dict:
    """The cast, with a clerk of the unit head's own unit."""
    clerk = make.make_user("clerk")
    make.make_office(clerk, Office.Role.UNIT_CLERK, cast.unit)
    return cast.roles | {"clerk": clerk}


@pytest.mark.parametrize("act", TABLE)
def test_who_may_do_it_in_which_state(cast, act):
    assert TABLE.keys() == MOVES.keys()
    rule = getattr(rules, f"why_not_{act}")
    allowed = {(role, state) for role, states in TABLE[act] for state in states}
    everybody = people(cast)
    for state in State:
        nomination = make_nomination(cast.congress, cast.unit, state=state, pending_issue=False)
        for role, user in everybody.items():
            reason = rule(user, nomination)
            assert (reason is None) == ((role, state) in allowed), (role, state, reason)


@pytest.mark.parametrize("act", TABLE)
def test_who_never_may_is_told_so_and_who_may_not_now_is_told_why(cast, act):
    rule = getattr(rules, f"why_not_{act}")
    roles = {role for role, _states in TABLE[act]}
    nomination = make_nomination(cast.congress, cast.unit, state=State.SELECTED)
    for role, user in people(cast).items():
        expected = role not in roles
        if (act, role) == ("withdraw", "clerk"):
            expected = True  # a clerk withdraws a draft alone
        assert isinstance(rule(user, nomination), Denial) == expected, role


def start(cast, **fields):
    values = {"kind": "collective", "nominee": "Phòng Quang tử", "unit": cast.unit, "actor": cast.unit_head}
    return actions.start(congress=cast.congress, **values | fields)


def test_a_unit_begins_a_draft(cast):
    conference = make.make_conference(cast.congress, cast.unit)
    nomination = start(cast)
    assert (nomination.state, nomination.conference, nomination.reference) == (State.DRAFT, conference, "")
    assert AuditEntry.objects.get().verb == "nomination.started"
    assert faults(cast.congress) == []


@pytest.mark.parametrize(
    "role", ["officer", "department_head", "block_head", "chair", "desk", "stranger", "unit_clerk"]
)
def test_nobody_else_begins_one(cast, role):
    with pytest.raises(Refused) as refused:
        start(cast, actor=cast.roles[role])
    assert refused.value.status == 403


def test_after_the_day_nobody_begins_one(cast, today):
    cast.congress.nominations_due = date(2020, 5, 20)
    cast.congress.save()
    today(2020, 5, 20)
    start(cast)
    today(2020, 5, 21)
    with pytest.raises(Refused, match=r"20/05/2020.*024.35560658"):
        start(cast)


def test_a_head_submits_directly_and_the_number_counts_on(cast):
    for kind, reference in [
        ("collective", "2020-TT-001"),
        ("collective", "2020-TT-002"),
        ("individual", "2020-CN-001"),
    ]:
        nomination = make_nomination(cast.congress, cast.unit, kind)
        assert actions.submit(actor=cast.unit_head, nomination=nomination).reference == reference
    assert faults(cast.congress) == []


def test_an_incomplete_dossier_is_not_sent(cast):
    nomination = make_nomination(cast.congress, cast.unit, results="", presenter="")
    with pytest.raises(Refused, match=r"5.*7"):
        actions.submit(actor=cast.unit_head, nomination=nomination)


def test_no_awards_has_to_be_said(cast):
    nomination = make_nomination(cast.congress, cast.unit, no_awards=False)
    assert rules.why_not_submit(cast.unit_head, nomination)
    make_award(nomination)
    assert rules.why_not_submit(cast.unit_head, nomination) is None


def test_clerk_and_head_and_back_again(cast):
    clerk = people(cast)["clerk"]
    nomination = make_nomination(cast.congress, cast.unit)
    actions.send_to_head(actor=clerk, nomination=nomination)
    with pytest.raises(Refused):
        save(clerk, nomination, results="mới")
    actions.send_back(actor=cast.unit_head, nomination=nomination, reason="Thêm số liệu")
    nomination.refresh_from_db()
    assert nomination.state == State.DRAFT
    assert Mail.objects.order_by("pk")[0].recipient == cast.unit_head
    assert Mail.objects.filter(recipient=clerk, body__contains="Thêm số liệu").exists()


def save(actor, nomination, key="model", by_itself=False, awards=None, version=None, **values):
    nomination.refresh_from_db()
    return actions.save_section(
        actor=actor,
        nomination=nomination,
        version=version or nomination.version,
        key=key,
        values=values,
        awards=awards,
        by_itself=by_itself,
    )


def test_the_journey_through_return_and_resubmission(cast, today):
    cast.congress.nominations_due = date(2020, 5, 20)
    cast.congress.save()
    today(2020, 5, 19)
    nomination = make_nomination(cast.congress, cast.unit)
    first = actions.submit(actor=cast.unit_head, nomination=nomination).first_submitted_at
    with pytest.raises(Refused):
        save(cast.unit_head, nomination, results="sau khi nộp")
    today(2020, 5, 25)
    actions.return_for_correction(
        actor=cast.officer, nomination=nomination, reason="Thiếu số quyết định", due=date(2020, 5, 29)
    )
    returned = save(cast.unit_head, nomination, results="có số quyết định")
    assert (returned.state, returned.due) == (State.RETURNED, date(2020, 5, 29))
    today(2020, 5, 29)  # after the congress's day, on the dossier's own
    again = actions.submit(actor=cast.unit_head, nomination=nomination)
    assert (again.first_submitted_at, again.reference) == (first, "2020-TT-001")
    assert (again.due, again.return_reason) == (None, "")
    assert faults(cast.congress) == []
    assert list(AuditEntry.objects.values_list("verb", flat=True))[::-1] == [
        "nomination.submitted",
        "nomination.returned",
        "nomination.edited",
        "nomination.submitted",
    ]


def test_a_correction_has_its_day(cast, today):
    cast.congress.nominations_due = date(2020, 5, 20)
    cast.congress.save()
    today(2020, 5, 25)
    nomination = make_nomination(cast.congress, cast.unit, state=State.RETURNED, due=date(2020, 5, 29))
    today(2020, 5, 30)
    with pytest.raises(Refused, match="29/05/2020"):
        actions.submit(actor=cast.unit_head, nomination=nomination)
    actions.return_for_correction(actor=cast.officer, nomination=nomination, reason="Gia hạn", due=date(2020, 6, 2))
    actions.submit(actor=cast.unit_head, nomination=nomination)


def test_a_day_in_the_past_is_no_day_for_a_correction(cast, today):
    today(2020, 5, 25)
    nomination = make_nomination(cast.congress, cast.unit, state=State.SUBMITTED)
    with pytest.raises(Refused):
        actions.return_for_correction(actor=cast.officer, nomination=nomination, reason="x", due=date(2020, 5, 24))


def test_the_unit_is_told_of_what_the_department_does(cast, django_capture_on_commit_callbacks):
    nomination = make_nomination(cast.congress, cast.unit, state=State.SUBMITTED, nominee="Phòng Quang tử")
    with django_capture_on_commit_callbacks(execute=True):
        actions.return_for_correction(
            actor=cast.officer, nomination=nomination, reason="Thiếu số QĐ", due=date(2030, 1, 2)
        )
    [letter] = mail.outbox
    assert letter.to == [cast.unit_head.email]
    assert "Phòng Quang tử" in letter.subject
    assert "Thiếu số QĐ" in letter.body
    assert "02/01/2030" in letter.body


def test_the_short_list_asks_about_pending_issues(cast):
    nomination = make_nomination(cast.congress, cast.unit, state=State.ACCEPTED, pending_issue=None)
    with pytest.raises(Refused):
        actions.shortlist(actor=cast.officer, nomination=nomination)
    actions.record_pending_issue(actor=cast.officer, nomination=nomination, pending=True, note="Đơn tố cáo 12/3")
    with pytest.raises(Refused):
        actions.shortlist(actor=cast.officer, nomination=nomination)
    actions.record_pending_issue(actor=cast.officer, nomination=nomination, pending=False)
    assert actions.shortlist(actor=cast.officer, nomination=nomination).state == State.SHORTLISTED
    assert "12/3" not in str(list(AuditEntry.objects.values_list("details", flat=True)))


def test_the_account_named_sits_on_the_council(cast):
    nomination = make_nomination(cast.congress, cast.unit, state=State.ACCEPTED)
    with pytest.raises(Refused):
        actions.name_account(actor=cast.officer, nomination=nomination, user=cast.unit_head)
    actions.name_account(actor=cast.officer, nomination=nomination, user=cast.member)
    assert Nomination.objects.filter(pk=nomination.pk).in_conflict() == {cast.member.pk}
    actions.name_account(actor=cast.officer, nomination=nomination, user=None)


# ---- Saving ----


def test_a_stale_save_loses_nothing(cast):
    nomination = make_nomination(cast.congress, cast.unit)
    save(cast.unit_head, nomination, results="một")
    with pytest.raises(Stale):
        save(cast.unit_head, nomination, version=1, results="hai")
    nomination.refresh_from_db()
    assert nomination.results == "một"


def test_a_subject_saves_its_own_fields_alone(cast):
    nomination = make_nomination(cast.congress, cast.unit)
    save(cast.unit_head, nomination, results="mới", state="selected", presenter="x", pending_issue=False)
    nomination.refresh_from_db()
    assert (nomination.results, nomination.state, nomination.pending_issue) == ("mới", State.DRAFT, None)
    assert nomination.presenter != "x"
    with pytest.raises(LookupError):
        save(cast.unit_head, nomination, key="nothing")


def test_drafts_that_save_themselves_are_told_once(cast):
    nomination = make_nomination(cast.congress, cast.unit)
    for number in range(5):
        save(cast.unit_head, nomination, by_itself=True, results=f"số {number}")
    assert AuditEntry.objects.count() == 1
    save(cast.unit_head, nomination, results="xong")
    assert AuditEntry.objects.count() == 2
    save(cast.unit_head, nomination, results="xong")  # nothing changed
    assert AuditEntry.objects.count() == 2


def test_the_trail_holds_no_personal_data_and_no_long_texts(cast):
    nomination = make_nomination(cast.congress, cast.unit, "individual")
    save(cast.unit_head, nomination, key="about", nominee="Lê Thị Mới", residence="12 Phố Kín", birth="01/02/1979")
    save(cast.unit_head, nomination, key="profile", profile="dài " * 100)
    told = str(list(AuditEntry.objects.values_list("details", flat=True)))
    assert "Lê Thị Mới" in told
    assert not any(secret in told for secret in ("Phố Kín", "1979", "dài dài"))


def test_awards_are_replaced_as_a_list(cast):
    nomination = make_nomination(cast.congress, cast.unit)
    flag, medal = make.make_award_type(), make.make_award_type()
    rows = [{"award": flag, "year": 2018, "decision_number": "12/QĐ"}, {"award": medal, "year": 2019}]
    save(cast.unit_head, nomination, key="awards", no_awards=False, awards=rows)
    assert [award.proven for award in nomination.awards.order_by("year")] == [True, False]
    save(cast.unit_head, nomination, key="awards", no_awards=False, awards=rows[:1])
    assert nomination.awards.get().award == flag
    assert AuditEntry.objects.count() == 2


# ---- Who sees what ----

SEEN = {
    "officer": set(State),
    "department_head": set(State),
    "unit_head": set(State),
    "block_head": set(State) - {State.DRAFT, State.WITH_HEAD, State.WITHDRAWN},
    **{post: set(Nomination.BEFORE_THE_COUNCIL) for post in ["chair", "member", "secretary", "teller"]},
}


def test_who_sees_a_nomination_in_which_state(cast):
    made = {state: make_nomination(cast.congress, cast.unit, state=state) for state in State}
    for role, user in cast.roles.items():
        seen = {n.state for n in Nomination.objects.visible_to(user)}
        assert seen == SEEN.get(role, set()), role
    assert len(made) == len(State)


def test_another_blocks_head_and_another_congresss_council_see_nothing(cast):
    make_nomination(cast.congress, cast.far_unit, state=State.SHORTLISTED)
    other = make.make_congress(slug="2025", ordinal=6, is_current=False)
    make_nomination(other, cast.far_unit, state=State.SHORTLISTED)
    assert not Nomination.objects.visible_to(cast.block_head).exists()
    assert Nomination.objects.visible_to(cast.member).get().congress == cast.congress


def test_personal_data_are_not_for_the_blocks_head(cast):
    nomination = make_nomination(cast.congress, cast.unit, "individual", State.SHORTLISTED)
    seen = {role for role, user in cast.roles.items() if rules.may_see_personal(user, nomination)}
    assert seen == {"officer", "department_head", "unit_head", "chair", "member", "secretary", "teller"}
    pending = {role for role, user in cast.roles.items() if rules.may_see_pending(user, nomination)}
    assert pending == seen - {"unit_head"}


def test_a_closed_account_sees_nothing(cast):
    make_nomination(cast.congress, cast.unit, state=State.SHORTLISTED)
    cast.member.is_active = False
    assert not Nomination.objects.visible_to(cast.member).exists()


def test_last_day_of_a_returned_dossier_is_the_later_one(cast, today):
    cast.congress.nominations_due = today(2020, 5, 20)
    nomination = make_nomination(cast.congress, cast.unit, state=State.RETURNED, due=date(2020, 5, 15))
    assert rules.last_day(nomination) == date(2020, 5, 20)
    cast.congress.nominations_due = None
    assert rules.last_day(nomination) is None
