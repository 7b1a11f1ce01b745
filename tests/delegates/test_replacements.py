"""Somebody else instead: until when, by which paper, from the reserve list, with the seat into another category."""

import uuid
from dataclasses import dataclass
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.actions import copy_congress, edit_congress
from core import audit
from core.models import AuditEntry
from core.refusal import Refused
from core.versions import Stale
from delegates import actions, queries, rules
from delegates.models import Category, Delegate, Quota, Replacement
from tests import factories
from tests.delegates import factories as make

pytestmark = pytest.mark.django_db
State = Delegate.State


def address(name: str, *args) -> str:
    return reverse(f"delegates:{name}", args=["2020", *args])


def instead(actor, delegate: Delegate, category: Category | None = None, **more) -> Delegate:
    """Somebody new comes instead of a delegate as it stands now."""
    delegate.refresh_from_db()
    told = {"reason": "Đi công tác", "category": category or delegate.category, **make.a_person(), **more}
    return actions.replace(actor=actor, delegate=delegate, version=delegate.version, **told)


def by_reserve(actor, delegate: Delegate, reserve: Delegate, **more) -> Delegate:
    for one in (delegate, reserve):
        one.refresh_from_db()
    read = {"version": delegate.version, "reserve_version": reserve.version}
    return actions.replace_by_reserve(
        actor=actor, delegate=delegate, reserve=reserve, **read, **{"reason": "Nghỉ hưu", **more}
    )


# ---- Until when, and by which paper ----


class TestUntilWhen:
    @pytest.fixture(autouse=True)
    def days(self, cast, today):
        cast.congress.registration_due, cast.congress.replacements_until = date(2020, 8, 31), date(2020, 10, 23)
        cast.congress.save()
        today(2020, 8, 20)

    @pytest.mark.parametrize(
        ("day", "unit_may"), [(date(2020, 8, 31), True), (date(2020, 10, 23), True), (date(2020, 10, 24), False)]
    )
    def test_units_replace_until_the_last_day_and_the_department_after_it(self, cast, hall, today, day, unit_may):
        today(day.year, day.month, day.day)
        for state in (State.REGISTERED, State.CONFIRMED):
            one = make.make_delegate(cast.unit, hall.model, state=state)
            reason = rules.why_not_replace(make.the_user(cast, "unit_head"), one)
            assert (reason is None) == unit_may
            assert unit_may or "23/10/2020" in reason
            assert rules.why_not_replace(make.the_user(cast, "officer"), one) is None

    def test_without_a_day_of_its_own_registration_ends_it(self, cast, hall, today):
        cast.congress.replacements_until = None
        cast.congress.save()
        one = make.make_delegate(cast.unit, hall.model, state=State.CONFIRMED)
        assert rules.why_not_replace(cast.unit_head, one) is None
        today(2020, 9, 1)
        assert "31/08/2020" in rules.why_not_replace(cast.unit_head, one)

    def test_late_acts_that_are_accepted_do_not_move_it(self, cast, hall, today):
        cast.congress.late_acts = "accept"
        cast.congress.save()
        today(2020, 10, 24)
        assert rules.why_not_replace(cast.unit_head, make.make_delegate(cast.unit, hall.model))

    def test_after_registration_a_unit_gives_its_paper_and_the_successor_waits(self, cast, hall, today):
        one = make.make_delegate(cast.unit, hall.model)
        make.make_delegate(cast.unit, hall.model)  # no seat is free
        actions.confirm(actor=cast.officer, delegate=one, version=1)
        today(2020, 9, 10)
        with pytest.raises(Refused):
            instead(cast.unit_head, one)
        made = instead(cast.unit_head, one, document="Công văn 12/VNC ngày 10/9/2020")
        assert (made.state, made.late, made.came_by.document) == (
            State.REGISTERED, False, "Công văn 12/VNC ngày 10/9/2020",
        )  # fmt: skip
        entry = AuditEntry.objects.get(verb="delegate.replaced")
        assert entry.details["document"] == "Công văn 12/VNC ngày 10/9/2020"
        assert instead(cast.officer, made).came_by.document == ""  # the Department writes its own papers

    def test_the_day_lies_not_before_registration_ends(self, cast):
        with pytest.raises(ValidationError) as fault:
            edit_congress(
                actor=cast.officer, congress=cast.congress, version=cast.congress.version,
                replacements_until=date(2020, 8, 30),
            )  # fmt: skip
        assert "31/08/2020" in str(fault.value.message_dict["replacements_until"])

    def test_the_next_edition_takes_the_day_over(self, cast):
        made = copy_congress(
            actor=cast.officer, congress=cast.congress, slug="2025", ordinal=6, name_vi="Đại hội VI",
            period_from=2020, period_to=2025, delegates_target=400, congress_from=date(2025, 10, 1),
        )  # fmt: skip
        months = (2025 - cast.congress.congress_from.year) * 12 + 10 - cast.congress.congress_from.month
        assert months == 60
        assert made.replacements_until == date(2025, 10, 23)


