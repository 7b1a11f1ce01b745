"""Why a unit may not ask for one more seat, and why the Department cannot give it.

`actor` None is the portal itself, at work in a command on its own server: it may do what the Department may.
"""

from django.utils.translation import gettext as _

from core.models import User
from core.refusal import Denial
from core.vietnamese import count
from delegates.models import Delegate, SeatRequest
from delegates.rules.allocation import why_not_next
from delegates.rules.people import _of_the_department, why_not_edit, why_not_sit
from units.hats import hats


def why_not_see_requests(actor: User | None) -> str | None:
    """The waiting list is the Department's: a unit sees what it asked for on its own page."""
    if not _of_the_department(actor):
        return Denial(_("The waiting list is read by the Department; what your unit asked for stands on its page."))
    return None


def why_not_ask(actor: User | None, delegate: Delegate) -> str | None:
    """Why one more seat cannot be asked for. A settled list does not forbid it: the Department decides."""
    if actor is None or delegate.unit_id not in hats(actor).unit_ids:
        return Denial(
            _("One more seat is asked for by the unit itself; the Department gives seats in the seats table.")
        )
    if reason := why_not_edit(actor, delegate):
        return reason
    if reason := why_not_next(delegate):
        return reason
    if why_not_sit(delegate.congress, delegate.unit, delegate.category) is None:
        return _("A seat is free for “%(category)s”: call %(name)s to it.") % {
            "category": delegate.category,
            "name": delegate,
        }
    if SeatRequest.objects.waiting().filter(delegate=delegate).exists():
        return _("One more seat for %(name)s was asked for already: the Department has not answered yet.") % {
            "name": delegate
        }
    return None


def why_not_take_back(actor: User | None, request: SeatRequest) -> str | None:
    """A request is taken back by the unit that made it, until it is answered."""
    if actor is None or request.delegate.unit_id not in hats(actor).unit_ids:
        return Denial(_("A request is taken back by the unit that made it."))
    return _why_answered(request)


def _why_answered(request: SeatRequest) -> str | None:
    if request.is_waiting:
        return None
    if request.state == SeatRequest.State.WAITING:
        return _("%(name)s is no longer on the reserve list: nothing is asked for any more.") % {
            "name": request.delegate
        }
    return _("This request was answered already: %(state)s.") % {"state": request.get_state_display().lower()}


def why_not_decline(actor: User | None, request: SeatRequest) -> str | None:
    """A request is declined by the Department, with a reason."""
    if not _of_the_department(actor):
        return Denial(_("Requests for seats are answered by the Department."))
    return _why_answered(request)


def why_not_give(actor: User | None, request: SeatRequest, *, left: int) -> str | None:
    """Why the seat cannot be given, with so many `left` of the congress's size. Counts: ask it behind the locks."""
    if reason := why_not_decline(actor, request):
        return reason
    delegate = request.delegate
    if reason := why_not_edit(actor, delegate) or why_not_next(delegate):
        return reason
    if delegate.category.counted and left < 1:
        return _(
            "All %(target)s seats of the congress are given out: transfer a seat that another unit does not use, "
            "or raise the number of delegates."
        ) % {"target": count(delegate.congress.delegates_target)}
    return None
