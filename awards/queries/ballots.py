"""Ballots as pages and papers show them: the rule in words, the arithmetic of the count, who has the next step."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.formats import number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards import rules
from awards.ballot import Step, next_best, tally
from awards.models import Ballot, Candidate, Kind, Nomination, Sitting
from core.models import User
from core.refusal import Denial
from core.vietnamese import count as two
from core.vietnamese import moment, percent

State, Outcome = Ballot.State, Candidate.Outcome
TONES = {
    Outcome.SELECTED: "gold",
    Outcome.RESERVE: "wait",
    Outcome.TIED: "warn",
    Outcome.NOT_SELECTED: "neutral",
}


# ---- What is asked, and by which rule ----


def question(ballot: Ballot) -> str:
    """What the paper asks: 'Chọn 02 báo cáo điển hình tập thể'."""
    if ballot.kind == Kind.COLLECTIVE:
        words = ngettext(
            "Choose %(number)s showcase report of a collective",
            "Choose %(number)s showcase reports of collectives",
            ballot.places,
        )
    else:
        words = ngettext(
            "Choose %(number)s showcase report of an individual",
            "Choose %(number)s showcase reports of individuals",
            ballot.places,
        )
    return words % {"number": two(ballot.places)}


def rule_in_words(ballot: Ballot) -> str:
    """What a nominee needs to be chosen: 'hơn 50 % tổng số thành viên Hội đồng'."""
    if ballot.share_needed is None:
        return _("the most votes among the tied, who have passed the threshold already")
    share = number_format(f"{ballot.share_needed.normalize():f}")
    return _("more than %(share)s %% of %(base)s") % {"share": share, "base": ballot.get_base_display()}


def least_votes(ballot: Ballot) -> int | None:
    """How many votes pass the threshold; None without one, or while the members are not counted yet."""
    base = ballot.base_count if ballot.members is not None else None
    if ballot.members is None and ballot.base == Ballot.Base.ALL:
        base = ballot.sitting.members
    if ballot.share_needed is None or base is None:
        return None
    return int(ballot.share_needed * base // 100) + 1


# ---- Candidates, sums, papers ----


def where(nomination: Nomination) -> str:
    """What a nominee is, under the name: the unit, and a person's position before it."""
    return ", ".join(filter(None, [nomination.position, nomination.unit.name]))


@dataclass(frozen=True)
class Line:
    """A candidate; votes, shares, place and outcome are empty until the box was opened."""

    number: int
    nominee: str
    where: str
    url: str
    votes: int | None = None
    share: str = ""  # of all members
    share_of_base: str = ""  # where the threshold is a share of fewer
    place: int | None = None
    outcome: str = ""
    tone: str = ""


def lines(ballot: Ballot) -> list[Line]:
    """The candidates as they stand on the paper; after the count the best first."""
    candidates = list(ballot.candidates.select_related("nomination__unit", "nomination__congress"))
    if ballot.is_counted:
        candidates.sort(key=lambda candidate: (candidate.place or 0, candidate.order))
    return [_line(ballot, candidate) for candidate in candidates]


def _line(ballot: Ballot, candidate: Candidate) -> Line:
    nomination = candidate.nomination
    result: dict[str, Any] = {}
    if ballot.is_counted and candidate.votes is not None:
        fewer = ballot.base != Ballot.Base.ALL and ballot.share_needed is not None
        result = {
            "votes": candidate.votes,
            "share": share(candidate.votes, ballot.members),
            "share_of_base": share(candidate.votes, ballot.base_count) if fewer else "",
            "place": candidate.place,
            "outcome": candidate.get_outcome_display(),
            "tone": TONES[Outcome(candidate.outcome)],
        }
    return Line(
        number=candidate.order,
        nominee=nomination.nominee,
        where=where(nomination),
        url=nomination.get_absolute_url(),
        **result,
    )


def share(votes: int, base: int | None) -> str:
    """'53,3%'; nothing of nothing."""
    return percent(votes / base) if base else ""


@dataclass(frozen=True)
class Sums:
    """The numbers of a counted ballot. They close: issued = returned + kept, returned = valid + invalid."""

    members: int
    present: int
    recused: int
    issued: int
    returned: int
    valid: int
    invalid: int
    blank: int  # among the invalid

    @property
    def absent(self) -> int:
        return self.members - self.present

    @property
    def kept(self) -> int:
        """Issued, and not returned."""
        return self.issued - self.returned


