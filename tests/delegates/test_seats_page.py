"""The seats table: set whole or not at all, never below those registered, never over somebody else's number unseen."""

import re

import pytest
from django.urls import reverse

from core.models import AuditEntry
from delegates import actions
from delegates.models import Delegate, Quota
from delegates.queries import seat_roll, seat_totals
from tests import factories
from tests.delegates import factories as make
from tests.sheet import form_of

pytestmark = pytest.mark.django_db
URL = reverse("delegates:seats", args=["2020"])


def cell(unit, category) -> str:
    return f"{unit.pk if unit else 'ministry'}-{category.pk}"


def seats_of(unit, category) -> int | None:
    return Quota.objects.filter(unit=unit, category=category).values_list("seats", flat=True).first()


def sheet_of(client) -> dict:
    return form_of(client.get(URL), "csrfmiddlewaretoken")


@pytest.fixture
def client(cast, hall, enter):
    return enter(cast.officer)


# ---- Setting ----


def test_cells_are_set_in_one_act_with_one_entry(cast, hall, client):
    changes = {
        cell(cast.unit, hall.model): "5",
        cell(cast.far_unit, hall.collective): "1",
        cell(None, hall.leader): "15",
        cell(None, hall.press): "7",
    }
    answer = client.post(URL, sheet_of(client) | changes)
    assert answer.headers["Location"] == URL
    assert seats_of(cast.unit, hall.model) == 5
    assert seats_of(cast.far_unit, hall.collective) == 1
    assert (seats_of(None, hall.leader), seats_of(None, hall.press)) == (15, 7)
    assert seats_of(cast.other_unit, hall.model) == 2
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor) == ("seats.set", cast.officer)
    assert len(entry.details["changes"]) == 4
    assert ["2", "5"] in entry.details["changes"].values()
    page = client.get(URL)
    assert "toast-line" in page.content.decode()
    assert form_of(page, cell(cast.unit, hall.model))[cell(cast.unit, hall.model)] == "5"


def test_nothing_changed_leaves_no_trace(cast, hall, client):
    answer = client.post(URL, sheet_of(client), follow=True)
    assert answer.status_code == 200
    assert not AuditEntry.objects.exists()
    assert set(Quota.objects.values_list("version", flat=True)) == {1}


def test_what_was_not_sent_is_not_touched(cast, hall, client):
    """A unit that was added while the table was open, or a form cut off on its way."""
    sheet = sheet_of(client)
    new = factories.make_unit()
    make.make_quota(new, hall.model, 3)
    answer = client.post(URL, sheet | {cell(cast.unit, hall.model): "4"})
    assert answer.status_code == 302
    assert (seats_of(cast.unit, hall.model), seats_of(new, hall.model)) == (4, 3)


@pytest.mark.parametrize("typed", ["", "  ", "-1", "zwei", "1,5", "10000", "9" * 30])
def test_one_bad_cell_and_nothing_is_set(cast, hall, client, typed):
    bad, good = cell(cast.unit, hall.model), cell(cast.far_unit, hall.model)
    page = client.post(URL, sheet_of(client) | {bad: typed, good: "9"})
    text = page.content.decode()
    assert page.status_code == 200
    assert re.search(r"<title>\s*(Lỗi|Error):", text)
    assert f'href="#id_{bad}"' in text
    assert f'id="id_{bad}"' in text
    assert 'aria-invalid="true"' in text
    (fault,) = page.context["form"].errors[bad]
    assert text.count(fault) == 2  # above and at the cell
    assert cast.unit.name_vi in fault
    kept = form_of(page, bad)
    assert (kept[bad], kept[good]) == (typed, "9")
    assert seats_of(cast.far_unit, hall.model) is None
    assert not AuditEntry.objects.exists()


def test_blanks_around_a_number_do_no_harm(cast, hall, client):
    assert client.post(URL, sheet_of(client) | {cell(cast.unit, hall.model): " 4 "}).status_code == 302
    assert seats_of(cast.unit, hall.model) == 4


def test_empty_wrong_and_too_large_read_differently(cast, hall, client):
    sheet, name = sheet_of(client), cell(cast.unit, hall.model)
    words = {
        client.post(URL, sheet | {name: typed}).context["form"].errors[name][0] for typed in ("", "x", "-1", "99999")
    }
    assert len(words) == 4


# ---- Not below those registered ----


