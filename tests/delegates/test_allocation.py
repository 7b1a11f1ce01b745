"""Versions made, approved, issued; seats transferred; people put on reserve lists and called from them."""

from dataclasses import dataclass, replace
from functools import partial

import pytest
from django.utils import translation

from core.models import AuditEntry, Mail
from core.refusal import Refused
from core.versions import Stale
from delegates import actions, queries, rules
from delegates.actions import SeatFaults
from delegates.apportionment import CannotApportion
from delegates.models import Allocation, Delegate, Quota, SeatTransfer
from delegates.queries import Plan
from tests import factories
from tests.awards.scenes import make_award, make_nomination
from tests.delegates import factories as make
from tests.delegates.factories import the_user

pytestmark = pytest.mark.django_db

State = Allocation.State
DEPARTMENT = {"officer", "department_head"}


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@dataclass
class Play:
    """A plan for the hall's units: 20 seats, two of them leaders', the rest by headcount."""

    plan: Plan

    def with_target(self, target: int) -> Plan:
        return replace(self.plan, target=target)


@pytest.fixture
def play(cast, hall) -> Play:
    for unit, headcount in [(cast.unit, 300), (cast.other_unit, 100), (cast.far_unit, 50)]:
        type(unit).objects.filter(pk=unit.pk).update(headcount=headcount, headcount_on="2019-07-31")
    return Play(
        Plan(
            method="sainte_lague",
            target=20,
            own={hall.leader.pk: 2},
            parts={hall.model.pk: 2, hall.collective.pk: 1},
            floor=1,
        )
    )


def issue(cast, plan: Plan, document: str = "") -> list[Delegate]:
    made = actions.make_version(actor=cast.officer, congress=cast.congress, plan=plan, asked="")
    approved = actions.approve_version(actor=cast.department_head, allocation=made, version=1)
    return actions.issue_version(actor=cast.officer, allocation=approved, version=2, document=document)[1]


def seats_of(unit) -> int:
    return sum(Quota.objects.filter(unit=unit).values_list("seats", flat=True))


# ---- What a plan gives ----


def test_a_plan_adds_up_and_says_why(cast, hall, play):
    proposal = queries.propose(queries.ground(cast.congress), play.plan)
    assert proposal.total == 20
    assert proposal.pool == 18
    by_unit = {row.unit: row for row in proposal.rows}
    assert by_unit[cast.unit].seats > by_unit[cast.other_unit].seats >= by_unit[cast.far_unit].seats >= 1
    assert sum(row.cells[hall.model.pk] for row in proposal.rows) == 12
    assert sum(row.cells[hall.collective.pk] for row in proposal.rows) == 6
    assert "quotient" in by_unit[cast.unit].why
    assert by_unit[cast.unit].change == by_unit[cast.unit].seats - 2


def test_a_unit_whose_number_is_not_known_is_named_and_has_the_least(cast, hall, play):
    leading = cast.block.units.get(code="BOA")
    proposal = queries.propose(queries.ground(cast.congress), play.plan)
    assert [row.unit for row in proposal.unknown] == [leading]
    row = proposal.unknown[0]
    assert (row.seats, row.weight) == (1, None)
    assert "not known" in row.why


def test_or_it_counts_as_what_is_said(cast, hall, play):
    leading = cast.block.units.get(code="BOA")
    ground = queries.ground(cast.congress)
    assumed = queries.propose(ground, replace(play.plan, unknown=300))
    assert assumed.unknown == []
    assert assumed.assumed == [leading]
    by_unit = {row.unit: row.seats for row in assumed.rows}
    assert abs(by_unit[leading] - by_unit[cast.unit]) <= 1
    written = queries.propose(ground, replace(play.plan, weights={leading.pk: 300}))
    assert written.assumed == []
    assert {row.unit: row.seats for row in written.rows} == by_unit


