"""What is missing, by unit: what counts is said by the Department, and reminders go to those units alone."""

import uuid

import pytest
from django.urls import reverse

from core.models import AuditEntry, Mail
from delegates import actions, tallies
from delegates.models import Category, Delegate
from delegates.queries import completeness
from tests import factories
from tests.delegates import factories as make
from units.models import Office

pytestmark = pytest.mark.django_db


def address(name: str, *args, **query) -> str:
    return reverse(f"delegates:{name}", args=["2020", *args], query=query or None)


@pytest.fixture
def people(cast, hall) -> list[Delegate]:
    """Two of the unit head's unit, one of them with nothing missing; one of a far unit, who lacks what is optional."""
    Category.objects.filter(pk=hall.model.pk).update(needed_fields=["ethnic_group", "education", "birth_day"])
    group = make.make_ethnic_group()
    whole = {"ethnic_group": group, "education": "master", "birth": "05/09/1980"}
    return [
        make.make_delegate(cast.unit, hall.model, full_name="Đủ Cả", **whole),
        make.make_delegate(cast.unit, hall.model, full_name="Thiếu Nhiều", birth="1980", phone="0987654321"),
        make.make_delegate(cast.far_unit, hall.model, full_name="Đủ Phần Bắt Buộc", **whole),
        make.make_delegate(cast.other_unit, hall.collective, full_name="Không Ai Hỏi"),
    ]


def meters(cast) -> dict[int, completeness.Meter]:
    congress = type(cast.congress).objects.get(pk=cast.congress.pk)
    return {meter.unit.pk: meter for meter in completeness.meters(congress)}


def test_what_is_needed_counts_and_what_is_optional_does_not(cast, people):
    for _counted in range(2):
        found = meters(cast)
        own = found[cast.unit.pk]
        assert (own.people, own.incomplete, own.needed, own.filled, own.percent) == (2, 1, 6, 3, 50)
        assert own.lacking == {"birth_day": 1, "ethnic_group": 1, "education": 1}
        assert found[cast.far_unit.pk].missing == found[cast.other_unit.pk].missing == 0
        assert found[cast.other_unit.pk].percent == 100
        tallies.recount.func()


def test_those_withdrawn_lack_nothing(cast, people):
    actions.withdraw(actor=cast.officer, delegate=people[1], version=1, reason="Ốm")
    assert meters(cast)[cast.unit.pk].incomplete == 0


def test_the_list_of_a_unit_names_exactly_those_who_lack_something(cast, people, enter):
    for role in ("officer", "unit_head"):
        page = enter(getattr(cast, role)).get(address("missing", cast.unit.pk))
        ((delegate, lacks),) = page.context["lines"]
        assert delegate == people[1]
        assert len(lacks) == 3
        assert "0987654321" not in page.content.decode()  # what is known is not told
    assert enter(cast.unit_head).get(address("missing", cast.far_unit.pk)).status_code == 404
    assert enter(cast.block_head).get(address("missing", cast.unit.pk)).status_code == 403


@pytest.mark.parametrize("name", completeness.NEEDABLE)
def test_meter_and_list_agree_on_every_field(cast, hall, name):
    Category.objects.filter(pk=hall.model.pk).update(needed_fields=[name])
    award = factories.make_award_type()
    full = {
        "birth": "05/09/1980", "ethnic_group": make.make_ethnic_group(), "religion": "none", "party_member": False,
        "education": "master", "political_theory": "advanced", "highest_award": award, "award_year": 2018,
        "award_decision": "12/QĐ-BKHCN", "email": "a@example.org",
        "id_number": "001080012345",
    }  # fmt: skip
    make.make_photo(make.make_delegate(cast.unit, hall.model, **full))
    held = {"highest_award": award, "award_year": 2018} if name == "award_decision" else {}
    bare = make.make_delegate(cast.unit, hall.model, phone="", **held)
    make.make_delegate(cast.far_unit, hall.collective, phone="")
    found = meters(cast)[cast.unit.pk]
    congress = type(cast.congress).objects.get(pk=cast.congress.pk)
    assert (found.incomplete, found.missing) == (1, 1)
    (only,) = completeness.incomplete(congress, cast.unit)
    assert only == bare
    assert completeness.what_lacks(only) == [completeness.shown_field(name)]


