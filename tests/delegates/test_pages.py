"""The pages of the room: who opens which, what they show to whom, and at what cost."""

import re
import uuid
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry, User
from core.vietnamese import PartialDate
from delegates import actions
from delegates.models import Delegate
from tests import factories
from tests.delegates import factories as make
from units.models import Office

pytestmark = pytest.mark.django_db

DEPARTMENT = {"officer", "department_head"}
UNITS = {"unit_head", "unit_clerk", "block_head"}
DESK = {"desk"}


def address(name: str, *args, **query) -> str:
    return reverse(f"delegates:{name}", args=["2020", *args], query=query or None)


# name of the address: who opens it with 200 on a delegate of the unit head's unit, and what all others get
GET = {
    "delegates": (DEPARTMENT | UNITS | DESK, 403),
    "confirm_many": (DEPARTMENT, 403),
    "unit": (DEPARTMENT | {"unit_head", "block_head"}, 404),
    "seats": (DEPARTMENT | UNITS, 403),
    "replacements": (DEPARTMENT, 403),
    "settle": ({"unit_head"}, dict.fromkeys(DEPARTMENT, 403)),
    "open_settled": (set(), {"unit_head": 403} | dict.fromkeys(DEPARTMENT, 409)),
    "register": (DEPARTMENT | UNITS, 403),
    "composition": (DEPARTMENT | UNITS, 403),
    "targets": (DEPARTMENT, 403),
    "copies": (DEPARTMENT, 403),
    "completeness": (DEPARTMENT, 403),
    "needed": (DEPARTMENT, 403),
    "remind": (DEPARTMENT, 403),
    "missing": (DEPARTMENT | {"unit_head"}, {"block_head": 403}),
    "delegate": (DEPARTMENT | DESK | {"unit_head", "block_head"}, 404),
    "edit": (DEPARTMENT | {"unit_head"}, {"block_head": 403, "desk": 403}),
    "withdraw": (DEPARTMENT | {"unit_head"}, {"block_head": 403, "desk": 403}),
    "replace": (DEPARTMENT | {"unit_head"}, {"block_head": 403, "desk": 403}),
    "unconfirm": (set(), dict.fromkeys(["unit_head", "block_head", "desk"], 403) | dict.fromkeys(DEPARTMENT, 409)),
}
ELSEWHERE = {  # test_allocation_pages
    *("allocations", "what_if", "allocation_make", "allocation", "allocation_approve", "allocation_issue"),
    "allocation_discard",
    *("transfer", "order", "promote"),
    *("waiting_list", "seat_ask", "seat_give", "seat_decline", "seat_take_back"),  # test_requests
    *("photo", "photo_remove", "photo_file"),  # test_photos
    *("twins", "twins_pair", "twins_open", "twins_keep", "twins_ask_again", "twins_merge"),  # test_twins
    *("draft", "draft_save", "draft_write", "draft_open", "draft_discard"),  # test_drafts
}
ON_A_DELEGATE = {"delegate", "edit", "withdraw", "replace", "unconfirm", "confirm"}


@pytest.fixture
def delegate(cast, hall) -> Delegate:
    make.make_quota(cast.unit, hall.collective, 1)
    for unit in (cast.other_unit, cast.far_unit):  # so that everybody has something to open
        make.make_delegate(unit, hall.model)
    factories.make_office(cast.block_head, Office.Role.UNIT_CLERK, cast.block.units.get(code="BOA"))
    make.make_quota(cast.block.units.get(code="BOA"), hall.model, 1)
    return make.make_delegate(cast.unit, hall.model)


@pytest.mark.parametrize("name", GET)
def test_who_opens_what(cast, delegate, enter, name):
    of_a_unit = [cast.unit.pk] if name in ("unit", "missing", "settle", "open_settled") else []
    args = [delegate.pk] if name in ON_A_DELEGATE else of_a_unit
    may, otherwise = GET[name]
    others = otherwise if isinstance(otherwise, dict) else dict.fromkeys(cast.roles, otherwise)
    got = {role: enter(user).get(address(name, *args)).status_code for role, user in cast.roles.items()}
    assert got == {role: 200 if role in may else others.get(role, 404) for role in cast.roles}
    assert Client().get(address(name, *args)).headers["Location"].startswith("/sign-in/")


