"""Units, emulation blocks and offices: who acts for whom, since when; and what the units were before."""

from units.models.handovers import Handover
from units.models.history import Headcount, UnitBlock, UnitName
from units.models.offices import BlockOffice, Office, Term, TermQuerySet
from units.models.units import Block, Unit, UnitQuerySet

__all__ = [
    "Block",
    "BlockOffice",
    "Handover",
    "Headcount",
    "Office",
    "Term",
    "TermQuerySet",
    "Unit",
    "UnitBlock",
    "UnitName",
    "UnitQuerySet",
]
