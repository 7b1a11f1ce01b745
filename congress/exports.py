"""Papers of the plan: tasks with progress (E1), conferences, programme (E17)."""

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from congress import rules
from congress.filters import task_listing
from congress.models import Conference, Congress, Elected, LegalBasis
from congress.queries import (
    Point,
    ReportSheet,
    RollUpRow,
    conference_roll,
    conference_sheet,
    report_sheet,
    roll_up,
    timetable,
)
from core import clock, versions
from core.models import User
from core.vietnamese import moment, short_date
from documents import catalogue
from documents.catalogue import Export, Params
from documents.description import (
    Cell,
    Column,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Row,
    Signature,
    Table,
)
from units.models import BlockOffice


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


ROLL_UP = [
    Column("TT", 0.5, "center"),
    Column("Hội nghị", 3),
    Column("Ngày tổ chức", 1.3, "center"),
    Column("So với kế hoạch", 1.7),
    Column("Triệu tập", 0.9, "right", "Đại biểu"),
    Column("Có mặt", 0.9, "right", "Đại biểu"),
    Column("Nữ", 0.7, "right", "Đại biểu"),
    Column("Tham luận", 0.9, "right"),
    Column("Tập thể", 0.8, "right", "Giới thiệu"),
    Column("Cá nhân", 0.8, "right", "Giới thiệu"),
    Column("ĐB bầu", 0.8, "right"),
    Column("Báo cáo", 1.8),
    Column("Biên bản", 1, "center"),
]


def rolled_up(user: User, edition: str, params: Params) -> Document:
    """What came of the conferences whose figures the reader may see (E20): the sentence, a row each, the totals."""
    congress = get_object_or_404(Congress, slug=edition)
    with override("vi"):  # an official paper, whatever the reader's language
        roll = roll_up(congress, user)
        rows = [Row(_conference_cells(number, row)) for number, row in enumerate(roll.rows, 1)]
        sentence = f"{roll.sentence}."
        window = congress.conferences_window
    sums = roll.totals
    figures = (sums.summoned, sums.attended, sums.women, sums.papers)
    elected = (sums.collectives, sums.individuals, sums.delegates)
    rows.append(Row((None, "Cộng", None, None, *figures, *elected, None, None), strong=True))
    summary = f"Kết quả các Hội nghị điển hình tiên tiến cấp cơ sở ({window})"
    blocks = [*basis(congress), Paragraph(sentence), Table(ROLL_UP, rows)]
    return draft(congress, "TỔNG HỢP", summary, blocks, landscape=True)


def _conference_cells(number: int, row: RollUpRow) -> list[Cell]:
    report = row.report
    names = ("summoned", "attended", "women", "papers")
    figures = [getattr(report, name) for name in names] if report else [None] * 4
    elected = [row.collectives, row.individuals, row.delegates] if report else [None] * 3
    minutes = "Có" if row.minutes else "Chưa có" if row.held else ""
    held = row.conference
    return [number, held.name_vi, held.held_on, row.against_window, *figures, *elected, row.about_report, minutes]


GIVEN = [Column("TT", 0.5, "center"), Column("Hình thức khen thưởng", 5), Column("Số lượng", 1, "right")]
ELECTED = [
    Column("TT", 0.5, "center"),
    Column("Họ và tên, tên tập thể", 2.6),
    Column("Ngày sinh", 1.2, "center"),
    Column("Giới tính", 0.8, "center"),
    Column("Chức vụ", 1.8),
    Column("Đơn vị", 2.4),
]