def test_confirming_takes_a_post_of_the_department(cast, delegate, enter):
    url = address("confirm", delegate.pk)
    for role, user in cast.roles.items():
        assert enter(user).get(url).status_code == 405
        if role not in DEPARTMENT:
            expected = 403 if role in ("unit_head", "block_head", "desk") else 404
            assert enter(user).post(url, {"version": 1}).status_code == expected, role
    assert enter(cast.officer).post(url, {"version": 1}).status_code == 302
    delegate.refresh_from_db()
    assert delegate.state == "confirmed"


def test_every_address_stands_in_a_table():
    from delegates.urls import urlpatterns

    elsewhere = {"confirm", "open_personal", "target_remove", "composition_copy", "composition_people"}
    names = {pattern.name for pattern in urlpatterns if not pattern.name.startswith("list")}  # see tests of imports
    assert names == set(GET) | elsewhere | ELSEWHERE


# ---- Other people's ids ----


@pytest.mark.parametrize("name", sorted(ON_A_DELEGATE - {"confirm"}))
def test_another_units_delegates_are_not_found(cast, hall, enter, name):
    other, far = make.make_delegate(cast.other_unit, hall.model), make.make_delegate(cast.far_unit, hall.model)
    guest = make.make_delegate(None, hall.leader)
    for stranger in (other, far, guest):
        assert enter(cast.unit_head).get(address(name, stranger.pk)).status_code == 404
        assert enter(cast.unit_head).post(address(name, stranger.pk), {"version": 1}).status_code in (404, 405, 409)
        stranger.refresh_from_db()
        assert (stranger.state, stranger.version) == ("registered", 1)


def test_what_does_not_exist_is_not_found(cast, delegate, enter):
    client = enter(cast.officer)
    for name in ON_A_DELEGATE - {"confirm"}:
        assert client.get(address(name, 999_999)).status_code == 404
    assert client.post(address("confirm", 999_999)).status_code == 404
    assert client.get(address("unit", 999_999)).status_code == 404
    for asked in ("999999", "abc", "0", "9" * 40):
        assert client.get(address("register", unit=asked)).status_code == 404, asked
    assert client.get("/2019/delegates/").status_code == 404


def test_the_delegates_of_another_congress_stay_there(cast, delegate, enter):
    other = factories.make_congress(slug="2025", is_current=False)
    category = make.make_category(other)
    far = make.make_delegate(cast.unit, category, full_name="Đặng Năm Sau")
    client = enter(cast.officer)
    assert client.get(address("delegate", far.pk)).status_code == 404
    assert "Đặng Năm Sau" not in client.get(address("delegates")).content.decode()
    assert client.get(reverse("delegates:delegate", args=["2025", far.pk])).status_code == 200
    assert [d.pk for d in client.get(reverse("delegates:delegates", args=["2025"])).context["listing"].page] == [far.pk]


def test_a_unit_registers_for_itself_alone(cast, delegate, enter):
    client = enter(cast.unit_head)
    for asked in (cast.other_unit.pk, cast.far_unit.pk, "ministry"):
        assert client.get(address("register", unit=asked)).status_code == 403, asked
    assert client.get(address("register", unit=cast.unit.pk)).context["unit"] == cast.unit
    assert client.get(address("register")).context["unit"] == cast.unit  # who acts for one unit is not asked


def test_who_acts_for_several_chooses_first(cast, delegate, enter):
    assert {row.unit for _block, rows in enter(cast.officer).get(address("register")).context["blocks"] for row in rows}
    factories.make_office(cast.unit_head, Office.Role.UNIT_CLERK, cast.far_unit)
    page = enter(cast.unit_head).get(address("register"))
    offered = {row.unit for _block, rows in page.context["blocks"] for row in rows}
    assert offered == {cast.unit, cast.far_unit}
    assert page.context["ministry"] is None


