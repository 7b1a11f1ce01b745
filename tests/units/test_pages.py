"""The pages of the room: who opens which, what they show to whom, and at what cost."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from units.models import Office, Unit

pytestmark = pytest.mark.django_db

EVERYBODY = {
    "officer", "department_head", "unit_head", "unit_clerk", "block_head", "chair", "member", "secretary", "teller",
    "desk", "stranger",
}  # fmt: skip
DEPARTMENT = {"officer", "department_head"}
HEADS = {"unit_head", "block_head"}


def things(cast) -> dict[str, Any]:
    """What the addresses name, by the address's name."""
    clerk = make.make_user("clerk", full_name="Tô Văn Cán")
    office = make.make_office(clerk, Office.Role.UNIT_CLERK, cast.unit)
    block = make.make_block()
    for year, unit in ((2019, cast.unit), (2020, cast.far_unit)):
        make.make_block_office(block, unit, starts=date(year, 1, 1), ends=date(year, 12, 31))
    return {
        "handover": (block.pk, 2020),
        "handover_edit": (block.pk, 2020),
        "unit": cast.unit.pk,
        "unit_edit": cast.unit.pk,
        "unit_certain": cast.unit.pk,
        "unit_rename": cast.unit.pk,
        "unit_move": cast.unit.pk,
        "unit_merge": cast.unit.pk,
        "unit_dissolve": cast.unit.pk,
        "unit_headcount": cast.unit.pk,
        "block_office_add": cast.block.pk,
        "block_office_end": cast.block.offices.get().pk,
        "person": clerk.pk,
        "person_edit": clerk.pk,
        "person_link": clerk.pk,
        "person_close": clerk.pk,
        "person_open": clerk.pk,
        "person_sign_out": clerk.pk,
        "office_add": clerk.pk,
        "office_end": office.pk,
    }


# name of the address: who opens it with 200, and what all others get
GET = {
    "units": (EVERYBODY, 200),
    "unit": (EVERYBODY, 200),
    "unit_edit": (DEPARTMENT, 403),
    "unit_rename": (DEPARTMENT, 403),
    "unit_move": (DEPARTMENT, 403),
    "units_sheet": (DEPARTMENT, 403),
    "units_import": (DEPARTMENT, 403),
    "handover": (DEPARTMENT | {"unit_head"}, 404),
    "handover_edit": (DEPARTMENT | {"unit_head"}, 404),
    "unit_merge": (DEPARTMENT, 403),
    "unit_dissolve": (DEPARTMENT, 403),
    "unit_headcount": (DEPARTMENT | {"unit_head"}, 403),
    "blocks": (EVERYBODY, 200),
    "block_office_add": (DEPARTMENT, 403),
    "people": (DEPARTMENT, 403),
    "welcome": (DEPARTMENT | HEADS, 403),
    "person": (DEPARTMENT, 404),
    "person_edit": (DEPARTMENT, 404),
    "office_add": (DEPARTMENT, 404),
    "office_end": (DEPARTMENT | {"unit_head"}, 404),
}
POST_ONLY = {
    "unit_certain": 403,
    "block_office_end": 403,
    "person_link": 404,
    "person_close": 404,
    "person_open": 404,
    "person_sign_out": 404,
}


@pytest.mark.parametrize("name", GET)
def test_who_opens_what(cast, enter, name):
    known = things(cast)
    here = known.get(name, ())
    url = reverse(f"units:{name}", args=here if isinstance(here, tuple) else [here])
    may, otherwise = GET[name]
    got = {role: enter(user).get(url).status_code for role, user in cast.roles.items()}
    assert got == {role: 200 if role in may else otherwise for role in cast.roles}
    assert Client().get(url).headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("name", POST_ONLY)
def test_what_acts_takes_a_post_of_the_department(cast, enter, name):
    known = things(cast)
    Unit.objects.filter(pk=cast.unit.pk).update(confidence="low")
    url = reverse(f"units:{name}", args=[known[name]])
    for role, user in cast.roles.items():
        if role not in DEPARTMENT:
            assert enter(user).post(url).status_code == POST_ONLY[name], role
        assert enter(user).get(url).status_code == 405, role
    assert Client().post(url).headers["Location"].startswith("/sign-in/")
    assert enter(cast.officer).post(url).status_code == (409 if name == "person_open" else 302)


