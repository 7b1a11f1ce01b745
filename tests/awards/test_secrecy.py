"""Casting a vote writes the roll and the box, and nothing else anywhere; and neither tells who chose whom."""

import logging
import re
import uuid
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from awards import actions, invariants
from awards.actions import ballots as acts
from awards.ballot import open_box
from awards.models import Ballot, SealedPaper
from core import audit
from tests.awards import adversary
from tests.awards.scenes import Session, in_session

pytestmark = pytest.mark.django_db
ROLL, BOX = "awards_rollentry", "awards_sealedpaper"


@pytest.fixture
def session(cast) -> Session:
    found = in_session(cast)
    found.open("collective")
    return found


def whole_database() -> dict[str, Counter]:
    """Every row of every table."""
    tables = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 our own tables
            tables[table] = Counter(cursor.fetchall())
    return tables


def columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def vote_at_the_pages(client: Client, ballot: Ballot, picks: list[str]) -> None:
    """A whole vote in the browser, with every page that is met on the way."""
    address = reverse("awards:vote", args=["2020", ballot.pk])
    client.get(address)
    check = client.post(address, {"picked": [*picks, "01", "02", "03"]})  # too many, and then as meant
    check = client.post(address, {"picked": picks})
    key = re.search(r'name="once" value="([^"]+)"', check.text)[1]  # type: ignore[index]
    blank = {} if picks else {"blank": "on"}
    answer = client.post(address, {"picked": picks, "once": key, "cast": "1", **blank})
    assert answer.status_code == 302
    assert not answer.cookies.keys() - {"csrftoken"}
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("picks", [["02", "04"], ["03"], []])
def test_a_vote_writes_one_line_of_the_roll_and_the_box_and_nothing_else(cast, enter, session, settings, picks):
    """Table by table: sessions, sign-ins, one-time keys, jobs, letters and the trail are as they were."""
    ballot, client = session.ballot(), enter(cast.member)
    client.get(reverse("portal:home"))
    session.vote("collective", [[1], [1, 2]])  # chair and secretary, before
    before, files = whole_database(), sorted(Path(settings.MEDIA_ROOT).rglob("*"))
    vote_at_the_pages(client, ballot, picks)
    after = whole_database()
    assert {table for table in before if before[table] != after[table]} == {ROLL, BOX}
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*")) == files
    gone, come = before[ROLL] - after[ROLL], after[ROLL] - before[ROLL]
    assert gone.total() == come.total() == 1
    entry = ballot.roll.get(user=cast.member)
    assert entry.voted
    assert entry.key
    assert after[BOX].total() == before[BOX].total() + 1
    assert not {row[0] for row in before[BOX]} & {row[0] for row in after[BOX]}  # every paper under a new name
    assert invariants.faults(cast.congress) == []


def test_control_the_comparison_notices_a_single_entry(cast, session):
    before = whole_database()
    audit.record(cast.member, "ballot.opened", session.ballot())
    after = whole_database()
    assert {table for table in before if before[table] != after[table]} == {"core_auditentry", "core_audithead"}


def test_no_line_of_a_log_tells_a_choice(cast, enter, session, caplog):
    client, ballot = enter(cast.member), session.ballot()
    caplog.clear()
    caplog.set_level(logging.DEBUG)
    vote_at_the_pages(client, ballot, ["02", "04"])
    assert not [record for record in caplog.records if record.levelno >= logging.INFO]
    names = [str(one) for one in ballot.candidates.all()]
    assert not [record for record in caplog.records if any(name in record.getMessage() for name in names)]


def test_a_refused_vote_leaves_no_more_behind(cast, enter, session):
    client, ballot = enter(cast.member), session.ballot()
    vote_at_the_pages(client, ballot, ["02"])
    before = whole_database()
    address = reverse("awards:vote", args=["2020", ballot.pk])
    form = {"picked": ["03"], "once": str(uuid.uuid4()), "cast": "1"}
    assert client.post(address, form).status_code == 409
    assert whole_database() == before