def sums(ballot: Ballot) -> Sums | None:
    """The numbers of the count; None before it."""
    if not ballot.is_counted:
        return None
    return Sums(
        members=ballot.members or 0,
        present=ballot.present or 0,
        recused=ballot.recused or 0,
        issued=ballot.issued or 0,
        returned=ballot.returned or 0,
        valid=ballot.valid or 0,
        invalid=ballot.invalid or 0,
        blank=ballot.blank or 0,
    )


@dataclass(frozen=True)
class Papers:
    """Equal papers of an opened box: what is marked on them, how many they are, how they count."""

    marks: str  # '2, 7'
    number: int
    verdict: str


def papers(ballot: Ballot) -> list[Papers]:
    """The opened papers for a recount, equal ones together, in the order of the numbers marked on them."""
    numbers = [candidate.order for candidate in ballot.candidates.all()]
    same = Counter(None if paper is None else tuple(paper) for paper in ballot.papers)
    found = sorted(same.items(), key=lambda pair: (pair[0] is None, pair[0] or ()))
    return [
        Papers(", ".join(map(str, paper or ())) or "–", number, _verdict(ballot, paper, numbers))
        for paper, number in found
    ]


def _verdict(ballot: Ballot, paper: tuple[int, ...] | None, numbers: list[int]) -> str:
    counted = tally([paper], numbers, ballot.places)
    if counted.blank:
        return _("blank")
    return _("valid") if counted.valid else _("invalid")


# ---- Who has the next step ----

Rule = Callable[[User, Ballot], str | None]
ACTS: dict[str, dict[str, Rule]] = {
    State.DRAFT: {"open": rules.why_not_open_ballot, "rule": rules.why_not_set_rule},
    State.OPEN: {"close": rules.why_not_close, "void": rules.why_not_void},
    State.CLOSED: {"count": rules.why_not_count, "void": rules.why_not_void},
}
DECISIONS: dict[Step, dict[str, Rule]] = {
    Step.DECIDED: {},
    Step.RUNOFF: {"round": rules.why_not_call_round},
    Step.NEXT_BEST: {"round": rules.why_not_call_round, "empty": rules.why_not_leave_empty},
    Step.CHAIR: {"tie": rules.why_not_decide_tie},
    Step.EMPTY: {"empty": rules.why_not_leave_empty},
}


def acts(user: User, ballot: Ballot, step: Step | None) -> dict[str, str | None]:
    """The acts of this moment that are this person's: name → why not now, or None."""
    asked = DECISIONS[step] if step else ACTS.get(ballot.state, {})
    reasons = {name: rule(user, ballot) for name, rule in asked.items()}
    return {name: reason for name, reason in reasons.items() if not isinstance(reason, Denial)}


def next_step(ballot: Ballot, later: Ballot | None) -> Step | None:
    """What a counted ballot still asks for; DECIDED when nothing, None before the count."""
    if not ballot.is_counted:
        return None
    return Step.DECIDED if later else rules.step_after(ballot)


def later_round(ballot: Ballot) -> Ballot | None:
    """The round that was called after this one, or that is held in its place."""
    found = ballot.sitting.ballots.filter(kind=ballot.kind, round__gt=ballot.round).order_by("round").first()
    if found:
        found.sitting = ballot.sitting
    return found


def waits(ballot: Ballot, step: Step | None) -> str:
    """Whom the ballot waits on, and since when; empty when on nobody."""
    at: datetime | None
    if ballot.state == State.DRAFT:
        words, at = _("Waits for the Chair to open the vote since %(since)s."), ballot.sitting.opened_at
    elif ballot.state == State.OPEN:
        words, at = _("Waits for the members to vote since %(since)s."), ballot.opened_at
    elif ballot.state == State.CLOSED:
        words, at = _("Waits for two tellers to open the box since %(since)s."), ballot.closed_at
    elif step == Step.DECIDED:
        words, at = _("Counted at %(since)s."), ballot.counted_at
    elif step:
        words, at = _("Waits for the Chair to decide since %(since)s."), ballot.counted_at
    else:
        return ""
    return words % {"since": moment(localtime(at))} if at else ""


