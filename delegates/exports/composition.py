"""The report of the make-up (Báo cáo cơ cấu, thẩm tra tư cách đại biểu), and the same for strangers.

In Excel each cut has a sheet of its own, and the internal one ends with a row for each delegate, without names: whoever
doubts a number can count it again.
"""

from collections.abc import Iterator, Mapping

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from congress.models import Congress
from core import clock
from core.models import User
from core.vietnamese import moment
from delegates import composition as pure
from delegates import credentials, tallies
from delegates.composition import Cut
from delegates.models import Delegate
from delegates.queries import composition as makeup
from documents.catalogue import Params
from documents.description import Column, Document, Heading, Letterhead, Paragraph, Row, Signature, Table

LEAST_SHOWN = 3  # of a sensitive class, where strangers read (dossier 4.4)
COLUMNS = [
    Column("TT", 0.5, "center"),
    Column("Phân loại", 4),
    Column("Số lượng", 1, "right"),
    Column("Tỷ lệ (%)", 1, "right"),
]
ROUNDING = (
    "Cơ sở tính là số đại biểu chính thức đã đăng ký. Trong mỗi bảng, các nhóm và số chưa rõ cộng lại bằng tổng số. "
    "Tỷ lệ được làm tròn xuống đến một phần mười, phần còn lại chia cho các nhóm có số dư lớn nhất, để tổng bằng 100%."
)


def _head(congress: Congress) -> dict:
    return {
        "letterhead": Letterhead(congress.ministry_vi.upper(), congress.department_vi.upper()),
        "symbol": congress.symbol,
        "place": congress.seat,
        "dated": clock.today(),
    }


def _table(cut: Cut) -> Table:
    rows: list = [[number, one.label, one.number, one.percent] for number, one in enumerate(cut.classes, start=1)]
    rows.append(Row(["", "Tổng số", cut.total, 100.0 if cut.total else 0.0], strong=True))
    return Table(COLUMNS, rows, sheet=cut.title)


def report(user: User, edition: str, params: Params) -> Document:
    """The credential check with every cut; with `base=confirmed` of those confirmed alone."""
    congress = get_object_or_404(Congress, slug=edition)
    base = makeup.CONFIRMED if params.get("base") == makeup.CONFIRMED else makeup.ALL
    found = makeup.composition(congress, makeup.scope(user), base)
    blocks: list = [Paragraph(sentence) for sentence in credentials.read_aloud(found)]
    for cut in found.cuts:
        blocks += [Heading(cut.title), _table(cut)]
    if found.verdicts:
        blocks += [Heading("So với chỉ tiêu cơ cấu"), _targets(found)]
    blocks += [
        Paragraph(ROUNDING, basis=True),
        Heading("Số liệu từng đại biểu (không ghi tên)"),
        _people(congress, base),
    ]
    return Document(
        **_head(congress),
        title="BÁO CÁO THẨM TRA TƯ CÁCH ĐẠI BIỂU",
        summary=f"dự {congress.name_vi}",
        blocks=blocks,
        signatures=[Signature(["NGƯỜI LẬP BIỂU"], remark="(ký, ghi rõ họ tên)"), Signature(["TM. BAN THẨM TRA"])],
        foot=f"Có dữ liệu cá nhân. Xuất bởi {user} lúc {moment(clock.now(), 'vi')}.",
    )


def _targets(found: makeup.Composition) -> Table:
    bounds = {"least": "tối thiểu", "most": "tối đa"}
    columns = [
        Column("TT", 0.5, "center"), Column("Chỉ tiêu", 4), Column("Yêu cầu", 1.6), Column("Hiện nay (%)", 1, "right"),
        Column("Kết quả", 1),
    ]  # fmt: skip
    rows: list = [
        [
            number, one.label, f"{bounds[one.bound]} {credentials.share(round(one.percent * 10))}", one.now,
            "Đạt" if one.met else "Chưa đạt",
        ]
        for number, one in enumerate(found.verdicts, start=1)
    ]  # fmt: skip
    return Table(columns, rows, sheet="Chỉ tiêu")


PEOPLE = [
    ("Khối", 2), ("Thành phần", 1.6), ("Đại diện", 1.2), ("Giới tính", 0.9), ("Dân tộc", 1.1), ("Tuổi", 0.7),
    ("Tuổi ước", 0.7), ("Đảng viên", 1), ("Tôn giáo", 1.2), ("Học vấn", 1.2), ("Học hàm", 1.2), ("LLCT", 1),
    ("Khen thưởng cao nhất", 2), ("Số quyết định", 0.9),
]  # fmt: skip


def _people(congress: Congress, base: str) -> Table:
    """A row for each official delegate, by block: what the cuts count, and no name, unit or date."""
    labels, known = makeup.fixed_labels(), makeup.names(congress)
    day, official = tallies.age_day(congress), tallies.official_categories(congress)
    people = Delegate.objects.filter(congress=congress, category__in=official).seated()
    if base == makeup.CONFIRMED:
        people = people.filter(state=Delegate.State.CONFIRMED)
    lines = sorted(_lines(people, labels, known, day))
    columns = [Column("TT", 0.5, "center"), *(Column(title, weight) for title, weight in PEOPLE)]
    return Table(columns, [[number, *line] for number, line in enumerate(lines, start=1)], sheet="Số liệu")


def _lines(people, labels: Mapping[str, Mapping[str, str]], known: makeup.Names, day) -> Iterator[tuple]:
    blocks = {**known.blocks, "ministry": _("The Ministry itself")}
    for values in people.order_by().values_list(*tallies.COLUMNS):
        row = tallies.row_of(values)
        found = dict(pure.classes_of(row, day))

        def said(cut: str, found: dict = found) -> str:
            return labels[cut].get(found[cut], "")

        yield (
            blocks.get(known.block_of.get(row.unit, "")) if row.unit else blocks["ministry"],
            known.categories.get(str(row.category), ""),
            said("represents"),
            said("sex"),
            known.groups.get(found["ethnic_group"], ""),
            int(found["age"]) if row.birth else "",
            "khoảng" if pure.is_approximate(row.birth) else "",
            said("party_member"),
            said("religion"),
            said("education"),
            said("rank"),
            said("political_theory"),
            known.awards.get(str(row.highest_award), ""),
            ("có" if row.award_decision else "chưa có") if row.highest_award else "",
        )


def public(user: User, edition: str, _params: Params) -> Document:
    """The make-up for strangers: of sensitive cuts only classes of three and more, nobody's name."""
    congress = get_object_or_404(Congress, slug=edition)
    found = makeup.composition(congress, makeup.scope(user))
    blocks: list = [Paragraph(f"Tổng số đại biểu chính thức: {found.official}; khách mời: {found.guests}.")]
    for cut in found.cuts:
        shown = pure.grouped_below(cut, LEAST_SHOWN, f"Nhóm dưới {LEAST_SHOWN} người") if cut.sensitive else cut
        blocks += [Heading(cut.title), _table(shown)]
    if found.ages.mean is not None:
        mean = f"{found.ages.mean:.1f}".replace(".", ",")
        blocks.append(Paragraph(f"Tuổi bình quân: {'khoảng ' if found.ages.approximate else ''}{mean}."))
    blocks.append(Paragraph(ROUNDING, basis=True))
    return Document(**_head(congress), title="CƠ CẤU ĐẠI BIỂU", summary=f"dự {congress.name_vi}", blocks=blocks)
