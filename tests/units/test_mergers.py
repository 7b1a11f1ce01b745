"""Units merged and dissolved in the middle of everything: seats add up, people and dossiers follow, the past stays."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from awards.models import Nomination
from congress.actions import extend
from congress.models import ConferenceUnit, Extension
from congress.rules import deadline, forget_extensions
from core import audit, clock
from core.models import AuditEntry
from core.refusal import Refused
from delegates import actions as seat_actions
from delegates import invariants as seats
from delegates.models import Allocation, Quota
from delegates.queries import Plan, version_cells, version_sheet
from delegates.tallies import recount_of
from tests import factories as make
from tests.awards.scenes import make_nomination
from tests.delegates.factories import make_category, make_delegate, make_quota
from tests.sheet import form_of
from units import actions
from units.invariants import faults
from units.models import BlockOffice, Office, Unit

pytestmark = pytest.mark.django_db
DAY, PAPER = date(2020, 5, 5), "37/QĐ-BKHCN ngày 04/05/2020"


@pytest.fixture(autouse=True)
def _whole(today, cast):
    today(2020, 5, 15)
    yield
    assert faults() == []
    assert seats.faults(cast.congress) == []
    assert not list(audit.faults())


def merge(cast, *units, into="other_unit", **changes):
    """Merge the unit of the cast's head into another of its block."""
    values = {"day": DAY, "document": PAPER, "into": getattr(cast, into) if into else None} | changes
    return actions.merge(actor=values.pop("actor", cast.officer), units=units or [cast.unit], **values)


def held(congress, unit, category) -> int:
    return Quota.objects.get(congress=congress, unit=unit, category=category).seats


# ---- Seats and people ----


def test_seats_add_up_and_people_follow(cast):
    first, second = make_category(cast.congress), make_category(cast.congress)
    make_quota(cast.unit, first, 3)
    make_quota(cast.unit, second, 2)
    make_quota(cast.other_unit, first, 4)
    people = [make_delegate(cast.unit, first), make_delegate(cast.unit, second)]
    stays = make_delegate(cast.other_unit, first)
    lines = merge(cast)
    assert [held(cast.congress, cast.other_unit, one) for one in (first, second)] == [7, 2]
    assert [held(cast.congress, cast.unit, one) for one in (first, second)] == [0, 0]
    assert set(cast.congress.delegates.values_list("unit", flat=True)) == {cast.other_unit.pk}
    for one in people:
        one.refresh_from_db()
        assert one.version == 2
    stays.refresh_from_db()
    assert stays.version == 1
    assert any("5" in line for line in lines)
    assert any("2" in line for line in lines)
    told = AuditEntry.objects.get(verb="seats.joined").details["changes"]
    assert sorted(told.values()) == [["0", "2"], ["2", "0"], ["3", "0"], ["4", "7"]]
    assert AuditEntry.objects.filter(verb="delegate.followed").count() == 2


def test_the_tally_of_the_unit_that_is_no_more_is_counted_anew(cast):
    make_delegate(cast.unit, make_category(cast.congress))
    recount_of(cast.congress)
    merge(cast)
    recount_of(cast.congress)  # the worker, before anybody counts from the rows


def version_of(cast, *, approved: bool) -> Allocation:
    """A version that gives three seats to the unit that goes, five to the one that stays, and is not in force yet."""
    category = make_category(cast.congress)
    sizes = {cast.unit.pk: 3, cast.other_unit.pk: 5}
    plan = Plan(target=8, weight="typed", unknown=0, weights=sizes, parts={category.pk: 1})
    made = seat_actions.make_version(actor=cast.officer, congress=cast.congress, plan=plan, asked="")
    if approved:
        seat_actions.approve_version(actor=cast.department_head, allocation=made, version=made.version)
        made.refresh_from_db()
    return made


def seats_in(allocation) -> dict[int, int]:
    return {unit: seats for (unit, _category), seats in version_cells(allocation).items()}


