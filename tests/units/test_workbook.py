"""Units and headcounts from Excel: every fault at its cell, nothing by halves, and the same again changes nothing."""

import uuid
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from core import audit
from core.models import AuditEntry
from documents.workbook import Unreadable
from tests import factories as make
from tests.sheet import form_of
from units import actions
from units.actions.sheets import Meanwhile
from units.imports import load_catalogue
from units.imports.comparison import plan
from units.imports.reading import parse
from units.imports.template import TITLES, write
from units.invariants import faults
from units.models import Headcount, Unit, UnitName

pytestmark = pytest.mark.django_db
HEAD = list(TITLES.values())


@pytest.fixture(autouse=True)
def _whole(today, db):
    today(2020, 5, 15)
    yield
    assert faults() == []
    assert not list(audit.faults())


def book(*rows: dict, head: list[str] | None = None, above: int = 0) -> bytes:
    """A workbook with these rows, by the names of their columns."""
    made = Workbook()
    sheet = made.active
    titles = head or HEAD
    for _blank in range(above):
        sheet.append(["DANH SÁCH ĐƠN VỊ"])
    sheet.append(titles)
    keys = {title: key for key, title in TITLES.items()}
    for row in rows:
        sheet.append([row.get(keys.get(title.strip(), "")) for title in titles])
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def planned(cast, *rows, **more):
    return plan(cast.officer, parse(book(*rows, **more), "a.xlsx"))


def take(cast, made) -> None:
    assert made.faults == []
    actions.take_steps(actor=cast.officer, steps=made.does)


def known(unit, **changes) -> dict:
    return {"code": unit.code, "name_vi": unit.name_vi, **changes}


# ---- As it comes ----


def test_what_is_written_reads_as_nothing_new(cast):
    load_catalogue()
    make.make_unit(code="LA", name_vi="=1+1", abbreviation="-x", block=cast.block)
    made = plan(cast.officer, parse(write(), "don-vi.xlsx"))
    assert (made.faults, made.does) == ([], [])
    assert made.same == Unit.objects.active().count()


def test_the_workbook_offers_kinds_and_blocks(cast):
    sheet = load_workbook(BytesIO(write())).worksheets[0]
    assert [cell.value for cell in sheet[1]] == HEAD
    assert len(sheet.data_validations.dataValidation) == 3


def test_headcounts_come_in_and_come_in_once(cast):
    rows = [
        known(cast.unit, number="1.320", taken_on=date(2019, 7, 31), source="Công văn 12"),
        known(cast.other_unit, number=30, taken_on="31-7-2019"),
        known(cast.far_unit),
    ]
    made = planned(cast, *rows)
    assert (len(made.changed), made.same) == (2, 1)
    take(cast, made)
    assert list(Headcount.objects.order_by("number").values_list("number", "source")) == [
        (30, ""),
        (1320, "Công văn 12"),
    ]
    entries = AuditEntry.objects.count()
    again = planned(cast, *rows)
    assert again.does == []
    take(cast, again)
    assert AuditEntry.objects.count() == entries


def test_untidy_cells_are_read_as_they_are_meant(cast):
    name = "Vie\u0323\u0302n \u00a0 Ư\u0301ng dụng Công nghệ"
    row = {"code": " nacentech\u00a0", "name_vi": name, "kind": "VIỆN", "own_conference": "x"}
    made = planned(cast, row, above=2, head=["Tên tiếng Việt", "Mã đơn vị ", "Loại", "Hội nghị riêng"])
    assert made.faults == []
    assert [label for label, _before, _after in made.steps[0].told] == [TITLES["own_conference"]]


def test_a_new_unit_is_added_with_its_headcount(cast):
    row = {
        "code": "VKIST",
        "name_vi": "Viện Mới",
        "kind": "Viện",
        "block": cast.block.name_vi,
        "number": 5,
        "taken_on": "1/1/2020",
    }
    made = planned(cast, row)
    assert [step.code for step in made.added] == ["VKIST"]
    take(cast, made)
    unit = Unit.objects.get(code="VKIST")
    assert (unit.name_vi, unit.block, unit.headcount, unit.own_conference) == ("Viện Mới", cast.block, 5, False)
    assert planned(cast, row).does == []


def test_a_new_name_and_block_begin_on_their_day(cast):
    block = make.make_block(name_vi="Khối mới")
    row = known(
        cast.unit, name_vi="Viện Tên Mới", block="khoi moi", kind="Trung tâm", day="05/05/2020", document="37/QĐ-BKHCN"
    )
    take(cast, planned(cast, row))
    unit = Unit.objects.get(pk=cast.unit.pk)
    assert (unit.name_vi, unit.block, unit.kind) == ("Viện Tên Mới", block, "trung_tam")
    assert unit.named_on(date(2020, 5, 4)).name_vi == "Viện Ứng dụng Công nghệ"
    assert unit.block_on(date(2020, 5, 4)) == cast.block
    assert planned(cast, row).does == []


