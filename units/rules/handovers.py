"""Why somebody may not write or confirm what the head of a block hands over to the next."""

from django.utils.translation import gettext as _

from core.models import User
from core.refusal import Denial
from units.hats import hats
from units.models import Block, BlockOffice, Handover, Unit
from units.rules.offices import year_of


def heads_between(block: Block, year: int) -> tuple[Unit | None, Unit | None]:
    """The head of a block at the end of the year before, and the first head of the year."""
    held = BlockOffice.objects.filter(block=block, role=BlockOffice.Role.HEAD).select_related("unit")
    before = held.meeting(*year_of(year - 1)).order_by("-starts").first()
    after = held.meeting(*year_of(year)).order_by("starts").first()
    return before.unit if before else None, after.unit if after else None


def why_not_write_handover(actor: User | None, block: Block, year: int, written: Handover | None = None) -> str | None:
    """A hand-over is written by one of the two units, or by the Department, until both have confirmed it."""
    giver, taker = (written.giver, written.taker) if written else heads_between(block, year)
    mine = hats(actor) if actor else None
    if mine and not (mine.department or mine.unit_ids & {unit.pk for unit in (giver, taker) if unit}):
        return Denial(_("A hand-over is written by the unit that leaves, the unit that comes, or the Department."))
    if giver is None or taker is None:
        return _("The heads of both years are not named yet: the Department names them first.")
    if giver == taker:
        return _("%(unit)s leads the block in both years: there is nobody to hand over to.") % {"unit": giver}
    if written and written.done:
        return _("Both sides have confirmed this hand-over: it stays as it is.")
    return None


def why_not_confirm_handover(actor: User | None, handover: Handover, *, giving: bool) -> str | None:
    """Each side is confirmed by the head of its unit, once."""
    unit = handover.giver if giving else handover.taker
    if actor is not None and unit.pk not in hats(actor).head_of:
        return Denial(_("This side is confirmed by the head of %(unit)s.") % {"unit": unit})
    if handover.given_at if giving else handover.taken_at:
        return _("This side is confirmed already.")
    return None