@pytest.mark.parametrize("approved", [True, False], ids=["approved", "draft"])
def test_a_version_that_waits_gives_the_seats_to_the_successor(cast, approved):
    made = version_of(cast, approved=approved)
    merge(cast)
    assert seats_in(made) == {cast.other_unit.pk: 8}
    rows = {row.unit: row for row in version_sheet(made).rows}
    assert rows[cast.other_unit].seats == 8
    assert rows[cast.unit].seats == 0
    assert str(cast.other_unit) in rows[cast.unit].why
    if not approved:
        made = seat_actions.approve_version(actor=cast.department_head, allocation=made, version=made.version)
    seat_actions.issue_version(actor=cast.officer, allocation=made, version=made.version)
    assert dict(Quota.objects.exclude(seats=0).values_list("unit", "seats")) == {cast.other_unit.pk: 8}


def test_a_version_finds_the_successor_of_a_successor_that_is_new(cast):
    made = version_of(cast, approved=True)
    new = {"code": "VISTI", "name_vi": "Học viện Mới", "kind": "hoc_vien", "block": cast.block}
    merge(cast)
    cast.other_unit.refresh_from_db()
    merge(cast, cast.other_unit, into=None, new=new)
    academy = Unit.objects.get(code="VISTI")
    assert seats_in(made) == {academy.pk: 8}
    assert next(row for row in version_sheet(made).rows if row.unit == academy).why


def test_a_version_in_force_keeps_what_it_said(cast):
    made = version_of(cast, approved=True)
    made, _moved = seat_actions.issue_version(actor=cast.officer, allocation=made, version=made.version)
    merge(cast)
    assert seats_in(made) == {cast.unit.pk: 3, cast.other_unit.pk: 5}
    assert held(cast.congress, cast.other_unit, made.cells.first().category) == 8


def test_a_version_that_gives_seats_to_a_dissolved_unit_is_not_issued(cast):
    made = version_of(cast, approved=True)
    draft = version_of(cast, approved=False)
    actions.dissolve(actor=cast.officer, unit=cast.unit, version=cast.unit.version, day=DAY, document=PAPER)
    with pytest.raises(Refused, match=str(cast.unit)):
        seat_actions.issue_version(actor=cast.officer, allocation=made, version=made.version)
    with pytest.raises(Refused, match=str(cast.unit)):
        seat_actions.approve_version(actor=cast.department_head, allocation=draft, version=draft.version)


# ---- Extensions ----


@pytest.fixture
def extension(cast):
    """Ten days more for the unit's dossiers."""
    type(cast.congress).objects.update(nominations_due=date(2020, 5, 20))
    cast.congress.refresh_from_db()
    return extend(
        actor=cast.officer,
        congress=cast.congress,
        kind=Extension.Kind.NOMINATIONS,
        unit=cast.unit,
        until=date(2020, 5, 30),
        reason="Chờ quyết định khen thưởng",
        document="Công văn số 12",
    )


def nominations_until(cast, unit) -> date:
    cast.congress.refresh_from_db()
    forget_extensions(cast.congress)
    return deadline(cast.congress, Extension.Kind.NOMINATIONS, unit.pk).day


def test_days_that_a_unit_was_given_are_the_successors(cast, extension):
    lines = merge(cast)
    assert nominations_until(cast, cast.other_unit) == date(2020, 5, 30)
    assert any("30/05/2020" in line for line in lines)
    followed = Extension.objects.get(unit=cast.other_unit)
    assert (followed.document, followed.reason) == (extension.document, extension.reason)


def test_who_has_more_days_keeps_them(cast, extension):
    words = {"reason": "Ở xa", "document": "Công văn số 13"}
    until = date(2020, 6, 5)
    extend(actor=cast.officer, congress=cast.congress, kind=extension.kind, unit=cast.other_unit, until=until, **words)
    merge(cast)
    assert nominations_until(cast, cast.other_unit) == until
    assert Extension.objects.filter(unit=cast.other_unit).count() == 1