def test_every_address_stands_in_a_table():
    from units.urls import urlpatterns

    assert {pattern.name for pattern in urlpatterns} == set(GET) | set(POST_ONLY) | {"handover_confirm"}


@pytest.mark.parametrize("name", ["unit", "unit_edit", "person", "office_end", "block_office_add"])
def test_what_does_not_exist_is_not_found(cast, enter, name):
    assert enter(cast.officer).get(reverse(f"units:{name}", args=[999_999])).status_code == 404


# ---- What is shown to whom ----


@pytest.fixture
def secret(cast):
    """A unit with everything that is not for everybody."""
    unit = cast.far_unit
    unit.headcount, unit.headcount_on = 4711, date(2019, 7, 31)
    unit.note, unit.confidence = "Ghi chú kín", "low"
    unit.save()
    person = make.make_user("kin", full_name="Quách Văn Kín", phone="0987654321")
    make.make_office(person, Office.Role.UNIT_HEAD, unit)
    return unit


WORDS = ["4711", "4.711", "Ghi chú kín", "Quách Văn Kín", "0987654321", "kin@example.org"]


def seen(client: Client, *urls: str) -> set[str]:
    text = "".join(client.get(url).content.decode() for url in urls)
    return {word for word in WORDS if word in text}


def test_headcount_note_and_people_are_for_the_department_and_the_unit_itself(cast, enter, secret):
    own = make.make_user("own")
    make.make_office(own, Office.Role.UNIT_CLERK, secret)
    page = secret.get_absolute_url()
    for role, user in {**cast.roles, "own": own}.items():
        found = seen(enter(user), page)
        if role in DEPARTMENT | {"own"}:
            assert found >= {"Ghi chú kín", "Quách Văn Kín", "0987654321", "kin@example.org"}, role
        else:
            assert not found, role


def test_no_list_filter_sort_or_search_tells_it_either(cast, enter, secret):
    other = make.make_unit(headcount=1, headcount_on=date(2019, 7, 31), confidence="high")
    base = reverse("units:units")
    for role, user in cast.roles.items():
        client = enter(user)
        searched = client.get(f"{base}?q=kin+4711").context["listing"]
        assert searched.total == 0
        if role in DEPARTMENT:
            assert seen(client, base) & {"4711", "4.711"}
            assert client.get(f"{base}?certainty=open").context["listing"].total == 1
            continue
        assert not seen(client, base), role
        assert client.get(f"{base}?certainty=open").context["listing"].total == Unit.objects.count()
        down = [unit.pk for unit in client.get(f"{base}?sort=-headcount").context["listing"].page]
        up = [unit.pk for unit in client.get(f"{base}?sort=headcount").context["listing"].page]
        assert down == up, role
        assert other.pk in up


def test_a_unit_that_is_no_more_is_seen_by_the_department_alone(cast, enter):
    unit = make.make_unit(name_vi="Đơn vị đã giải thể", is_active=False)
    for role, user in cast.roles.items():
        client = enter(user)
        assert client.get(unit.get_absolute_url()).status_code == (200 if role in DEPARTMENT else 404)
        listed = "Đơn vị đã giải thể" in client.get(reverse("units:units")).content.decode()
        assert listed == (role in DEPARTMENT)


# ---- The list ----


def test_the_list_is_searched_without_accents(cast, enter):
    make.make_unit(
        code="TCTDC", name_vi="Tổng cục Tiêu chuẩn Đo lường Chất lượng", abbreviation="TĐC", name_en="STAMEQ"
    )
    client = enter(cast.stranger)
    for words in ("tieu chuan", "ĐO LƯỜNG", "tđc", "tdc", "stameq", "chat tong"):
        listing = client.get(reverse("units:units"), {"q": words}).context["listing"]
        assert [unit.code for unit in listing.page] == ["TCTDC"], words
    page = client.get(reverse("units:units"), {"q": "không có đâu"}).content.decode()
    assert reverse("units:units") in page
    assert "không có đâu" in page


