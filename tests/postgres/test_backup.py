"""A copy of a PostgreSQL database is brought back into an empty one."""

import os

import pytest
from django.db import connection

from tests.core.test_settings import manage

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NAMES = "portal_to_keep", "portal_to_fill"


@pytest.fixture
def urls():
    """Addresses of two empty databases beside the tests' own."""
    quoted = [connection.ops.quote_name(name) for name in NAMES]
    with connection.cursor() as cursor:
        for name in quoted:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(f"CREATE DATABASE {name}")
        server, _slash, _own = os.environ["DATABASE_URL"].rpartition("/")
        yield [f"{server}/{name}" for name in NAMES]
        for name in quoted:
            cursor.execute(f"DROP DATABASE {name}")


def test_a_copy_is_brought_back_whole_and_sound(urls, tmp_path):
    first, second = urls
    copy = str(tmp_path / "copy.tar.gz")
    for command, url in (
        (["set_up"], first),
        (["backup", copy], first),
        (["restore", copy], second),
        (["check_invariants"], second),
        (["verify_audit"], second),
    ):
        done = manage(*command, folder=tmp_path, DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
    assert "tables" in manage("restore", copy, folder=tmp_path, DATABASE_URL=second).stderr
    told = [manage("verify_audit", folder=tmp_path, DATABASE_URL=url).stdout for url in urls]
    assert told[0] == told[1]
