"""The list of nominations: who sees which rows, what it is narrowed and sorted by, what never leaks, what it costs."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.models import Nomination
from tests import factories as make
from tests.awards.scenes import make_award, make_nomination, make_seat
from tests.cast import Cast
from units.models import Office

pytestmark = pytest.mark.django_db
State = Nomination.State
LIST = "/2020/nominations/"
DEPARTMENT = {"officer", "department_head"}
UNITS = {"unit_head", "unit_clerk", "block_head"}
COUNCIL = {"chair", "member", "secretary", "teller"}
FULL_SIGHT = DEPARTMENT | COUNCIL | {"unit_head"}


def shown(client, **params) -> list[str]:
    return [line.nomination.nominee for line in client.get(LIST, params).context["lines"]]


@pytest.fixture
def cleared(cast: Cast) -> Cast:
    """A cast with one nomination of the head's own unit, in every state."""
    for state in State:
        make_nomination(cast.congress, cast.unit, state=state, nominee=f"Phòng {state.value}")
    make_nomination(cast.congress, cast.far_unit, state=State.SUBMITTED, nominee="Phòng xa")
    return cast


def test_who_opens_the_list(cast, enter):
    got = {role: enter(user).get(LIST).status_code for role, user in cast.roles.items()}
    assert got == {role: 200 if role in DEPARTMENT | UNITS | COUNCIL else 403 for role in cast.roles}


def test_everybody_sees_what_is_theirs(cleared, enter):
    unsent = {State.DRAFT, State.WITH_HEAD, State.WITHDRAWN}
    expected = {
        "officer": {*(f"Phòng {state.value}" for state in State), "Phòng xa"},
        "unit_head": {f"Phòng {state.value}" for state in State},
        "unit_clerk": set(),
        "block_head": {f"Phòng {state.value}" for state in set(State) - unsent},
        "member": {f"Phòng {state.value}" for state in Nomination.BEFORE_THE_COUNCIL},
    }
    for role, names in expected.items():
        assert set(shown(enter(cleared.roles[role]))) == names, role


def test_another_congress_has_its_own_list(cast, enter):
    other = make.make_congress(slug="2025", ordinal=6, is_current=False)
    old = make_nomination(other, cast.unit, nominee="Phòng khóa sau")
    client = enter(cast.officer)
    assert shown(client) == []
    assert client.get(reverse("awards:nomination", args=["2020", old.pk])).status_code == 404
    assert client.get(reverse("awards:nomination", args=["2025", old.pk])).status_code == 200


def test_only_who_nominates_has_the_button(cast, enter):
    for role in DEPARTMENT | UNITS | COUNCIL:
        text = enter(cast.roles[role]).get(LIST).content.decode()
        assert (f"{LIST}add/" in text) == (role in UNITS), role


# ---- Narrowed and sorted ----


def test_search_needs_no_marks_and_looks_at_name_and_unit(cast, enter):
    make_nomination(cast.congress, cast.unit, nominee="Phòng Thí nghiệm Quang tử")
    make_nomination(cast.congress, cast.far_unit, nominee="Trung tâm Đào tạo")
    client = enter(cast.officer)
    assert shown(client, q="quang tu") == ["Phòng Thí nghiệm Quang tử"]
    assert shown(client, q="ĐÀO TẠO") == ["Trung tâm Đào tạo"]
    assert shown(client, q="so huu tri tue") == ["Trung tâm Đào tạo"]
    assert "Hiện tất cả đề cử" in client.get(LIST, {"q": "không có đâu"}).content.decode()


def test_filters_narrow_and_are_pills(cast, enter):
    conference = make.make_conference(cast.congress, cast.unit)
    other = make.make_conference(cast.congress, cast.far_unit)
    make_nomination(cast.congress, cast.unit, state=State.SUBMITTED, nominee="A", conference=conference)
    make_nomination(cast.congress, cast.unit, "individual", State.RETURNED, nominee="B", conference=conference)
    make_nomination(cast.congress, cast.far_unit, state=State.ACCEPTED, nominee="C", conference=other)
    client = enter(cast.officer)
    for params, names in [
        ({"kind": "individual"}, {"B"}),
        ({"state": "submitted"}, {"A"}),
        ({"state": ["submitted", "accepted"]}, {"A", "C"}),
        ({"unit": cast.far_unit.pk}, {"C"}),
        ({"block": cast.block.pk}, {"A", "B"}),
        ({"conference": conference.pk, "kind": "collective"}, {"A"}),
    ]:
        assert set(shown(client, **params)) == names, params
        listing = client.get(LIST, params).context["listing"]
        assert len(listing.pills) == sum(len(v) if isinstance(v, list) else 1 for v in params.values())
    for nonsense in ({"unit": "x"}, {"state": "'; --"}, {"conference": "999999"}, {"sort": "folded"}, {"page": "-3"}):
        assert len(shown(client, **nonsense)) == 3, nonsense