def test_a_block_head_is_offered_the_own_unit_alone(cast, delegate, enter):
    """The block's seats are seen, not filled."""
    page = enter(cast.block_head).get(address("register"))
    assert page.context["unit"].code == "BOA"
    assert enter(cast.block_head).get(address("register", unit=cast.unit.pk)).status_code == 403
    assert not re.search(
        r"\?unit=\d+&amp;category", enter(cast.block_head).get(address("unit", cast.unit.pk)).content.decode()
    )


def test_offices_that_ended_open_nothing(cast, delegate, enter):
    Office.objects.filter(user=cast.unit_head).update(ends=date(2019, 12, 31))
    assert enter(cast.unit_head).get(address("delegates")).status_code == 403
    assert enter(cast.unit_head).get(address("delegate", delegate.pk)).status_code == 404


# ---- What is shown to whom ----

SECRETS = {
    "ethnic_group": "Người Kín",
    "religion": "Cao Đài",
    "political_theory": "Cao cấp",
    "phone": "0987654321",
    "email": "rat-kin@example.org",
    "note": "Ghi chú rất kín",
    "birth": "17/03/1971",
    "party_joined": "03/02/1999",
    "id_number": "001071012345",
}
CLOSE = DEPARTMENT | {"own"}


@pytest.fixture
def secret(cast, hall) -> Delegate:
    """Somebody with everything that is not for everybody, of a unit in the block that has a head."""
    return make.make_delegate(
        cast.unit,
        hall.model,
        full_name="Quách Văn Kín",
        birth=PartialDate(1971, 3, 17),
        ethnic_group=make.make_ethnic_group(name_vi="Người Kín"),
        religion=Delegate.Religion.CAO_DAI,
        party_member=True,
        party_joined=PartialDate(1999, 2, 3),
        political_theory=Delegate.Theory.ADVANCED,
        phone="0987654321",
        email="rat-kin@example.org",
        note="Ghi chú rất kín",
        id_number="001071012345",
    )


def everybody(cast) -> dict[str, User]:
    own = factories.make_user("own")
    factories.make_office(own, Office.Role.UNIT_CLERK, cast.unit)
    return {**cast.roles, "own": own}


def told(page) -> set[str]:
    text = page.content.decode()
    return {name for name, words in SECRETS.items() if words in text}


def test_personal_data_is_for_the_department_and_the_own_unit(cast, secret, enter):
    for role, user in everybody(cast).items():
        client = enter(user)
        page = client.get(address("delegate", secret.pk))
        assert told(page) == set(), role  # closed, until somebody opens it
        opened = client.post(address("open_personal", secret.pk))
        assert (opened.status_code == 302) == (role in CLOSE | {"unit_head"}), role
        page = client.get(address("delegate", secret.pk))
        found = told(page)
        if role in CLOSE | {"unit_head"}:
            assert found == set(SECRETS), role
            assert [fact for fact in page.context["facts"].close if fact.masked] == []
        else:
            assert found == set(), role
        if role == "block_head":
            facts = page.context["facts"]
            assert {fact.value for fact in facts.close} == {""}
            assert all(fact.masked for fact in facts.close)
            assert "1971" in page.content.decode()
        if role == "desk":
            assert "1971" not in page.content.decode()
            assert page.context["facts"].person == page.context["facts"].close == []


def test_whether_somebody_is_in_the_party_is_told_to_nobody_else(cast, secret, enter):
    """'Yes' cannot be planted: the page is compared with that of somebody who is not."""
    pages: dict = {}
    for role in ("officer", "unit_head", "block_head", "desk"):
        enter(getattr(cast, role)).post(address("open_personal", secret.pk))
    for member in (True, False, None):
        Delegate.objects.filter(pk=secret.pk).update(party_member=member)
        for role in ("officer", "unit_head", "block_head", "desk"):
            client = enter(getattr(cast, role))
            text = client.get(address("delegate", secret.pk)).content.decode()
            pages.setdefault(role, set()).add(re.sub(r'csrf\w+" value="\w+"|why-\w+', "", text))
    assert {role: len(texts) for role, texts in pages.items()} == {
        "officer": 3, "unit_head": 3, "block_head": 1, "desk": 1,
    }  # fmt: skip


