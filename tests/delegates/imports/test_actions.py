"""Lists applied: all or nothing, within the seats, once; what was changed meanwhile; what stays of a file."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils.translation import override

from congress.models import AwardType
from core import audit, clock
from core.models import AuditEntry
from core.refusal import Refused
from core.vietnamese import PartialDate
from delegates import actions, jobs
from delegates.imports.columns import guess_head, head_at
from delegates.invariants import faults
from delegates.models import ColumnMemory, Delegate, EthnicGroup, Quota, SentList
from delegates.queries import imports as queries
from documents import catalogue
from documents.catalogue import FORMATS
from documents.workbook import Unreadable
from tests import factories
from tests.delegates import factories as make
from tests.delegates.imports.workbooks import HEAD, a_list, a_row


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def send(cast, catalogues):
    """Send a list for the unit head's unit and look at it."""

    def sent(content: bytes, actor=None, **answers) -> SentList:
        actor = actor or cast.unit_head
        found = actions.send_list(actor=actor, congress=cast.congress, unit=cast.unit, name="ds.xlsx", content=content)
        if answers:
            actions.answer_list(actor=actor, sent=found, **answers)
        return jobs.look_at(actor, SentList.objects.get(pk=found.pk))

    yield sent
    assert faults(cast.congress) == []
    assert list(audit.faults()) == []


def applied(sent: SentList, actor=None) -> SentList:
    return actions.apply_list(actor=actor or sent.sent_by, sent=sent)


def said(sent: SentList) -> list[tuple[str, str]]:
    """The faults of a preview: cell and words."""
    return [(fault[2], fault[5]) for fault in sent.preview["faults"]]


def people() -> dict[str, Delegate]:
    return {delegate.full_name: delegate for delegate in Delegate.objects.all()}


ROWS = [a_row(1), a_row(2, name="Trần Thị Hương", sex="Nữ", birth="05/09/1985"), a_row(3, award="CSTĐCS 2019")]


def test_a_list_registers_everybody(send, cast, hall):
    sent = send(a_list(ROWS))
    assert sent.counts == {"added": 3, "changed": 0, "left": 0}
    assert applied(sent).state == SentList.State.APPLIED
    huong = people()["Trần Thị Hương"]
    assert (huong.unit, huong.category, huong.birth) == (cast.unit, hall.model, PartialDate(1985, 9, 5))
    assert (huong.state, huong.version, bytes(huong.sort_key) > b"", huong.folded) == (
        *("registered", 1, True),
        "tran thi huong",
    )
    entry = AuditEntry.objects.get(verb="delegate.registered", object_id=str(huong.pk))
    assert entry.details["from"] == "ds.xlsx"
    assert AuditEntry.objects.get(verb="list.applied").details["counts"] == {"added": 3, "changed": 0, "left": 0}


def test_the_same_list_again_changes_nothing(send):
    applied(send(a_list(ROWS)))
    before = list(Delegate.objects.order_by("pk").values())
    again = send(a_list(ROWS))
    assert again.counts == {"added": 0, "changed": 0, "left": 3}
    with pytest.raises(Refused, match="registered already"):
        applied(again)
    assert list(Delegate.objects.order_by("pk").values()) == before


def test_applying_twice_is_applying_once(send):
    sent = send(a_list(ROWS))
    applied(sent)
    applied(sent)
    assert Delegate.objects.count() == 3
    assert AuditEntry.objects.filter(verb="list.applied").count() == 1


def test_who_is_there_is_changed_where_the_list_says_something_else(send, cast, hall):
    there = make.make_delegate(
        cast.unit, hall.model, full_name="Trần Thị Hương", birth=PartialDate(1985, 9, 5), religion="none", note="cũ"
    )
    sent = send(a_list([a_row(2, name="TRẦN Thị Hương", sex="Nữ", birth=1985, post="Phó Viện trưởng")]))
    assert sent.counts == {"added": 0, "changed": 1, "left": 0}
    applied(sent)
    there.refresh_from_db()
    assert (there.full_name, there.position, there.version) == ("TRẦN Thị Hương", "Phó Viện trưởng", 2)
    assert there.birth == PartialDate(1985, 9, 5)  # the year alone takes nothing away
    assert (there.religion, there.note) == ("none", "cũ")  # nor does what the list does not say
    changes = AuditEntry.objects.get(verb="delegate.changed").details["changes"]
    assert changes["position"] == ["Nghiên cứu viên", "Phó Viện trưởng"]
    assert changes["ethnic group"] == ["…", "…"]  # the trail tells no confidential values