def test_box_and_roll_have_no_column_to_join_them_by_and_none_with_a_time():
    assert columns(BOX) == {"id", "ballot_id", "sealed"}
    assert columns(ROLL) == {"id", "ballot_id", "user_id", "voted", "key"}


def test_all_papers_have_one_length_and_no_two_are_alike(session):
    session.vote("collective", [[], [1], [2], [1, 2], [1, 2], [3, 4]])
    sealed = [bytes(paper) for paper in SealedPaper.objects.values_list("sealed", flat=True)]
    assert len({len(paper) for paper in sealed}) == 1
    assert len(set(sealed)) == 6


def test_after_the_count_nothing_of_the_box_is_left(cast, session):
    session.vote("collective", [[1, 2], [1, 3], [4]])
    session.close()
    ballot = session.count()
    assert ballot.papers == [[1, 2], [1, 3], [4]]
    assert not ballot.box.exists()
    assert not ballot.key_shares.exists()
    roll = {row[0] for row in ballot.roll.values_list("voted")}
    assert roll == {True, False}


def test_a_void_vote_is_read_by_nobody(cast, session):
    session.vote("collective", [[1, 2], [1, 3], [4]])
    ballot = session.ballot()
    actions.void(actor=cast.chair, ballot=ballot, reason="Mất mã")
    ballot.refresh_from_db()
    assert (ballot.papers, ballot.box.count(), ballot.key_shares.count()) == ([], 0, 0)
    assert not ballot.candidates.filter(votes__isnull=False).exists()


# ---- An adversary with the whole database (SQLite here; PostgreSQL in tests/postgres/test_ballot_secrecy.py) ----

ALL = adversary.VOTES * adversary.MEMBERS
needs_rowid = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own row numbers")


def read_box(ballot: Ballot) -> dict[str, list]:
    """The sealed papers in every order that SQLite's file shows."""
    orders = {}
    with connection.cursor() as cursor:
        for order in ("rowid", "id", "sealed"):
            cursor.execute(f"SELECT sealed FROM {BOX} WHERE ballot_id = %s ORDER BY {order}", [ballot.pk])  # noqa: S608
            orders[order] = [bytes(sealed) for (sealed,) in cursor.fetchall()]
    return orders


def read_roll(ballot: Ballot) -> dict[str, list]:
    return {order: list(ballot.roll.order_by(order).values_list("user", flat=True)) for order in ("pk", "key", "user")}


@needs_rowid
def test_the_whole_database_links_no_paper_to_a_member(cast):
    votes = adversary.simulate(in_session(cast, lists=adversary.LISTS), read_roll, read_box)
    guesses = {
        **adversary.before_the_count(votes),
        **adversary.after_the_count(votes),
        **adversary.with_copies(votes),
    }
    assert max(guesses.values()) < adversary.too_many(len(guesses)), guesses
    assert adversary.two_tellers_with_copies(votes) == ALL  # not promised: docs/ballot.md says so
    assert invariants.faults(cast.congress) == []


def lay_on_top(ballot: Ballot, paper: bytes) -> None:
    SealedPaper.objects.create(ballot=ballot, sealed=paper)


def in_their_order(public_key, keys, papers) -> list:
    return [open_box(public_key, keys, [paper])[0] for paper in papers]


@needs_rowid
def test_control_without_stirring_and_sorting_the_adversary_is_always_right(cast, monkeypatch):
    monkeypatch.setattr(acts, "_lay_in", lay_on_top)
    monkeypatch.setattr(acts, "open_box", in_their_order)
    monkeypatch.setattr(acts, "_papers", lambda ballot: read_box(ballot)["rowid"])
    votes = adversary.simulate(in_session(cast, lists=adversary.LISTS), read_roll, read_box)
    assert adversary.before_the_count(votes)["rowid beside log of the web server"] == ALL
    assert adversary.after_the_count(votes)["result beside log of the web server"] == ALL
