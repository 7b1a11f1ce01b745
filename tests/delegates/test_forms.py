"""Forms through the browser's eyes: what is accepted, what is said, and that nothing typed is lost."""

import re
import uuid
from datetime import date

import pytest
from django.urls import reverse

from core.models import AuditEntry
from core.vietnamese import PartialDate
from delegates import actions
from delegates.models import Delegate, Quota
from tests import factories
from tests.delegates import factories as make
from tests.sheet import fill_in, form_of

pytestmark = pytest.mark.django_db
State = Delegate.State


def address(name: str, *args, **query) -> str:
    return reverse(f"delegates:{name}", args=["2020", *args], query=query or None)


def send(client, hall, **changes):
    """Register somebody of the unit as a browser would."""
    return client.post(address("register"), make.a_form(hall.model, once=str(uuid.uuid4())) | changes)


def summary(page) -> list[tuple[str, str]]:
    """What the summary at the top says: the field that each line leads to, and its words."""
    text = page.content.decode()
    box = re.search(r'<div class="error-summary".*?</div>', text, re.DOTALL)
    return re.findall(r'<a href="#id_([\w-]+)">\s*(.*?)\s*</a>', box[0], re.DOTALL) if box else []


# ---- Registering ----


def test_somebody_is_registered_and_the_unit_sees_it(cast, hall, enter):
    client = enter(cast.unit_head)
    answer = send(client, hall, full_name="  Nguyê\u0303n   Văn Du\u0303ng ", birth="1-2-1980", phone="+84 912.345.678")
    assert answer.headers["Location"] == address("unit", cast.unit.pk)
    made = cast.congress.delegates.get()
    assert (made.full_name, made.birth, made.phone) == ("Nguyễn Văn Dũng", PartialDate(1980, 2, 1), "0912345678")
    assert (made.unit, made.category, made.state) == (cast.unit, hall.model, State.REGISTERED)
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Nguyễn Văn Dũng" in page
    assert "1 / 2" in page
    entry = AuditEntry.objects.get(verb="delegate.registered")
    assert entry.actor == cast.unit_head


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("05/09/1980", PartialDate(1980, 9, 5)),
        ("5.9.1980", PartialDate(1980, 9, 5)),
        (" 05-09-1980 ", PartialDate(1980, 9, 5)),
        ("9/1980", PartialDate(1980, 9)),
        ("1980", PartialDate(1980)),
    ],
)
def test_a_birth_may_be_a_year_a_month_or_a_day(cast, hall, enter, typed, kept):
    assert send(enter(cast.unit_head), hall, birth=typed).status_code == 302
    assert cast.congress.delegates.get().birth == kept


# what is changed in a good form, and the field that the fault stands at
FAULTS = [
    ({"full_name": ""}, "full_name"),
    ({"full_name": "x" * 121}, "full_name"),
    ({"birth": ""}, "birth"),
    ({"birth": "31/02/1980"}, "birth"),
    ({"birth": "năm 80"}, "birth"),
    ({"birth": "05/09/2999"}, "birth"),
    ({"sex": ""}, "sex"),
    ({"sex": "x"}, "sex"),
    ({"category": ""}, "category"),
    ({"category": "999999"}, "category"),
    ({"position": ""}, "position"),
    ({"ethnic_group": ""}, "ethnic_group"),
    ({"education": ""}, "education"),
    ({"phone": "", "email": ""}, "phone"),
    ({"phone": "12"}, "phone"),
    ({"email": "khong-phai-thu"}, "email"),
]


@pytest.mark.parametrize(("changes", "field"), FAULTS)
def test_what_is_wrong_is_said_above_and_at_the_field_and_nothing_typed_is_lost(cast, hall, enter, changes, field):
    sent = {"note": "Ghi chú\nđang gõ dở", "religion": "cao_dai", "full_name": "Phạm Văn Gõ", "party_member": "true"}
    page = send(enter(cast.unit_head), hall, **sent | changes)
    text = page.content.decode()
    assert page.status_code == 200
    assert re.search(r"<title>\s*(Lỗi|Error):", text)
    lines = summary(page)
    assert [name.removesuffix("_0") for name, _words in lines] == [field]
    label, words = lines[0][1].split(": ", 1)
    assert text.count(words) == 2  # in the summary and at the field
    assert label == page.context["form"].fields[field].label
    assert f'id="{"id_" + lines[0][0]}"' in text  # the link leads somewhere
    kept = form_of(page, "full_name")
    for name, value in (sent | changes).items():
        if field != name or name not in ("sex", "category"):  # what is no choice cannot be shown as chosen
            assert kept.get(name, "").replace("\r\n", "\n") == value, name
    assert not cast.congress.delegates.exists()
    assert not AuditEntry.objects.exists()


