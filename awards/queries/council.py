"""Reads of the Council that pages are made of: who sits on it, what its members have to read and to do."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from awards.models import (
    Assessment,
    Attendance,
    Ballot,
    CouncilSeat,
    Kind,
    Nomination,
    NomineeAward,
    Recusal,
    Sitting,
    Teller,
)
from awards.queries.nominations import TONES, label_of
from awards.rules.ballots import LEAST_VOTERS
from congress.models import Congress
from core import clock
from core.models import User
from core.versions import shown

SITTING_TONES = {
    Sitting.State.DRAFT: "neutral",
    Sitting.State.CONVENED: "wait",
    Sitting.State.OPEN: "wait",
    Sitting.State.CONCLUDED: "ok",
    Sitting.State.POSTPONED: "warn",
}
BALLOT_TONES = {
    Ballot.State.DRAFT: "neutral",
    Ballot.State.OPEN: "wait",
    Ballot.State.CLOSED: "locked",
    Ballot.State.COUNTED: "ok",
    Ballot.State.VOID: "locked",
}
TO_COME = (Sitting.State.DRAFT, Sitting.State.CONVENED)

# ---- Who sits on the Council ----


@dataclass(frozen=True)
class Member:
    """A person on the Council with every seat that they hold: one vote, however many seats."""

    user: User
    seats: list[CouncilSeat]


def members_on(seats: Iterable[CouncilSeat], day: date) -> list[Member]:
    """The persons who hold one of these seats on a day, each once, in the order of their seats."""
    held: dict[int, Member] = {}
    for seat in seats:
        if seat.is_held_on(day):
            held.setdefault(seat.user_id, Member(seat.user, [])).seats.append(seat)
    return list(held.values())


def members(congress: Congress) -> list[Member]:
    """Who sits on the Council today, each person once; one query."""
    return members_on(_seats(congress), clock.today())


def _seats(congress: Congress) -> list[CouncilSeat]:
    rows = CouncilSeat.objects.filter(congress=congress).select_related("user")
    return list(rows.order_by("order", "user__sort_key", "pk"))


@dataclass(frozen=True)
class Council:
    """Everybody who sits, will sit or has sat on the Council."""

    members: list[Member]
    to_come: list[CouncilSeat]
    past: list[CouncilSeat]
    sittings: list[Sitting]

    @property
    def seats(self) -> int:
        """How many seats are held today: more than there are persons when somebody holds two."""
        return sum(len(member.seats) for member in self.members)

    @property
    def next_sitting(self) -> Sitting | None:
        """The sitting that is in session, else the next that is being prepared or has been convened."""
        alive = [one for one in self.sittings if one.state in (Sitting.State.OPEN, *TO_COME)]
        return min(alive, key=lambda one: (one.state != Sitting.State.OPEN, one.held_at), default=None)


def council(congress: Congress) -> Council:
    """The Council today, with its sittings, the latest first; two queries."""
    today, seats = clock.today(), _seats(congress)
    return Council(
        members=members_on(seats, today),
        to_come=[seat for seat in seats if seat.starts > today],
        past=[seat for seat in seats if not seat.goes_on],
        sittings=_with(congress, congress.sittings.all()),
    )


def _with(congress: Congress, rows: Iterable[Sitting]) -> list[Sitting]:
    found = list(rows)
    for sitting in found:
        sitting.congress = congress
    return found


# ---- Whether enough will come ----


@dataclass(frozen=True)
class Forecast:
    """What is known before a sitting about its quorum, and about who may vote on each list."""

    sitting: Sitting
    members: int
    needed: int
    coming: int
    excused: int
    voters: list[tuple[str, int]]  # list, members without a conflict on it

    @property
    def parts(self) -> list[tuple[str, int, str]]:
        """The members as parts of a bar."""
        return [
            (_("Noted as coming"), self.coming, "ok"),
            (_("Excused"), self.excused, "warn"),
            (_("Not noted yet"), self.members - self.coming - self.excused, "neutral"),
        ]

    @property
    def in_reach(self) -> bool:
        """Whether the quorum can still be reached by those who are not excused."""
        return self.members > 0 and self.members - self.excused >= self.needed

    @property
    def too_few(self) -> list[str]:
        """Lists on which a vote would not be secret, because too few may vote."""
        return [name for name, number in self.voters if number < LEAST_VOTERS]


def forecast(congress: Congress, sitting: Sitting) -> Forecast:
    """The quorum as it looks on the day of a sitting: by persons, and without seats that end before; three queries."""
    day = localtime(sitting.held_at).date()
    here = {member.user.pk for member in members_on(_seats(congress), day)}
    noted = {line.user_id: line for line in Attendance.objects.filter(sitting=sitting, user__in=here)}
    conflicted: dict[str, set[int]] = {kind: set() for kind in Kind}
    listed = congress.nominations.listed().values_list("kind", "nominee_user", "recusals__user")
    for kind, *users in listed:
        conflicted[kind].update(user for user in users if user in here)
    return Forecast(
        sitting=sitting,
        members=len(here),
        needed=sitting.quorum(len(here)),
        coming=sum(line.present for line in noted.values()),
        excused=sum(bool(line.excuse) and not line.present for line in noted.values()),
        voters=[(str(kind.label), len(here) - len(conflicted[kind])) for kind in Kind],
    )


# ---- What a member has to do ----


@dataclass(frozen=True)
class OwnWork:
    """What waits for one member of the Council."""

    dossiers: int  # to be read: without those that the member has a conflict with
    assessed: int
    conflicts: int
    sittings: list[Sitting]  # in session or to come, the next one first
    ballots: list[Ballot] = field(default_factory=list)  # open, the member is on the roll and has not voted
    boxes: list[Ballot] = field(default_factory=list)  # closed, and the member is a teller
    code_for: Sitting | None = None  # the member is a teller and has no opening code

    @property
    def sitting(self) -> Sitting | None:
        return self.sittings[0] if self.sittings else None

    @property
    def on_duty(self) -> bool:
        """Whether the sitting that is on waits on the member."""
        return bool(self.ballots or self.boxes or self.code_for)


def own_work(user: User, congress: Congress) -> OwnWork:
    """What waits for a member: dossiers, votes, boxes, an opening code; two queries, four while a sitting is on."""
    rows = _to_read(user, congress.nominations.listed())
    conflicts = sum(one.conflict for one in rows)
    sittings = _with(congress, congress.sittings.filter(state__in=[Sitting.State.OPEN, *TO_COME]))
    sittings.sort(key=lambda one: (one.state != Sitting.State.OPEN, one.held_at))
    work = OwnWork(
        dossiers=len(rows) - conflicts,
        assessed=sum(one.points is not None and not one.conflict for one in rows),
        conflicts=conflicts,
        sittings=sittings,
    )
    if work.sitting is None or work.sitting.state != Sitting.State.OPEN:
        return work
    return _with_duties(work, user, work.sitting)


def _with_duties(work: OwnWork, user: User, sitting: Sitting) -> OwnWork:
    """The same, with the votes and boxes of the sitting that is on."""
    teller = Teller.objects.filter(sitting=sitting, user=user).first()
    duties = Q(state=Ballot.State.OPEN, roll__user=user, roll__voted=False)
    if teller:
        duties |= Q(state=Ballot.State.CLOSED)
    for ballot in sitting.ballots.filter(duties).distinct():
        ballot.sitting = sitting
        (work.ballots if ballot.state == Ballot.State.OPEN else work.boxes).append(ballot)
    return replace(work, code_for=sitting) if teller and not teller.has_code else work


# ---- The short list ----


@dataclass(frozen=True)
class ToRead:
    """A dossier of the short list as a member finds it: their own points and their own conflict."""

    nomination: Nomination
    points: int | None
    recused: bool  # declared by the reader
    conflict: bool  # declared, or the nominee is the reader

    @property
    def tone(self) -> str:
        return TONES[Nomination.State(self.nomination.state)]

    @property
    def listed(self) -> bool:
        """Whether the Council has still to decide."""
        return self.nomination.state == Nomination.State.SHORTLISTED

    @property
    def may_be_opened(self) -> bool:
        """Whether there is something for the reader: to assess, or to look up what they noted."""
        return not self.conflict and (self.listed or self.points is not None)


def _to_read(user: User, rows: QuerySet[Nomination]) -> list[ToRead]:
    """Nominations in the order of the lists, as one member finds them; one query."""
    own = Assessment.objects.filter(nomination=OuterRef("pk"), user=user)
    recused = Exists(Recusal.objects.filter(nomination=OuterRef("pk"), user=user))
    found: Any = rows.annotate(points=Subquery(own.values("points")[:1]), recused=recused)
    return [
        ToRead(row, row.points, row.recused, row.recused or row.nominee_user_id == user.pk)
        for row in found.order_by("kind", "sort_key", "pk")
    ]


@dataclass(frozen=True)
class ReadingList:
    """One of the two lists."""

    kind: Kind
    places: int
    dossiers: list[ToRead]

    @property
    def to_read(self) -> list[ToRead]:
        """Those that the Council has still to decide on, without a conflict of the reader's."""
        return [one for one in self.dossiers if one.listed and not one.conflict]

    @property
    def assessed(self) -> int:
        return sum(one.points is not None for one in self.to_read)

    @property
    def conflicts(self) -> list[str]:
        """The nominees for whose sake the reader does not vote on the list."""
        return [one.nomination.nominee for one in self.dossiers if one.conflict and one.listed]

    @property
    def blocks(self) -> list[tuple[str, int]]:
        """How the list is spread over the blocks: shown, not enforced (dossier 3.4-11)."""
        return Counter(one.nomination.unit.block.name for one in self.dossiers).most_common()

    @property
    def sexes(self) -> list[tuple[str, int]]:
        """How many women and men stand on the list."""
        known = (one.nomination for one in self.dossiers if one.nomination.sex)
        return Counter(str(nomination.get_sex_display()) for nomination in known).most_common()

    @property
    def same_unit(self) -> list[str]:
        """Units that stand on the list more than once."""
        return _more_than_once(one.nomination for one in self.dossiers)


