"""How two entries of one person become one: field by field, without a database."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from core.versions import words
from delegates.models import Delegate

BLANK = (None, "")


@dataclass(frozen=True)
class Line:
    """A field of somebody who was registered twice: what the entry that stays says, and what the other one says."""

    name: str
    label: str
    stays: str
    goes: str
    mine: Any
    theirs: Any

    @property
    def is_choice(self) -> bool:
        """Whether both say something, and not the same."""
        return self.mine not in BLANK and self.theirs not in BLANK and self.mine != self.theirs

    @property
    def is_filled(self) -> bool:
        """Whether the other entry knows what this one does not."""
        return self.mine in BLANK and self.theirs not in BLANK


def lines(stays: Delegate, goes: Delegate) -> list[Line]:
    """Every field of the person; where somebody comes from belongs to the seat that they keep."""
    return list(_lines(stays, goes))


def _lines(stays: Delegate, goes: Delegate) -> Iterator[Line]:
    for name in Delegate.PERSON:
        if name != "organisation":
            field: Any = Delegate._meta.get_field(name)
            mine, theirs = getattr(stays, name), getattr(goes, name)
            yield Line(name, str(field.verbose_name), words(field, mine), words(field, theirs), mine, theirs)


def merged_person(stays: Delegate, goes: Delegate, taken: Collection[str]) -> dict[str, Any]:
    """What changes in the entry that stays: the fields `taken` from the other one, and those that it alone knows."""
    names = [line.name for line in lines(stays, goes) if line.is_filled or (line.is_choice and line.name in taken)]
    return {name: getattr(goes, name) for name in names}