def test_empty_too_long_and_wrong_read_differently(cast, hall, enter):
    client = enter(cast.unit_head)
    for sets in (
        [{"full_name": ""}, {"full_name": "x" * 121}],
        [{"birth": ""}, {"birth": "31/02/1980"}, {"birth": "x"}],
    ):
        words = [summary(send(client, hall, **changes))[0][1] for changes in sets]
        assert len(set(words)) == len(words)


def test_all_faults_are_said_at_once(cast, hall, enter):
    page = send(enter(cast.unit_head), hall, full_name="", birth="x", position="", phone="12")
    assert {name for name, _words in summary(page)} == {"full_name", "birth", "position", "phone"}


def test_a_faulty_form_keeps_its_one_time_key(cast, hall, enter):
    client, key = enter(cast.unit_head), str(uuid.uuid4())
    page = send(client, hall, once=key, full_name="")
    assert form_of(page, "full_name")["once"] == key
    assert (
        client.post(address("register"), form_of(page, "full_name") | {"full_name": "Phạm Văn Sửa"}).status_code == 302
    )


def test_a_double_click_registers_once(cast, hall, enter):
    client, key = enter(cast.unit_head), str(uuid.uuid4())
    form = make.a_form(hall.model, once=key)
    answers = [client.post(address("register"), form) for _time in range(3)]
    assert {answer.headers["Location"] for answer in answers} == {address("unit", cast.unit.pk)}
    assert cast.congress.delegates.count() == 1


def test_a_form_without_its_key_is_refused(cast, hall, enter):
    assert enter(cast.unit_head).post(address("register"), make.a_form(hall.model)).status_code == 409
    assert not cast.congress.delegates.exists()


def test_nothing_is_chosen_beforehand(cast, hall, enter):
    kept = form_of(enter(cast.unit_head).get(address("register")), "full_name")
    for name in ("religion", "party_member", "political_theory", "ethnic_group", "education", "rank", "category"):
        assert kept[name] in ("", "unknown"), name
    assert "sex" not in kept
    assert "other_person" not in kept


def test_the_form_says_why_it_asks_and_what_may_stay_empty(cast, hall, enter):
    text = enter(cast.unit_head).get(address("register")).content.decode()
    assert 'class="note' in text
    labels = dict(re.findall(r'<label for="id_(\w+)" class="form-label">(.*?)</label>', text, re.DOTALL))
    optional = {name for name, label in labels.items() if "optional" in label}
    assert optional >= {"religion", "party_member", "political_theory", "rank", "note"}
    assert (
        optional & {"full_name", "birth", "position", "category", "ethnic_group", "education", "phone", "email"}
        == set()
    )


def test_the_categories_are_those_with_seats_and_say_how_many_are_free(cast, hall, enter):
    make.make_quota(cast.unit, hall.collective, 0)
    make.make_delegate(cast.unit, hall.model)
    choices = enter(cast.unit_head).get(address("register")).context["form"].fields["category"].choices
    assert [key for key, _label in choices] == ["", hall.model.pk]
    assert "1/2" in str(choices[1][1])


def test_a_unit_names_no_organisation_and_cannot_smuggle_state_or_unit(cast, hall, enter):
    sent = {"organisation": "Nơi khác", "state": "confirmed", "unit": cast.far_unit.pk, "came_by": "1", "version": "9"}
    assert send(enter(cast.unit_head), hall, **sent).status_code == 302
    made = cast.congress.delegates.get()
    assert (made.organisation, made.state, made.unit, hasattr(made, "came_by"), made.version) == (
        "", State.REGISTERED, cast.unit, False, 1,
    )  # fmt: skip


def test_who_stands_for_a_collective_names_it(cast, hall, enter):
    make.make_quota(cast.unit, hall.collective, 1)
    client = enter(cast.unit_head)
    page = send(client, hall, category=str(hall.collective.pk))
    assert [name for name, _words in summary(page)] == ["represents"]
    assert send(client, hall, category=str(hall.collective.pk), represents="Phòng Quang tử").status_code == 302
    assert cast.congress.delegates.get().represents == "Phòng Quang tử"


