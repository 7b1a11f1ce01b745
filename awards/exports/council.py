"""Papers of the Council: the ballot paper (A2), minutes of the count (A4) and of the sitting (A5), submission (A6).

Their words are Vietnamese, as official papers are. Nothing of a ballot is written before its box has been opened.
"""

from collections.abc import Sequence

from django.http import Http404
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from awards import rules
from awards.models import Attendance, Ballot, Candidate, CouncilSeat, Nomination, Sitting
from congress.exports import basis
from congress.models import Congress
from core import clock
from core.models import User
from core.vietnamese import count, long_date, percent
from documents import catalogue
from documents.catalogue import Export, Params
from documents.description import Column, Document, Heading, Letterhead, Paragraph, Signature, Table

LISTS = {"collective": "tập thể", "individual": "cá nhân"}
PAPER = [Column("TT", 0.6, "center"), Column("Tên tập thể; họ và tên, chức vụ, đơn vị", 6), Column("Lựa chọn", 1.2)]
RESULT = [
    Column("TT", 0.6, "center"),
    Column("Tên tập thể/cá nhân", 4),
    Column("Số phiếu đồng ý", 1.2, "right"),
    Column("Tỷ lệ trên tổng số thành viên (%)", 1.5, "right"),
    Column("Xếp thứ", 1, "center"),
    Column("Ghi chú", 1.5, "center"),
]


def _head(congress: Congress) -> dict:
    """Letterhead, symbol, place and year of a paper of the Council."""
    return {
        "letterhead": Letterhead(congress.ministry_vi.upper(), congress.council_vi.upper()),
        "symbol": "HĐTĐKT",
        "place": congress.seat,
        "dated": clock.today(),
    }


def _sitting(user: User, edition: str, params: Params) -> Sitting:
    """The sitting that is asked for, else the latest one that has begun. Raises Http404."""
    found = Sitting.objects.filter(congress__slug=edition).select_related("congress", "chaired_by")
    key = str(params.get("sitting", ""))
    begun = found.filter(state__in=[Sitting.State.OPEN, Sitting.State.CONCLUDED])
    sitting = found.filter(pk=key).first() if key.isdecimal() else begun.first()
    if sitting is None:
        raise Http404
    return sitting


def _counted(sitting: Sitting) -> list[Ballot]:
    """The counted ballots of a sitting, in order of list and round. Raises Http404 while there is none."""
    found = list(sitting.ballots.filter(state=Ballot.State.COUNTED).prefetch_related("candidates__nomination__unit"))
    if not found:
        raise Http404
    return found


def _names(nominations: Sequence[Nomination]) -> str:
    return "; ".join(f"{one.nominee} ({one.unit.name_vi})" for one in nominations) or "không có"


# ---- The ballot paper ----


def paper(user: User, edition: str, params: Params) -> Document:
    """The paper of one list, for a vote on paper (A2)."""
    found = Ballot.objects.filter(sitting__congress__slug=edition).select_related("sitting__congress")
    key = str(params.get("ballot", ""))
    ballot = found.filter(pk=key).first() if key.isdecimal() else found.order_by("-pk").first()
    if ballot is None:
        raise Http404
    congress, many = ballot.sitting.congress, count(ballot.places, "vi")
    rows = [[one.order, _on_paper(one.nomination), ""] for one in ballot.candidates.select_related("nomination__unit")]
    kind = LISTS[ballot.kind]
    return Document(
        **_head(congress),
        title="PHIẾU BẦU",
        summary=f"lựa chọn {many} báo cáo điển hình {kind} trình bày tại {congress.name_vi}",
        blocks=[
            Paragraph(
                f"(Đánh dấu X vào ô tương ứng; chọn không quá {many}; phiếu không ký tên)",
                basis=True,
            ),
            Table(PAPER, rows),
            Paragraph(
                f"Phiếu không hợp lệ: không do Ban kiểm phiếu phát; chọn quá {many}; ghi thêm tên; có dấu hiệu đánh "
                "dấu riêng.",
            ),
        ],
    )


def _on_paper(nomination: Nomination) -> str:
    return ", ".join(filter(None, [nomination.nominee, nomination.position, nomination.unit.name_vi]))


# ---- Minutes of the count ----


def result(user: User, edition: str, params: Params) -> Document:
    """The minutes of the count: every ballot with its arithmetic, who is chosen, who is the reserve (A4)."""
    sitting = _sitting(user, edition, params)
    blocks: list = [Paragraph(f"Hôm nay, {_when(sitting)}, tại {sitting.place}, Ban kiểm phiếu gồm:")]
    tellers = list(sitting.tellers.select_related("user"))
    for number, teller in enumerate(tellers, start=1):
        blocks.append(Paragraph(f"{number}. {teller.user}" + (" (Trưởng ban)" if teller.leads else "")))
    for number, ballot in enumerate(_counted(sitting), start=1):
        ballot.sitting = sitting
        blocks += _of_ballot(number, ballot)
    blocks.append(
        Paragraph("Biên bản lập xong hồi      giờ      phút cùng ngày, đã đọc cho Hội đồng nghe và thống nhất./.")
    )
    return Document(
        **_head(sitting.congress),
        title="BIÊN BẢN KIỂM PHIẾU",
        summary=f"lựa chọn báo cáo điển hình tại {sitting.congress.name_vi}",
        blocks=blocks,
        signatures=[
            Signature(["CHỦ TỌA"], name=str(sitting.chaired_by or ""), remark="(ký, ghi rõ họ tên)"),
            Signature(["BAN KIỂM PHIẾU"], name=", ".join(map(str, tellers)), remark="(ký, ghi rõ họ tên)"),
        ],
    )


