"""Reads of a sitting that its page is made of: who has come, what is voted on, what was chosen."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Prefetch, Q, Subquery, prefetch_related_objects
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from awards import rules
from awards.ballot import Step as After
from awards.models import Attendance, Ballot, Candidate, Nomination, RollEntry, Sitting, Teller
from awards.queries.ballots import Decision
from awards.queries.council import BALLOT_TONES, members
from congress.models import Congress
from core.models import AuditEntry, User
from core.vietnamese import count

State, BallotState = Sitting.State, Ballot.State
IN_ROOM = (State.OPEN, State.CONCLUDED)  # there are tellers and ballots from the opening on


def sitting_of(congress: Congress, pk: int, reader: User) -> Sitting | None:
    """A sitting with all that its page shows; five queries at most. `since` is when it was last acted on."""
    entries = AuditEntry.objects.filter(object_type="awards.sitting", object_id=Cast(OuterRef("pk"), CharField()))
    rows = congress.sittings.select_related("chaired_by").annotate(
        since=Subquery(entries.order_by("-number").values("at")[:1])
    )
    here = Prefetch("attendances", Attendance.objects.select_related("user").order_by("pk"))
    sitting = rows.prefetch_related(here).filter(pk=pk).first()
    if sitting:
        sitting.congress = congress
        if sitting.state in IN_ROOM:
            _fetch_room(sitting, reader)
    return sitting


def _fetch_room(sitting: Sitting, reader: User) -> None:
    """Tellers and ballots, each ballot with `cast`, how many have voted, and `awaits`, whether the reader has still to.

    The rules of this room read what lies at hand here.
    """
    own = RollEntry.objects.filter(ballot=OuterRef("pk"), user=reader, voted=False)
    ballots = Ballot.objects.annotate(
        cast=Count("roll", filter=Q(roll__voted=True)), awaits=Exists(own)
    ).prefetch_related(Prefetch("candidates", Candidate.objects.select_related("nomination__unit")))
    tellers = Teller.objects.select_related("user")
    prefetch_related_objects([sitting], Prefetch("ballots", ballots), Prefetch("tellers", tellers))
    for ballot in sitting.ballots.all():
        ballot.sitting = sitting


# ---- Who has come ----


@dataclass(frozen=True)
class PresenceLine:
    """A member on the list of those present: `noted` is False while nothing has been recorded of them."""

    user: User
    posts: list[str]
    noted: bool
    present: bool
    excuse: str


@dataclass(frozen=True)
class Presence:
    """Who has come to a sitting: persons, each counted once."""

    lines: list[PresenceLine]
    members: int
    needed: int

    @property
    def present(self) -> int:
        return sum(line.present for line in self.lines)

    @property
    def absent(self) -> list[PresenceLine]:
        return [line for line in self.lines if line.noted and not line.present]

    @property
    def noted(self) -> bool:
        return any(line.noted for line in self.lines)

    @property
    def quorate(self) -> bool:
        return 0 < self.present >= self.needed


def presence(sitting: Sitting) -> Presence:
    """Before a sitting is opened the members of today, one query; from then on the members of the opening."""
    noted = {line.user_id: line for line in sitting.attendances.all()}
    if sitting.state in (State.DRAFT, State.CONVENED):
        lines = [
            _line(member.user, [seat.get_post_display() for seat in member.seats], noted.get(member.user.pk))
            for member in members(sitting.congress)
        ]
    else:
        lines = [_line(line.user, [], line) for line in noted.values()]
    total = sitting.members or len(lines)
    return Presence(lines, total, sitting.quorum(total))


def _line(user: User, posts: list[str], noted: Attendance | None) -> PresenceLine:
    return PresenceLine(user, posts, bool(noted), bool(noted and noted.present), noted.excuse if noted else "")


# ---- Ballots ----


@dataclass(frozen=True)
class BallotLine:
    """A ballot on the sitting's page. While its box is sealed it tells how many have voted, and nothing else."""

    ballot: Any  # with what `sitting_of` adds
    tone: str
    told: str
    awaits_reader: bool
    selected: list[Candidate]
    others: list[Candidate]  # tied, or the reserve

    @property
    def turnout(self) -> tuple[int, int] | None:
        """How many of how many have voted, while the box is sealed."""
        if self.ballot.state not in Ballot.SEALED:
            return None
        return self.ballot.cast, self.ballot.issued or 0