def test_a_category_for_those_honoured_wants_the_award_with_its_year(cast, hall, enter):
    honoured = make.make_category(cast.congress, needs_award=True)
    make.make_quota(cast.unit, honoured, 1)
    award = factories.make_award_type(valid_from=date(2015, 1, 1))
    client = enter(cast.unit_head)
    base = {"category": str(honoured.pk)}

    def faulty(*lines):
        return [name for name, _words in summary(send(client, hall, **base, **make.award_lines(*lines)))]

    assert faulty() == ["awards-0-year", "awards-0-award"]
    assert faulty({"award": award.pk}) == ["awards-0-year"]
    assert faulty({"award": award.pk, "year": "2014"}) == ["awards-0-year"]
    line = {"award": award.pk, "year": "2018"}
    assert faulty(line, line) == ["awards-1-award"]
    assert send(client, hall, **base, **make.award_lines(line)).status_code == 302


def test_other_categories_are_ticked_shown_and_found(cast, hall, enter):
    client = enter(cast.unit_head)
    page = client.get(address("register"))
    assert "tags" not in form_of(page, "full_name")  # nothing is ticked beforehand
    assert send(client, hall, tags=[str(hall.collective.pk), str(hall.model.pk)]).status_code == 302
    made = cast.congress.delegates.get()
    assert list(made.tags.all()) == [hall.collective]
    assert hall.collective.name_vi in client.get(made.get_absolute_url()).content.decode()
    for name, pk, found in (
        ("belongs", hall.collective.pk, [made]), ("belongs", hall.model.pk, [made]),
        ("category", hall.model.pk, [made]),
        ("category", hall.collective.pk, []), ("belongs", hall.press.pk, []),
    ):  # fmt: skip
        assert list(client.get(address("delegates", **{name: pk})).context["listing"].page) == found, (name, pk)
    kept = form_of(client.get(address("edit", made.pk)), "full_name")
    kept.pop("tags")
    assert client.post(address("edit", made.pk), kept).status_code == 302
    assert not made.tags.exists()


# what a line says, and the field that the fault stands at
LINES = [
    ({"year": "2018"}, "award"),
    ({"year": "hai nghìn"}, "year"),
    ({"year": "1800"}, "year"),
    ({"award": "999999", "year": "2018"}, "award"),
    ({"decision_number": "12/QĐ"}, "year"),
    ({"decision_date": "31/02/2018"}, "decision_date"),
    ({"decision_date": "15/6/2016"}, "decision_date"),
]


@pytest.mark.parametrize(("line", "field"), LINES)
def test_a_faulty_line_is_said_at_its_field_and_keeps_what_was_typed(cast, hall, enter, line, field):
    award = factories.make_award_type()
    line = {"award": award.pk, "year": "2018", **line} if "decision_date" in line else line
    good = {"award": award.pk, "year": "2017", "issuer": "Bộ trưởng"}
    page = send(enter(cast.unit_head), hall, **make.award_lines(good, line))
    assert f"awards-1-{field}" in [name for name, _words in summary(page)]
    kept = form_of(page, "full_name")
    assert kept["awards-0-issuer"] == "Bộ trưởng"
    for name, value in line.items():
        if value != "999999":
            assert kept[f"awards-1-{name}"] == str(value)
    assert not cast.congress.delegates.exists()


def test_one_more_line_loses_nothing_and_says_nothing_yet(cast, hall, enter):
    client, award = enter(cast.unit_head), factories.make_award_type()
    line = {"award": award.pk, "year": "hai nghìn", "decision_number": "12/QĐ", "decision_date": "31/02"}
    page = send(client, hall, birth="31/02/1980", **make.award_lines(line, blank=0), **{"add-row": "1"})
    assert summary(page) == []
    assert "is-invalid" not in page.content.decode()
    kept = form_of(page, "full_name")
    assert kept["birth"] == "31/02/1980"
    assert [kept[f"awards-0-{name}"] for name in line] == [str(value) for value in line.values()]
    assert kept["awards-TOTAL_FORMS"] == "2"
    assert kept["awards-1-year"] == ""
    assert not cast.congress.delegates.exists()
    good = kept | {"birth": "1980", "awards-0-year": "2018", "awards-0-decision_date": "20/12/2018"}
    good |= {"awards-1-year": "2017", "awards-1-award": award.pk}
    good.pop("add-row", None)
    assert client.post(address("register"), good).status_code == 302
    held = cast.congress.delegates.get().awards.all()
    assert [one.decision for one in held] == ["12/QĐ, 20/12/2018", ""]


