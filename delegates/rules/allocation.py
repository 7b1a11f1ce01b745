"""Why somebody may not allocate, approve, issue, transfer, or move people between seats and reserve lists.

`actor` None is the portal itself, at work in a command on its own server: it may do what the Department may.
"""

from django.utils.translation import gettext as _

from congress.models import Congress
from core import clock
from core.models import User
from core.refusal import Denial
from core.vietnamese import count
from delegates.apportionment import CannotApportion
from delegates.models import Allocation, Category, Delegate, Quota
from delegates.rules.people import (
    NoSeat,
    _of_the_department,
    why_not_change_list,
    why_not_edit,
    why_not_sit,
)
from delegates.rules.settled import why_not_add
from units.hats import hats
from units.models import Unit

State = Allocation.State


def why_not_allocate(actor: User | None) -> str | None:
    """Versions are drafted and seats transferred by the Department."""
    if not _of_the_department(actor):
        return Denial(_("Seats are allocated by the Department: ask it when your unit needs more."))
    return None


def why_not_approve(actor: User | None, allocation: Allocation) -> str | None:
    """Why a version cannot be approved: that is the head of the Department's."""
    if reason := why_not_allocate(actor):
        return reason
    if actor is not None and not hats(actor).department_head:
        return Denial(_("Versions of the allocation are approved by the head of the Department."))
    return _why_no_draft(allocation) or _why_lost(allocation)


def _why_no_draft(allocation: Allocation) -> str | None:
    if allocation.state == State.DROPPED:
        return _("%(version)s was discarded: make another one from it.") % {"version": allocation}
    if allocation.state != State.DRAFT:
        return _("%(version)s has been approved already.") % {"version": allocation}
    return None


def why_not_discard(actor: User | None, allocation: Allocation) -> str | None:
    """Why a version cannot be discarded: only drafts can, what was approved or issued stays on record."""
    return why_not_allocate(actor) or _why_no_draft(allocation)


def why_not_issue(actor: User | None, allocation: Allocation) -> str | None:
    """Why a version cannot be issued: it is approved first, and once."""
    if reason := why_not_allocate(actor):
        return reason
    if allocation.state == State.DRAFT:
        return _("The head of the Department approves %(version)s first.") % {"version": allocation}
    if allocation.state == State.DROPPED:
        return _why_no_draft(allocation)
    if allocation.state != State.APPROVED:
        return _("%(version)s has been issued already.") % {"version": allocation}
    return _why_lost(allocation)


def _why_lost(allocation: Allocation) -> str | None:
    """Whether seats of a version would go to a unit that is no more, and that nobody has taken the place of."""
    closed = Unit.objects.filter(is_active=False, pk__in=allocation.cells.filter(seats__gt=0).values("unit"))
    for unit in closed.select_related("merged_into"):
        if not unit.as_of(clock.today()).is_active:
            return _(
                "%(version)s gives seats to %(unit)s, which is no longer at work: "
                "make another version with the same numbers."
            ) % {"version": allocation, "unit": unit}
    return None


def why_not_hold(target: int, total: int) -> str | None:
    """The seats given out and kept back are the congress's size, no more and no fewer (dossier 4.11-2)."""
    if total == target:
        return None
    return _("The seats add up to %(total)s and the congress has %(target)s.") % {"total": total, "target": target}


def why_cannot_apportion(fault: CannotApportion, pool: int) -> str:
    """A plan that cannot be met, in words."""
    words = {"pool": pool, "number": fault.number}
    if pool < 0:
        return _(
            "The fixed seats and those kept back are %(more)s more than the congress has: "
            "take some of them away, or raise the number of all seats."
        ) % {"more": -pool}
    if fault.reason == CannotApportion.FLOORS:
        return _("The least for each unit makes %(number)s seats, and %(pool)s are to be shared out: lower it.") % words
    if fault.reason == CannotApportion.CEILINGS:
        return _("With the most for each unit %(number)s of %(pool)s seats can be shared out: raise it.") % words
    return _("No unit has a number to share out %(pool)s seats by: choose another weight, or write numbers.") % words


# ---- Transfers ----


def why_not_transfer(source: Unit | None, target: Unit | None, category: Category) -> str | None:
    """Why seats of a category cannot go from one to the other at all."""
    if source == target:
        return _("Choose two different units: seats go from one to the other.")
    if target is not None and not target.is_active:
        return _("%(unit)s is no longer at work and cannot be given seats.") % {"unit": target}
    if target is not None and not category.by_unit:
        return _("“%(category)s” is registered by the Department among the Ministry's own seats.") % {
            "category": category
        }
    return None


def why_not_so_many(quota: Quota | None, free: int, seats: int) -> str | None:
    """Only unused seats are given away. Counts: ask it behind the quota's lock."""
    if quota is not None and seats <= free:
        return None
    return _("%(free)s seats are unused there: seats with people on them are not transferred.") % {"free": count(free)}


# ---- The reserve list ----


def why_not_order(actor: User | None, congress: Congress, unit: Unit | None) -> str | None:
    """Why the order of priority cannot be changed: a unit's own, until registration ends, and the Department's."""
    return why_not_change_list(actor, congress, unit)


def why_not_reserve(actor: User | None, congress: Congress, unit: Unit | None, category: Category) -> str | None:
    """Why nobody can be put on a reserve list: that is for a category in which all seats are taken."""
    if reason := why_not_change_list(actor, congress, unit):
        return reason
    if not congress.quotas.filter(unit=unit, category=category).exists():
        words = _("%(unit)s has no seats for “%(category)s”: choose another category, or ask the Department.")
        return NoSeat(words % {"unit": unit or _("The Ministry"), "category": category})
    if why_not_sit(congress, unit, category) is None:
        return _("A seat is free for “%(category)s”: register on it.") % {"category": category}
    return None


def why_not_promote(actor: User | None, delegate: Delegate) -> str | None:
    """Why somebody cannot come from the reserve list to a seat. Counts: ask it behind the quota's lock."""
    added = (delegate.congress, delegate.unit_id, delegate.category)
    reason = why_not_edit(actor, delegate) or why_not_add(actor, *added) or why_not_next(delegate)
    return reason or why_not_sit(delegate.congress, delegate.unit, delegate.category)


def why_not_next(delegate: Delegate) -> str | None:
    """Why the next seat of a reserve list is not somebody's."""
    if delegate.state != Delegate.State.RESERVE:
        return _("%(name)s is not on the reserve list.") % {"name": delegate}
    people = Delegate.objects.filter(congress=delegate.congress, unit=delegate.unit, category=delegate.category)
    first = people.reserves().first()
    if first and first.pk != delegate.pk:
        return _("%(first)s comes first on the reserve list: change the order of priority before this.") % {
            "first": first
        }
    return None