def test_no_cell_falls_below_those_registered(cast, hall, client):
    for _ in range(2):
        make.make_delegate(cast.unit, hall.model)
    gone = make.make_delegate(cast.other_unit, hall.model, state=Delegate.State.WITHDRAWN)
    low, free = cell(cast.unit, hall.model), cell(gone.unit, hall.model)
    page = client.post(URL, sheet_of(client) | {low: "1", free: "0"})
    assert page.status_code == 200
    (fault,) = page.context["form"].errors[low]
    assert "02" in fault
    assert page.content.decode().count(fault) == 2
    assert form_of(page, low)[low] == "1"
    assert (seats_of(cast.unit, hall.model), seats_of(cast.other_unit, hall.model)) == (2, 2)
    answer = client.post(URL, form_of(page, low) | {low: "2"})
    assert answer.status_code == 302
    assert (seats_of(cast.unit, hall.model), seats_of(cast.other_unit, hall.model)) == (2, 0)


def test_all_faults_are_said_at_once(cast, hall, client):
    make.make_delegate(cast.unit, hall.model)
    make.make_delegate(cast.other_unit, hall.model)
    names = [cell(unit, hall.model) for unit in (cast.unit, cast.other_unit)]
    page = client.post(URL, sheet_of(client) | dict.fromkeys(names, "0"))
    assert set(page.context["form"].errors) == set(names)


# ---- Two editors ----


def test_a_stale_cell_shows_both_numbers_and_is_set_when_sent_again(cast, hall, client, enter):
    mine, other = cell(cast.unit, hall.model), cell(cast.far_unit, hall.model)
    sheet = sheet_of(client)
    enter(cast.department_head).post(URL, sheet_of(enter(cast.department_head)) | {mine: "7"})
    page = client.post(URL, sheet | {mine: "4", other: "3"})
    text = page.content.decode()
    assert page.status_code == 409
    (fault,) = page.context["form"].errors[mine]
    assert "7" in fault
    assert "4" in fault
    assert text.count(fault) == 2
    assert 'class="note warn"' in text
    assert seats_of(cast.unit, hall.model) == 7
    assert seats_of(cast.far_unit, hall.model) is None  # all or nothing
    again = form_of(page, mine)
    assert (again[mine], again[other]) == ("4", "3")
    assert client.post(URL, again).status_code == 302
    assert (seats_of(cast.unit, hall.model), seats_of(cast.far_unit, hall.model)) == (4, 3)


def test_two_who_set_different_cells_do_not_disturb_each_other(cast, hall, client, enter):
    head, sheet = enter(cast.department_head), sheet_of(client)
    head.post(URL, sheet_of(head) | {cell(cast.unit, hall.model): "7"})
    assert client.post(URL, sheet | {cell(cast.other_unit, hall.model): "3"}).status_code == 302
    assert (seats_of(cast.unit, hall.model), seats_of(cast.other_unit, hall.model)) == (7, 3)


def test_a_new_cell_that_somebody_else_has_made_meanwhile_is_stale_too(cast, hall, client, enter):
    name, sheet = cell(cast.far_unit, hall.model), sheet_of(client)
    head = enter(cast.department_head)
    head.post(URL, sheet_of(head) | {name: "6"})
    assert client.post(URL, sheet | {name: "3"}).status_code == 409
    assert seats_of(cast.far_unit, hall.model) == 6


def test_a_cell_without_what_was_read_is_stale(cast, hall, client):
    name = cell(cast.unit, hall.model)
    sheet = sheet_of(client) | {name: "4"}
    for read in (None, "", "x", "1", "-1.2", "1.²"):
        sent = {key: value for key, value in sheet.items() if key != f"read-{name}"}
        if read is not None:
            sent[f"read-{name}"] = read
        assert client.post(URL, sent).status_code == 409, read
    assert seats_of(cast.unit, hall.model) == 2


def test_a_stale_cell_and_a_low_one_are_said_together(cast, hall, client, enter):
    make.make_delegate(cast.other_unit, hall.model)
    stale, low = cell(cast.unit, hall.model), cell(cast.other_unit, hall.model)
    sheet = sheet_of(client)
    actions.set_seats(
        actor=cast.department_head,
        congress=cast.congress,
        seats={(cast.unit.pk, hall.model.pk): 7},
        versions={(cast.unit.pk, hall.model.pk): 1},
    )
    page = client.post(URL, sheet | {stale: "4", low: "0"})
    assert page.status_code == 409
    assert set(page.context["form"].errors) == {stale, low}


# ---- What can have seats at all ----


def test_units_have_no_cell_where_the_ministry_fills_the_seats(cast, hall, client):
    names = set(sheet_of(client))
    assert cell(cast.unit, hall.model) in names
    assert cell(cast.unit, hall.leader) not in names
    assert cell(None, hall.leader) in names
    client.post(URL, sheet_of(client) | {cell(cast.unit, hall.leader): "5", "read-x": "1", "999-999": "4"})
    assert not Quota.objects.filter(category=hall.leader, unit__isnull=False).exists()
    with pytest.raises(LookupError):
        actions.set_seats(
            actor=cast.officer, congress=cast.congress, seats={(cast.unit.pk, hall.leader.pk): 5}, versions={}
        )