def _when(sitting: Sitting) -> str:
    at = localtime(sitting.opened_at or sitting.held_at)
    return f"hồi {at:%H} giờ {at:%M} phút {long_date(at.date(), 'vi')}"


def _of_ballot(number: int, ballot: Ballot) -> list:
    """One ballot in the minutes. Its numbers close: issued = returned + not returned, returned = valid + invalid."""
    members, present = ballot.members or 0, ballot.present or 0
    issued, returned = ballot.issued or 0, ballot.returned or 0
    turn = f", vòng {count(ballot.round, 'vi')}" if ballot.round > 1 else ""
    candidates = sorted(ballot.candidates.all(), key=lambda one: (one.place or 0, one.order))
    return [
        Heading(f"{number}. Danh sách {LISTS[ballot.kind]}{turn}: chọn {count(ballot.places, 'vi')}"),
        Paragraph(
            f"Tổng số thành viên Hội đồng: {count(members, 'vi')}; có mặt: {count(present, 'vi')}; "
            f"vắng mặt: {count(members - present, 'vi')}; không tham gia biểu quyết do có liên quan: "
            f"{count(ballot.recused or 0, 'vi')}."
        ),
        Paragraph(
            f"Số phiếu phát ra: {count(issued, 'vi')}; thu về: {count(returned, 'vi')}; không thu về: "
            f"{count(issued - returned, 'vi')}; hợp lệ: {count(ballot.valid or 0, 'vi')}; không hợp lệ: "
            f"{count(ballot.invalid or 0, 'vi')} (trong đó phiếu trắng: {count(ballot.blank or 0, 'vi')})."
        ),
        Table(RESULT, [_result_row(row, one, ballot) for row, one in enumerate(candidates, start=1)]),
        Paragraph(f"Kết quả: được lựa chọn: {_names(_with(candidates, 'selected'))}."),
        Paragraph(f"Dự phòng: {_names(_with(candidates, 'reserve'))}."),
        *([Paragraph(f"Ý kiến của chủ tọa: {ballot.chair_decision}")] if ballot.chair_decision else []),
    ]


def _with(candidates: Sequence[Candidate], outcome: str) -> list[Nomination]:
    return [one.nomination for one in candidates if one.outcome == outcome]


def _result_row(number: int, one: Candidate, ballot: Ballot) -> list:
    share = percent((one.votes or 0) / (ballot.base_count or 1), 1, "vi").rstrip("%")
    return [number, _on_paper(one.nomination), one.votes, share, one.place, str(one.get_outcome_display())]


# ---- Minutes of the sitting ----


def minutes(user: User, edition: str, params: Params) -> Document:
    """The minutes of the sitting, from its own data (A5)."""
    sitting = _sitting(user, edition, params)
    congress = sitting.congress
    present, absent = _attendance(sitting)
    members = sitting.members or len(present) + len(absent)
    blocks: list = [
        Heading("I. THỜI GIAN, ĐỊA ĐIỂM"),
        Paragraph(f"Bắt đầu {_when(sitting)}, tại {sitting.place}."),
        Heading("II. THÀNH PHẦN"),
        Paragraph(f"1. Chủ trì: {sitting.chaired_by or ''}."),
        Paragraph(f"2. Thư ký: {_secretary(congress)}."),
        Paragraph(f"3. Thành viên có mặt {count(len(present), 'vi')}/{count(members, 'vi')}: {', '.join(present)}."),
        Paragraph(f"4. Vắng mặt {count(len(absent), 'vi')}: {'; '.join(absent) or 'không'}."),
        Heading("III. NỘI DUNG"),
        Paragraph(
            f"1. Chủ tọa tuyên bố lý do, kiểm tra túc số ({count(len(present), 'vi')}/{count(members, 'vi')}, "
            "đủ điều kiện họp theo quy định)."
        ),
        Paragraph(f"2. Vụ Thi đua - Khen thưởng báo cáo kết quả thẩm định {_on_the_list(sitting)}."),
        Paragraph("3. Thảo luận: ……………………………………………………………………"),
        Paragraph(f"4. Bầu Ban kiểm phiếu: {', '.join(str(one) for one in sitting.tellers.select_related('user'))}."),
        Paragraph("5. Kết quả bỏ phiếu kín:"),
    ]
    for number, ballot in enumerate(_counted(sitting), start=1):
        blocks += _of_ballot(number, ballot)
    blocks += [
        Heading("IV. KẾT LUẬN"),
        Paragraph(sitting.conclusion or "……………………………………………………………………"),
        Paragraph(f"{_ended(sitting)}; biên bản đã được thông qua./."),
    ]
    return Document(
        **_head(congress),
        title="BIÊN BẢN",
        summary=f"Họp {congress.council_vi} lựa chọn báo cáo điển hình tại {congress.name_vi}",
        blocks=blocks,
        signatures=[
            Signature(["THƯ KÝ"], remark="(ký, ghi rõ họ tên)"),
            Signature(["CHỦ TỌA"], name=str(sitting.chaired_by or ""), remark="(ký, ghi rõ họ tên)"),
        ],
    )


