"""Categories, seats and delegates of a congress."""

from delegates.models.composition import CompositionCopy, CompositionTarget, TallyMark, UnitTally
from delegates.models.people import (
    Category,
    Delegate,
    DelegateQuerySet,
    EthnicGroup,
    Quota,
    QuotaQuerySet,
    acted_for_by,
)

__all__ = [
    "Category",
    "CompositionCopy",
    "CompositionTarget",
    "Delegate",
    "DelegateQuerySet",
    "EthnicGroup",
    "Quota",
    "QuotaQuerySet",
    "TallyMark",
    "UnitTally",
    "acted_for_by",
]
