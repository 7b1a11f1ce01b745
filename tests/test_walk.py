"""Every address of the portal is walked as every role: on one's own things, on others', and as nobody.

`who` may come in: they get a page, an act or a refusal that lies in the moment (409). Everybody else is turned away
(403, 404) and leaves no trace. An address that stands in no line of the table fails the last test.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from awards.models import Ballot, CouncilSeat, SealedPaper, Sitting
from congress.models import CalendarLink
from congress.models.reminders import token_digest
from congress.reports import SUBJECTS
from core import clock
from core.models import AuditEntry, Job, Mail
from delegates import actions as delegates
from delegates.models import Delegate, Quota
from documents.catalogue import FORMATS
from tests import factories as make
from tests.awards.scenes import enlarge_council, make_nomination, make_sitting
from tests.cast import Cast
from tests.delegates.factories import (
    make_allocation,
    make_category,
    make_delegate,
    make_draft,
    make_list,
    make_photo,
    make_quota,
    make_request,
)
from units.models import Office, Unit

DEPARTMENT = {"officer", "department_head"}
COUNCIL = {"chair", "member", "secretary", "teller"}
UNITS = {"unit_head", "unit_clerk", "block_head"}
EVERYBODY = DEPARTMENT | COUNCIL | UNITS | {"desk", "stranger"}
KEEPERS = DEPARTMENT | {"secretary"}  # of sittings
OWN_UNIT = DEPARTMENT | {"unit_head"}
OWN_BLOCK = OWN_UNIT | {"block_head"}
TURNED_AWAY = {403, 404}


def report_in(congress, unit: Unit, state: str):
    """A conference of a unit, beside its own, with a report in this state."""
    return make.make_report(make.make_conference(congress, host_unit=unit), state).conference


def things(cast: Cast, unit: Unit) -> SimpleNamespace:
    """One of everything that belongs to a unit."""
    congress = cast.congress
    category = make_category(congress)
    today = clock.today()
    quota, pictured = make_quota(unit, category), make_delegate(unit, category)
    nominations = {
        state: make_nomination(congress, unit, "collective", state)
        for state in ("draft", "with_head", "submitted", "accepted", "shortlisted")
    }
    written = report_in(congress, unit, "draft")
    reserve = make_delegate(unit, category, state="reserve", reserve_order=1)
    return SimpleNamespace(
        unit=unit,
        scan=make.make_upload(written.report, "scan"),
        clerk=make.make_office(make.make_user(), Office.Role.UNIT_CLERK, unit),
        led=make.make_block_office(unit.block, unit, "deputy", starts=today),
        task=make.make_task(congress, unit),
        conference=make.make_conference(congress, unit, held_on=today, session="morning"),
        written=written,
        sent=report_in(congress, unit, "sent"),
        accepted_report=report_in(congress, unit, "accepted"),
        extension=make.make_extension(unit, congress),
        quota=quota,
        delegate=make_delegate(unit, category),
        roster=make_list(unit, congress),
        reserve=reserve,
        asked=make_request(reserve),
        pictured=pictured,
        photo=make_photo(pictured),
        begun=make_draft(unit, congress),
        **nominations,
    )


@dataclass
class Scene:
    """The cast with one of everything: a unit's own, another unit's, and what belongs to no unit."""

    cast: Cast
    own: SimpleNamespace
    far: SimpleNamespace
    shared: SimpleNamespace


@pytest.fixture
def scene(cast) -> Scene:
    congress = cast.congress
    enlarge_council(cast, 5)
    sitting = make_sitting(congress, state=Sitting.State.OPEN)
    make.make_programme_item(congress, holds_reports=True)
    type(congress).objects.filter(pk=congress.pk).update(programme_published_at=clock.now())
    CalendarLink.objects.create(user=cast.unit_head, digest=token_digest("a-token"))
    own, far = things(cast, cast.unit), things(cast, cast.far_unit)
    leader = cast.block_head.offices.get().unit
    cast.block.handovers.create(year=2020, giver=leader, taker=cast.unit, matters="Hồ sơ", day=clock.today())
    shared = SimpleNamespace(
        item=make.make_programme_item(congress),
        sitting=sitting,
        ballot=Ballot.objects.lay_out(sitting, "collective", [own.shortlisted, far.shortlisted], places=2),
        seat=congress.council_seats.first(),
        account=make.make_user(),
        mail=Mail.objects.create(to="a@example.org", subject="Thư", body="…", state=Mail.State.FAILED),
        job=Job.objects.create(kind="documents.export", title="Văn bản", actor=cast.officer),
        block=cast.block,
        issue=make.make_issue(congress),
        waiting_issue=make.make_issue(congress, published_at=None),
        target=congress.composition_targets.create(cut="sex", value="female", percent=30),
        apart=delegates.keep_apart(actor=None, first=own.delegate, second=far.delegate),
        twins=[own.reserve.pk, far.reserve.pk],
        copy=delegates.freeze_composition(actor=None, congress=congress, occasion="Khai mạc"),
        issued=make_allocation(congress, "issued"),
        approved=make_allocation(congress, "approved"),
        drafted=make_allocation(congress),
    )
    return Scene(cast, own, far, shared)


Args = Callable[[SimpleNamespace], list]


@dataclass(frozen=True)
class Visit:
    """A line of the table. `far` is who may come in on another unit's thing; None where it belongs to no unit."""

    name: str
    who: set[str]
    args: Args = lambda thing: []
    far: set[str] | None = None
    post: bool = False