# ---- What is needed is data ----


def test_the_department_says_what_has_to_be_entered(cast, hall, people, enter):
    client = enter(cast.officer)
    read = {f"read-{one.pk}": ",".join(one.needed_fields) for one in Category.objects.all()}
    sent = {**read, f"needed-{hall.model.pk}": ["phone", "email", "nonsense"]}
    assert client.post(address("needed"), sent).status_code == 302
    hall.model.refresh_from_db()
    assert hall.model.needed_fields == ["phone", "email"]
    assert AuditEntry.objects.filter(verb="completeness.needed_set").count() == 1
    stale = client.post(address("needed"), sent | {f"needed-{hall.model.pk}": ["religion"]})
    assert stale.status_code == 409  # somebody has changed it since this was read
    same = {f"read-{hall.model.pk}": "phone,email", f"needed-{hall.model.pk}": ["email", "phone"]}
    assert client.post(address("needed"), same).status_code == 302
    assert AuditEntry.objects.filter(verb="completeness.needed_set").count() == 1


# ---- Reminders ----


def test_a_reminder_goes_to_the_units_chosen_and_to_nobody_else(cast, people, enter):
    client = enter(cast.officer)
    ticked = [cast.unit.pk, cast.far_unit.pk]  # the second lacks nothing
    page = client.get(address("remind", unit=ticked))
    assert not Mail.objects.exists()  # looking sends nothing
    text = page.content.decode()
    assert page.context["number"] == 1
    assert cast.unit_head.email in text
    assert page.context["letter"][1] in page.context["letter"][1]
    key = str(uuid.uuid4())
    for _click in range(2):
        assert client.post(address("remind"), {"unit": ticked, "once": key}).status_code == 302
    letter = Mail.objects.get()
    assert letter.recipient == cast.unit_head
    assert (letter.subject, letter.body) == page.context["letter"]
    assert address("missing", cast.unit.pk) in letter.body
    for secret in ("Thiếu Nhiều", "0987654321"):
        assert secret not in letter.body
    entry = AuditEntry.objects.get(verb="completeness.reminded")
    assert (entry.object_id, entry.actor) == (str(cast.unit.pk), cast.officer)
    assert "–" not in client.get(address("completeness")).context["lines"][0][1].object_label


def test_all_that_lack_something_are_reminded_by_one_button(cast, hall, people, enter):
    clerk = factories.make_user("far-clerk")
    factories.make_office(clerk, Office.Role.UNIT_CLERK, cast.far_unit)
    make.make_delegate(cast.far_unit, hall.model, birth="1980")
    client = enter(cast.officer)
    page = client.get(address("remind", all=1))
    units = [one.unit.pk for one in page.context["reminders"]]
    assert set(units) == {cast.unit.pk, cast.far_unit.pk}
    client.post(address("remind"), {"unit": units, "once": str(uuid.uuid4())})
    assert set(Mail.objects.values_list("to", flat=True)) == {cast.unit_head.email, clerk.email}


def test_a_unit_that_nobody_acts_for_is_named_and_gets_no_letter(cast, hall, people, enter):
    make.make_delegate(cast.far_unit, hall.model, birth="1980")
    page = enter(cast.officer).get(address("remind", unit=cast.far_unit.pk))
    assert [one.unit for one in page.context["unreached"]] == [cast.far_unit]
    assert page.context["number"] == 0
    enter(cast.officer).post(address("remind"), {"unit": cast.far_unit.pk, "once": str(uuid.uuid4())})
    assert not Mail.objects.exists()


def test_nothing_ticked_reminds_nobody(cast, people, enter):
    for query in ({}, {"unit": "x"}, {"unit": "9" * 30}):
        page = enter(cast.officer).get(address("remind", **query))
        assert 'class="empty"' in page.content.decode()
