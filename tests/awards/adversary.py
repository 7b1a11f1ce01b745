"""An adversary who has the whole database, and simulated votes to try their skill on.

In each simulated vote fifteen members, in a drawn order, cast fifteen different papers, also drawn. To link papers to
members is then to guess a permutation of fifteen. Whoever guesses blindly is right once on average, whatever the number
of members: the right guesses (the fixed points of a random permutation) have a generating function below that of a
Poisson variable of mean 1. Over `VOTES` votes their sum S is therefore bounded as a Poisson variable of that mean is
(Chernoff): P(S >= b) <= exp(b - VOTES) * (VOTES / b) ** b. `too_many` is the first number that blind guessing would
reach less than once in a million runs of the test, all strategies that are tried together. Who knows, is right
`VOTES * MEMBERS` times.
"""

import math
import random
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from awards import actions
from awards.ballot import open_box
from awards.models import Ballot, Teller
from tests.awards.scenes import Session

MEMBERS, VOTES = 15, 20
PAPERS = [list(pair) for pair in combinations(range(1, 7), 2)]  # fifteen different ones, on a list of six
LISTS = (6, 1)  # how many nominees stand on the lists of such a session
Read = Callable[[Ballot], dict[str, list]]


def too_many(strategies: int) -> int:
    """How many right guesses are beyond chance, when so many strategies are tried."""
    limit = VOTES
    while strategies * math.exp(limit - VOTES) * (VOTES / limit) ** limit >= 1e-6:
        limit += 1
    return limit


@dataclass
class Vote:
    """A simulated vote: what the adversary has read of it, and beside it the truth."""

    roll: dict[str, list[int]]  # ids of members, in each order that the database or a log knows
    box: dict[str, list[bytes]]  # sealed papers, in each order that the database knows
    copies: list[set[bytes]]  # the box after each paper, as backups and row versions keep it
    result: list[list[int]]  # the opened papers as the count publishes them
    said: dict[int, list[int]]  # the truth: by member
    inside: dict[bytes, list[int]]  # the truth: by sealed paper


def simulate(session: Session, read_roll: Read, read_box: Read) -> list[Vote]:
    """So many votes on one list, each with its own box; `read_…` is what the adversary does before it is opened."""
    luck = random.Random(2020)
    nominations = [one.nomination for one in session.ballot().candidates.select_related("nomination")]
    votes = []
    for number in range(VOTES):
        Ballot.objects.lay_out(session.sitting, "collective", nominations, round=number + 2, places=2)
        ballot, voters = session.open(), luck.sample(session.members, MEMBERS)
        said = dict(zip((voter.pk for voter in voters), luck.sample(PAPERS, MEMBERS), strict=True))
        copies = []
        for voter in voters:
            actions.cast(actor=voter, ballot=ballot, choices=said[voter.pk], key=uuid.uuid4())
            copies.append({bytes(sealed) for sealed in ballot.box.values_list("sealed", flat=True)})
        session.close()
        roll = {"log of the web server": [voter.pk for voter in voters]} | read_roll(ballot)
        box, inside = read_box(ballot), opened(session, ballot)
        votes.append(Vote(roll, box, copies, session.count().papers, said, inside))
    return votes


def opened(session: Session, ballot: Ballot) -> dict[bytes, list[int]]:
    """What two tellers could read: each sealed paper by itself."""
    tellers = list(Teller.objects.filter(sitting=session.sitting))[:2]
    shares = dict(ballot.key_shares.values_list("teller", "sealed"))
    keys = [(session.codes[teller.user_id], bytes(shares[teller.pk])) for teller in tellers]
    sealed = [bytes(paper) for paper in ballot.box.values_list("sealed", flat=True)]
    return {paper: open_box(bytes(ballot.public_key or b""), keys, [paper])[0] or [] for paper in sealed}


def right(vote: Vote, members: Sequence[int], papers: Sequence[list[int]]) -> int:
    """How many members have the paper that is laid beside them."""
    return sum(vote.said[member] == paper for member, paper in zip(members, papers, strict=True))


def before_the_count(votes: list[Vote]) -> dict[str, int]:
    """Right guesses by strategy: the box in some order laid beside the roll in some order."""
    return {
        f"{box} beside {roll}": sum(
            right(vote, vote.roll[roll], [vote.inside[sealed] for sealed in vote.box[box]]) for vote in votes
        )
        for box in votes[0].box
        for roll in votes[0].roll
    }


def after_the_count(votes: list[Vote]) -> dict[str, int]:
    """Right guesses by strategy: the published papers laid beside the roll, as they stand or turned round."""
    found = {}
    for roll in votes[0].roll:
        found[f"result beside {roll}"] = sum(right(vote, vote.roll[roll], vote.result) for vote in votes)
        found[f"result beside {roll}, turned"] = sum(right(vote, vote.roll[roll], vote.result[::-1]) for vote in votes)
    return found


def with_copies(votes: list[Vote]) -> dict[str, int]:
    """Right guesses of who copied the box after every paper and so knows whose each sealed paper is, by how the sealed
    papers are then laid beside the published ones."""
    found = {}
    for name, order in (("by their bytes", lambda sealed: sealed), ("by their ends", lambda sealed: sealed[::-1])):
        found[name] = 0
        for vote in votes:
            owners = owners_of(vote)
            members = [owners[sealed] for sealed in sorted(owners, key=order)]
            found[name] += right(vote, members, vote.result)
    return found


def two_tellers_with_copies(votes: list[Vote]) -> int:
    """What is not promised: the codes of two tellers, and a copy of the box after every paper, tell everything."""
    return sum(vote.said[member] == vote.inside[sealed] for vote in votes for sealed, member in owners_of(vote).items())


def owners_of(vote: Vote) -> dict[bytes, int]:
    """Whose each sealed paper is: two copies of the box differ by one paper."""
    owners: dict[bytes, int] = {}
    before: set[bytes] = set()
    for member, after in zip(vote.roll["log of the web server"], vote.copies, strict=True):
        (paper,) = after - before
        owners[paper], before = member, after
    return owners
