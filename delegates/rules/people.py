"""Why somebody may not act on seats and delegates, and how much of a delegate they may read.

`actor` None is the portal itself, at work in a command on its own server: it may do what the Department may.
"""

from enum import IntEnum

from django.utils.translation import gettext as _

from congress.deadlines import Deadline
from congress.models import Congress, Extension
from congress.rules import deadline
from core import clock
from core.models import User
from core.refusal import Denial
from core.vietnamese import count, short_date
from delegates.models import Category, Delegate, Quota
from delegates.rules.settled import why_not_add, why_not_add_anywhere, why_not_touch_list
from units.hats import hats
from units.models import Unit


def _of_the_department(actor: User | None) -> bool:
    return actor is None or hats(actor).department


# ---- Who reads what ----


class Sight(IntEnum):
    """How much of a delegate somebody may read; each step includes those below it."""

    NOTHING = 0
    BADGE = 1  # name, unit, category: the desk
    PLAIN = 2  # also year of birth, sex, position, award, state: the block's head
    FULL = 3  # everything: the Department and the delegate's own unit


def sight(user: User, delegate: Delegate) -> Sight:
    """How much of this delegate the person may read."""
    mine = hats(user)
    if mine.department or (delegate.unit_id and delegate.unit_id in mine.unit_ids):
        return Sight.FULL
    if delegate.unit and delegate.unit.block_id in mine.block_ids:
        return Sight.PLAIN
    return Sight.BADGE if mine.desk and delegate.is_seated else Sight.NOTHING


def badges_only(user: User) -> bool:
    """Whether lists show no more than a badge does: everybody at the desk, whatever else they are."""
    mine = hats(user)
    return mine.desk and not mine.department


def why_not_see_delegates(user: User) -> str | None:
    """Delegates are read by the Department, units, block heads and the desk."""
    mine = hats(user)
    if mine.department or mine.unit_ids or mine.desk:
        return None
    return Denial(_("Delegates are seen by the Department, by each unit its own, and by the check-in desk."))


def why_not_see_seats(user: User) -> str | None:
    """Seats are read by the Department, units and block heads."""
    mine = hats(user)
    if mine.department or mine.unit_ids:
        return None
    return Denial(_("Seats are seen by the Department and by each unit its own."))


def why_not_take_list(user: User) -> str | None:
    """The internal list holds personal data: for the Department, and for a unit with its own people."""
    mine = hats(user)
    if mine.department or mine.unit_ids:
        return None
    return Denial(_("The internal list is taken by the Department and by each unit for its own people."))


# ---- Catalogues and seats ----


def why_not_edit_catalogue(actor: User | None) -> str | None:
    """Categories and ethnic groups are the Department's catalogues."""
    if not _of_the_department(actor):
        return Denial(_("Categories and ethnic groups are kept by the Department."))
    return None


def why_not_change_category(category: Category) -> str | None:
    """What a category's marks may not become while seats and delegates rest on them."""
    if not category.by_unit and category.quotas.filter(unit__isnull=False, seats__gt=0).exists():
        return _("Units have seats in “%(category)s”: take these seats away first.") % {"category": category}
    if category.represents_collective and category.delegates.listed().filter(represents="").exists():
        return _("Some delegates in “%(category)s” stand for no collective yet: enter it with them first.") % {
            "category": category
        }
    return None


def why_not_set_seats(actor: User | None) -> str | None:
    """Seats are given out by the Department."""
    if not _of_the_department(actor):
        return Denial(_("Seats are given out by the Department: ask it when your unit needs more."))
    return None


def why_not_so_few(seats: int, taken: int) -> str | None:
    """A cell cannot fall below those who sit there already."""
    if seats >= taken:
        return None
    return _("%(taken)s are registered here: leave at least %(taken)s seats, or withdraw somebody first.") % {
        "taken": count(taken)
    }


# ---- Delegates ----


def why_not_act_for(actor: User | None, unit: Unit | None) -> str | None:
    """Who registers and changes whom: the Department everybody, a unit its own people."""
    if _of_the_department(actor):
        return None
    if unit is None:
        return Denial(_("The Ministry's own seats and the guests are registered by the Department."))
    if actor is not None and unit.pk not in hats(actor).unit_ids:
        return Denial(_("Delegates are registered by their own unit and by the Department."))
    return None


def deadline_for(actor: User | None, congress: Congress, unit_id: int | None) -> Deadline | None:
    """The deadline that binds somebody who acts for a unit; none binds the Department."""
    if unit_id is None or _of_the_department(actor):
        return None
    return deadline(congress, Extension.Kind.REGISTRATION, unit_id)


def _why_too_late(actor: User | None, congress: Congress, unit_id: int | None) -> str | None:
    held = deadline_for(actor, congress, unit_id)
    if held is None or not held.refuses(clock.arrived()):
        return None
    return _("Registration closed on %(day)s. Ask the Department, which can still change the list.") % {
        "day": short_date(held.day)
    }


def why_not_open_registration(actor: User | None, congress: Congress, unit: Unit | None) -> str | None:
    """Why nobody can be registered for this unit now, seats apart; without a unit: for the Ministry itself."""
    reason = why_not_now(actor, congress, unit)
    return reason or why_not_add(actor, congress, unit.pk if unit else None)


def why_not_change_list(actor: User | None, congress: Congress, unit: Unit | None) -> str | None:
    """Why a unit's list can be neither imported into nor put in another order now."""
    reason = why_not_now(actor, congress, unit)
    return reason or why_not_touch_list(actor, congress, unit.pk if unit else None)