def lists(cast) -> list[str]:
    return [
        address("delegates"),
        address("delegates", q="kin"),
        address("delegates", sort="-state"),
        address("unit", cast.unit.pk),
        address("seats"),
        address("confirm_many", all=1),
        reverse("portal:search") + "?q=kin",
        reverse("portal:home"),
    ]


def test_no_list_tells_it_to_anybody(cast, secret, enter):
    """Lists show no personal data at all, not even to those who may read it on the delegate's page."""
    for role, user in everybody(cast).items():
        for url in lists(cast):
            assert told(enter(user).get(url)) == set(), (role, url)


def test_no_search_finds_by_it(cast, secret, enter):
    for role, user in everybody(cast).items():
        client = enter(user)
        for words in SECRETS.values():
            for url in (address("delegates", q=words), reverse("portal:search", query={"q": words})):
                text = client.get(url).content.decode()
                assert f"/2020/delegates/{secret.pk}/" not in text, (role, url)


def test_no_filter_and_no_sort_asks_for_it(cast, secret, hall, enter):
    other = make.make_delegate(cast.unit, hall.model, full_name="Quách Văn Hở", party_member=False)
    for role, user in everybody(cast).items():
        client = enter(user)
        plain = client.get(address("delegates"))
        if plain.status_code != 200:
            continue
        rows = [one.pk for one in plain.context["listing"].page]
        for name in (*Delegate.CONFIDENTIAL, *Delegate.CONTACT, "birth", "birth__lt", "phone__startswith"):
            value = {"party_member": "true", "ethnic_group": secret.ethnic_group_id}.get(name, SECRETS.get(name, "x"))
            for query in ({name: value}, {"sort": name}, {"sort": f"-{name}"}, {f"{name}__contains": value}):
                found = client.get(address("delegates", **query)).context["listing"]
                assert [one.pk for one in found.page] == rows, (role, query)
                assert not found.pills
    assert other.pk


def test_who_may_see_a_name_at_all(cast, secret, hall, enter):
    seen = {
        role
        for role, user in everybody(cast).items()
        if "Quách Văn Kín" in enter(user).get(address("delegates")).content.decode()
    }
    assert seen == DEPARTMENT | DESK | {"unit_head", "block_head", "own"}


def test_the_desk_reads_a_badge(cast, secret, hall, enter):
    client = enter(cast.desk)
    award = factories.make_award_type(name_vi="Huân chương Kín")
    actions.edit(
        actor=None, delegate=secret, version=secret.version, position="Chức vụ kín",
        awards=[{"award": award, "year": 2018}],
    )  # fmt: skip
    withdrawn = make.make_delegate(cast.unit, hall.model, full_name="Đã Rút Tên", state=Delegate.State.WITHDRAWN)
    for url in (address("delegates"), address("delegate", secret.pk)):
        text = client.get(url).content.decode()
        assert "Quách Văn Kín" in text
        assert cast.unit.name_vi in text
        for word in ("Chức vụ kín", "Huân chương Kín", "1971", "Chờ Vụ xác nhận", "Đã Rút Tên"):
            assert word not in text, (url, word)
    assert client.get(address("delegate", withdrawn.pk)).status_code == 404
    narrowed = client.get(address("delegates", state="withdrawn", sex="female")).context["listing"]
    assert [one.pk for one in narrowed.page] == [secret.pk]  # the desk has no such filters


def test_the_history_is_for_those_who_read_everything(cast, hall, enter):
    made = actions.register(
        actor=cast.unit_head, congress=cast.congress, unit=cast.unit, category=hall.model,
        **make.a_person(phone="0911111111"),
    )  # fmt: skip
    changes = {"phone": "0987654321", "religion": "cao_dai", "position": "Chức vụ mới"}
    actions.edit(actor=cast.unit_head, delegate=made, version=1, **changes)
    for role in ("officer", "unit_head", "block_head", "desk"):
        client = enter(getattr(cast, role))
        client.post(address("open_personal", made.pk))
        page = client.get(address("delegate", made.pk)).content.decode()
        history = re.sub(r"<dd>.*?</dd>", "", page, flags=re.DOTALL)
        assert ("Nghiên cứu viên → Chức vụ mới" in history) == (role in ("officer", "unit_head")), role
        for word in ("0911111111", "0987654321", "Cao Đài"):  # the trail never knew them
            assert word not in history, (role, word)
    assert "0911111111" not in str(list(AuditEntry.objects.values_list("details", flat=True)))