def test_who_stands_in_no_row_stays(send, cast, hall):
    make.make_delegate(cast.unit, hall.model, full_name="Lê Ở Lại")
    sent = send(a_list(ROWS))
    assert sent.preview["absent"] == 1
    applied(sent)
    assert people()["Lê Ở Lại"].state == "registered"


def test_a_typed_year_is_mended_when_the_phone_is_the_same(send, cast, hall):
    there = make.make_delegate(cast.unit, hall.model, full_name="Lê An", birth=PartialDate(1980), phone="0912345678")
    sent = send(a_list([a_row(name="Lê An", birth=1981, phone=912345678, sex="Nữ")]))
    assert sent.counts["changed"] == 1
    applied(sent)
    there.refresh_from_db()
    assert there.birth == PartialDate(1981)


# ---- All or nothing ----


def test_one_fault_stops_everything(send):
    sent = send(a_list([*ROWS, a_row(4, sex="?")]))
    assert said(sent) == [("C5", "Write Nam or Nữ.")]
    with pytest.raises(Refused, match="1 fault"):
        applied(sent)
    assert not Delegate.objects.exists()


MISSING = {
    "birth": ("B2", "date of birth"),
    "sex": ("C2", "Nam or Nữ"),
    "group": ("D2", "ethnic group"),
    "degree": ("E2", "degree"),
    "post": ("F2", "position"),
    "category": ("H2", "category"),
    "phone": ("I2", "phone number or an e-mail"),
}


@pytest.mark.parametrize("what", MISSING)
def test_what_is_missing_is_said_at_its_cell(send, what):
    place, words = MISSING[what]
    ((cell, remark),) = said(send(a_list([a_row(**{what: None})])))
    assert cell == place
    assert words in remark


def test_a_column_that_is_missing_is_said_once(send):
    content = a_list([a_row(1)[:8], a_row(2)[:8]], HEAD[:8])
    assert [cell for cell, _remark in said(send(content))] == [""]


def test_what_is_known_already_need_not_be_written_again(send, cast, hall):
    group, degree = make.make_ethnic_group(code="03"), "master"
    make.make_delegate(cast.unit, hall.model, full_name="Lê An", sex="male", ethnic_group=group, education=degree)
    sent = send(a_list([a_row(name="Lê An", group="", degree="", phone="", category="")]))
    assert said(sent) == []


def test_those_who_come_for_an_award_name_it(send, cast, hall):
    category = make.make_category(cast.congress, code="CN_KT", name_vi="Cá nhân được khen", needs_award=True)
    make.make_quota(cast.unit, category)
    rows = [a_row(1, category="Cá nhân"), a_row(2, category="Cá nhân", award="Giải nhất hội thao 2017")]
    (_missing, unknown) = said(send(a_list(rows)))
    assert (_missing[0], unknown[0]) == ("G2", "G3")
    assert "catalogue" in unknown[1]


def test_an_award_that_the_catalogue_lacks_goes_into_the_note(send):
    content = a_list([a_row(award="Giải nhất hội thao 2017")])
    sent = send(content)
    assert "kept in the note" in sent.preview["remarks"][0][3]
    applied(sent)
    (one,) = Delegate.objects.all()
    assert "Giải nhất hội thao 2017" in one.note
    assert send(content).counts["left"] == 1


DECIDED = [*HEAD, "Số QĐ, ngày"]


