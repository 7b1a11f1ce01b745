"""Papers of this room: the seats by unit (an annex), the delegates for those in charge, and for the hall.

Their words are Vietnamese, as official papers are. Lists take the rows that their page shows, in its order.
"""

from collections.abc import Iterable, Mapping

from django.db.models import Prefetch, prefetch_related_objects
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from congress.models import Congress
from core import clock
from core.models import User
from core.vietnamese import moment, roman
from delegates import queries, rules, tallies
from delegates.exports import composition
from delegates.filters import delegate_list
from delegates.models import Category, Delegate, DelegateAward
from delegates.queries import RollRow, SeatRoll, Seats
from documents import catalogue
from documents.catalogue import Export, Params
from documents.description import Column, Document, Letterhead, Paragraph, Row, Signature, Table
from units.hats import hats
from units.models import Unit
from units.rules import may_see_details

MALE = Delegate.Sex.MALE


def _edition(slug: str) -> Congress:
    return get_object_or_404(Congress, slug=slug)


def _own_unit(user: User) -> Unit | None:
    """The unit that a paper is written by: the first that the person acts for, outside the Department."""
    mine = hats(user)
    return None if mine.department else Unit.objects.filter(pk__in=mine.unit_ids).order_by("order", "pk").first()


def _head(congress: Congress, unit: Unit | None) -> dict:
    """Letterhead, symbol, place and year of a paper of the Department or of a unit."""
    issuer = unit.name_vi if unit else congress.department_vi
    return {
        "letterhead": Letterhead(congress.ministry_vi.upper(), issuer.upper()),
        "symbol": (unit.abbreviation or unit.code) if unit else congress.symbol,
        "place": congress.seat,
        "dated": clock.today(),
    }


def _signatures(unit: Unit | None) -> list[Signature]:
    head = (unit.head_title if unit else "Vụ trưởng").upper()
    return [
        Signature(["NGƯỜI LẬP BIỂU"], remark="(ký, ghi rõ họ tên)"),
        Signature([head], remark="(ký, đóng dấu)" if unit else "(ký, ghi rõ họ tên)"),
    ]


# ---- Seats by unit ----


def seats(user: User, edition: str, _params: Params) -> Document:
    """The seats in force (Phân bổ đại biểu), as far as somebody may see them."""
    congress = _edition(edition)
    return annex(user, congress, queries.seat_roll(congress, user))


def annex(
    user: User,
    congress: Congress,
    roll: SeatRoll,
    *,
    headcounts: Mapping[int, int | None] | None = None,
    basis: str = "",
    signed: bool = False,
) -> Document:
    """The annex of an allocation, dossier 4.2; `headcounts` are those it was reckoned by, else the present ones."""
    shared = [category for category in roll.categories if category.counted]
    columns = [
        Column("TT", 0.6, "center"),
        Column("Đơn vị", 4),
        Column("Khối", 2.2),
        Column("Số CBCCVC-NLĐ", 1.1, "right"),
        *(Column(category.short_vi, 1.1, "right") for category in shared),
        Column("Tổng", 0.9, "right"),
        Column("Tỷ lệ nữ tối thiểu", 1, "right"),
        Column("Ghi chú", 1.4),
    ]
    table = Table(columns, [*_unit_rows(user, roll, shared, headcounts), *_ministry_rows(roll, shared)])
    return Document(
        **_head(congress, None),
        title="PHÂN BỔ ĐẠI BIỂU",
        summary=f"dự {congress.name_vi}",
        blocks=[Paragraph(basis, basis=True), table] if basis else [table],
        signatures=_signatures(None) if signed else [],
        landscape=True,
    )


def _seat_row(first: str, name: str, parts: Iterable[Seats], total: int, **more) -> Row:
    """A line: number, name, block, headcount, one cell per shared category, total, and two left to fill in by hand."""
    cells = [part.seats or None for part in parts]
    return Row(
        [first, name, more.get("block", ""), more.get("headcount"), *cells, total, "", more.get("note", "")],
        strong=more.get("strong", False),
    )


def _shared_cells(row: RollRow, shared: list[Category]) -> list[Seats]:
    return [cell.seats for cell in row.cells if cell.category in shared]


def _headcount(user: User, unit: Unit, headcounts: Mapping[int, int | None] | None) -> int | None:
    if not may_see_details(user, unit):
        return None
    return unit.headcount if headcounts is None else headcounts.get(unit.pk)


