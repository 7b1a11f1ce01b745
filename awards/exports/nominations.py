"""Papers of the nominations: the table of all (E7), and one nominee's dossier (E6, Mẫu 01 and Mẫu 02)."""

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from awards import rules
from awards.filters import nomination_listing
from awards.models import Nomination, NomineeAward
from awards.queries.nominations import Dossier, dossier
from congress.exports import basis, draft
from congress.models import AwardType, Congress
from core import clock, versions
from core.models import User
from core.vietnamese import count, moment
from documents import catalogue
from documents.catalogue import Export, Params
from documents.description import Column, Document, Heading, Letterhead, Paragraph, Signature, Table

TABLE = [
    Column("TT", 0.6, "center"),
    Column("Số hồ sơ", 1.5, "center"),
    Column("Tên tập thể/cá nhân", 2.4),
    Column("Chức vụ", 1.6),
    Column("Đơn vị đề cử", 2.2),
    Column("Khối, Hội nghị giới thiệu", 2),
    Column("Mô hình, cách làm", 2.4),
    Column("Hình thức khen thưởng cao nhất", 1.9),
    Column("Người trình bày", 1.6),
    Column("Trạng thái", 1.2, "center"),
    Column("Ghi chú", 1),
]
HELD = [
    Column("Năm", 0.8, "center"),
    Column("Danh hiệu/Hình thức khen thưởng", 3.2),
    Column("Số, ngày, tháng, năm của quyết định; cơ quan ban hành", 3.6),
]


def nominations(user: User, edition: str, params: Params) -> Document:
    """All nominations that the list's page shows, in its order, collectives and individuals apart."""
    congress = get_object_or_404(Congress, slug=edition)
    asked = params if isinstance(params, QueryDict) else QueryDict("")
    listing = nomination_listing(asked, congress, user)
    found = list(
        listing.queryset.select_related("filed_by__merged_into").prefetch_related(
            "awards__award", "unit__names", "filed_by__names"
        )
    )
    for one in found:
        one.congress = congress
    blocks: list = list(basis(congress))
    for kind, title in (("collective", "I. TẬP THỂ"), ("individual", "II. CÁ NHÂN")):
        of_kind = [nomination for nomination in found if nomination.kind == kind]
        if of_kind:
            blocks += [Heading(f"{title} ({count(len(of_kind), 'vi')})"), Table(TABLE, _rows(of_kind))]
    summary = f"Đề cử điển hình tiên tiến báo cáo tại {congress.name_vi}"
    return draft(congress, "TỔNG HỢP", summary, blocks, landscape=True)


def _rows(found: list[Nomination]) -> list[list]:
    """A line each. An award without a decision number is not counted (dossier 4.11, no. 9)."""
    rows = []
    for number, one in enumerate(found, start=1):
        proven = [award for award in one.awards.all() if award.proven]  # the highest comes first
        rows.append(
            [
                number,
                one.reference,
                one.nominee,
                one.position,
                one.unit_on(one.filed_on).named_on(one.filed_on).name_vi,
                one.conference.name_vi if one.conference else one.unit.block.name_vi,
                one.model_name,
                f"{proven[0].award.name_vi}, {proven[0].year}" if proven else "",
                one.presenter,
                str(one.get_state_display()),
                "Nộp muộn" if one.late else "",
            ]
        )
    return rows