def test_text_that_somebody_typed_stays_text(cast, hall, enter):
    evil = '<script>alert("x")</script>{{ 7|add:7 }}'
    group = make.make_ethnic_group(name_vi=evil[:60])
    one = make.make_delegate(
        cast.unit, hall.collective, full_name=evil, position=evil, represents=evil, note=evil, ethnic_group=group
    )
    guest = make.make_delegate(None, hall.leader, full_name=evil, organisation=evil)
    client = enter(cast.officer)
    for url in (
        *lists(cast),
        *(address(name, one.pk) for name in ("delegate", "edit", "withdraw", "replace")),
        address("delegate", guest.pk),
        address("delegates", q=evil),
    ):
        text = client.get(url).content.decode()
        assert '<script>alert("x")' not in text, url
        if f"/{one.pk}/" in url or url == address("delegates"):
            assert "{{ 7|add:7 }}" in text, url


# ---- The list ----


def test_people_stand_in_vietnamese_order_by_given_name(cast, hall, enter):
    names = ["Trần Văn Ân", "Nguyễn Thị An", "Lê Anh", "Phạm Đào", "Đỗ Dũng", "Bùi Thị Bảo", "Lê Văn An", "Ê Ban"]
    for name in names:
        make.make_delegate(cast.far_unit, hall.model, full_name=name)
    listing = enter(cast.officer).get(address("delegates")).context["listing"]
    assert [one.full_name for one in listing.page] == [
        "Lê Văn An", "Nguyễn Thị An", "Lê Anh", "Trần Văn Ân", "Ê Ban", "Bùi Thị Bảo", "Đỗ Dũng", "Phạm Đào",
    ]  # fmt: skip
    down = enter(cast.officer).get(address("delegates", sort="-name")).context["listing"]
    assert [one.pk for one in down.page] == [one.pk for one in listing.page][::-1]


def test_the_list_is_searched_without_accents(cast, hall, enter):
    dung = make.make_delegate(cast.unit, hall.model, full_name="Nguyễn Văn Dũng")
    make.make_delegate(cast.unit, hall.model, full_name="Trần Thị Dung")
    client = enter(cast.officer)
    for words in ("nguyen dung", "NGUYỄN", "Du\u0303ng nguye\u0302\u0303n", "  van  "):
        found = client.get(address("delegates", q=words)).context["listing"]
        assert [one.pk for one in found.page] == [dung.pk], words


def test_the_list_is_narrowed_and_each_filter_is_a_pill(cast, hall, enter):
    man = make.make_delegate(cast.unit, hall.model, sex=Delegate.Sex.MALE)
    make.make_delegate(cast.unit, hall.model, sex=Delegate.Sex.FEMALE)
    make.make_delegate(cast.far_unit, hall.model, sex=Delegate.Sex.MALE)
    query = {"sex": "male", "unit": cast.unit.pk, "category": hall.model.pk}
    listing = enter(cast.officer).get(address("delegates", **query)).context["listing"]
    assert [one.pk for one in listing.page] == [man.pk]
    assert len(listing.pills) == 3
    for wrong in ({"unit": "x"}, {"category": "'; --"}, {"page": "99999"}, {"sort": "id; drop"}, {"sex": "\0"}):
        assert enter(cast.officer).get(address("delegates", **wrong)).status_code == 200, wrong


def test_those_withdrawn_are_shown_to_who_asks(cast, hall, enter):
    gone = make.make_delegate(cast.unit, hall.model, state=Delegate.State.WITHDRAWN)
    client = enter(cast.unit_head)
    assert client.get(address("delegates")).context["listing"].total == 0
    asked = client.get(address("delegates", state="withdrawn")).context["listing"]
    assert [one.pk for one in asked.page] == [gone.pk]


