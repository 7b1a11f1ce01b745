"""Acts on a congress, the papers it rests on, its movements, and the catalogue of awards."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from congress import rules
from congress.actions.moves import follow_event
from congress.actions.rows import add_row, edit_row
from congress.models import (
    AwardType,
    Congress,
    DateMove,
    LegalBasis,
    Movement,
)
from core import audit, versions
from core.locks import lock
from core.models import User
from core.refusal import refuse_if


@transaction.atomic
def add_congress(*, actor: User | None, **fields: Any) -> Congress:
    """Set up an edition."""
    congress = Congress(**fields)
    add_row(actor=actor, row=congress, verb="congress.added")
    return congress


@transaction.atomic
def edit_congress(
    *,
    actor: User | None,
    congress: Congress,
    version: int,
    reason: str = "",
    document: str = "",
    **fields: Any,
) -> Congress:
    """Change the facts of an edition. Raises Stale when somebody has changed them since `version` was read.

    When its day changes, the move is kept with `reason` and `document`, and what follows the congress follows it.
    """
    current = lock(Congress, congress.pk)
    refuse_if(rules.why_not_keep_plan(actor))
    versions.check(current, version, fields)
    day = current.held_on
    changes = versions.apply(current, fields)
    if changes:
        current.full_clean()
        versions.save(current, [*fields])
        audit.record(actor, "congress.changed", current, changes=changes, reason=reason)
    if current.held_on != day:
        move = DateMove.objects.create(
            congress=current,
            old_until=day,
            new_until=current.held_on,
            reason=reason or (_("The day was moved.") if day else _("The day was set.")),
            document=document,
            actor=actor,
        )
        follow_event(actor=actor, event=current, reason=reason, document=document, because_of=move)
    return current


@transaction.atomic
def add_legal_basis(*, actor: User | None, congress: Congress, **fields: Any) -> LegalBasis:
    """Add a paper that the congress rests on."""
    basis = LegalBasis(congress=congress, **fields)
    add_row(actor=actor, row=basis, verb="legal_basis.added")
    return basis


@transaction.atomic
def edit_legal_basis(*, actor: User | None, basis: LegalBasis, **fields: Any) -> LegalBasis:
    """Change a paper that the congress rests on."""
    current = edit_row(actor=actor, row=basis, fields=fields, verb="legal_basis.changed")
    assert isinstance(current, LegalBasis)  # noqa: S101 for the type checker
    return current


@transaction.atomic
def add_movement(*, actor: User | None, congress: Congress, **fields: Any) -> Movement:
    """Add an emulation movement."""
    movement = Movement(congress=congress, **fields)
    add_row(actor=actor, row=movement, verb="movement.added")
    return movement


@transaction.atomic
def edit_movement(*, actor: User | None, movement: Movement, **fields: Any) -> Movement:
    """Change an emulation movement."""
    current = edit_row(actor=actor, row=movement, fields=fields, verb="movement.changed")
    assert isinstance(current, Movement)  # noqa: S101 for the type checker
    return current


@transaction.atomic
def add_award(*, actor: User | None, **fields: Any) -> AwardType:
    """Add an award to the catalogue."""
    award = AwardType(**fields)
    add_row(actor=actor, row=award, verb="award.added")
    return award


@transaction.atomic
def edit_award(*, actor: User | None, award: AwardType, **fields: Any) -> AwardType:
    """Change an award of the catalogue: its names, rank or the dates it is given between."""
    current = edit_row(actor=actor, row=award, fields=fields, verb="award.changed")
    assert isinstance(current, AwardType)  # noqa: S101 for the type checker
    return current