def test_two_units_become_a_new_one(cast):
    category = make_category(cast.congress)
    for unit, number in ((cast.unit, 3), (cast.other_unit, 4)):
        make_quota(unit, category, number)
        make_delegate(unit, category)
    new = {"code": "VISTI", "name_vi": "Học viện Mới", "kind": "hoc_vien", "block": cast.block}
    merge(cast, cast.unit, cast.other_unit, into=None, new=new)
    academy = Unit.objects.get(code="VISTI")
    assert held(cast.congress, academy, category) == 7
    assert cast.congress.delegates.filter(unit=academy).count() == 2
    assert {unit.pk for unit in academy.merged.all()} == {cast.unit.pk, cast.other_unit.pk}
    for unit in (cast.unit, cast.other_unit):
        unit.refresh_from_db()
        assert not unit.is_active
        assert (unit.closed_on, unit.closed_by, unit.merged_into) == (DAY, PAPER, academy)
        assert unit.named_on(date(2020, 5, 4)).name_vi == unit.name_vi
        assert unit.as_of(date(2020, 5, 4)) == unit
        assert unit.as_of(DAY) == academy
    assert "ung dung cong nghe" in academy.folded  # the search finds it by the names of both
    assert "so huu tri tue" in academy.folded


def test_a_congress_of_the_past_stays_as_it_was(cast):
    category = make_category(cast.congress)
    make_quota(cast.unit, category, 3)
    delegate = make_delegate(cast.unit, category)
    type(cast.congress).objects.update(held_on=DAY - timedelta(days=1))
    cast.congress.refresh_from_db()
    merge(cast)
    delegate.refresh_from_db()
    assert delegate.unit == cast.unit
    assert held(cast.congress, cast.unit, category) == 3


# ---- Offices ----


def test_offices_end_with_the_unit(cast):
    later = make.make_office(cast.stranger, Office.Role.UNIT_CLERK, cast.unit, starts=date(2020, 6, 1))
    block = make.make_block_office(cast.block, cast.unit, "deputy", starts=date(2020, 1, 1), ends=date(2020, 12, 31))
    lines = merge(cast)
    assert cast.unit_head.offices.get().ends == date(2020, 5, 4)
    assert not Office.objects.filter(pk=later.pk).exists()
    assert BlockOffice.objects.get(pk=block.pk).ends == date(2020, 5, 4)
    assert sum("Lê Thị Hồng Nhung" in line or "Kiều Văn Lạ" in line for line in lines) == 2


# ---- Dossiers ----


def test_dossiers_follow_and_keep_what_they_said(cast, enter):
    sent = make_nomination(cast.congress, cast.unit, "individual", "submitted", filed_by=cast.unit)
    draft = make_nomination(cast.congress, cast.unit)
    lines = merge(cast, day=clock.today())
    assert set(Nomination.objects.values_list("unit", flat=True)) == {cast.other_unit.pk}
    assert any("2" in line for line in lines)
    day = sent.filed_on
    sent.refresh_from_db()
    assert sent.filed_by == cast.unit
    assert sent.unit_on(day - timedelta(days=1)) == cast.unit
    client = enter(cast.unit_clerk)  # of the unit that took the place
    for one in (sent, draft):
        assert client.get(one.get_absolute_url()).status_code == 200
    assert cast.unit.pk not in {one.unit_id for one in Nomination.objects.all()}


# ---- Conferences and tasks ----


def conference_of(cast, unit):
    return ConferenceUnit.objects.get(congress=cast.congress, unit=unit).conference


def test_a_conference_to_come_is_attended_by_the_successor(cast):
    block = make.make_conference(cast.congress, cast.unit, host_block=cast.block)
    merge(cast)
    assert conference_of(cast, cast.other_unit) == block
    assert not ConferenceUnit.objects.filter(unit=cast.unit).exists()


