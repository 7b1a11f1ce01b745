"""Who may do what, in which state: tables of role, state and act."""

from datetime import date, timedelta

import pytest

from congress.actions import extend
from core import clock
from core.models import AuditEntry
from core.refusal import Denial, Refused
from delegates import actions, rules
from delegates.models import Delegate
from delegates.rules import Sight
from tests.delegates import factories as make
from tests.factories import moment

State = Delegate.State
DEPARTMENT = {"officer", "department_head"}
OWN = {"unit_head"}  # acts for the delegate's unit
ALL_ROLES = {
    *DEPARTMENT, *OWN,
    "unit_clerk", "block_head", "chair", "member", "secretary", "teller", "desk", "stranger",
}  # fmt: skip

# what of a delegate of `cast.unit` each role reads
SIGHTS = {
    **dict.fromkeys(DEPARTMENT | OWN, Sight.FULL),
    "block_head": Sight.PLAIN,
    "desk": Sight.BADGE,
    **dict.fromkeys(("unit_clerk", "chair", "member", "secretary", "teller", "stranger"), Sight.NOTHING),
}

# rule, state: the roles that may
MAY = {
    (rules.why_not_edit, State.REGISTERED): DEPARTMENT | OWN,
    (rules.why_not_edit, State.CONFIRMED): DEPARTMENT,
    (rules.why_not_edit, State.WITHDRAWN): set(),
    (rules.why_not_confirm, State.REGISTERED): DEPARTMENT,
    (rules.why_not_confirm, State.CONFIRMED): set(),
    (rules.why_not_confirm, State.WITHDRAWN): set(),
    (rules.why_not_unconfirm, State.REGISTERED): set(),
    (rules.why_not_unconfirm, State.CONFIRMED): DEPARTMENT,
    (rules.why_not_unconfirm, State.WITHDRAWN): set(),
}


@pytest.mark.parametrize("role", sorted(ALL_ROLES))
def test_sight_and_visible_rows_agree(cast, hall, role):
    user = make.the_user(cast, role)
    delegate = make.make_delegate(cast.unit, hall.model)
    assert rules.sight(user, delegate) == SIGHTS[role]
    assert Delegate.objects.visible_to(user).filter(pk=delegate.pk).exists() == bool(SIGHTS[role])
    assert Delegate.objects.plain_to(user).filter(pk=delegate.pk).exists() == (SIGHTS[role] >= Sight.PLAIN)
    assert Delegate.objects.close_to(user).filter(pk=delegate.pk).exists() == (SIGHTS[role] == Sight.FULL)


def test_the_desk_does_not_meet_those_withdrawn(cast, hall):
    gone = make.make_delegate(cast.unit, hall.model, state=State.WITHDRAWN)
    assert rules.sight(cast.desk, gone) == Sight.NOTHING
    assert not Delegate.objects.visible_to(cast.desk).exists()


def test_guests_are_seen_by_the_department_and_the_desk(cast, hall):
    guest = make.make_delegate(None, hall.leader)
    seen_by = {role for role in ALL_ROLES if Delegate.objects.visible_to(getattr(cast, role)).exists()}
    assert seen_by == {*DEPARTMENT, "desk"}
    assert rules.sight(cast.desk, guest) == Sight.BADGE


@pytest.mark.parametrize("role", sorted(ALL_ROLES))
@pytest.mark.parametrize(("rule", "state"), MAY, ids=lambda value: getattr(value, "__name__", value))
def test_acts_by_role_and_state(cast, hall, role, rule, state):
    delegate = make.make_delegate(cast.unit, hall.model, state=state)
    assert (rule(make.the_user(cast, role), delegate) is None) == (role in MAY[rule, state])


@pytest.mark.parametrize("role", sorted(ALL_ROLES))
def test_who_registers_for_a_unit_and_for_the_ministry(cast, hall, role):
    user = make.the_user(cast, role)
    for_unit = rules.why_not_register(user, cast.congress, cast.unit, hall.model)
    assert (for_unit is None) == (role in DEPARTMENT | OWN)
    assert for_unit is None or isinstance(for_unit, Denial)
    for_ministry = rules.why_not_open_registration(user, cast.congress, None)
    assert (for_ministry is None) == (role in DEPARTMENT)


@pytest.mark.parametrize("role", sorted(ALL_ROLES))
def test_only_the_department_sets_seats_and_catalogues(cast, role):
    user = make.the_user(cast, role)
    assert (rules.why_not_set_seats(user) is None) == (role in DEPARTMENT)
    assert (rules.why_not_edit_catalogue(user) is None) == (role in DEPARTMENT)