def why_not_now(actor: User | None, congress: Congress, unit: Unit | None) -> str | None:
    """Why nobody acts for this unit now, whether its list is settled or not."""
    reason = why_not_act_for(actor, unit) or _why_too_late(actor, congress, unit.pk if unit else None)
    return reason or why_not_be_at_work(unit)


def why_not_be_at_work(unit: Unit | None) -> str | None:
    """Why a unit that is no more has nobody registered; without a unit: the Ministry itself, which always is."""
    if unit and not unit.is_active:
        return _("%(unit)s is no longer at work: register with the unit that took its place.") % {"unit": unit}
    return None


def why_not_open_registration_anywhere(actor: User, congress: Congress) -> str | None:
    """Why somebody can register nobody at all now: the page's button says so."""
    mine = hats(actor)
    if not (mine.department or mine.unit_ids):
        return Denial(_("Delegates are registered by their own unit and by the Department."))
    if mine.department:
        return None
    units = sorted(mine.unit_ids)
    reasons = [_why_too_late(actor, congress, unit) for unit in units]
    return reasons[0] if all(reasons) else why_not_add_anywhere(actor, congress, units)


class NoSeat(str):
    """The reason that all seats are taken: the one that a reserve list helps with."""

    __slots__ = ()


def why_no_seat(unit: Unit | None, category: Category | None, taken: int, seats: int) -> str | None:
    """Why there is no seat left, in a category or in all of them."""
    if taken < seats:
        return None
    words = {"unit": unit or _("The Ministry"), "category": category, "taken": count(taken), "seats": count(seats)}
    return NoSeat(_no_seat_in_words(seats, category) % words)


def _no_seat_in_words(seats: int, category: Category | None) -> str:
    if not seats and category:
        return _("%(unit)s has no seats for “%(category)s”: choose another category, or ask the Department.")
    if not seats:
        return _("No seats have been given to %(unit)s yet: the Department gives them out.")
    if category:
        return _(
            "%(unit)s has used %(taken)s of %(seats)s seats for “%(category)s”. "
            "Withdraw somebody to free a seat, or ask the Department for another."
        )
    return _(
        "%(unit)s has used %(taken)s of %(seats)s seats. "
        "Withdraw somebody to free a seat, or ask the Department for another."
    )


def why_not_register(
    actor: User | None, congress: Congress, unit: Unit | None, category: Category, seats: int | None = None
) -> str | None:
    """Why nobody more can be registered for this unit in this category. Counts: ask it behind the quota's lock.

    `seats` is how many the quota has, where the row that is locked says so.
    """
    reason = why_not_now(actor, congress, unit) or why_not_of_units(unit, category)
    reason = reason or why_not_add(actor, congress, unit.pk if unit else None, category)
    return reason or why_not_sit(congress, unit, category, seats)


def why_not_of_units(unit: Unit | None, category: Category) -> str | None:
    """Why a category is none that a unit registers."""
    if unit and not category.by_unit:
        return _("“%(category)s” is registered by the Department among the Ministry's own seats.") % {
            "category": category
        }
    return None


def why_not_sit(congress: Congress, unit: Unit | None, category: Category, seats: int | None = None) -> str | None:
    """Why a seat of this unit in this category cannot be taken: all are. Two queries, one if `seats` are known."""
    if seats is None:
        quota = Quota.objects.filter(congress=congress, unit=unit, category=category).order_by("pk")
        seats = quota.values_list("seats", flat=True).first() or 0
    taken = Delegate.objects.filter(congress=congress, unit=unit, category=category).seated().count()
    return why_no_seat(unit, category, taken, seats)


def why_not_edit(actor: User | None, delegate: Delegate) -> str | None:
    """Why a delegate cannot be changed at all."""
    if reason := why_not_act_for(actor, delegate.unit):
        return reason
    if delegate.state == Delegate.State.WITHDRAWN:
        return _("%(name)s was withdrawn: register them anew to bring them back.") % {"name": delegate}
    if delegate.state == Delegate.State.CONFIRMED and not _of_the_department(actor):
        return _("The Department has confirmed %(name)s: ask it to open the entry again before changing it.") % {
            "name": delegate
        }
    return _why_too_late(actor, delegate.congress, delegate.unit_id)


def why_not_withdraw(actor: User | None, delegate: Delegate) -> str | None:
    """Why a delegate cannot be withdrawn: from a settled list nobody is, others come instead."""
    reason = why_not_edit(actor, delegate)
    return reason or why_not_touch_list(actor, delegate.congress, delegate.unit_id)


def why_not_confirm_any(actor: User | None) -> str | None:
    """Delegates are confirmed by the Department."""
    if not _of_the_department(actor):
        return Denial(_("Delegates are confirmed by the Department."))
    return None


def why_not_confirm(actor: User | None, delegate: Delegate) -> str | None:
    """Why a delegate cannot be confirmed."""
    if reason := why_not_confirm_any(actor):
        return reason
    if delegate.state == Delegate.State.CONFIRMED:
        return _("%(name)s is confirmed already.") % {"name": delegate}
    if delegate.state == Delegate.State.WITHDRAWN:
        return _("%(name)s was withdrawn and cannot be confirmed.") % {"name": delegate}
    if delegate.state == Delegate.State.RESERVE:
        return _("%(name)s is on the reserve list: give a seat first.") % {"name": delegate}
    return None


def why_not_unconfirm(actor: User | None, delegate: Delegate) -> str | None:
    """Why a confirmation cannot be taken back."""
    if not _of_the_department(actor):
        return Denial(_("Confirmations are taken back by the Department."))
    if delegate.state != Delegate.State.CONFIRMED:
        return _("%(name)s is not confirmed.") % {"name": delegate}
    return None