def test_perhaps_registered_twice_is_for_the_department(cast, hall, enter):
    twice = [
        make.make_delegate(unit, hall.model, full_name="Nguyễn Thị Hương", birth=PartialDate(1980, month))
        for unit, month in ((cast.unit, 1), (cast.far_unit, 2))
    ]
    make.make_delegate(cast.unit, hall.model, full_name="Nguyễn Thị Hương", birth=PartialDate(1981))
    mark = 'class="status late"'
    page = enter(cast.officer).get(address("delegates", twice=1))
    assert {one.pk for one in page.context["listing"].page} == {one.pk for one in twice}
    words = {one.pk: getattr(one, "likely_duplicate", False) for one in page.context["listing"].page}
    assert all(words.values())
    assert mark in page.content.decode()
    own = enter(cast.unit_head).get(address("delegates", twice=1))
    assert own.context["listing"].total == 2  # no such filter here
    assert mark not in own.content.decode()
    linked = enter(cast.officer).get(address("delegate", twice[0].pk)).content.decode()
    assert address("delegate", twice[1].pk) in linked
    assert (
        address("delegate", twice[1].pk)
        not in enter(cast.unit_head).get(address("delegate", twice[0].pk)).content.decode()
    )


def test_an_empty_list_says_why_and_what_to_do(cast, hall, enter):
    client = enter(cast.officer)
    assert 'class="empty"' in client.get(address("delegates")).content.decode()
    narrowed = client.get(address("delegates", q="không có đâu")).content.decode()
    assert 'class="empty"' in narrowed
    assert f'href="{address("delegates")}"' in narrowed


# ---- After the deadline, and when there is no seat ----


def test_after_the_last_day_units_meet_a_page_and_a_button_that_say_so(cast, hall, enter, today):
    delegate = make.make_delegate(cast.unit, hall.model)
    type(cast.congress).objects.update(registration_due=date(2020, 8, 31))
    today(2020, 8, 31)
    assert enter(cast.unit_head).get(address("register")).status_code == 200
    today(2020, 9, 1)
    client = enter(cast.unit_head)
    for name, args in (
        ("register", []),
        ("edit", [delegate.pk]),
        ("withdraw", [delegate.pk]),
        ("replace", [delegate.pk]),
    ):
        page = client.get(address(name, *args))
        assert page.status_code == 409, name
        assert "31/08/2020" in page.content.decode()
    form = make.a_form(hall.model, once=str(uuid.uuid4()))
    assert client.post(address("register"), form).status_code == 409
    assert cast.congress.delegates.count() == 1
    for url in (address("delegates"), address("unit", cast.unit.pk)):
        text = client.get(url).content.decode()
        assert 'aria-disabled="true"' in text
        assert "31/08/2020" in text
    assert enter(cast.officer).get(address("register", unit=cast.unit.pk)).status_code == 200


def test_without_a_seat_left_the_button_and_the_page_say_so(cast, hall, enter):
    client = enter(cast.unit_head)
    for _ in range(2):
        make.make_delegate(cast.unit, hall.model)
    page = client.get(address("unit", cast.unit.pk)).content.decode()
    assert 'aria-disabled="true"' in page
    assert "02" in page
    refused = client.get(address("register"))
    assert refused.status_code == 409
    assert hall.model.name_vi not in refused.content.decode()
    full = client.get(address("register", category=hall.model.pk))
    assert full.status_code == 409
    assert hall.model.name_vi in full.content.decode()


def test_a_unit_without_seats_is_told_who_gives_them(cast, hall, enter):
    hall.unit_quota.delete()
    client = enter(cast.unit_head)
    assert client.get(address("register")).status_code == 409
    for url in (address("unit", cast.unit.pk), address("seats")):
        assert 'class="empty"' in client.get(url).content.decode()


def test_a_confirmed_delegate_waits_for_nobody_and_the_unit_reads_why(cast, hall, enter):
    delegate = make.make_delegate(cast.unit, hall.model, state=Delegate.State.CONFIRMED)
    page = enter(cast.unit_head).get(address("delegate", delegate.pk)).content.decode()
    assert 'aria-disabled="true"' in page
    for name in ("edit", "withdraw"):
        refused = enter(cast.unit_head).get(address(name, delegate.pk))
        assert refused.status_code == 409
        assert delegate.full_name in refused.content.decode()
    assert enter(cast.unit_head).get(address("replace", delegate.pk)).status_code == 200  # until the last day for it
    assert enter(cast.officer).get(address("edit", delegate.pk)).status_code == 200


