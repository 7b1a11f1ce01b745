"""Yesterday can be restored: a copy of database and files, and back into an empty place."""

import os
import stat
from pathlib import Path

import pytest

from tests.core.test_settings import manage

pytestmark = pytest.mark.django_db
SHOW = "from core.models import User; print(*User.objects.values_list('username', flat=True))"


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> tuple[Path, Path]:
    """The place of a portal that is in use, and a copy of it."""
    place = tmp_path_factory.mktemp("kept")
    for command in (("set_up",), ("make_officer", "lan", "lan@example.org", "Hoàng Thu Lan", "--head")):
        assert manage(*command, folder=place).returncode == 0
    (place / "files/jobs").mkdir(parents=True)
    (place / "files/jobs/list.pdf").write_bytes(b"%PDF-")
    copy = place / "copy.tar.gz"
    done = manage("backup", str(copy), folder=place)
    assert done.returncode == 0, done.stderr
    return place, copy


def test_a_copy_is_for_its_owner_alone(kept):
    _place, copy = kept
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert os.listdir(copy.parent).count("copy.tar.gz") == 1
    assert not [name for name in os.listdir(copy.parent) if name.startswith("tmp")]


def test_a_copy_is_brought_back_whole_and_sound(kept, tmp_path):
    _place, copy = kept
    done = manage("restore", str(copy), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert manage("shell", "-v", "0", "-c", SHOW, folder=tmp_path).stdout.split() == ["lan"]
    assert (tmp_path / "files/jobs/list.pdf").read_bytes() == b"%PDF-"
    for check in ("check_invariants", "verify_audit"):
        assert manage(check, folder=tmp_path).returncode == 0


def test_nothing_that_stands_is_written_over(kept):
    place, copy = kept
    before = copy.read_bytes()
    assert "already" in manage("backup", str(copy), folder=place).stderr
    assert copy.read_bytes() == before
    assert "tables" in manage("restore", str(copy), folder=place).stderr


def test_files_that_stand_are_not_mixed(kept, tmp_path):
    _place, copy = kept
    (tmp_path / "files").mkdir()
    (tmp_path / "files/other.pdf").touch()
    assert "files" in manage("restore", str(copy), folder=tmp_path).stderr
    assert os.listdir(tmp_path / "files") == ["other.pdf"]


def test_what_is_no_copy_is_said(tmp_path):
    (tmp_path / "x.tar.gz").write_bytes(b"no archive")
    assert "no copy" in manage("restore", str(tmp_path / "x.tar.gz"), folder=tmp_path).stderr
    assert "not there" in manage("restore", str(tmp_path / "y.tar.gz"), folder=tmp_path).stderr
