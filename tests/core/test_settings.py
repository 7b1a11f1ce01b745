"""How the portal is wired, tried out in processes of its own."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

PRODUCTION = {
    "PORTAL_MODE": "production",
    "SECRET_KEY": "k" * 30 + "0123456789-abcdefghij-ABCDEFGHIJ",
    "DATABASE_URL": "postgres://portal@localhost/portal",
    "ALLOWED_HOSTS": "daihoi.example.org",
}


def manage(*command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *command],
        cwd=settings.BASE_DIR,
        env={**kept, "PORTAL_VAR": str(folder), "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def value(name: str, folder: Path, **environment: str) -> str:
    """A setting as another process finds it."""
    done = manage("shell", "-v", "0", "-c", f"from django.conf import settings; print(repr(settings.{name}))",
                  folder=folder, **environment)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_production_has_nothing_that_django_warns_of(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", folder=tmp_path, **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    assert "silenced" not in done.stdout or "(0 silenced)" in done.stdout


@pytest.mark.parametrize("missing", ["SECRET_KEY", "DATABASE_URL"])
def test_production_does_not_start_without_what_it_needs(tmp_path, missing):
    given = {name: value for name, value in PRODUCTION.items() if name != missing}
    done = manage("check", folder=tmp_path, **given)
    assert done.returncode != 0
    assert missing in done.stderr


def test_an_unknown_mode_is_refused(tmp_path):
    assert "PORTAL_MODE" in manage("check", folder=tmp_path, PORTAL_MODE="prod").stderr


@pytest.mark.parametrize("environment", [{}, PRODUCTION])
def test_debug_is_off_unless_asked_for(tmp_path, environment):
    assert value("DEBUG", tmp_path, **environment) == "False"


def test_an_embedded_portal_keeps_its_own_key_to_itself(tmp_path):
    first = value("SECRET_KEY", tmp_path)
    path = tmp_path / "secret_key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert first == repr(path.read_text())
    assert len(path.read_text()) >= 50
    assert value("SECRET_KEY", tmp_path) == first


def test_many_processes_that_start_at_once_find_one_key(tmp_path):
    command = [sys.executable, "-c", "from config import settings; print(settings.SECRET_KEY)"]
    environment = {**os.environ, "PORTAL_VAR": str(tmp_path), "SECRET_KEY": "", "PORTAL_MODE": "embedded"}
    started = [
        subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    keys = {process.communicate(timeout=60)[0].strip() for process in started}
    assert len(keys) == 1
    assert len(keys.pop()) >= 50


def test_the_data_lie_where_they_are_told_to(tmp_path):
    assert str(tmp_path / "portal.sqlite3") in value("DATABASES", tmp_path)
    assert str(tmp_path / "files") in value("MEDIA_ROOT", tmp_path)


def test_a_rehearsals_day_may_be_set(tmp_path):
    assert value("PORTAL_TODAY", tmp_path, PORTAL_TODAY="2020-05-15") == "datetime.date(2020, 5, 15)"


def test_the_browsers_guard_lets_in_nothing_unsafe():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert "unsafe" not in str(directives)
    assert directives["default-src"] == ["'none'"]
    assert "*" not in str(directives)


@pytest.mark.django_db
def test_every_answer_carries_its_guards(client):
    headers = client.get("/sign-in/").headers
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_django_is_checked_in_the_tests_too():
    assert settings.AUTH_USER_MODEL == "core.User"
    assert not settings.DEBUG