def test_a_list_brings_an_award_with_its_decision_and_leaves_the_others(send, cast, hall):
    low, high = AwardType.objects.get(code="CSTD_CS"), AwardType.objects.get(code="BK_BT")
    rows = [{"award": high, "year": 2016, "decision_number": "9/QĐ-TTg"}, {"award": low, "year": 2018}]
    there = make.make_delegate(
        cast.unit, hall.model, full_name="Lê An", birth=PartialDate(1980), sex="male", awards=rows
    )
    row = a_row(name="Lê An", birth=1980, award="CSTĐCS 2019")
    content = a_list([[*row, "QĐ số 12/QĐ-VKT ngày 15/01/2020 của Viện trưởng"]], DECIDED)
    sent = send(content)
    assert sent.counts["changed"] == 1
    (changed,) = sent.preview["rows"]
    words = f"{low.name}, 2019, 12/QĐ-VKT, 15/01/2020, Viện trưởng"
    assert ["Highest award", "", words] in changed[5]
    applied(sent)
    assert [one.told for one in there.awards.all()] == [
        f"2016 · {high.name} · 9/QĐ-TTg",
        f"2019 · {low.name} · 12/QĐ-VKT, 15/01/2020, Viện trưởng",
        f"2018 · {low.name}",
    ]
    there.refresh_from_db()
    assert (there.highest_award, there.award_year, there.award_decision) == (high, 2016, "9/QĐ-TTg")
    assert send(content).counts == {"added": 0, "changed": 0, "left": 1}
    # who says less takes nothing away; who says more is heard
    assert send(a_list([[*row, "12/QĐ-VKT"]], DECIDED)).counts["left"] == 1
    again = send(a_list([[*row[:6], "CSTĐCS 2018", *row[7:], "7/QĐ-VKT"]], DECIDED))
    assert ["Highest award", f"{low.name}, 2018", f"{low.name}, 2018, 7/QĐ-VKT"] in again.preview["rows"][0][5]
    applied(again)
    assert there.awards.count() == 3


# what stands in the row, and the cell of the fault
FAULTY_AWARDS = [
    ({"award": "CSTĐCS 2030"}, "", "G2"),
    ({"award": "Cờ thi đua của Bộ 2018"}, "", "G2"),
    ({"award": "CSTĐCS 2018"}, "1/QĐ, 31/12/2016", "J2"),
    ({"award": "CSTĐCS 2018"}, "1/QĐ, 31/12/2990", "J2"),
    ({"award": ""}, "1/QĐ-TTg", "J2"),
]


@pytest.mark.parametrize(("row", "decision", "cell"), FAULTY_AWARDS)
def test_an_award_that_does_not_stand_up_is_a_fault_of_the_preview(send, today, row, decision, cell):
    today(2020, 9, 1)
    factories.make_award_type(name_vi="Cờ thi đua của Bộ", given_to="collective")
    sent = send(a_list([[*a_row(**row), decision]], DECIDED))
    assert [place for place, _words in said(sent)] == [cell]


def test_who_stands_for_a_collective_names_it(send, cast, hall):
    make.make_quota(cast.unit, hall.collective)
    rows = [a_row(1, category="Đại diện tập thể"), a_row(2, category="Đại diện tập thể: Phòng Quang tử")]
    ((cell, words),) = said(send(a_list(rows)))
    assert (cell, "collective" in words) == ("H2", True)


# ---- Seats ----


def test_the_last_rows_find_no_seat(send, hall):
    Quota.objects.filter(pk=hall.unit_quota.pk).update(seats=2)
    sent = send(a_list([a_row(number) for number in range(4)]))
    assert [cell for cell, _words in said(sent)] == ["H4", "H5"]
    assert "has 2 seats free, and the list needs 4" in said(sent)[0][1]


def test_a_category_without_seats(send, hall):
    ((cell, words),) = said(send(a_list([a_row(category="Đại diện tập thể: Phòng A")])))
    assert (cell, "no seats" in words) == ("H2", True)


def test_seats_change_between_look_and_act(send, hall):
    sent = send(a_list(ROWS))
    Quota.objects.filter(pk=hall.unit_quota.pk).update(seats=1)
    with pytest.raises(actions.Changed):
        applied(sent)
    assert not Delegate.objects.exists()


def test_somebody_is_changed_between_look_and_act(send, cast, hall):
    there = make.make_delegate(cast.unit, hall.model, full_name=ROWS[0][0], sex="male")
    sent = send(a_list(ROWS))
    actions.edit(actor=cast.officer, delegate=there, version=1, position="Khác")
    with pytest.raises(actions.Changed):
        applied(sent)
    assert Delegate.objects.count() == 1
    applied(jobs.look_at(cast.unit_head, SentList.objects.get()))
    assert Delegate.objects.count() == 3


