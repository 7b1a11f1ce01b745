"""The attendance of a sitting taken by several people at the same moment."""

import threading

import pytest

from awards import actions
from awards.actions import sittings
from awards.models import Sitting
from core import audit
from tests.awards.scenes import enlarge_council, make_sitting
from tests.cast import make_cast
from tests.postgres.race import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PEOPLE = 6


@pytest.fixture
def cast():
    cast = make_cast()
    enlarge_council(cast, PEOPLE)
    return cast


@pytest.fixture
def sitting(cast) -> Sitting:
    return make_sitting(cast.congress, state=Sitting.State.CONVENED)


def read(cast) -> dict:
    """What everybody's page shows before anything is recorded."""
    return {member.pk: sittings.ABSENT for member in cast.members}


def own_lines_at_once(cast, sitting, shown) -> list:
    """Everybody ticks another member, each on a page that was opened before."""
    return at_once(
        PEOPLE,
        lambda number: actions.record_attendance(
            actor=cast.secretary, sitting=sitting, present=[cast.members[number]], excuses={}, read=shown
        ),
    )


def one_line_at_once(cast, sitting) -> list:
    """Everybody gives another reason for the same member."""
    return at_once(
        PEOPLE,
        lambda number: actions.record_attendance(
            actor=cast.secretary,
            sitting=sitting,
            present=[],
            excuses={cast.members[-1].pk: f"Lý do {number}"},
            read=read(cast),
        ),
    )


def test_different_lines_all_stand(cast, sitting):
    results = own_lines_at_once(cast, sitting, read(cast))
    assert not [result for result in results if isinstance(result, Exception)]
    assert sitting.attendances.filter(present=True).count() == PEOPLE
    assert not list(audit.faults())


def test_control_without_what_was_read_lines_are_lost(cast, sitting):
    own_lines_at_once(cast, sitting, None)
    assert sitting.attendances.filter(present=True).count() == 1


def test_one_line_is_set_once_and_the_others_are_told(cast, sitting):
    results = one_line_at_once(cast, sitting)
    assert sum(isinstance(result, actions.LinesStale) for result in results) == PEOPLE - 1
    assert sitting.attendances.get(user=cast.members[-1]).excuse.startswith("Lý do")


def test_control_without_the_lock_one_line_is_set_over_another(cast, sitting, monkeypatch):
    for member in cast.members:
        sitting.attendances.create(user=member)
    monkeypatch.setattr(sittings, "lock", lambda model, pk: model.objects.get(pk=pk))
    members, gate = sittings._voters, threading.Barrier(PEOPLE)

    def slowly(current):
        found = members(current)
        gate.wait(timeout=20)  # everybody has read the lines before anybody writes
        return found

    monkeypatch.setattr(sittings, "_voters", slowly)
    results = one_line_at_once(cast, sitting)
    assert not [result for result in results if isinstance(result, Exception)]