def _more_than_once(nominations: Iterable[Nomination]) -> list[str]:
    units = Counter(nomination.unit.name for nomination in nominations)
    return [name for name, number in units.items() if number > 1]


@dataclass(frozen=True)
class ShortList:
    """What comes before the Council: both lists, as one reader finds them."""

    lists: list[ReadingList]

    @property
    def to_read(self) -> int:
        return sum(len(one.to_read) for one in self.lists)

    @property
    def assessed(self) -> int:
        return sum(one.assessed for one in self.lists)

    @property
    def first_open(self) -> ToRead | None:
        """The first dossier that the reader has still to assess."""
        found = (one for each in self.lists for one in each.to_read)
        return next((one for one in found if one.points is None), None)

    @property
    def on_both(self) -> list[str]:
        """Units with a nominee on either list: two reports could come from one unit."""
        units = [{one.nomination.unit.name for one in each.dossiers} for each in self.lists]
        return sorted(set.intersection(*units)) if units else []

    @property
    def chosen_together(self) -> list[str]:
        """Units from which more than one nominee has been selected."""
        found = [one.nomination for each in self.lists for one in each.dossiers]
        return _more_than_once(one for one in found if one.state == Nomination.State.SELECTED)


def reading(reader: User, congress: Congress) -> ShortList:
    """What comes before the Council, list by list; one query. Points and conflicts are the reader's own."""
    rows = congress.nominations.filter(state__in=Nomination.BEFORE_THE_COUNCIL).select_related("unit__block")
    lists: dict[str, list[ToRead]] = {kind: [] for kind in Kind}
    for one in _to_read(reader, rows):
        one.nomination.congress = congress
        lists[one.nomination.kind].append(one)
    wanted = congress.reports_wanted
    return ShortList([ReadingList(kind, wanted[kind], lists[kind]) for kind in Kind])