def of(name: str, who: set[str], far: set[str] | None, key: str, post: bool = False, *more: str) -> Visit:
    """A line about a thing of a unit: `/2020/…/<its key>/`, or without the congress for units and offices."""
    edition = [] if name.startswith("units:") else ["2020"]
    return Visit(name, who, lambda thing: [*edition, getattr(thing, key).pk, *more], far, post)


def on(name: str, who: set[str], key: str = "", post: bool = False, *more: str) -> Visit:
    """A line about something that belongs to no unit."""
    edition = [] if name.split(":")[0] in ("units", "core", "portal") else ["2020"]
    return Visit(name, who, lambda thing: [*edition, *([getattr(thing, key).pk] if key else []), *more], None, post)


WALK = [
    # ---- accounts ----
    Visit("core:sign_out", EVERYBODY, post=True),
    Visit("core:sign_out_everywhere", EVERYBODY, post=True),
    Visit("core:change_password", EVERYBODY),
    Visit("core:profile", EVERYBODY),
    Visit("calendar:link", EVERYBODY),
    Visit("calendar:renew", EVERYBODY, post=True),
    Visit("calendar:drop", EVERYBODY, post=True),
    Visit("core:file", OWN_UNIT, lambda thing: [thing.scan.pk], DEPARTMENT),
    on("core:job", {"officer"}, "job"),
    on("core:job_file", {"officer"}, "job"),
    on("core:job_cancel", {"officer"}, "job", True),
    # ---- first pages ----
    Visit("portal:home", EVERYBODY),
    Visit("portal:checklist_close", EVERYBODY, post=True),
    Visit("portal:search", EVERYBODY),
    Visit("portal:help", EVERYBODY),
    Visit("portal:styleguide", DEPARTMENT),
    Visit("portal:outbox", DEPARTMENT),
    on("portal:mail_again", DEPARTMENT, "mail", True),
    # ---- units ----
    Visit("units:units", EVERYBODY),
    of("units:unit", EVERYBODY, EVERYBODY, "unit"),
    of("units:unit_edit", DEPARTMENT, DEPARTMENT, "unit"),
    of("units:unit_certain", DEPARTMENT, DEPARTMENT, "unit", True),
    of("units:unit_rename", DEPARTMENT, DEPARTMENT, "unit"),
    of("units:unit_move", DEPARTMENT, DEPARTMENT, "unit"),
    Visit("units:handover", OWN_BLOCK, lambda thing: [thing.block.pk, 2020]),
    Visit("units:handover_edit", OWN_BLOCK, lambda thing: [thing.block.pk, 2020]),
    Visit("units:handover_confirm", {"block_head"}, lambda thing: [thing.block.pk, 2020, "given"], post=True),
    Visit("units:units_sheet", DEPARTMENT),
    Visit("units:units_import", DEPARTMENT),
    of("units:unit_merge", DEPARTMENT, DEPARTMENT, "unit"),
    of("units:unit_dissolve", DEPARTMENT, DEPARTMENT, "unit"),
    of("units:unit_headcount", OWN_UNIT, DEPARTMENT, "unit"),
    Visit("units:blocks", EVERYBODY),
    on("units:block_office_add", DEPARTMENT, "block"),
    of("units:block_office_end", DEPARTMENT, DEPARTMENT, "led", True),
    Visit("units:people", DEPARTMENT),
    Visit("units:welcome", DEPARTMENT | {"unit_head", "block_head"}),
    on("units:person", DEPARTMENT, "account"),
    on("units:person_edit", DEPARTMENT, "account"),
    on("units:person_link", DEPARTMENT, "account", True),
    on("units:person_close", DEPARTMENT, "account", True),
    on("units:person_open", DEPARTMENT, "account", True),
    on("units:person_sign_out", DEPARTMENT, "account", True),
    on("units:office_add", DEPARTMENT, "account"),
    of("units:office_end", OWN_UNIT, DEPARTMENT, "clerk"),
    # ---- the plan ----
    on("congress:congress", EVERYBODY),
    on("congress:congress_edit", DEPARTMENT),
    on("congress:next_edition", DEPARTMENT),
    on("congress:make_current", {"department_head"}, post=True),
    on("congress:plan", EVERYBODY),
    on("congress:plan_chart", EVERYBODY),
    on("congress:plan_calendar", EVERYBODY),
    on("congress:task_add", DEPARTMENT),
    of("congress:task", EVERYBODY, EVERYBODY, "task"),
    of("congress:task", OWN_UNIT, DEPARTMENT, "task", True),
    of("congress:task_edit", DEPARTMENT, DEPARTMENT, "task"),
    of("congress:task_move", DEPARTMENT, DEPARTMENT, "task"),
    on("congress:plan_issues", EVERYBODY),
    on("congress:plan_prepare", DEPARTMENT),
    on("congress:plan_issue", EVERYBODY, "issue"),
    on("congress:plan_issue", DEPARTMENT, "waiting_issue"),
    on("congress:plan_publish", {"department_head"}, "waiting_issue", True),
    on("congress:plan_return", DEPARTMENT, "waiting_issue"),
    on("congress:plan_receive", UNITS, "issue", True),
    on("congress:conferences", EVERYBODY),
    on("congress:roll_up", DEPARTMENT | UNITS),
    of("congress:conference", EVERYBODY, EVERYBODY, "conference"),
    of("congress:conference_schedule", OWN_UNIT, DEPARTMENT, "conference"),
    of("congress:conference_approve", DEPARTMENT, DEPARTMENT, "conference", True),
    of("congress:conference_postpone", OWN_UNIT, DEPARTMENT, "conference"),
    of("congress:conference_hold", OWN_UNIT, DEPARTMENT, "conference", True),
    of("congress:report_start", OWN_UNIT, DEPARTMENT, "conference", True),
    of("congress:conference_report", OWN_UNIT, DEPARTMENT, "conference"),
    of("congress:conference_report", OWN_UNIT, DEPARTMENT, "accepted_report"),
    *(of("congress:report_subject", OWN_UNIT, DEPARTMENT, "written", False, one.key) for one in SUBJECTS),
    of("congress:report_check", OWN_UNIT, DEPARTMENT, "written"),
    of("congress:report_before_head", set(), set(), "written", True),  # the host's clerk alone, who is not of the cast
    of("congress:report_send", OWN_UNIT, DEPARTMENT, "written", True),
    of("congress:report_accept", DEPARTMENT, DEPARTMENT, "sent", True),
    of("congress:report_return", DEPARTMENT, DEPARTMENT, "sent"),
    of("congress:report_reopen", DEPARTMENT, DEPARTMENT, "accepted_report"),
    on("congress:deadlines", EVERYBODY),
    on("congress:extend", DEPARTMENT),
    on("congress:reminders", DEPARTMENT),
    on("congress:reminders", DEPARTMENT, "", True),
    of("congress:extension_take_back", DEPARTMENT, DEPARTMENT, "extension", True),
    on("congress:programme", EVERYBODY),
    on("congress:programme_add", DEPARTMENT),
    on("congress:programme_publish", DEPARTMENT, "", True),
    on("congress:programme_edit", DEPARTMENT, "item"),
    on("congress:programme_move", DEPARTMENT, "item", True, "up"),
    on("congress:programme_remove", DEPARTMENT, "item", True),
    # ---- delegates ----
    on("delegates:delegates", DEPARTMENT | UNITS | {"desk"}),
    on("delegates:confirm_many", DEPARTMENT),
    of("delegates:unit", OWN_BLOCK, DEPARTMENT, "unit"),
    on("delegates:seats", DEPARTMENT | UNITS),
    on("delegates:seats", DEPARTMENT, "", True),
    on("delegates:transfer", DEPARTMENT),
    on("delegates:replacements", DEPARTMENT),
    on("delegates:allocations", DEPARTMENT | UNITS),
    on("delegates:what_if", DEPARTMENT),
    on("delegates:allocation_make", DEPARTMENT),
    on("delegates:allocation", DEPARTMENT | UNITS, "issued"),
    on("delegates:allocation", DEPARTMENT, "drafted"),
    on("delegates:allocation_approve", {"department_head"}, "drafted", True),
    on("delegates:allocation_discard", DEPARTMENT, "drafted", True),
    on("delegates:allocation_issue", DEPARTMENT, "approved"),
    of("delegates:order", OWN_UNIT, DEPARTMENT, "unit"),
    of("delegates:settle", {"unit_head"}, set(), "unit"),
    of("delegates:open_settled", DEPARTMENT, DEPARTMENT, "unit"),
    on("delegates:waiting_list", DEPARTMENT),
    of("delegates:seat_ask", {"unit_head"}, set(), "reserve"),
    of("delegates:seat_give", DEPARTMENT, DEPARTMENT, "asked", True),
    of("delegates:seat_decline", DEPARTMENT, DEPARTMENT, "asked"),
    of("delegates:seat_take_back", {"unit_head"}, set(), "asked", True),
    of("delegates:promote", OWN_UNIT, DEPARTMENT, "reserve", True),
    on("delegates:twins", DEPARTMENT),
    on("delegates:twins_ask_again", DEPARTMENT, "apart", True),
    *(
        Visit(f"delegates:twins_{name}", DEPARTMENT, lambda thing: ["2020", *thing.twins], post=post)
        for name, post in (("pair", False), ("open", True), ("keep", True), ("merge", False), ("merge", True))
    ),
    on("delegates:register", DEPARTMENT | UNITS),
    on("delegates:draft_save", UNITS, "", True),  # the Department says for whom
    of("delegates:draft", OWN_UNIT, DEPARTMENT, "begun"),
    of("delegates:draft_write", OWN_UNIT, DEPARTMENT, "begun"),
    of("delegates:draft_open", OWN_UNIT, DEPARTMENT, "begun", True),
    of("delegates:draft_discard", OWN_UNIT, DEPARTMENT, "begun", True),
    on("delegates:composition", DEPARTMENT | UNITS),
    on("delegates:targets", DEPARTMENT),
    on("delegates:target_remove", DEPARTMENT, "target", True),
    on("delegates:copies", DEPARTMENT),
    on("delegates:composition_copy", DEPARTMENT, "copy"),
    on("delegates:composition_people", DEPARTMENT, "", False, "sex", "female"),
    on("delegates:composition_people", DEPARTMENT, "", True, "sex", "female"),
    on("delegates:completeness", DEPARTMENT),
    on("delegates:needed", DEPARTMENT),
    on("delegates:remind", DEPARTMENT),
    of("delegates:missing", OWN_UNIT, DEPARTMENT, "unit"),
    of("delegates:delegate", OWN_BLOCK | {"desk"}, DEPARTMENT | {"desk"}, "delegate"),
    of("delegates:open_personal", OWN_UNIT, DEPARTMENT, "delegate", True),
    of("delegates:edit", OWN_UNIT, DEPARTMENT, "delegate"),
    of("delegates:photo", OWN_UNIT, DEPARTMENT, "delegate"),
    of("delegates:photo_remove", OWN_UNIT, DEPARTMENT, "pictured", True),
    of("delegates:photo_file", OWN_BLOCK | {"desk"}, DEPARTMENT | {"desk"}, "photo"),
    of("delegates:withdraw", OWN_UNIT, DEPARTMENT, "delegate"),
    of("delegates:replace", OWN_UNIT, DEPARTMENT, "delegate"),
    of("delegates:confirm", DEPARTMENT, DEPARTMENT, "delegate", True),
    of("delegates:unconfirm", DEPARTMENT, DEPARTMENT, "delegate"),
    on("delegates:lists", DEPARTMENT | UNITS),
    on("delegates:list_for", DEPARTMENT | UNITS),
    on("delegates:list_template", UNITS),  # the Department says for whom
    of("delegates:list", OWN_UNIT, DEPARTMENT, "roster"),
    of("delegates:list_table", OWN_UNIT, DEPARTMENT, "roster"),
    of("delegates:list_columns", OWN_UNIT, DEPARTMENT, "roster"),
    of("delegates:list_answer", OWN_UNIT, DEPARTMENT, "roster", True),
    of("delegates:list_apply", OWN_UNIT, DEPARTMENT, "roster", True),
    of("delegates:list_marked", OWN_UNIT, DEPARTMENT, "roster", True),
    of("delegates:list_give_up", OWN_UNIT, DEPARTMENT, "roster", True),
    # ---- nominations ----
    on("awards:nominations", DEPARTMENT | UNITS | COUNCIL),
    on("awards:nominate", UNITS),
    of("awards:nomination", OWN_UNIT, DEPARTMENT, "draft"),
    of("awards:nomination", OWN_BLOCK, DEPARTMENT, "submitted"),
    of("awards:nomination", OWN_BLOCK | COUNCIL, DEPARTMENT | COUNCIL, "shortlisted"),
    of("awards:section", {"unit_head"}, set(), "draft", False, "about"),
    of("awards:section", {"unit_head"}, set(), "draft", True, "about"),
    of("awards:check", {"unit_head"}, set(), "draft"),
    of("awards:sent", OWN_BLOCK, DEPARTMENT, "submitted"),
    of("awards:send_to_head", set(), set(), "draft", True),  # the unit of this scene has no clerk of the cast
    of("awards:send_back", {"unit_head"}, set(), "with_head"),
    of("awards:submit", {"unit_head"}, set(), "draft", True),
    of("awards:withdraw", {"unit_head"}, set(), "submitted"),
    of("awards:accept", DEPARTMENT, DEPARTMENT, "submitted", True),
    of("awards:return", DEPARTMENT, DEPARTMENT, "submitted"),
    of("awards:ineligible", DEPARTMENT, DEPARTMENT, "submitted"),
    of("awards:pending", DEPARTMENT, DEPARTMENT, "submitted"),
    of("awards:account", DEPARTMENT, DEPARTMENT, "submitted"),
    of("awards:shortlist", DEPARTMENT, DEPARTMENT, "accepted", True),
    of("awards:take_off", DEPARTMENT, DEPARTMENT, "shortlisted"),
    of("awards:assess", COUNCIL, COUNCIL, "shortlisted"),
    of("awards:conflict", COUNCIL, COUNCIL, "shortlisted"),
    of("awards:conflict_take_back", COUNCIL, COUNCIL, "shortlisted", True),
    # ---- the Council ----
    on("awards:council", DEPARTMENT | COUNCIL),
    on("awards:reading", DEPARTMENT | COUNCIL),
    on("awards:seat_give", DEPARTMENT),
    on("awards:seat_end", DEPARTMENT, "seat"),
    on("awards:sitting_plan", KEEPERS),
    on("awards:sitting", DEPARTMENT | COUNCIL, "sitting"),
    on("awards:sitting_change", KEEPERS, "sitting"),
    on("awards:convene", KEEPERS, "sitting", True),
    on("awards:attendance", KEEPERS, "sitting"),
    on("awards:open_sitting", {"chair"}, "sitting", True),
    on("awards:postpone", KEEPERS | {"chair"}, "sitting"),
    on("awards:tellers", {"chair"}, "sitting"),
    on("awards:take_code", set(), "sitting", True),  # nobody has been appointed
    on("awards:conclude", {"chair"}, "sitting"),
    on("awards:ballot", DEPARTMENT | COUNCIL, "ballot"),
    on("awards:rule", KEEPERS | {"chair"}, "ballot"),
    on("awards:open_ballot", {"chair"}, "ballot", True),
    on("awards:vote", DEPARTMENT | COUNCIL, "ballot"),  # not open yet
    on("awards:close", {"chair"}, "ballot", True),
    on("awards:count", set(), "ballot"),  # nobody has been appointed
    on("awards:void", {"chair"}, "ballot"),
    on("awards:call_round", {"chair"}, "ballot", True),
    on("awards:decide_tie", {"chair"}, "ballot"),
    on("awards:leave_empty", {"chair"}, "ballot"),
    # ---- papers ----
    on("documents:index", EVERYBODY),
    *(on("documents:take", EVERYBODY, "", True, "programme", made) for made in FORMATS),
    *(on("documents:take", EVERYBODY, "", True, "plan", made) for made in ("xlsx", "docx")),
    on("documents:take", EVERYBODY, "", True, "conferences", "xlsx"),
    on("documents:take", DEPARTMENT | UNITS, "", True, "roll-up", "xlsx"),
    on("documents:take", DEPARTMENT | UNITS, "", True, "seats", "xlsx"),
    on("documents:take", DEPARTMENT | UNITS, "", True, "delegates-internal", "xlsx"),
    on("documents:take", DEPARTMENT | UNITS, "", True, "delegates-public", "xlsx"),
    on("documents:take", DEPARTMENT, "", True, "replacements", "xlsx"),
    on("documents:take", DEPARTMENT, "", True, "composition", "xlsx"),
    on("documents:take", DEPARTMENT, "", True, "composition-public", "xlsx"),
    on("documents:take", DEPARTMENT | UNITS | COUNCIL, "", True, "nominations", "xlsx"),
]
OPEN_TO_ALL = {  # without signing in
    "core:sign_in": [],
    "core:ask_for_link": [],
    "core:link_sent": [],
    "core:set_password": ["MQ", "no-token"],
    "core:password_set": [],
    "core:language": [],
    "portal:public_programme": ["2020"],
    "congress:calendar": ["2020"],
    "calendar:feed": ["a-token"],
}


