"""The make-up as pages and papers show it: to whom, with what, down to which names, and the same as the rows."""

import re
import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from core.models import AuditEntry
from core.refusal import Refused
from core.vietnamese import PartialDate
from delegates import actions, credentials, tallies
from delegates.composition import UNDECIDED, UNKNOWN
from delegates.invariants import faults
from delegates.models import CompositionCopy, CompositionTarget, Delegate, TallyMark, UnitTally
from delegates.queries import composition as makeup
from tests import factories
from tests.delegates import factories as make
from tests.delegates.test_exports import take
from tests.recount_composition import differences

pytestmark = pytest.mark.django_db
WHOLE = makeup.Scope(None, sensitive=True, whole=True)


def address(name: str, *args, **query) -> str:
    return reverse(f"delegates:{name}", args=["2020", *args], query=query or None)


@pytest.fixture
def people(cast, hall) -> list[Delegate]:
    """Official delegates of three units, a guest, a reporter, and somebody withdrawn."""
    kinh = make.make_ethnic_group(name_vi="Kinh", is_minority=False)
    tay = make.make_ethnic_group(name_vi="Tày", is_minority=True)
    award = factories.make_award_type(name_vi="Huân chương Lao động hạng Nhất")
    type(hall.leader).objects.filter(pk=hall.leader.pk).update(guest=True)
    return [
        make.make_delegate(
            cast.unit, hall.model, full_name="Trần Thị Cao Tuổi", birth=PartialDate(1955), ethnic_group=kinh,
            religion="none", party_member=True, education="doctor", rank="professor", political_theory="advanced",
            highest_award=award, award_year=2018, award_decision="5/QĐ-CTN", state=Delegate.State.CONFIRMED,
        ),
        make.make_delegate(
            cast.unit, hall.model, full_name="Lò Văn Trẻ", sex="male", birth=PartialDate(1995, 12, 30),
            ethnic_group=tay, party_member=False, education="bachelor", highest_award=award, award_year=2017,
        ),
        make.make_delegate(cast.far_unit, hall.collective, full_name="Lê Thị Tập Thể", birth=PartialDate(1980, 5, 9)),
        make.make_delegate(None, hall.leader, full_name="Khách Quý"),
        make.make_delegate(None, hall.press, full_name="Phóng Viên"),
        make.make_delegate(cast.unit, hall.model, full_name="Đã Rút", state=Delegate.State.WITHDRAWN),
    ]  # fmt: skip


def shown(cast, scope=WHOLE, base=makeup.ALL) -> makeup.Composition:
    return makeup.composition(type(cast.congress).objects.get(pk=cast.congress.pk), scope, base)


def numbers(found: makeup.Composition, cut: str) -> dict[str, int]:
    of = found.cut(cut)
    assert of is not None
    return {one.key: one.number for one in of.classes if one.number}


# ---- What is counted ----


def test_official_delegates_are_counted_and_others_stand_apart(cast, people):
    found = shown(cast)
    assert (found.official, found.confirmed, found.guests, found.apart) == (3, 1, 1, 1)
    assert {cut.total for cut in found.cuts} == {3}
    assert numbers(found, "sex") == {"male": 1, "female": 2}
    assert numbers(found, "minority") == {"minority": 1, "majority": 1, "unknown": 1}
    assert numbers(found, "party_member") == {"yes": 1, "no": 1, "unknown": 1}
    assert numbers(found, "represents") == {"individual": 2, "collective": 1}
    assert numbers(found, "age") == {"-30": 1, "31-40": 1, "61-": 1}
    assert sum(one.share for one in found.cut("sex").classes) == 1000
    assert (found.ages.oldest.name, found.ages.oldest.age, found.ages.oldest.approximate) == (
        "Trần Thị Cao Tuổi",
        65,
        True,
    )
    assert (found.ages.youngest.name, found.ages.youngest.age) == ("Lò Văn Trẻ", 24)
    assert (found.ages.mean, found.ages.approximate) == (43.0, 1)


def test_confirmed_alone(cast, people):
    found = shown(cast, base=makeup.CONFIRMED)
    assert {cut.total for cut in found.cuts} == {1}
    assert found.ages.oldest == found.ages.youngest