def _attendance(sitting: Sitting) -> tuple[list[str], list[str]]:
    """Who came, and who did not, with the reason."""
    lines = list(Attendance.objects.filter(sitting=sitting).select_related("user").order_by("user__sort_key"))
    present = [str(line.user) for line in lines if line.present]
    absent = [f"{line.user} ({line.excuse or 'không rõ lý do'})" for line in lines if not line.present]
    return present, absent


def _secretary(congress: Congress) -> str:
    seats = CouncilSeat.objects.on(clock.today()).filter(congress=congress, post=CouncilSeat.Post.SECRETARY)
    return ", ".join(str(seat.user) for seat in seats.select_related("user"))


def _on_the_list(sitting: Sitting) -> str:
    """'20 đề cử (10 tập thể, 10 cá nhân)': those on the first ballots of the sitting."""
    first = Candidate.objects.filter(ballot__sitting=sitting, ballot__round=1)
    numbers = {kind: first.filter(ballot__kind=kind).count() for kind in LISTS}
    lists = ", ".join(f"{count(number, 'vi')} {LISTS[kind]}" for kind, number in numbers.items())
    return f"{count(sum(numbers.values()), 'vi')} đề cử ({lists})"


def _ended(sitting: Sitting) -> str:
    if sitting.concluded_at is None:
        return "Phiên họp kết thúc hồi      giờ      phút"
    return f"Phiên họp kết thúc hồi {localtime(sitting.concluded_at):%H giờ %M phút}"


# ---- Submission to the Minister ----


def submission(user: User, edition: str, params: Params) -> Document:
    """What was chosen, put before the Minister (A6)."""
    sitting = _sitting(user, edition, params)
    congress = sitting.congress
    found = congress.nominations.select_related("unit").order_by("kind", "sort_key")
    states = Nomination.State
    selected = {kind: list(found.filter(kind=kind, state=states.SELECTED)) for kind in LISTS}
    if not any(selected.values()):
        raise Http404
    reserve = list(found.filter(state=states.RESERVE))
    day = long_date(localtime(sitting.held_at).date(), "vi")
    chosen = [
        Paragraph(f"- {count(len(nominations), 'vi')} {LISTS[kind]}: {_names(nominations)};")
        for kind, nominations in selected.items()
    ]
    total = count(sum(map(len, selected.values())), "vi")
    return Document(
        letterhead=Letterhead(congress.ministry_vi.upper(), congress.department_vi.upper()),
        symbol="TĐKT",
        place=congress.seat,
        dated=clock.today(),
        title="TỜ TRÌNH",
        summary=f"Về việc phê duyệt {total} báo cáo điển hình tại {congress.name_vi}",
        addressees=["Bộ trưởng"],
        blocks=[
            *basis(congress),
            Paragraph(f"Căn cứ Biên bản họp {congress.council_vi} {day};", basis=True),
            Paragraph(f"{congress.department_vi} kính trình Bộ trưởng xem xét, phê duyệt:"),
            *chosen,
            Paragraph(f"- Dự phòng: {_names(reserve)}."),
            Paragraph("Kính trình Bộ trưởng xem xét, quyết định./."),
        ],
        signatures=[Signature(["VỤ TRƯỞNG"])],
        recipients=["- Như trên;", "- Lưu: VT, TĐKT."],
    )


def _why_not(user: User, edition: str) -> str | None:
    congress = Congress.objects.filter(slug=edition).first()
    return rules.why_not_see_council(user, congress) if congress else _("There is no such congress.")


def register() -> None:
    """Offer the papers of the Council: each is taken from its sitting or its ballot."""
    for key, title, build, filename in (
        ("ballot-paper", _("Ballot paper"), paper, "phieu-bau"),
        ("council-result", _("Minutes of the count"), result, "bien-ban-kiem-phieu"),
        ("council-minutes", _("Minutes of the sitting"), minutes, "bien-ban-hop-hoi-dong"),
        ("submission", _("Submission to the Minister"), submission, "to-trinh"),
    ):
        catalogue.register(Export(key, title, build, _why_not, filename, about=True))
