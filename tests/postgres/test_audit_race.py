"""Two writers of the audit trail in parallel do not fork it; without the lock on its end they would."""

import pytest
from django.db import IntegrityError, transaction

from core import audit
from core.models import AuditEntry, AuditHead
from tests import factories as make
from tests.postgres.race import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WRITERS = 8


def write(number: int, unit) -> None:
    for round_ in range(5):
        with transaction.atomic():
            audit.record(None, "unit.changed", unit, reason=f"{number}.{round_}")


def test_parallel_writers_make_one_chain():
    unit = make.make_unit()
    results = at_once(WRITERS, lambda number: write(number, unit))
    assert results == [None] * WRITERS
    assert AuditEntry.objects.count() == WRITERS * 5
    assert not list(audit.faults())


def test_the_first_entries_of_all_may_be_written_at_once():
    """No head row yet: whoever comes second waits for the first."""
    unit = make.make_unit()
    assert not AuditHead.objects.exists()
    at_once(2, lambda number: audit.record(None, "unit.changed", unit))
    assert AuditEntry.objects.count() == 2
    assert not list(audit.faults())


def test_control_without_the_lock_the_chain_breaks(monkeypatch):
    """The lock is what holds it: taken away, writers meet at one number."""
    monkeypatch.setattr(audit, "_locked_head", lambda: AuditHead.objects.get_or_create(pk=1)[0])
    unit = make.make_unit()
    audit.record(None, "unit.changed", unit)
    results = at_once(WRITERS, lambda number: write(number, unit))
    assert any(isinstance(result, IntegrityError) for result in results) or list(audit.faults())