def report(user: User, edition: str, params: Params) -> Document:
    """A nominee's report of achievements, as far as the reader may see it. Raises Http404 for one out of sight."""
    found = Nomination.objects.visible_to(user).filter(congress__slug=edition)
    key = str(params.get("nomination", ""))
    one = found.filter(pk=key).select_related("congress", "unit", "filed_by").first() if versions.whole(key) else None
    if one is None:
        raise Http404
    whole, unit = dossier(user, one), one.unit_on(one.filed_on)
    named = unit.named_on(one.filed_on)  # a paper keeps the name that its unit bore when it was submitted
    who = "tập thể" if one.is_collective else "cá nhân"
    title = "SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH" if one.is_collective else "SƠ LƯỢC LÝ LỊCH"
    blocks: list = [
        Heading(f"I. {title}"),
        *_paragraphs(whole, "about", "profile"),
        Heading("II. THÀNH TÍCH ĐẠT ĐƯỢC"),
        *_paragraphs(whole, "achievements"),
        Heading("III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG"),
        *_awards(whole.awards),
        Heading("IV. MÔ HÌNH, CÁCH LÀM ĐỀ NGHỊ BÁO CÁO ĐIỂN HÌNH"),
        *_paragraphs(whole, "model", "presenter", "review"),
    ]
    return Document(
        about=", ".join(filter(None, [str(one), one.reference])),
        letterhead=Letterhead(one.congress.ministry_vi.upper(), named.name_vi.upper()),
        symbol=named.abbreviation or unit.code,
        place=one.congress.seat,
        dated=clock.today(),
        title="BÁO CÁO THÀNH TÍCH",
        summary=f"của {who} điển hình tiên tiến: {one.nominee}",
        blocks=blocks,
        signatures=[
            Signature(["NGƯỜI BÁO CÁO THÀNH TÍCH"], remark="(ký, ghi rõ họ tên)"),
            Signature([unit.head_title.upper(), "XÁC NHẬN, ĐỀ NGHỊ"], remark="(ký, đóng dấu)"),
        ],
        foot=_foot(user, one),
    )


def _foot(user: User, one: Nomination) -> str:
    """Which dossier it is, that it is no more than a draft, and who took it out."""
    stage = f"Hồ sơ {one.reference}." if one.reference else "Dự thảo, chưa nộp."
    personal = "Có dữ liệu cá nhân. " if not one.is_collective and rules.may_see_personal(user, one) else ""
    return f"{stage} {personal}Xuất bởi {user} lúc {moment(localtime(clock.now()), 'vi')}."


def _paragraphs(whole: Dossier, *keys: str) -> list[Paragraph]:
    """The filled fields of some subjects, each as '- Nhãn: nội dung', with the lines of a long text apart."""
    found = []
    for subject in whole.subjects:
        if subject.subject.key in keys:
            for label, text in subject.facts:
                first, *others = [line for line in text.split("\n") if line.strip()] or [""]
                if first:
                    found += [Paragraph(f"- {label}: {first}"), *(Paragraph(line) for line in others)]
    return found


def _awards(held: list[NomineeAward]) -> list:
    """Titles and forms of commendation, which the report keeps apart."""
    parts = ((AwardType.Kind.TITLE, "1. Danh hiệu thi đua"), (AwardType.Kind.REWARD, "2. Hình thức khen thưởng"))
    blocks: list = []
    for kind, title in parts:
        rows = [[str(award.year), award.award.name_vi, _decision(award)] for award in held if award.award.kind == kind]
        blocks += [Paragraph(title), Table(HELD, rows) if rows else Paragraph("Không.")]
    return blocks


def _decision(award: NomineeAward) -> str:
    if not award.proven:
        return "Chưa minh chứng"
    day = f" ngày {award.decision_date:%d/%m/%Y}" if award.decision_date else ""
    return f"{award.decision_number}{day}" + (f"; {award.issuer}" if award.issuer else "")


def _why_not(user: User, edition: str) -> str | None:
    congress = Congress.objects.filter(slug=edition).first()
    return rules.why_not_see_nominations(user, congress) if congress else _("There is no such congress.")


def register() -> None:
    """Offer the papers of the nominations."""
    catalogue.register(Export("nominations", _("Nominations"), nominations, _why_not, "tong-hop-de-cu"))
    catalogue.register(
        Export(
            "dossier",
            _("Report of achievements"),
            report,
            _why_not,
            "bao-cao-thanh-tich",
            sensitive=True,
            about=True,
        )
    )
