"""Forms through the browser's eyes: what is accepted, what is said, and that nothing typed is lost."""

import re
import uuid
from datetime import date

import pytest
from django.urls import reverse

from core.models import User
from tests import factories as make
from units.models import BlockOffice, Office, Unit

pytestmark = pytest.mark.django_db


def unit_values(unit: Unit, **changes) -> dict:
    values = {
        "version": unit.version,
        "name_vi": unit.name_vi,
        "name_en": unit.name_en,
        "abbreviation": unit.abbreviation,
        "kind": unit.kind,
        "head_title": unit.head_title,
        "own_conference": str(unit.own_conference),
        "confidence": unit.confidence,
        "note": unit.note,
    }
    return values | changes


def edit(client, unit, **changes):
    return client.post(reverse("units:unit_edit", args=[unit.pk]), unit_values(unit, **changes))


@pytest.mark.parametrize("day", ["31/07/2019", "31-7-2019", "31.07.2019", "2019-07-31", " 31/7/2019 "])
def test_a_headcount_is_recorded_with_its_day_in_any_common_form(cast, enter, day):
    answer = count_people(enter(cast.officer), cast.unit, taken_on=day)
    assert answer.headers["Location"] == cast.unit.get_absolute_url()
    cast.unit.refresh_from_db()
    assert (cast.unit.headcount, cast.unit.headcount_on) == (120, date(2019, 7, 31))


