"""Say what to install when papers could not be printed."""

import shutil
import subprocess
from ctypes.util import find_library

from django.core.checks import Warning as Advice
from django.core.checks import register


@register()
def printing(app_configs, **_kwargs) -> list[Advice]:
    """Pango and a serif with every Vietnamese letter: without them WeasyPrint stops the worker or patches letters."""
    found = []
    if not (find_library("pango-1.0") or find_library("pango-1.0-0")):
        found.append(
            Advice(
                "Pango is missing: no PDF can be made.",
                hint="apt-get install libpango-1.0-0 libpangoft2-1.0-0",
            )
        )
    if not _has_tinos():
        found.append(
            Advice(
                "The typeface Tinos is missing: Vietnamese letters in PDF would be patched from others.",
                hint="apt-get install fonts-croscore",
            )
        )
    return found


def _has_tinos() -> bool:
    lister = shutil.which("fc-list")
    if not lister:
        return False
    return bool(subprocess.run([lister, "Tinos"], capture_output=True, check=False).stdout.strip())  # noqa: S603
