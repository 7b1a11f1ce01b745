"""Run a command with a private PostgreSQL: `script/with_postgres.py COMMAND …`.

Order: `DATABASE_URL` if given; else a cluster of its own from the system's binaries, on a Unix socket in a
temporary folder, owned by a user that is not root; else it says what to install.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def binaries() -> Path:
    """The folder of the newest installed PostgreSQL server."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if folders:
        return folders[-1]
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    sys.exit("No PostgreSQL server here: install the package postgresql, or set DATABASE_URL.")


def other_user() -> dict:
    """PostgreSQL refuses to run as root: whom to run it as."""
    if os.getuid():
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    sys.exit("Running as root, and there is no user 'postgres' or 'nobody' to run PostgreSQL as.")


def main(command: list[str]) -> int:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.call(command)
    bin_dir, user = binaries(), other_user()
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    if user:
        os.chown(folder, user["user"], user["group"])
    quiet = {"stdout": subprocess.DEVNULL, "cwd": folder, **user}
    data = folder / "data"
    subprocess.run(
        [
            bin_dir / "initdb",
            "-D",
            data,
            "-U",
            "portal",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ],
        check=True,
        **quiet,
    )
    options = f"-c listen_addresses='' -k {folder} -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    control = [bin_dir / "pg_ctl", "-D", data, "-l", folder / "log", "-w"]
    subprocess.run([*control, "-o", options, "start"], check=True, **quiet)
    try:
        subprocess.run([bin_dir / "createdb", "-h", folder, "-U", "portal", "portal"], check=True, **quiet)
        url = f"postgres://portal@/{folder}/portal"
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, **quiet)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