def test_the_list_is_narrowed_by_block_kind_and_conference(cast, enter):
    own = make.make_unit(block=cast.block, kind="cuc", own_conference=True)
    client, url = enter(cast.stranger), reverse("units:units")
    listing = client.get(url, {"block": cast.block.pk, "kind": "cuc", "own": "True"}).context["listing"]
    assert [unit.pk for unit in listing.page] == [own.pk]
    assert len(listing.pills) == 3
    assert client.get(url, {"block": "x", "kind": "'; --"}).status_code == 200


def test_names_are_in_vietnamese_order(cast, enter):
    Unit.objects.exclude(pk__in=[cast.unit.pk]).update(is_active=False)
    names = ["Ủy ban", "Đại học", "Dự án", "Ân xá", "An toàn", "Ăn uống"]
    for name in names:
        make.make_unit(name_vi=name)
    listing = enter(cast.stranger).get(reverse("units:units"), {"sort": "name"}).context["listing"]
    assert [unit.name_vi for unit in listing.page] == [
        "An toàn", "Ăn uống", "Ân xá", "Dự án", "Đại học", "Ủy ban", cast.unit.name_vi,
    ]  # fmt: skip


def test_names_are_in_the_readers_language(cast, enter):
    make.make_unit(name_vi="Cục Tên Việt", name_en="English Name Agency")
    cast.stranger.language = "en"
    cast.stranger.save()
    assert "English Name Agency" in enter(cast.stranger).get(reverse("units:units")).content.decode()
    assert "English Name Agency" not in enter(cast.member).get(reverse("units:units")).content.decode()


# ---- What a page costs ----


def plenty(cast, count: int) -> None:
    for _ in range(count):
        unit = make.make_unit(block=make.make_block(), headcount=5, headcount_on=date(2019, 7, 31))
        make.make_office(make.make_user(), Office.Role.UNIT_HEAD, unit)
        make.make_office(make.make_user(), Office.Role.UNIT_CLERK, cast.unit)
        make.make_office(cast.stranger, Office.Role.UNIT_CLERK, unit)
        for year in range(2015, 2020):
            make.make_block_office(unit.block, unit, starts=date(year, 1, 1), ends=date(year, 12, 31))


PAGES = [
    "units",
    "unit",
    "blocks",
    "people",
    "person",
    "welcome",
    "unit_edit",
    "unit_rename",
    "unit_move",
    "unit_merge",
]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_the_same_at_one_row_and_at_many(cast, enter, name, django_assert_max_num_queries):
    args = [cast.unit.pk] if name.startswith("unit_") or name == "unit" else []
    args = [cast.stranger.pk] if name == "person" else args
    url = reverse(f"units:{name}", args=args)
    client = enter(cast.officer)
    plenty(cast, 1)
    client.get(url)
    with django_assert_max_num_queries(14 if name == "person" else 12) as few:
        client.get(url)
    plenty(cast, 4)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url)


def test_people_are_searched_and_narrowed(cast, enter):
    client, url = enter(cast.officer), reverse("units:people")

    def names(**query) -> set[str]:
        return {user.username for user in client.get(url, query).context["listing"].page}

    closed = make.make_user("dong", full_name="Đặng Đóng", is_active=False)
    assert names(q="hong nhung") == {"unit_head"}
    assert names(q="VŨ ĐÌNH") == {"block_head"}
    assert names(q="desk@example.org") == {"desk"}
    assert names(role="unit_clerk") == {"unit_clerk"}
    assert names(unit=cast.unit.pk) == {"unit_head"}
    assert names(state="closed") == {closed.username}
    assert "stranger" in names(state="idle")
    assert "unit_head" not in names(state="idle")
    assert "officer" not in names(state="new")
    assert names(role="x", state="y") == names()


def test_offices_that_ended_do_not_count_in_the_list_of_people(cast, enter, today):
    day = today(2020, 5, 15)
    Office.objects.filter(user=cast.unit_clerk).update(ends=day - timedelta(days=1))
    listing = enter(cast.officer).get(reverse("units:people"), {"role": "unit_clerk"}).context["listing"]
    assert listing.total == 0
