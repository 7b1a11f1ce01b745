"""The Council's pages: who opens which, what they tell to whom, at what cost, and that nothing typed is lost."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from awards import actions
from awards.invariants import faults
from awards.models import Assessment, CouncilSeat, Nomination, Recusal, Sitting
from tests import factories as make
from tests.awards.scenes import (
    convened,
    enlarge_council,
    in_session,
    make_nomination,
    make_seat,
    make_sitting,
)

pytestmark = pytest.mark.django_db
State = Nomination.State
DEPARTMENT = {"officer", "department_head"}
COUNCIL = {"chair", "member", "secretary", "teller"}
DAY = date(2020, 9, 10)


@pytest.fixture(autouse=True)
def september(today):
    today(DAY.year, DAY.month, DAY.day)


def url(name: str, *args) -> str:
    return reverse(f"awards:{name}", args=["2020", *args])


def listed(cast, kind: str = "collective", **fields) -> Nomination:
    return make_nomination(cast.congress, cast.unit, kind, State.SHORTLISTED, **fields)


# address: who opens it with 200, and what all others get
GET = {
    "council": (DEPARTMENT | COUNCIL, 403),
    "reading": (DEPARTMENT | COUNCIL, 403),
    "seat_give": (DEPARTMENT, 403),
    "seat_end": (DEPARTMENT, 403),
    "assess": (COUNCIL, 403),
    "conflict": (COUNCIL, 403),
}
UNSEEN = {"desk", "stranger", "unit_clerk"}  # who may not see the nomination: it is not found


@pytest.mark.parametrize("name", GET)
def test_who_opens_what(cast, enter, name):
    nomination = listed(cast)
    seat = CouncilSeat.objects.get(user=cast.teller)
    args = {"seat_end": [seat.pk], "assess": [nomination.pk], "conflict": [nomination.pk]}.get(name, [])
    may, otherwise = GET[name]
    expected = {role: 200 if role in may else otherwise for role in cast.roles}
    if args == [nomination.pk]:
        expected |= dict.fromkeys(UNSEEN, 404)
    got = {role: enter(user).get(url(name, *args)).status_code for role, user in cast.roles.items()}
    assert got == expected
    assert Client().get(url(name, *args)).headers["Location"].startswith("/sign-in/")


def test_a_conflict_is_taken_back_by_a_post_of_its_own_member(cast, enter):
    nomination = listed(cast)
    actions.declare_conflict(actor=cast.member, nomination=nomination, reason="Em ruột")
    address = url("conflict_take_back", nomination.pk)
    assert enter(cast.member).get(address).status_code == 405
    for role in set(cast.roles) - {"member"}:
        enter(cast.roles[role]).post(address, {"once": uuid.uuid4()})
        assert Recusal.objects.exists(), role
    for _click in range(2):
        assert enter(cast.member).post(address).status_code == 302
    assert not Recusal.objects.exists()


@pytest.mark.parametrize("name", ["seat_end", "sitting", "assess", "conflict"])
def test_what_does_not_exist_is_not_found(cast, enter, name):
    user = cast.officer if name == "seat_end" else cast.member
    assert enter(user).get(url(name, 999_999)).status_code == 404


def test_another_congresss_seat_is_not_found_here(cast, enter):
    other = make.make_congress(slug="2025", ordinal=6, is_current=False)
    seat = make_seat(other, cast.stranger)
    assert enter(cast.officer).get(url("seat_end", seat.pk)).status_code == 404


# ---- What is kept from others ----


@pytest.fixture
def secret(cast) -> Nomination:
    """A dossier with a member's points and comment, a recusal and a pending issue."""
    nomination = listed(cast, nominee="Phòng Có Chuyện", pending_note="Ghi chú mật về đơn thư")
    actions.assess(actor=cast.member, nomination=nomination, version=0, points=37, comment="Nhận xét mật")
    actions.declare_conflict(actor=cast.teller, nomination=nomination, reason="Lý do mật, là anh rể")
    return nomination


WORDS = ["37 điểm", 'value="37"', "<dd>37</dd>", "Nhận xét mật", "Lý do mật, là anh rể", "Ghi chú mật về đơn thư"]


def seen(client: Client, *addresses: str) -> set[str]:
    text = "".join(re.sub(r"\s+", " ", client.get(address).content.decode()) for address in addresses)
    return {word for word in WORDS if word in text.replace("<dd> 37 </dd>", "<dd>37</dd>")}