def test_fixed_seats_and_bounds_of_single_units_are_kept(cast, hall, play):
    plan = replace(
        play.plan, each={hall.model.pk: 1}, floors={cast.far_unit.pk: 4}, ceilings={cast.unit.pk: 5}, reserve=2
    )
    proposal = queries.propose(queries.ground(cast.congress), plan)
    by_unit = {row.unit: row for row in proposal.rows}
    assert by_unit[cast.far_unit].share >= 4
    assert by_unit[cast.unit].share == 5
    assert all(row.cells[hall.model.pk] >= 1 for row in proposal.rows)
    assert proposal.total + plan.reserve == 20
    assert "at the most" in by_unit[cast.unit].why


def test_a_unit_that_is_no_more_has_no_seats_and_stays_in_sight(cast, hall, play):
    type(cast.far_unit).objects.filter(pk=cast.far_unit.pk).update(is_active=False)
    make.make_delegate(cast.far_unit, hall.model)
    proposal = queries.propose(queries.ground(cast.congress), play.plan)
    row = next(row for row in proposal.rows if row.unit == cast.far_unit)
    assert (row.seats, row.over) == (0, 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"target": 1}, "1 more than the congress has"),
        ({"floor": 9}, "makes 36 seats, and 18"),
        ({"ceiling": 2, "floor": 0}, "of 18 seats can be shared out"),
        ({"weight": "typed", "floor": 0}, "No unit has a number"),
    ],
)
def test_a_plan_that_cannot_be_met_is_refused_in_words(cast, hall, play, changes, words):
    plan = replace(play.plan, **changes)
    with pytest.raises(CannotApportion) as refused:
        queries.propose(queries.ground(cast.congress), plan)
    pool = queries.pool_of(plan, 4)
    assert words in rules.why_cannot_apportion(refused.value, pool)


def test_awards_with_a_decision_can_be_the_weight(cast, hall, play):
    make_award(make_nomination(cast.congress, cast.other_unit, "collective", "submitted"), decision_number="12/QĐ")
    make_award(make_nomination(cast.congress, cast.unit, "collective", "draft"), decision_number="13/QĐ")
    make_award(make_nomination(cast.congress, cast.far_unit, "collective", "submitted"), decision_number="")
    proposal = queries.propose(queries.ground(cast.congress), replace(play.plan, weight="awards", floor=0))
    assert [row.unit for row in proposal.rows if row.seats] == [cast.other_unit]


# ---- Versions ----


def test_a_version_keeps_what_it_says_and_writes_no_seat(cast, hall, play):
    before = list(Quota.objects.values_list("pk", "seats"))
    made = actions.make_version(
        actor=cast.officer, congress=cast.congress, plan=play.plan, asked="method=sainte_lague", note="Lần một"
    )
    assert (made.number, made.state, made.note) == (1, State.DRAFT, "Lần một")
    assert sum(made.cells.values_list("seats", flat=True)) == 20
    assert made.cells.get(unit=None).fixed == 2
    assert sum(made.lines.values_list("share", flat=True)) == 18
    assert list(Quota.objects.values_list("pk", "seats")) == before
    assert AuditEntry.objects.get(verb="allocation.made").object_id == str(made.pk)
    again = actions.make_version(actor=cast.officer, congress=cast.congress, plan=play.plan, asked="")
    assert again.number == 2


def test_from_draft_to_replaced(cast, hall, play):
    issue(cast, play.plan, "Công văn 1")
    first = Allocation.objects.get()
    assert (first.state, first.document) == (State.ISSUED, "Công văn 1")
    assert {(q.unit_id, q.category_id): q.seats for q in Quota.objects.all() if q.seats} == queries.version_cells(first)
    issue(cast, play.with_target(30))
    first.refresh_from_db()
    second = Allocation.objects.in_force(cast.congress)
    assert (first.state, second.number) == (State.REPLACED, 2)
    assert sum(Quota.objects.values_list("seats", flat=True)) == 30
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"allocation.made", "allocation.approved", "allocation.issued", "allocation.replaced"} <= verbs


