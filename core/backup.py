"""A copy of all that a portal holds, its database and its files, in one archive; and back, into an empty place."""

import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

DATABASE = {"sqlite": "portal.sqlite3", "postgresql": "portal.dump"}  # its name in the archive
FILES = "files"


class NotPossible(Exception):
    """Why a copy cannot be made or brought back."""


def write(path: Path) -> None:
    """Copy the database as it is at one moment, then the files, into `path`; only its owner reads it.

    Nothing stands there before the copy is whole. Raises NotPossible, FileExistsError.
    """
    if path.exists():
        raise FileExistsError(path)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy, whole = Path(folder) / DATABASE[connection.vendor], Path(folder) / "whole"
        _dump(copy)
        with tarfile.open(whole, "w:gz") as archive:
            archive.add(copy, copy.name)
            if Path(settings.MEDIA_ROOT).exists():
                archive.add(settings.MEDIA_ROOT, FILES)
        whole.chmod(0o600)
        os.link(whole, path)


def read(path: Path) -> None:
    """Bring back what `write` has kept. Raises NotPossible where anything stands already, or it is no such copy."""
    if connection.introspection.table_names():
        raise NotPossible("There are tables in the database: restore into an empty one.")
    if Path(settings.MEDIA_ROOT).exists() and any(Path(settings.MEDIA_ROOT).iterdir()):
        raise NotPossible(f"There are files in {settings.MEDIA_ROOT}: restore into an empty place.")
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        try:
            with tarfile.open(path) as archive:
                archive.extractall(folder, filter="data")
        except tarfile.TarError as fault:
            raise NotPossible(f"{path} is no copy of a portal: {fault}") from fault
        copy = Path(folder) / DATABASE[connection.vendor]
        if not copy.exists():
            raise NotPossible(f"{path} was not made from a {connection.display_name} database.")
        _load(copy)
        if (Path(folder) / FILES).exists():
            shutil.copytree(Path(folder) / FILES, settings.MEDIA_ROOT, dirs_exist_ok=True)


def _dump(copy: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as target:
            connection.connection.backup(target)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={copy}")


def _load(copy: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as source:
            source.backup(connection.connection)
    else:
        name = connection.settings_dict["NAME"]
        options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
        _run("pg_restore", *options, f"--dbname={name}", str(copy))


def _run(program: str, *options: str) -> None:
    """One of PostgreSQL's own programs, on the portal's database; the password does not stand on its command line."""
    given = connection.settings_dict
    place = {"PGDATABASE": "NAME", "PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environment = {**os.environ, **{name: str(given[key]) for name, key in place.items() if given[key]}}
    found = shutil.which(program)
    if not found:
        raise NotPossible(f"{program} is missing: install the package postgresql-client.")
    done = subprocess.run([found, *options], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise NotPossible(f"{program}: {done.stderr.strip()}")
