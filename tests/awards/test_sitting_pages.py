"""A sitting's pages: whose they are, what they show in which state, and a whole sitting through the browser's eyes."""

import re
import uuid

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from awards import actions
from awards.ballot import code_public_key
from awards.invariants import faults
from awards.models import KeyShare, Nomination, Sitting, Teller
from core.models import AuditEntry, Mail, OnceKey
from tests import factories as make
from tests.awards.scenes import convened, in_session, make_nomination, make_seat, make_sitting

pytestmark = pytest.mark.django_db
State = Sitting.State
DEPARTMENT = {"officer", "department_head"}
COUNCIL = {"chair", "member", "secretary", "teller"}
KEEPERS = DEPARTMENT | {"secretary"}


@pytest.fixture(autouse=True)
def september(today):
    today(2020, 9, 10)


def url(name: str, *args) -> str:
    return reverse(f"awards:{name}", args=["2020", *args])


def send(client: Client, name: str, sitting: Sitting, **values):
    """Send a form as its page does, with a one-time key."""
    return client.post(url(name, sitting.pk), {"once": str(uuid.uuid4()), **values})


# ---- Who comes in ----

# address: the state of the sitting, who opens it with 200; all others are refused
GET = {
    "sitting": (State.CONVENED, DEPARTMENT | COUNCIL),
    "sitting_change": (State.CONVENED, KEEPERS),
    "attendance": (State.CONVENED, KEEPERS),
    "postpone": (State.CONVENED, KEEPERS | {"chair"}),  # the Chair alone has come
    "tellers": (State.OPEN, {"chair"}),
}


@pytest.mark.parametrize("name", [*GET, "sitting_plan"])
def test_who_opens_what(cast, enter, name):
    state, may = GET.get(name, (State.DRAFT, KEEPERS))
    sitting = make_sitting(cast.congress, state=state)
    sitting.attendances.create(user=cast.chair, present=True)
    args = [] if name == "sitting_plan" else [sitting.pk]
    got = {role: enter(user).get(url(name, *args)).status_code for role, user in cast.roles.items()}
    assert {role for role, status in got.items() if status == 200} == may
    assert set(got.values()) <= {200, 403}
    assert Client().get(url(name, *args)).headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("name", ["convene", "open_sitting", "take_code"])
def test_what_acts_at_once_takes_a_post(cast, enter, name):
    sitting = make_sitting(cast.congress, state=State.CONVENED)
    for role, user in cast.roles.items():
        assert enter(user).get(url(name, sitting.pk)).status_code == 405, role


def test_another_congresss_sitting_is_not_found_here(cast, enter):
    sitting = make_sitting(make.make_congress(slug="2025", ordinal=6, is_current=False))
    assert enter(cast.chair).get(url("sitting", sitting.pk)).status_code == 404
    assert send(enter(cast.officer), "convene", sitting).status_code == 404


# ---- Planning and changing ----

PLAN = {
    "day": "15/09/2020",
    "time": "08:30",
    "place": "Phòng họp 1",
    "quorum_numerator": "2",
    "quorum_denominator": "3",
    "tellers_wanted": "3",
}


def plan(client: Client, **changes):
    return client.post(url("sitting_plan"), {"once": str(uuid.uuid4()), **PLAN, **changes})


@pytest.mark.parametrize(("day", "time"), [("15/09/2020", "08:30"), ("15-9-2020", "8h30"), (" 15.09.2020", "8.30")])
def test_day_and_time_are_read_as_people_write_them(cast, enter, day, time):
    answer = plan(enter(cast.secretary), day=day, time=time)
    sitting = Sitting.objects.get()
    assert answer.headers["Location"] == sitting.get_absolute_url()
    assert sitting.held_at == make.moment("2020-09-15 08:30")
    assert sitting.state == State.DRAFT


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": ""}, "day"),
        ({"day": "31/09/2020"}, "day"),
        ({"time": ""}, "time"),
        ({"time": "25:00"}, "time"),
        ({"place": ""}, "place"),
        ({"place": "x" * 201}, "place"),
        ({"quorum_numerator": "hai"}, "quorum_numerator"),
        ({"quorum_numerator": "4"}, "__all__"),
        ({"quorum_numerator": "0"}, "__all__"),
        ({"tellers_wanted": "1"}, "__all__"),
    ],
)
def test_a_faulty_sitting_keeps_what_was_typed(cast, enter, changes, field):
    page = plan(enter(cast.officer), **changes)
    assert page.status_code == 200
    assert page.context["form"].errors[field]
    assert re.search(r"<title>\s*(Lỗi|Error):", page.text)
    if field != "place":
        assert "Phòng họp 1" in page.text
    if field not in ("day", "__all__"):
        assert "15/09/2020" in page.text
    assert not Sitting.objects.exists()


