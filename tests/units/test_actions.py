"""Acts on units, offices and accounts: what they change, refuse and write into the trail."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import audit, clock
from core.models import AuditEntry, Mail, User
from core.refusal import Refused
from core.versions import Stale
from tests import factories as make
from units import actions
from units.hats import hats
from units.models import Block, BlockOffice, Office, Unit

pytestmark = pytest.mark.django_db
Role = Office.Role


@pytest.fixture(autouse=True)
def _whole_trail(db):
    """After every act the trail is whole."""
    yield
    assert not list(audit.faults())


def last() -> AuditEntry:
    return AuditEntry.objects.latest("number")


# ---- Units and blocks ----


def test_a_unit_is_added_with_its_search_key(cast):
    unit = actions.add_unit(
        actor=cast.officer, code="VKIST", name_vi="Viện KH&CN Việt Nam - Hàn Quốc", kind="vien", block=cast.block
    )
    assert unit.folded.startswith("vien kh&cn viet nam - han quoc")
    assert (last().verb, last().actor, last().object_id) == ("unit.added", cast.officer, str(unit.pk))


@pytest.mark.parametrize(
    "values",
    [{"code": "NACENTECH"}, {"name_vi": ""}, {"kind": "x"}, {"headcount": 5}, {"headcount": -1}],
)
def test_a_unit_must_stand_up(cast, values):
    good = {"code": "X", "name_vi": "Viện X", "kind": "vien", "block": cast.block}
    with pytest.raises(ValidationError):
        actions.add_unit(actor=cast.officer, **good | values)


def test_the_database_too_wants_the_day_of_a_headcount(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=cast.unit.pk).update(headcount=5, headcount_on=None)


def test_an_edit_keeps_what_stood_before(cast):
    actions.edit_unit(
        actor=cast.officer,
        unit=cast.unit,
        version=1,
        name_vi="Viện Đổi Tên",
        headcount=120,
        headcount_on=date(2019, 7, 31),
    )
    cast.unit.refresh_from_db()
    assert (cast.unit.name_vi, cast.unit.version, cast.unit.headcount) == ("Viện Đổi Tên", 2, 120)
    assert "vien doi ten" in cast.unit.folded
    assert ["Viện Ứng dụng Công nghệ", "Viện Đổi Tên"] in last().details["changes"].values()


def test_an_edit_of_nothing_writes_nothing(cast):
    actions.edit_unit(actor=cast.officer, unit=cast.unit, version=1, name_vi=cast.unit.name_vi)
    cast.unit.refresh_from_db()
    assert cast.unit.version == 1
    assert not AuditEntry.objects.exists()


def test_a_stale_edit_loses_nothing(cast):
    actions.edit_unit(actor=cast.officer, unit=cast.unit, version=1, note="của người thứ nhất")
    with pytest.raises(Stale) as stale:
        actions.edit_unit(actor=cast.department_head, unit=cast.unit, version=1, note="của người thứ hai")
    assert stale.value.current.note == "của người thứ nhất"


def test_only_the_department_edits(cast):
    for role, user in cast.roles.items():
        if role in ("officer", "department_head"):
            continue
        for act in (
            lambda user=user: actions.edit_unit(actor=user, unit=cast.unit, version=1, note="x"),
            lambda user=user: actions.mark_certain(actor=user, unit=cast.unit),
            lambda user=user: actions.add_unit(actor=user, code="X", name_vi="X", kind="vien", block=cast.block),
            lambda user=user: actions.add_block(actor=user, code="9", name_vi="Khối chín"),
            lambda user=user: actions.edit_block(actor=user, block=cast.block, name_vi="x"),
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.status == 403, role
    assert not AuditEntry.objects.exists()


def test_a_unit_is_marked_as_certain_once(cast):
    Unit.objects.filter(pk=cast.unit.pk).update(confidence="low")
    assert not actions.mark_certain(actor=cast.officer, unit=cast.unit).uncertain
    assert last().verb == "unit.confirmed"
    with pytest.raises(Refused):
        actions.mark_certain(actor=cast.officer, unit=cast.unit)


def test_blocks_are_added_and_edited(cast):
    block = actions.add_block(actor=cast.officer, code="9", name_vi="Khối chín", order=9)
    actions.edit_block(actor=cast.officer, block=block, name_vi="Khối mười")
    assert Block.objects.get(code="9").name_vi == "Khối mười"
    assert last().verb == "block.changed"
    before = AuditEntry.objects.count()
    actions.edit_block(actor=cast.officer, block=block, name_vi="Khối mười")
    assert AuditEntry.objects.count() == before


# ---- Offices ----


def test_an_office_is_given_and_worn_from_its_day(cast, today):
    today(2020, 5, 15)
    hats(cast.stranger)
    actions.appoint(
        actor=cast.officer, user=cast.stranger, role=Role.UNIT_CLERK, unit=cast.unit, starts=date(2020, 5, 16)
    )
    assert cast.unit.pk not in hats(cast.stranger).unit_ids
    today(2020, 5, 16)
    assert hats(cast.stranger).clerk_of == {cast.unit.pk}
    assert (last().verb, last().object_id) == ("office.given", str(cast.stranger.pk))
    [[before, after]] = last().details["changes"].values()
    assert before == ""
    assert "Viện Ứng dụng Công nghệ" in after
    assert "16/05/2020" in after


@pytest.mark.parametrize(
    ("role", "with_unit"),
    [(Role.UNIT_CLERK, False), (Role.UNIT_HEAD, False), (Role.DESK, True), (Role.DEPARTMENT_OFFICER, True)],
)
def test_a_units_office_names_its_unit_and_the_others_name_none(cast, role, with_unit):
    unit = cast.far_unit if with_unit else None
    with pytest.raises(ValidationError):
        actions.appoint(actor=cast.department_head, user=cast.stranger, role=role, unit=unit, starts=date(2020, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_office(cast.stranger, role, unit)


def test_the_last_day_does_not_lie_before_the_first(cast):
    with pytest.raises(ValidationError):
        actions.appoint(
            actor=cast.officer, user=cast.stranger, role=Role.DESK, starts=date(2020, 5, 2), ends=date(2020, 5, 1)
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_office(cast.stranger, Role.DESK, starts=date(2020, 5, 2), ends=date(2020, 5, 1))


def test_an_officer_appoints_nobody_in_the_department(cast):
    for role in (Role.DEPARTMENT_OFFICER, Role.DEPARTMENT_HEAD):
        with pytest.raises(Refused) as refused:
            actions.appoint(actor=cast.officer, user=cast.officer, role=role, starts=clock.today())
        assert refused.value.status == 403
        actions.appoint(actor=cast.department_head, user=cast.stranger, role=role, starts=clock.today())


def test_an_office_ends_and_its_history_stays(cast, today):
    today(2020, 5, 15)
    office = cast.unit_clerk.offices.get()
    actions.end_office(actor=cast.officer, office=office, last_day=date(2020, 5, 15), reason="chuyển công tác")
    office.refresh_from_db()
    assert office.ends == date(2020, 5, 15)
    assert (last().verb, last().reason, last().object_id) == (
        "office.ended",
        "chuyển công tác",
        str(cast.unit_clerk.pk),
    )
    today(2020, 5, 16)
    assert not hats(cast.unit_clerk).unit_ids


def test_an_office_that_has_not_begun_is_taken_back(cast, today):
    day = today(2020, 5, 15)
    office = make.make_office(cast.stranger, Role.DESK, starts=day + timedelta(days=10))
    actions.end_office(actor=cast.officer, office=office, last_day=day)
    assert not Office.objects.filter(pk=office.pk).exists()
    assert last().verb == "office.taken_back"


def test_an_officer_ends_no_office_of_the_department(cast):
    for office in Office.objects.filter(role__in=Office.OF_THE_DEPARTMENT):
        with pytest.raises(Refused):
            actions.end_office(actor=cast.officer, office=office, last_day=clock.today())


def test_the_last_head_stays_and_hands_over(cast, today):
    """Edge case 27: the head changes, and at no moment is there none."""
    day = today(2020, 6, 30)
    office = cast.department_head.offices.get()
    with pytest.raises(Refused) as refused:
        actions.end_office(actor=cast.department_head, office=office, last_day=day)
    assert refused.value.status == 409
    actions.appoint(actor=cast.department_head, user=cast.stranger, role=Role.DEPARTMENT_HEAD, starts=date(2020, 7, 1))
    actions.end_office(actor=cast.department_head, office=office, last_day=day)
    today(2020, 7, 1)
    assert hats(cast.stranger).department_head
    assert not hats(cast.department_head).department
    with pytest.raises(Refused):
        actions.end_office(actor=cast.stranger, office=cast.stranger.offices.get(), last_day=date(2020, 7, 1))


def test_a_units_head_gives_and_ends_the_clerks_office(cast):
    user = actions.welcome(
        actor=cast.unit_head,
        full_name="Tô Thị Cán",
        username="canto",
        email="can@example.org",
        role=Role.UNIT_CLERK,
        unit=cast.unit,
        starts=clock.today(),
    )
    assert user.offices.get().unit == cast.unit
    actions.end_office(actor=cast.unit_head, office=user.offices.get(), last_day=clock.today())
    with pytest.raises(Refused):
        actions.end_office(actor=cast.unit_head, office=cast.unit_clerk.offices.get(), last_day=clock.today())


def test_a_welcome_is_an_account_an_office_and_a_letter(cast):
    user = actions.welcome(
        actor=cast.officer,
        full_name="Tô Thị Cán",
        username="canto",
        email="can@example.org",
        phone="0912345678",
        role=Role.UNIT_HEAD,
        unit=cast.far_unit,
        starts=clock.today(),
    )
    assert hats(user).head_of == {cast.far_unit.pk}
    assert not user.has_usable_password()
    assert Mail.objects.get().recipient == user
    verbs = list(AuditEntry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["account.created", "account.link_sent", "office.given"]


def test_a_welcome_that_is_refused_leaves_nothing(cast):
    for actor, role, unit in [
        (cast.unit_head, Role.UNIT_CLERK, cast.other_unit),
        (cast.unit_head, Role.DESK, None),
        (cast.officer, Role.DEPARTMENT_HEAD, None),
        (cast.officer, Role.UNIT_HEAD, cast.unit),  # has a head
        (cast.stranger, Role.UNIT_CLERK, cast.unit),
    ]:
        before = User.objects.count()
        with pytest.raises(Refused):
            actions.welcome(
                actor=actor,
                full_name="X",
                username="x",
                email="x@example.org",
                role=role,
                unit=unit,
                starts=clock.today(),
            )
        assert User.objects.count() == before
    assert not Mail.objects.exists()
    assert not AuditEntry.objects.exists()


# ---- Blocks ----


def test_a_block_is_led_for_a_year(cast):
    office = actions.lead_block(
        actor=cast.officer, block=cast.block, unit=cast.unit, role=BlockOffice.Role.DEPUTY, year=2020
    )
    assert (office.starts, office.ends) == (date(2020, 1, 1), date(2020, 12, 31))
    assert (last().verb, last().object_id) == ("block_office.given", str(cast.unit.pk))


def test_a_block_office_ends_today_or_is_taken_back(cast, today):
    day = today(2020, 5, 15)
    now = cast.block.offices.get()
    actions.end_block_office(actor=cast.officer, office=now)
    now.refresh_from_db()
    assert now.ends == day
    assert last().verb == "block_office.ended"
    later = actions.lead_block(
        actor=cast.officer, block=cast.block, unit=cast.unit, role=BlockOffice.Role.HEAD, year=2021
    )
    actions.end_block_office(actor=cast.officer, office=later)
    assert not BlockOffice.objects.filter(pk=later.pk).exists()
    assert last().verb == "block_office.taken_back"
    today(2020, 5, 16)
    with pytest.raises(Refused):
        actions.end_block_office(actor=cast.officer, office=now)


# ---- Accounts ----


def test_the_departments_care_of_an_account(cast, enter):
    client = enter(cast.stranger)
    actions.change_account(actor=cast.officer, user=cast.stranger, full_name="Kiều Văn Quen")
    assert User.objects.get(pk=cast.stranger.pk).full_name == "Kiều Văn Quen"
    actions.send_link(actor=cast.officer, user=cast.stranger)
    assert Mail.objects.get().recipient == cast.stranger
    actions.sign_out(actor=cast.officer, user=cast.stranger)
    assert client.get("/account/").status_code == 302
    actions.close_account(actor=cast.officer, user=cast.stranger)
    assert not User.objects.get(pk=cast.stranger.pk).is_active
    actions.open_account(actor=cast.officer, user=cast.stranger)
    assert User.objects.get(pk=cast.stranger.pk).is_active


def test_an_officer_keeps_no_account_of_the_departments_people(cast):
    head = cast.department_head
    for act in (
        lambda: actions.change_account(actor=cast.officer, user=head, email="mine@example.org"),
        lambda: actions.send_link(actor=cast.officer, user=head),
        lambda: actions.sign_out(actor=cast.officer, user=head),
        lambda: actions.close_account(actor=cast.officer, user=head),
        lambda: actions.open_account(actor=cast.officer, user=head),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.status == 403
    head.refresh_from_db()
    assert head.email == "department_head@example.org"


def test_no_act_of_a_stranger_reaches_an_account(cast):
    for role, user in cast.roles.items():
        if role in ("officer", "department_head"):
            continue
        for act in (actions.send_link, actions.sign_out, actions.close_account, actions.open_account):
            with pytest.raises(Refused):
                act(actor=user, user=cast.stranger)
    assert not AuditEntry.objects.exists()