def test_seats_that_do_not_count_are_not_touched(cast, hall, play):
    press = make.make_quota(None, hall.press, 7)
    issue(cast, play.plan)
    press.refresh_from_db()
    assert press.seats == 7


ACTS = {
    "make": (DEPARTMENT, "draft"),
    "approve": ({"department_head"}, "draft"),
    "issue": (DEPARTMENT, "approved"),
    "transfer": (DEPARTMENT, "issued"),
}


@pytest.mark.parametrize("act", ACTS)
def test_who_may_do_what(cast, hall, play, act):
    may, state = ACTS[act]
    for role in cast.roles:
        allocation = make.make_allocation(cast.congress, state) if act in ("approve", "issue") else None
        user = the_user(cast, role)
        acts = {
            "make": lambda: actions.make_version(actor=user, congress=cast.congress, plan=play.plan, asked=""),  # noqa: B023
            "approve": lambda: actions.approve_version(actor=user, allocation=allocation, version=1),  # noqa: B023
            "issue": lambda: actions.issue_version(actor=user, allocation=allocation, version=1),  # noqa: B023
            "transfer": lambda: actions.transfer_seats(
                actor=user,  # noqa: B023
                congress=cast.congress,
                category=hall.model,
                source=cast.unit,
                target=cast.other_unit,
                seats=1,
                reason="Không dùng",
            ),
        }
        if role in may:
            acts[act]()
            continue
        with pytest.raises(Refused) as refused:
            acts[act]()
        assert refused.value.status == 403, role


STATES = {"draft": {"approve"}, "approved": {"issue"}, "issued": set(), "replaced": set()}


@pytest.mark.parametrize("state", STATES)
def test_what_may_be_done_in_which_state(cast, hall, state):
    allocation = make.make_allocation(cast.congress, state)
    head = cast.department_head
    open_now = {
        name
        for name, why_not in {
            "approve": rules.why_not_approve(head, allocation),
            "issue": rules.why_not_issue(head, allocation),
        }.items()
        if why_not is None
    }
    assert open_now == STATES[state]


def test_what_is_approved_and_issued_is_what_was_read(cast, hall, play):
    made = actions.make_version(actor=cast.officer, congress=cast.congress, plan=play.plan, asked="")
    with pytest.raises(Stale):
        actions.approve_version(actor=cast.department_head, allocation=made, version=7)
    actions.approve_version(actor=cast.department_head, allocation=made, version=1)
    with pytest.raises(Stale):
        actions.issue_version(actor=cast.officer, allocation=made, version=1)


def test_every_unit_gets_a_letter_with_its_own_seats(cast, hall, play):
    cast.congress.refresh_from_db()
    issue(cast, play.plan)
    letters = {mail.recipient: mail.body for mail in Mail.objects.all()}
    assert set(letters) == {cast.unit_head, cast.unit_clerk, cast.block_head}
    body = letters[cast.unit_head]
    assert str(seats_of(cast.unit)) in body
    assert cast.unit.name_vi in body
    assert cast.other_unit.name_vi not in body


# ---- A cut ----


def test_a_cut_makes_reserves_in_the_units_own_order_and_deletes_nobody(cast, hall, play):
    hall.unit_quota.seats = 9
    hall.unit_quota.save()
    people = [make.make_delegate(cast.unit, hall.model) for _ in range(8)]
    for _step in range(7):  # the last registered comes first
        actions.move(actor=cast.unit_head, delegate=people[7], up=True)
    plan = replace(
        play.with_target(14), own={}, parts={hall.model.pk: 1}, floors={cast.unit.pk: 3}, ceilings={cast.unit.pk: 3}
    )
    moved = issue(cast, plan)
    assert [one.pk for one in moved] == [one.pk for one in people[2:7]]
    assert [one.reserve_order for one in moved] == [1, 2, 3, 4, 5]
    seated = cast.congress.delegates.seated().filter(unit=cast.unit)
    assert {one.pk for one in seated} == {people[7].pk, people[0].pk, people[1].pk}
    assert Delegate.objects.filter(unit=cast.unit).count() == 8
    assert AuditEntry.objects.filter(verb="delegate.to_reserve").count() == 5
    assert moved[0].full_name in Mail.objects.get(recipient=cast.unit_head).body


