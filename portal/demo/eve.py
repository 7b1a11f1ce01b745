"""Eve: four reports chosen by ballot, 400 delegates, the programme published."""

import uuid
from datetime import date, time
from decimal import Decimal
from random import Random

from awards import actions as awards
from awards.models import Ballot, Kind, Sitting
from awards.rules import voters
from congress import actions as plan
from congress.models import Congress
from core import clock
from core.models import User
from delegates import actions as delegates
from delegates.models import EthnicGroup
from portal.demo import spring
from portal.demo.people import known
from portal.demo.seats import newcomers, person_fields
from portal.demo.staff import officer

TARGETS = [("sex", "female", 30), ("minority", "minority", 3), ("party_member", "yes", 60), ("age", "-30", 10)]
CHOSEN = {Kind.COLLECTIVE: ("NACENTECH", "STAMEQ"), Kind.INDIVIDUAL: ("VINATOM", "BKHPT")}
TELLERS = ("phuoc", "thao", "hang")
TIMES = [  # minutes and presenter of each item of the programme, as such afternoons go
    (20, "Đoàn Thanh niên, Công đoàn Bộ"),
    (25, "Lãnh đạo Bộ"),
    (25, "Thứ trưởng"),
    (None, ""),
    (40, "Ban Tổ chức"),
    (15, "Lãnh đạo Bộ"),
    (10, "Ban Tổ chức"),
]
# The letter's guests and how many of each: 34 in all.
GUESTS = {
    "Văn phòng Chủ tịch nước": 3, "Ban Thi đua - Khen thưởng Trung ương": 5, "Bộ Giáo dục và Đào tạo": 2,
    "Bộ Ngoại giao": 2, "Bộ Văn hóa, Thể thao và Du lịch": 2, "Bộ Y tế": 2,
    "Bộ Lao động - Thương binh và Xã hội": 2, "Bảo hiểm Xã hội Việt Nam": 2, "Đại học Quốc gia Hà Nội": 2,
    "Đại học Quốc gia Thành phố Hồ Chí Minh": 2, "Viện Hàn lâm Khoa học và Công nghệ Việt Nam": 2,
    "Viện Hàn lâm Khoa học xã hội Việt Nam": 2, "Đài Truyền hình Việt Nam": 2, "Đài Tiếng nói Việt Nam": 2,
    "Thông tấn xã Việt Nam": 2,
}  # fmt: skip


def load(congress: Congress) -> None:
    """From the Council's sitting to the eve of the congress."""
    clock.rehearse(date(2020, 9, 14))
    spring.report_task(congress, "báo cáo đánh giá", 100)
    clock.rehearse(date(2020, 9, 15))
    vote(congress, congress.sittings.get(state=Sitting.State.CONVENED))
    spring.report_task(congress, "Lựa chọn 04 báo cáo", 100)
    clock.rehearse(date(2020, 9, 29))
    for words in ("dự thảo phát động", "Các Khối thi đua tiếp tục", "Các đơn vị tiếp tục"):
        spring.report_task(congress, words, 100)
    clock.rehearse(date(2020, 10, 12))
    invite(congress)
    clock.rehearse(date(2020, 10, 19))
    send_another(congress)
    waiting = congress.delegates.filter(state="registered")
    spring.confirm(congress, dict(waiting.values_list("pk", "version")))
    time_programme(congress)
    spring.report_task(congress, "Tuyên truyền cho Đại hội", 90)
    clock.rehearse(date(2020, 10, 23))
    keep_makeup(congress)
    spring.report_task(congress, "Tổ chức Đại hội Thi đua yêu nước", 80)


def vote(congress: Congress, sitting: Sitting) -> None:
    """The sitting, both ballots, the count and the conclusion."""
    chair, members = User.objects.get(username="thanh"), list(voters(congress))
    awards.record_attendance(actor=officer(), sitting=sitting, present=members, excuses={})
    sitting = awards.open_sitting(actor=chair, sitting=sitting)
    team = [User.objects.get(username=name) for name in TELLERS]
    awards.appoint_tellers(actor=chair, sitting=sitting, users=team, leader=team[0])
    codes = {user.pk: awards.take_code(actor=user, sitting=sitting) for user in team}
    for ballot in sitting.ballots.order_by("pk"):
        ballot = awards.open_ballot(actor=chair, ballot=ballot)
        for member, choices in zip(members, _papers(ballot, len(members)), strict=True):
            awards.cast(actor=member, ballot=ballot, choices=choices, key=uuid.uuid4())
        ballot = awards.close(actor=chair, ballot=ballot)
        tellers = list(ballot.sitting.tellers.filter(user__in=team[:2]))
        awards.count(actor=team[0], ballot=ballot, codes={teller: codes[teller.user_id] for teller in tellers})
    awards.conclude(actor=chair, sitting=sitting, conclusion="Hội đồng thống nhất chọn 04 báo cáo điển hình.")


def _papers(ballot: Ballot, number: int) -> list[list[int]]:
    """An invented vote with a clear result: most choose the same two, some one of the others instead of the second."""
    random = Random(5)  # noqa: S311 invention, not secrecy
    orders = dict(ballot.candidates.values_list("nomination__unit__code", "order"))
    first, second = (orders[code] for code in CHOSEN[Kind(ballot.kind)])
    others = [order for order in sorted(orders.values()) if order not in (first, second)]
    return [[first, second if voter % 5 else random.choice(others)] for voter in range(number)]


def invite(congress: Congress) -> None:
    """The guests' seats and the people on them."""
    category = congress.categories.get(code="KM")
    seats = {(None, category.pk): sum(GUESTS.values())}
    delegates.set_seats(actor=officer(), congress=congress, seats=seats, versions={})
    groups = {group.code: group for group in EthnicGroup.objects.all()}
    line = newcomers(congress)
    for organisation, wanted in GUESTS.items():
        for number in range(wanted):
            fields = person_fields(next(line), groups, category, None, number)
            fields["organisation"] = organisation
            delegates.register(actor=officer(), congress=congress, unit=None, category=category, **fields)


def keep_makeup(congress: Congress) -> None:
    """What the Department wants of the make-up, and a copy of it before the opening."""
    for cut, value, percent in TARGETS:
        delegates.set_target(
            actor=officer(), congress=congress, cut=cut, value=value, bound="least", percent=Decimal(percent)
        )
    delegates.freeze_composition(actor=officer(), congress=congress, occasion="Trước ngày khai mạc")


def send_another(congress: Congress) -> None:
    """Somebody cannot come, and somebody else does."""
    category = congress.categories.get(code="DHTT")
    ill = congress.delegates.seated().filter(unit__code="IPVN", category=category).order_by("-pk")[0]
    groups = {group.code: group for group in EthnicGroup.objects.all()}
    delegates.replace(
        actor=officer(),
        delegate=ill,
        version=ill.version,
        reason="Nghỉ ốm, đơn vị cử người thay.",
        category=category,
        **person_fields(known(300), groups, category, ill.unit, 1),
    )


def time_programme(congress: Congress) -> None:
    """Minutes and presenters, then published."""
    for item, (minutes, presenter) in zip(congress.programme.filter(parent=None).order_by("order"), TIMES, strict=True):
        starts = time(13, 40) if item.order == 1 else None
        plan.edit_programme_item(
            actor=officer(), item=item, version=item.version, minutes=minutes, presenter=presenter, starts_at=starts
        )
    plan.publish_programme(actor=officer(), congress=Congress.objects.get(pk=congress.pk), publish=True)