def test_a_conference_that_was_held_keeps_its_roll(cast, enter):
    past = make.make_conference(
        cast.congress, cast.unit, host_block=cast.block, held_on=date(2020, 4, 20), session="morning"
    )
    own = make.make_conference(cast.congress, cast.other_unit)
    merge(cast)
    assert conference_of(cast, cast.unit) == past
    assert conference_of(cast, cast.other_unit) == own
    assert "Viện Ứng dụng Công nghệ" in enter(cast.desk).get(past.get_absolute_url()).content.decode()


def test_the_host_of_a_conference_is_replaced(cast):
    own = make.make_conference(cast.congress, cast.unit, name_vi=cast.unit.name_vi)
    make.make_conference(cast.congress, cast.other_unit, host_block=cast.block)
    merge(cast)
    own.refresh_from_db()
    assert (own.host_unit, own.name_vi) == (cast.other_unit, cast.other_unit.name_vi)
    assert conference_of(cast, cast.other_unit) == own
    assert Unit.objects.get(pk=cast.other_unit.pk).own_conference


def test_of_two_hosts_one_holds_both(cast):
    first = make.make_conference(cast.congress, cast.unit)
    second = make.make_conference(cast.congress, cast.other_unit)
    merge(cast)
    first.refresh_from_db()
    assert first.host_unit == cast.other_unit
    assert conference_of(cast, cast.other_unit) == second


def test_unfinished_tasks_are_led_on(cast):
    led, done = make.make_task(cast.congress, cast.unit), make.make_task(cast.congress, cast.unit)
    helped = make.make_task(cast.congress, cast.far_unit)
    helped.cooperating.set([cast.unit])
    type(done).objects.filter(pk=done.pk).update(finished_on=date(2020, 1, 1))
    merge(cast)
    for task in (led, done):
        task.refresh_from_db()
    assert (led.lead, done.lead) == (cast.other_unit, cast.unit)
    assert list(helped.cooperating.all()) == [cast.other_unit]


def test_who_moves_to_another_block_goes_to_its_conference(cast):
    block = make.make_block()
    old = make.make_conference(cast.congress, cast.unit, host_block=cast.block)
    new = make.make_conference(cast.congress, host_block=block)
    draft = make_nomination(cast.congress, cast.unit, conference=old)
    actions.move_to_block(actor=cast.officer, unit=cast.unit, version=1, day=DAY, document=PAPER, block=block)
    assert conference_of(cast, cast.unit) == new
    draft.refresh_from_db()
    assert draft.conference == new


def test_who_moves_after_the_conference_stays_in_its_roll(cast):
    block = make.make_block()
    old = make.make_conference(
        cast.congress, cast.unit, host_block=cast.block, held_on=date(2020, 4, 20), session="morning"
    )
    make.make_conference(cast.congress, host_block=block)
    sent = make_nomination(cast.congress, cast.unit, state="submitted", conference=old)
    actions.move_to_block(actor=cast.officer, unit=cast.unit, version=1, day=DAY, document=PAPER, block=block)
    assert conference_of(cast, cast.unit) == old
    sent.refresh_from_db()
    assert sent.conference == old


# ---- What cannot be ----


def test_who_merges_and_dissolves(cast):
    for role, user in cast.roles.items():
        if role in ("officer", "department_head"):
            continue
        with pytest.raises(Refused) as refused:
            merge(cast, actor=user)
        assert refused.value.status == 403, role
        with pytest.raises(Refused):
            actions.dissolve(actor=user, unit=cast.unit, version=1, day=DAY, document=PAPER)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [{"day": date(2020, 5, 16)}, {"into": "unit"}],
    ids=["tomorrow", "into itself"],
)
def test_what_cannot_be_merged(cast, changes):
    with pytest.raises(Refused):
        merge(cast, **changes)
    assert Unit.objects.get(pk=cast.unit.pk).is_active


def test_what_is_merged_is_not_merged_again(cast):
    merge(cast)
    with pytest.raises(Refused):
        merge(cast, into="far_unit")
    with pytest.raises(Refused):
        merge(cast, cast.far_unit, into="unit")


