"""The present has one source, and a rehearsal may set its day."""

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from core import clock
from core.models import Rehearsal

pytestmark = pytest.mark.django_db


def test_now_is_real_and_in_the_ministrys_zone():
    moment = clock.now()
    assert abs((moment - datetime.now(UTC)).total_seconds()) < 5
    assert moment.utcoffset().total_seconds() == 7 * 3600
    assert clock.today() == moment.date()


def test_the_day_may_be_set_by_the_environment(settings):
    settings.PORTAL_TODAY = date(2020, 5, 15)
    assert clock.today() == clock.rehearsal_day() == date(2020, 5, 15)
    assert clock.now().time().hour == datetime.now(clock.now().tzinfo).hour


def test_the_day_may_be_stored_for_all_processes():
    clock.rehearse(date(2020, 2, 29))
    assert clock.today() == date(2020, 2, 29)
    clock.rehearse(date(2020, 10, 25))
    assert clock.today() == date(2020, 10, 25)
    assert Rehearsal.objects.count() == 1
    clock.rehearse(None)
    assert clock.rehearsal_day() is None


def test_the_environment_goes_before_what_is_stored(settings):
    clock.rehearse(date(2020, 5, 15))
    settings.PORTAL_TODAY = date(2020, 9, 1)
    assert clock.today() == date(2020, 9, 1)


def test_a_page_looks_once(django_assert_num_queries):
    clock.rehearse(date(2020, 5, 15))
    with django_assert_num_queries(1), clock.read_once():
        assert clock.today() == clock.now().date() == clock.rehearsal_day()
    clock.rehearse(date(2020, 5, 16))
    assert clock.today() == date(2020, 5, 16)


def test_a_page_on_a_normal_day_looks_once_too(django_assert_num_queries):
    with django_assert_num_queries(1), clock.read_once():
        assert clock.rehearsal_day() is None
        clock.now()


def test_nobody_asks_another_clock():
    """`clock` is the only source of the present: sessions alone live in real time, and say so."""
    allowed = {"core/clock.py", "core/accounts.py", "core/uploads.py"}
    words = r"timezone\.now|timezone\.localtime|date\.today|datetime\.now|datetime\.today|time\.time\("
    rooms = ["config", "portal", "awards", "delegates", "congress", "units", "documents", "core"]
    found = subprocess.run(
        ["grep", "-rlE", words, "--include=*.py", *rooms],
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert {str(Path(line)) for line in found.stdout.split()} <= allowed