@pytest.mark.parametrize(
    ("role", "list_is_open", "seats_are_open", "paper_is_open"),
    [
        ("officer", True, True, True),
        ("department_head", True, True, True),
        ("unit_head", True, True, True),
        ("unit_clerk", True, True, True),
        ("block_head", True, True, True),
        ("desk", True, False, False),
        ("chair", False, False, False),
        ("member", False, False, False),
        ("secretary", False, False, False),
        ("teller", False, False, False),
        ("stranger", False, False, False),
    ],
)
def test_which_lists_are_open(cast, role, list_is_open, seats_are_open, paper_is_open):
    user = make.the_user(cast, role)
    assert (rules.why_not_see_delegates(user) is None) == list_is_open
    assert (rules.why_not_see_seats(user) is None) == seats_are_open
    assert (rules.why_not_take_list(user) is None) == paper_is_open


class TestDeadline:
    @pytest.fixture(autouse=True)
    def due(self, cast, today):
        cast.congress.registration_due = date(2020, 9, 15)
        cast.congress.save()

    @pytest.mark.parametrize(("day", "open_to_units"), [(14, True), (15, True), (16, False)])
    def test_units_register_and_change_until_the_last_day(self, cast, hall, today, day, open_to_units):
        today(2020, 9, day)
        delegate = make.make_delegate(cast.unit, hall.model)
        for role, may in (("unit_head", open_to_units), ("officer", True)):
            user = make.the_user(cast, role)
            assert (rules.why_not_register(user, cast.congress, cast.unit, hall.model) is None) == may
            assert (rules.why_not_edit(user, delegate) is None) == may

    @pytest.mark.parametrize("late_acts", ["refuse", "accept"])
    @pytest.mark.parametrize(("text", "late"), [("2020-09-15 23:59:59", False), ("2020-09-16 00:00:00", True)])
    def test_the_minute_decides_and_what_is_accepted_late_is_marked(self, cast, hall, late_acts, text, late):
        cast.congress.late_acts = late_acts
        cast.congress.save()
        values = {"congress": cast.congress, "unit": cast.unit, "category": hall.model}
        with clock.arriving(moment(text)):
            if late and late_acts == "refuse":
                with pytest.raises(Refused):
                    actions.register(actor=cast.unit_head, **values, **make.a_person())
                return
            made = actions.register(actor=cast.unit_head, **values, **make.a_person())
            assert made.late == late
            by_the_department = actions.register(actor=cast.officer, **values, **make.a_person())
            assert not by_the_department.late  # no deadline binds the Department
        entry = AuditEntry.objects.filter(verb="delegate.registered", object_id=str(made.pk)).get()
        assert entry.details.get("late", False) == late

    def test_an_extension_is_for_one_unit(self, cast, hall, today):
        today(2020, 9, 10)
        extend(
            actor=cast.officer,
            congress=cast.congress,
            kind="registration",
            unit=cast.unit,
            until=date(2020, 9, 20),
            reason="Chờ Hội nghị",
            document="CV 20",
        )
        today(2020, 9, 20)
        assert rules.why_not_open_registration(cast.unit_head, cast.congress, cast.unit) is None
        assert rules.why_not_open_registration_anywhere(cast.unit_head, cast.congress) is None
        assert rules.why_not_open_registration(cast.unit_clerk, cast.congress, cast.other_unit)
        assert rules.why_not_open_registration_anywhere(cast.unit_clerk, cast.congress)
        today(2020, 9, 21)
        assert rules.why_not_open_registration(cast.unit_head, cast.congress, cast.unit)

    def test_the_refusal_names_the_day_and_what_to_do(self, cast, today):
        today(2020, 9, 16)
        reason = rules.why_not_open_registration(make.the_user(cast, "unit_head"), cast.congress, cast.unit)
        assert "15/09/2020" in reason
        assert not isinstance(reason, Denial)  # the moment is wrong, not the person


def test_a_full_category_says_how_full_and_what_to_do(cast, hall):
    for _seat in range(2):
        make.make_delegate(cast.unit, hall.model)
    reason = rules.why_not_register(cast.unit_head, cast.congress, cast.unit, hall.model)
    assert reason.count("02") == 2
    assert cast.unit.name in reason
    assert hall.model.name in reason


def test_somebody_withdrawn_takes_no_seat(cast, hall):
    for _seat in range(5):
        make.make_delegate(cast.unit, hall.model, state=State.WITHDRAWN)
    assert rules.why_not_register(cast.unit_head, cast.congress, cast.unit, hall.model) is None


def test_units_do_not_register_what_the_ministry_keeps(cast, hall):
    make.make_quota(cast.unit, hall.leader, 1)
    assert rules.why_not_register(cast.officer, cast.congress, cast.unit, hall.leader)
    cast.congress.quotas.filter(category=hall.leader).delete()


def test_a_unit_that_is_no_more_registers_nobody(cast, hall):
    cast.unit.is_active = False
    cast.unit.save()
    assert rules.why_not_register(cast.officer, cast.congress, cast.unit, hall.model)


def test_offices_end(cast, hall, today):
    """Somebody whose office has ended yesterday acts no more."""
    office = cast.unit_head.offices.get()
    office.ends = today(2020, 5, 15) - timedelta(days=1)
    office.save()
    reason = rules.why_not_register(make.the_user(cast, "unit_head"), cast.congress, cast.unit, hall.model)
    assert isinstance(reason, Denial)