def test_an_empty_cell_leaves_what_is_there(cast):
    Unit.objects.filter(pk=cast.unit.pk).update(name_en="Institute", abbreviation="VUD")
    UnitName.objects.filter(unit=cast.unit).update(name_en="Institute", abbreviation="VUD")
    assert planned(cast, known(cast.unit, name_en="", kind=None)).does == []


# ---- What is wrong ----

FAULTS = [
    ("B2", {"name_vi": "Viện Khác"}),  # a new name without its day
    ("E3", {"kind": "Xưởng"}),
    ("F4", {"block": "Khối lạ"}),
    ("H5", {"own_conference": "có lẽ"}),
    ("I6", {"number": "mười", "taken_on": "31/07/2019"}),
    ("J7", {"number": 5, "taken_on": "31/02/2019"}),
    ("J8", {"number": 5}),
    ("I9", {"taken_on": "31/07/2019"}),
    ("J10", {"number": 5, "taken_on": "31/07/2020"}),  # in the future
    ("L11", {"name_vi": "Viện Khác", "day": "31/07/2020", "document": "37/QĐ"}),
    ("D12", {"abbreviation": "x" * 31}),
]


def test_every_fault_is_told_at_once_with_its_cell(cast):
    rows = [known(make.make_unit(block=cast.block), **changes) for _cell, changes in FAULTS]
    closed = make.make_unit(is_active=False)
    rows += [
        known(closed),  # row 13
        {"code": "NEW", "name_vi": "Viện Mới", "kind": "Viện"},  # row 14, without a block
        {"name_vi": "Không có mã"},  # row 15
        rows[0] | {"name_vi": Unit.objects.get(code=rows[0]["code"]).name_vi},  # row 16, twice
    ]
    made = planned(cast, *rows)
    assert [fault.cell for fault in made.faults] == [*(cell for cell, _changes in FAULTS), "A13", "F14", "A15", "A16"]
    assert all(fault.remark for fault in made.faults)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.xlsx"),
        (b"Ma,Ten\nA,B", "a.csv"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"x" * 600, "a.xls"),
        (b"PK\x03\x04 broken", "a.xlsx"),
    ],
)
def test_what_is_no_workbook_says_what_to_do(cast, content, name):
    with pytest.raises(Unreadable) as fault:
        parse(content, name)
    assert len(fault.value.reason) > 20


def test_a_workbook_of_something_else_is_none(cast):
    for content in (book(), book({"code": "A"}, head=["Họ và tên", "Đơn vị"])):
        with pytest.raises(Unreadable):
            parse(content, "a.xlsx")


def test_it_is_all_or_nothing(cast):
    rows = [known(one, number=5, taken_on="31/07/2019") for one in (cast.unit, cast.other_unit)]
    made = planned(cast, *rows)
    actions.edit_unit(actor=cast.officer, unit=cast.other_unit, version=1, note="Ai đó vừa sửa")
    with pytest.raises(Meanwhile) as meanwhile:
        actions.take_steps(actor=cast.officer, steps=made.does)
    assert meanwhile.value.codes == [cast.other_unit.code]
    assert not Headcount.objects.exists()


# ---- The page ----


def send(client, content: bytes, name: str = "don-vi.xlsx"):
    return client.post(
        reverse("units:units_import"), {"file": SimpleUploadedFile(name, content), "once": str(uuid.uuid4())}
    )


def test_it_is_read_before_it_is_taken(cast, enter):
    client, url = enter(cast.officer), reverse("units:units_import")
    preview = send(client, book(known(cast.unit, number=5, taken_on="31/07/2019")))
    assert cast.unit.code in preview.content.decode()
    assert not Headcount.objects.exists()
    sheet = form_of(preview, "steps")
    assert client.post(url, sheet).status_code == 302
    assert Headcount.objects.get().number == 5
    assert client.post(url, sheet).status_code == 302  # sent twice
    assert enter(cast.department_head).post(url, sheet | {"once": str(uuid.uuid4())}).status_code == 409  # not theirs
    assert client.post(url, sheet | {"steps": "forged", "once": str(uuid.uuid4())}).status_code == 409
    late = client.post(url, sheet | {"once": str(uuid.uuid4())})
    assert (late.status_code, cast.unit.code in late.content.decode()) == (409, True)


def test_with_a_fault_there_is_nothing_to_take(cast, enter):
    page = send(enter(cast.officer), book(known(cast.unit, number="<b>mười", taken_on="31/07/2019")))
    text = page.content.decode()
    assert "I2" in text
    assert "&lt;b&gt;mười" in text
    assert 'name="steps"' not in text


def test_a_file_of_another_kind_is_refused_at_its_field(cast, enter):
    page = send(enter(cast.officer), b"a,b", "a.csv")
    assert page.status_code == 200
    assert page.context["form"].errors["file"]


def test_the_workbook_is_taken_out(cast, enter):
    answer = enter(cast.officer).get(reverse("units:units_sheet"))
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    assert parse(answer.content, "a.xlsx").faults == []
