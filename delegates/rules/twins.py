"""Why two entries cannot be told apart or become one."""

from django.utils.translation import gettext as _

from core.models import User
from core.refusal import Denial
from delegates.models import Delegate, KeptApart
from delegates.rules.people import _of_the_department


def why_not_decide_on_twins(actor: User | None) -> str | None:
    """Whether two entries are one person's is decided by the Department: it alone sees all units."""
    if not _of_the_department(actor):
        return Denial(_("Whether two entries are the same person's is decided by the Department."))
    return None


def _why_not_two(first: Delegate, second: Delegate) -> str | None:
    if first.pk == second.pk or first.congress_id != second.congress_id:
        return _("Two entries of one congress are compared.")
    for one, other in ((first, second), (second, first)):
        if one.merged_into_id == other.pk:
            return _("These two entries are merged already: %(name)s is on the list once.") % {"name": other}
    for one in (first, second):
        if one.state == Delegate.State.WITHDRAWN:
            return _("%(name)s was withdrawn meanwhile: nothing is left to decide.") % {"name": one}
    return None


def why_not_keep_apart(actor: User | None, first: Delegate, second: Delegate) -> str | None:
    """Why two entries cannot be told apart."""
    if reason := why_not_decide_on_twins(actor) or _why_not_two(first, second):
        return reason
    if _told_apart(first, second):
        return _("These two were told apart already.")
    return None


def why_not_merge(actor: User | None, stays: Delegate, goes: Delegate) -> str | None:
    """Why the second entry cannot become a part of the first; confirmed ones may be merged."""
    if reason := why_not_decide_on_twins(actor) or _why_not_two(stays, goes):
        return reason
    if _told_apart(stays, goes):
        return _("These two were told apart. Take that decision back first.")
    return None


def _told_apart(first: Delegate, second: Delegate) -> bool:
    low, high = sorted((first.pk, second.pk))
    return KeptApart.objects.filter(first=low, second=high).exists()