def test_a_filter_names_only_what_the_reader_sees(cast, enter):
    make_nomination(cast.congress, cast.far_unit, state=State.SUBMITTED)
    make_nomination(cast.congress, cast.unit, state=State.SUBMITTED)
    for role in ("unit_head", "block_head", "member"):
        assert cast.far_unit.name_vi not in enter(cast.roles[role]).get(LIST).content.decode(), role
    assert cast.far_unit.name_vi in enter(cast.officer).get(LIST).content.decode()


def test_the_list_is_sorted_as_officials_sort(cast, enter):
    def made(nominee, kind="collective", state=State.SUBMITTED, **fields):
        return make_nomination(cast.congress, cast.unit, kind, state, nominee=nominee, **fields)

    zone = timezone.get_current_timezone()
    made("Phòng 10", state_since=datetime(2020, 5, 3, tzinfo=zone))
    made("Phòng 9", state=State.DRAFT, state_since=datetime(2020, 5, 1, tzinfo=zone))
    made("Nguyễn Thị Ánh", "individual", State.SELECTED, state_since=datetime(2020, 5, 2, tzinfo=zone))
    made("Bùi Văn Tý", "individual", State.RETURNED, state_since=datetime(2020, 5, 4, tzinfo=zone))
    client = enter(cast.officer)
    assert shown(client) == ["Phòng 9", "Phòng 10", "Nguyễn Thị Ánh", "Bùi Văn Tý"]
    assert shown(client, sort="state") == ["Phòng 9", "Phòng 10", "Bùi Văn Tý", "Nguyễn Thị Ánh"]
    assert shown(client, sort="since") == ["Phòng 9", "Nguyễn Thị Ánh", "Phòng 10", "Bùi Văn Tý"]
    assert shown(client, sort="-since") == shown(client, sort="since")[::-1]


def test_who_has_the_next_step_since_when(cast, enter):
    late = datetime(2020, 5, 13, 23, 30, tzinfo=timezone.get_current_timezone())
    make_nomination(cast.congress, cast.unit, state=State.SUBMITTED, state_since=late)
    text = enter(cast.officer).get(LIST).content.decode()
    assert "Đang chờ Vụ Thi đua - Khen thưởng từ 13/05/2020" in text
    assert "14/05/2020" not in text


def test_progress_is_told_to_who_follows_it(cast, enter):
    nomination = make_nomination(cast.congress, cast.unit, results="", no_awards=False)
    make_award(nomination)
    line = enter(cast.unit_head).get(LIST).context["lines"][0]
    assert (line.progress.done, line.progress.total) == (6, 7)
    nomination.awards.all().delete()
    assert enter(cast.unit_head).get(LIST).context["lines"][0].progress.done == 5


@pytest.mark.parametrize("role", ["officer", "unit_head", "block_head", "member"])
def test_the_list_costs_the_same_at_one_row_and_at_five(cast, enter, role, django_assert_max_num_queries):
    conference = make.make_conference(cast.congress, cast.unit)
    client = enter(cast.roles[role])

    def row():
        made = make_nomination(cast.congress, cast.unit, state=State.SHORTLISTED, conference=conference)
        make_award(made)

    row()
    client.get(LIST)
    with django_assert_max_num_queries(12) as few:
        assert len(shown(client)) == 1
    for _ in range(4):
        row()
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert len(shown(client)) == 5


# ---- What never leaks ----

SECRETS = {
    "birth": ("07/11/1961", "1961"),
    "hometown": ("Làng Kín", "Làng Kín"),
    "residence": ("12 Ngõ Khuất", "Ngõ Khuất"),
    "phone": ("0912345670", "0912345670"),
}
PENDING = "Đơn tố cáo số 77"
REASON = "Khai sai quá trình công tác"


