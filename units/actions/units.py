"""Acts on units and blocks as they are at present."""

from typing import Any

from django.db import transaction

from core import audit, versions
from core.locks import lock
from core.models import User
from core.refusal import refuse_if
from units import rules
from units.models import Block, Unit
from units.models.history import begin, mend


@transaction.atomic
def add_block(*, actor: User | None, **fields: Any) -> Block:
    """Add an emulation block. Raises ValidationError for values that do not stand up."""
    refuse_if(rules.why_not_edit_unit(actor))
    block = Block(**fields)
    block.full_clean()
    block.save()
    audit.record(actor, "block.added", block)
    return block


@transaction.atomic
def edit_block(*, actor: User | None, block: Block, **fields: Any) -> Block:
    """Change a block's names, code or place in the order."""
    current = lock(Block, block.pk)
    refuse_if(rules.why_not_edit_unit(actor))
    changes = versions.apply(current, fields)
    if changes:
        current.full_clean()
        current.save()
        audit.record(actor, "block.changed", current, changes=changes)
    return current


@transaction.atomic
def add_unit(*, actor: User | None, **fields: Any) -> Unit:
    """Add a unit. Raises ValidationError for values that do not stand up."""
    refuse_if(rules.why_not_edit_unit(actor))
    unit = Unit(**fields)
    unit.full_clean()
    unit.save()
    begin(unit)
    audit.record(actor, "unit.added", unit)
    return unit


@transaction.atomic
def edit_unit(*, actor: User | None, unit: Unit, version: int, **fields: Any) -> Unit:
    """Mend what is known of a unit: a mistake was never true, so the last rows of its history are mended along.

    A change that took effect on a day is `rename`, `move_to_block` or `record_headcount`. Raises Stale when somebody
    has changed the unit since `version` was read.
    """
    current = lock(Unit, unit.pk)
    refuse_if(rules.why_not_edit_unit(actor))
    versions.check(current, version, fields)
    changes = versions.apply(current, fields)
    if changes:
        current.full_clean()
        versions.save(current, [*fields])
        mend(current, fields)
        audit.record(actor, "unit.changed", current, changes=changes)
    return current


@transaction.atomic
def mark_certain(*, actor: User | None, unit: Unit) -> Unit:
    """Say that the unit's name and block are certain now (Đã xác nhận)."""
    current = lock(Unit, unit.pk)
    refuse_if(rules.why_not_confirm(actor, current))
    changes = versions.apply(current, {"confidence": Unit.Confidence.HIGH})
    versions.save(current, ["confidence"])
    audit.record(actor, "unit.confirmed", current, changes=changes)
    return current
