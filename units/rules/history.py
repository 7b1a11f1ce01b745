"""Why a unit cannot be renamed, moved, counted, merged or dissolved."""

from datetime import date

from django.utils.translation import gettext as _

from core import clock
from core.models import User
from core.refusal import Denial
from core.vietnamese import short_date
from units.hats import hats
from units.models import Block, Unit
from units.rules.units import of_the_department, why_not_edit_unit


def why_not_change(actor: User | None, unit: Unit) -> str | None:
    """Why nothing can become of a unit on any day: it is not the actor's to keep, or is no more."""
    if reason := why_not_edit_unit(actor):
        return reason
    if not unit.is_active:
        return _("%(unit)s is no longer at work: what was, stays as it was.") % {"unit": unit}
    return None


def why_not_yet(day: date) -> str | None:
    """Acts take effect on a day that has come."""
    if day > clock.today():
        return _("%(day)s lies in the future: enter the change when it has taken effect.") % {"day": short_date(day)}
    return None


def _why_not_after(unit: Unit, since: date | None, day: date) -> str | None:
    """What is known already is not written over: the next stretch begins after the last one has."""
    if reason := why_not_yet(day):
        return reason
    if since and day <= since:
        return _("The last change of %(unit)s took effect on %(day)s: this one can only do so later.") % {
            "unit": unit,
            "day": short_date(since),
        }
    return None


def why_not_rename(actor: User | None, unit: Unit, day: date) -> str | None:
    """Why a unit cannot take a new name on a day."""
    if reason := why_not_change(actor, unit):
        return reason
    last = unit.names.last()
    return _why_not_after(unit, last.starts if last else None, day)


def why_not_move(actor: User | None, unit: Unit, block: Block, day: date) -> str | None:
    """Why a unit cannot move to a block on a day."""
    if reason := why_not_change(actor, unit):
        return reason
    if unit.block_id == block.pk:
        return _("%(unit)s is in this block already: choose another one.") % {"unit": unit}
    last = unit.blocks.last()
    return _why_not_after(unit, last.starts if last else None, day)


def why_not_dissolve(actor: User | None, unit: Unit, day: date) -> str | None:
    """Why a unit cannot end on a day."""
    if reason := why_not_change(actor, unit):
        return reason
    rows = [row for row in (unit.names.last(), unit.blocks.last()) if row]
    return _why_not_after(unit, max((row.starts for row in rows if row.starts), default=None), day)


def why_not_merge(actor: User | None, units: list[Unit], into: Unit, day: date) -> str | None:
    """Why units cannot be merged into another on a day."""
    if reason := why_not_change(actor, into):
        return reason
    if not units:
        return _("A unit is merged into another one: choose which.")
    reasons = (why_not_dissolve(actor, unit, day) for unit in units)
    return next((reason for reason in reasons if reason), None)


def why_not_count(actor: User | None, unit: Unit) -> str | None:
    """Headcounts are entered by the Department and by those who act for the unit itself (dossier 8, story 4)."""
    if of_the_department(actor) or (actor and unit.pk in hats(actor).unit_ids):
        return None
    return Denial(_("The headcount of a unit is entered by its own head or clerk, or by the Department."))