def test_without_an_order_those_registered_last_come_on_the_reserve_list(cast, hall, play):
    hall.unit_quota.seats = 9
    hall.unit_quota.save()
    people = [make.make_delegate(cast.unit, hall.model, state="confirmed") for _ in range(4)]
    waiting = make.make_delegate(cast.unit, hall.model, state="reserve", reserve_order=1)
    plan = replace(play.plan, target=4, own={}, parts={hall.model.pk: 1}, method="dhondt", ceiling=1)
    moved = issue(cast, plan)
    assert [one.pk for one in moved] == [one.pk for one in people[1:]]
    waiting.refresh_from_db()
    assert waiting.reserve_order == 4  # those who had a seat come before those who waited


def test_the_ministrys_own_people_too(cast, hall, play):
    make.make_quota(None, hall.leader, 3)
    people = [make.make_delegate(None, hall.leader) for _ in range(3)]
    moved = issue(cast, play.plan)
    assert [one.pk for one in moved] == [people[2].pk]


def test_by_hand_the_seats_still_cannot_fall_below_those_registered(cast, hall):
    make.make_delegate(cast.unit, hall.model)
    with pytest.raises(SeatFaults):
        actions.set_seats(
            actor=cast.officer,
            congress=cast.congress,
            seats={(cast.unit.pk, hall.model.pk): 0},
            versions={(cast.unit.pk, hall.model.pk): 1},
        )


# ---- Transfers ----


def transfer(cast, hall, seats=1, **more) -> SeatTransfer:
    fields = {"category": hall.model, "source": cast.unit, "target": cast.other_unit, **more}
    return actions.transfer_seats(
        actor=cast.officer, congress=cast.congress, seats=seats, reason="Không dùng", document="CV 5", **fields
    )


def test_unused_seats_go_to_another_unit_and_both_sides_are_told(cast, hall):
    make.make_delegate(cast.unit, hall.model)
    made = transfer(cast, hall)
    hall.unit_quota.refresh_from_db()
    hall.other_quota.refresh_from_db()
    assert (hall.unit_quota.seats, hall.other_quota.seats) == (1, 3)
    assert (hall.unit_quota.version, hall.other_quota.version) == (2, 2)
    given, received = (AuditEntry.objects.get(verb=verb) for verb in ("seats.given", "seats.received"))
    assert (given.object_id, received.object_id) == (str(hall.unit_quota.pk), str(hall.other_quota.pk))
    assert given.details["transfer"] == received.details["transfer"] == made.pk
    assert given.reason == "Không dùng"
    assert set(Mail.objects.values_list("recipient", flat=True)) == {cast.unit_head.pk, cast.unit_clerk.pk}


def test_seats_come_to_a_unit_that_had_none_and_back_to_the_ministry(cast, hall):
    transfer(cast, hall, target=cast.far_unit)
    assert Quota.objects.get(unit=cast.far_unit, category=hall.model).seats == 1
    transfer(cast, hall, source=cast.far_unit, target=None)
    assert Quota.objects.get(unit=None, category=hall.model).seats == 1


@pytest.mark.parametrize("case", ["taken", "none", "same", "inactive", "category"])
def test_what_is_not_transferred(cast, hall, case):
    if case == "taken":
        make.make_delegate(cast.unit, hall.model)
    if case == "inactive":
        type(cast.other_unit).objects.filter(pk=cast.other_unit.pk).update(is_active=False)
        cast.other_unit.refresh_from_db()
    cases = {
        "taken": {"seats": 2},
        "none": {"source": cast.far_unit},
        "same": {"target": cast.unit},
        "inactive": {},
        "category": {"category": hall.leader, "source": None},
    }
    before = list(Quota.objects.values_list("pk", "seats"))
    with pytest.raises(Refused):
        transfer(cast, hall, **cases[case])
    assert list(Quota.objects.values_list("pk", "seats")) == before
    assert not SeatTransfer.objects.exists()