def test_a_double_click_prepares_one_sitting(cast, enter):
    client, key = enter(cast.officer), str(uuid.uuid4())
    answers = [plan(client, once=key) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Sitting.objects.count() == 1


def test_the_second_of_two_who_change_it_sees_both_texts(cast, enter):
    sitting = make_sitting(cast.congress, held_at=make.moment("2020-09-15 08:30"), place="Phòng họp 1")
    first, second = enter(cast.officer), enter(cast.secretary)
    send(first, "sitting_change", sitting, **PLAN | {"version": 1, "day": "16/09/2020"})
    page = send(second, "sitting_change", sitting, **PLAN | {"version": 1, "time": "14:00", "place": "Hội trường"})
    assert page.status_code == 409
    assert "08:30 16/09/2020" in page.text
    assert "14:00 15/09/2020" in page.text
    assert "Hội trường" in page.text
    again = dict(re.findall(r'type="hidden" name="(?!csrf)([\w-]+)" value="([^"]*)"', page.text))
    assert second.post(url("sitting_change", sitting.pk), again).status_code == 302
    sitting.refresh_from_db()
    assert (sitting.held_at, sitting.place) == (make.moment("2020-09-15 14:00"), "Hội trường")


def test_a_change_after_the_call_says_that_letters_go_out(cast, enter):
    sitting = make_sitting(cast.congress, state=State.CONVENED)
    client = enter(cast.secretary)
    assert 'class="note warn"' in client.get(url("sitting_change", sitting.pk)).text
    send(client, "sitting_change", sitting, version=1, **PLAN)
    assert Mail.objects.count() == 4


def test_the_letter_is_seen_before_it_goes_out(cast, enter):
    make_nomination(cast.congress, cast.unit, state=Nomination.State.SHORTLISTED)
    make_seat(cast.congress, make.make_user(full_name="Lê Không Thư", email=""))
    sitting = make_sitting(cast.congress, place="Phòng họp 1", held_at=make.moment("2020-09-15 08:30"))
    page = enter(cast.secretary).get(sitting.get_absolute_url())
    assert page.context["letter"]["number"] == 4
    assert "08:30 thứ Ba 15/09/2020" in page.context["letter"]["body"]
    assert "Lê Không Thư" in page.text
    assert "letter" not in enter(cast.member).get(sitting.get_absolute_url()).context
    assert send(enter(cast.secretary), "convene", sitting).status_code == 302
    assert Mail.objects.count() == 4
    assert Mail.objects.first().body == page.context["letter"]["body"]
    assert send(enter(cast.secretary), "convene", sitting).status_code == 409


# ---- Attendance ----


def sheet(page) -> dict[str, list[str]]:
    """What the attendance page would send as it stands."""
    form = page.context["form"]
    values = {f"excuse-{row.line.user.pk}": [row.excuse] for row in form.rows}
    values |= {f"read-{row.line.user.pk}": [row.read] for row in form.rows}
    return values | {"here": [str(row.line.user.pk) for row in form.rows if row.checked], "once": [str(uuid.uuid4())]}


def test_attendance_with_reasons(cast, enter):
    sitting, client = make_sitting(cast.congress, state=State.CONVENED), enter(cast.secretary)
    address = url("attendance", sitting.pk)
    values = sheet(client.get(address))
    values |= {"here": [cast.chair.pk, cast.secretary.pk], f"excuse-{cast.member.pk}": ["  Đi   công tác "]}
    assert client.post(address, values).status_code == 302
    noted = {line.user: (line.present, line.excuse) for line in sitting.attendances.all()}
    assert noted[cast.chair] == (True, "")
    assert noted[cast.member] == (False, "Đi công tác")
    assert noted[cast.teller] == (False, "")
    page = client.get(sitting.get_absolute_url())
    assert "Đi công tác" in page.text
    here = page.context["here"]
    assert (here.present, here.members, here.needed, here.quorate) == (2, 4, 3, False)


def test_a_contradiction_is_said_and_nothing_typed_is_lost(cast, enter):
    sitting, client = make_sitting(cast.congress, state=State.CONVENED), enter(cast.secretary)
    address = url("attendance", sitting.pk)
    values = sheet(client.get(address))
    values |= {
        "here": [cast.chair.pk, cast.member.pk],
        f"excuse-{cast.member.pk}": ["Ốm"],
        f"excuse-{cast.teller.pk}": ["Đi công tác"],
    }
    page = client.post(address, values)
    assert page.status_code == 200
    assert f'href="#id_excuse-{cast.member.pk}"' in page.text
    rows = {row.line.user: row for row in page.context["form"].rows}
    assert rows[cast.chair].checked
    assert rows[cast.teller].excuse == "Đi công tác"
    assert not sitting.attendances.exists()
    page = client.post(address, values | {f"excuse-{cast.member.pk}": ["x" * 201]})
    assert cast.member.full_name in page.context["form"].errors[f"excuse-{cast.member.pk}"][0]


def test_two_who_record_at_once_lose_nothing(cast, enter):
    sitting = make_sitting(cast.congress, state=State.CONVENED)
    address, first, second = url("attendance", sitting.pk), enter(cast.secretary), enter(cast.officer)
    ours, theirs = sheet(first.get(address)), sheet(second.get(address))
    excuse = f"excuse-{cast.member.pk}"
    assert first.post(address, ours | {"here": [cast.chair.pk], excuse: ["Ốm"]}).status_code == 302
    # another line: both stand
    assert second.post(address, theirs | {"here": [cast.teller.pk]}).status_code == 302
    noted = {line.user: (line.present, line.excuse) for line in sitting.attendances.all()}
    assert noted[cast.chair] == noted[cast.teller] == (True, "")
    assert noted[cast.member] == (False, "Ốm")
    # the same line: both are shown, nothing is set, and the second may go on
    theirs |= {"once": [str(uuid.uuid4())], "here": [cast.teller.pk], excuse: ["Đi công tác"]}
    page = second.post(address, theirs)
    assert page.status_code == 409
    (difference,) = page.context["differences"]
    assert difference.label == cast.member.full_name
    assert "Ốm" in difference.current
    assert "Đi công tác" in difference.mine
    assert sitting.attendances.get(user=cast.member).excuse == "Ốm"
    again: dict[str, list[str]] = {}
    for name, value in page.context["sent"]:
        again.setdefault(name, []).append(value)
    assert second.post(address, again).status_code == 302
    assert sitting.attendances.get(user=cast.member).excuse == "Đi công tác"
    assert sitting.attendances.get(user=cast.chair).present


def test_a_line_sent_without_what_was_read_is_not_set_over_another(cast, enter):
    sitting, client = make_sitting(cast.congress, state=State.CONVENED), enter(cast.secretary)
    sitting.attendances.create(user=cast.member, excuse="Ốm")
    values = sheet(client.get(url("attendance", sitting.pk))) | {f"excuse-{cast.member.pk}": ["Khác"]}
    del values[f"read-{cast.member.pk}"]
    assert client.post(url("attendance", sitting.pk), values).status_code == 409
    assert sitting.attendances.get(user=cast.member).excuse == "Ốm"


def test_strangers_in_the_form_are_not_recorded(cast, enter):
    sitting, client = make_sitting(cast.congress, state=State.CONVENED), enter(cast.secretary)
    address = url("attendance", sitting.pk)
    values = sheet(client.get(address)) | {"here": [cast.stranger.pk, "x"], f"excuse-{cast.stranger.pk}": ["lạ"]}
    assert client.post(address, values).status_code == 302
    assert not sitting.attendances.filter(user=cast.stranger).exists()
    assert not sitting.attendances.filter(present=True).exists()


# ---- The way of a sitting ----


def way(enter, user, sitting):
    return enter(user).get(sitting.get_absolute_url()).context["way"]


def acts(enter, user, sitting) -> list[str]:
    """The acts that the page offers to somebody, by the last part of their address."""
    found = [step.act for step in way(enter, user, sitting).steps if step.act]
    return [act.url.rstrip("/").split("/")[-1] for act in found if not act.why_not]


def test_the_page_says_what_is_next_and_whose_it_is(cast, enter):
    for kind in ("collective", "individual"):
        for _ in range(3):
            make_nomination(cast.congress, cast.unit, kind, Nomination.State.SHORTLISTED)
    make.make_programme_item(cast.congress, holds_reports=True)
    sitting = make_sitting(cast.congress, held_at=make.moment("2020-09-15 08:30"), tellers_wanted=2)
    keeper, chair, plain = cast.secretary, cast.chair, cast.member
    assert acts(enter, keeper, sitting) == ["convene"]
    assert acts(enter, chair, sitting) == acts(enter, plain, sitting) == []
    send(enter(keeper), "convene", sitting)
    assert acts(enter, keeper, sitting) == ["attendance"]
    values = sheet(enter(keeper).get(url("attendance", sitting.pk)))
    enter(keeper).post(url("attendance", sitting.pk), values | {"here": [member.pk for member in cast.members]})
    assert acts(enter, keeper, sitting) == ["attendance"]
    assert acts(enter, chair, sitting) == ["open"]
    send(enter(chair), "open_sitting", sitting)
    assert acts(enter, chair, sitting) == ["tellers"]
    assert acts(enter, plain, sitting) == []
    send(enter(chair), "tellers", sitting, users=[cast.teller.pk, plain.pk], leader=plain.pk)
    found = way(enter, plain, sitting)
    assert found.waits_on == f"{plain}, {cast.teller}"
    assert acts(enter, plain, sitting) == acts(enter, cast.teller, sitting) == ["code"]
    assert acts(enter, chair, sitting) == ["tellers"]
    for user in (plain, cast.teller):
        assert send(enter(user), "take_code", sitting).status_code == 200
    assert way(enter, plain, sitting).next.title == way(enter, chair, sitting).next.title
    ballot = sitting.ballots.get(kind="collective")
    assert acts(enter, chair, sitting) == ["tellers", str(ballot.pk)]
    actions.open_ballot(actor=chair, ballot=ballot)
    assert acts(enter, chair, sitting) == ["vote"]
    actions.cast(actor=chair, ballot=ballot, choices=[1], key=uuid.uuid4())
    assert acts(enter, chair, sitting) == [str(ballot.pk)]
    assert "3" in way(enter, chair, sitting).waits_on  # three of four have still to vote


def test_a_refused_act_is_shown_with_its_reason_to_whose_it_is(cast, enter):
    sitting = make_sitting(cast.congress)  # nobody on the short list
    page = enter(cast.secretary).get(sitting.get_absolute_url())
    [act] = [step.act for step in page.context["way"].steps if step.act]
    assert act.why_not
    assert act.why_not in page.text
    assert 'aria-disabled="true"' in page.text
    assert act.why_not not in enter(cast.member).get(sitting.get_absolute_url()).text


def test_without_a_quorum_it_can_be_put_off(cast, enter):
    session = convened(cast, present=9)
    page = enter(cast.chair).get(session.sitting.get_absolute_url())
    assert url("postpone", session.sitting.pk) in page.text
    assert send(enter(cast.chair), "postpone", session.sitting, reason="").context["form"].errors["reason"]
    key = str(uuid.uuid4())
    for _click in range(2):
        assert send(enter(cast.chair), "postpone", session.sitting, reason="Bão số 5", once=key).status_code == 302
    page = enter(cast.member).get(session.sitting.get_absolute_url())
    assert "Bão số 5" in page.text
    assert page.context["way"].steps == []
    assert url("sitting_plan") in enter(cast.secretary).get(session.sitting.get_absolute_url()).text


def test_with_a_quorum_it_cannot_be_put_off(cast, enter):
    session = convened(cast)
    assert url("postpone", session.sitting.pk) not in enter(cast.chair).get(session.sitting.get_absolute_url()).text
    assert enter(cast.chair).get(url("postpone", session.sitting.pk)).status_code == 409


# ---- Tellers and codes ----


def test_a_faulty_team_keeps_the_ticks(cast, enter):
    session = convened(cast)
    actions.open_sitting(actor=cast.chair, sitting=session.sitting)
    client, two = enter(cast.chair), [cast.teller.pk, cast.member.pk]
    page = send(client, "tellers", session.sitting, users=two, leader=cast.secretary.pk)
    form = page.context["form"]
    assert form.errors["users"]
    assert form.ticked == 2
    assert {user.pk for user, ticked in form.picks if ticked} == set(two)
    page = send(client, "tellers", session.sitting, users=[*two, cast.secretary.pk], leader=cast.chair.pk)
    assert page.context["form"].errors["leader"]
    assert not Teller.objects.exists()
    answer = send(client, "tellers", session.sitting, users=[*two, cast.secretary.pk], leader=cast.member.pk)
    assert answer.status_code == 302
    assert Teller.objects.get(leads=True).user == cast.member


def test_who_has_a_conflict_or_is_away_is_not_offered(cast, enter):
    session = convened(cast, present=14)
    nomination = cast.congress.nominations.listed()[0]
    actions.declare_conflict(actor=cast.member, nomination=nomination, reason="Lý do riêng")
    actions.open_sitting(actor=cast.chair, sitting=session.sitting)
    page = enter(cast.chair).get(url("tellers", session.sitting.pk))
    offered = {user for user, _ticked in page.context["form"].picks}
    assert cast.member not in offered
    assert session.members[-1] not in offered
    assert len(offered) == 13
    assert page.context["kept_out"] == [cast.member]
    assert "Lý do riêng" not in page.text
    values = {"users": [cast.member.pk, cast.teller.pk, cast.secretary.pk], "leader": cast.teller.pk}
    assert send(enter(cast.chair), "tellers", session.sitting, **values).context["form"].errors["users"]


def code_on(page) -> str:
    return re.search(r'class="code"[^>]*>([A-Z2-7-]+)<', page.text)[1]


@pytest.fixture
def with_team(cast):
    session = convened(cast)
    actions.open_sitting(actor=cast.chair, sitting=session.sitting)
    team = [cast.teller, cast.member, cast.secretary]
    actions.appoint_tellers(actor=cast.chair, sitting=session.sitting, users=team, leader=cast.teller)
    return session


def test_a_code_is_shown_once_and_kept_nowhere(cast, enter, with_team):
    client, sitting = enter(cast.teller), with_team.sitting
    page = send(client, "take_code", sitting)
    code = code_on(page)
    assert bytes(Teller.objects.get(user=cast.teller).public_key) == code_public_key(code)
    assert "no-store" in page.headers["Cache-Control"]
    assert not page.has_header("Location")
    for address in (sitting.get_absolute_url(), reverse("portal:home"), url("council")):
        for user in (cast.teller, cast.chair, cast.officer):
            assert code not in enter(user).get(address).text
    kept = str(list(AuditEntry.objects.values())) + str(list(OnceKey.objects.values())) + str(dict(client.session))
    assert code not in kept


def test_a_second_code_says_that_the_first_is_dead(cast, enter, with_team):
    client, sitting = enter(cast.teller), with_team.sitting
    first, second = send(client, "take_code", sitting), send(client, "take_code", sitting)
    assert code_on(first) != code_on(second)
    assert first.context["had_one"] is False
    assert second.context["had_one"] is True
    assert 'class="note warn"' in second.text
    assert bytes(Teller.objects.get(user=cast.teller).public_key) == code_public_key(code_on(second))
    step = next(step for step in way(enter, cast.teller, sitting).steps if step.act and "code" in step.act.url)
    assert step.act.confirm  # asked before it is done


def test_a_form_sent_twice_makes_no_second_code(cast, enter, with_team):
    """A reload or a double click would leave the teller with a code on paper that opens nothing."""
    client, key = enter(cast.teller), str(uuid.uuid4())
    code = code_on(send(client, "take_code", with_team.sitting, once=key))
    assert send(client, "take_code", with_team.sitting, once=key).status_code == 409
    assert bytes(Teller.objects.get(user=cast.teller).public_key) == code_public_key(code)


@pytest.mark.parametrize("role", ["chair", "officer", "department_head", "stranger", "unit_head"])
def test_nobody_else_gets_a_code(cast, enter, with_team, role):
    assert send(enter(cast.roles[role]), "take_code", with_team.sitting).status_code == 403
    assert not Teller.objects.exclude(public_key=None).exists()


# ---- What stays sealed ----


def clear(sitting: Sitting) -> None:
    """Make room for another sitting in session."""
    KeyShare.objects.all().delete()
    sitting.delete()
    Nomination.objects.all().delete()


CHANGING = r"[0-9a-f]{8}-[0-9a-f-]{27}|why-[0-9a-f]{8}|name=\"csrfmiddlewaretoken\" value=\"\w+\"|\d\d:\d\d"


def test_before_the_count_the_page_tells_how_many_have_voted_and_nothing_else(cast, enter):
    """Whatever lies in the box, and however it was voted, everybody's page is the same to the letter."""
    session = in_session(cast, lists=(3, 0))
    session.open()
    found = []
    for papers in ([[1, 2]] * 8, [[3]] * 5 + [[], [1], [2]]):
        mark = transaction.savepoint()
        session.vote("collective", papers)
        found.append(pages_of(cast, enter, session.sitting))
        session.close()
        found.append(pages_of(cast, enter, session.sitting))
        transaction.savepoint_rollback(mark)
    assert found[0] == found[2]
    assert found[1] == found[3]
    assert "8/15" in found[0]["member"]
    assert "8/15" in found[1]["member"]


def pages_of(cast, enter, sitting: Sitting) -> dict[str, str]:
    """The page of a sitting as every role finds it, without keys and times of day."""
    address = sitting.get_absolute_url()
    return {role: re.sub(CHANGING, "", enter(user).get(address).text) for role, user in cast.roles.items()}


def test_a_counted_ballot_shows_who_is_selected_and_what_follows(cast, enter):
    session = in_session(cast, lists=(3, 0))
    session.hold("collective", [[1, 2]] * 5 + [[1, 3]] * 5 + [[2, 3]] * 5)
    [line] = enter(cast.member).get(session.sitting.get_absolute_url()).context["ballots"]
    assert line.selected == []
    assert len(line.others) == 3  # tied
    assert line.turnout is None
    actions.call_round(actor=cast.chair, ballot=session.ballot())
    lines = enter(cast.member).get(session.sitting.get_absolute_url()).context["ballots"]
    assert [line.ballot.round for line in lines] == [1, 2]
    assert lines[0].told != line.told  # a further round was called


# ---- Conclusion ----


def test_a_conclusion_shows_what_it_writes_and_then_the_selected(cast, enter):
    session = in_session(cast, lists=(3, 3))
    session.hold("collective", [[1, 2]] * 9)
    assert enter(cast.chair).get(url("conclude", session.sitting.pk)).status_code == 409
    session.hold("individual", [[2, 3]] * 9)
    client = enter(cast.chair)
    page = client.get(url("conclude", session.sitting.pk))
    reports = [nomination.nominee for nomination in page.context["reports"]]
    assert len(reports) == 4
    assert page.context["same_unit"] == [cast.unit.name]
    assert send(client, "conclude", session.sitting, conclusion=" ").context["form"].errors["conclusion"]
    key = str(uuid.uuid4())
    for _click in range(2):
        answer = send(client, "conclude", session.sitting, conclusion="Hội đồng nhất trí.", once=key)
        assert answer.status_code == 302
    parts = cast.congress.programme.get(holds_reports=True).parts.order_by("order")
    assert [nominee in part.name_vi for nominee, part in zip(reports, parts, strict=True)] == [True] * 4
    page = enter(cast.member).get(session.sitting.get_absolute_url())
    assert "Hội đồng nhất trí." in page.text
    assert page.text.count('class="status gold"') == 4
    assert all(nominee in page.text for nominee in reports)
    assert faults(cast.congress) == []


@pytest.mark.parametrize("role", sorted(KEEPERS | {"member", "teller"}))
def test_nobody_else_concludes(cast, enter, role):
    session = in_session(cast, lists=(2, 0))
    session.hold("collective", [[1, 2]] * 9)
    assert send(enter(cast.roles[role]), "conclude", session.sitting, conclusion="x").status_code == 403
    session.sitting.refresh_from_db()
    assert session.sitting.state == State.OPEN


# ---- What it costs ----


def at_convened(cast, rows: int) -> Sitting:
    return convened(cast, size=9 + rows, lists=(rows, rows)).sitting


def at_open(cast, rows: int) -> Sitting:
    session = in_session(cast, size=9 + rows, lists=(rows + 2, rows + 2))
    session.open()
    session.vote("collective", [[1]] * 5)
    session.open("individual")
    return session.sitting


def at_decided(cast, rows: int) -> Sitting:
    session = in_session(cast, size=9 + rows, lists=(rows + 2, rows + 2))
    session.hold("collective", [[1, 2]] * (8 + rows))
    session.hold("individual", [[1, 2]] * (8 + rows))
    return session.sitting


def at_concluded(cast, rows: int) -> Sitting:
    sitting = at_decided(cast, rows)
    return actions.conclude(actor=cast.chair, sitting=sitting, conclusion="x")


@pytest.mark.parametrize("scene", [at_convened, at_open, at_decided, at_concluded])
@pytest.mark.parametrize("role", ["chair", "secretary", "teller", "officer"])
def test_a_sitting_costs_the_same_with_one_row_and_with_five(cast, enter, role, scene, django_assert_max_num_queries):
    client, counts = enter(cast.roles[role]), []
    for rows in (1, 5):
        sitting = scene(cast, rows)
        with django_assert_max_num_queries(12) as asked:
            assert client.get(url("sitting", sitting.pk)).status_code == 200
        counts.append(len(asked.captured_queries))
        clear(sitting)
    assert counts[0] == counts[1]