def count_people(client, unit, **changes):
    values = {"number": "120", "taken_on": "31/07/2019", "once": str(uuid.uuid4())} | changes
    return client.post(reverse("units:unit_headcount", args=[unit.pk]), values)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": "mười"}, "number"),
        ({"number": "-1"}, "number"),
        ({"number": ""}, "number"),
        ({"taken_on": ""}, "taken_on"),
        ({"taken_on": "31/02/2019"}, "taken_on"),
        ({"taken_on": "31/07/2999"}, "taken_on"),
    ],
)
def test_a_headcount_that_is_wrong_is_said_and_kept(cast, enter, changes, field):
    page = count_people(enter(cast.officer), cast.unit, source="Công văn đang gõ dở", **changes)
    assert page.status_code == 200
    assert page.context["form"].errors[field]
    assert "Công văn đang gõ dở" in page.content.decode()
    assert not cast.unit.headcounts.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name_vi": ""}, "name_vi"),
        ({"name_vi": "x" * 251}, "name_vi"),
        ({"kind": "x"}, "kind"),
        ({"own_conference": "maybe"}, "own_conference"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(cast, enter, changes, field):
    page = edit(enter(cast.officer), cast.unit, note="Ghi chú đang gõ dở", **changes)
    text = page.content.decode()
    assert page.status_code == 200
    assert page.context["form"].errors[field]
    assert f'href="#id_{field}"' in text  # the summary leads to the field
    assert "Ghi chú đang gõ dở" in text
    assert page.context["unit"].name_vi in text  # the page still names the unit as it stands
    cast.unit.refresh_from_db()
    assert cast.unit.version == 1


def test_empty_too_long_and_wrong_read_differently(cast, enter):
    client = enter(cast.officer)
    words = [
        edit(client, cast.unit, **changes).context["form"].errors[field][0]
        for changes, field in [
            ({"name_vi": ""}, "name_vi"),
            ({"name_vi": "x" * 251}, "name_vi"),
            ({"kind": "x"}, "kind"),
        ]
    ]
    assert len(set(words)) == 3


def test_vietnamese_text_is_cleaned(cast, enter):
    edit(enter(cast.officer), cast.unit, name_vi="  Viê\u0323n   Ư\u0301ng dụng ")
    cast.unit.refresh_from_db()
    assert cast.unit.name_vi == "Viện Ứng dụng"


def test_the_second_of_two_editors_sees_both_texts_and_may_go_on(cast, enter):
    first, second = enter(cast.officer), enter(cast.department_head)
    mine = unit_values(cast.unit, note="Chữ của tôi\ndòng hai", name_en="Mine")
    edit(first, cast.unit, note="Chữ của người kia", own_conference="True")
    page = second.post(reverse("units:unit_edit", args=[cast.unit.pk]), mine)
    text = page.content.decode()
    assert page.status_code == 409
    assert "Chữ của người kia" in text
    assert "Chữ của tôi" in text
    cast.unit.refresh_from_db()
    assert (cast.unit.note, cast.unit.version) == ("Chữ của người kia", 2)
    # "save mine over it" sends what the page holds
    again = dict(re.findall(r'type="hidden" name="(?!csrf)(\w+)" value="([^"]*)"', text))
    assert again["version"] == "2"
    assert second.post(reverse("units:unit_edit", args=[cast.unit.pk]), again).status_code == 302
    cast.unit.refresh_from_db()
    assert (cast.unit.note, cast.unit.name_en) == ("Chữ của tôi\ndòng hai", "Mine")


def test_a_faulty_form_does_not_take_over_the_newer_version(cast, enter):
    """Somebody saves while the other mends a typing fault: that is still a conflict."""
    client = enter(cast.department_head)
    mine = unit_values(cast.unit, name_vi="")
    edit(enter(cast.officer), cast.unit, note="Chữ của người kia")
    page = client.post(reverse("units:unit_edit", args=[cast.unit.pk]), mine)
    assert 'name="version" value="1"' in page.content.decode()
    assert client.post(reverse("units:unit_edit", args=[cast.unit.pk]), mine | {"name_vi": "Mới"}).status_code == 409


def test_a_form_without_its_version_is_a_conflict(cast, enter):
    values = unit_values(cast.unit, note="x")
    del values["version"]
    answer = enter(cast.officer).post(reverse("units:unit_edit", args=[cast.unit.pk]), values)
    assert answer.status_code == 409


# ---- Welcoming somebody ----


def welcome(client, **changes):
    values = {
        "once": str(uuid.uuid4()),
        "full_name": "Tô Thị Ngọc Cán",
        "email": "can@example.org",
        "phone": "0912 345 678",
        "username": "",
        "role": "unit_clerk",
        "unit": "",
        "starts": "15/05/2020",
        "ends": "",
    }
    return client.post(reverse("units:welcome"), values | changes)


def test_the_department_welcomes_somebody(cast, enter):
    answer = welcome(enter(cast.officer), unit=cast.far_unit.pk)
    user = User.objects.get(email="can@example.org")
    assert answer.headers["Location"] == reverse("units:person", args=[user.pk])
    assert (user.username, user.phone) == ("canttn", "0912345678")
    office = user.offices.get()
    assert (office.role, office.unit, office.starts) == ("unit_clerk", cast.far_unit, date(2020, 5, 15))


def test_a_units_head_welcomes_the_clerk_and_is_led_to_the_unit(cast, enter):
    client = enter(cast.unit_head)
    form = client.get(reverse("units:welcome")).context["office"]
    assert [choice[0] for choice in form.fields["role"].choices] == ["unit_clerk", "acting_head"]
    assert list(form.fields["unit"].queryset) == [cast.unit]
    answer = welcome(client, unit=cast.unit.pk)
    assert answer.headers["Location"] == cast.unit.get_absolute_url()
    assert "Tô Thị Ngọc Cán" in client.get(cast.unit.get_absolute_url()).content.decode()


@pytest.mark.parametrize("role", ["unit_head", "department_head", "desk", "x"])
def test_a_units_head_welcomes_nobody_else(cast, enter, role):
    client = enter(cast.unit_head)
    assert "role" in welcome(client, role=role, unit=cast.unit.pk).context["form"].errors
    assert "unit" in welcome(client, unit=cast.other_unit.pk).context["form"].errors
    assert not User.objects.filter(email="can@example.org").exists()


def test_an_officer_is_not_offered_what_only_the_head_gives(cast, enter):
    roles = {
        name: {
            choice[0] for choice in enter(user).get(reverse("units:welcome")).context["office"].fields["role"].choices
        }
        for name, user in (("officer", cast.officer), ("head", cast.department_head))
    }
    assert roles["head"] - roles["officer"] == {"department_head", "acting_department", "department_officer"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"full_name": " "}, "full_name"),
        ({"email": ""}, "email"),
        ({"email": "Officer@Example.org"}, "email"),  # has an account
        ({"email": "can@"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"username": "có dấu"}, "username"),
        ({"username": "OFFICER"}, "username"),
        ({"unit": ""}, "unit"),
        ({"role": "desk"}, "unit"),  # and a unit
        ({"role": ""}, "role"),
        ({"starts": ""}, "starts"),
        ({"starts": "31/02/2020"}, "starts"),
        ({"ends": "14/05/2020"}, "ends"),
    ],
)
def test_a_welcome_with_a_fault(cast, enter, changes, field):
    page = welcome(enter(cast.officer), **{"unit": cast.far_unit.pk} | changes)
    text = page.content.decode()
    assert page.status_code == 200
    faulty = {**page.context["account"].errors, **page.context["office"].errors}
    assert field in faulty or "__all__" in faulty
    assert "error-summary" in text
    if field != "full_name":
        assert "Tô Thị Ngọc Cán" in text
    assert re.search(r"<title>\s*(Lỗi|Error):", text)
    assert not User.objects.filter(username="canttn").exists()