def _unit_rows(
    user: User, roll: SeatRoll, shared: list[Category], headcounts: Mapping[int, int | None] | None
) -> list[Row]:
    rows, number = [], 0
    places = [index for index, category in enumerate(roll.categories) if category in shared]
    for order, block in enumerate(roll.blocks, start=1):
        sums = [block.sums[place] for place in places]
        rows.append(_seat_row(roman(order), block.block.name_vi, sums, block.total.seats, strong=True))
        for row in block.rows:
            assert row.unit is not None  # noqa: S101 only the Ministry's own row is without
            number += 1
            headcount = _headcount(user, row.unit, headcounts)
            parts = _shared_cells(row, shared)
            rows.append(
                _seat_row(
                    str(number),
                    row.unit.name_vi,
                    parts,
                    row.total.seats,
                    block=block.block.name_vi,
                    headcount=headcount,
                )
            )
    return rows


def _ministry_rows(roll: SeatRoll, shared: list[Category]) -> list[Row]:
    """The seats that the Ministry fills itself, what is left, and the whole: the congress's size."""
    if roll.ministry is None:
        return []
    nothing = [Seats()] * len(shared)
    total = roll.ministry.total.seats
    rows = [
        _seat_row(
            roman(len(roll.blocks) + 1),
            "Bộ phân bổ trực tiếp",
            _shared_cells(roll.ministry, shared),
            total,
            strong=True,
        )
    ]
    for cell in roll.ministry.cells:
        if cell.category.counted and cell.category not in shared and cell.seats.seats:
            rows.append(_seat_row("", cell.category.name_vi, nothing, cell.seats.seats))
    left = max(0, roll.unallocated)
    rows.append(_seat_row("", "Dự phòng", nothing, left))
    sums = [part for part, category in zip(roll.sums, roll.categories, strict=True) if category in shared]
    own = _shared_cells(roll.ministry, shared)
    whole = [Seats.total(pair) for pair in zip(sums or nothing, own, strict=True)]
    rows.append(_seat_row("", "Tổng cộng", whole, roll.total.seats + left, strong=True))
    return rows


# ---- Lists of delegates ----


def _people(user: User, congress: Congress, params: Params, people) -> list[Delegate]:
    """The rows of the list's page, all of them, in its order."""
    asked = params if isinstance(params, QueryDict) else QueryDict("")
    listing = delegate_list(user, congress, asked, people, badges=False)
    rows = listing.queryset.select_related("unit", "category", "highest_award", "ethnic_group")
    found = list(rows.prefetch_related("unit__names"))
    for delegate in found:
        delegate.congress = congress
    return found


def internal(user: User, edition: str, params: Params) -> Document:
    """The short profile list (Danh sách trích ngang) with all columns of appendix A9, personal data included."""
    congress, unit = _edition(edition), _own_unit(user)
    people = _people(user, congress, params, Delegate.objects.close_to(user))
    # Into lists: a queryset for each of 400 people would take a fifth of the time that the whole paper does.
    awards = Prefetch("awards", DelegateAward.objects.order_by("pk"), to_attr="awards_held")
    prefetch_related_objects(people, awards, Prefetch("tags", to_attr="tags_held"))
    words = _words()
    rows = [_profile(number, delegate, words) for number, delegate in enumerate(people, start=1)]
    columns = PROFILE
    if tallies.asks_identity(congress):  # before the note
        columns = [*PROFILE[:-1], Column("Số CCCD/CMND", 2.25), PROFILE[-1]]
        for row, delegate in zip(rows, people, strict=True):
            row.insert(-1, delegate.id_number)
    blocks: list = [Table(columns, rows)]
    if unit:
        year = clock.today().year
        blocks.insert(
            0, Paragraph(f"(Kèm theo Công văn số        /        ngày      tháng      năm {year})", basis=True)
        )
    return Document(
        **_head(congress, unit),
        title="DANH SÁCH TRÍCH NGANG ĐẠI BIỂU",
        summary=f"dự {congress.name_vi}",
        blocks=blocks,
        signatures=_signatures(unit),
        landscape=True,
        foot=f"Có dữ liệu cá nhân. Xuất bởi {user} lúc {moment(clock.now(), 'vi')}.",
    )


PROFILE = [
    Column("TT", 0.8, "center"),
    Column("Họ và tên", 2.2),
    Column("Nam", 0.95, "center", group="Năm sinh"),
    Column("Nữ", 0.95, "center", group="Năm sinh"),
    Column("Dân tộc", 1),
    Column("Tôn giáo", 1.15),
    Column("Đảng viên", 1.05, "center"),
    Column("Chuyên môn", 1.45),
    Column("LLCT", 1.15),
    Column("Chức vụ, đơn vị công tác", 2.6),
    Column("Phòng, ban", 1.2),
    Column("Danh hiệu, hình thức khen thưởng cao nhất", 2),
    Column("Số, ngày quyết định khen thưởng", 1.6),
    Column("Thành phần đại biểu", 1.6),
    Column("Thành phần khác", 1.2),
    Column("Điện thoại", 1.9),
    Column("Ghi chú", 1),
]