def conference_report(user: User, edition: str, params: Params) -> Document:
    """The report of one conference (E20), as its host signs it. Raises Http404 for one out of sight."""
    congress = get_object_or_404(Congress, slug=edition)
    conference = conference_sheet(congress, versions.whole(str(params.get("conference", ""))))
    report = rules.report_of(conference) if conference else None
    if conference is None or report is None or rules.why_not_read_report(user, conference):
        raise Http404
    report.conference = conference
    host = conference.host
    with override("vi"):
        sheet = report_sheet(report)
        blocks: list = []
        for number, one in enumerate(sheet.subjects, 1):
            blocks += [Heading(f"{number}. {one.subject.title}"), *_facts(one.facts), *_lists(sheet, one.subject.key)]
    signs, symbol = _signer(conference)
    personal = "Có dữ liệu cá nhân. " if sheet.elected else ""
    return Document(
        letterhead=Letterhead(congress.ministry_vi.upper(), host.name_vi.upper()),
        symbol=symbol,
        place=congress.seat,
        dated=clock.today(),
        title="BÁO CÁO",
        summary=f"Kết quả Hội nghị điển hình tiên tiến: {conference.name_vi}",
        blocks=blocks,
        signatures=[Signature(signs, remark="(ký, đóng dấu)")],
        recipients=[f"- {congress.department_vi};", "- Lưu: VT."],
        about=conference.name_vi,
        foot=f"{personal}Xuất bởi {user} lúc {moment(localtime(clock.now()), 'vi')}.",
    )


def _signer(conference: Conference) -> tuple[list[str], str]:
    """Who signs for the host, line by line, and the symbol on its letters: a block's are those of who leads it."""
    unit, lines = conference.host_unit, []
    if unit is None:
        leads = BlockOffice.objects.on(clock.today()).filter(block=conference.host_block, role=BlockOffice.Role.HEAD)
        office = leads.select_related("unit").first()
        unit, lines = (office.unit if office else None), ["KHỐI TRƯỞNG"]
    return [*lines, *([unit.head_title.upper()] if unit else [])], (unit.abbreviation or unit.code) if unit else ""


def _facts(facts: list[tuple[str, str]]) -> list[Paragraph]:
    """The filled fields, each as '- Nhãn: nội dung', with the lines of a long text apart."""
    found = []
    for label, text in facts:
        first, *others = [line for line in text.split("\n") if line.strip()] or [""]
        found += [Paragraph(f"- {label}: {first}"), *(Paragraph(line) for line in others)]
    return found


def _lists(sheet: ReportSheet, subject: str) -> list:
    """The tables and the files of a subject."""
    if subject == "commendations" and sheet.commendations:
        return [Table(GIVEN, [(n, row.award.name_vi, row.number) for n, row in enumerate(sheet.commendations, 1)])]
    if subject == "elected":
        named = [("Điển hình tiên tiến giới thiệu lên Bộ:", sheet.proposed), ("Đại biểu dự Đại hội:", sheet.delegates)]
        return [part for words, rows in named if rows for part in (Paragraph(words), Table(ELECTED, _people(rows)))]
    if subject == "files":
        named = [(slot.label, ", ".join(file.name for file in files)) for slot, files in sheet.files if files]
        return [Paragraph(f"- {label}: {names}") for label, names in named]
    return []


def _people(rows: list[Elected]) -> list[tuple]:
    return [
        (number, one.name, str(one.birth or ""), str(one.get_sex_display()), one.position, one.unit.name_vi)
        for number, one in enumerate(rows, 1)
    ]


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


def why_not_roll_up(user: User, edition: str) -> str | None:
    return rules.why_not_see_roll_up(user)


def register() -> None:
    """Offer the papers of this room."""
    for export in (
        Export("plan", _("Plan with its progress"), plan, open_to_all, "ke-hoach-tien-do"),
        Export("conferences", _("Grass-roots conferences"), conferences, open_to_all, "hoi-nghi-co-so"),
        Export("roll-up", _("Roll-up of the conferences"), rolled_up, why_not_roll_up, "tong-hop-hoi-nghi"),
        Export(
            "conference-report",
            _("Report of the conference"),
            conference_report,
            why_not_roll_up,
            "bao-cao-hoi-nghi",
            sensitive=True,
            about=True,
        ),
        Export("programme", _("Programme of the congress"), programme, open_to_all, "chuong-trinh-dai-hoi"),
    ):
        catalogue.register(export)
