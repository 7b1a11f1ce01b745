"""Drafts of registrations: kept as they were typed, gone on with by colleagues, gone with the registration."""

import json
import uuid
from datetime import date

import pytest
from django.core.management import call_command

from core.models import AuditEntry
from core.refusal import Refused
from core.versions import Stale
from core.vietnamese import PartialDate
from delegates import actions, queries
from delegates.models import Delegate, RegistrationDraft
from delegates.queries import completeness
from tests import factories
from tests.delegates import factories as make
from tests.delegates.test_pages import address
from units import actions as units
from units.models import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(cast):
    user = factories.make_user("colleague", full_name="Tạ Thị Đồng Nghiệp")
    factories.make_office(user, Office.Role.UNIT_CLERK, cast.unit)
    return user


@pytest.fixture
def draft(cast, hall) -> RegistrationDraft:
    return make.make_draft(cast.unit, cast.congress, cast.unit_head, full_name="Quách Thị Nháp", phone="0987")


def save(cast, **changes):
    asked = {
        "actor": cast.unit_head, "congress": cast.congress, "unit": cast.unit, "key": uuid.uuid4(), "version": 0,
        "values": {"full_name": ["Quách Thị"]},
    }  # fmt: skip
    return actions.save_draft(**asked | changes)


def place(draft: RegistrationDraft | None = None) -> dict[str, str]:
    """What a form carries of its draft."""
    return {
        "draft": str(draft.pk if draft else uuid.uuid4()),
        "version": str(draft.version if draft else 0),
        "once": str(uuid.uuid4()),
    }


# ---- Acts ----


def test_what_was_typed_is_kept_name_by_name(cast, hall):
    values = {
        "full_name": ["Quách Thị"],
        "awards-0-year": ["2018"],
        "tags": ["1", "2"],
        "category": [str(hall.model.pk)],
    }
    draft = save(cast, values=values)
    draft.refresh_from_db()
    assert (draft.values, draft.category, draft.version) == (values, hall.model, 1)
    again = save(cast, key=draft.pk, version=1, values={"full_name": ["Quách Thị Nháp"], "category": ["0"]})
    assert (again.full_name, again.category, again.version) == ("Quách Thị Nháp", None, 2)
    with pytest.raises(Stale):
        save(cast, key=draft.pk, version=1)


def test_the_trail_tells_of_a_sitting_and_not_what_was_typed(cast, hall):
    draft = save(cast, by_itself=True)
    for version in range(1, 4):
        save(cast, key=draft.pk, version=version, by_itself=True, values={"phone": [f"098765432{version}"]})
    entry = AuditEntry.objects.get()
    assert entry.verb == "draft.saved"
    told = json.dumps([entry.details, entry.object_label], ensure_ascii=False)
    assert "Quách" not in told
    assert "0987" not in told


@pytest.mark.parametrize("role", ["unit_clerk", "block_head", "desk", "stranger"])
def test_who_may_not_register_keeps_no_draft(cast, hall, role):
    with pytest.raises(Refused):
        save(cast, actor=make.the_user(cast, role))
    assert not RegistrationDraft.objects.exists()


def test_a_key_of_another_units_draft_is_refused(cast, hall):
    theirs = make.make_draft(cast.far_unit, cast.congress)
    for version in (0, 1):
        with pytest.raises(Refused):
            save(cast, key=theirs.pk, version=version)
    theirs.refresh_from_db()
    assert theirs.full_name == "Quách Thị Nháp"


def test_too_much_is_refused(cast, hall):
    with pytest.raises(Refused):
        save(cast, values={"note": ["x" * 70_000]})


def registered(cast, hall, draft, **changes):
    asked = {
        "actor": cast.unit_head, "congress": cast.congress, "unit": cast.unit, "category": hall.model,
        "key": draft.pk, "version": draft.version,
    }  # fmt: skip
    return actions.register_draft(**asked | changes, **make.a_person())


def test_registering_takes_the_draft_with_it(cast, hall, draft):
    assert registered(cast, hall, draft).state == "registered"
    assert not RegistrationDraft.objects.exists()
    with pytest.raises(Refused):
        registered(cast, hall, RegistrationDraft(pk=draft.pk, version=1))
    assert Delegate.objects.count() == 1


def test_onto_the_reserve_list_too(cast, hall, draft):
    for _seat in range(2):
        make.make_delegate(cast.unit, hall.model)
    with pytest.raises(Refused):
        registered(cast, hall, draft)
    assert RegistrationDraft.objects.exists()  # nothing was done
    assert registered(cast, hall, draft, reserve=True).state == "reserve"
    assert not RegistrationDraft.objects.exists()


def test_a_draft_that_was_changed_meanwhile_is_not_registered_over(cast, hall, draft, colleague):
    save(cast, actor=colleague, key=draft.pk, version=1)
    with pytest.raises(Stale):
        registered(cast, hall, draft)
    assert not Delegate.objects.exists()


def test_a_draft_that_saved_itself_while_its_form_was_sent_goes_too(cast, hall, draft):
    registered(cast, hall, draft, version=0)
    assert not RegistrationDraft.objects.exists()


