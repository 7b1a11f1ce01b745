"""Reads of secret ballots: what may be told of them, and the arithmetic of a counted one (dossier 3.2, A4)."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from awards import rules
from awards.ballot import Step
from awards.models import Ballot, Candidate
from core.vietnamese import count, percent


def rule_in_words(ballot: Ballot) -> str:
    """'Chosen: more than 50 % of all members of the Council.'"""
    if ballot.share_needed is None:
        return _("Chosen: who has the most votes among the tied.")
    words = {"share": percent(float(ballot.threshold) / 100, 0), "base": ballot.get_base_display()}
    return _("Chosen: more than %(share)s of %(base)s.") % words


def voted(ballot: Ballot) -> int:
    """How many on the roll have voted: neither who chose whom, nor when."""
    return ballot.roll.filter(voted=True).count()


@dataclass(frozen=True)
class ResultLine:
    """A candidate with the votes of a counted ballot."""

    candidate: Candidate
    share: str  # of the members that the threshold is a share of

    @property
    def tone(self) -> str:
        tones = {"selected": "gold", "reserve": "ok", "tied": "warn"}
        return tones.get(self.candidate.outcome, "locked")


def result(ballot: Ballot) -> list[ResultLine]:
    """The candidates by their place, best first; one query."""
    rows = ballot.candidates.select_related("nomination__unit").order_by("place", "order")
    base = Decimal(ballot.base_count or 1)
    return [ResultLine(one, percent(float((one.votes or 0) / base), 1)) for one in rows]


def arithmetic(ballot: Ballot) -> list[tuple[str, int]]:
    """The numbers that close: members, present, recused; issued, returned, valid, invalid, blank."""
    issued, returned = ballot.issued or 0, ballot.returned or 0
    return [
        (_("Members of the Council"), ballot.members or 0),
        (_("Present"), ballot.present or 0),
        (_("Do not vote for a conflict of interest"), ballot.recused or 0),
        (_("Ballots issued"), issued),
        (_("Ballots returned"), returned),
        (_("Ballots not returned"), issued - returned),
        (_("Valid"), ballot.valid or 0),
        (_("Invalid"), ballot.invalid or 0),
        (_("Blank, among the invalid"), ballot.blank or 0),
    ]


def papers_in_words(ballot: Ballot) -> list[str]:
    """The opened papers, sorted, for whoever wants to count again: the numbers of the candidates."""
    words = {None: _("unreadable"), (): _("blank")}
    return [
        words.get(tuple(paper) if paper is not None else None) or ", ".join(count(number) for number in paper or [])
        for paper in ballot.papers
    ]


def what_follows(ballot: Ballot) -> str:
    """What a counted ballot asks for next, in words."""
    return {
        Step.DECIDED: _("This list is decided."),
        Step.RUNOFF: _("Nominees are tied for the last place: the Chair calls a second vote among them."),
        Step.CHAIR: _("They are tied again: the opinion of the Chair decides, and is minuted."),
        Step.NEXT_BEST: _("Too few have reached the threshold: one more vote on the next best, or an empty place."),
        Step.EMPTY: _("Too few have reached the threshold: the place stays empty, and the reason is minuted."),
    }[rules.step_after(ballot)]
