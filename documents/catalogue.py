"""Which papers there are: each room registers its own, and the pages of `documents` offer them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from core.models import User
from documents import excel, pdf, word
from documents.description import Document

Params = Mapping[str, Any]  # a QueryDict: the address of the list that is exported


@dataclass(frozen=True)
class Format:
    """A kind of file."""

    key: str
    label: str
    icon: str
    content_type: str
    write: Callable[[Document], bytes]


OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    made.key: made
    for made in (
        Format("xlsx", "Excel", "file-earmark-excel", f"{OFFICE}.spreadsheetml.sheet", excel.write),
        Format("docx", "Word", "file-earmark-word", f"{OFFICE}.wordprocessingml.document", word.write),
        Format("pdf", "PDF", "file-earmark-pdf", "application/pdf", pdf.write),
    )
}


@dataclass(frozen=True)
class Export:
    """A paper that can be taken out.

    `build(user, edition, params)` makes its description from what the user may see; `edition` is the address's word
    for the congress. `why_not(user, edition)` is a rule.
    """

    key: str
    title: str | Promise
    build: Callable[[User, str, Params], Document]
    why_not: Callable[[User, str], str | None]
    filename: str  # in letters that every system knows
    sensitive: bool = False
    about: bool = False  # a paper about one thing: taken from that thing's page, and not among the congress's papers


_exports: dict[str, Export] = {}


def register(export: Export) -> None:
    """Offer a paper. Two papers under one key raise ValueError."""
    if export.key in _exports:
        raise ValueError(f"There is a paper {export.key} already.")
    _exports[export.key] = export


def find(key: str) -> Export | None:
    """The paper of this key, or None."""
    return _exports.get(key)


def open_to(user: User, edition: str) -> list[Export]:
    """The papers that this person may take, in the order they were registered."""
    return [export for export in _exports.values() if not export.about and not export.why_not(user, edition)]