def test_a_line_is_deleted_and_a_form_without_its_table_is_not_taken(cast, hall, enter):
    client, award = enter(cast.unit_head), factories.make_award_type()
    made = make.make_delegate(cast.unit, hall.model, highest_award=award, award_year=2018)
    client.post(address("open_personal", made.pk))
    kept = form_of(client.get(address("edit", made.pk)), "full_name")
    group = make.make_ethnic_group()
    kept |= {"ethnic_group": group.pk, "education": "bachelor"}
    cut_off = {name: value for name, value in kept.items() if not name.startswith("awards-")}
    assert client.post(address("edit", made.pk), cut_off).status_code == 200
    assert made.awards.count() == 1
    assert client.post(address("edit", made.pk), kept | {"awards-0-DELETE": "on"}).status_code == 302
    assert not made.awards.exists()
    made.refresh_from_db()
    assert made.highest_award is None


def test_a_stale_edit_shows_both_lists_of_awards(cast, hall, enter):
    client, award = enter(cast.unit_head), factories.make_award_type()
    made = make.make_delegate(cast.unit, hall.model, highest_award=award, award_year=2018, education="bachelor")
    kept = form_of(client.get(address("edit", made.pk)), "full_name")
    rows = [{"award": award, "year": 2016}]
    actions.edit(actor=cast.officer, delegate=made, version=1, awards=rows)
    page = client.post(address("edit", made.pk), kept | {"awards-0-decision_number": "99/QĐ-TTg"})
    text = page.content.decode()
    assert page.status_code == 409
    assert f"2016 · {award}" in text
    assert f"2018 · {award} · 99/QĐ-TTg" in text
    again = form_of(page, "version")
    assert client.post(address("edit", made.pk), again).status_code == 302
    assert [one.told for one in made.awards.all()] == [f"2018 · {award} · 99/QĐ-TTg"]


def test_a_guest_comes_from_somewhere(cast, hall, enter):
    make.make_quota(None, hall.leader, 1)
    client, url = enter(cast.officer), address("register", unit="ministry")
    form = make.a_form(hall.leader, once=str(uuid.uuid4()), ethnic_group="", education="", phone="")
    page = client.post(url, form)
    assert [name for name, _words in summary(page)] == ["organisation"]
    answer = client.post(url, form | {"organisation": "Văn phòng Chủ tịch nước"})
    made = cast.congress.delegates.get()
    assert answer.headers["Location"] == made.get_absolute_url()
    assert (made.unit, made.comes_from) == (None, "Văn phòng Chủ tịch nước")


# ---- Full, meanwhile ----


def test_the_last_seat_taken_meanwhile_is_a_page(cast, hall, enter):
    """The form was open while others took the seats."""
    client = enter(cast.unit_head)
    form = form_of(client.get(address("register")), "full_name") | make.a_form(hall.model)
    for _ in range(2):
        make.make_delegate(cast.unit, hall.model)
    page = client.post(address("register"), form)
    text = page.content.decode()
    assert page.status_code == 409
    assert hall.model.name_vi in text
    assert "02" in text  # of 02 seats
    assert "error-summary" not in text
    assert cast.congress.delegates.count() == 2
    # the same sheet is good again as soon as there is a seat
    Quota.objects.filter(pk=hall.unit_quota.pk).update(seats=3)
    assert client.post(address("register"), form).status_code == 302


def test_the_department_is_not_above_the_seats(cast, hall, enter):
    for _ in range(2):
        make.make_delegate(cast.unit, hall.model)
    form = make.a_form(hall.model, once=str(uuid.uuid4()))
    url = address("register", unit=cast.unit.pk)
    assert enter(cast.department_head).post(url, form).status_code == 409
    assert cast.congress.delegates.count() == 2


# ---- The same name ----


