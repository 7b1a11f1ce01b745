"""Nominations in any state, a Council of any size, and a sitting brought to where a test begins."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta

from awards import actions
from awards.models import Ballot, CouncilSeat, Kind, Nomination, NomineeAward, Sitting, Teller
from congress.models import Congress
from core import clock
from core.models import User
from tests import factories as make
from tests.cast import Cast
from tests.counting import numbers
from units.models import Unit

State = Nomination.State
SENT = set(State) - {State.DRAFT, State.WITH_HEAD, State.WITHDRAWN}
FULL = {
    "collective": {"address": "113 Trần Duy Hưng, Hà Nội", "members": 24, "women": 9},
    "individual": {"birth": "05/09/1980", "sex": "female", "position": "Trưởng phòng"},
}
TEXTS = {
    "profile": "Thành lập năm 1998.",
    "duties": "Nghiên cứu, thử nghiệm.",
    "achievements": "Hoàn thành 12 nhiệm vụ, vượt 20 %.",
    "measures": "Ba sáng kiến cấp Bộ.",
    "compliance": "Chấp hành tốt.",
    "no_awards": True,
    "model_name": "Phòng thí nghiệm mở",
    "context": "Thiết bị để không.",
    "results": "Tăng 40 % giờ máy.",
    "lessons": "Dùng chung lịch máy.",
    "presenter": "Nguyễn Thị Sen, Trưởng phòng",
    "reviewed_on": date(2020, 4, 20),
    "review": "Nhất trí 100 %.",
}


def make_nomination(
    congress: Congress, unit: Unit, kind: str = "collective", state: str = "draft", **fields
) -> Nomination:
    """A nomination with a full dossier, standing where it is said to."""
    number = next(numbers)
    values = {
        "nominee": f"Phòng Mẫu số {number}" if kind == "collective" else f"Trần Thị Mẫu {number}",
        "state_since": clock.now(),
        "saved_at": clock.now(),
        **FULL[kind],
        **TEXTS,
    }
    if state in SENT:
        values |= {"number": number, "first_submitted_at": clock.now()}
    if state == State.RETURNED:
        values |= {"due": clock.today() + timedelta(days=7), "return_reason": "Thiếu số quyết định"}
    if state in (State.INELIGIBLE, State.WITHDRAWN):
        values |= {"closing_reason": "Trùng đề cử"}
    if state in Nomination.BEFORE_THE_COUNCIL:
        values |= {"pending_issue": False}
    return Nomination.objects.create(congress=congress, unit=unit, kind=kind, state=state, **values | fields)


def make_award(nomination: Nomination, **fields) -> NomineeAward:
    fields.setdefault("award", make.make_award_type())
    fields.setdefault("year", 2018)
    return NomineeAward.objects.create(nomination=nomination, **fields)


def make_seat(congress: Congress, user: User, post: str = "member", **fields) -> CouncilSeat:
    fields.setdefault("starts", date(2019, 1, 1))
    fields.setdefault("order", next(numbers))
    user.__dict__.pop("_council", None)
    return CouncilSeat.objects.create(congress=congress, user=user, post=post, **fields)


def enlarge_council(cast: Cast, size: int = 15) -> list[User]:
    """Fill the Council up to a size with members who hold no other office."""
    while len(cast.members) < size:
        member = make.make_user(full_name=f"Ủy viên Số {next(numbers)}")
        make_seat(cast.congress, member)
        cast.members.append(member)
    return cast.members


def make_sitting(congress: Congress, **fields) -> Sitting:
    fields.setdefault("held_at", clock.now() + timedelta(hours=1))
    fields.setdefault("place", "Phòng họp 1, 113 Trần Duy Hưng")
    return Sitting.objects.create(congress=congress, **fields)


@dataclass
class Session:
    """A sitting of the Council with its tellers' codes: what nobody else holds."""

    sitting: Sitting
    chair: User
    members: list[User]
    codes: dict[int, str] = field(default_factory=dict)  # by the teller's user id

    def ballot(self, kind: str = "collective") -> Ballot:
        """The latest ballot on a list, read anew."""
        return self.sitting.ballots.filter(kind=kind).order_by("-round")[0]

    def open(self, kind: str = "collective") -> Ballot:
        return actions.open_ballot(actor=self.chair, ballot=self.ballot(kind))

    def vote(self, kind: str, papers: list[list[int]]) -> None:
        """Let the first members on the roll cast these papers, in this order."""
        ballot = self.ballot(kind)
        voters = [entry.user for entry in ballot.roll.filter(voted=False).select_related("user").order_by("pk")]
        for voter, paper in zip(voters, papers, strict=False):
            actions.cast(actor=voter, ballot=ballot, choices=paper, key=uuid.uuid4())

    def close(self, kind: str = "collective") -> Ballot:
        return actions.close(actor=self.chair, ballot=self.ballot(kind))

    def count(self, kind: str = "collective") -> Ballot:
        tellers = list(Teller.objects.filter(sitting=self.sitting).select_related("user"))[:2]
        codes = {teller: self.codes[teller.user_id] for teller in tellers}
        return actions.count(actor=tellers[0].user, ballot=self.ballot(kind), codes=codes)

    def hold(self, kind: str, papers: list[list[int]]) -> Ballot:
        """A whole ballot: opened, cast, closed, counted."""
        self.open(kind)
        self.vote(kind, papers)
        self.close(kind)
        return self.count(kind)


def convened(
    cast: Cast, size: int = 15, present: int | None = None, lists: tuple[int, int] = (4, 4), **fields
) -> Session:
    """A Council of this size, called together, with so many nominees on the lists and so many members come."""
    members = enlarge_council(cast, size)
    for kind, wanted in zip(Kind, lists, strict=True):
        for _ in range(wanted):
            make_nomination(cast.congress, cast.unit, kind, State.SHORTLISTED)
    if not cast.congress.programme.filter(holds_reports=True).exists():
        make.make_programme_item(cast.congress, holds_reports=True)
    sitting = make_sitting(cast.congress, state=Sitting.State.CONVENED, **fields)
    here = members[: len(members) if present is None else present]
    actions.record_attendance(actor=cast.secretary, sitting=sitting, present=here, excuses={})
    return Session(sitting, cast.chair, members)


def in_session(cast: Cast, size: int = 15, **options) -> Session:
    """The same, opened from the chair, with three tellers who hold their codes."""
    session = convened(cast, size, **options)
    actions.open_sitting(actor=cast.chair, sitting=session.sitting)
    session.sitting.refresh_from_db()
    tellers = [cast.teller, *session.members[-2:]]
    actions.appoint_tellers(actor=cast.chair, sitting=session.sitting, users=tellers, leader=cast.teller)
    for teller in tellers:
        session.codes[teller.pk] = actions.take_code(actor=teller, sitting=session.sitting)
    return session
