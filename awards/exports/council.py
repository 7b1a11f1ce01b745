"""Papers of the Council: ballot paper (A2), minutes of the count (A4) and of the sitting (A5), submission (A6).

Their words are Vietnamese, as official papers are. Nothing of a ballot is written before its box has been opened.
"""

from collections.abc import Sequence
from datetime import datetime

from django.http import Http404
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import rules
from awards.ballot import Step
from awards.models import Attendance, Ballot, Candidate, CouncilSeat, Nomination, Recusal, Sitting
from awards.queries import ballots as queries
from congress.exports import basis
from congress.models import Congress
from core import clock
from core.models import User
from core.refusal import Refused, refuse_if
from core.vietnamese import count as two
from core.vietnamese import long_date
from documents import catalogue
from documents.catalogue import Export, Params
from documents.description import Column, Document, Heading, Letterhead, Paragraph, Signature, Table

Outcome = Candidate.Outcome
KINDS = {"collective": "tập thể", "individual": "cá nhân"}
NAMED = {"collective": "Tên tập thể, đơn vị", "individual": "Họ và tên, chức vụ, đơn vị"}
BLANK = "……………………………………………………"
SIGNED = "(ký, ghi rõ họ tên)"


def _head(congress: Congress, sign: str = "") -> dict:
    """Letterhead, symbol, place and year of a paper of the Council."""
    return {
        "letterhead": Letterhead(congress.ministry_vi.upper(), congress.council_vi.upper()),
        "symbol": f"{sign}HĐ{_office(congress)}",
        "place": congress.seat,
        "dated": clock.today(),
    }


def _office(congress: Congress) -> str:
    """'TĐKT' of 'BKHCN-TĐKT'."""
    return congress.symbol.rsplit("-", 1)[-1]


def _congress(user: User, edition: str) -> Congress:
    congress = Congress.objects.filter(slug=edition).first()
    if congress is None:
        raise Http404
    refuse_if(rules.why_not_see_council(user, congress))
    return congress