def label(visit: Visit) -> str:
    return f"{visit.name}{' post' if visit.post else ''}"


def entered(client: Client, address: str, post: bool) -> int:
    """The status that a visit ends with, and nothing of it stays."""
    mark = transaction.savepoint()
    before = AuditEntry.objects.count()
    try:
        answer = client.post(address, {"once": uuid4(), "version": 1}) if post else client.get(address)
        assert answer.status_code < 500
        assert b">---------<" not in answer.getvalue()  # an empty choice says what to do
        if answer.status_code in TURNED_AWAY or not post:
            assert AuditEntry.objects.count() == before
    finally:
        transaction.savepoint_rollback(mark)
    return answer.status_code


def walk(scene: Scene, enter, visit: Visit, thing: SimpleNamespace, who: set[str]) -> None:
    address = reverse(visit.name, args=visit.args(thing))
    found = {name: entered(enter(user), address, visit.post) for name, user in scene.cast.roles.items()}
    inside = {name for name, status in found.items() if status not in TURNED_AWAY}
    assert inside == who, {name: found[name] for name in inside ^ who}
    if visit.post and not any(other.name == visit.name and not other.post for other in WALK):
        assert all(enter(user).get(address).status_code == 405 for user in (scene.cast.officer, scene.cast.stranger))


