"""Front-end files that are not checked in: a whitelist out of node_modules, and two that are put together.

`vendor/…` are single files of npm packages. `css/portal.css` is the portal's own style sheets in the order of their
layers and `icons.svg` the sprite of the icons that pages use: one request each, and no build step.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage

FONT = "@fontsource/be-vietnam-pro/files/be-vietnam-pro"
VENDOR = {
    "bootstrap.css": "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap.min.css.map": "bootstrap/dist/css/bootstrap.min.css.map",  # the style sheet names it
    **{
        f"be-vietnam-pro-{letters}-{weight}.woff2": f"{FONT}-{letters}-{weight}-normal.woff2"
        for letters in ("latin", "vietnamese")
        for weight in (400, 600)
    },
}
ICONS = """arrow-counterclockwise arrow-down arrow-return-left arrow-up award bell box-arrow-right calendar3 check-lg
chevron-down chevron-left chevron-right clock clock-history collection diagram-3 download envelope
exclamation-triangle eye-slash file-earmark-excel file-earmark-pdf file-earmark-text file-earmark-word funnel globe
files hourglass-split house-door info-circle key list list-check lock pause-circle pencil people person plus-lg printer
question-circle search shield-check shield-lock
star-fill telephone x-lg""".split()


def style_sheets() -> list[Path]:
    """The portal's own style sheets in the order of their layers."""
    folder = settings.BASE_DIR / "static/css"
    names = ["tokens.css", "base.css", "layout.css"]
    return [
        *(folder / name for name in names),
        *sorted((folder / "components").glob("*.css")),
        folder / "print.css",
    ]


def bundle() -> bytes:
    """`css/portal.css`."""
    return b"\n".join(path.read_bytes() for path in style_sheets())


def sprite() -> bytes:
    """`icons.svg`: every icon of the list as a symbol."""
    symbols = []
    for name in ICONS:
        svg = (settings.NODE_MODULES / f"bootstrap-icons/icons/{name}.svg").read_text()
        inside = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
        assert inside, name  # noqa: S101 an icon of the package is an svg
        symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16">{inside[1].strip()}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'.encode()


class MadeStorage(FileSystemStorage):
    """Files that are made when asked for; what is on the disk lies in `var/made`."""

    def __init__(self, makers: dict[str, Callable[[], bytes]]) -> None:
        super().__init__(location=settings.VAR_DIR / "made")
        self.makers = makers

    def path(self, name: str) -> str:
        path = Path(super().path(name))
        made = self.makers[name]()
        if not path.exists() or path.read_bytes() != made:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made)
        return str(path)

    def open(self, name: str, mode: str = "rb") -> File:
        return ContentFile(self.makers[name](), name=name)


class _ListedFinder(BaseFinder):
    """Finds the files of one storage by an explicit list."""

    storage: FileSystemStorage

    def check(self, **kwargs) -> list:
        return []

    def paths(self) -> list[str]:
        raise NotImplementedError

    def find(self, path: str, find_all: bool = False, **_kwargs):
        found = self.storage.path(path) if path in self.paths() else None
        return ([found] if found else []) if find_all else (found or [])

    def list(self, ignore_patterns) -> Iterator[tuple[str, FileSystemStorage]]:
        for path in self.paths():
            yield path, self.storage


class VendorStorage(FileSystemStorage):
    """`vendor/<name>` stands for a file deep in node_modules."""

    def path(self, name: str) -> str:
        return str(settings.NODE_MODULES / VENDOR[name.removeprefix("vendor/")])


class VendorFinder(_ListedFinder):
    """The whitelist out of node_modules."""

    storage = VendorStorage()

    def paths(self) -> list[str]:
        return [f"vendor/{name}" for name in VENDOR]


class BundleFinder(_ListedFinder):
    """The style sheets as one file, and the icons as one."""

    storage = MadeStorage({"css/portal.css": bundle, "icons.svg": sprite})

    def paths(self) -> list[str]:
        return list(self.storage.makers)
