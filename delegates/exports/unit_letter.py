"""The letter by which a unit names its delegates (Công văn cử đại biểu, dossier 4.10 E5), with its list as annex."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from congress.models import Congress
from core.models import User
from core.versions import whole
from core.vietnamese import count, long_date
from delegates import rules
from delegates.exports.people import MALE, _category, _head, _place
from delegates.models import Delegate
from documents import catalogue
from documents.catalogue import Export, Params
from documents.description import Column, Document, Heading, Paragraph, Signature, Table
from units.hats import hats
from units.models import Unit

ANNEX = [
    Column("TT", 0.5, "center"),
    Column("Họ và tên", 2),
    Column("Nam", 0.8, "center", group="Năm sinh"),
    Column("Nữ", 0.8, "center", group="Năm sinh"),
    Column("Chức vụ, đơn vị công tác", 2.6),
    Column("Thành phần đại biểu", 1.6),
    Column("Danh hiệu, hình thức khen thưởng cao nhất", 2),
]


def letter(user: User, edition: str, params: Params) -> Document:
    """The letter of one unit, number and day left blank for its records office. No sensitive column stands in it."""
    congress = get_object_or_404(Congress, slug=edition)
    mine = hats(user)
    units = Unit.objects.all() if mine.department else Unit.objects.filter(pk__in=mine.unit_ids)
    unit = get_object_or_404(units, pk=whole(str(params.get("unit", ""))))
    rows = congress.delegates.filter(unit=unit).seated().order_by("category__order", "sort_key", "pk")
    people = list(rows.select_related("unit", "category", "highest_award").prefetch_related("unit__names"))
    if not people:
        raise Http404
    reserves = list(congress.delegates.filter(unit=unit).reserves().select_related("category"))
    for one in people:
        one.congress = congress
    when = f", ngày {long_date(congress.held_on)}" if congress.held_on else ""
    words = (
        f"{unit.name_vi} cử {count(len(people))} đại biểu dự {congress.name_vi}{when} "
        "(danh sách kèm theo), theo chỉ tiêu được phân bổ."
    )
    blocks: list = [Paragraph(words)]
    if reserves:
        names = "; ".join(f"{one.reserve_order}. {one.full_name} ({one.category.short_vi})" for one in reserves)
        blocks.append(Paragraph(f"Đại biểu dự bị, theo thứ tự: {names}."))
    blocks.append(
        Paragraph(f"{unit.name_vi} chịu trách nhiệm về thông tin của đại biểu và kính gửi Quý Vụ tổng hợp./.")
    )
    blocks += [Heading("DANH SÁCH ĐẠI BIỂU (kèm theo Công văn)"), Table(ANNEX, _lines(people))]
    return Document(
        **_head(congress, unit),
        title="",
        summary=f"V/v cử đại biểu dự {congress.name_vi}",
        addressees=[congress.department_vi],
        blocks=blocks,
        signatures=[Signature([unit.head_title.upper()], remark="(ký, đóng dấu)")],
        recipients=["Như trên", f"Lưu: VT, {unit.abbreviation or unit.code}"],
        about=unit.name_vi,
    )


def _lines(people: list[Delegate]) -> list[list]:
    lines = []
    for number, one in enumerate(people, start=1):
        year = str(one.birth.year)  # type: ignore[attr-defined] # a PartialDate
        award = f"{one.highest_award.name_vi}, {one.award_year}" if one.highest_award else ""
        years = [year if one.sex == MALE else "", year if one.sex != MALE else ""]
        lines.append([number, one.full_name, *years, _place(one), _category(one), award])
    return lines


def _why_not(user: User, _edition: str) -> str | None:
    return rules.why_not_take_list(user)


def register() -> None:
    """Offer the letter, from the unit's page."""
    catalogue.register(
        Export("unit-letter", _("Letter of the unit"), letter, _why_not, "cong-van-cu-dai-bieu", about=True)
    )