class TestNamesakes:
    def same(self, **changes):
        return {"full_name": "NGUYEN THI HUONG", "birth": "1/1/1980", "sex": "female"} | changes

    def test_whoever_registers_says_that_it_is_another_person(self, cast, hall, enter):
        make.make_delegate(
            cast.unit, hall.model, full_name="Nguyễn Thị Hương", birth=PartialDate(1980), position="Kế toán trưởng"
        )
        client = enter(cast.unit_head)
        page = send(client, hall, **self.same())
        assert [name for name, _words in summary(page)] == ["other_person"]
        assert "Kế toán trưởng" in page.content.decode()
        assert cast.congress.delegates.count() == 1
        again = client.post(address("register"), form_of(page, "full_name") | {"other_person": "on"})
        assert again.status_code == 302
        assert cast.congress.delegates.count() == 2

    def test_of_another_units_namesake_nothing_is_told_but_that_there_is_one(self, cast, hall, enter):
        make.make_delegate(
            cast.far_unit, hall.model, full_name="Nguyễn Thị Hương", birth=PartialDate(1980), position="Kế toán kín"
        )
        text = send(enter(cast.unit_head), hall, **self.same()).content.decode()
        assert "error-summary" in text
        assert "Kế toán kín" not in text
        assert cast.far_unit.name_vi not in text
        officers = enter(cast.officer).post(
            address("register", unit=cast.unit.pk), make.a_form(hall.model, once=str(uuid.uuid4()), **self.same())
        )
        assert "Kế toán kín" in officers.content.decode()
        assert cast.far_unit.name_vi in officers.content.decode()

    @pytest.mark.parametrize("changes", [{"birth": "1981"}, {"full_name": "Nguyễn Thị Hường A"}])
    def test_another_year_or_name_is_another_person(self, cast, hall, enter, changes):
        make.make_delegate(cast.unit, hall.model, full_name="Nguyễn Thị Hương", birth=PartialDate(1980))
        assert send(enter(cast.unit_head), hall, **self.same(**changes)).status_code == 302

    def test_somebody_withdrawn_is_nobodys_double(self, cast, hall, enter):
        make.make_delegate(
            cast.unit, hall.model, full_name="Nguyễn Thị Hương", birth=PartialDate(1980), state=State.WITHDRAWN
        )
        assert send(enter(cast.unit_head), hall, **self.same()).status_code == 302

    def test_who_is_registered_already_is_not_asked_again_at_every_edit(self, cast, hall, enter):
        for _ in range(2):
            one = make.make_delegate(cast.unit, hall.model, full_name="Nguyễn Thị Hương", birth=PartialDate(1980))
        answer = edit(enter(cast.unit_head), one, position="Chức vụ mới")
        assert answer.status_code == 302


# ---- Changing ----


def edit(client, delegate, **changes):
    group = make.make_ethnic_group().pk if not delegate.ethnic_group_id else delegate.ethnic_group_id
    known = {"ethnic_group": group, "education": "bachelor"}
    client.post(address("open_personal", delegate.pk))
    return fill_in(client, address("edit", delegate.pk), "full_name", **known | changes)


def test_a_delegate_is_changed_and_the_page_says_so(cast, hall, enter):
    delegate = make.make_delegate(cast.unit, hall.model)
    answer = edit(enter(cast.unit_head), delegate, full_name="Đặng Thị Mới", note="Ăn chay")
    assert answer.headers["Location"] == delegate.get_absolute_url()
    delegate.refresh_from_db()
    assert (delegate.full_name, delegate.note, delegate.version) == ("Đặng Thị Mới", "Ăn chay", 2)


def test_an_edit_with_a_fault_keeps_what_was_typed_and_whose_page_it_is(cast, hall, enter):
    delegate = make.make_delegate(cast.unit, hall.model, full_name="Tên Đang Có")
    page = edit(enter(cast.unit_head), delegate, full_name="", note="Đang gõ dở", version="1")
    assert page.status_code == 200
    assert summary(page)
    assert form_of(page, "full_name")["note"] == "Đang gõ dở"
    assert "Tên Đang Có" in page.content.decode()  # the heading names whom it is about
    delegate.refresh_from_db()
    assert delegate.version == 1