def next_to_assess(reader: User, nomination: Nomination) -> Nomination | None:
    """The dossier of the short list that the reader has still to assess: the next in order, else the first."""
    rows = _to_read(reader, nomination.congress.nominations.listed())
    place = next((number for number, one in enumerate(rows) if one.nomination == nomination), len(rows))
    in_order = rows[place + 1 :] + rows[:place]
    found = next((one.nomination for one in in_order if one.points is None and not one.conflict), None)
    if found:
        found.congress = nomination.congress
    return found


# ---- One dossier ----

SUMMARY = {  # what fits on one page, the same for every nominee of a list (dossier 8, story 16)
    Kind.COLLECTIVE: ("members", "women", "model_name", "results", "lessons", "achievements", "presenter", "review"),
    Kind.INDIVIDUAL: ("position", "qualification", "model_name", "results", "lessons", "achievements", "review"),
}
SUMMARY_CHARACTERS = 600  # of each text; the whole stands in the dossier


@dataclass(frozen=True)
class Summary:
    """A dossier on one page: facts by their labels, and the awards held."""

    facts: list[tuple[str, str]]
    awards: list[NomineeAward]


def summary(nomination: Nomination) -> Summary:
    """What a member reads first of a dossier, long texts shortened; one query."""
    facts = []
    for name in SUMMARY[Kind(nomination.kind)]:
        field: Any = Nomination._meta.get_field(name)
        facts.append((label_of(name), Truncator(shown(nomination, field)).chars(SUMMARY_CHARACTERS)))
    return Summary(facts, list(nomination.awards.select_related("award")))
