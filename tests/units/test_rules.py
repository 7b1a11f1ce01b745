"""Who may give, end and keep what: tables of role × act × moment."""

from datetime import date

import pytest

from core.refusal import Denial
from tests import factories as make
from units import rules
from units.hats import forget, hats
from units.models import BlockOffice, Office

pytestmark = pytest.mark.django_db
Role = Office.Role
DAY = date(2020, 5, 15)


@pytest.fixture(autouse=True)
def _day(today):
    today(DAY.year, DAY.month, DAY.day)


# ---- Who ----

YES, NO = True, False
MAY_APPOINT = {
    #                     dept head  officer  own unit  other unit  desk
    "department_head": (YES, YES, YES, YES, YES),
    "officer": (NO, NO, YES, YES, YES),
    "unit_head": (NO, NO, YES, NO, NO),  # the clerk alone, of the own unit alone
    "unit_clerk": (NO, NO, NO, NO, NO),
    "block_head": (NO, NO, NO, NO, NO),
    "chair": (NO, NO, NO, NO, NO),
    "member": (NO, NO, NO, NO, NO),
    "secretary": (NO, NO, NO, NO, NO),
    "teller": (NO, NO, NO, NO, NO),
    "desk": (NO, NO, NO, NO, NO),
    "stranger": (NO, NO, NO, NO, NO),
}


def test_who_gives_which_office(cast):
    asked = [
        (Role.DEPARTMENT_HEAD, None),
        (Role.DEPARTMENT_OFFICER, None),
        (Role.UNIT_CLERK, cast.unit),
        (Role.UNIT_CLERK, cast.other_unit),
        (Role.DESK, None),
    ]
    found = {}
    for role, user in cast.roles.items():
        reasons = [rules.why_not_appoint(user, *office) for office in asked]
        found[role] = tuple(reason is None for reason in reasons)
        assert all(reason is None or isinstance(reason, Denial) for reason in reasons)
    assert found == MAY_APPOINT


def test_who_makes_accounts(cast):
    makers = {role for role, user in cast.roles.items() if rules.why_not_welcome(user) is None}
    assert makers == {"officer", "department_head", "unit_head", "block_head"}  # she heads a unit too
    assert isinstance(rules.why_not_welcome(cast.unit_clerk), Denial)
    assert rules.why_not_welcome(None) is None


def test_a_units_head_appoints_no_head(cast):
    assert rules.why_not_appoint(cast.unit_head, Role.UNIT_HEAD, cast.unit)
    assert rules.why_not_appoint(cast.unit_head, Role.UNIT_CLERK, None)


def test_the_refusal_of_an_officer_says_who_may_and_why(cast):
    reason = rules.why_not_appoint(cast.officer, Role.DEPARTMENT_OFFICER, None)
    other = rules.why_not_appoint(cast.stranger, Role.UNIT_CLERK, cast.unit)
    assert reason
    assert other
    assert reason != other


def test_the_portal_itself_may_what_the_department_may(cast):
    assert rules.why_not_appoint(None, Role.DEPARTMENT_HEAD, None) is None
    assert rules.why_not_edit_unit(None) is None


def test_an_office_that_has_ended_gives_no_right(cast):
    Office.objects.filter(user=cast.officer).update(ends=date(2020, 5, 14))
    forget(cast.officer)
    assert rules.why_not_edit_unit(cast.officer)
    Office.objects.filter(user=cast.officer).update(ends=DAY)
    forget(cast.officer)
    assert rules.why_not_edit_unit(cast.officer) is None


def test_a_closed_account_wears_no_hat(cast):
    cast.officer.is_active = False
    assert not hats(cast.officer).department


@pytest.mark.parametrize("rule", [rules.why_not_edit_unit, rules.why_not_see_people])
def test_what_is_the_departments(cast, rule):
    may = {role for role, user in cast.roles.items() if rule(user) is None}
    assert may == {"officer", "department_head"}


def test_who_sees_the_details_of_a_unit(cast):
    may = {role for role, user in cast.roles.items() if rules.may_see_details(user, cast.unit)}
    assert may == {"officer", "department_head", "unit_head"}


