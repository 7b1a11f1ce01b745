"""Who reads the make-up and how complete entries are, who sets targets, keeps copies and reminds; who opens names."""

from django.utils.translation import gettext as _

from core.models import User
from core.refusal import Denial
from units.hats import hats
from units.models import Unit


def why_not_see_composition(user: User) -> str | None:
    """The make-up is read by the Department, by a unit of its own people, by a block's head of the block."""
    mine = hats(user)
    if mine.department or mine.unit_ids:
        return None
    return Denial(_("The make-up is read by the Department, and by each unit and block of its own people."))


def why_not_see_names(user: User) -> str | None:
    """From a number of the whole make-up down to the names."""
    return None if hats(user).department else Denial(_("Names behind the numbers are read by the Department."))


def why_not_keep_composition(actor: User | None) -> str | None:
    """Targets and copies are the Department's, and so is the paper with everything."""
    if actor is None or hats(actor).department:
        return None
    return Denial(_("Targets and copies of the make-up are kept by the Department."))


def why_not_see_completeness(user: User) -> str | None:
    """What is missing in all units is the Department's to see; a unit has a page of its own."""
    if hats(user).department:
        return None
    return Denial(_("What all units still have to enter is read by the Department; your unit has a page of its own."))


def why_not_see_what_is_missing(user: User, unit: Unit | None) -> str | None:
    """Who lacks what: for the Department, and for the unit of these people."""
    mine = hats(user)
    if mine.department or (unit is not None and unit.pk in mine.unit_ids):
        return None
    return Denial(_("What is missing is read by the Department and by the unit of these delegates."))


def why_not_set_needed(actor: User | None) -> str | None:
    """What has to be known of a category's delegates is said by the Department."""
    if actor is None or hats(actor).department:
        return None
    return Denial(_("What has to be entered is said by the Department."))


def why_not_remind(actor: User | None) -> str | None:
    """Units are reminded by the Department."""
    if actor is None or hats(actor).department:
        return None
    return Denial(_("Units are reminded by the Department."))
