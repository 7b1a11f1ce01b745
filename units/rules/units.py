"""Who keeps the catalogue of units, and why somebody may not change a unit."""

from django.utils.translation import gettext as _

from core.models import User
from core.refusal import Denial
from units.hats import hats
from units.models import Unit


def of_the_department(actor: User | None) -> bool:
    return actor is None or hats(actor).department


def heads_the_department(actor: User | None) -> bool:
    """Whether somebody heads the Department in person: an acting head has no power over its own offices."""
    if actor is None:
        return True
    mine = hats(actor)
    return mine.department_head and not mine.acting_department_head


def why_not_edit_unit(actor: User | None) -> str | None:
    """Units and blocks are the Department's catalogue."""
    if not of_the_department(actor):
        return Denial(_("The list of units is kept by the Department: call it when something here is not right."))
    return None


def why_not_confirm(actor: User | None, unit: Unit) -> str | None:
    """What is certain already need not be marked."""
    if reason := why_not_edit_unit(actor):
        return reason
    return None if unit.uncertain else _("This unit is marked as certain already.")


def may_see_details(actor: User, unit: Unit) -> bool:
    """Headcount, certainty, notes and people of a unit: for the Department and for those who act for it."""
    return hats(actor).department or unit.pk in hats(actor).unit_ids
