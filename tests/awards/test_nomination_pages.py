"""The pages of nominations: who may see what, who may act, what is refused, and at what cost."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from awards.invariants import faults
from awards.models import Nomination
from awards.rules.nominations import MOVES
from core import clock
from core.models import AuditEntry, Mail
from tests import factories as make
from tests.awards.scenes import make_award, make_nomination, make_seat, make_sitting
from tests.awards.test_nomination_moves import TABLE, people
from tests.sheet import fill_in, form_of

pytestmark = pytest.mark.django_db
State = Nomination.State
LIST = "/2020/nominations/"

# the act of a rule → (its address, what its form is sent with); `edit` is the subject's own page
ACTS = {
    "send_to_head": ("send_to_head", {}),
    "send_back": ("send_back", {"reason": "Thêm số liệu"}),
    "submit": ("submit", {}),
    "withdraw": ("withdraw", {"reason": "Đơn vị thay đổi đề cử"}),
    "accept": ("accept", {}),
    "return": ("return", {"reason": "Thiếu số quyết định", "due": "31/12/2099"}),
    "mark_ineligible": ("ineligible", {"reason": "Không đủ thời gian công tác"}),
    "shortlist": ("shortlist", {}),
    "take_off": ("take_off", {"reason": "Đưa nhầm"}),
    "record_pending": ("pending", {"pending": "False"}),
    "name_account": ("account", {"user": ""}),
}
WITH_A_PAGE = {"send_back", "withdraw", "return", "mark_ineligible", "take_off", "record_pending", "name_account"}


def page(nomination: Nomination, name: str = "nomination", *more: str) -> str:
    return reverse(f"awards:{name}", args=["2020", nomination.pk, *more])


def sees(user, nomination: Nomination) -> bool:
    return Nomination.objects.visible_to(user).filter(pk=nomination.pk).exists()


# ---- Role × state × act ----


@pytest.mark.parametrize("act", ACTS)
def test_who_may_do_it_in_which_state(cast, enter, act):
    """302 and done, or 403, 404, 409 and nothing done: the table of the rules holds in the browser too."""
    assert set(ACTS) | {"edit"} == set(MOVES)
    name, values = ACTS[act]
    allowed = {(role, state) for role, states in TABLE[act] for state in states}
    roles = {role for role, _states in TABLE[act]}
    for role, user in people(cast).items():
        client = enter(user)
        for state in State:
            nomination = make_nomination(cast.congress, cast.unit, state=state, pending_issue=False)
            answer = client.post(page(nomination, name), {"once": str(uuid4())} | values)
            version = Nomination.objects.get(pk=nomination.pk).version
            if (role, state) in allowed:
                assert (answer.status_code, version) == (302, 2), (role, state)
                continue
            own = role in roles and (act, role) != ("withdraw", "clerk")
            expected = 404 if not sees(user, nomination) else 409 if own else 403
            assert (answer.status_code, version) == (expected, 1), (role, state)
            Nomination.objects.filter(pk=nomination.pk).delete()
    assert faults(cast.congress) == []


@pytest.mark.parametrize("act", sorted(WITH_A_PAGE))
def test_the_page_of_an_act_refuses_like_the_act(cast, enter, act):
    allowed = {(role, state) for role, states in TABLE[act] for state in states}
    made = {state: make_nomination(cast.congress, cast.unit, state=state, pending_issue=False) for state in State}
    for role, user in people(cast).items():
        client = enter(user)
        for state, nomination in made.items():
            status = client.get(page(nomination, ACTS[act][0])).status_code
            if (role, state) in allowed:
                assert status == 200, (role, state)
            else:
                assert status == (404 if not sees(user, nomination) else status), (role, state)
                assert status in (403, 404, 409), (role, state)


@pytest.mark.parametrize("act", sorted(set(ACTS) - WITH_A_PAGE))
def test_what_acts_at_once_is_no_link(cast, enter, act):
    nomination = make_nomination(cast.congress, cast.unit, state=State.SUBMITTED)
    assert enter(cast.officer).get(page(nomination, ACTS[act][0])).status_code == 405


@pytest.mark.parametrize("state", list(State))
def test_the_page_offers_what_may_be_done_and_says_why_the_rest_may_not(cast, enter, state):
    for role, user in people(cast).items():
        nomination = make_nomination(cast.congress, cast.unit, state=state, pending_issue=False)
        answer = enter(user).get(page(nomination))
        if not sees(user, nomination):
            assert answer.status_code == 404, (role, state)
            continue
        steps = answer.context["steps"]
        offered = {step.name for step in steps.now if not step.why_not} - {"edit", "assess", "conflict"}
        may = {act for act in ACTS for who, states in TABLE[act] if who == role and state in states}
        if role == "unit_head":  # the head submits; there is nobody to send it to
            may.discard("send_to_head")
        assert offered == may, (role, state)
        assert sum(step.primary for step in steps.now) <= 1
        text = answer.content.decode()
        for step in steps.later:
            assert str(step.why_not) in text
        nomination.delete()


def test_an_incomplete_dossier_has_its_button_and_the_reason(cast, enter):
    nomination = make_nomination(cast.congress, cast.unit, results="", presenter="")
    text = enter(cast.unit_head).get(page(nomination)).content.decode()
    assert 'aria-disabled="true"' in text
    assert re.search(r"5/7", text)
    assert page(nomination, "section", "model") in text  # the main act goes on where something is missing


def test_the_department_is_led_to_ask_about_a_pending_issue_first(cast, enter):
    nomination = make_nomination(cast.congress, cast.unit, state=State.ACCEPTED)
    steps = enter(cast.officer).get(page(nomination)).context["steps"]
    assert [step.name for step in steps.now if step.primary] == ["record_pending"]
    fill_in(enter(cast.officer), page(nomination, "pending"), "once", pending="False")
    steps = enter(cast.officer).get(page(nomination)).context["steps"]
    assert [step.name for step in steps.now if step.primary] == ["shortlist"]


# ---- Small pages ----


def test_a_return_says_what_and_until_when(cast, enter, today):
    today(2020, 5, 25)
    nomination = make_nomination(cast.congress, cast.unit, state=State.SUBMITTED)
    client, url = enter(cast.officer), page(nomination, "return")
    for wrong, field in [({"due": "24/05/2020"}, "due"), ({"due": "mai"}, "due"), ({"reason": "  "}, "reason")]:
        answer = fill_in(client, url, "once", **{"reason": "Thiếu số QĐ", "due": "29/05/2020"} | wrong)
        assert answer.status_code == 200
        assert answer.context["form"].errors[field]
        assert f'href="#id_{field}"' in answer.content.decode()
    assert Nomination.objects.get().state == State.SUBMITTED
    answer = fill_in(client, url, "once", reason="Thiếu số QĐ", due="29-5-2020")
    assert answer.headers["Location"] == nomination.get_absolute_url()
    seen = enter(cast.unit_head).get(page(nomination)).content.decode()
    assert "Thiếu số QĐ" in seen
    assert "29/05/2020" in seen
    assert Mail.objects.filter(recipient=cast.unit_head, body__contains="Thiếu số QĐ").exists()
    again = form_of(client.get(url), "once")  # a later day starts from what was said
    assert (again["reason"], again["due"]) == ("Thiếu số QĐ", "29/05/2020")


def test_a_pending_issue_needs_its_note(cast, enter):
    nomination = make_nomination(cast.congress, cast.unit, state=State.SUBMITTED)
    client, url = enter(cast.officer), page(nomination, "pending")
    assert fill_in(client, url, "once", pending="True").context["form"].errors["pending_note"]
    assert fill_in(client, url, "once", pending="").context["form"].errors["pending"]
    fill_in(client, url, "once", pending="True", pending_note="Đơn tố cáo 12/3")
    assert Nomination.objects.get().pending_issue is True


def test_only_members_of_the_council_can_be_named(cast, enter):
    nomination = make_nomination(cast.congress, cast.unit, state=State.ACCEPTED)
    client, url = enter(cast.officer), page(nomination, "account")
    assert fill_in(client, url, "once", user=cast.unit_head.pk).context["form"].errors["user"]
    fill_in(client, url, "once", user=cast.member.pk)
    assert Nomination.objects.get().nominee_user == cast.member
    assert cast.member.full_name in client.get(page(nomination)).content.decode()
    assert cast.member.full_name not in enter(cast.unit_head).get(page(nomination)).content.decode()


@pytest.mark.parametrize("act", ["submit", "accept", "shortlist", "withdraw", "return", "record_pending", "take_off"])
def test_a_repeated_sending_finds_the_first_result(cast, enter, act):
    state = {"accept": State.SUBMITTED, "shortlist": State.ACCEPTED, "take_off": State.SHORTLISTED}
    state |= {"return": State.SUBMITTED, "record_pending": State.SUBMITTED}
    nomination = make_nomination(cast.congress, cast.unit, state=state.get(act, State.DRAFT), pending_issue=False)
    name, values = ACTS[act]
    client = enter(cast.unit_head if act in ("submit", "withdraw") else cast.officer)
    sent = {"once": str(uuid4())} | values
    answers = [client.post(page(nomination, name), sent) for _ in range(3)]
    assert len({(answer.status_code, answer.headers.get("Location")) for answer in answers}) == 1
    assert answers[0].status_code == 302
    assert AuditEntry.objects.filter(object_type="awards.nomination").count() == 1


# ---- Beginning ----


def begin(client, url: str = f"{LIST}add/", **values):
    return fill_in(client, url, "once", **{"kind": "collective", "nominee": "Phòng Quang tử"} | values)


def test_a_unit_begins_a_draft_once(cast, enter):
    client = enter(cast.unit_head)
    sent = form_of(client.get(f"{LIST}add/?kind=individual&unit={cast.unit.pk}"), "once")
    assert sent["kind"] == "individual"
    answers = [client.post(f"{LIST}add/", sent | {"nominee": " Lê  Thị Mới "}) for _ in range(2)]
    made = Nomination.objects.get()
    assert (made.nominee, made.kind, made.unit) == ("Lê Thị Mới", "individual", cast.unit)
    assert {answer.headers["Location"] for answer in answers} == {page(made, "section", "about")}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"nominee": ""}, "nominee"), ({"nominee": "\u200b"}, "nominee"), ({"nominee": "x" * 251}, "nominee"),
     ({"kind": ""}, "kind"), ({"kind": "x"}, "kind")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_the_rest_is_kept(cast, enter, wrong, field):
    answer = begin(enter(cast.unit_head), **wrong)
    assert answer.context["form"].errors[field]
    assert not Nomination.objects.exists()
    assert wrong.get("nominee", "Phòng Quang tử") in answer.content.decode()


def test_who_acts_for_two_units_says_for_which(cast, enter):
    make.make_office(cast.unit_head, "unit_clerk", cast.other_unit)
    client = enter(cast.unit_head)
    assert begin(client, unit="").context["form"].errors["unit"]
    assert begin(client, unit=cast.far_unit.pk).context["form"].errors["unit"]
    begin(client, f"{LIST}add/?unit={cast.other_unit.pk}")
    assert Nomination.objects.get().unit == cast.other_unit


def test_the_address_never_chooses_a_foreign_unit(cast, enter):
    begin(enter(cast.unit_head), f"{LIST}add/?unit={cast.far_unit.pk}&kind=individual", unit=cast.far_unit.pk)
    assert Nomination.objects.get().unit == cast.unit


def test_a_closed_deadline_is_a_page_of_its_own(cast, enter, today):
    cast.congress.nominations_due = date(2020, 5, 20)
    cast.congress.save()
    today(2020, 5, 20)
    client = enter(cast.unit_head)
    sent = form_of(client.get(f"{LIST}add/"), "once") | {"kind": "collective", "nominee": "Phòng Quang tử"}
    today(2020, 5, 21)
    for answer in (client.get(f"{LIST}add/"), client.post(f"{LIST}add/", sent)):
        assert answer.status_code == 409
        assert "20/05/2020" in answer.content.decode()
        assert "024.35560658" in answer.content.decode()
    assert not Nomination.objects.exists()
    assert "20/05/2020" in client.get(LIST).content.decode()  # the button says it before


def test_what_the_unit_has_put_forward_already_is_shown(cast, enter):
    make_nomination(cast.congress, cast.unit, nominee="Phòng Đã đề cử")
    make_nomination(cast.congress, cast.far_unit, nominee="Phòng Của người khác")
    text = enter(cast.unit_head).get(f"{LIST}add/").content.decode()
    assert "Phòng Đã đề cử" in text
    assert "Phòng Của người khác" not in text


# ---- Sending ----


def test_from_the_clerk_through_the_head_to_the_department(cast, enter):
    everybody = people(cast)
    nomination = make_nomination(cast.congress, cast.unit)
    clerk, head = enter(everybody["clerk"]), enter(cast.unit_head)
    check = clerk.get(page(nomination, "check")).content.decode()
    assert page(nomination, "send_to_head") in check
    assert page(nomination, "submit") not in check
    assert "Tăng 40 % giờ máy." in check
    answer = clerk.post(page(nomination, "send_to_head"), {"once": str(uuid4())}, follow=True)
    assert answer.redirect_chain[-1][0] == page(nomination, "sent")
    refused = clerk.get(page(nomination, "check"))
    assert refused.status_code == 409
    assert page(nomination, "submit") in head.get(page(nomination, "check")).content.decode()
    done = head.post(page(nomination, "submit"), {"once": str(uuid4())}, follow=True)
    assert "2020-TT-001" in done.content.decode()
    assert "documents/dossier.docx" in done.content.decode()
    assert f"nomination={nomination.pk}" in done.content.decode()


def test_the_confirmation_is_for_who_has_sent_something(cast, enter):
    draft = make_nomination(cast.congress, cast.unit)
    sent = make_nomination(cast.congress, cast.unit, state=State.SUBMITTED)
    assert enter(cast.unit_head).get(page(draft, "sent")).headers["Location"] == draft.get_absolute_url()
    assert enter(cast.officer).get(page(sent, "sent")).headers["Location"] == sent.get_absolute_url()
    assert enter(cast.unit_head).get(page(sent, "sent")).status_code == 200


def test_what_is_missing_is_named_and_the_button_says_why(cast, enter):
    nomination = make_nomination(cast.congress, cast.unit, results="", no_awards=False)
    text = enter(cast.unit_head).get(page(nomination, "check")).content.decode()
    assert "Kết quả đo được" in text
    assert "5/7" in text
    assert enter(cast.unit_head).post(page(nomination, "submit"), {"once": str(uuid4())}).status_code == 409


def test_after_the_day_it_is_a_page(cast, enter, today):
    cast.congress.nominations_due = date(2020, 5, 20)
    cast.congress.save()
    today(2020, 5, 21)
    nomination = make_nomination(cast.congress, cast.unit)
    answer = enter(cast.unit_head).post(page(nomination, "submit"), {"once": str(uuid4())})
    assert answer.status_code == 409
    assert "20/05/2020" in answer.content.decode()


def test_an_overdue_correction_looks_like_one(cast, enter, today):
    day = today(2020, 5, 30)
    nomination = make_nomination(cast.congress, cast.unit, state=State.RETURNED, due=date(2020, 5, 29))
    for url in (LIST, page(nomination)):
        text = enter(cast.officer).get(url).content.decode()
        assert 'class="status late"' in text
        assert "29/05/2020" in text
    assert clock.today() == day


# ---- The Council ----


def test_a_member_is_led_to_read_and_to_declare(cast, enter):
    nomination = make_nomination(cast.congress, cast.unit, state=State.SHORTLISTED)
    steps = enter(cast.member).get(page(nomination)).context["steps"]
    assert [(step.name, step.primary) for step in steps.now] == [("assess", True), ("conflict", False)]
    assert steps.later == []


def test_the_list_stands_still_while_the_council_sits(cast, enter):
    nomination = make_nomination(cast.congress, cast.unit, state=State.SHORTLISTED)
    make_sitting(cast.congress, state="open")
    step = next(s for s in enter(cast.officer).get(page(nomination)).context["steps"].now if s.name == "take_off")
    assert step.why_not
    assert enter(cast.officer).get(page(nomination, "take_off")).status_code == 409


def test_an_officer_on_the_council_has_both_sets_of_acts(cast, enter):
    make_seat(cast.congress, cast.officer)
    nomination = make_nomination(cast.congress, cast.unit, state=State.SHORTLISTED)
    names = {step.name for step in enter(cast.officer).get(page(nomination)).context["steps"].now}
    assert names >= {"assess", "conflict", "take_off", "record_pending"}


# ---- One name twice ----


def test_a_name_that_stands_twice_is_told_to_the_department_alone(cast, enter):
    first = make_nomination(cast.congress, cast.unit, nominee="Phòng Quang tử", state=State.SUBMITTED)
    second = make_nomination(cast.congress, cast.far_unit, nominee="PHÒNG  QUANG TƯ", state=State.SUBMITTED)
    make_nomination(cast.congress, cast.far_unit, "individual", nominee="Phòng Quang tử")
    text = enter(cast.officer).get(page(first)).content.decode()
    assert page(second) in text
    assert [line.twice for line in enter(cast.officer).get(LIST).context["lines"]] == [True, True, False]
    assert page(second) not in enter(cast.unit_head).get(page(first)).content.decode()
    assert not any(line.twice for line in enter(cast.unit_head).get(LIST).context["lines"])
    Nomination.objects.filter(pk=second.pk).update(state=State.WITHDRAWN, closing_reason="Trùng")
    assert not any(line.twice for line in enter(cast.officer).get(LIST).context["lines"])


def test_an_award_without_a_decision_is_shown_as_unproven(cast, enter):
    nomination = make_nomination(cast.congress, cast.unit, state=State.SUBMITTED)
    make_award(nomination)
    assert "Chưa minh chứng" in enter(cast.officer).get(page(nomination)).content.decode()
    nomination.awards.update(decision_number="12/QĐ")
    assert "Chưa minh chứng" not in enter(cast.officer).get(page(nomination)).content.decode()