def test_a_draft_is_in_no_count_and_no_search(cast, hall, draft):
    assert queries.unit_sheet(cast.congress, cast.unit).total.taken == 0
    assert queries.seat_totals(cast.congress).registered == 0
    assert queries.namesakes(cast.officer, cast.congress, "Quách Thị Nháp", PartialDate(1980), None) == []
    assert completeness.meters(cast.congress) == []


def test_old_drafts_go(cast, hall, draft, settings, today):
    young = make.make_draft(cast.unit, cast.congress)
    RegistrationDraft.objects.filter(pk=draft.pk).update(saved_at="2019-12-31T00:00Z")
    young.saved_at = "2020-01-03T00:00Z"
    young.save()
    today(2020, 1, 1 + settings.DRAFT_DAYS)
    call_command("send_due")
    assert list(RegistrationDraft.objects.all()) == [young]
    assert AuditEntry.objects.filter(verb="draft.forgotten", actor=None).count() == 1


def test_drafts_go_with_personal_data(cast, hall, draft, today):
    other = factories.make_congress(slug="2025", is_current=False, held_on=date(2025, 10, 26))
    stays = make.make_draft(cast.unit, other)
    today(2021, 4, 27)
    told = actions.retire_personal_data(actor=None, congress=cast.congress, months=6)
    assert told["drafts"] == 1
    assert list(RegistrationDraft.objects.all()) == [stays]
    assert AuditEntry.objects.filter(verb="personal_data.retired").count() == 1


def test_drafts_follow_a_merged_unit_and_go_with_a_dissolved_one(cast, hall, draft, today):
    gone = make.make_draft(cast.far_unit, cast.congress)
    today(2020, 5, 15)
    actions.move_drafts(actor=cast.officer, congress=cast.congress, units=[cast.unit], into=cast.other_unit)
    draft.refresh_from_db()
    assert (draft.unit, draft.version) == (cast.other_unit, 2)
    units.dissolve(
        actor=cast.officer, unit=cast.far_unit, version=cast.far_unit.version, day=date(2020, 5, 15), document="QĐ 1"
    )
    assert not RegistrationDraft.objects.filter(pk=gone.pk).exists()


# ---- Pages ----


def post_draft(client, cast, carried: dict, **typed):
    return client.post(address("draft_save", unit=cast.unit.pk), {**carried, **typed})


def test_it_saves_itself_and_is_found_again(cast, hall, enter):
    client, carried = enter(cast.unit_head), place()
    said = post_draft(client, cast, {**carried, "autosave": "1"}, full_name="Quách Thị", party_member="unknown").json()
    draft = RegistrationDraft.objects.get()
    assert said["version"] == 1
    assert said["place"]["page"] == address("draft_write", draft.pk)
    again = post_draft(client, cast, {**carried, "version": "1", "autosave": "1"}, full_name="Quách Thị Nháp").json()
    assert again["version"] == 2
    assert "place" not in again
    late = post_draft(client, cast, {**carried, "version": "1", "autosave": "1"}, full_name="Khác")
    assert late.status_code == 409
    page = client.get(address("unit", cast.unit.pk)).content.decode()
    assert "Quách Thị Nháp" in page
    form = client.get(address("draft_write", draft.pk)).context["form"]
    assert form["full_name"].value() == "Quách Thị Nháp"
    assert not form.errors


def test_the_button_saves_without_javascript(cast, hall, enter):
    client, carried = enter(cast.unit_head), place()
    for _twice in range(2):
        answer = post_draft(client, cast, carried, full_name="", phone="0912")
        assert answer["Location"] == address("unit", cast.unit.pk) + "#drafts"
    assert RegistrationDraft.objects.get().version == 1
    page = client.get(address("unit", cast.unit.pk)).content.decode()
    assert "Chưa có tên" in page


def test_nothing_typed_is_no_draft(cast, hall, enter):
    client = enter(cast.unit_head)
    blank = {"full_name": " ", "party_member": "unknown", "awards-TOTAL_FORMS": "1", "awards-0-year": ""}
    assert post_draft(client, cast, {**place(), "autosave": "1"}, **blank).status_code == 409
    assert post_draft(client, cast, place(), **blank).status_code == 409
    assert not RegistrationDraft.objects.exists()


def test_a_colleague_opens_goes_on_and_registers(cast, hall, draft, colleague, enter):
    client = enter(colleague)
    written = address("draft_write", draft.pk)
    assert client.get(written)["Location"] == draft.get_absolute_url()
    assert "0987" not in client.get(draft.get_absolute_url()).content.decode()
    for _twice in range(2):
        assert client.post(address("draft_open", draft.pk))["Location"] == written
    assert AuditEntry.objects.filter(verb="draft.opened", actor=colleague).count() == 1
    assert "0987" in client.get(written).content.decode()
    form = {**make.a_form(hall.model), **place(draft)}
    assert client.post(address("register", unit=cast.unit.pk), form).status_code == 302
    assert Delegate.objects.count() == 1
    assert not RegistrationDraft.objects.exists()
    late = enter(cast.unit_head).post(
        address("register", unit=cast.unit.pk), {**form, "once": str(uuid.uuid4()), "full_name": "Khác"}
    )
    assert late.status_code == 409
    assert Delegate.objects.count() == 1


