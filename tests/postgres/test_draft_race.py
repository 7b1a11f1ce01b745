"""One draft registered, or saved, by two people at the same moment: one delegate, and nobody's text is lost."""

import threading
import uuid

import pytest

from core.refusal import Refused
from core.versions import Stale
from delegates import actions
from delegates.actions import drafts
from delegates.invariants import faults
from delegates.models import Delegate, RegistrationDraft
from tests.delegates import factories as make
from tests.postgres.race import at_once
from tests.postgres.test_seat_race import place  # noqa: F401

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def register(place, draft) -> Delegate:  # noqa: F811
    return actions.register_draft(
        actor=place.head, congress=place.congress, unit=place.unit, category=place.category, key=draft.pk,
        version=draft.version, **make.a_person(),
    )  # fmt: skip


@pytest.fixture
def draft(place) -> RegistrationDraft:  # noqa: F811
    place.set_seats(20, 1)
    return make.make_draft(place.unit, place.congress, place.head)


@pytest.mark.parametrize("people", [2, 8])
def test_a_draft_becomes_one_delegate(place, draft, people):  # noqa: F811
    results = at_once(people, lambda _number: register(place, draft))
    assert sum(isinstance(result, Delegate) for result in results) == Delegate.objects.count() == 1
    assert sum(isinstance(result, Refused) for result in results) == people - 1
    assert not RegistrationDraft.objects.exists()
    assert faults(place.congress) == []


def test_control_without_the_lock_it_becomes_several(place, draft, monkeypatch):  # noqa: F811
    gate = threading.Barrier(2)

    def unheld(congress, unit, key):
        found = RegistrationDraft.objects.get(pk=key)
        gate.wait(timeout=30)  # both have looked before either deletes
        return found

    monkeypatch.setattr(drafts, "_held", unheld)
    at_once(2, lambda _number: register(place, draft))
    assert Delegate.objects.count() == 2


def test_of_two_who_save_one_is_told(place, draft):  # noqa: F811
    def save(number: int) -> RegistrationDraft:
        return actions.save_draft(
            actor=place.head, congress=place.congress, unit=place.unit, key=draft.pk, version=1,
            values={"full_name": [f"Người {number}"]},
        )  # fmt: skip

    results = at_once(4, save)
    assert sum(isinstance(result, Stale) for result in results) == 3
    assert RegistrationDraft.objects.get().version == 2


def test_a_form_that_saves_itself_twice_at_first_makes_one_draft(place):  # noqa: F811
    key = uuid.uuid4()

    def save(number: int) -> RegistrationDraft:
        return actions.save_draft(
            actor=place.head,
            congress=place.congress,
            unit=place.unit,
            key=key,
            version=0,
            values={"note": [str(number)]},
        )

    results = at_once(4, save)
    assert sum(isinstance(result, RegistrationDraft) for result in results) == 1
    assert all(isinstance(result, (RegistrationDraft, Refused, Stale)) for result in results)
    assert RegistrationDraft.objects.count() == 1