# ---- When ----


def reason_to_hold(cast, role=Role.UNIT_CLERK, starts=DAY, ends=None, user=None, unit=None) -> str | None:
    return rules.why_not_hold(user or cast.stranger, role, unit or cast.unit, starts, ends)


def test_nothing_stands_in_the_way(cast):
    assert reason_to_hold(cast) is None


def test_a_closed_account_holds_nothing(cast):
    cast.stranger.is_active = False
    assert reason_to_hold(cast)


def test_nobody_acts_for_a_unit_that_is_no_more(cast):
    cast.unit.is_active = False
    assert reason_to_hold(cast)


@pytest.mark.parametrize(
    ("starts", "ends", "free"),
    [
        (date(2020, 1, 1), None, NO),
        (date(2018, 1, 1), date(2018, 12, 31), YES),
        (date(2018, 1, 1), date(2019, 1, 1), NO),  # the day it begins
        (date(2018, 1, 1), None, NO),
        (date(2030, 1, 1), None, NO),  # the present one has no end
    ],
)
def test_a_unit_has_one_head_at_a_time(cast, starts, ends, free):
    """The cast's head of unit holds the office since 01/01/2019."""
    assert (reason_to_hold(cast, Role.UNIT_HEAD, starts, ends) is None) == free


def test_the_next_head_begins_the_day_after(cast):
    Office.objects.filter(user=cast.unit_head).update(ends=date(2020, 6, 30))
    assert reason_to_hold(cast, Role.UNIT_HEAD, date(2020, 6, 30))
    assert reason_to_hold(cast, Role.UNIT_HEAD, date(2020, 7, 1)) is None


def test_who_is_the_head_is_said(cast):
    assert cast.unit_head.full_name in reason_to_hold(cast, Role.UNIT_HEAD)


def test_several_clerks_may_share_the_work(cast):
    make.make_office(make.make_user(), Role.UNIT_CLERK, cast.unit)
    assert reason_to_hold(cast) is None


def test_nobody_holds_one_office_twice(cast):
    assert reason_to_hold(cast, user=cast.unit_clerk, unit=cast.other_unit)
    assert reason_to_hold(cast, user=cast.unit_clerk, unit=cast.unit) is None


def test_an_office_ends_once(cast):
    office = cast.unit_clerk.offices.get()
    assert rules.why_not_end(cast.officer, office) is None
    office.ends = date(2020, 5, 14)
    assert rules.why_not_end(cast.officer, office)


@pytest.mark.parametrize(
    ("starts", "ends", "last_day", "may"),
    [
        (date(2019, 1, 1), None, DAY, YES),
        (date(2019, 1, 1), None, date(2020, 12, 31), YES),  # the end is known beforehand
        (date(2019, 1, 1), None, date(2020, 1, 1), YES),  # it was forgotten
        (date(2019, 1, 1), None, date(2018, 12, 31), NO),
        (date(2019, 1, 1), date(2020, 6, 30), date(2020, 5, 31), YES),
        (date(2019, 1, 1), date(2020, 6, 30), date(2020, 7, 1), NO),  # that would be a longer office
        (date(2020, 6, 1), None, DAY, YES),  # has not begun: taken back
    ],
)
def test_on_which_day_an_office_may_end(cast, starts, ends, last_day, may):
    office = make.make_office(make.make_user(), Role.UNIT_CLERK, cast.unit, starts=starts, ends=ends)
    assert (rules.why_not_end(cast.officer, office, last_day) is None) == may


def test_the_department_is_never_left_without_a_head(cast):
    office = cast.department_head.offices.get()
    assert rules.why_not_end(cast.department_head, office, DAY)
    assert rules.why_not_close(make.make_user(), cast.department_head)  # and nobody else may either
    other = make.make_user()
    later = make.make_office(other, Role.DEPARTMENT_HEAD, starts=date(2020, 6, 1))
    assert rules.why_not_end(cast.department_head, office, DAY)  # a fortnight without a head
    assert rules.why_not_end(cast.department_head, office, date(2020, 5, 31)) is None
    Office.objects.filter(user=cast.department_head).update(ends=date(2020, 5, 31))
    assert rules.why_not_end(cast.department_head, later, DAY)  # from June on there would be none
    other.is_active = False
    other.save()
    assert rules.why_not_end(cast.department_head, office, date(2020, 5, 31))