def test_a_refusal_of_the_moment_is_a_page(cast, enter):
    page = welcome(enter(cast.officer), role="unit_head", unit=cast.unit.pk)
    assert page.status_code == 409
    assert cast.unit_head.full_name in page.content.decode()
    assert not User.objects.filter(email="can@example.org").exists()


def test_a_double_click_makes_one_account(cast, enter):
    client, key = enter(cast.officer), str(uuid.uuid4())
    answers = [welcome(client, once=key, unit=cast.far_unit.pk) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert User.objects.filter(email="can@example.org").count() == 1


# ---- Offices ----


def test_an_office_is_given_on_the_persons_page(cast, enter):
    client = enter(cast.officer)
    values = {"once": str(uuid.uuid4()), "role": "desk", "unit": "", "starts": "1/1/2020", "ends": ""}
    url = reverse("units:office_add", args=[cast.stranger.pk])
    assert client.post(url, values).status_code == 302
    assert client.post(url, values).status_code == 302  # the same form, sent twice
    assert Office.objects.filter(user=cast.stranger).count() == 1
    assert client.post(url, values | {"once": str(uuid.uuid4())}).status_code == 409  # holds it already


def test_an_office_is_ended_with_a_day_and_a_reason(cast, enter, today):
    today(2020, 5, 15)
    office = cast.unit_clerk.offices.get()
    client, url = enter(cast.officer), reverse("units:office_end", args=[office.pk])
    assert client.post(url, {"last_day": "", "reason": "Nghỉ hưu"}).context["form"].errors["last_day"]
    assert client.post(url, {"last_day": "1/1/2018"}).status_code == 409
    assert client.post(url, {"last_day": "31/05/2020", "reason": "Nghỉ hưu"}).status_code == 302
    page = client.get(reverse("units:person", args=[cast.unit_clerk.pk])).content.decode()
    assert "Nghỉ hưu" in page
    assert "31/05/2020" in page


def test_a_unit_is_made_head_of_its_block(cast, enter):
    client = enter(cast.officer)
    url = reverse("units:block_office_add", args=[cast.block.pk])
    form = client.get(url).context["form"]
    assert cast.far_unit not in form.fields["unit"].queryset
    year = form.fields["year"].choices[-1][0]
    values = {"once": str(uuid.uuid4()), "year": year, "role": "deputy", "unit": cast.unit.pk}
    assert client.post(url, values).status_code == 302
    assert BlockOffice.objects.get(unit=cast.unit).starts.year == year
    assert str(year) in client.get(reverse("units:blocks")).content.decode()


def test_an_accounts_name_and_address_are_mended(cast, enter):
    client, url = enter(cast.officer), reverse("units:person_edit", args=[cast.stranger.pk])
    page = client.post(url, {"full_name": "Kiều Văn Quen", "email": "OFFICER@example.org", "phone": ""})
    assert page.context["form"].errors
    assert "Kiều Văn Quen" in page.content.decode()
    assert (
        client.post(url, {"full_name": "Kiều Văn Quen", "email": "Quen@example.org", "phone": "0912345678"}).status_code
        == 302
    )
    cast.stranger.refresh_from_db()
    assert (cast.stranger.full_name, cast.stranger.email) == ("Kiều Văn Quen", "quen@example.org")


def test_text_that_somebody_typed_stays_text(cast, enter):
    evil = '<script>alert("x")</script>{{ 7|add:7 }}'
    unit = make.make_unit(name_vi=evil, name_en=evil, note=evil, abbreviation="<b>", block=cast.block, confidence="low")
    person = make.make_user("evil", full_name=evil)
    make.make_office(person, Office.Role.UNIT_HEAD, unit)
    make.make_block_office(cast.block, unit, BlockOffice.Role.DEPUTY)
    client = enter(cast.officer)
    for url in (
        reverse("units:units"),
        unit.get_absolute_url(),
        reverse("units:unit_edit", args=[unit.pk]),
        reverse("units:blocks"),
        reverse("units:people"),
        reverse("units:person", args=[person.pk]),
        reverse("units:office_end", args=[person.offices.get().pk]),
    ):
        text = client.get(url).content.decode()
        assert '<script>alert("x")' not in text, url
        assert "{{ 7|add:7 }}" in text, url
