"""Bring the Vietnamese catalogue up to date with the source, or check that it is complete.

`script/catalogue.py` rewrites locale/vi from the source (needs the system's gettext) and lists what is untranslated;
`script/catalogue.py --check` changes nothing and fails when an entry is missing, fuzzy or left over.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale/vi/LC_MESSAGES/django.po"
ROOMS = ["config", "portal", "awards", "delegates", "congress", "units", "documents", "core", "templates"]


def extract(into: Path) -> Path:
    """Run makemessages over a copy of the source; the fresh catalogue, merged with the present one."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, into / room, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    fresh = into / "locale/vi/LC_MESSAGES/django.po"
    fresh.parent.mkdir(parents=True)
    if CATALOGUE.exists():
        shutil.copy(CATALOGUE, fresh)
    command = [
        sys.executable,
        ROOT / "manage.py",
        "makemessages",
        "-l",
        "vi",
        "--no-location",
        "--no-wrap",
        "-v",
        "0",
    ]
    subprocess.run(command, cwd=into, check=True)
    forget_guesses(fresh)
    return fresh


def forget_guesses(path: Path) -> None:
    """What gettext takes over from a similar entry is no translation: such entries are empty."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    for entry in catalogue.fuzzy_entries():
        entry.flags.remove("fuzzy")
        entry.previous_msgid = entry.previous_msgid_plural = None
        entry.msgstr = ""
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    catalogue.metadata.pop("POT-Creation-Date", None)  # the day of the run is no change
    catalogue.metadata_is_fuzzy = False
    catalogue.header = "Vietnamese words of the congress portal."
    catalogue.save()


def faults(catalogue: polib.POFile) -> list[str]:
    """Entries that a reader would meet untranslated."""
    return [f"not translated: {entry.msgid!r}" for entry in catalogue.untranslated_entries()]


def words(catalogue: polib.POFile) -> set[tuple[str | None, str]]:
    return {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        fresh = extract(Path(folder))
        found = faults(polib.pofile(str(fresh)))
        if "--check" not in sys.argv:
            CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(fresh, CATALOGUE)
        elif CATALOGUE.exists():
            present = words(polib.pofile(str(CATALOGUE)))
            now = words(polib.pofile(str(fresh)))
            found += [f"not in the catalogue: {msgid!r}" for _, msgid in sorted(now - present, key=str)]
            found += [f"left over in the catalogue: {msgid!r}" for _, msgid in sorted(present - now, key=str)]
    for fault in found:
        print(fault, file=sys.stderr)  # noqa: T201 a command speaks to the terminal
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
