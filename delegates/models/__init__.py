"""Categories, seats and delegates of a congress."""

from delegates.models.allocation import Allocation, AllocationCell, AllocationLine, SeatTransfer
from delegates.models.awards import DelegateAward
from delegates.models.composition import CompositionCopy, CompositionTarget, TallyMark, UnitTally
from delegates.models.drafts import RegistrationDraft, RegistrationDraftQuerySet
from delegates.models.imports import ColumnMemory, SentList, SentListQuerySet
from delegates.models.people import (
    Category,
    Delegate,
    DelegateQuerySet,
    EthnicGroup,
    Quota,
    QuotaQuerySet,
    acted_for_by,
)
from delegates.models.replacements import Replacement, ReplacementQuerySet
from delegates.models.requests import SeatRequest, SeatRequestQuerySet
from delegates.models.settled import SettledList, SettledListQuerySet
from delegates.models.twins import KeptApart

__all__ = [
    "Allocation",
    "AllocationCell",
    "AllocationLine",
    "Category",
    "ColumnMemory",
    "CompositionCopy",
    "CompositionTarget",
    "Delegate",
    "DelegateAward",
    "DelegateQuerySet",
    "EthnicGroup",
    "KeptApart",
    "Quota",
    "QuotaQuerySet",
    "RegistrationDraft",
    "RegistrationDraftQuerySet",
    "Replacement",
    "ReplacementQuerySet",
    "SeatRequest",
    "SeatRequestQuerySet",
    "SeatTransfer",
    "SentList",
    "SentListQuerySet",
    "SettledList",
    "SettledListQuerySet",
    "TallyMark",
    "UnitTally",
    "acted_for_by",
]
