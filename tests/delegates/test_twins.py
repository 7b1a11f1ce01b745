"""People who are likely registered twice: found, told apart, merged; never by themselves."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.models import AuditEntry, Mail
from core.refusal import Refused
from core.versions import Stale
from core.vietnamese import PartialDate
from delegates import actions, queries
from delegates.models import Delegate, KeptApart
from delegates.queries.twins import clusters, likely_pairs
from tests import factories
from tests.delegates import factories as make

State = Delegate.State


def address(name: str, *args) -> str:
    return reverse(f"delegates:{name}", args=["2020", *args])


@pytest.fixture
def both(cast, hall) -> list[Delegate]:
    """One person, registered by two units: by one with the day of birth, by the other with the year alone."""
    return [
        make.make_delegate(
            cast.unit, hall.model, full_name="Nguyễn Thị Hương", birth=PartialDate(1980, 5, 9), email="", note="Ăn chay"
        ),
        make.make_delegate(
            cast.far_unit,
            hall.model,
            full_name="Nguyễn Thị Hường",
            birth=PartialDate(1980),
            position="Trưởng phòng",
            email="huong@example.org",
        ),
    ]


def merge(cast, stays: Delegate, goes: Delegate, **more) -> Delegate:
    fields = {"actor": cast.officer, "version": stays.version, "other_version": goes.version, **more}
    return actions.merge_twins(stays=stays, goes=goes, **fields)


# ---- Who is likely one person ----


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({"full_name": "Nguyễn Thị Hương"}, {"full_name": "nguyen thi huong"}, ["name"]),
        ({"full_name": "Lê An"}, {"full_name": "Lê An", "birth": PartialDate(1980, 12, 31)}, ["name"]),
        ({"full_name": "Lê An"}, {"full_name": "Lê An", "birth": PartialDate(1981)}, None),
        ({"phone": "0912000111"}, {"phone": "0912000111"}, ["phone"]),
        ({"phone": ""}, {"phone": ""}, None),
        ({"id_number": "001080012345"}, {"id_number": "001080012345"}, ["identity"]),
        ({"email": "An@example.org"}, {"email": "an@example.ORG"}, ["email"]),
        ({"email": ""}, {"email": ""}, None),
        (
            {"full_name": "Lê An", "phone": "0912000111"},
            {"full_name": "Lê An", "phone": "0912000111"},
            ["name", "phone"],
        ),
        ({"phone": "0912000111"}, {"phone": "0912000111", "state": "reserve", "reserve_order": 1}, ["phone"]),
        ({"phone": "0912000111"}, {"phone": "0912000111", "state": "withdrawn"}, None),
    ],
)
@pytest.mark.parametrize("same_unit", [True, False])
def test_what_two_people_have_to_share(cast, hall, one, other, alike, same_unit):
    first = make.make_delegate(cast.unit, hall.model, **one)
    second = make.make_delegate(cast.unit if same_unit else cast.far_unit, hall.model, **other)
    found = likely_pairs(cast.congress)
    assert found == ({(first.pk, second.pk): alike} if alike else {})
    assert likely_pairs(cast.congress, [first]) == found
    if second.state != State.WITHDRAWN:
        assert [(pair.second, pair.alike) for pair in queries.twins_of(second)] == ([(first, alike)] if alike else [])


def test_of_another_congress_nobody_is_compared(cast, hall, both):
    other = factories.make_congress(slug="2025", ordinal=6, is_current=False)
    assert likely_pairs(other) == {}


def test_a_number_that_many_share_is_an_offices(cast, hall):
    people = [make.make_delegate(cast.far_unit, hall.model, phone="0243556065") for _ in range(4)]
    assert len(likely_pairs(cast.congress)) == 6
    make.make_delegate(cast.far_unit, hall.model, phone="0243556065")
    assert likely_pairs(cast.congress) == {}
    assert likely_pairs(cast.congress, people) == {}


def test_pairs_that_hang_together_are_one_group():
    assert clusters([(1, 2), (5, 6), (2, 3), (7, 3)]) == [[(1, 2), (2, 3), (7, 3)], [(5, 6)]]
    assert clusters([]) == []


def test_those_told_apart_are_not_asked_about_again(cast, hall, both, enter):
    first, second = both
    third = make.make_delegate(cast.other_unit, hall.model, full_name="Nguyễn Thị Hương")
    apart = actions.keep_apart(actor=cast.officer, first=second, second=first, note="Khác ngày sinh")
    assert (apart.first, apart.second, apart.note) == (first, second, "Khác ngày sinh")
    assert set(likely_pairs(cast.congress)) == {(first.pk, third.pk), (second.pk, third.pk)}
    actions.withdraw(actor=cast.officer, delegate=third, version=1, reason="Ốm")
    client = enter(cast.officer)
    assert queries.twins_of(first) == []
    assert client.get(address("delegates"), {"twice": 1}).context["listing"].total == 0
    actions.ask_again(actor=cast.officer, apart=apart)
    assert client.get(address("delegates"), {"twice": 1}).context["listing"].total == 2
    verbs = AuditEntry.objects.filter(object_id=str(first.pk)).values_list("verb", flat=True)
    assert {"delegate.kept_apart", "delegate.asked_again"} <= set(verbs)


def test_nobody_is_told_apart_twice(cast, hall, both):
    actions.keep_apart(actor=cast.officer, first=both[0], second=both[1])
    with pytest.raises(Refused):
        actions.keep_apart(actor=cast.officer, first=both[1], second=both[0])
    with pytest.raises(Refused):
        merge(cast, *both)
    assert KeptApart.objects.count() == 1


@pytest.mark.parametrize("role", ["unit_head", "unit_clerk", "block_head", "desk", "member"])
def test_the_department_alone_decides(cast, hall, both, role, enter):
    user = make.the_user(cast, role)
    with pytest.raises(Refused):
        actions.keep_apart(actor=user, first=both[0], second=both[1])
    with pytest.raises(Refused):
        actions.merge_twins(actor=user, stays=both[0], goes=both[1], version=1, other_version=1)
    assert enter(user).get(address("twins")).status_code == 403
    assert Delegate.objects.seated().count() == 2


# ---- Merged ----


def test_merged_one_stays_and_the_other_is_withdrawn(cast, hall, both, django_capture_on_commit_callbacks):
    stays, goes = both
    actions.confirm(actor=cast.officer, delegate=stays, version=1)
    cast.unit_head.email = "truong@example.org"
    cast.unit_head.save()
    kept = merge(cast, stays, goes, version=2)
    goes.refresh_from_db()
    assert (kept.state, kept.unit, kept.position) == (State.CONFIRMED, cast.unit, "Nghiên cứu viên")
    assert (kept.birth, kept.email, kept.note) == (PartialDate(1980, 5, 9), "huong@example.org", "Ăn chay")
    assert (goes.state, goes.merged_into, goes.position) == (State.WITHDRAWN, kept, "Trưởng phòng")
    assert likely_pairs(cast.congress) == {}
    told = dict(AuditEntry.objects.filter(verb__startswith="delegate.merged").values_list("object_id", "verb"))
    assert told == {str(kept.pk): "delegate.merged", str(goes.pk): "delegate.merged_away"}
    assert "huong@example.org" not in str(list(AuditEntry.objects.values_list("details", flat=True)))
    letter = Mail.objects.get(to="truong@example.org")
    assert str(kept.pk) in letter.body
    assert "huong@example.org" not in letter.body


def test_whose_word_counts_is_said_field_by_field(cast, hall, both):
    stays, goes = both
    kept = merge(cast, stays, goes, taken=["full_name", "position", "birth"])
    assert (kept.full_name, kept.position) == ("Nguyễn Thị Hường", "Trưởng phòng")
    assert kept.birth == PartialDate(1980)
    assert kept.folded == "nguyen thi huong"


def test_the_freed_seat_stays_with_its_unit(cast, hall, both):
    stays, goes = both
    merge(cast, stays, goes)
    assert cast.congress.delegates.filter(unit=cast.far_unit).seated().count() == 0
    assert cast.congress.quotas.get(unit=cast.far_unit, category=hall.model).seats == 100


def test_both_units_get_a_letter_and_one_unit_one(cast, hall, both):
    users = {cast.unit_head: "a@example.org", cast.unit_clerk: "b@example.org"}
    for user, mail in users.items():
        user.email = mail
        user.save()
    other = make.make_delegate(cast.other_unit, hall.model, full_name="Nguyễn Thị Hương")
    merge(cast, both[0], other)
    assert set(Mail.objects.values_list("to", flat=True)) == set(users.values())
    freed = Mail.objects.get(to="b@example.org").body
    assert hall.model.name in freed
    again = make.make_delegate(cast.unit, hall.model, full_name="Nguyễn Thị Hương")
    stays = Delegate.objects.get(pk=both[0].pk)
    merge(cast, stays, again)
    assert Mail.objects.filter(to="a@example.org").count() == 2


def test_what_was_changed_meanwhile_is_not_merged(cast, hall, both):
    stays, goes = both
    Delegate.objects.filter(pk=goes.pk).update(version=2)
    with pytest.raises(Stale):
        merge(cast, stays, goes)
    with pytest.raises(Stale):
        merge(cast, stays, goes, version=9, other_version=2)
    assert Delegate.objects.seated().count() == 2


def test_what_is_merged_is_not_merged_again(cast, hall, both):
    stays, goes = both
    merge(cast, stays, goes)
    for first, second in ((stays, goes), (goes, stays)):
        with pytest.raises(Refused):
            actions.merge_twins(actor=cast.officer, stays=first, goes=second, version=2, other_version=2)
    with pytest.raises(Refused):
        actions.merge_twins(actor=cast.officer, stays=stays, goes=stays, version=2, other_version=2)


def test_values_that_do_not_go_together_leave_all_as_it_is(cast, hall):
    stays = make.make_delegate(cast.unit, hall.model, full_name="Lê An")
    goes = make.make_delegate(cast.far_unit, hall.model, full_name="Lê An", phone="1")
    with pytest.raises(ValidationError):
        merge(cast, stays, goes, taken=["phone"])
    assert Delegate.objects.seated().count() == 2


def test_awards_of_both_are_held_by_the_one_who_stays_each_once(cast, hall):
    low, high = factories.make_award_type(order=20), factories.make_award_type(order=10)
    flag = factories.make_award_type(order=5, given_to="collective")
    own = [{"award": low, "year": 2018, "decision_number": "1/QĐ"}]
    others = [{"award": low, "year": 2018, "decision_number": "2/QĐ"}, {"award": high, "year": 2016}]
    stays = make.make_delegate(cast.unit, hall.model, full_name="Lê An", awards=own)
    collective = [*others, {"award": flag, "year": 2019}]
    goes = make.make_delegate(cast.far_unit, hall.collective, full_name="Lê An", awards=collective)
    merge(cast, stays, goes)
    stays.refresh_from_db()
    assert [one.told for one in stays.awards.all()] == [f"2016 · {high}", f"2018 · {low} · 1/QĐ"]
    assert (stays.highest_award, stays.award_year) == (high, 2016)


def test_a_reserve_is_merged_as_well(cast, hall):
    stays = make.make_delegate(cast.unit, hall.model, full_name="Lê An")
    goes = make.make_delegate(cast.unit, hall.model, full_name="Lê An", state="reserve", reserve_order=1)
    merge(cast, stays, goes)
    goes.refresh_from_db()
    assert (goes.state, goes.reserve_order) == (State.WITHDRAWN, None)


# ---- Pages ----


def test_the_page_shows_who_is_asked_about_without_personal_data(cast, hall, both, enter):
    page = enter(cast.officer).get(address("twins"))
    text = page.content.decode()
    for one in both:
        assert one.full_name in text
        assert one.comes_from in text
    assert "huong@example.org" not in text
    assert "09/05/1980" not in text
    assert address("twins_pair", both[0].pk, both[1].pk) in text


def test_side_by_side_personal_data_is_shown_once_it_was_opened(cast, hall, both, enter):
    client, where = enter(cast.officer), address("twins_pair", both[0].pk, both[1].pk)
    closed = client.get(where)
    assert "huong@example.org" not in closed.content.decode()
    assert {row.label for row in closed.context["rows"] if row.differs} >= {"Đơn vị", "Chức vụ"}
    merging = address("twins_merge", both[0].pk, both[1].pk)
    assert client.get(merging).status_code == 409
    assert client.post(merging, {"version": 1, "other_version": 1, "sure": "1"}).status_code == 409
    client.post(address("twins_open", both[0].pk, both[1].pk))
    opened = client.get(where).content.decode()
    assert "huong@example.org" in opened
    assert AuditEntry.objects.filter(verb="delegate.personal_opened").count() == 2
    assert "huong@example.org" not in enter(cast.department_head).get(where).content.decode()


def test_they_are_told_apart_at_the_page_and_it_is_taken_back(cast, hall, both, enter):
    client = enter(cast.officer)
    sent = {"note": "Hai số căn cước khác nhau", "once": str(uuid.uuid4())}
    for _twice in range(2):
        answer = client.post(address("twins_keep", both[1].pk, both[0].pk), sent)
        assert answer.url == address("twins")
    apart = KeptApart.objects.get()
    page = client.get(address("twins")).content.decode()
    assert "Hai số căn cước khác nhau" in page
    client.post(address("twins_ask_again", apart.pk))
    assert not KeptApart.objects.exists()


def test_merging_at_the_page_is_chosen_then_previewed_then_done(cast, hall, both, enter):
    stays, goes = both
    client, where = enter(cast.officer), address("twins_merge", stays.pk, goes.pk)
    client.post(address("twins_open", stays.pk, goes.pk))
    form = client.get(where).context["form"]
    assert set(form.fields) == {"full_name", "birth", "position", "phone"}
    chosen = dict.fromkeys(form.fields, "own") | {"position": "other"}
    sent = {"version": "1", "other_version": "1", "sure": "0", **chosen}
    preview = client.post(where, sent)
    assert preview.context["preview"]
    assert "Trưởng phòng" in preview.content.decode()
    assert Delegate.objects.seated().count() == 2
    done = client.post(where, {**sent, "sure": "1"})
    assert done.url == stays.get_absolute_url()
    stays.refresh_from_db()
    assert stays.position == "Trưởng phòng"
    assert client.post(where, {**sent, "sure": "1"}).status_code == 409
    gone = client.get(goes.get_absolute_url()).content.decode()
    assert stays.get_absolute_url() in gone


def test_a_choice_that_was_not_made_is_asked_for(cast, hall, both, enter):
    stays, goes = both
    client = enter(cast.officer)
    client.post(address("twins_open", stays.pk, goes.pk))
    page = client.post(address("twins_merge", stays.pk, goes.pk), {"version": "1", "other_version": "1", "sure": "1"})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert Delegate.objects.seated().count() == 2


def test_a_delegates_page_leads_to_the_comparison(cast, hall, both, enter):
    where = address("twins_pair", both[0].pk, both[1].pk)
    assert where in enter(cast.officer).get(both[0].get_absolute_url()).content.decode()
    assert where not in enter(cast.unit_head).get(both[0].get_absolute_url()).content.decode()


def test_nobody_to_decide_on_is_said(cast, hall, enter):
    assert 'class="empty"' in enter(cast.officer).get(address("twins")).content.decode()


def test_groups_are_paged(cast, hall, enter):
    for number in range(12):
        for unit in (cast.unit, cast.far_unit):
            make.make_delegate(unit, hall.collective, full_name=f"Lê Văn {number}")
    first = enter(cast.officer).get(address("twins")).context["listing"]
    last = enter(cast.officer).get(address("twins"), {"page": 2}).context["listing"]
    assert (first.total, len(first.groups), len(last.groups), first.range) == (12, 10, 2, "1–10 / 12")


@pytest.mark.parametrize("name", ["twins", "pair", "delegate"])
def test_a_page_costs_the_same_at_one_group_and_at_five(cast, hall, enter, name, django_assert_max_num_queries):
    def group(number: int) -> list[Delegate]:
        people = [make.make_delegate(unit, hall.leader, full_name=f"Lê Văn {number}") for unit in (None, None)]
        apart = [make.make_delegate(None, hall.leader, full_name=f"Vũ Văn {number}") for _ in range(2)]
        actions.keep_apart(actor=cast.officer, first=apart[0], second=apart[1])
        return people

    first, second = group(0)
    where = {
        "twins": address("twins"),
        "pair": address("twins_pair", first.pk, second.pk),
        "delegate": first.get_absolute_url(),
    }[name]
    client = enter(cast.officer)
    client.get(where)
    with django_assert_max_num_queries(12) as few:
        client.get(where)
    for number in range(1, 5):
        group(number)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(where)
