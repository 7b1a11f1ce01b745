"""Personal data: closed until somebody opens it, never in the trail, and taken away when its time is over."""

import json
import re
import uuid
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse

from core.models import AuditEntry, Job
from core.refusal import Refused
from core.vietnamese import PartialDate
from delegates import actions, rules, tallies
from delegates.models import CompositionCopy, Delegate, KeptApart, UnitTally
from delegates.queries import privacy
from documents.catalogue import FORMATS, open_to
from tests import factories
from tests.delegates import factories as make
from tests.delegates.test_exports import take, text_of
from tests.delegates.test_pages import SECRETS, address, everybody
from units.models import Office

pytestmark = pytest.mark.django_db
FULL = {"officer", "department_head", "unit_head", "own"}
HELD = {  # what somebody plants in each sensitive column
    "birth": PartialDate(1971, 3, 17), "religion": "cao_dai", "political_theory": "advanced", "party_member": True,
    "party_joined": PartialDate(1999, 2, 3), "phone": "0987654321", "email": "rat-kin@example.org",
    "note": "Ghi chú rất kín", "id_number": "001071012345",
}  # fmt: skip


@pytest.fixture
def secret(cast, hall) -> Delegate:
    type(hall.model).objects.update(needed_fields=["id_number"])
    return make.make_delegate(
        cast.unit, hall.model, full_name="Quách Văn Kín", ethnic_group=make.make_ethnic_group(name_vi="Người Kín"),
        **HELD,
    )  # fmt: skip


def found_in(text: str) -> set[str]:
    return {name for name, words in SECRETS.items() if words in text}


# ---- A planted secret per column, looked for everywhere ----


def pages(cast, secret: Delegate) -> list[str]:
    """Every page of the room that shows a delegate or counts them, the trail's among them."""
    args = {"unit": [cast.unit.pk], "missing": [cast.unit.pk]}
    plain = ["delegates", "composition", "targets", "copies", "completeness", "needed", "seats", "unit", "missing"]
    on_one = ["delegate", "edit", "withdraw", "replace", "unconfirm"]
    return [
        *(address(name, *args.get(name, [])) for name in plain),
        *(address(name, secret.pk) for name in on_one),
        address("remind", all=1),
        address("confirm_many", all=1),
        address("composition_people", "religion", "cao_dai"),
        address("composition_people", "sex", "female"),
        reverse("portal:search") + "?q=kin",
        reverse("portal:home"),
        reverse("portal:outbox"),
        "/admin/core/auditentry/",
        "/admin/core/auditentry/?q=kin",
    ]


def test_no_page_tells_it_before_it_was_opened(cast, secret, enter):
    type(secret.category).objects.update(needed_fields=["highest_award", "id_number"])
    for role, user in everybody(cast).items():
        client = enter(user)
        for url in pages(cast, secret):
            told = found_in(client.get(url).content.decode())
            if url == address("composition") and role in FULL:
                told -= {"ethnic_group", "religion", "political_theory"}  # what a number is of, and nobody's name
            if url.startswith("/2020/delegates/composition/religion"):
                told -= {"religion"}  # the heading says what was asked for
            if url in (address("targets"), address("replace", secret.pk)):
                told -= {"ethnic_group", "religion", "political_theory"}  # what can be chosen, not what was
            assert told == set(), (role, url)


def test_no_paper_but_the_internal_ones_tells_it(cast, secret, enter):
    for role, user in everybody(cast).items():
        for export in open_to(user, "2020"):
            answer = take(enter(user), export.key)
            if answer.status_code != 200:
                continue
            told = found_in(text_of(answer.content, "xlsx"))
            if export.sensitive and role in FULL:
                continue
            assert told == set(), (role, export.key)
    assert len(FORMATS) == 3