def test_the_day_of_the_congress_moves_the_ages(cast, people):
    type(cast.congress).objects.filter(pk=cast.congress.pk).update(held_on=date(2021, 1, 5))
    assert numbers(shown(cast), "age") == {"-30": 1, "31-40": 1, "61-": 1}
    assert shown(cast).ages.youngest.age == 25


def test_an_empty_congress_says_nothing_and_does_not_stumble(cast, hall, enter):
    assert shown(cast).ages.mean is None
    assert enter(cast.officer).get(address("composition")).status_code == 200


# ---- Tallies never stand against their rows ----


def test_a_tally_made_by_the_worker_says_what_the_rows_say(cast, people):
    live = shown(cast)
    tallies.recount.func()
    assert not TallyMark.objects.exists()
    assert UnitTally.objects.count() == 3  # two units and the Ministry
    assert shown(cast) == live
    actions.confirm(actor=cast.officer, delegate=people[1], version=1)
    assert TallyMark.objects.count() == 1
    assert shown(cast).confirmed == 2  # counted from the rows of the one marked unit
    tallies.recount.func()
    assert shown(cast).confirmed == 2
    Delegate.objects.filter(pk=people[1].pk).update(sex="female")  # many rows at once: all are marked
    assert numbers(shown(cast), "sex") == {"female": 3}
    tallies.recount.func()
    assert numbers(shown(cast), "sex") == {"female": 3}
    assert faults(cast.congress) == []


def test_a_category_that_becomes_one_of_guests_leaves_the_make_up(cast, hall, people):
    tallies.recount.func()
    actions.edit_category(actor=cast.officer, category=hall.collective, guest=True)
    assert (shown(cast).official, shown(cast).guests) == (2, 2)


def test_a_spoiled_tally_is_named(cast, people, leaves_faults):
    tallies.recount.func()
    tally = UnitTally.objects.get(unit=cast.unit)
    tally.counts["people"] = {}
    tally.save()
    assert len(faults(cast.congress)) == 1


# ---- To whom ----


def test_a_block_reads_no_sensitive_cut_and_a_unit_its_own(cast, people, enter):
    officer = enter(cast.officer).get(address("composition"))
    assert {cut.key for cut in officer.context["shown"].cuts} >= makeup.SENSITIVE_CUTS
    block = enter(cast.block_head).get(address("composition"))
    assert not {cut.key for cut in block.context["shown"].cuts} & makeup.SENSITIVE_CUTS
    assert block.context["shown"].official == 2  # of the block's units alone
    assert "Tày" not in block.content.decode()
    narrowed = enter(cast.block_head).get(address("composition", unit=cast.unit.pk))
    assert not {cut.key for cut in narrowed.context["shown"].cuts} & makeup.SENSITIVE_CUTS
    own = enter(cast.unit_head).get(address("composition"))
    assert {cut.key for cut in own.context["shown"].cuts} >= makeup.SENSITIVE_CUTS
    assert own.context["shown"].official == 2
    for user, unit in ((cast.unit_head, cast.far_unit), (cast.unit_head, cast.other_unit)):
        assert enter(user).get(address("composition", unit=unit.pk)).status_code == 404
    for user in (cast.unit_head, cast.block_head):
        text = enter(user).get(address("composition")).content.decode()
        for part in ("composition.xlsx", address("copies"), "read-aloud"):
            assert part not in text


def test_names_behind_a_number_are_the_departments(cast, people, enter):
    client = enter(cast.officer)
    for cut in shown(cast).cuts:
        for one in cut.classes:
            page = client.get(address("composition_people", cut.key, one.key))
            assert page.status_code == 200, (cut.key, one.key)
            if cut.sensitive:
                assert "Lò Văn Trẻ" not in page.content.decode()
                assert client.post(address("composition_people", cut.key, one.key)).status_code == 302
                page = client.get(address("composition_people", cut.key, one.key))
            assert page.context["listing"].total == one.number, (cut.key, one.key)
    for cut, value in (
        ("sex", "other"),
        ("age", "7"),
        ("nothing", "x"),
        ("block", "9" * 30),
        ("id", "1"),
        ("phone", "09"),
    ):
        assert client.get(address("composition_people", cut, value)).status_code == 404
    entries = AuditEntry.objects.filter(verb="composition.class_opened")
    assert entries.count() == sum(len(cut.classes) for cut in shown(cast).cuts if cut.sensitive)
    before = entries.count()
    client.post(address("composition_people", "religion", "unknown"))
    assert entries.count() == before  # once a day