@pytest.mark.parametrize("visit", WALK, ids=label)
def test_who_comes_in(scene, enter, visit):
    walk(scene, enter, visit, scene.own if visit.far is not None else scene.shared, visit.who)


@pytest.mark.parametrize("visit", [visit for visit in WALK if visit.far is not None], ids=label)
def test_who_comes_in_to_another_units(scene, enter, visit):
    walk(scene, enter, visit, scene.far, visit.far)


@pytest.mark.parametrize("visit", WALK, ids=label)
def test_nobody_comes_in_without_signing_in(scene, enter, visit):
    address = reverse(visit.name, args=visit.args(scene.own if visit.far is not None else scene.shared))
    answer = enter(None).post(address) if visit.post else enter(None).get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse(settings.LOGIN_URL))


@pytest.mark.parametrize("name", OPEN_TO_ALL)
def test_what_is_open_to_all(scene, enter, name):
    answer = enter(None).get(reverse(name, args=OPEN_TO_ALL[name]))
    assert answer.status_code in (200, 405)


def names(patterns, prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def addresses(space: str = "") -> set[str]:
    return {name for name in names(get_resolver().url_patterns) if name.startswith("admin:") == (space == "admin")}


def test_the_table_lists_every_address():
    assert addresses() - {visit.name for visit in WALK} - set(OPEN_TO_ALL) == set()


def test_the_admin_is_the_departments(cast, enter):
    """Its pages without an argument, and all that lie below `/admin/`, for nobody else."""
    for name, user in cast.roles.items():
        client = enter(user)
        for address in ("/admin/", "/admin/units/unit/", "/admin/units/unit/add/", "/admin/delegates/category/"):
            status = client.get(address).status_code
            assert (status == 200) == (name in DEPARTMENT), (name, address, status)


# ---- Another unit's ids in what is sent ----


def bodies(scene: Scene) -> dict[str, tuple[str, str, dict]]:
    """Forms of one's own that name somebody else's things: who sends it, where, and what."""
    own, far, cast = scene.own, scene.far, scene.cast
    person = {
        "full_name": "Tô Thị Lạ", "birth": "1980", "sex": "female", "position": "Kế toán", "phone": "0912345678",
        "category": far.quota.category_id,
    }  # fmt: skip
    term = {"starts": "01/01/2020", "full_name": "Tô Thị Lạ", "email": "la@example.org", "role": "unit_clerk"}
    return {
        "register for another unit": ("unit_head", f"/2020/delegates/register/?unit={far.unit.pk}", person),
        "register for the Ministry": ("unit_head", "/2020/delegates/register/?unit=ministry", person),
        "a category without seats": ("unit_head", f"/2020/delegates/register/?unit={own.unit.pk}", person),
        "confirm as a unit": (
            "unit_head", "/2020/delegates/confirm/", {"read": f"{own.delegate.pk}.{own.delegate.version}"},
        ),
        "seats as a unit": ("unit_head", "/2020/delegates/seats/", {f"{own.unit.pk}-{own.quota.category_id}": "99"}),
        "nominate for another unit": (
            "unit_head", "/2020/nominations/add/", {"unit": far.unit.pk, "kind": "collective", "nominee": "Phòng Lạ"},
        ),
        "a clerk for another unit": ("unit_head", "/units/people/welcome/", {**term, "unit": far.unit.pk}),
        "an officer by a unit's head": (
            "unit_head", "/units/people/welcome/", {**term, "role": "department_officer", "unit": ""},
        ),
        "the papers of the Council": ("unit_head", "/2020/documents/council-result.xlsx", {"query": ""}),
        "the list of another unit": (
            "stranger", "/2020/documents/delegates-internal.xlsx", {"query": f"unit={far.unit.pk}"},
        ),
        "a seat on the Council": (
            "chair", "/2020/council/seats/add/", {"user": cast.stranger.pk, "post": "member", "starts": "01/01/2020"},
        ),
        "a vote without a roll": (
            "member", f"/2020/council/ballots/{scene.shared.ballot.pk}/vote/", {"step": "cast", "choices": "1"},
        ),
    }  # fmt: skip


def standing(scene: Scene) -> list:
    """What nobody of those senders may change: another unit's things, all seats, all offices, the box."""
    far = scene.far.unit
    return [
        far.nominations.count(),
        far.delegates.count(),
        list(Quota.objects.order_by("pk").values_list("pk", "seats")),
        list(Delegate.objects.order_by("pk").values_list("pk", "state")),
        Office.objects.count(),
        CouncilSeat.objects.count(),
        SealedPaper.objects.count(),
        AuditEntry.objects.filter(verb="document.exported").count(),
    ]


@pytest.mark.parametrize("index", range(12))
def test_a_foreign_id_in_a_form_has_no_effect(scene, enter, index):
    name, (role, address, data) = list(bodies(scene).items())[index]
    before = standing(scene)
    answer = enter(getattr(scene.cast, role)).post(address, {**data, "once": uuid4()})
    assert answer.status_code < 500
    assert standing(scene) == before, name


def test_every_body_is_sent(scene):
    assert len(bodies(scene)) == 12