def _words() -> dict[str, dict[str, str]]:
    """What the chosen values of a profile are called, by field; looked up once for the whole list."""
    kinds = {
        "rank": Delegate.Rank,
        "education": Delegate.Education,
        "religion": Delegate.Religion,
        "political_theory": Delegate.Theory,
    }
    return {name: {"": "", **{value: str(label) for value, label in kind.choices}} for name, kind in kinds.items()}


def _profile(number: int, delegate: Delegate, words: dict[str, dict[str, str]]) -> list:
    year = str(delegate.birth.year)  # type: ignore[attr-defined]
    member = str(delegate.party_joined or "x") if delegate.party_member else ""
    learning = [words["rank"][delegate.rank], words["education"][delegate.education]]
    return [
        number,
        delegate.full_name,
        year if delegate.sex == MALE else "",
        year if delegate.sex != MALE else "",
        str(delegate.ethnic_group or ""),
        words["religion"][delegate.religion],
        member,
        ", ".join(word for word in learning if word),
        words["political_theory"][delegate.political_theory],
        _place(delegate),
        delegate.sub_unit,
        f"{delegate.highest_award.name_vi}, {delegate.award_year}" if delegate.highest_award else "",
        _decision(delegate),
        _category(delegate),
        "; ".join(tag.short_vi for tag in delegate.tags_held),
        delegate.phone or delegate.email,
        _note(delegate),
    ]


def _decision(delegate: Delegate) -> str:
    """The decision on the highest award: number, day, who decided."""
    best = (delegate.highest_award_id, delegate.award_year)
    return next((one.decision for one in delegate.awards_held if (one.award_id, one.year) == best), "")


def _place(delegate: Delegate) -> str:
    """Position and unit; the unit as it was called on the day of the congress (dossier 9-5)."""
    unit = delegate.unit
    day = delegate.congress.held_on
    name = (unit.named_on(day) if day and day < clock.today() else unit).name_vi if unit else delegate.organisation
    return ", ".join(filter(None, [delegate.position, name]))


def _category(delegate: Delegate) -> str:
    if delegate.represents:
        return f"{delegate.category.short_vi}: {delegate.represents}"
    return delegate.category.short_vi


def _note(delegate: Delegate) -> str:
    words = {Delegate.State.WITHDRAWN: "Đã rút", Delegate.State.RESERVE: f"Dự bị {delegate.reserve_order}"}
    late = "Đăng ký muộn" if delegate.late else ""
    return "; ".join(filter(None, [words.get(Delegate.State(delegate.state), ""), late, delegate.note]))


def public(user: User, edition: str, params: Params) -> Document:
    """The list for the hall: number, name, position and unit, category, and nothing else (dossier 9-40)."""
    congress, unit = _edition(edition), _own_unit(user)
    people = _people(user, congress, params, Delegate.objects.plain_to(user))
    rows = [[number, one.full_name, _place(one), one.category.short_vi] for number, one in enumerate(people, start=1)]
    columns = [
        Column("TT", 0.5, "center"),
        Column("Họ và tên", 2.4),
        Column("Chức vụ, đơn vị công tác", 4),
        Column("Thành phần", 2),
    ]
    return Document(
        **_head(congress, unit),
        title="DANH SÁCH ĐẠI BIỂU",
        summary=f"dự {congress.name_vi}",
        blocks=[Table(columns, rows)],
    )


def _why_not_seats(user: User, _edition: str) -> str | None:
    return rules.why_not_see_seats(user)


def _why_not_list(user: User, _edition: str) -> str | None:
    return rules.why_not_take_list(user)


def _why_not_composition(user: User, _edition: str) -> str | None:
    return rules.why_not_keep_composition(user)


def register() -> None:
    """Offer the papers of this room."""
    catalogue.register(Export("seats", _("Seats by unit"), seats, _why_not_seats, "phan-bo-dai-bieu"))
    catalogue.register(
        Export(
            "delegates-internal",
            _("Delegates, short profiles (internal)"),
            internal,
            _why_not_list,
            "trich-ngang-dai-bieu",
            sensitive=True,
        )
    )
    catalogue.register(
        Export("delegates-public", _("Delegates, for the hall"), public, _why_not_list, "danh-sach-dai-bieu")
    )
    catalogue.register(
        Export(
            "composition",
            _("Make-up and credential check (internal)"),
            composition.report,
            _why_not_composition,
            "tham-tra-tu-cach-dai-bieu",
            sensitive=True,
        )
    )
    catalogue.register(
        Export(
            "composition-public",
            _("Make-up of the delegates, public"),
            composition.public,
            _why_not_composition,
            "co-cau-dai-bieu",
        )
    )