def test_lines_of_awards_come_back_unjudged_and_are_registered(cast, hall, enter):
    client, award = enter(cast.unit_head), factories.make_award_type()
    lines = make.award_lines({"year": "2018", "award": str(award.pk), "decision_number": "12/QĐ"}, {"year": "2019"})
    carried = place()
    assert (
        post_draft(client, cast, {**carried, "autosave": "1"}, full_name="Quách Thị Nháp", **lines).status_code == 200
    )
    page = client.get(address("draft_write", carried["draft"]))
    rows = page.context["form"].rows
    assert [row["year"].value() for row in rows] == ["2018", "2019", ""]
    assert not page.context["form"].errors
    assert "is-invalid" not in page.content.decode()
    whole = make.award_lines({"year": "2018", "award": str(award.pk), "decision_number": "12/QĐ"})
    form = {**make.a_form(hall.model), **carried, "version": "1", **whole}
    assert client.post(address("register", unit=cast.unit.pk), form).status_code == 302
    assert [line.decision_number for line in Delegate.objects.get().awards.all()] == ["12/QĐ"]
    assert not RegistrationDraft.objects.exists()


def test_a_fault_in_the_form_keeps_its_draft(cast, hall, draft, enter):
    client = enter(cast.unit_head)
    answer = client.post(address("register", unit=cast.unit.pk), {**make.a_form(hall.model, birth="?"), **place(draft)})
    assert answer.status_code == 200
    assert f'name="draft" value="{draft.pk}"' in answer.content.decode()
    for _seat in range(2):
        make.make_delegate(cast.unit, hall.model)
    full = client.post(address("register", unit=cast.unit.pk), {**make.a_form(hall.model), **place(draft)})
    assert full.status_code == 409
    assert f'name="draft" value="{draft.pk}"' in full.content.decode()
    assert RegistrationDraft.objects.exists()


def test_the_second_who_saves_sees_both_texts(cast, hall, draft, enter):
    client = enter(cast.unit_head)
    carried = place(draft)
    save(cast, key=draft.pk, version=1, values={"full_name": ["Quách Thị Khác"], "sex": ["female"]})
    answer = post_draft(client, cast, carried, full_name="Quách Thị Nháp", sex="male")
    assert answer.status_code == 409
    text = answer.content.decode()
    for words in ("Quách Thị Khác", "Quách Thị Nháp", "Nam", "Nữ"):
        assert words in text
    assert (
        post_draft(client, cast, {**carried, "version": "2", "once": str(uuid.uuid4())}, full_name="Mới").status_code
        == 302
    )
    assert RegistrationDraft.objects.get().full_name == "Mới"


def test_when_registration_is_closed_a_draft_is_read_and_not_written(cast, hall, draft, enter, today):
    cast.congress.registration_due = today(2020, 5, 15)
    cast.congress.save()
    today(2020, 5, 16)
    client = enter(cast.unit_head)
    for page in (draft.get_absolute_url(), address("draft_write", draft.pk)):
        text = client.get(page).content.decode()
        assert "15/05/2020" in text
        assert "data-autosave" not in text
    assert "<fieldset disabled" in text
    assert post_draft(client, cast, place(draft), full_name="Muộn").status_code == 409
    assert client.post(address("draft_discard", draft.pk), {"version": 1}).status_code == 302
    assert not RegistrationDraft.objects.exists()


def test_discarding_what_somebody_else_has_gone_on_with_is_a_conflict(cast, hall, draft, colleague, enter):
    save(cast, actor=colleague, key=draft.pk, version=1)
    assert enter(cast.unit_head).post(address("draft_discard", draft.pk), {"version": 1}).status_code == 409
    assert RegistrationDraft.objects.exists()


def test_the_ministrys_drafts_are_the_departments(cast, hall, enter):
    draft = make.make_draft(None, cast.congress, cast.officer, full_name="Khách Mời Nháp")
    assert "Khách Mời Nháp" in enter(cast.officer).get(address("register")).content.decode()
    assert enter(cast.unit_head).get(address("draft", draft.pk)).status_code == 404
    assert enter(cast.officer).get(address("draft_write", draft.pk)).status_code == 200


@pytest.mark.parametrize("role", ["block_head", "desk", "unit_clerk"])
def test_nobody_else_sees_them(cast, hall, draft, enter, role):
    client = enter(getattr(cast, role))
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert "Quách Thị Nháp" not in client.get(address("unit", cast.unit.pk)).content.decode()


def test_drafts_cost_a_units_page_one_query_however_many(cast, hall, draft, enter, django_assert_max_num_queries):
    client, url = enter(cast.unit_head), address("unit", cast.unit.pk)
    client.get(url)
    with django_assert_max_num_queries(12) as few:
        client.get(url)
    number = len(few.captured_queries)
    for _more in range(5):
        make.make_draft(cast.unit, cast.congress)
    with django_assert_max_num_queries(number):
        client.get(url)