def test_points_comments_and_reasons_are_for_nobody_but_their_member(cast, enter, secret):
    sitting = make_sitting(cast.congress, state=Sitting.State.CONVENED)
    pages = [url("council"), url("reading"), sitting.get_absolute_url(), reverse("portal:home")]
    own = [url("assess", secret.pk), url("conflict", secret.pk)]
    for role, user in cast.roles.items():
        found = seen(enter(user), *pages, *own)
        if role == "member":
            assert found == {"37 điểm", 'value="37"', "Nhận xét mật"}
        elif role == "teller":
            assert found == {"Lý do mật, là anh rể"}
        else:
            assert not found, role


def test_they_stay_hidden_when_the_dossier_can_no_longer_be_assessed(cast, enter, secret):
    Nomination.objects.filter(pk=secret.pk).update(state=State.SELECTED)
    assert seen(enter(cast.member), url("assess", secret.pk)) == {"<dd>37</dd>", "Nhận xét mật"}
    for role in COUNCIL - {"member"}:
        assert not seen(enter(cast.roles[role]), url("assess", secret.pk), url("reading")), role


def test_points_stay_out_of_the_trail(cast, enter, secret):
    text = enter(cast.officer).get(secret.get_absolute_url()).content.decode()
    assert "Nhận xét mật" not in text


# ---- Members and seats ----


def test_a_person_with_two_seats_is_one_member(cast, enter):
    make_seat(cast.congress, cast.member, "vice", title="Chủ tịch Công đoàn Bộ")
    make_seat(cast.congress, make.make_user(full_name="Lê Văn Cũ"), ends=DAY - timedelta(days=1))
    make_seat(cast.congress, make.make_user(full_name="Lê Văn Mới"), starts=DAY + timedelta(days=1))
    page = enter(cast.member).get(url("council"))
    council = page.context["council"]
    assert [member.user for member in council.members] == cast.members
    assert council.seats == 5
    assert [str(seat.user) for seat in council.past] == ["Lê Văn Cũ"]
    assert [str(seat.user) for seat in council.to_come] == ["Lê Văn Mới"]
    assert "Chủ tịch Công đoàn Bộ" in page.text
    assert url("seat_give") not in page.text
    assert url("seat_give") in enter(cast.officer).get(url("council")).text


def give(client: Client, person, **changes):
    values = {"once": str(uuid.uuid4()), "user": person.pk, "post": "vice", "starts": "01/09/2020", "ends": ""}
    return client.post(url("seat_give"), values | {"title": "Chủ tịch Công đoàn Bộ"} | changes)


def test_a_seat_is_given_once_and_ended(cast, enter):
    client, key = enter(cast.officer), str(uuid.uuid4())
    for _click in range(2):
        assert give(client, cast.stranger, once=key).headers["Location"] == url("council")
    seat = CouncilSeat.objects.get(user=cast.stranger)
    assert (seat.post, seat.title, seat.starts) == ("vice", "Chủ tịch Công đoàn Bộ", date(2020, 9, 1))
    end = url("seat_end", seat.pk)
    assert client.post(end, {"once": uuid.uuid4(), "last_day": "x"}).context["form"].errors["last_day"]
    assert client.post(end, {"once": uuid.uuid4(), "last_day": "01/08/2020"}).status_code == 409
    assert client.post(end, {"once": uuid.uuid4(), "last_day": "9/9/2020", "reason": "Nghỉ hưu"}).status_code == 302
    seat.refresh_from_db()
    assert seat.ends == date(2020, 9, 9)
    assert enter(cast.stranger).get(url("council")).status_code == 403
    assert faults(cast.congress) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"user": ""}, "user"),
        ({"user": "999999"}, "user"),
        ({"post": ""}, "post"),
        ({"post": "king"}, "post"),
        ({"title": "x" * 201}, "title"),
        ({"starts": "32/01/2020"}, "starts"),
        ({"ends": "31/08/2020"}, "ends"),
    ],
)
def test_a_faulty_seat_keeps_what_was_typed(cast, enter, changes, field):
    page = give(enter(cast.officer), cast.stranger, **changes)
    assert page.status_code == 200
    assert page.context["form"].errors[field]
    assert f'href="#id_{field}"' in page.text
    assert re.search(r"<title>\s*(Lỗi|Error):", page.text)
    if field != "title":
        assert "Chủ tịch Công đoàn Bộ" in page.text
    assert not CouncilSeat.objects.filter(user=cast.stranger).exists()


