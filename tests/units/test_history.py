"""Units through time: names, blocks and headcounts from day to day, and who may change them."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import audit
from core.models import AuditEntry
from core.refusal import Denial, Refused
from core.versions import Stale
from tests import factories as make
from tests.sheet import form_of
from units import actions, rules
from units.invariants import faults
from units.models import BlockOffice, Headcount, Unit, UnitBlock, UnitName

pytestmark = pytest.mark.django_db
DAY, PAPER = date(2020, 5, 5), "37/QĐ-BKHCN ngày 04/05/2020"
DEPARTMENT = {"officer", "department_head"}


@pytest.fixture(autouse=True)
def _whole(today):
    """The day of the tests; after each the history and the trail are whole."""
    today(2020, 5, 15)
    yield
    assert faults() == []
    assert not list(audit.faults())


def rename(cast, **changes):
    values = {"version": cast.unit.version, "day": DAY, "document": PAPER, "name_vi": "Viện Tên Mới"} | changes
    return actions.rename(actor=values.pop("actor", cast.officer), unit=cast.unit, **values)


def move(cast, block, **changes):
    values = {"version": cast.unit.version, "day": DAY, "document": PAPER} | changes
    return actions.move_to_block(actor=values.pop("actor", cast.officer), unit=cast.unit, block=block, **values)


# ---- Names ----


def test_a_new_name_begins_on_its_day_and_the_old_one_stays(cast):
    rename(cast, name_en="New Institute", abbreviation="VTM")
    unit = Unit.objects.get(pk=cast.unit.pk)
    assert (unit.name_vi, unit.name_en, unit.abbreviation, unit.version) == ("Viện Tên Mới", "New Institute", "VTM", 2)
    days = [(row.name_vi, row.starts, row.ends, row.document) for row in unit.names.all()]
    assert days == [
        ("Viện Ứng dụng Công nghệ", None, date(2020, 5, 4), ""),
        ("Viện Tên Mới", DAY, None, PAPER),
    ]
    entry = AuditEntry.objects.latest("number")
    assert (entry.verb, entry.actor) == ("unit.renamed", cast.officer)
    assert PAPER in entry.reason
    assert ["Viện Ứng dụng Công nghệ", "Viện Tên Mới"] in entry.details["changes"].values()


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(1999, 1, 1), "Viện Ứng dụng Công nghệ"),
        (date(2020, 5, 4), "Viện Ứng dụng Công nghệ"),
        (date(2020, 5, 5), "Viện Tên Mới"),
        (date(2030, 1, 1), "Viện Tên Mới"),
    ],
)
def test_the_name_on_a_day(cast, day, name):
    rename(cast)
    assert cast.unit.named_on(day).name_vi == name
    [prefetched] = Unit.objects.filter(pk=cast.unit.pk).prefetch_related("names")
    assert prefetched.named_on(day).name_vi == name


def test_a_unit_is_found_by_all_its_names(cast, enter):
    rename(cast)
    cast.unit.refresh_from_db()
    rename(cast, name_vi="Viện Thứ Ba", day=date(2020, 5, 6))
    client = enter(cast.stranger)
    for words in ("ung dung cong nghe", "ten moi", "thu ba"):
        assert [unit.pk for unit in client.get(reverse("units:units"), {"q": words}).context["listing"].page] == [
            cast.unit.pk
        ]
        assert "Viện Thứ Ba" in client.get(reverse("portal:search"), {"q": words}).content.decode()


def test_the_page_says_what_it_was_called(cast, enter):
    rename(cast)
    text = enter(cast.stranger).get(cast.unit.get_absolute_url()).content.decode()
    assert "Viện Ứng dụng Công nghệ" in text
    assert "04/05/2020" in text
    assert PAPER in text


@pytest.mark.parametrize(
    "changes",
    [{"day": date(2020, 5, 16)}, {"name_vi": "Viện Ứng dụng Công nghệ"}],
    ids=["in the future", "the same name"],
)
def test_a_name_that_cannot_be(cast, changes):
    with pytest.raises(Refused) as refused:
        rename(cast, **changes)
    assert refused.value.status == 409
    assert UnitName.objects.filter(unit=cast.unit).count() == 1


def test_names_do_not_overlap(cast):
    rename(cast)
    cast.unit.refresh_from_db()
    for day in (DAY, date(2020, 5, 1)):
        with pytest.raises(Refused):
            rename(cast, name_vi="Viện Thứ Ba", day=day)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitName.objects.create(unit=cast.unit, name_vi="Hai tên một lúc", starts=date(2020, 5, 9), document=PAPER)


def test_a_mended_name_was_never_borne(cast):
    actions.edit_unit(actor=cast.officer, unit=cast.unit, version=1, name_vi="Viện Ứng dụng Công nghệ mới")
    assert [row.name_vi for row in cast.unit.names.all()] == ["Viện Ứng dụng Công nghệ mới"]


def test_a_stale_renaming_loses_nothing(cast):
    rename(cast)
    with pytest.raises(Stale):
        rename(cast, version=1, name_vi="Viện Thứ Ba", day=date(2020, 5, 10))


# ---- Blocks ----


def test_a_unit_moves_and_its_office_in_the_old_block_ends(cast):
    block = make.make_block(name_vi="Khối mới")
    office = make.make_block_office(cast.block, cast.unit, "deputy", starts=date(2020, 1, 1), ends=date(2020, 12, 31))
    coming = make.make_block_office(cast.block, cast.unit, "deputy", starts=date(2021, 1, 1), ends=date(2021, 12, 31))
    lines = move(cast, block)
    assert len(lines) == 2
    unit = Unit.objects.get(pk=cast.unit.pk)
    assert unit.block == block
    assert [unit.block_on(day) for day in (date(2020, 5, 4), DAY)] == [cast.block, block]
    office.refresh_from_db()
    assert office.ends == date(2020, 5, 4)
    assert not BlockOffice.objects.filter(pk=coming.pk).exists()
    assert AuditEntry.objects.filter(verb="unit.moved").get().details["changes"]


@pytest.mark.parametrize("day", [date(2020, 5, 16), DAY, date(2020, 5, 1)])
def test_a_unit_does_not_move_twice_at_once_nor_tomorrow(cast, day):
    move(cast, make.make_block())
    cast.unit.refresh_from_db()
    with pytest.raises(Refused):
        move(cast, make.make_block(), day=day)
    assert UnitBlock.objects.filter(unit=cast.unit).count() == 2


def test_a_unit_does_not_move_where_it_is(cast):
    with pytest.raises(Refused):
        move(cast, cast.block)


# ---- Headcounts ----


def test_the_latest_headcount_is_the_present(cast):
    for number, day in ((120, date(2019, 7, 31)), (130, date(2020, 1, 31)), (110, date(2018, 7, 31))):
        actions.record_headcount(actor=cast.officer, unit=cast.unit, number=number, taken_on=day, source="Báo cáo")
    unit = Unit.objects.get(pk=cast.unit.pk)
    assert (unit.headcount, unit.headcount_on) == (130, date(2020, 1, 31))
    counted = [unit.counted_by(day) for day in (date(2018, 1, 1), date(2019, 1, 1), date(2019, 7, 31), DAY)]
    assert [row and row.number for row in counted] == [None, 110, 120, 130]


def test_a_second_count_of_one_day_mends_the_first(cast):
    for number in (120, 121, 121):
        actions.record_headcount(actor=cast.officer, unit=cast.unit, number=number, taken_on=DAY)
    assert Headcount.objects.get().number == 121
    assert AuditEntry.objects.filter(verb="unit.counted").count() == 2  # the third said nothing new


def test_nobody_is_counted_tomorrow(cast):
    with pytest.raises(Refused):
        actions.record_headcount(actor=cast.officer, unit=cast.unit, number=1, taken_on=date(2020, 5, 16))


# ---- Who ----


def test_who_may_do_what(cast):
    """Role × act, on the unit that `unit_head` heads."""
    block = make.make_block()
    found = {
        role: (
            rules.why_not_rename(user, cast.unit, DAY) is None,
            rules.why_not_move(user, cast.unit, block, DAY) is None,
            rules.why_not_count(user, cast.unit) is None,
        )
        for role, user in cast.roles.items()
    }
    yes, own, none = (True, True, True), (False, False, True), (False, False, False)
    assert found == {role: yes if role in DEPARTMENT else own if role == "unit_head" else none for role in cast.roles}
    assert isinstance(rules.why_not_rename(cast.stranger, cast.unit, DAY), Denial)
    assert rules.why_not_rename(None, cast.unit, DAY) is None


def test_what_is_no_more_stays_as_it_was(cast):
    Unit.objects.filter(pk=cast.unit.pk).update(is_active=False)
    with pytest.raises(Refused):
        rename(cast)
    with pytest.raises(Refused):
        move(cast, make.make_block())


# ---- Pages ----

TYPED = {
    "name_vi": "Viện Tên Mới", "name_en": "", "abbreviation": "VTM", "day": "05/05/2020",
    "document_number": "37/QĐ-BKHCN", "document_day": "4/5/2020",
}  # fmt: skip


def test_what_follows_is_shown_and_only_then_done(cast, enter):
    client, url = enter(cast.officer), reverse("units:unit_rename", args=[cast.unit.pk])
    first = client.post(url, form_of(client.get(url), "version") | TYPED)
    assert first.status_code == 200
    assert "04/05/2020" in first.content.decode()  # the day of the document, in words to be read once more
    assert Unit.objects.get(pk=cast.unit.pk).name_vi == "Viện Ứng dụng Công nghệ"
    assert not AuditEntry.objects.exists()
    sheet = form_of(first, "seen")
    assert client.post(url, sheet).headers["Location"] == cast.unit.get_absolute_url()
    assert UnitName.objects.get(unit=cast.unit, ends=None).document == PAPER
    assert client.post(url, sheet).status_code == 302  # sent twice: one renaming
    assert UnitName.objects.filter(unit=cast.unit).count() == 2


def test_one_can_go_back_and_change_what_was_typed(cast, enter):
    client, url = enter(cast.officer), reverse("units:unit_rename", args=[cast.unit.pk])
    preview = client.post(url, form_of(client.get(url), "version") | TYPED)
    back = client.post(url, form_of(preview, "seen") | {"back": "1"})
    assert form_of(back, "version")["name_vi"] == "Viện Tên Mới"
    assert not AuditEntry.objects.exists()


def test_what_follows_is_shown_again_when_it_has_changed(cast, enter):
    client, url = enter(cast.officer), reverse("units:unit_move", args=[cast.unit.pk])
    block = make.make_block()
    typed = {key: TYPED[key] for key in ("day", "document_number", "document_day")} | {"block": block.pk}
    sheet = form_of(client.post(url, form_of(client.get(url), "version") | typed), "seen")
    make.make_block_office(cast.block, cast.unit, "deputy", starts=date(2020, 1, 1), ends=date(2020, 12, 31))
    again = client.post(url, sheet)
    assert again.context["changed"]
    assert Unit.objects.get(pk=cast.unit.pk).block == cast.block
    assert client.post(url, form_of(again, "seen")).status_code == 302
    assert Unit.objects.get(pk=cast.unit.pk).block == block


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": ""}, "day"),
        ({"day": "31/02/2020"}, "day"),
        ({"document_number": ""}, "document_number"),
        ({"document_day": ""}, "document_day"),
        ({"name_vi": ""}, "name_vi"),
        ({"name_vi": "x" * 251}, "name_vi"),
        ({"day": "16/05/2020"}, "__all__"),  # in the future: said by the rule
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(cast, enter, changes, field):
    page = enter(cast.officer).post(
        reverse("units:unit_rename", args=[cast.unit.pk]),
        {**TYPED, "version": "1", "once": str(uuid.uuid4()), "name_en": "Half-typed", **changes},
    )
    assert page.status_code == 200
    assert page.context["form"].errors[field]
    assert "Half-typed" in page.content.decode()


def test_a_stale_renaming_gets_both_texts(cast, enter):
    rename(cast)
    page = enter(cast.officer).post(
        reverse("units:unit_rename", args=[cast.unit.pk]),
        {**TYPED, "name_vi": "Viện Thứ Ba", "version": "1", "once": str(uuid.uuid4())},
    )
    assert page.status_code == 409
    assert "Viện Thứ Ba" in page.content.decode()
    assert "Viện Tên Mới" in page.content.decode()
