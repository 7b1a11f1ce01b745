"""What PostgreSQL itself keeps of a vote: transaction numbers and places of rows link no paper to a member.

The statistic, and what the adversary tries, stand in `tests/awards/adversary.py`.
"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from awards import invariants
from awards.actions import ballots as acts
from awards.models import Ballot, SealedPaper
from tests.awards import adversary
from tests.awards.scenes import Session, in_session
from tests.awards.test_secrecy import BOX, ROLL, in_their_order, lay_on_top

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WRITTEN = "xmin::text::bigint, ctid"  # by which transaction, and where on the disk
ALL = adversary.VOTES * adversary.MEMBERS


def rows(column: str, table: str, ballot: Ballot, order: str) -> list:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE ballot_id = %s ORDER BY {order}", [ballot.pk])  # noqa: S608
        return [value for (value,) in cursor.fetchall()]


def read_box(ballot: Ballot) -> dict[str, list]:
    """The sealed papers in every order that the database knows."""
    orders = ("ctid", WRITTEN, "id", "sealed")
    return {order: [bytes(sealed) for sealed in rows("sealed", BOX, ballot, order)] for order in orders}


def read_roll(ballot: Ballot) -> dict[str, list]:
    """The members in every order that the database knows: by the transaction that marked them, that of the vote."""
    return {order: rows("user_id", ROLL, ballot, order) for order in ("ctid", WRITTEN, "id", "key", "user_id")}


def session_of(cast) -> Session:
    return in_session(cast, adversary.MEMBERS, lists=adversary.LISTS)


def test_the_whole_database_links_no_paper_to_a_member(cast):
    votes = adversary.simulate(session_of(cast), read_roll, read_box)
    guesses = {
        **adversary.before_the_count(votes),
        **adversary.after_the_count(votes),
        **adversary.with_copies(votes),
    }
    assert max(guesses.values()) < adversary.too_many(len(guesses)), guesses
    assert invariants.faults(cast.congress) == []


def test_the_roll_does_tell_in_which_order_members_voted(cast):
    """That is why the box is stirred: without it, half of the link would lie open."""
    (vote, *_others) = adversary.simulate(session_of(cast), read_roll, read_box)
    assert vote.roll[WRITTEN] == vote.roll["log of the web server"]


@pytest.mark.parametrize("order", ["ctid", WRITTEN])
def test_control_without_stirring_and_sorting_the_adversary_is_right(cast, monkeypatch, order):
    monkeypatch.setattr(acts, "_lay_in", lay_on_top)
    monkeypatch.setattr(acts, "open_box", in_their_order)
    monkeypatch.setattr(acts, "_papers", lambda ballot: read_box(ballot)[order])
    votes = adversary.simulate(session_of(cast), read_roll, read_box)
    least = ALL if order == WRITTEN else ALL // 2  # a vacuum in between gives places on the disk away again
    assert adversary.before_the_count(votes)[f"{order} beside {WRITTEN}"] >= least
    assert adversary.after_the_count(votes)[f"result beside {WRITTEN}"] >= least


def test_control_a_new_name_alone_hides_nothing(cast, monkeypatch):
    """Keys drawn at random, as a box without stirring has them too, do not hide who wrote a row when."""
    monkeypatch.setattr(acts, "_lay_in", lay_on_top)
    votes = adversary.simulate(session_of(cast), read_roll, read_box)
    guesses = adversary.before_the_count(votes)
    assert guesses[f"id beside {WRITTEN}"] < adversary.too_many(1)
    assert guesses[f"{WRITTEN} beside {WRITTEN}"] == ALL


def written_since(number: int) -> set[str]:
    """The tables in which any row was written by a transaction from this number on."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE xmin::text::bigint >= %s', [number])  # noqa: S608
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def next_transaction() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        return cursor.fetchone()[0]


def vote(client: Client, ballot: Ballot, picks: list[str]) -> None:
    address = reverse("awards:vote", args=["2020", ballot.pk])
    client.get(address)
    check = client.post(address, {"picked": picks})
    key = re.search(r'name="once" value="([^"]+)"', check.text)[1]  # type: ignore[index]
    assert client.post(address, {"picked": picks, "once": key, "cast": "1"}).status_code == 302


def test_the_transactions_of_votes_wrote_the_roll_and_the_box_and_no_other_row(cast, enter):
    """Sessions, sign-ins, keys, jobs, letters, the trail: no row there carries the number of a vote's transaction."""
    session = session_of(cast)
    ballot = session.open()
    clients = [enter(member) for member in session.members]
    for client in clients:
        client.get(reverse("portal:home"))
    number = next_transaction()
    for place, client in enumerate(clients):
        vote(client, ballot, [f"{1 + place % 6:02}"])
    assert SealedPaper.objects.count() == adversary.MEMBERS
    assert written_since(number) == {ROLL, BOX}
    session.close()  # and the test would notice: closing writes the ballot and the trail
    assert written_since(number) > {ROLL, BOX}
