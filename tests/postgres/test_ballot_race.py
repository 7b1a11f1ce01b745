"""Votes cast at the very same moment: one paper a member, none lost. What rows tell: test_ballot_secrecy.py."""

import threading
import uuid

import pytest
from django.test import Client
from django.urls import reverse

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


def sent_at_once(client: Client, session: Session, keys: list[uuid.UUID]) -> list[tuple[int, str]]:
    """The form of the vote's second step, sent together: status and address of each answer."""
    address = reverse("awards:vote", args=["2020", session.ballot().pk])

    def act(number: int) -> tuple[int, str]:
        browser = Client()
        browser.cookies.update(client.cookies)
        answer = browser.post(address, {"picked": ["02"], "once": str(keys[number]), "cast": "1"})
        return answer.status_code, answer.headers.get("Location", "")

    return at_once(len(keys), act)


def test_ten_sendings_of_a_form_get_ten_proper_answers(cast, enter, session):
    answers = sent_at_once(enter(cast.member), session, [uuid.uuid4()] * 10)
    assert answers == [(302, session.ballot().get_absolute_url())] * 10
    assert SealedPaper.objects.count() == 1
    assert invariants.faults(cast.congress) == []


def test_twenty_forms_get_one_receipt_and_nineteen_refusals(cast, enter, session):
    answers = sent_at_once(enter(cast.member), session, [uuid.uuid4() for _ in range(20)])
    assert sorted(status for status, _address in answers) == [302] + [409] * 19
    assert SealedPaper.objects.count() == 1
    assert invariants.faults(cast.congress) == []


def test_control_without_the_lock_and_the_roll_a_member_has_several(session, monkeypatch):
    """With the guard taken away a member's vote is accepted more than once. How many papers are then left is chance:
    the box is stirred, and who stirs without the lock may throw out what somebody else has just laid in."""
    gate, asked = threading.Barrier(8), rules.why_not_vote

    def slowly(*args):
        reason = asked(*args)
        gate.wait(timeout=20)  # everybody has looked before anybody writes
        return reason

    monkeypatch.setattr(acts, "lock", lambda model, pk: model.objects.get(pk=pk))
    monkeypatch.setattr(rules, "why_not_vote", slowly)
    monkeypatch.setattr(acts.RollEntry.objects, "filter", lambda **where: Everybody())
    results = cast_at_once(session, 8)
    assert sum(result is None for result in results) > 1


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