# ---- Targets and copies ----


def test_targets_are_set_changed_taken_away_and_told(cast, people, enter):
    client = enter(cast.officer)
    form = {"of": "sex.female", "bound": "least", "percent": "30", "once": str(uuid.uuid4())}
    assert client.post(address("targets"), form).status_code == 302
    assert client.post(address("targets"), form | {"percent": "70.5", "once": str(uuid.uuid4())}).status_code == 302
    assert CompositionTarget.objects.get().percent == Decimal("70.5")
    (verdict,) = shown(cast).verdicts
    assert (verdict.met, verdict.now) == (False, 66.7)
    for wrong in ({"of": "phone.09"}, {"percent": "101"}, {"percent": ""}, {"percent": "x"}, {"bound": "x"}):
        page = client.post(address("targets"), form | {"once": str(uuid.uuid4())} | wrong)
        assert page.status_code == 200
        assert page.context["form"].errors
    target = CompositionTarget.objects.get()
    for _click in range(2):
        assert client.post(address("target_remove", target.pk)).status_code == 302
    assert not CompositionTarget.objects.exists()
    verbs = list(AuditEntry.objects.filter(verb__startswith="composition.").values_list("verb", flat=True))
    assert sorted(verbs) == ["composition.target_removed", "composition.target_set", "composition.target_set"]


@pytest.mark.parametrize("role", ["unit_head", "block_head", "desk", "chair", "stranger"])
def test_nobody_else_keeps_targets_and_copies(cast, people, role):
    user = make.the_user(cast, role)
    for act in (
        lambda: actions.freeze_composition(actor=user, congress=cast.congress, occasion="x"),
        lambda: actions.set_target(
            actor=user, congress=cast.congress, cut="sex", value="female", bound="least", percent=Decimal(30)
        ),
        lambda: actions.set_needed_fields(actor=user, congress=cast.congress, needed={}, read={}),
        lambda: actions.remind_units(actor=user, congress=cast.congress, units=[cast.unit]),
        lambda: actions.open_class(actor=user, congress=cast.congress, cut="religion", value="none"),
    ):
        with pytest.raises(Refused):
            act()


def test_a_copy_stays_as_it_was(cast, people, enter):
    client = enter(cast.officer)
    answer = client.post(address("copies"), {"occasion": "Khai mạc", "once": str(uuid.uuid4())})
    kept = CompositionCopy.objects.get()
    assert answer.headers["Location"] == kept.get_absolute_url()
    before = client.get(kept.get_absolute_url()).context["shown"]
    assert (kept.official, before.official, kept.taken_by) == (3, 3, cast.officer)
    actions.withdraw(actor=cast.officer, delegate=people[1], version=1, reason="Ốm")
    after = client.get(kept.get_absolute_url())
    assert after.context["shown"] == before
    assert "Lò Văn Trẻ" in after.content.decode()  # the youngest of that day
    assert shown(cast).official == 2
    empty = client.post(address("copies"), {"occasion": " ", "once": str(uuid.uuid4())})
    assert (empty.status_code, CompositionCopy.objects.count()) == (200, 1)


# ---- Words and papers ----