def test_a_change_of_category_needs_a_seat_and_frees_one(send, cast, hall):
    make.make_quota(cast.unit, hall.collective, 1)
    there = make.make_delegate(cast.unit, hall.model, full_name="Lê An", sex="male")
    Quota.objects.filter(pk=hall.unit_quota.pk).update(seats=1)
    rows = [a_row(1, name="Lê An", category="Đại diện tập thể: Phòng A"), a_row(2)]
    applied(send(a_list(rows)))
    there.refresh_from_db()
    assert there.category == hall.collective
    assert Delegate.objects.count() == 2


def test_whoever_waits_for_a_seat_keeps_the_category(send, cast, hall, leaves_faults):
    make.make_quota(cast.unit, hall.collective)
    waits = {"state": Delegate.State.RESERVE, "reserve_order": 1}
    make.make_delegate(cast.unit, hall.model, full_name="Lê An", sex="male", **waits)
    ((cell, words),) = said(send(a_list([a_row(1, name="Lê An", category="Đại diện tập thể: Phòng A")])))
    assert (cell, "reserve list" in words) == ("H2", True)
    applied(send(a_list([a_row(1, name="Lê An", post="Trưởng phòng")])))
    assert people()["Lê An"].position == "Trưởng phòng"


# ---- Who is who ----


def test_two_of_one_name_in_the_list_are_asked_about(send):
    rows = [a_row(1, name="Lê An"), a_row(2, name="Lê An")]
    sent = send(a_list(rows))
    assert [(cell, "row 2" in words) for cell, words in said(sent)] == [("A3", True)]
    assert [question[:2] for question in sent.preview["questions"]] == [[3, "Lê An"]]
    sent = send(a_list(rows), others={3})
    assert sent.preview["faults"] == []
    applied(sent)
    assert Delegate.objects.count() == 2
    assert send(a_list(rows)).counts == {"added": 0, "changed": 0, "left": 2}


def test_somebody_of_another_unit_is_asked_about_and_not_told_of(send, cast, hall):
    make.make_delegate(cast.other_unit, hall.model, full_name="Lê An", position="Bí mật")
    sent = send(a_list([a_row(1, name="Lê An")]))
    ((cell, words),) = said(sent)
    assert (cell, "another unit" in words) == ("A2", True)
    assert "Bí mật" not in str(sent.preview)
    assert send(a_list([a_row(1, name="Lê An")]), others={2}).preview["faults"] == []


def test_who_was_withdrawn_is_registered_anew(send, cast, hall):
    make.make_delegate(cast.unit, hall.model, full_name="Lê An", state=Delegate.State.WITHDRAWN)
    sent = send(a_list([a_row(1, name="Lê An")]))
    assert sent.counts["added"] == 1
    applied(sent)
    assert Delegate.objects.count() == 2


def test_the_unit_cannot_change_who_is_confirmed_and_the_department_can(send, cast, hall):
    make.make_delegate(cast.unit, hall.model, full_name="Lê An", sex="male", state=Delegate.State.CONFIRMED)
    content = a_list([a_row(name="Lê An", post="Khác")])
    ((cell, words),) = said(send(content))
    assert (cell, "has confirmed" in words) == ("A2", True)
    applied(send(content, actor=cast.officer))
    assert people()["Lê An"].position == "Khác"


# ---- Rights and days ----


def test_after_the_deadline_only_the_department(send, cast):
    sent = send(a_list(ROWS))
    cast.congress.registration_due = clock.today() - timedelta(days=1)
    cast.congress.save()
    with pytest.raises(Refused, match="closed"):
        applied(SentList.objects.get(pk=sent.pk))
    with pytest.raises(Refused, match="closed"):
        send(a_list(ROWS))
    applied(send(a_list(ROWS), actor=cast.officer))
    assert Delegate.objects.count() == 3


@pytest.mark.parametrize("role", ["unit_clerk", "block_head", "member", "desk", "stranger"])
def test_nobody_sends_for_another_unit(cast, catalogues, role):
    actor = make.the_user(cast, role)
    with pytest.raises(Refused):
        actions.send_list(actor=actor, congress=cast.congress, unit=cast.unit, name="ds.xlsx", content=a_list(ROWS))