def test_the_second_of_two_editors_sees_both_texts_and_may_go_on(cast, hall, enter):
    group = make.make_ethnic_group()
    delegate = make.make_delegate(cast.unit, hall.model, note="Cũ", ethnic_group=group, education="bachelor")
    first, second = enter(cast.officer), enter(cast.unit_head)
    second.post(address("open_personal", delegate.pk))
    mine = form_of(second.get(address("edit", delegate.pk)), "full_name") | {
        "note": "Chữ của tôi", "position": "Chức vụ của tôi", "birth": "2/3/1979", "religion": "buddhist",
    }  # fmt: skip
    edit(first, delegate, note="Chữ của người kia", religion="cao_dai")
    page = second.post(address("edit", delegate.pk), mine)
    text = page.content.decode()
    assert page.status_code == 409
    for words in ("Chữ của người kia", "Chữ của tôi", "Chức vụ của tôi", "02/03/1979"):
        assert words in text
    assert "Cao Đài" not in text  # personal data is not spread out there
    delegate.refresh_from_db()
    assert (delegate.note, delegate.version) == ("Chữ của người kia", 2)
    again = form_of(page, "version")
    assert again["version"] == "2"
    assert second.post(address("edit", delegate.pk), again).status_code == 302
    delegate.refresh_from_db()
    assert (delegate.note, delegate.position, delegate.religion) == ("Chữ của tôi", "Chức vụ của tôi", "buddhist")


def test_a_faulty_form_does_not_take_over_the_newer_version(cast, hall, enter):
    delegate = make.make_delegate(cast.unit, hall.model)
    client = enter(cast.unit_head)
    client.post(address("open_personal", delegate.pk))
    mine = form_of(client.get(address("edit", delegate.pk)), "full_name") | {
        "ethnic_group": make.make_ethnic_group().pk, "education": "bachelor",
    }  # fmt: skip
    edit(enter(cast.officer), delegate, note="Chữ của người kia")
    page = client.post(address("edit", delegate.pk), mine | {"position": ""})
    assert page.status_code == 200
    assert (
        client.post(address("edit", delegate.pk), form_of(page, "full_name") | {"position": "Mới"}).status_code == 409
    )


@pytest.mark.parametrize("name", ["edit", "withdraw", "replace", "confirm", "unconfirm"])
def test_a_form_without_its_version_is_a_conflict(cast, hall, enter, name):
    state = State.CONFIRMED if name == "unconfirm" else State.REGISTERED
    delegate = make.make_delegate(cast.unit, hall.model, state=state)
    form = make.a_form(hall.model, once=str(uuid.uuid4()), reason="Ốm")
    page = enter(cast.officer).post(address(name, delegate.pk), form)
    assert page.status_code == 409
    delegate.refresh_from_db()
    assert (delegate.state, delegate.version) == (state, 1)


def test_another_category_takes_a_free_seat_there_or_none(cast, hall, enter):
    make.make_quota(cast.unit, hall.collective, 1)
    sitting = make.make_delegate(cast.unit, hall.collective)
    delegate = make.make_delegate(cast.unit, hall.model)
    change = {"category": hall.collective.pk, "represents": "Phòng Quang tử"}
    assert edit(enter(cast.unit_head), delegate, **change).status_code == 409
    actions.withdraw(actor=cast.officer, delegate=sitting, version=1, reason="Chuyển công tác")
    assert edit(enter(cast.unit_head), delegate, **change).status_code == 302
    delegate.refresh_from_db()
    assert delegate.category == hall.collective


# ---- Withdrawing, opening again ----


def test_withdrawing_wants_a_reason_and_frees_the_seat(cast, hall, enter):
    delegate = make.make_delegate(cast.unit, hall.model)
    client, url = enter(cast.unit_head), address("withdraw", delegate.pk)
    page = fill_in(client, url, "reason", reason="   ")
    assert page.status_code == 200
    assert [name for name, _words in summary(page)] == ["reason"]
    long = fill_in(client, url, "reason", reason="x" * 301)
    assert summary(long) != summary(page)
    assert form_of(long, "reason")["reason"] == "x" * 301
    assert fill_in(client, url, "reason", reason="Nghỉ hưu").status_code == 302
    delegate.refresh_from_db()
    assert delegate.state == State.WITHDRAWN
    assert "Nghỉ hưu" in client.get(delegate.get_absolute_url()).content.decode()
    assert client.get(url).status_code == 409  # nobody is withdrawn twice
    assert client.get(address("unit", cast.unit.pk)).context["sheet"].total.free == 2


def test_a_confirmation_is_taken_back_with_a_reason(cast, hall, enter):
    delegate = make.make_delegate(cast.unit, hall.model, state=State.CONFIRMED)
    url = address("unconfirm", delegate.pk)
    assert enter(cast.unit_head).post(url, {"version": 1, "reason": "x"}).status_code == 403
    client = enter(cast.officer)
    assert fill_in(client, url, "reason", reason="").status_code == 200
    assert fill_in(client, url, "reason", reason="Sai năm sinh").status_code == 302
    delegate.refresh_from_db()
    assert delegate.state == State.REGISTERED
    assert edit(enter(cast.unit_head), delegate, birth="1979").status_code == 302