# ---- The reserve list ----


def reserve(cast, hall, actor=None, **person) -> Delegate:
    return actions.register_reserve(
        actor=actor or cast.unit_head,
        congress=cast.congress,
        unit=cast.unit,
        category=hall.model,
        **make.a_person(**person),
    )


@pytest.fixture
def full(cast, hall) -> list[Delegate]:
    """All seats of the unit are taken."""
    return [make.make_delegate(cast.unit, hall.model) for _ in range(2)]


def test_when_all_seats_are_taken_people_wait_in_order(cast, hall, full):
    first, second = reserve(cast, hall), reserve(cast, hall)
    assert [one.reserve_order for one in (first, second)] == [1, 2]
    assert (first.state, first.is_seated) == (Delegate.State.RESERVE, False)
    assert cast.congress.delegates.seated().count() == 2
    assert AuditEntry.objects.filter(verb="delegate.reserved").count() == 2


def test_nobody_waits_while_a_seat_is_free_or_where_there_is_none_at_all(cast, hall):
    with pytest.raises(Refused, match="A seat is free"):
        reserve(cast, hall)
    with pytest.raises(Refused, match="has no seats"):
        actions.register_reserve(
            actor=cast.unit_head, congress=cast.congress, unit=cast.unit, category=hall.collective, **make.a_person()
        )


def test_the_first_comes_to_a_free_seat_and_the_unit_is_told(cast, hall, full):
    first, second = reserve(cast, hall), reserve(cast, hall)
    with pytest.raises(Refused, match="has used"):
        actions.promote(actor=cast.officer, delegate=first, version=1)
    actions.withdraw(actor=cast.unit_head, delegate=full[0], version=1, reason="Ốm")
    with pytest.raises(Refused, match="comes first"):
        actions.promote(actor=cast.officer, delegate=second, version=1)
    done = actions.promote(actor=cast.officer, delegate=first, version=1)
    assert (done.state, done.reserve_order) == (Delegate.State.REGISTERED, None)
    assert Mail.objects.get().recipient == cast.unit_head
    actions.withdraw(actor=cast.unit_head, delegate=full[1], version=1, reason="Ốm")
    actions.promote(actor=cast.unit_head, delegate=second, version=1)  # the unit itself needs no letter
    assert Mail.objects.count() == 1


def test_who_may_call_from_the_reserve_list(cast, hall, full):
    for role in cast.roles:
        one = make.make_delegate(cast.unit, hall.model, state="reserve", reserve_order=1)
        Quota.objects.filter(pk=hall.unit_quota.pk).update(seats=50)
        may = role in DEPARTMENT | {"unit_head"}
        if may:
            actions.promote(actor=the_user(cast, role), delegate=one, version=1)
        else:
            with pytest.raises(Refused) as refused:
                actions.promote(actor=the_user(cast, role), delegate=one, version=1)
            assert refused.value.status == 403, role
            one.delete()


def test_who_may_change_the_order(cast, hall, full):
    for role in cast.roles:
        if role in DEPARTMENT | {"unit_head"}:
            actions.move(actor=the_user(cast, role), delegate=full[1], up=True)
            continue
        with pytest.raises(Refused):
            actions.move(actor=the_user(cast, role), delegate=full[1], up=True)