@pytest.fixture
def planted(cast: Cast) -> Nomination:
    fields = {name: value for name, (value, _seen) in SECRETS.items()}
    return make_nomination(
        cast.congress, cast.unit, "individual", State.SHORTLISTED, nominee="Trần Văn Mật",
        pending_issue=False, pending_note=PENDING, return_reason=REASON, **fields,
    )  # fmt: skip


def seen(client, *urls: str) -> set[str]:
    text = "".join(client.get(url).content.decode() for url in urls)
    words = {name: word for name, (_value, word) in SECRETS.items()} | {"pending": PENDING}
    return {name for name, word in words.items() if word in text}


def pages(nomination: Nomination) -> list[str]:
    return [
        nomination.get_absolute_url(),
        LIST,
        f"{LIST}?q=mat",
        f"{LIST}?sort=since",
        "/search/?q=mat",
        "/",
        f"{nomination.get_absolute_url()}check/",
        f"{nomination.get_absolute_url()}sent/",
        f"{nomination.get_absolute_url()}subjects/about/",
    ]


def test_personal_data_and_pending_issues_reach_only_whom_they_are_for(cast, enter, planted):
    found = {role: seen(enter(user), *pages(planted)) for role, user in cast.roles.items()}
    personal = set(SECRETS) - {"phone"}  # an individual's dossier has no phone
    for role in cast.roles:
        expected = personal if role in FULL_SIGHT else set()
        expected = expected | ({"pending"} if role in DEPARTMENT | COUNCIL else set())
        assert found[role] == expected, role


def test_a_collectives_phone_is_not_for_the_blocks_head(cast, enter):
    nomination = make_nomination(cast.congress, cast.unit, state=State.SUBMITTED, phone="0912345670")
    assert "0912345670" in enter(cast.officer).get(nomination.get_absolute_url()).content.decode()
    text = enter(cast.block_head).get(nomination.get_absolute_url()).content.decode()
    assert "0912345670" not in text
    assert "không mở cho tài khoản này" in text


def test_no_search_asks_for_what_is_hidden(cast, enter, planted):
    for role, user in cast.roles.items():
        for word in ("1961", "Làng Kín", "tố cáo", "Khai sai"):
            answer = enter(user).get(LIST, {"q": word})
            assert answer.status_code == 403 or answer.context["listing"].total == 0, role
            assert planted.nominee not in enter(user).get("/search/", {"q": word}).content.decode()


@pytest.mark.parametrize("state", [State.RETURNED, State.INELIGIBLE])
def test_why_it_came_back_is_between_the_unit_and_the_department(cast, enter, state):
    reasons = {"return_reason": REASON, "closing_reason": REASON if state == State.INELIGIBLE else ""}
    nomination = make_nomination(cast.congress, cast.unit, state=state, **reasons)
    readers = {
        role
        for role, user in cast.roles.items()
        if REASON in enter(user).get(nomination.get_absolute_url()).content.decode()
    }
    assert readers == DEPARTMENT | {"unit_head"}


def test_the_history_is_for_the_unit_and_its_internal_part_for_the_department(cast, enter):
    from awards import actions

    nomination = make_nomination(cast.congress, cast.unit, state=State.ACCEPTED)
    actions.record_pending_issue(actor=cast.officer, nomination=nomination, pending=False, note=PENDING)
    actions.shortlist(actor=cast.officer, nomination=nomination)
    texts = {role: enter(user).get(nomination.get_absolute_url()).content.decode() for role, user in cast.roles.items()}
    with_history = {role for role, text in texts.items() if 'class="history"' in text}
    assert with_history == DEPARTMENT | {"unit_head"}
    assert {role for role, text in texts.items() if "Ghi nhận vụ việc" in text} <= DEPARTMENT
    assert "bởi" not in texts["block_head"] or cast.officer.full_name not in texts["block_head"]
    assert not any("…" in text and PENDING in text for role, text in texts.items() if role == "unit_head")


def test_who_ends_an_office_sees_no_more(cast, enter, planted):
    office = Office.objects.get(user=cast.unit_head)
    office.ends = date(2019, 12, 31)
    office.save()
    assert enter(cast.unit_head).get(planted.get_absolute_url()).status_code == 404


def test_a_council_member_sees_a_draft_of_no_unit(cast, enter):
    make_seat(cast.congress, cast.stranger)
    draft = make_nomination(cast.congress, cast.unit)
    assert enter(cast.stranger).get(draft.get_absolute_url()).status_code == 404