# ---- Somebody else instead ----


class TestReplace:
    @pytest.fixture
    def first(self, cast, hall) -> Delegate:
        make.make_delegate(cast.unit, hall.model)  # both seats are taken
        award = factories.make_award_type()
        return make.make_delegate(
            cast.unit, hall.model, full_name="Người Đi", highest_award=award, award_year=2018, phone="0911111111"
        )

    def send(self, client, first, **changes):
        form = {"once": str(uuid.uuid4()), "version": first.version, "reason": "Ốm", "full_name": "Người Đến"}
        return client.post(address("replace", first.pk), make.a_form(first.category) | form | changes)

    def test_the_seat_passes_on_and_both_are_linked(self, cast, hall, enter, first):
        client = enter(cast.unit_head)
        answer = self.send(client, first)
        second = Delegate.objects.get(full_name="Người Đến")
        assert answer.headers["Location"] == second.get_absolute_url()
        first.refresh_from_db()
        assert (first.state, second.state, second.came_by.replaced) == (State.WITHDRAWN, State.REGISTERED, first)
        assert second.highest_award is None  # an award is personal
        for one, other in ((first, second), (second, first)):
            assert other.get_absolute_url() in client.get(one.get_absolute_url()).content.decode()
        assert "Ốm" in client.get(first.get_absolute_url()).content.decode()

    def test_nothing_of_the_first_person_stands_in_the_form(self, cast, hall, enter, first):
        kept = form_of(enter(cast.unit_head).get(address("replace", first.pk)), "full_name")
        assert kept["category"] == str(hall.model.pk)
        assert [name for name, value in kept.items() if value and name in Delegate.PERSON] == ["party_member"]
        assert kept["party_member"] == "unknown"

    @pytest.mark.parametrize(("changes", "field"), [({"reason": ""}, "reason"), ({"birth": "x"}, "birth")])
    def test_a_fault_leaves_the_first_on_the_seat(self, cast, hall, enter, first, changes, field):
        page = self.send(enter(cast.unit_head), first, note="Đang gõ dở", **changes)
        assert page.status_code == 200
        assert [name for name, _words in summary(page)] == [field]
        assert form_of(page, "full_name")["note"] == "Đang gõ dở"
        first.refresh_from_db()
        assert first.state == State.REGISTERED

    def test_a_double_click_replaces_once(self, cast, hall, enter, first):
        client, key = enter(cast.unit_head), str(uuid.uuid4())
        answers = [self.send(client, first, once=key) for _time in range(2)]
        assert answers[0].headers["Location"] == answers[1].headers["Location"]
        assert Delegate.objects.filter(full_name="Người Đến").count() == 1

    def test_replacing_somebody_replaced_already_is_a_page(self, cast, hall, enter, first):
        client = enter(cast.unit_head)
        self.send(client, first)
        page = self.send(client, first, full_name="Người Thứ Ba")
        assert page.status_code == 409
        assert "Người Đi" in page.content.decode()
        assert not Delegate.objects.filter(full_name="Người Thứ Ba").exists()

    def test_another_category_without_a_seat_leaves_the_first_where_they_are(self, cast, hall, enter, first):
        make.make_quota(cast.unit, hall.collective, 1)
        make.make_delegate(cast.unit, hall.collective)
        page = self.send(enter(cast.unit_head), first, category=hall.collective.pk, represents="Phòng Quang tử")
        assert page.status_code == 409
        first.refresh_from_db()
        assert first.state == State.REGISTERED


# ---- Confirming ----