def what_follows(step: Step | None, places: int) -> str:
    """What a counted ballot asks for next, in words; nothing when it is decided."""
    words = {
        Step.RUNOFF: _("These have equally many votes, and not all of them find a place. A second vote is held among:"),
        Step.CHAIR: _("Tied again in the second vote: the Chair's opinion decides, and is minuted. It is between:"),
        Step.NEXT_BEST: _(
            "Too few reached the threshold. The Chair calls one more round on the next best, or leaves the place empty "
            "with a reason. The next best are:"
        ),
        Step.EMPTY: _("Nobody else reached the threshold: the place stays empty, and the Chair gives the reason."),
    }.get(step or Step.DECIDED, "")
    left = ngettext("%(number)s place is still open.", "%(number)s places are still open.", places)
    return f"{left % {'number': two(places)}} {words}" if words else ""


def standing(ballot: Ballot, step: Step | None) -> list[str]:
    """Whom the next step is about: the tied, or who would stand in one more round."""
    if step not in (Step.RUNOFF, Step.CHAIR, Step.NEXT_BEST):
        return []
    found = rules.outcome_of(ballot)
    candidates = {candidate.order: candidate for candidate in ballot.candidates.select_related("nomination")}
    numbers = found.tied
    if step == Step.NEXT_BEST:
        votes = {number: candidate.votes or 0 for number, candidate in candidates.items()}
        numbers = next_best(votes, found.selected, found.open_places)
    return [str(candidates[number]) for number in numbers]


@dataclass(frozen=True)
class OwnVote:
    """How a member stands to a ballot: has cast a paper, may cast one, or why not."""

    cast: bool
    why_not: str | None


def own_vote(user: User, ballot: Ballot) -> OwnVote | None:
    """A Council member's own vote, once the ballot was opened; None for everybody else."""
    if ballot.state == State.DRAFT or rules.council_post(user, ballot.sitting.congress) is None:
        return None
    entry = rules.roll_entry(user, ballot)
    return OwnVote(cast=bool(entry and entry.voted), why_not=rules.why_not_vote(user, ballot, entry))


# ---- What a sitting decided, for papers ----


def held(sitting: Sitting) -> list[Ballot]:
    """The ballots of a sitting that were counted or declared void, by list and round, with their candidates."""
    found = sitting.ballots.filter(state__in=[State.COUNTED, State.VOID]).order_by("kind", "round")
    ballots = list(found.prefetch_related(Prefetch("candidates", _for_papers())))
    for ballot in ballots:
        ballot.sitting = sitting
    return ballots


def candidates(ballot: Ballot) -> list[Candidate]:
    """The candidates of a ballot as its paper lists them."""
    return list(_for_papers().filter(ballot=ballot))


def _for_papers() -> QuerySet[Candidate]:
    """Candidates, each with its unit through time: a paper prints the name of its day."""
    found = Candidate.objects.select_related("ballot__sitting", "nomination__unit", "nomination__filed_by__merged_into")
    return found.prefetch_related("nomination__unit__names", "nomination__filed_by__names")


@dataclass(frozen=True)
class Decision:
    """What a sitting decided on one list. `reasons` are the Chair's, where there were any."""

    kind: str
    places: int
    selected: list[Candidate]
    reserve: list[Candidate]
    reasons: list[str]


def decisions(sitting: Sitting) -> list[Decision]:
    """For each list that was counted, what the last ballot on every candidate says."""
    return decided_by(held(sitting))


def decided_by(ballots: Iterable[Ballot]) -> list[Decision]:
    """The same, of the ballots of a sitting that lie at hand with their candidates."""
    found = []
    counted = [ballot for ballot in ballots if ballot.is_counted]
    for kind in Kind:
        rounds = sorted((ballot for ballot in counted if ballot.kind == kind), key=lambda ballot: ballot.round)
        if not rounds:
            continue
        last = {candidate.nomination_id: candidate for ballot in rounds for candidate in ballot.candidates.all()}
        reasons = [ballot.chair_decision for ballot in rounds if ballot.chair_decision]
        selected, reserve = (_with(last.values(), outcome) for outcome in (Outcome.SELECTED, Outcome.RESERVE))
        found.append(Decision(kind, rounds[0].places, selected, reserve, reasons))
    return found


def _with(candidates, outcome: str) -> list[Candidate]:
    """Those with an outcome: of the first round before those of a further one, the best first."""
    chosen = [candidate for candidate in candidates if candidate.outcome == outcome]
    return sorted(chosen, key=lambda candidate: (candidate.ballot_id, candidate.place or 0, candidate.order))