def test_the_department_sends_for_the_ministry_itself(cast, catalogues):
    make.make_quota(None, catalogues.leader)
    head = [*HEAD, "Cơ quan"]
    content = a_list([[*a_row(category="Lãnh đạo Bộ", group="", degree="", phone=""), "Văn phòng Quốc hội"]], head)
    sent = actions.send_list(actor=cast.officer, congress=cast.congress, unit=None, name="ds.xlsx", content=content)
    sent = jobs.look_at(cast.officer, sent)
    assert said(sent) == []
    applied(sent, cast.officer)
    assert Delegate.objects.get().organisation == "Văn phòng Quốc hội"


# ---- Files ----


def test_what_cannot_be_read_is_not_kept(cast, catalogues):
    with pytest.raises(Unreadable, match="Save As"):
        actions.send_list(actor=cast.unit_head, congress=cast.congress, unit=cast.unit, name="ds.csv", content=b"a;b")
    assert not SentList.objects.exists()


def test_file_and_preview_go_when_the_list_is_applied(send, django_capture_on_commit_callbacks):
    sent = send(a_list(ROWS))
    path = sent.file.name
    assert default_storage.exists(path)
    assert "ds" not in path
    with django_capture_on_commit_callbacks(execute=True):
        applied(sent)
    sent.refresh_from_db()
    assert (sent.preview, bool(sent.file), default_storage.exists(path)) == (None, False, False)


def test_a_list_is_given_up(send, cast, django_capture_on_commit_callbacks):
    sent = send(a_list(ROWS))
    with django_capture_on_commit_callbacks(execute=True):
        actions.give_up_list(actor=cast.unit_head, sent=sent)
    assert not default_storage.exists(sent.file.name)
    assert not SentList.objects.exists()


def test_a_list_that_nobody_applies_is_forgotten(send, cast):
    old = send(a_list(ROWS))
    SentList.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    send(a_list(ROWS))
    assert not SentList.objects.filter(pk=old.pk).exists()
    assert AuditEntry.objects.filter(verb="list.forgotten").count() == 1


def test_what_columns_hold_is_remembered_for_the_unit(cast, catalogues):
    content = a_list([a_row()], ["Đại biểu là ai", *HEAD[1:]])
    fields = {"actor": cast.unit_head, "congress": cast.congress, "unit": cast.unit, "name": "a.xlsx"}
    sent = actions.send_list(**fields, content=content)
    head, _known = guess_head(queries.sheets_of(sent)[0])
    assert head is None
    head = head_at(queries.sheets_of(sent)[0], 1, 1)
    actions.set_table(actor=cast.unit_head, sent=sent, sheet=sent.sheet, head=head)
    columns = {1: "full_name", 2: "birth"}
    actions.set_columns(actor=cast.unit_head, sent=sent, columns=columns, category=None, titles=head.titles)
    assert ColumnMemory.objects.get().columns["dai bieu la ai"] == "full_name"
    again = actions.send_list(**fields, content=content)
    again = actions.set_table(actor=cast.unit_head, sent=again, sheet=again.sheet, head=head)
    assert {int(column): target for column, target in again.columns.items()} == columns


# ---- Export and back ----


def test_what_is_exported_comes_back_as_it_was(send, cast, hall, catalogues):
    make.make_quota(cast.unit, hall.collective)
    group, award = EthnicGroup.objects.get(name_vi="Mông"), AwardType.objects.get(code="BK_BT")
    other = AwardType.objects.get(code="CSTD_CS")
    held = [{"award": award, "year": 2018, "decision_number": "12, 13/QĐ-BKHCN", "issuer": "Bộ trưởng, Trưởng ban"}]
    held += [{"award": other, "year": 2019, "decision_date": PartialDate(2020, 1)}]
    full = {"ethnic_group": group, "religion": "buddhist", "party_member": True, "education": "doctor"}
    full |= {"party_joined": PartialDate(1999, 2), "sub_unit": "Phòng Quang tử"}
    full |= {"rank": "professor", "political_theory": "bachelor", "awards": held}
    make.make_delegate(cast.unit, hall.model, full_name="Lê An", birth=PartialDate(1980, 9, 5), note="a; b", **full)
    Delegate.objects.get(full_name="Lê An").tags.set([hall.collective, hall.leader])
    make.make_delegate(cast.unit, hall.collective, full_name="H'Hen Niê", phone="", email="h@most.gov.vn", **full)
    make.make_delegate(cast.unit, hall.model, full_name="=An", sex="male", education="vocational", ethnic_group=group)
    make.make_delegate(cast.unit, hall.model, full_name="Đã Rút", state=Delegate.State.WITHDRAWN, **full)
    before = list(Delegate.objects.order_by("pk").values())
    with override("vi"):
        paper = catalogue.find("delegates-internal").build(cast.unit_head, cast.congress.slug, {})
        content = FORMATS["xlsx"].write(paper)
    sent = send(content)
    assert said(sent) == []
    assert sent.counts == {"added": 0, "changed": 0, "left": 3}
    assert list(Delegate.objects.order_by("pk").values()) == before
    # somebody who had no awards yet has the highest one afterwards, as it was exported
    first = Delegate.objects.get(full_name="Lê An")
    actions.edit(actor=cast.unit_head, delegate=first, version=first.version, awards=[], tags=[])
    applied(send(content))
    assert set(first.tags.all()) == {hall.collective, hall.leader}
    assert [(one.award, one.year, one.decision) for one in first.awards.all()] == [
        (award, 2018, "12, 13/QĐ-BKHCN, Bộ trưởng, Trưởng ban")
    ]
    assert send(content).counts["left"] == 3