def test_a_second_chair_is_refused_in_words(cast, enter):
    page = give(enter(cast.officer), cast.stranger, post="chair")
    assert page.status_code == 409
    assert cast.chair.full_name in page.text


# ---- Forecast ----


def test_the_forecast_counts_persons_of_that_day_and_what_is_noted(cast, enter):
    members = enlarge_council(cast, 6)
    make_seat(cast.congress, members[5], "vice")
    sitting = make_sitting(cast.congress, state=Sitting.State.CONVENED, held_at=make.moment("2020-09-15 08:30"))
    CouncilSeat.objects.filter(user=members[4]).update(ends=date(2020, 9, 14))
    listed(cast, "collective", nominee_user=cast.member)
    actions.declare_conflict(actor=cast.teller, nomination=listed(cast, "collective"), reason="x")
    actions.record_attendance(
        actor=cast.secretary, sitting=sitting, present=[cast.chair], excuses={cast.teller.pk: "Đi công tác"}
    )
    forecast = enter(cast.member).get(url("council")).context["forecast"]
    assert (forecast.members, forecast.needed, forecast.coming, forecast.excused) == (5, 4, 1, 1)
    assert forecast.in_reach
    assert [number for _list, number in forecast.voters] == [3, 5]
    assert forecast.too_few == []
    excuses = {cast.teller.pk: "Đi công tác", cast.member.pk: "Ốm"}
    actions.record_attendance(actor=cast.secretary, sitting=sitting, present=[], excuses=excuses)
    page = enter(cast.officer).get(url("council"))
    assert not page.context["forecast"].in_reach
    assert "Ốm" not in page.text  # why somebody is away stands on the sitting's page


def test_there_is_no_forecast_without_a_sitting_to_come(cast, enter):
    make_sitting(cast.congress, state=Sitting.State.POSTPONED)
    assert enter(cast.chair).get(url("council")).context["forecast"] is None


# ---- Reading and assessing ----


def assessed(client: Client, nomination: Nomination, **changes):
    values = {"once": str(uuid.uuid4()), "version": "0", "points": "85", "comment": "Mô hình nhân rộng được"}
    return client.post(url("assess", nomination.pk), values | changes)


def test_a_member_reads_one_dossier_after_the_other(cast, enter):
    first, second, third = (listed(cast, "collective", nominee=f"Phòng {letter}") for letter in "ABC")
    person = listed(cast, "individual")
    Nomination.objects.filter(pk=third.pk).update(nominee_user=cast.member)
    client = enter(cast.member)
    page = client.get(url("reading"))
    short = page.context["short_list"]
    assert (short.assessed, short.to_read, short.first_open.nomination) == (0, 3, first)
    assert assessed(client, second).headers["Location"] == url("assess", person.pk)  # the next in order
    assert assessed(client, person).headers["Location"] == url("assess", first.pk)  # then what was left out
    assert assessed(client, first).headers["Location"] == url("reading")  # the third is the member's own
    short = client.get(url("reading")).context["short_list"]
    assert (short.assessed, short.to_read, short.first_open) == (3, 3, None)
    assert "85" in client.get(url("assess", first.pk)).text


def test_the_dossier_stands_beside_the_form_on_one_page(cast, enter):
    nomination = listed(cast, achievements="Rất dài. " * 200, results="Tăng 40 % giờ máy", pending_note="Ghi chú mật")
    page = enter(cast.member).get(url("assess", nomination.pk)).text
    assert "Tăng 40 % giờ máy" in page
    assert page.count("Rất dài.") < 100  # the whole stands in the dossier
    assert nomination.get_absolute_url() in page
    assert "Ghi chú mật" not in page


@pytest.mark.parametrize("points", ["", "101", "-1", "tám", "8.5", "99999999999"])
def test_points_that_are_none_keep_the_comment(cast, enter, points):
    page = assessed(enter(cast.member), listed(cast), points=points)
    assert page.status_code == 200
    assert page.context["form"].errors["points"]
    assert "Mô hình nhân rộng được" in page.text
    assert not Assessment.objects.exists()


