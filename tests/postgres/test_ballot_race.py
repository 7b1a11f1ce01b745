"""Votes cast at the very same moment: one paper a member, none lost; and what a copy of the database tells of them."""

import threading
import uuid
from itertools import count

import pytest
from django.db import connection

from awards import actions, invariants, rules
from awards.actions import ballots as acts
from awards.models import Ballot, RollEntry, SealedPaper
from core.refusal import Refused
from tests.awards.scenes import Session, in_session
from tests.postgres.race import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MEMBERS = 15


@pytest.fixture
def session(cast) -> Session:
    """Fifteen members in session, a vote open on the collectives."""
    found = in_session(cast, MEMBERS)
    found.open("collective")
    return found


def cast_at_once(session: Session, times: int, key=None) -> list:
    """One member sends so many papers together."""
    ballot, member = session.ballot(), session.members[4]
    return at_once(
        times,
        lambda number: actions.cast(
            actor=member, ballot=ballot, choices=[1 + number % 4], key=key or uuid.UUID(int=number + 1)
        ),
    )


@pytest.mark.parametrize("times", [2, 20])
def test_a_member_has_one_paper_however_often_it_is_sent(cast, session, times):
    results = cast_at_once(session, times)
    assert sum(result is None for result in results) == 1
    assert sum(isinstance(result, Refused) for result in results) == times - 1
    assert SealedPaper.objects.count() == RollEntry.objects.filter(voted=True).count() == 1
    assert invariants.faults(cast.congress) == []


def test_the_same_form_sent_again_finds_its_receipt(cast, session):
    results = cast_at_once(session, 10, key=uuid.uuid4())
    assert results == [None] * 10
    assert SealedPaper.objects.count() == 1
    assert invariants.faults(cast.congress) == []


def test_control_without_the_lock_and_the_roll_a_member_has_several(session, monkeypatch):
    """With the guard taken away the same test finds more papers than voters."""
    gate, asked = threading.Barrier(8), rules.why_not_vote

    def slowly(*args):
        reason = asked(*args)
        gate.wait(timeout=20)  # everybody has looked before anybody writes
        return reason

    monkeypatch.setattr(acts, "lock", lambda model, pk: model.objects.get(pk=pk))
    monkeypatch.setattr(rules, "why_not_vote", slowly)
    monkeypatch.setattr(acts.RollEntry.objects, "filter", lambda **where: Everybody())
    cast_at_once(session, 8)
    assert SealedPaper.objects.count() > 1


class Everybody:
    """A roll that lets everybody pass."""

    def first(self):
        return RollEntry(voted=False)

    def update(self, **_fields) -> int:
        return 1


def test_fifteen_members_vote_together_and_no_paper_is_lost(cast, session):
    ballot = session.ballot()
    results = at_once(
        MEMBERS,
        lambda number: actions.cast(actor=session.members[number], ballot=ballot, choices=[1, 2], key=uuid.uuid4()),
    )
    assert results == [None] * MEMBERS
    session.close()
    counted = session.count()
    assert (counted.returned, counted.invalid) == (MEMBERS, 0)
    assert [one.votes for one in counted.candidates.order_by("order")] == [MEMBERS, MEMBERS, 0, 0]
    assert invariants.faults(cast.congress) == []


def test_a_vote_that_meets_the_closing_counts_or_is_refused(cast, session):
    ballot = session.ballot()
    session.vote("collective", [[1]])

    def act(number: int):
        if number == 0:
            return actions.close(actor=session.chair, ballot=ballot) and None
        return actions.cast(actor=session.members[number], ballot=ballot, choices=[1], key=uuid.uuid4())

    results = at_once(8, act)
    assert all(result is None or isinstance(result, Refused) for result in results)
    ballot.refresh_from_db()
    assert ballot.state == Ballot.State.CLOSED
    assert ballot.box.count() == ballot.roll.filter(voted=True).count()
    assert invariants.faults(cast.congress) == []


# ---- What a copy of the whole database tells ----


def rows(table: str, columns: str, order: str) -> list[tuple]:
    """Rows of a table with what PostgreSQL itself keeps of them, in an order that only it knows."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} ORDER BY {order}")  # noqa: S608 our own words
        return cursor.fetchall()


def guesses(session: Session, ballot: Ballot, opened: dict[bytes, list[int]], order: str) -> int:
    """How many votes an adversary gets right who lays the box beside the roll: both in the order of their rows.

    `opened` is what no adversary has: what stands on each sealed paper, to tell whether the guess was right.
    """
    roll = rows("awards_rollentry", "user_id", order)
    box = rows("awards_sealedpaper", "sealed", order)
    papers = [opened[bytes(sealed)] for (sealed,) in box]
    return sum(papers[place] == session.said[user] for place, (user,) in enumerate(roll) if place < len(papers))  # type: ignore[attr-defined]


def vote_in_order(session: Session, monkeypatch) -> tuple[Ballot, dict[bytes, list[int]]]:
    """Every member votes, one after the other, each with a paper of their own; what was sealed is listened to."""
    opened: dict[bytes, list[int]] = {}
    seal = acts.seal

    def listen(chosen, key):
        sealed = seal(chosen, key)
        opened[sealed] = sorted(chosen)
        return sealed

    monkeypatch.setattr(acts, "seal", listen)
    ballot, number = session.ballot(), count()
    session.said = {}  # type: ignore[attr-defined]
    pairs = [[a, b] for a in range(1, 7) for b in range(a + 1, 7)]
    for member in session.members:
        choices = pairs[next(number)]
        session.said[member.pk] = choices  # type: ignore[attr-defined]
        actions.cast(actor=member, ballot=ballot, choices=choices, key=uuid.uuid4())
    return ballot, opened


ORDERS = ["ctid", "xmin::text::bigint, ctid"]


@pytest.mark.parametrize("order", ORDERS)
def test_the_order_of_rows_links_no_paper_to_a_member(cast, monkeypatch, order):
    """Fifteen members with fifteen different papers. A shuffled box agrees with the roll in one place on average
    (fixed points of a permutation are Poisson distributed with mean 1): nine or more happen less than once in a
    million times, fifteen is what an unshuffled box gives."""
    session = in_session(cast, MEMBERS, lists=(6, 6))
    session.open("collective")
    ballot, opened = vote_in_order(session, monkeypatch)
    assert guesses(session, ballot, opened, order) < 9


@pytest.mark.parametrize("order", ORDERS)
def test_control_a_box_that_is_not_stirred_gives_everybody_away(cast, monkeypatch, order):
    def lay_on_top(ballot: Ballot, paper: bytes) -> None:
        SealedPaper.objects.create(ballot=ballot, sealed=paper)

    monkeypatch.setattr(acts, "_lay_in", lay_on_top)
    session = in_session(cast, MEMBERS, lists=(6, 6))
    session.open("collective")
    ballot, opened = vote_in_order(session, monkeypatch)
    assert guesses(session, ballot, opened, order) == MEMBERS
