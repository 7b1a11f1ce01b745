"""Categories, seats and delegates of a congress."""

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
    "Delegate",
    "DelegateQuerySet",
    "EthnicGroup",
    "Quota",
    "QuotaQuerySet",
    "acted_for_by",
]