def test_identity_numbers_come_and_go_where_a_category_has_to_know_them(send, cast, hall):
    content = a_list([[*a_row(1, name="Lê An"), 1080012345]], [*HEAD, "Số CCCD"])
    applied(send(content))
    first = Delegate.objects.get()
    assert first.id_number == ""  # nobody has asked for it: the column is left out
    type(hall.model).objects.filter(pk=hall.model.pk).update(needed_fields=["id_number"])
    cast.congress.__dict__.pop("_categories")  # as for the next request
    assert send(content).counts["changed"] == 1
    applied(send(content))
    first.refresh_from_db()
    assert first.id_number == "001080012345"  # with the zeros that Excel took away
    with override("vi"):
        paper = catalogue.find("delegates-internal").build(cast.unit_head, cast.congress.slug, {})
        written = FORMATS["xlsx"].write(paper)
    assert send(written).counts == {"added": 0, "changed": 0, "left": 1}
    wrong = send(a_list([[*a_row(1, name="Lê An"), "12345"]], [*HEAD, "Số CCCD"]))
    assert any("9 or 12" in words for *_where, words in said(wrong))


def test_who_is_withdrawn_stays_so_when_the_list_says_it(send, cast, hall):
    make.make_delegate(cast.unit, hall.model, full_name="Lê An", state=Delegate.State.WITHDRAWN)
    make.make_delegate(cast.unit, hall.model, full_name="Lê Bình", sex="male")
    rows = [[*a_row(1, name="Lê An"), "Đã rút"], [*a_row(2, name="Lê Bình"), "Đã rút; ốm"]]
    sent = send(a_list([*rows, [*a_row(3, name="Lê Chưa Có"), "Đã rút"]], [*HEAD, "Ghi chú"]))
    assert sent.counts == {"added": 0, "changed": 0, "left": 3}
    assert [(cell, "withdraw them" in words) for cell, _title, _stands, words in sent.preview["remarks"]] == [
        ("J3", True)
    ]


def test_a_long_list_in_both_directions(send, hall):
    Quota.objects.filter(pk=hall.unit_quota.pk).update(seats=400)
    content = a_list([a_row(number) for number in range(300)])
    applied(send(content))
    assert Delegate.objects.count() == 300
    assert send(content).counts == {"added": 0, "changed": 0, "left": 300}


def test_kept_personal_data_is_not_told_by_a_preview(send, cast, hall):
    make.make_delegate(
        cast.unit, hall.model, full_name="Lê An", birth=PartialDate(1980, 9, 5), sex="male", phone="0987654321"
    )
    sent = send(a_list([a_row(name="Lê An", birth=1980, phone="0912345678")]))
    (row,) = sent.preview["rows"]
    assert row[2] == "1980"
    assert ["Phone", "kept, not shown", "0912345678"] in row[5]
    assert "0987654321" not in str(sent.preview)


def test_lists_that_wait_go_with_the_personal_data(send, cast, django_capture_on_commit_callbacks):
    sent = send(a_list(ROWS))
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.forget_lists(actor=None, congress=cast.congress) == 1
    assert not default_storage.exists(sent.file.name)
    assert not SentList.objects.exists()
