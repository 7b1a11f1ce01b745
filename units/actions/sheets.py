"""A workbook of units and headcounts, taken as a whole or not at all."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from core.models import User
from core.refusal import refuse_if
from units import changes as followers
from units import rules
from units.actions.history import move_to_block, record_headcount, rename
from units.actions.units import add_unit, edit_unit
from units.imports.comparison import Step
from units.models import Block, Unit
from units.models.history import hold_units


class Meanwhile(Exception):
    """Units that somebody has changed, or added, since the workbook was compared; nothing was taken."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = list(codes)


@transaction.atomic
def take_steps(*, actor: User | None, steps: Sequence[Step]) -> None:
    """Do what a workbook says, all of it: units added, mended, renamed, moved, counted.

    Raises `Meanwhile` when a unit is not at the version that it was compared at, `ValidationError` and `Refused`
    where a value does not stand up.
    """
    refuse_if(rules.why_not_edit_unit(actor))
    units = {unit.code: unit for unit in hold_units(list(Unit.objects.filter(code__in=[step.code for step in steps])))}
    days = [date.fromisoformat(step.day) for step in steps if step.day and step.block]
    if days:
        followers.hold(list(units.values()), min(days))
    stale = [step.code for step in steps if (units[step.code].version if step.code in units else 0) != step.version]
    if stale:
        raise Meanwhile(stale)
    blocks = {block.code: block for block in Block.objects.all()}
    last = Unit.objects.order_by("-order").values_list("order", flat=True).first() or 0
    for step in steps:
        unit = units.get(step.code)
        if unit is None:
            last += 1
            unit = add_unit(actor=actor, code=step.code, block=blocks[step.block], order=last, **step.edit)
        else:
            _change(actor, unit, step, blocks)
        if step.count:
            taken = {**step.count, "taken_on": date.fromisoformat(step.count["taken_on"])}
            record_headcount(actor=actor, unit=unit, **taken)


def _change(actor: User | None, unit: Unit, step: Step, blocks: dict[str, Block]) -> None:
    """Each act counts one edit: the next reads the version that the last one left."""

    def version() -> int:
        return Unit.objects.values_list("version", flat=True).get(pk=unit.pk)

    if step.edit:
        edit_unit(actor=actor, unit=unit, version=version(), **step.edit)
    if not step.day:
        return
    day, document = date.fromisoformat(step.day), step.document
    if step.rename:
        rename(actor=actor, unit=unit, version=version(), day=day, document=document, **step.rename)
    if step.block:
        block = blocks[step.block]
        move_to_block(actor=actor, unit=unit, version=version(), day=day, document=document, block=block)