def test_categories_of_another_congress_have_no_cell(cast, hall, client):
    other = factories.make_congress(slug="2025", is_current=False)
    category = make.make_category(other)
    client.post(URL, sheet_of(client) | {cell(cast.unit, category): "5"})
    assert not Quota.objects.filter(category=category).exists()


def test_units_that_are_no_more_keep_their_row_while_they_have_seats(cast, hall, client):
    gone = factories.make_unit(is_active=False)
    empty = factories.make_unit(is_active=False)
    make.make_quota(gone, hall.model, 1)
    names = set(sheet_of(client))
    assert cell(gone, hall.model) in names
    assert cell(empty, hall.model) not in names


def test_others_set_nothing(cast, hall, enter):
    sheet = sheet_of(enter(cast.officer)) | {cell(cast.unit, hall.model): "99"}
    for role, user in cast.roles.items():
        if role not in ("officer", "department_head"):
            assert enter(user).post(URL, sheet).status_code == 403, role
    assert seats_of(cast.unit, hall.model) == 2


# ---- Reading ----


def test_each_reads_the_rows_that_are_theirs(cast, hall, enter):
    make.make_quota(cast.far_unit, hall.model, 3)
    make.make_quota(None, hall.leader, 15)
    seen = {}
    for role in ("officer", "unit_head", "unit_clerk", "block_head"):
        page = enter(getattr(cast, role)).get(URL)
        roll = page.context["roll"]
        seen[role] = {row.unit.code for row in roll.rows if row.unit}
        assert (roll.ministry is not None) == (role == "officer"), role
        if role != "officer":
            assert "<input" not in re.sub(r"<form.*?</form>", "", page.content.decode(), flags=re.DOTALL)
    assert seen == {
        "officer": {"NACENTECH", "VIPRI", "BOA", "IPVN"},
        "unit_head": {"NACENTECH"},
        "unit_clerk": {"VIPRI"},
        "block_head": {"NACENTECH", "VIPRI", "BOA"},
    }


def test_sums_are_those_of_the_cells(cast, hall, client):
    make.make_quota(cast.unit, hall.collective, 1)
    make.make_quota(None, hall.leader, 15)
    make.make_quota(None, hall.press, 7)
    make.make_delegate(cast.unit, hall.model)
    make.make_delegate(cast.unit, hall.model, state=Delegate.State.CONFIRMED)
    make.make_delegate(None, hall.press)
    roll = client.get(URL).context["roll"]
    total, block = roll.total, next(block for block in roll.blocks if block.block == cast.block)
    assert (total.seats, total.registered, total.confirmed) == (20, 1, 1)  # the press is not counted
    assert [part.seats for part in block.sums] == [4, 1]
    assert (roll.units_total.seats, roll.unallocated) == (5, 380)
    whole = seat_totals(cast.congress)
    assert (whole.allocated, whole.registered, whole.confirmed, whole.free, whole.unallocated) == (20, 1, 1, 18, 380)
    text = client.get(URL).content.decode()
    assert re.search(r"<b data-all-total>\s*20\s*</b>", text)


def test_more_than_the_congress_has_is_said_and_not_forbidden(cast, hall, client):
    name = cell(cast.unit, hall.model)
    assert "note warn" not in client.get(URL).content.decode()
    assert client.post(URL, sheet_of(client) | {name: "401"}).status_code == 302
    assert "note warn" in client.get(URL).content.decode()
    assert seat_roll(cast.congress).unallocated == -3


def test_a_table_of_46_units_is_sent_and_read_whole(cast, hall, client):
    for _ in range(42):
        factories.make_unit(block=cast.block)
    sheet = sheet_of(client)
    names = [name for name in sheet if name.endswith(f"-{hall.model.pk}") and not name.startswith("read-")]
    assert len(names) == 47  # and the Ministry's own
    assert client.post(URL, sheet | dict.fromkeys(names, "4")).status_code == 302
    assert set(Quota.objects.filter(category=hall.model).values_list("seats", flat=True)) == {4}


def test_a_faulty_table_does_not_take_over_the_newer_numbers(cast, hall, client, enter):
    """Somebody saves while the other mends a typing fault: that is still a conflict."""
    mine, other, head = cell(cast.unit, hall.model), cell(cast.far_unit, hall.model), enter(cast.department_head)
    sheet = sheet_of(client)
    head.post(URL, sheet_of(head) | {mine: "7"})
    page = client.post(URL, sheet | {mine: "4", other: ""})
    assert page.status_code == 200
    assert client.post(URL, form_of(page, mine) | {other: "3"}).status_code == 409
    assert seats_of(cast.unit, hall.model) == 7