def dissolve(cast):
    return actions.dissolve(actor=cast.officer, unit=cast.unit, version=1, day=DAY, document=PAPER)


@pytest.mark.parametrize("left", ["seats", "dossier", "task", "conference"])
def test_nothing_is_lost_when_a_unit_is_dissolved(cast, left):
    if left == "seats":
        make_quota(cast.unit, make_category(cast.congress), 3)
    if left == "dossier":
        make_nomination(cast.congress, cast.unit)
    if left == "task":
        make.make_task(cast.congress, cast.unit)
    if left == "conference":
        make.make_conference(cast.congress, cast.unit)
    with pytest.raises(Refused) as refused:
        dissolve(cast)
    assert refused.value.status == 409
    assert Unit.objects.get(pk=cast.unit.pk).is_active


def test_a_refusal_of_the_whole_form_is_said_once(cast, enter):
    client, url = enter(cast.officer), reverse("units:unit_dissolve", args=[cast.unit.pk])
    typed = {"day": "01/01/2099", "document_number": "37/QĐ-BKHCN", "document_day": "08/01/2020"}
    page = client.post(url, form_of(client.get(url), "version") | typed).content.decode()
    assert page.count("01/01/2099 là ngày trong tương lai") == 1
    assert 'value="37/QĐ-BKHCN"' in page


def test_a_unit_without_anything_is_dissolved(cast, enter):
    make.make_conference(cast.congress, cast.unit, host_block=cast.block)
    make_nomination(cast.congress, cast.unit, state="withdrawn")
    dissolve(cast)
    unit = Unit.objects.get(pk=cast.unit.pk)
    assert (unit.is_active, unit.closed_on, unit.merged_into) == (False, DAY, None)
    assert not ConferenceUnit.objects.filter(unit=unit).exists()
    assert enter(cast.stranger).get(unit.get_absolute_url()).status_code == 404
    assert PAPER in enter(cast.officer).get(unit.get_absolute_url()).content.decode()


# ---- The page ----


def test_a_merger_is_read_before_it_is_done(cast, enter):
    category = make_category(cast.congress)
    make_quota(cast.unit, category, 3)
    client, url = enter(cast.officer), reverse("units:unit_merge", args=[cast.unit.pk])
    typed = {
        "into": cast.other_unit.pk, "others": [cast.far_unit.pk], "day": "05/05/2020",
        "document_number": "37/QĐ-BKHCN", "document_day": "04/05/2020",
    }  # fmt: skip
    preview = client.post(url, form_of(client.get(url), "version") | typed)
    assert "3" in " ".join(preview.context["lines"])
    assert not AuditEntry.objects.exists()
    make_quota(cast.unit, make_category(cast.congress), 2)  # more seats since
    again = client.post(url, form_of(preview, "seen"))
    assert again.context["changed"]
    assert client.post(url, form_of(again, "seen")).status_code == 302
    assert Quota.objects.filter(unit=cast.other_unit).count() == 2
    assert set(cast.other_unit.merged.all()) == {cast.unit, cast.far_unit}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, {"new_code", "new_name_vi", "new_kind", "new_block"}),
        ({"new_code": "IPVN", "new_name_vi": "Mới", "new_kind": "vien", "new_block": "block"}, {"new_code"}),
        ({"into": "other_unit", "new_code": "NEW"}, {"into"}),
        ({"into": "unit"}, {"into"}),
        ({"into": "other_unit", "day": "05/05/2999"}, {"day"}),
    ],
)
def test_a_merger_that_is_not_said_completely(cast, enter, changes, fields):
    client, url = enter(cast.officer), reverse("units:unit_merge", args=[cast.unit.pk])
    known = {name: getattr(cast, value).pk if hasattr(cast, value) else value for name, value in changes.items()}
    typed = {"day": "05/05/2020", "document_number": "37/QĐ", "document_day": "04/05/2020", **known}
    page = client.post(url, form_of(client.get(url), "version") | typed)
    assert set(page.context["form"].errors) == fields
    assert "37/QĐ" in page.content.decode()