def ballot_lines(sitting: Sitting) -> list[BallotLine]:
    """The ballots of a sitting in their order; no query, where `sitting_of` has fetched it."""
    ballots = sorted(sitting.ballots.all(), key=lambda one: (one.kind, one.round))  # a count drops the table's order
    last = {ballot.kind: ballot.round for ballot in sorted(ballots, key=lambda one: one.round)}
    return [_ballot_line(ballot, superseded=ballot.round < last[ballot.kind]) for ballot in ballots]


def _ballot_line(ballot: Any, *, superseded: bool) -> BallotLine:
    outcomes: dict[str, list[Candidate]] = {}
    if ballot.is_counted:
        for candidate in sorted(ballot.candidates.all(), key=lambda one: (one.place or 0, one.order)):
            outcomes.setdefault(candidate.outcome, []).append(candidate)
    outcome = Candidate.Outcome
    return BallotLine(
        ballot=ballot,
        tone=BALLOT_TONES[ballot.state],
        told=_told(ballot, superseded=superseded),
        awaits_reader=ballot.state == BallotState.OPEN and ballot.awaits,
        selected=outcomes.get(outcome.SELECTED, []),
        others=outcomes.get(outcome.TIED, []) + outcomes.get(outcome.RESERVE, []),
    )


def _told(ballot: Any, *, superseded: bool) -> str:
    """What may be said of a ballot in a line."""
    if ballot.state in Ballot.SEALED:
        return _("%(voted)s of %(issued)s have voted") % {"voted": ballot.cast, "issued": ballot.issued}
    if ballot.state == BallotState.VOID:
        return ballot.chair_decision
    if not ballot.is_counted:
        return _("%(places)s to be chosen") % {"places": count(ballot.places)}
    if superseded:
        return _("A further round was called.")
    return {
        After.DECIDED: ballot.chair_decision or _("This list is decided."),
        After.RUNOFF: _("Tied: a second vote among them has to be called."),
        After.CHAIR: _("Tied again: the Chair has to decide."),
        After.NEXT_BEST: _("Too few reached the threshold: one more round, or the place stays empty."),
        After.EMPTY: _("Too few reached the threshold: the place stays empty, the Chair gives the reason."),
    }[rules.step_after(ballot)]


def undecided(sitting: Sitting) -> list[Any]:
    """The last ballots on lists that are not decided yet, in order; all lists are decided when there is none."""
    latest = rules.latest_ballots(sitting)
    return [ballot for ballot in latest if not ballot.is_counted or rules.step_after(ballot) != After.DECIDED]


# ---- What was chosen ----


def reports_to_come(sitting: Sitting, decided: Iterable[Decision]) -> list[Nomination]:
    """Whose reports stand in the programme once this sitting is concluded, in the programme's order; one query."""
    earlier = sitting.congress.nominations.filter(state=Nomination.State.SELECTED).select_related("unit")
    rows = {nomination.pk: nomination for nomination in earlier}
    rows |= {nomination.pk: nomination for nomination in chosen(decided)}
    return sorted(rows.values(), key=lambda one: (one.kind, bytes(one.sort_key), one.pk))


def chosen(decided: Iterable[Decision]) -> list[Nomination]:
    """The nominees that a sitting has chosen, list by list."""
    return [candidate.nomination for decision in decided for candidate in decision.selected]


def same_unit(nominations: Iterable[Nomination]) -> list[str]:
    """Units that more than one of these come from: a warning, the Council decides (dossier 3.4-11)."""
    units = Counter(nomination.unit.name for nomination in nominations)
    return [name for name, number in units.items() if number > 1]