# ---- What a page costs ----


def plenty(cast, hall, count: int) -> None:
    """So many more delegates in units, categories and blocks of their own, some of them with each other's names."""
    for number in range(count):
        unit = factories.make_unit(block=factories.make_block())
        factories.make_office(cast.unit_head, Office.Role.UNIT_CLERK, unit)
        category = make.make_category(cast.congress)
        award = factories.make_award_type()
        group = make.make_ethnic_group()
        for place in (unit, cast.unit):
            person = {"highest_award": award, "award_year": 2018, "ethnic_group": group, "full_name": f"Tô {number}"}
            make.make_delegate(place, category, **person)
        make.make_delegate(None, make.make_category(cast.congress, by_unit=False))
        make.make_settled(unit, cast.congress, cast.unit_head)
        gone = make.make_delegate(unit, category, state=Delegate.State.WITHDRAWN)
        make.make_replacement(gone, make.make_delegate(unit, category))


COSTS = [
    ("delegates", "officer", {}),
    ("delegates", "unit_head", {}),
    ("delegates", "block_head", {}),
    ("delegates", "desk", {}),
    ("delegates", "officer", {"twice": 1}),
    ("unit", "officer", {}),
    ("unit", "unit_head", {}),
    ("unit", "block_head", {}),
    ("seats", "officer", {}),
    ("seats", "unit_head", {}),
    ("seats", "block_head", {}),
    ("register", "officer", {}),
    ("register", "unit_head", {}),
    ("confirm_many", "officer", {"all": 1}),
    ("replacements", "officer", {}),
    ("settle", "unit_head", {}),
    ("completeness", "officer", {}),
]


@pytest.mark.parametrize(("name", "role", "query"), COSTS)
def test_a_page_costs_the_same_at_one_row_and_at_many(
    cast, hall, enter, name, role, query, django_assert_max_num_queries
):
    url = address(name, *([cast.unit.pk] if name in ("unit", "settle") else []), **query)
    client = enter(getattr(cast, role))
    plenty(cast, hall, 1)
    client.get(url)
    with django_assert_max_num_queries(12) as few:
        assert client.get(url).status_code == 200
    plenty(cast, hall, 4)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url)


@pytest.mark.parametrize("role", ["officer", "unit_head", "block_head", "desk"])
def test_a_delegates_page_costs_no_more_for_a_long_history(cast, hall, enter, role, django_assert_max_num_queries):
    delegate = make.make_delegate(cast.unit, hall.model)
    client, url = enter(getattr(cast, role)), address("delegate", delegate.pk)
    client.get(url)
    with django_assert_max_num_queries(12) as few:
        client.get(url)
    for number in range(5):
        actions.edit(actor=cast.officer, delegate=delegate, version=number + 1, position=f"Chức vụ {number}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url)


@pytest.mark.parametrize("name", ["withdraw", "confirm"])
def test_an_act_on_what_was_changed_meanwhile_tells_what_was_done(cast, hall, enter, name):
    person = make.make_delegate(cast.unit, hall.model, full_name="Lê Thị Tư", position="Kỹ sư")
    for position in ("Trưởng phòng", "Viện trưởng"):
        person.refresh_from_db()
        actions.edit(actor=cast.unit_head, delegate=person, version=person.version, position=position)
    page = enter(cast.officer).post(
        address(name, person.pk), {"version": 1, "reason": "Bận", "once": str(uuid.uuid4())}
    )
    assert page.status_code == 409
    assert "Kỹ sư → Trưởng phòng" in page.text
    assert "Trưởng phòng → Viện trưởng" in page.text
    assert "giống" not in page.text
    page = enter(cast.officer).post(
        address(name, person.pk), {"version": 2, "reason": "Bận", "once": str(uuid.uuid4())}
    )
    assert "Kỹ sư → Trưởng phòng" not in page.text
    person.refresh_from_db()
    assert person.state == Delegate.State.REGISTERED