def _key(params: Params, name: str) -> int | None:
    """The id that an address names, or None."""
    text = str(params.get(name, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _sitting(congress: Congress, params: Params) -> Sitting:
    """The sitting that is asked for, else the latest concluded one. Raises Http404, and Refused where there is none."""
    found = congress.sittings.select_related("chaired_by")
    if params.get("sitting"):
        sitting = found.filter(pk=_key(params, "sitting")).first()
        if sitting is None:
            raise Http404
    else:
        sitting = found.filter(state=Sitting.State.CONCLUDED).first()
    if sitting is None:
        raise Refused(_("No sitting of the Council has been concluded yet."))
    sitting.congress = congress
    return sitting


def _counted(sitting: Sitting) -> list[Ballot]:
    """What was held at a sitting. Raises Refused while no box has been opened."""
    held = queries.held(sitting)
    if not any(ballot.is_counted for ballot in held):
        raise Refused(_("The box has not been opened yet: there is no result."))
    return held


def _named(candidate: Candidate) -> str:
    """A nominee with the unit as it was called on the day of the sitting."""
    nomination, day = candidate.nomination, localtime(candidate.ballot.sitting.held_at).date()
    unit = nomination.unit_on(day).named_on(day)
    return ", ".join(filter(None, [nomination.nominee, nomination.position, unit.name_vi]))


def _names(candidates: Sequence[Candidate]) -> str:
    return "; ".join(_named(candidate) for candidate in candidates) or "không có"


def _at(moment: datetime | None) -> str:
    """'hồi 08 giờ 30 phút'; dots where it is not known yet."""
    return f"hồi {localtime(moment):%H giờ %M} phút" if moment else "hồi …… giờ …… phút"


def _on(moment: datetime) -> str:
    return long_date(localtime(moment).date(), "vi")


# ---- The ballot paper ----


def paper(user: User, edition: str, params: Params) -> Document:
    """The papers of a list, or of both lists of a sitting, for a vote on paper (A2)."""
    congress = _congress(user, edition)
    ballots = _on_paper(congress, params)
    blocks: list = []
    for ballot in ballots:
        places, kind = two(ballot.places, "vi"), KINDS[ballot.kind]
        rows = [(one.order, _named(one), "") for one in queries.candidates(ballot)]
        columns = [Column("TT", 0.6, "center"), Column(NAMED[ballot.kind], 6), Column("Lựa chọn", 1.2, "center")]
        blocks += [
            *([Heading(f"Danh sách {kind}")] if len(ballots) > 1 else []),
            Paragraph(f"(Đánh dấu X vào ô tương ứng; chọn không quá {places}; phiếu không ký tên)", basis=True),
            Table(columns, rows),
            Paragraph(
                f"Phiếu không hợp lệ: không do Ban kiểm phiếu phát; chọn quá {places}; ghi thêm tên; "
                "có dấu hiệu đánh dấu riêng."
            ),
        ]
    wanted = " và ".join(f"{two(one.places, 'vi')} báo cáo điển hình {KINDS[one.kind]}" for one in ballots)
    return Document(
        about="; ".join(str(one) for one in ballots),
        **_head(congress),
        title="PHIẾU BẦU",
        summary=f"lựa chọn {wanted} trình bày tại {congress.name_vi}",
        blocks=blocks,
    )


def _on_paper(congress: Congress, params: Params) -> list[Ballot]:
    """The ballot that is asked for, else the last round on each list of the sitting."""
    if params.get("ballot"):
        found = Ballot.objects.filter(sitting__congress=congress, pk=_key(params, "ballot"))
        if not found:
            raise Http404
        return list(found)
    in_session = congress.sittings.filter(state=Sitting.State.OPEN).first()
    sitting = in_session if in_session and not params.get("sitting") else _sitting(congress, params)
    ballots = rules.latest_ballots(sitting)
    if not ballots:
        raise Refused(_("Nothing is laid out to vote on: the Chair has to open the sitting first."))
    return ballots


# ---- Minutes of the count ----

RESULT = [
    Column("TT", 0.6, "center"),
    Column("Tên tập thể/cá nhân", 4),
    Column("Số phiếu đồng ý", 1.1, "right"),
    Column("Tỷ lệ trên tổng số thành viên (%)", 1.5, "right"),
    Column("Xếp thứ", 0.9, "center"),
    Column("Ghi chú", 1.5, "center"),
]
TEAM = [
    Column("TT", 0.6, "center"),
    Column("Họ và tên", 3),
    Column("Nhiệm vụ", 2),
    Column("Chữ ký", 2.5),
]


def result(user: User, edition: str, params: Params) -> Document:
    """The minutes of the count: every round of both lists, with numbers that close (A4)."""
    sitting = _sitting(_congress(user, edition), params)
    held = _counted(sitting)
    begun = min(ballot.closed_at or sitting.held_at for ballot in held if ballot.is_counted)
    done = max(ballot.counted_at or begun for ballot in held if ballot.is_counted)
    tellers = list(sitting.tellers.select_related("user"))
    team = [(n, str(one), "Trưởng ban" if one.leads else "Ủy viên") for n, one in enumerate(tellers, start=1)]
    leader = next((str(one) for one in tellers if one.leads), "")
    blocks: list = [Paragraph(f"Hôm nay, {_at(begun)} {_on(begun)}, tại {sitting.place}, Ban kiểm phiếu gồm:")]
    blocks += [Paragraph(f"{number}. {name} ({post});") for number, name, post in team]
    for number, ballot in enumerate(held, start=1):
        blocks += _round(f"{number}. ", ballot)
    blocks += [
        Paragraph(f"Biên bản lập xong {_at(done)} cùng ngày, đã đọc cho Hội đồng nghe và thống nhất./."),
        Heading("BAN KIỂM PHIẾU"),
        Table(TEAM, [(*line, "") for line in team]),
    ]
    return Document(
        about=str(sitting),
        **_head(sitting.congress, "BB-"),
        title="BIÊN BẢN KIỂM PHIẾU",
        summary=f"lựa chọn báo cáo điển hình trình bày tại {sitting.congress.name_vi}",
        blocks=blocks,
        signatures=[
            Signature(["CHỦ TỌA"], name=str(sitting.chaired_by or ""), remark=SIGNED),
            Signature(["TM. BAN KIỂM PHIẾU", "TRƯỞNG BAN"], name=leader, remark=SIGNED),
        ],
    )


def _round(number: str, ballot: Ballot) -> list:
    """One round on one list: its numbers close, issued = returned + not returned, returned = valid + invalid."""
    name = f"{number}Danh sách {KINDS[ballot.kind]}, vòng {two(ballot.round, 'vi')} ({ballot.get_purpose_display()})"
    sums = queries.sums(ballot)
    if sums is None:
        return [Heading(name), Paragraph(f"Cuộc bỏ phiếu bị hủy, không kiểm phiếu. Lý do: {ballot.chair_decision}")]
    candidates = sorted(ballot.candidates.all(), key=lambda one: (one.place or 0, one.order))
    return [
        Heading(name),
        Paragraph(
            f"Tổng số thành viên Hội đồng: {two(sums.members, 'vi')}; có mặt: {two(sums.present, 'vi')}; vắng mặt: "
            f"{two(sums.absent, 'vi')}; không tham gia biểu quyết do có liên quan: {two(sums.recused, 'vi')}."
        ),
        Paragraph(
            f"Số phiếu phát ra: {two(sums.issued, 'vi')}; thu về: {two(sums.returned, 'vi')}; không thu về: "
            f"{two(sums.kept, 'vi')}; hợp lệ: {two(sums.valid, 'vi')}; không hợp lệ: {two(sums.invalid, 'vi')} "
            f"(trong đó phiếu trắng: {two(sums.blank, 'vi')})."
        ),
        Table(RESULT, [_row(number, one, sums.members) for number, one in enumerate(candidates, start=1)]),
        *(Paragraph(text) for text in _outcome(ballot, candidates)),
    ]


def _row(number: int, one: Candidate, members: int) -> list:
    votes = one.votes or 0
    share = round(votes * 100 / members, 2) if members else None
    return [number, _named(one), votes, share, one.place, str(one.get_outcome_display())]


def _outcome(ballot: Ballot, candidates: Sequence[Candidate]) -> list[str]:
    """What a round decided, in the minutes' words."""
    selected, reserve, tied = (
        _names([one for one in candidates if one.outcome == outcome])
        for outcome in (Outcome.SELECTED, Outcome.RESERVE, Outcome.TIED)
    )
    chosen = f"{KINDS[ballot.kind]} được lựa chọn: {selected}. Dự phòng: {reserve}."
    found = rules.outcome_of(ballot)
    if found.tied and ballot.chair_decision:
        return [
            f"Kết quả: các đề cử bằng phiếu; theo ý kiến của người chủ trì, {chosen}",
            f"Ý kiến của người chủ trì: {ballot.chair_decision}",
        ]
    texts = [f"Kết quả: căn cứ quy tắc kiểm phiếu ({queries.rule_in_words(ballot)}), {chosen}"]
    if found.tied:
        texts.append(f"Bằng phiếu: {tied}.")
    if ballot.chair_decision:
        texts.append(f"Ý kiến của người chủ trì: {ballot.chair_decision}")
    return texts


# ---- Minutes of the sitting ----


def minutes(user: User, edition: str, params: Params) -> Document:
    """The minutes of the sitting, from its own data (A5). Discussion and what nobody typed in stay dotted lines."""
    sitting = _sitting(_congress(user, edition), params)
    congress, held = sitting.congress, _counted(sitting)
    present, absent = _attendance(sitting)
    members = sitting.members or len(present) + len(absent)
    here = f"{two(len(present), 'vi')}/{two(members, 'vi')}"
    opened = sitting.opened_at or sitting.held_at
    tellers = ", ".join(f"{one} (Trưởng ban)" if one.leads else str(one) for one in sitting.tellers.all())
    blocks: list = [
        Heading("I. THỜI GIAN, ĐỊA ĐIỂM"),
        Paragraph(f"Bắt đầu {_at(opened)} {_on(opened)}, tại {sitting.place}."),
        Heading("II. THÀNH PHẦN"),
        Paragraph(f"1. Chủ trì: {sitting.chaired_by or BLANK}."),
        Paragraph(f"2. Thư ký: {_secretary(sitting) or BLANK}."),
        Paragraph(f"3. Thành viên có mặt {here}: {', '.join(present)}."),
        Paragraph(f"4. Vắng mặt {two(len(absent), 'vi')}: {'; '.join(absent) or 'không'}."),
        Heading("III. NỘI DUNG"),
        Paragraph(
            f"1. Người chủ trì tuyên bố lý do, kiểm tra túc số ({here}, cần có {two(sitting.quorum(members), 'vi')}; "
            "đủ điều kiện họp theo quy định)."
        ),
        Paragraph(f"2. {congress.department_vi} báo cáo kết quả thẩm định {_on_the_list(sitting)}."),
        Paragraph(f"3. Thảo luận: {BLANK}"),
        Paragraph(f"4. Thành viên không tham gia biểu quyết: {_recused(sitting)}."),
        Paragraph(f"5. Hội đồng cử Ban kiểm phiếu gồm: {tellers}."),
        Paragraph("6. Kết quả bỏ phiếu kín:"),
    ]
    for number, ballot in enumerate(held, start=1):
        blocks += _round(f"6.{number}. ", ballot)
    blocks += [
        Heading("IV. KẾT LUẬN CỦA NGƯỜI CHỦ TRÌ"),
        Paragraph(sitting.conclusion or BLANK),
        Heading("V. KẾT THÚC"),
        Paragraph(f"Phiên họp kết thúc {_at(sitting.concluded_at)}; biên bản đã được thông qua./."),
    ]
    return Document(
        about=str(sitting),
        **_head(congress, "BB-"),
        title="BIÊN BẢN",
        summary=f"Họp {congress.council_vi} lựa chọn báo cáo điển hình tại {congress.name_vi}",
        blocks=blocks,
        signatures=[
            Signature(["THƯ KÝ"], name=_secretary(sitting), remark=SIGNED),
            Signature(["CHỦ TỌA"], name=str(sitting.chaired_by or ""), remark=SIGNED),
        ],
    )


def _attendance(sitting: Sitting) -> tuple[list[str], list[str]]:
    """Who came, and who did not, with the reason."""
    noted = list(Attendance.objects.filter(sitting=sitting).select_related("user").order_by("user__sort_key", "pk"))
    present = [str(line.user) for line in noted if line.present]
    absent = [f"{line.user} ({line.excuse or 'không rõ lý do'})" for line in noted if not line.present]
    return present, absent


def _secretary(sitting: Sitting) -> str:
    """Who was the Council's secretary on the day of the sitting."""
    held = CouncilSeat.objects.on(localtime(sitting.held_at).date()).filter(congress=sitting.congress_id)
    seat = held.filter(post=CouncilSeat.Post.SECRETARY).select_related("user").first()
    return str(seat.user) if seat else ""


def _first_round(sitting: Sitting) -> list[Nomination]:
    """The nominations that were put to the vote at the sitting."""
    voted_on = Nomination.objects.filter(candidacies__ballot__sitting=sitting).distinct()
    return list(voted_on.select_related("nominee_user").order_by("kind", "sort_key"))


def _on_the_list(sitting: Sitting) -> str:
    """'20 đề cử (10 tập thể, 10 cá nhân)'."""
    kinds = [nomination.kind for nomination in _first_round(sitting)]
    lists = ", ".join(f"{two(kinds.count(kind), 'vi')} {words}" for kind, words in KINDS.items())
    return f"{two(len(kinds), 'vi')} đề cử ({lists})"


def _recused(sitting: Sitting) -> str:
    """Who did not vote on which list, and why."""
    nominations = _first_round(sitting)
    told = [
        f"{one.nominee_user} (danh sách {KINDS[one.kind]}: "
        + ("đứng đầu tập thể được đề cử)" if one.is_collective else "là cá nhân được đề cử)")
        for one in nominations
        if one.nominee_user
    ]
    declared = Recusal.objects.filter(nomination__in=nominations).select_related("user", "nomination").order_by("pk")
    told += [f"{one.user} (danh sách {KINDS[one.nomination.kind]}: {one.reason})" for one in declared]
    return "; ".join(told) or "không có"


# ---- Submission to the Minister ----


def submission(user: User, edition: str, params: Params) -> Document:
    """What the Council has chosen, put before the Minister by the Department (A6), when every list is decided."""
    sitting = _sitting(_congress(user, edition), params)
    congress = sitting.congress
    _counted(sitting)
    for ballot in rules.latest_ballots(sitting):
        if not ballot.is_counted or rules.step_after(ballot) != Step.DECIDED:
            raise Refused(_("“%(ballot)s” is not decided yet.") % {"ballot": ballot})
    decisions = queries.decisions(sitting)
    total = two(sum(len(one.selected) for one in decisions), "vi")
    chosen = [f"- {two(len(one.selected), 'vi')} {KINDS[one.kind]}: {_names(one.selected)};" for one in decisions]
    reserve = [f"- Dự phòng ({KINDS[one.kind]}): {_names(one.reserve)}." for one in decisions if one.reserve]
    reasons = [f"Ý kiến của người chủ trì ({KINDS[one.kind]}): {why}" for one in decisions for why in one.reasons]
    return Document(
        about=str(sitting),
        letterhead=Letterhead(congress.ministry_vi.upper(), congress.department_vi.upper()),
        symbol=f"TTr-{_office(congress)}",
        place=congress.seat,
        dated=clock.today(),
        title="TỜ TRÌNH",
        summary=f"Về việc phê duyệt {total} báo cáo điển hình tại {congress.name_vi}",
        addressees=["Bộ trưởng"],
        blocks=[
            *basis(congress),
            Paragraph(f"Căn cứ Biên bản họp {congress.council_vi} {_on(sitting.held_at)},", basis=True),
            Paragraph(
                f"{congress.department_vi} kính trình Bộ trưởng xem xét, phê duyệt {total} báo cáo điển hình trình bày "
                f"tại {congress.name_vi}:"
            ),
            *(Paragraph(text) for text in [*chosen, *reserve, *reasons]),
            Paragraph("Kính trình Bộ trưởng xem xét, quyết định./."),
        ],
        signatures=[Signature(["VỤ TRƯỞNG"], remark=SIGNED)],
        recipients=["- Như trên;", f"- Lưu: VT, {_office(congress)}."],
    )


def _why_not(user: User, edition: str) -> str | None:
    congress = Congress.objects.filter(slug=edition).first()
    return rules.why_not_see_council(user, congress) if congress else _("There is no such congress.")


def register() -> None:
    """Offer the papers of the Council: each is taken from its sitting or its ballot."""
    for key, title, build, filename in (
        ("ballot-paper", gettext_lazy("Ballot paper"), paper, "phieu-bau"),
        ("council-result", gettext_lazy("Minutes of the count"), result, "bien-ban-kiem-phieu"),
        ("council-minutes", gettext_lazy("Minutes of the sitting"), minutes, "bien-ban-hop-hoi-dong"),
        ("submission", gettext_lazy("Submission to the Minister"), submission, "to-trinh"),
    ):
        catalogue.register(Export(key, title, build, _why_not, filename, about=True))