# ---- Accounts ----


def test_who_keeps_whose_account(cast):
    subjects = {"stranger": cast.stranger, "officer": cast.officer, "department_head": cast.department_head}
    found = {
        (role, name): rules.why_not_keep_account(user, subject) is None
        for role, user in cast.roles.items()
        for name, subject in subjects.items()
    }
    may = {pair for pair, allowed in found.items() if allowed}
    assert may == {
        ("officer", "stranger"),
        ("officer", "officer"),
        ("department_head", "stranger"),
        ("department_head", "officer"),
        ("department_head", "department_head"),
    }


def test_an_officer_to_be_is_of_the_department_already(cast):
    make.make_office(cast.stranger, Role.DEPARTMENT_OFFICER, starts=date(2020, 9, 1))
    assert rules.why_not_keep_account(cast.officer, cast.stranger)
    assert rules.why_not_keep_account(cast.department_head, cast.stranger) is None


def test_nobody_closes_the_own_account(cast):
    assert rules.why_not_close(cast.officer, cast.officer)
    assert rules.why_not_close(cast.officer, cast.stranger) is None


def test_accounts_are_closed_and_opened_once(cast):
    assert rules.why_not_open(cast.officer, cast.stranger)
    cast.stranger.is_active = False
    assert rules.why_not_close(cast.officer, cast.stranger)
    assert rules.why_not_open(cast.officer, cast.stranger) is None


def test_the_account_of_the_last_head_stays_open(cast):
    second = make.make_user()
    make.make_office(second, Role.DEPARTMENT_HEAD)
    assert rules.why_not_close(second, cast.department_head) is None
    Office.objects.filter(user=second).update(ends=DAY)
    assert rules.why_not_close(second, cast.department_head)


def test_a_link_needs_an_open_account_with_an_address(cast):
    assert rules.why_not_send_link(cast.officer, cast.stranger) is None
    cast.stranger.email = ""
    assert rules.why_not_send_link(cast.officer, cast.stranger)
    cast.stranger.email, cast.stranger.is_active = "x@example.org", False
    assert rules.why_not_send_link(cast.officer, cast.stranger)


# ---- Blocks ----


def test_who_leads_a_block(cast):
    block, leading = cast.block, cast.block.offices.get()
    BlockOffice.objects.filter(pk=leading.pk).update(starts=date(2019, 1, 1), ends=date(2019, 12, 31))
    head, deputy = BlockOffice.Role.HEAD, BlockOffice.Role.DEPUTY
    table = [
        (cast.unit, head, 2019, NO),  # has a head
        (cast.unit, head, 2020, YES),
        (cast.unit, deputy, 2019, YES),
        (leading.unit, deputy, 2019, NO),  # one unit, one office
        (leading.unit, head, 2020, YES),
        (cast.far_unit, deputy, 2019, NO),  # of another block
    ]
    for unit, role, year, may in table:
        assert (rules.why_not_lead_block(cast.officer, block, unit, role, year) is None) == may, (unit, role, year)
    assert rules.why_not_lead_block(cast.unit_head, block, cast.unit, head, 2020)


def test_a_block_office_is_held_for_a_year():
    assert rules.year_of(2020) == (date(2020, 1, 1), date(2020, 12, 31))


def test_the_head_of_a_block_changes_at_new_year(cast, today):
    """Edge case 12: the heads of 2019 are tasked, and those of 2020 take over."""
    BlockOffice.objects.filter(block=cast.block).update(ends=date(2019, 12, 31))
    make.make_block_office(cast.block, cast.unit, starts=date(2020, 1, 1), ends=date(2020, 12, 31))
    today(2019, 12, 31)
    assert hats(cast.block_head).block_ids == {cast.block.pk}
    assert not hats(cast.unit_head).block_ids
    today(2020, 1, 1)
    assert not hats(cast.block_head).block_ids
    assert hats(cast.unit_head).block_ids == {cast.block.pk}