def test_people_change_places_and_the_ends_stay_where_they_are(cast, hall, full):
    reserves = [reserve(cast, hall) for _ in range(3)]
    actions.move(actor=cast.unit_head, delegate=reserves[2], up=True)
    line = list(cast.congress.delegates.reserves())
    assert [one.pk for one in line] == [reserves[0].pk, reserves[2].pk, reserves[1].pk]
    actions.move(actor=cast.unit_head, delegate=reserves[0], up=True)
    actions.move(actor=cast.unit_head, delegate=reserves[1], up=False)
    assert list(cast.congress.delegates.reserves()) == line
    assert AuditEntry.objects.filter(verb="delegate.moved").count() == 1
    actions.move(actor=cast.unit_head, delegate=full[0], up=False)
    assert [one.pk for one in cast.congress.delegates.seated().by_priority()] == [full[1].pk, full[0].pk]


def test_a_reserve_takes_no_part_in_anything_that_counts(cast, hall, full):
    waiting = reserve(cast, hall)
    assert queries.seat_totals(cast.congress).registered == 2
    assert rules.why_not_confirm(cast.officer, waiting) is not None
    assert rules.why_not_replace(cast.unit_head, waiting) is not None
    assert rules.sight(the_user(cast, "desk"), waiting) == rules.Sight.NOTHING
    assert waiting not in cast.congress.delegates.visible_to(the_user(cast, "desk"))
    with pytest.raises(Refused):
        actions.confirm(actor=cast.officer, delegate=waiting, version=1)


def test_a_reserve_withdraws_and_changes_category_without_a_seat(cast, hall, full):
    one, other = reserve(cast, hall), reserve(cast, hall)
    gone = actions.withdraw(actor=cast.unit_head, delegate=one, version=1, reason="Không đi")
    assert gone.reserve_order is None
    make.make_quota(cast.unit, hall.collective, 1)
    with pytest.raises(Refused, match="A seat is free"):
        actions.edit(actor=cast.unit_head, delegate=other, version=1, category=hall.collective)
    make.make_delegate(cast.unit, hall.collective)
    there = actions.edit(
        actor=cast.unit_head, delegate=other, version=1, category=hall.collective, represents="Phòng Thí nghiệm"
    )
    assert (there.category, there.reserve_order) == (hall.collective, 1)


def test_the_same_person_is_seen_on_the_reserve_list_too(cast, hall, full):
    waiting = reserve(cast, hall, full_name="Lê Văn Trùng")
    found = queries.namesakes(cast.officer, cast.congress, "lê văn trùng", waiting.birth)
    assert [one.delegate for one in found] == [waiting]


def test_a_version_covers_no_other_congress(cast, hall, play):
    other = factories.make_congress(slug="2025", ordinal=6, is_current=False)
    category = make.make_category(other)
    quota = make.make_quota(cast.unit, category, 9)
    issue(cast, play.plan)
    quota.refresh_from_db()
    assert quota.seats == 9


# ---- A draft that is not wanted ----


@pytest.mark.parametrize("state", ["draft", "approved", "issued", "replaced", "dropped"])
@pytest.mark.parametrize("role", ["officer", "department_head", "unit_head", "member"])
def test_drafts_alone_are_discarded_and_by_the_department(cast, hall, state, role):
    version = make.make_allocation(cast.congress, state)
    act = partial(actions.discard_version, actor=make.the_user(cast, role), allocation=version)
    if state == "draft" and role in ("officer", "department_head"):
        assert act().state == "dropped"
        assert AuditEntry.objects.get(verb="allocation.discarded").object_id == str(version.pk)
    else:
        with pytest.raises(Refused):
            act()
        assert Allocation.objects.get(pk=version.pk).state == state


def test_what_was_discarded_is_neither_approved_nor_issued_and_keeps_its_number(cast, hall):
    version = make.make_allocation(cast.congress, "dropped")
    with pytest.raises(Refused):
        actions.approve_version(actor=cast.department_head, allocation=version, version=1)
    with pytest.raises(Refused):
        actions.issue_version(actor=cast.officer, allocation=version, version=1)
    plan = queries.Plan(weight="equal", target=4, parts={hall.model.pk: 1})
    assert actions.make_version(actor=cast.officer, congress=cast.congress, plan=plan, asked="").number > version.number