def test_the_text_to_be_read_aloud(cast, people):
    from django.utils.translation import override

    with override("vi"):
        text = "\n".join(credentials.read_aloud(shown(cast)))
    for part in (
        "Tổng số đại biểu triệu tập: 03; khách mời: 01.",
        "Giới tính: nam 01 (33,3%); nữ 02 (66,7%).",
        "Dân tộc thiểu số: 01 (33,4%); chưa rõ 01 (33,3%).",
        "Cao tuổi nhất: Trần Thị Cao Tuổi, sinh năm 1955, Viện Ứng dụng Công nghệ (khoảng 65 tuổi)",
        "trẻ tuổi nhất: Lò Văn Trẻ, sinh năm 1995, Viện Ứng dụng Công nghệ (24 tuổi).",
        "Tuổi bình quân: khoảng 43,0 (tính đến ngày 26/10/2020).",
        "Kết luận: 01 đại biểu đủ tư cách tham dự Đại hội; 02 đại biểu còn chờ xác nhận./.",
    ):
        assert part in text, text


def test_the_workbook_is_counted_again_by_a_script_that_shares_no_code(cast, people, enter):
    content = take(enter(cast.officer), "composition").content
    assert differences(content) == []


def test_an_award_without_a_decision_number_is_a_class_of_its_own(cast, people, enter):
    award = people[0].highest_award
    cut = shown(cast).cut("highest_award")
    assert {one.key: one.number for one in cut.classes} == {str(award.pk): 1, UNDECIDED: 1, UNKNOWN: 1}
    assert cut.total == 3
    client = enter(cast.officer)
    for value, names in ((award.pk, ["Trần Thị Cao Tuổi"]), (UNDECIDED, ["Lò Văn Trẻ"]), (UNKNOWN, ["Lê Thị Tập Thể"])):
        page = client.get(address("composition_people", "highest_award", value))
        assert [one.full_name for one in page.context["listing"].page] == names
    assert "chưa có số quyết định" in client.get(address("composition")).content.decode()


def test_the_recount_finds_a_number_that_was_bent(cast, people, enter):
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(take(enter(cast.officer), "composition").content))
    sheet = book["Giới tính"]
    for row in sheet.iter_rows():
        if row[1].value == "Nữ":
            row[2].value += 1
    out = BytesIO()
    book.save(out)
    assert differences(out.getvalue())


def test_the_public_version_groups_the_few_and_names_nobody(cast, people, enter):
    from tests.delegates.test_exports import text_of

    for kind in ("xlsx", "docx"):
        text = text_of(take(enter(cast.officer), "composition-public", kind).content, kind)
        for word in ("Tày", "Lò Văn Trẻ", "Cao Tuổi", "1955"):
            assert word not in text, word
        assert "Nhóm dưới 3 người" in text


def test_papers_of_the_make_up_are_the_departments(cast, people, enter):
    for key in ("composition", "composition-public"):
        for role, user in cast.roles.items():
            expected = 200 if role in ("officer", "department_head") else 403
            assert take(enter(user), key).status_code == expected, role


# ---- Cost ----


def plenty(cast, hall, number: int) -> None:
    for _one in range(number):
        unit = factories.make_unit()
        category = make.make_category(cast.congress, needed_fields=["education", "email"])
        make.make_delegate(unit, category, ethnic_group=make.make_ethnic_group())


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("composition", []),
        ("completeness", []),
        ("composition_people", ["sex", "female"]),
        ("targets", []),
        ("needed", []),
    ],
)
def test_a_page_costs_the_same_at_one_row_and_at_many(
    cast, hall, people, enter, name, args, counted, django_assert_max_num_queries
):
    client, url = enter(cast.officer), address(name, *args)
    plenty(cast, hall, 1)
    if counted:
        tallies.recount.func()
    client.get(url)
    with django_assert_max_num_queries(12) as few:
        assert client.get(url).status_code == 200
    plenty(cast, hall, 4)
    if counted:
        tallies.recount.func()
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url)


def test_what_somebody_typed_stays_text(cast, people, enter, leaves_faults):
    evil = '<script>alert("x")</script>{{ 7|add:7 }}'
    Delegate.objects.filter(pk=people[0].pk).update(full_name=evil)
    client = enter(cast.officer)
    client.post(address("copies"), {"occasion": evil, "once": str(uuid.uuid4())})
    for url in (address("composition"), CompositionCopy.objects.get().get_absolute_url()):
        text = client.get(url).content.decode()
        assert '<script>alert("x")' not in text
        assert re.search(r"\{\{ 7\|add:7 \}\}", text)
