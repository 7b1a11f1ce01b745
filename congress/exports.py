"""Papers of the plan: tasks with progress (E1), conferences, programme (E17)."""

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from congress.filters import task_listing
from congress.models import Congress, LegalBasis
from congress.queries import Point, conference_roll, timetable
from core import clock
from core.models import User
from core.vietnamese import short_date
from documents import catalogue
from documents.catalogue import Export, Params
from documents.description import Column, Document, Letterhead, Paragraph, Row, Signature, Table


def letterhead(congress: Congress) -> Letterhead:
    """The Ministry above, the Department below (dossier 5.3)."""
    return Letterhead(congress.ministry_vi.upper(), congress.department_vi.upper())


def department_signs(congress: Congress) -> list[Signature]:
    """The head of the Department, by order of the Minister."""
    return [Signature(["TL. BỘ TRƯỞNG", f"VỤ TRƯỞNG {congress.department_vi.upper()}"])]


def filed(congress: Congress) -> list[str]:
    """Where the copies go."""
    return ["- Các đơn vị trực thuộc Bộ;", f"- Lưu: VT, {congress.symbol.split('-')[-1]}."]


def draft(congress: Congress, title: str, summary: str, blocks: list, *, landscape: bool = False, **more) -> Document:
    """A paper of the Department on a congress, dated this year, number and day left blank."""
    values = {
        "letterhead": letterhead(congress),
        "symbol": congress.symbol,
        "place": congress.seat,
        "dated": clock.today(),
        "title": title,
        "summary": summary,
        "blocks": blocks,
        "signatures": department_signs(congress),
        "recipients": filed(congress),
        "landscape": landscape,
    }
    return Document(**values | more)


def basis(congress: Congress) -> list[Paragraph]:
    """The letter as the legal basis of what follows."""
    letter = LegalBasis.objects.filter(congress=congress, is_letter=True).first()
    if letter is None:
        return []
    text = f"Căn cứ Công văn số {letter.number} ngày {short_date(letter.dated)} của {letter.issuer};"
    return [Paragraph(text, basis=True)]


PLAN = [
    Column("TT", 0.5, "center"),
    Column("Nội dung công việc", 4),
    Column("Đơn vị chủ trì", 2),
    Column("Đơn vị phối hợp", 2),
    Column("Bắt đầu", 1.1, "center", "Thời gian"),
    Column("Kết thúc", 1.1, "center", "Thời gian"),
    Column("Theo kế hoạch đã duyệt", 1.1, "center"),
    Column("Chênh (ngày)", 0.8, "right"),
    Column("Sản phẩm", 2),
    Column("Tiến độ (%)", 0.8, "right"),
    Column("Trạng thái", 1.4, "center"),
    Column("Khó khăn, kiến nghị", 2),
]


def plan(user: User, edition: str, params: Params) -> Document:
    """The plan with its progress, as the list on the page is filtered and ordered."""
    congress = get_object_or_404(Congress, slug=edition)
    query = params if isinstance(params, QueryDict) else QueryDict()
    rows = []
    for number, task in enumerate(task_listing(query, congress, user).queryset.prefetch_related("cooperating"), 1):
        cooperating = ", ".join(unit.name_vi for unit in task.cooperating.all())
        rows.append(
            (number, task.name_vi, task.lead.name_vi, cooperating, task.starts, task.due, task.baseline_due, task.drift,
             task.product, task.progress, str(task.state.label), task.difficulty)
        )  # fmt: skip
    summary = f"Tiến độ thực hiện kế hoạch tổ chức {congress.name_vi}"
    return draft(congress, "BÁO CÁO", summary, [*basis(congress), Table(PLAN, rows)], landscape=True)


CONFERENCES = [
    Column("TT", 0.5, "center"),
    Column("Hội nghị", 3.2),
    Column("Số đơn vị", 0.8, "right"),
    Column("Ngày", 1.2, "center"),
    Column("Buổi", 0.8, "center"),
    Column("Hình thức", 1, "center"),
    Column("Địa điểm", 2),
    Column("Chủ trì", 1.5),
    Column("Lãnh đạo Bộ dự", 1.5),
    Column("Trạng thái", 1.8, "center"),
    Column("Ghi chú", 2),
]


def conferences(user: User, edition: str, params: Params) -> Document:
    """A row per conference: when, where, who, and where it stands. What came of them is in the roll-up."""
    congress = get_object_or_404(Congress, slug=edition)
    rows: list = []
    for number, line in enumerate(conference_roll(congress), 1):
        held = line.conference
        rows.append(
            (number, held.name_vi, line.members, held.held_on, held.get_session_display(), str(held.get_form_display()),
             held.place, held.chair, held.leader, line.word, " ".join(map(str, line.warnings)))
        )  # fmt: skip
    rows.append(Row((None, "Cộng", sum(row[2] for row in rows), *[None] * 8), strong=True))
    summary = f"Các Hội nghị điển hình tiên tiến cấp cơ sở ({congress.conferences_window})"
    return draft(congress, "TỔNG HỢP", summary, [*basis(congress), Table(CONFERENCES, rows)], landscape=True)


PROGRAMME = [
    Column("TT", 0.6, "center"),
    Column("Thời gian", 1.4, "center"),
    Column("Nội dung", 4.5),
    Column("Thực hiện", 2.5),
]


def programme(user: User, edition: str, params: Params) -> Document:
    """The programme as it is handed out; showcase reports stand within their item."""
    congress = get_object_or_404(Congress, slug=edition)
    rows: list[Row] = []
    for number, point in enumerate(timetable(congress), 1):
        rows.append(Row((number, _hours(point), point.item.name_vi, point.item.presenter), strong=bool(point.parts)))
        rows += [
            Row((f"{number}.{part_number}", _hours(part), part.item.name_vi, part.item.presenter))
            for part_number, part in enumerate(point.parts, 1)
        ]
    where = [f"Thời gian: {short_date(congress.held_on)}."] if congress.held_on else []
    where += [f"Địa điểm: {congress.venue}."] if congress.venue else []
    blocks = [*(Paragraph(text) for text in where), Table(PROGRAMME, rows)]
    return draft(congress, "CHƯƠNG TRÌNH", congress.name_vi, blocks, signatures=(), recipients=())


def _hours(point: Point) -> str:
    if not point.starts:
        return ""
    return f"{point.starts:%H:%M}" + (f" - {point.ends:%H:%M}" if point.ends else "")


def open_to_all(user: User, edition: str) -> str | None:
    """Plan, conferences and programme are open to everybody who signs in."""
    return None


def register() -> None:
    """Offer the papers of this room."""
    for export in (
        Export("plan", _("Plan with its progress"), plan, open_to_all, "ke-hoach-tien-do"),
        Export("conferences", _("Grass-roots conferences"), conferences, open_to_all, "hoi-nghi-co-so"),
        Export("programme", _("Programme of the congress"), programme, open_to_all, "chuong-trinh-dai-hoi"),
    ):
        catalogue.register(export)