# ---- The chain ----


def test_a_chain_of_three_and_who_comes_back(cast, hall):
    hall.unit_quota.seats = 1
    hall.unit_quota.save()
    first = make.make_delegate(cast.unit, hall.model, full_name="A")
    second = instead(cast.unit_head, first, full_name="B", reason="Ốm")
    third = instead(cast.unit_head, second, full_name="C", reason="Nghỉ hưu", document="CV 7")
    for one in (first, second, third):
        found = queries.chain_of(one)
        assert [link.delegate for link in found] == [first, second, third]
        assert [link.by and link.by.reason for link in found] == [None, "Ốm", "Nghỉ hưu"]
    with pytest.raises(Refused):  # whoever was replaced is not replaced again
        instead(cast.officer, second)
    third.refresh_from_db()
    actions.withdraw(actor=cast.unit_head, delegate=third, version=third.version, reason="Bận")
    again = actions.register(
        actor=cast.unit_head, congress=cast.congress, unit=cast.unit, category=hall.model,
        **make.a_person(full_name="B"),
    )  # fmt: skip
    assert again.state == State.REGISTERED
    assert queries.chain_of(again) == []  # a new entry; the chain of before stays as it was
    assert len(queries.chain_of(first)) == 3


@pytest.mark.parametrize("fault", ["twice", "two", "ring", "oneself"])
def test_the_database_keeps_chains_straight(cast, hall, fault):
    people = [make.make_delegate(cast.far_unit, hall.model, state=State.WITHDRAWN) for _ in range(3)]
    first, second, third = people
    link = make.make_replacement(first, second)
    wrong = {
        "twice": (first, third), "two": (third, second), "ring": (second, first), "oneself": (third, third),
    }[fault]  # fmt: skip
    fields = {"congress": link.congress, "left": link.left, "taken": link.taken, "reason": "Ốm"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Replacement.objects.create(first=first, replaced=wrong[0], successor=wrong[1], **fields)


# ---- From the reserve list ----


def test_somebody_of_the_reserve_list_comes_instead_whatever_the_place(cast, hall):
    one = make.make_delegate(cast.unit, hall.model)
    make.make_delegate(cast.unit, hall.model)
    waiting = [make.make_delegate(cast.unit, hall.model, state=State.RESERVE, reserve_order=place) for place in (1, 2)]
    made = by_reserve(cast.unit_head, one, waiting[1])
    assert (made.state, made.reserve_order, made.came_by.replaced) == (State.REGISTERED, None, one)
    assert cast.congress.delegates.seated().filter(unit=cast.unit).count() == 2
    assert rules.why_not_succeed(made, one)
    with pytest.raises(Refused):
        by_reserve(cast.unit_head, made, made)


def test_a_reserve_of_another_unit_or_changed_meanwhile_does_not_come(cast, hall):
    one = make.make_delegate(cast.unit, hall.model)
    foreign = make.make_delegate(cast.other_unit, hall.model, state=State.RESERVE, reserve_order=1)
    with pytest.raises(Refused):
        by_reserve(cast.officer, one, foreign)
    own = make.make_delegate(cast.unit, hall.model, state=State.RESERVE, reserve_order=1)
    with pytest.raises(Stale):
        actions.replace_by_reserve(
            actor=cast.officer, delegate=one, version=1, reserve=own, reserve_version=9, reason="Ốm"
        )
    one.refresh_from_db()
    assert one.state == State.REGISTERED


# ---- An award does not travel with the seat ----


@dataclass
class Honours:
    honoured: Category
    delegate: Delegate
    award: object


@pytest.fixture
def honours(cast, hall) -> Honours:
    """Both seats of `model` are taken; the one seat for those honoured has somebody with an award."""
    honoured = make.make_category(cast.congress, code="CN_KT", needs_award=True, short_vi="Cá nhân được khen")
    make.make_quota(cast.unit, honoured, 1)
    award = factories.make_award_type()
    for _ in range(2):
        make.make_delegate(cast.unit, hall.model)
    delegate = make.make_delegate(cast.unit, honoured, highest_award=award, award_year=2018)
    return Honours(honoured, delegate, award)


def seats(cast) -> dict[str, int]:
    return dict(Quota.objects.filter(unit=cast.unit).values_list("category__code", "seats"))


def test_the_seat_goes_along_and_the_honour_stays(cast, hall, honours):
    with pytest.raises(Refused):  # without an award nobody sits on a seat for one
        instead(cast.unit_head, honours.delegate)
    made = instead(cast.unit_head, honours.delegate, hall.model)
    assert seats(cast) == {"DHTT": 3, "CN_KT": 0}
    honours.delegate.refresh_from_db()
    assert honours.delegate.highest_award == honours.award
    assert (made.highest_award, made.category, made.came_by.seat_moved) == (None, hall.model, True)
    entry = AuditEntry.objects.get(verb="seats.followed")
    assert entry.details["changes"] == {
        f"{cast.unit} – Cá nhân được khen": ["1", "0"], f"{cast.unit} – Điển hình": ["2", "3"],
    }  # fmt: skip
    assert not list(audit.faults())


def test_into_a_category_without_a_row_of_seats_yet(cast, hall, honours):
    made = instead(cast.unit_head, honours.delegate, hall.collective, represents="Phòng Quang tử")
    assert seats(cast) == {"DHTT": 2, "CN_KT": 0, "TT_KT": 1}
    assert made.category == hall.collective


def test_with_an_award_of_their_own_the_seat_stays(cast, hall, honours):
    made = instead(cast.unit_head, honours.delegate, awards=[{"award": honours.award, "year": 2019}])
    assert seats(cast) == {"DHTT": 2, "CN_KT": 1}
    assert not made.came_by.seat_moved


def test_a_reserve_without_an_award_takes_the_seat_along_into_their_own_category(cast, hall, honours):
    waiting = make.make_delegate(cast.unit, hall.model, state=State.RESERVE, reserve_order=1)
    made = by_reserve(cast.unit_head, honours.delegate, waiting)
    assert (made.category, made.came_by.seat_moved) == (hall.model, True)
    assert seats(cast) == {"DHTT": 3, "CN_KT": 0}


def test_a_reserve_with_an_award_takes_the_seat_as_it_is(cast, hall, honours):
    known = {"highest_award": honours.award, "award_year": 2019, "state": State.RESERVE, "reserve_order": 1}
    made = by_reserve(cast.unit_head, honours.delegate, make.make_delegate(cast.unit, hall.model, **known))
    assert (made.category, made.came_by.seat_moved) == (honours.honoured, False)
    assert seats(cast) == {"DHTT": 2, "CN_KT": 1}


# ---- Pages ----


class TestPages:
    def test_the_form_says_before_what_becomes_of_the_seat(self, cast, hall, honours, enter):
        page = enter(cast.unit_head).get(address("replace", honours.delegate.pk))
        assert honours.honoured.name in page.text
        choices = dict(page.context["form"].fields["category"].choices)
        assert {hall.model.pk, honours.honoured.pk, hall.collective.pk} <= set(choices)
        assert page.context["reserves"] is None

    def test_a_reserve_is_chosen_on_the_page(self, cast, hall, honours, enter):
        waiting = make.make_delegate(cast.unit, hall.model, state=State.RESERVE, reserve_order=1)
        client, url = enter(cast.unit_head), address("replace", honours.delegate.pk)
        assert waiting.full_name in client.get(url).text
        sent = {"way": "reserve", "version": 1, "reason": "Ốm", "reserve": f"{waiting.pk}.{waiting.version}"}
        wrong = client.post(url, {**sent, "reserve": "", "once": str(uuid.uuid4())})
        assert wrong.status_code == 200
        assert "reserve" in wrong.context["reserves"].errors
        assert not wrong.context["form"].is_bound
        answer = client.post(url, {**sent, "once": str(uuid.uuid4())})
        assert answer.headers["Location"] == waiting.get_absolute_url()
        page = client.get(honours.delegate.get_absolute_url()).text
        assert waiting.full_name in page
        assert "Ốm" in page

    def test_a_confirmed_delegate_is_replaced_by_paper(self, cast, hall, enter):
        one = make.make_delegate(cast.unit, hall.model, state=State.CONFIRMED)
        client, url = enter(cast.unit_head), address("replace", one.pk)
        form = make.a_form(hall.model, reason="Ốm", version="1", full_name="Người Mới")
        page = client.post(url, {**form, "once": str(uuid.uuid4())})
        assert "document" in page.context["form"].errors
        answer = client.post(url, {**form, "document": "CV 9", "once": str(uuid.uuid4())})
        assert answer.status_code == 302
        assert Delegate.objects.get(full_name="Người Mới").state == State.REGISTERED

    def test_the_list_of_replacements_and_its_workbook(self, cast, hall, honours, enter):
        made = instead(cast.unit_head, honours.delegate, hall.model, full_name="Người Mới", document="CV 9")
        make.make_replacement(
            make.make_delegate(cast.far_unit, hall.model, state=State.WITHDRAWN),
            make.make_delegate(cast.far_unit, hall.model, full_name="Người Xa"),
        )
        client = enter(cast.officer)
        page = client.get(address("replacements"))
        assert page.context["listing"].total == 2
        assert "CV 9" in page.text
        found = client.get(address("replacements") + "?q=nguoi+moi")
        assert [one.successor for one in found.context["listing"].page] == [made]
        narrowed = client.get(address("replacements") + f"?unit={cast.far_unit.pk}")
        assert narrowed.context["listing"].total == 1
        taken = client.post("/2020/documents/replacements.xlsx", {"query": "q=nguoi+moi"})
        assert taken.status_code in (200, 302)

    def test_an_empty_list_says_why(self, cast, enter):
        assert 'class="empty"' in enter(cast.officer).get(address("replacements")).text
