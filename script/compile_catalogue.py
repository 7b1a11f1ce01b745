"""Compile the translations (.po → .mo) without the system's gettext."""

from pathlib import Path

import polib

for po in Path(__file__).parent.parent.glob("locale/*/LC_MESSAGES/*.po"):
    polib.pofile(str(po)).save_as_mofile(str(po.with_suffix(".mo")))
