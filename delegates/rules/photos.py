"""Why the photo of a delegate cannot be set or taken away."""

from django.utils.translation import gettext as _

from core import clock
from core.models import User
from core.vietnamese import short_date
from delegates.models import Delegate
from delegates.rules.people import deadline_for, why_not_act_for
from delegates.rules.replacements import replacements_end


def why_not_set_photo(actor: User | None, delegate: Delegate) -> str | None:
    """Why a delegate's photo cannot be set. A confirmed entry takes one too: a photo does not change who comes.

    A unit sets it as long as it may register or replace: after that badges are made.
    """
    if reason := why_not_act_for(actor, delegate.unit):
        return reason
    if delegate.state == Delegate.State.WITHDRAWN:
        return _("%(name)s was withdrawn: no badge is printed for them.") % {"name": delegate}
    registration = deadline_for(actor, delegate.congress, delegate.unit_id)
    replacing = replacements_end(actor, delegate.congress, delegate.unit_id)
    if not (registration and replacing):
        return None
    if not (registration.refuses(clock.arrived()) and replacing.refuses(clock.arrived())):
        return None
    words = _("Units set photos until %(day)s: send the photo to the Department, which can still set it.")
    return words % {"day": short_date(max(registration.day, replacing.day))}


def why_not_remove_photo(actor: User | None, delegate: Delegate) -> str | None:
    """Why a delegate's photo cannot be taken away; of those who act for the delegate nobody is ever kept from it."""
    if reason := why_not_act_for(actor, delegate.unit):
        return reason
    return None if delegate.photo_id else _("There is no photo of %(name)s.") % {"name": delegate}
