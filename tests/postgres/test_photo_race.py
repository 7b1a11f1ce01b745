"""Two photos for one delegate at the same moment: one is kept, and no file is left behind."""

import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from core import locks, uploads
from core.models import AuditEntry, Upload
from delegates import actions
from delegates.invariants import faults
from delegates.models import Delegate
from delegates.portrait import Crop
from tests import factories
from tests.delegates import factories as make
from tests.postgres.race import at_once
from units.models import Office

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def delegate() -> Delegate:
    unit = factories.make_unit()
    factories.make_office(factories.make_user("head"), Office.Role.UNIT_HEAD, unit)
    return make.make_delegate(unit, make.make_category(factories.make_congress()))


def set_at_once(delegate: Delegate, people: int) -> list:
    head = delegate.unit.offices.get().user
    pictures = [uploads.choose(SimpleUploadedFile("a.jpg", make.a_picture()), head) for _one in range(people)]
    return at_once(
        people,
        lambda number: actions.set_photo(actor=head, delegate=delegate, chosen=pictures[number], crop=Crop()),
    )


def kept() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize("people", [2, 6])
def test_one_photo_is_left_and_no_other_file(delegate, people):
    before = set(kept())
    results = set_at_once(delegate, people)
    assert not [result for result in results if isinstance(result, Exception)]
    delegate.refresh_from_db()
    assert set(kept()) - before == {Path(delegate.photo.file.path)}
    assert list(Upload.objects.all()) == [delegate.photo]
    assert AuditEntry.objects.filter(verb="delegate.photo_added").count() == 1
    assert AuditEntry.objects.filter(verb="delegate.photo_changed").count() == people - 1
    assert faults(delegate.congress) == []


def test_control_without_the_lock_a_file_is_left_behind(delegate, monkeypatch):
    gate = threading.Barrier(2)

    def unheld(model, pk):
        row = model.objects.get(pk=pk)
        gate.wait(timeout=30)  # both have looked before either writes
        return row

    monkeypatch.setattr(locks, "lock", unheld)
    set_at_once(delegate, 2)
    assert Upload.objects.count() == 2
    assert faults(delegate.congress) != []
