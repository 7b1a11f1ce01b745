"""Acts on hand-overs between the heads of a block."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock, versions
from core.locks import lock
from core.models import User
from core.refusal import refuse_if
from units import rules
from units.models import Block, Handover


@transaction.atomic
def write_handover(*, actor: User | None, block: Block, year: int, version: int, matters: str, day: date) -> Handover:
    """Write down what is handed over from the head of one year to the next, or mend it; version 0 for the first time.

    What one side has confirmed already, it has to confirm anew: it is another text now.
    """
    lock(Block, block.pk)  # one hand-over a year
    found = Handover.objects.filter(block=block, year=year).first()
    refuse_if(rules.why_not_write_handover(actor, block, year, found))
    fields = {"matters": matters, "day": day}
    if found is None:
        giver, taker = rules.heads_between(block, year)
        found = Handover(block=block, year=year, giver=giver, taker=taker, **fields)
        found.full_clean()
        found.save()
        audit.record(actor, "handover.written", found)
        return found
    versions.check(found, version, fields)
    told = versions.apply(found, fields)
    if told:
        found.given_by = found.given_at = found.taken_by = found.taken_at = None
        found.full_clean()
        versions.save(found, ["matters", "day", "given_by", "given_at", "taken_by", "taken_at"])
        audit.record(actor, "handover.changed", found, changes=told)
    return found


@transaction.atomic
def confirm_handover(*, actor: User | None, handover: Handover, version: int, giving: bool) -> Handover:
    """Say for one side that the hand-over was made as it is written. With both sides' word it is done."""
    current = lock(Handover, handover.pk)
    refuse_if(rules.why_not_confirm_handover(actor, current, giving=giving))
    versions.check(current, version)
    by, at = ("given_by", "given_at") if giving else ("taken_by", "taken_at")
    setattr(current, by, actor)
    setattr(current, at, clock.now())
    versions.save(current, [by, at])
    unit = current.giver if giving else current.taker
    audit.record(actor, "handover.confirmed", current, changes={_("Confirmed by"): ["", unit.name]})
    return current
