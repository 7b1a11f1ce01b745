"""Eve: four reports chosen by ballot, about 400 delegates, the programme published."""

import uuid
from datetime import date, time
from random import Random

from awards import actions as awards
from awards.models import Ballot
from awards.rules import voters
from congress import actions as plan
from congress.models import Congress
from core import clock
from core.models import User
from delegates import actions as delegates
from delegates.models import EthnicGroup
from portal.demo import spring
from portal.demo.people import people

TIMES = [  # minutes and presenter of each item of the programme, as such afternoons go
    (20, "Đoàn Thanh niên, Công đoàn Bộ"),
    (25, "Lãnh đạo Bộ"),
    (25, "Thứ trưởng"),
    (None, ""),
    (40, "Ban Tổ chức"),
    (15, "Lãnh đạo Bộ"),
    (10, "Ban Tổ chức"),
]
ORGANISATIONS = [
    "Văn phòng Chủ tịch nước", "Ban Thi đua - Khen thưởng Trung ương", "Bộ Giáo dục và Đào tạo", "Bộ Ngoại giao",
    "Bộ Văn hóa, Thể thao và Du lịch", "Bộ Y tế", "Bộ Lao động - Thương binh và Xã hội", "Bảo hiểm Xã hội Việt Nam",
    "Đại học Quốc gia Hà Nội", "Đại học Quốc gia Thành phố Hồ Chí Minh",
    "Viện Hàn lâm Khoa học và Công nghệ Việt Nam", "Viện Hàn lâm Khoa học xã hội Việt Nam", "Đài Truyền hình Việt Nam",
    "Đài Tiếng nói Việt Nam", "Thông tấn xã Việt Nam",
]  # fmt: skip
GUESTS = 34


def load(congress: Congress) -> None:
    """From the Council's sitting to the eve of the congress."""
    until = clock.today()
    clock.rehearse(date(2020, 9, 15))
    vote(congress)
    clock.rehearse(until)
    invite(congress)
    spring.fill_seats(congress, share=1, confirm=1)
    waiting = congress.delegates.filter(state="registered")
    delegates.confirm_many(actor=None, congress=congress, read=dict(waiting.values_list("pk", "version")))
    time_programme(congress)


def vote(congress: Congress) -> None:
    """The sitting, both ballots, the count and the conclusion."""
    sitting, chair = congress.sittings.get(), User.objects.get(username="thanh")
    members = list(voters(congress))
    awards.record_attendance(actor=spring.officer(), sitting=sitting, present=members, excuses={})
    sitting = awards.open_sitting(actor=chair, sitting=sitting)
    team = [User.objects.get(username=name) for name in ("phuoc", "thao", "hang")]
    awards.appoint_tellers(actor=chair, sitting=sitting, users=team, leader=team[0])
    codes = {user.pk: awards.take_code(actor=user, sitting=sitting) for user in team}
    random = Random(5)  # noqa: S311 an invented vote
    for ballot in list(sitting.ballots.all()):
        ballot = awards.open_ballot(actor=chair, ballot=ballot)
        order = sorted(candidate.order for candidate in ballot.candidates.all())
        for number, member in enumerate(members):
            others = random.sample(order[2:], 1)
            choices = order[:2] if number % 5 else [order[0], *others]
            awards.cast(actor=member, ballot=ballot, choices=choices, key=uuid.uuid4())
        ballot = awards.close(actor=chair, ballot=ballot)
        tellers = list(ballot.sitting.tellers.filter(user__in=team[:2]))
        awards.count(actor=team[0], ballot=ballot, codes={teller: codes[teller.user_id] for teller in tellers})
    assert not sitting.ballots.exclude(state=Ballot.State.COUNTED).exists()  # noqa: S101 the invented vote is clear
    awards.conclude(actor=chair, sitting=sitting, conclusion="Hội đồng thống nhất chọn 04 báo cáo điển hình.")


def invite(congress: Congress) -> None:
    """The guests' seats; their people are registered with the rest."""
    category = congress.categories.get(code="KM")
    delegates.set_seats(actor=None, congress=congress, seats={(None, category.pk): GUESTS}, versions={})
    groups = {group.code: group for group in EthnicGroup.objects.all()}
    guests = people(seed=15)
    for number in range(GUESTS):
        fields = spring.person_fields(next(guests), groups, category, None)
        fields["organisation"] = ORGANISATIONS[number % len(ORGANISATIONS)]
        delegates.register(actor=None, congress=congress, unit=None, category=category, **fields)


def time_programme(congress: Congress) -> None:
    """Minutes and presenters, then published."""
    for item, (minutes, presenter) in zip(congress.programme.filter(parent=None).order_by("order"), TIMES, strict=True):
        starts = time(13, 40) if item.order == 1 else None
        plan.edit_programme_item(
            actor=None, item=item, version=item.version, minutes=minutes, presenter=presenter, starts_at=starts
        )
    plan.publish_programme(actor=None, congress=Congress.objects.get(pk=congress.pk), publish=True)