def test_the_trail_never_learns_it(cast, hall, enter):
    person = make.a_person(full_name="Quách Văn Kín", ethnic_group=make.make_ethnic_group(name_vi="Người Kín"), **HELD)
    made = actions.register(actor=cast.unit_head, congress=cast.congress, unit=cast.unit, category=hall.model, **person)
    other = {
        "birth": PartialDate(1972, 4, 18), "religion": "buddhist", "political_theory": "", "party_member": False,
        "party_joined": None,
        "phone": "0911111111", "email": "", "note": "", "id_number": "",
        "ethnic_group": make.make_ethnic_group(name_vi="Dân tộc khác"),
    }  # fmt: skip
    actions.edit(actor=cast.unit_head, delegate=made, version=1, **other)
    actions.edit(actor=cast.unit_head, delegate=made, version=2, **{name: person[name] for name in other})
    for entry in AuditEntry.objects.all():
        text = json.dumps([entry.object_label, entry.reason, entry.details], ensure_ascii=False)
        assert found_in(text) == set(), entry.verb
        assert "0911111111" not in text
    assert len(AuditEntry.objects.filter(verb="delegate.changed").first().details["changes"]) == len(other)


# ---- Opening ----


def test_opening_leaves_one_entry_a_day_and_looking_none(cast, secret, enter, today):
    client = enter(cast.officer)
    entries = AuditEntry.objects.filter(verb=privacy.OPENED)
    client.get(address("delegate", secret.pk))
    assert not entries.exists()
    for day in (1, 1, 2):
        today(2020, 9, day)
        if not privacy.opened_today(cast.officer, privacy.OPENED, secret):
            assert found_in(client.get(address("delegate", secret.pk)).content.decode()) == set()
        assert client.post(address("open_personal", secret.pk)).headers["Location"] == secret.get_absolute_url()
        assert found_in(client.get(address("delegate", secret.pk)).content.decode()) == set(SECRETS)
    assert entries.count() == 2
    assert {entry.actor for entry in entries} == {cast.officer}
    assert found_in(enter(cast.unit_head).get(address("delegate", secret.pk)).content.decode()) == set()
    assert client.get(address("open_personal", secret.pk)).status_code == 405


def test_who_looked_is_told_to_the_department(cast, secret, enter):
    enter(cast.unit_head).post(address("open_personal", secret.pk))
    words = "Mở dữ liệu cá nhân"
    assert words in enter(cast.officer).get(address("delegate", secret.pk)).content.decode()
    assert words not in enter(cast.unit_head).get(address("delegate", secret.pk)).content.decode()


def test_the_form_of_an_edit_is_closed_too_and_leaves_what_is_closed(cast, secret, enter):
    client, url = enter(cast.unit_head), address("edit", secret.pk)
    page = client.get(url)
    assert found_in(page.content.decode()) == set()
    assert not set(Delegate.CLOSE) & set(page.context["form"].fields)
    sent = {
        "version": "1", "full_name": "Quách Văn Kín", "sex": "male", "category": str(secret.category_id),
        "position": "Chức vụ mới", "education": "master", "rank": "", "represents": "",
        **make.award_lines(),
    }  # fmt: skip
    assert client.post(url, sent).status_code == 302
    secret.refresh_from_db()
    assert secret.position == "Chức vụ mới"
    assert {name: getattr(secret, name) for name in HELD} == HELD
    assert not AuditEntry.objects.filter(verb=privacy.OPENED).exists()
    opened = client.post(address("open_personal", secret.pk) + "?next=edit")
    assert opened.headers["Location"] == url
    form = client.get(url).context["form"]
    assert set(Delegate.CLOSE) <= set(form.fields)


def test_sending_personal_data_opens_it(cast, secret, enter):
    client = enter(cast.unit_head)
    client.post(address("edit", secret.pk), {"version": "1", "phone": "0911111111"})
    assert AuditEntry.objects.filter(verb=privacy.OPENED, actor=cast.unit_head).count() == 1


def test_the_form_states_its_purpose_and_ticks_nothing(cast, hall, enter):
    text = enter(cast.unit_head).get(address("register")).content.decode()
    for words in ("91/2025/QH15", "356/2025/NĐ-CP", "6 tháng"):
        assert words in text
    form = text[text.index('class="sheet"') :]
    assert not re.search(r"<input[^>]*\bchecked\b", form)
    assert not re.search(r'<option value="[^"]+" selected', form.replace('value="unknown" selected', ""))


@pytest.mark.parametrize("role", ["block_head", "desk", "chair", "stranger", "unit_clerk"])
def test_nobody_else_opens_it(cast, secret, role):
    user = make.the_user(cast, role)
    with pytest.raises(Refused):
        actions.open_personal(actor=user, delegate=secret)
    assert not AuditEntry.objects.filter(verb=privacy.OPENED).exists()