def test_a_double_click_is_no_conflict(cast, enter):
    nomination, client, key = listed(cast), enter(cast.member), str(uuid.uuid4())
    answers = [assessed(client, nomination, once=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Assessment.objects.get().version == 1


def test_two_windows_of_one_member_lose_nothing(cast, enter):
    nomination, client = listed(cast), enter(cast.member)
    assessed(client, nomination, points="60", comment="Từ cửa sổ thứ nhất")
    page = assessed(client, nomination, points="70", comment="Từ cửa sổ thứ hai")
    assert page.status_code == 409
    assert "Từ cửa sổ thứ nhất" in page.text
    assert "Từ cửa sổ thứ hai" in page.text
    assert Assessment.objects.get().points == 60
    version = re.search(r'name="version" value="(\d+)"', page.text)[1]
    assert assessed(client, nomination, version=version, points="70").status_code == 302
    assert Assessment.objects.get().points == 70


def test_balance_is_shown_and_units_named_twice(cast, enter):
    for _ in range(2):
        listed(cast, "collective")
    listed(cast, "individual", sex="female")
    make_nomination(cast.congress, cast.far_unit, "individual", State.SHORTLISTED, sex="male")
    short = enter(cast.chair).get(url("reading")).context["short_list"]
    collectives, individuals = short.lists
    assert collectives.blocks == [(cast.block.name, 2)]
    assert collectives.same_unit == [cast.unit.name]
    assert dict(individuals.sexes) == {"Nữ": 1, "Nam": 1}
    assert short.on_both == [cast.unit.name]
    Nomination.objects.filter(unit=cast.unit).update(state=State.SELECTED)
    page = enter(cast.chair).get(url("reading"))
    assert page.context["short_list"].chosen_together == [cast.unit.name]


def test_the_department_finds_the_list_without_points(cast, enter):
    nomination = listed(cast)
    page = enter(cast.officer).get(url("reading"))
    assert nomination.nominee in page.text
    assert url("assess", nomination.pk) not in page.text


def test_what_is_not_on_the_short_list_is_not_read(cast, enter):
    accepted = make_nomination(cast.congress, cast.unit, state=State.ACCEPTED)
    assert accepted.nominee not in enter(cast.member).get(url("reading")).text
    assert enter(cast.member).get(url("assess", accepted.pk)).status_code == 404


def test_after_the_vote_has_begun_notes_are_read_and_not_changed(cast, enter):
    session = in_session(cast)
    nomination = session.ballot().candidates.get(order=1).nomination
    actions.assess(actor=cast.member, nomination=nomination, version=0, points=64, comment="Ghi trước khi bỏ phiếu")
    session.open()
    page = enter(cast.member).get(url("assess", nomination.pk))
    assert "Ghi trước khi bỏ phiếu" in page.text
    assert 'name="points"' not in page.text
    assert assessed(enter(cast.member), nomination, version="1").status_code == 409


# ---- Conflicts ----


def declare(client: Client, nomination: Nomination, **changes):
    values = {"once": str(uuid.uuid4()), "reason": "Tôi là thủ trưởng tập thể này"}
    return client.post(url("conflict", nomination.pk), values | changes)


def test_a_conflict_is_declared_once_with_a_reason(cast, enter):
    nomination, client, key = listed(cast), enter(cast.member), str(uuid.uuid4())
    page = declare(client, nomination, reason="  ")
    assert page.context["form"].errors["reason"]
    for _click in range(2):
        assert declare(client, nomination, once=key).status_code == 302
    assert Recusal.objects.get().user == cast.member
    assert declare(client, nomination).status_code == 409
    page = client.get(url("conflict", nomination.pk))
    assert "Tôi là thủ trưởng tập thể này" in page.text
    assert url("conflict_take_back", nomination.pk) in page.text
    short = client.get(url("reading")).context["short_list"]
    assert short.lists[0].conflicts == [nomination.nominee]
    assert assessed(client, nomination).status_code == 409


def test_a_conflict_stands_once_the_vote_has_begun(cast, enter):
    session = in_session(cast)
    nomination = session.ballot().candidates.get(order=1).nomination
    actions.declare_conflict(actor=cast.member, nomination=nomination, reason="x")
    session.open()
    page = enter(cast.member).get(url("conflict", nomination.pk))
    assert 'aria-disabled="true"' in page.text
    assert enter(cast.member).post(url("conflict_take_back", nomination.pk)).status_code == 409
    assert enter(cast.secretary).get(url("conflict", nomination.pk)).status_code == 409


# ---- A member's own work ----


def desk(enter, user):
    return enter(user).get(reverse("portal:home")).context["council"]


def test_a_member_finds_what_to_read_and_the_next_sitting(cast, enter):
    nominations = [listed(cast) for _ in range(4)]
    make_nomination(cast.congress, cast.unit, state=State.ACCEPTED)
    actions.assess(actor=cast.member, nomination=nominations[0], version=0, points=50, comment="")
    actions.assess(actor=cast.member, nomination=nominations[1], version=0, points=50, comment="")
    actions.declare_conflict(actor=cast.member, nomination=nominations[1], reason="x")
    make_sitting(cast.congress, state=Sitting.State.POSTPONED)
    later = make_sitting(cast.congress, state=Sitting.State.CONVENED, held_at=make.moment("2020-09-20 08:00"))
    soon = make_sitting(cast.congress, state=Sitting.State.CONVENED, held_at=make.moment("2020-09-15 08:00"))
    work = desk(enter, cast.member)
    assert (work.dossiers, work.assessed, work.conflicts) == (3, 1, 1)
    assert (work.sitting, work.sittings) == (soon, [soon, later])
    assert not work.on_duty


def test_a_vote_waits_for_those_on_the_roll_until_they_have_voted(cast, enter):
    session = in_session(cast)
    away = session.members[6]
    others = [member for member in session.members if member != away]
    actions.record_attendance(actor=cast.secretary, sitting=session.sitting, present=others, excuses={})
    nomination = cast.congress.nominations.listed("collective")[0]
    actions.declare_conflict(actor=cast.member, nomination=nomination, reason="x")
    ballot = session.open()
    assert desk(enter, cast.chair).ballots == [ballot]
    assert desk(enter, cast.member).ballots == []  # recused
    assert desk(enter, away).ballots == []  # absent
    assert ballot.get_absolute_url() in enter(cast.chair).get(url("council")).text
    actions.cast(actor=cast.chair, ballot=ballot, choices=[1], key=uuid.uuid4())
    assert desk(enter, cast.chair).ballots == []


def test_a_teller_finds_the_code_to_take_and_the_box_to_open(cast, enter):
    session = convened(cast)
    actions.open_sitting(actor=cast.chair, sitting=session.sitting)
    users = [cast.teller, cast.secretary, cast.member]
    actions.appoint_tellers(actor=cast.chair, sitting=session.sitting, users=users, leader=cast.teller)
    assert desk(enter, cast.teller).code_for == session.sitting
    assert desk(enter, cast.chair).code_for is None
    for user in users:
        session.codes[user.pk] = actions.take_code(actor=user, sitting=session.sitting)
    assert desk(enter, cast.teller).code_for is None
    session.open()
    session.vote("collective", [[1]] * 5)
    ballot = session.close()
    assert desk(enter, cast.teller).boxes == [ballot]
    assert desk(enter, cast.chair).boxes == []


# ---- What it costs ----


@pytest.mark.parametrize("role", ["member", "secretary", "officer"])
@pytest.mark.parametrize("name", ["council", "reading"])
def test_a_page_costs_the_same_at_one_row_and_at_five(cast, enter, name, role, django_assert_max_num_queries):
    client, counts = enter(cast.roles[role]), []
    for rows in (1, 4):
        for _ in range(rows):
            nomination = listed(cast)
            listed(cast, "individual")
            Recusal.objects.create(nomination=nomination, user=cast.teller, reason="x")
            make_seat(cast.congress, make.make_user())
            make_sitting(cast.congress, state=Sitting.State.CONVENED)
        with django_assert_max_num_queries(12) as asked:
            client.get(url(name))
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


def test_text_that_somebody_typed_stays_text(cast, enter):
    evil = '<script>alert("x")</script>{{ 7|add:7 }}'
    nomination = listed(cast, nominee=evil, model_name=evil, results=evil, presenter=evil)
    make_seat(cast.congress, cast.stranger, title=evil[:200])
    actions.assess(actor=cast.member, nomination=nomination, version=0, points=1, comment=evil)
    actions.declare_conflict(actor=cast.teller, nomination=nomination, reason=evil)
    pages = [(cast.member, url("council")), (cast.member, url("reading")), (cast.member, url("assess", nomination.pk))]
    for user, address in [*pages, (cast.teller, url("conflict", nomination.pk))]:
        text = enter(user).get(address).content.decode()
        assert '<script>alert("x")' not in text, address
        assert "{{ 7|add:7 }}" in text, address