class TestConfirm:
    def test_one_is_confirmed_as_it_was_read(self, cast, hall, enter):
        delegate = make.make_delegate(cast.unit, hall.model)
        client = enter(cast.officer)
        sheet = form_of(client.get(delegate.get_absolute_url()), "version")
        edit(enter(cast.unit_head), delegate, position="Chức vụ khác")
        assert client.post(address("confirm", delegate.pk), sheet).status_code == 409
        sheet = form_of(client.get(delegate.get_absolute_url()), "version")
        assert client.post(address("confirm", delegate.pk), sheet).status_code == 302
        assert client.post(address("confirm", delegate.pk), sheet).status_code == 409  # already

    def test_a_preview_says_whom_and_does_nothing(self, cast, hall, enter):
        waiting = [make.make_delegate(cast.unit, hall.model) for _ in range(2)]
        confirmed = make.make_delegate(cast.far_unit, hall.model, state=State.CONFIRMED)
        gone = make.make_delegate(cast.far_unit, hall.model, state=State.WITHDRAWN)
        other = make.make_delegate(cast.far_unit, hall.model)
        client = enter(cast.officer)
        ticked = [one.pk for one in (*waiting, confirmed, gone)]
        page = client.get(address("confirm_many"), {"pk": ticked})
        assert {one.pk for one in page.context["people"]} == {one.pk for one in waiting}
        every = client.get(address("confirm_many", all=1))
        assert {one.pk for one in every.context["people"]} == {one.pk for one in (*waiting, other)}
        narrowed = client.get(address("confirm_many", all=1, unit=cast.far_unit.pk))
        assert {one.pk for one in narrowed.context["people"]} == {other.pk}
        assert not Delegate.objects.filter(state=State.CONFIRMED).exclude(pk=confirmed.pk).exists()
        assert not AuditEntry.objects.exists()

    def test_all_results_are_those_of_the_list(self, cast, hall, enter):
        for name in ("Nguyễn Văn Dũng", "Trần Thị Dung", "Lê An"):
            make.make_delegate(cast.far_unit, hall.model, full_name=name)
        client = enter(cast.officer)
        listing = client.get(address("delegates", q="dung", sort="-name")).context
        preview = client.get(address("confirm_many") + listing["all_results"])
        assert [one.pk for one in preview.context["people"]] == [one.pk for one in listing["listing"].page]

    def test_each_has_a_result_of_its_own(self, cast, hall, enter):
        fine, changed, gone, done = [make.make_delegate(cast.far_unit, hall.model) for _ in range(4)]
        client = enter(cast.officer)
        sheet = form_of(client.get(address("confirm_many", all=1)), "read")
        edit(enter(cast.department_head), changed, position="Chức vụ khác")
        actions.withdraw(actor=cast.officer, delegate=gone, version=1, reason="Ốm")
        actions.confirm(actor=cast.officer, delegate=done, version=1)
        page = client.post(address("confirm_many"), sheet)
        assert page.status_code == 200
        assert [one.pk for one in page.context["confirmed"]] == [fine.pk]
        reasons = {one.pk: reason for one, reason in page.context["left"]}
        assert set(reasons) == {changed.pk, gone.pk, done.pk}
        assert len(set(reasons.values())) == 3
        for one in (changed, gone, done):
            assert one.full_name in reasons[one.pk]
            assert reasons[one.pk] in page.content.decode()
        states = dict(Delegate.objects.values_list("pk", "state"))
        assert states == {
            fine.pk: State.CONFIRMED, changed.pk: State.REGISTERED, gone.pk: State.WITHDRAWN, done.pk: State.CONFIRMED,
        }  # fmt: skip
        again = client.post(address("confirm_many"), sheet)
        assert again.context["confirmed"] == []

    def test_nonsense_confirms_nobody(self, cast, hall, enter):
        one = make.make_delegate(cast.unit, hall.model)
        other = factories.make_congress(slug="2025", is_current=False)
        far = make.make_delegate(cast.unit, make.make_category(other))
        client = enter(cast.officer)
        for read in ([], ["x"], [f"{one.pk}"], [f"{one.pk}.x"], ["999999.1"], [f"{far.pk}.1"], ["9" * 30 + ".1"]):
            page = client.post(address("confirm_many"), {"read": read})
            assert page.status_code == 200
            assert page.context["confirmed"] == [], read
        assert client.get(address("confirm_many"), {"pk": ["x", "9" * 30, ""]}).context["people"] == []
        assert not Delegate.objects.filter(state=State.CONFIRMED).exists()

    def test_too_many_at_once_are_refused_before_anything_is_done(self, cast, hall, enter, monkeypatch):
        monkeypatch.setattr("delegates.views.lists.MOST_AT_ONCE", 2)
        people = [make.make_delegate(cast.far_unit, hall.model) for _ in range(3)]
        client = enter(cast.officer)
        assert client.get(address("confirm_many", all=1)).status_code == 409
        read = [f"{one.pk}.1" for one in people]
        assert client.post(address("confirm_many"), {"read": read}).status_code == 409
        assert client.post(address("confirm_many"), {"read": read[:2]}).status_code == 200
        assert Delegate.objects.filter(state=State.CONFIRMED).count() == 2