# ---- Taking away ----


@pytest.mark.parametrize(
    ("held_on", "months", "until"),
    [
        (date(2020, 10, 26), 6, date(2021, 4, 26)), (date(2020, 8, 31), 6, date(2021, 2, 28)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)), (date(2020, 10, 26), 0, date(2020, 10, 26)),
        (date(2020, 12, 1), 25, date(2023, 1, 1)),
    ],
)  # fmt: skip
def test_how_long_personal_data_is_kept(cast, held_on, months, until):
    cast.congress.held_on = held_on
    assert rules.kept_until(cast.congress, months) == until


def run(*args) -> str:
    out = StringIO()
    call_command("retire_personal_data", *args, stdout=out)
    return out.getvalue()


def test_personal_data_is_previewed_then_taken_away(
    cast, hall, secret, enter, today, django_capture_on_commit_callbacks
):
    other = factories.make_congress(slug="2025", is_current=False, held_on=date(2025, 10, 26))
    stays = make.make_delegate(cast.unit, make.make_category(other), **HELD)
    gone = make.make_delegate(cast.unit, hall.model, state=Delegate.State.WITHDRAWN, phone="0999999999")
    job = Job.objects.create(
        kind="documents.export", title="Văn bản", actor=cast.officer, state="done",
        params={"key": "delegates-internal", "edition": "2020", "format": "pdf", "query": ""},
    )  # fmt: skip
    job.file.save("x.pdf", ContentFile(b"%PDF"))
    path = job.file.path
    apart = KeptApart.objects.create(congress=cast.congress, first=secret, second=gone, note="Khác số căn cước")
    photo = make.make_photo(secret)
    face = photo.file.path
    make.make_photo(stays)
    tallies.recount.func()

    today(2021, 4, 26)
    assert "26/04/2021" in run("--yes")
    secret.refresh_from_db()
    assert secret.phone

    today(2021, 4, 27)
    told = run()
    assert re.search(r"2020: .* phone 2", told)
    assert "papers 1" in told
    assert "photo 1" in told
    secret.refresh_from_db()
    assert secret.phone
    assert Path(face).exists()
    assert not AuditEntry.objects.filter(verb="personal_data.retired").exists()

    with django_capture_on_commit_callbacks(execute=True):
        run("--yes")
    for one in (secret, gone):
        one.refresh_from_db()
        assert [one.phone, one.email, one.note, one.religion, one.political_theory] == [""] * 5
        assert (one.party_member, one.ethnic_group, str(one.birth)) == (None, None, str(one.birth.year))
    assert (secret.full_name, secret.birth.year, secret.version) == ("Quách Văn Kín", 1971, 2)
    assert secret.photo is None
    assert not Path(face).exists()
    apart.refresh_from_db()
    assert apart.note == ""
    stays.refresh_from_db()
    assert stays.phone
    assert Path(stays.photo.file.path).exists()
    job.refresh_from_db()
    assert not job.file
    assert not Path(path).exists()
    assert enter(cast.officer).get(reverse("core:job_file", args=[job.pk])).status_code == 302  # nothing to fetch
    kept = CompositionCopy.objects.get()
    assert kept.official == 1  # the figures of before
    assert "Cao Đài" in json.dumps(kept.figures, ensure_ascii=False)
    entry = AuditEntry.objects.get(verb="personal_data.retired")
    assert entry.details["taken"]["phone"] == 2
    remembered = UnitTally.objects.filter(congress=cast.congress).values_list("counts", flat=True)
    assert "1971-03" not in json.dumps(list(remembered))
    assert "2020: taken away: nothing." in run("--yes")
    assert CompositionCopy.objects.count() == AuditEntry.objects.filter(verb="personal_data.retired").count() == 1


def test_the_time_can_be_set(cast, secret, today, settings):
    today(2020, 10, 28)
    assert "kept until 26/04/2021" in run()
    assert "phone 1" in run("--months", "0")


def test_an_own_clerk_of_another_unit_sees_that_unit_alone(cast, secret, enter):
    clerk = factories.make_user("clerk")
    factories.make_office(clerk, Office.Role.UNIT_CLERK, cast.far_unit)
    answer = enter(clerk).post(address("open_personal", secret.pk), {"once": str(uuid.uuid4())})
    assert answer.status_code == 404
