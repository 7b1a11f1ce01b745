"""Reads of the Council and its sittings that pages are made of."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from awards import rules
from awards.models import Assessment, Ballot, CouncilSeat, Kind, Nomination, Recusal, Sitting
from congress.models import Congress
from core import clock
from core.models import User

SITTING_TONES = {
    Sitting.State.DRAFT: "neutral",
    Sitting.State.CONVENED: "wait",
    Sitting.State.OPEN: "warn",
    Sitting.State.CONCLUDED: "ok",
    Sitting.State.POSTPONED: "locked",
}
BALLOT_TONES = {
    Ballot.State.DRAFT: "neutral",
    Ballot.State.OPEN: "wait",
    Ballot.State.CLOSED: "locked",
    Ballot.State.COUNTED: "ok",
    Ballot.State.VOID: "locked",
}


@dataclass(frozen=True)
class Council:
    """Who sits on the Council today, and how many persons that are: somebody with two seats counts once."""

    seats: list[CouncilSeat]
    persons: int
    quorum: int

    @property
    def twice(self) -> list[str]:
        """Who holds more than one seat."""
        held = Counter(seat.user for seat in self.seats)
        return [str(user) for user, number in held.items() if number > 1]


def council(congress: Congress) -> Council:
    """The seats held today or later, in their order; two queries. The quorum is that of the usual sitting."""
    today = clock.today()
    seats = list(CouncilSeat.objects.from_day(today).filter(congress=congress).select_related("user"))
    for seat in seats:
        seat.congress = congress
    persons = len({seat.user_id for seat in seats if seat.is_held_on(today)})
    return Council(seats, persons, Sitting().quorum(persons))


@dataclass(frozen=True)
class ToRead:
    """A dossier of the short list as a member finds it: their own points and their own conflict."""

    nomination: Nomination
    points: int | None
    recused: bool


@dataclass(frozen=True)
class ReadingList:
    """One of the two lists."""

    kind: Kind
    places: int
    dossiers: list[ToRead]

    @property
    def assessed(self) -> int:
        return sum(one.points is not None for one in self.dossiers)

    @property
    def balance(self) -> list[tuple[str, int]]:
        """Shown, not enforced (dossier 3.4-11): how the list is spread over blocks, and over the sexes."""
        blocks = Counter(one.nomination.unit.block.name for one in self.dossiers)
        sexes = Counter(str(one.nomination.get_sex_display()) for one in self.dossiers if one.nomination.sex)
        return [*blocks.items(), *sexes.items()]

    @property
    def same_unit(self) -> list[str]:
        """Units that stand on the list more than once."""
        units = Counter(one.nomination.unit.name for one in self.dossiers)
        return [name for name, number in units.items() if number > 1]


def reading(reader: User, congress: Congress) -> list[ReadingList]:
    """What comes before the Council, list by list; three queries. Points and conflicts are the reader's own."""
    rows = Nomination.objects.filter(congress=congress, state__in=Nomination.BEFORE_THE_COUNCIL)
    found = list(rows.select_related("unit__block").order_by("kind", "sort_key", "pk"))
    own = Assessment.objects.filter(user=reader, nomination__in=found)
    points = dict(own.values_list("nomination", "points"))
    recused = set(Recusal.objects.filter(user=reader, nomination__in=found).values_list("nomination", flat=True))
    lists: dict[str, list[ToRead]] = {kind: [] for kind in Kind}
    for nomination in found:
        nomination.congress = congress
        lists[nomination.kind].append(ToRead(nomination, points.get(nomination.pk), nomination.pk in recused))
    return [ReadingList(Kind(kind), congress.reports_wanted[kind], dossiers) for kind, dossiers in lists.items()]


def next_to_assess(reader: User, nomination: Nomination) -> Nomination | None:
    """The next dossier of the short list that the reader has neither assessed nor a conflict with."""
    rows = Nomination.objects.filter(congress=nomination.congress_id).listed().exclude(pk=nomination.pk)
    rows = rows.exclude(assessments__user=reader).exclude(recusals__user=reader)
    found = rows.order_by("kind", "sort_key", "pk").first()
    if found:
        found.congress = nomination.congress
    return found


@dataclass(frozen=True)
class Step:
    """A step of a sitting: what, whether it is done, whose it is."""

    title: str
    done: bool
    whose: str


@dataclass(frozen=True)
class BallotLine:
    """A ballot on the sitting's page. While the box is sealed it tells how many have voted, and nothing else."""

    ballot: Ballot
    tone: str
    voted: int
    selected: list[str]


def ballot_lines(sitting: Sitting) -> list[BallotLine]:
    """The ballots of a sitting in order; three queries."""
    ballots = sitting.ballots.prefetch_related("candidates__nomination", "roll")
    lines = []
    for ballot in ballots:
        ballot.sitting = sitting
        voted = sum(entry.voted for entry in ballot.roll.all())
        chosen = [str(one) for one in ballot.candidates.all() if ballot.is_counted and one.outcome == "selected"]
        lines.append(BallotLine(ballot, BALLOT_TONES[Ballot.State(ballot.state)], voted, chosen))
    return lines


def steps(sitting: Sitting, ballots: list[BallotLine]) -> list[Step]:
    """The way of a sitting from its preparation to its conclusion; the first that is not done comes next."""
    states = Sitting.State
    begun = sitting.state in (states.OPEN, states.CONCLUDED)
    tellers = list(sitting.tellers.all())
    latest = {line.ballot.kind: line.ballot for line in ballots if line.ballot.state != Ballot.State.VOID}
    decided = bool(latest) and all(
        ballot.is_counted and rules.step_after(ballot) == "decided" for ballot in latest.values()
    )
    secretary, chair = _("the secretary or the Department"), _("the Chair")
    return [
        Step(_("Call the Council together"), sitting.state not in (states.DRAFT, states.POSTPONED), secretary),
        Step(_("Record who has come"), begun or sitting.attendances.filter(present=True).exists(), secretary),
        Step(_("Open the sitting with a quorum"), begun, chair),
        Step(_("Appoint the counting team"), len(tellers) >= sitting.tellers_wanted, chair),
        Step(_("Take the opening codes"), bool(tellers) and all(one.has_code for one in tellers), _("each teller")),
        Step(_("Vote, count and decide on every list"), decided, _("the Chair, the members, the tellers")),
        Step(_("Conclude the sitting"), sitting.state == states.CONCLUDED, chair),
    ]


def next_step(way: list[Step]) -> Step | None:
    """The first step that is not done."""
    return next((step for step in way if not step.done), None)
