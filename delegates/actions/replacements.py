"""Somebody else comes instead of a delegate, and the link between both is kept.

Locks: the congress where a seat may go into another category, then the quotas of both categories by key, then the
delegates by key.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from congress.deadlines import against_deadline
from congress.models import Congress
from core import audit, clock, locks, versions
from core.models import User
from core.refusal import refuse_if
from delegates import rules
from delegates.actions.people import _make, _set_state
from delegates.actions.tags import _change_tags
from delegates.models import Category, Delegate, Quota, Replacement

State = Delegate.State


@transaction.atomic
def replace(
    *,
    actor: User | None,
    delegate: Delegate,
    version: int,
    reason: str,
    category: Category,
    document: str = "",
    **person: Any,
) -> Delegate:
    """Let somebody else come instead (Cử người thay): one withdrawn, the other registered, and the link kept.

    An award is personal and does not travel with the seat: `person` brings its own. Whoever has none cannot sit on a
    seat that is for one; in another category the seat goes along with them.
    """
    quotas = _hold(delegate, category)
    current = locks.lock(Delegate, delegate.pk)
    _refuse(actor, current, version, document)
    honoured = bool(person.get("awards"))
    refuse_if(rules.why_not_keep_honour(category, honoured=honoured))
    moved = rules.moves_seat(current.category, category, honoured=honoured)
    _set_state(current, State.WITHDRAWN)
    refuse_if(rules.why_not_take_over(current.congress, current.unit, category, seat_comes=moved))
    person = {"organisation": current.organisation, **person}
    successor = _make(current.congress, current.unit, category, person)
    return _link(actor, current, successor, quotas, moved=moved, reason=reason, document=document)


@transaction.atomic
def replace_by_reserve(
    *,
    actor: User | None,
    delegate: Delegate,
    version: int,
    reserve: Delegate,
    reserve_version: int,
    reason: str,
    document: str = "",
) -> Delegate:
    """Let somebody of the unit's reserve lists come instead, whatever list and place.

    They take the seat in its category where they can sit there; else the seat goes along into their own.
    """
    quotas = _hold(delegate, reserve.category)
    people = Delegate.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    held = {one.pk: one for one in people.filter(pk__in=[delegate.pk, reserve.pk])}
    current, successor = held[delegate.pk], held[reserve.pk]
    _refuse(actor, current, version, document)
    refuse_if(rules.why_not_succeed(successor, current))
    versions.check(successor, reserve_version)
    seat = current.category
    fits = successor.can_sit_as(seat)
    category = seat if fits else successor.category
    moved = category != seat
    _set_state(current, State.WITHDRAWN)
    refuse_if(rules.why_not_take_over(current.congress, current.unit, category, seat_comes=moved))
    successor.state, successor.state_since, successor.reserve_order = State.REGISTERED, clock.now(), None
    successor.category, successor.priority = category, None
    _change_tags(successor, None)
    versions.save(successor, ["state", "state_since", "reserve_order", "category", "priority"])
    return _link(actor, current, successor, quotas, moved=moved, reason=reason, document=document)


def _refuse(actor: User | None, current: Delegate, version: int, document: str) -> None:
    refuse_if(rules.why_not_replace(actor, current))
    refuse_if(rules.why_not_without_paper(actor, current, document))
    versions.check(current, version)


Quotas = Mapping[int, Quota]


def _hold(delegate: Delegate, category: Category) -> Quotas:
    """Lock the seats of both categories; the congress first where a row of seats may have to be made."""
    concerned = {delegate.category_id, category.pk}
    if len(concerned) > 1:
        locks.lock(Congress, delegate.congress_id)
    rows = delegate.congress.quotas.filter(unit=delegate.unit_id, category__in=concerned).order_by("pk")
    return {row.category_id: row for row in rows.select_for_update(of=("self",))}


def _link(
    actor: User | None,
    current: Delegate,
    successor: Delegate,
    quotas: Quotas,
    *,
    moved: bool,
    reason: str,
    document: str,
) -> Delegate:
    """Keep who came instead of whom, and let the seat follow where it has to; told on both sides of the trail."""
    before = getattr(current, "came_by", None)
    link = Replacement(
        congress=current.congress,
        first=before.first if before else current,
        replaced=current,
        successor=successor,
        left=current.category,
        taken=successor.category,
        seat_moved=moved,
        actor=actor,
        reason=reason,
        document=document,
    )
    link.full_clean()
    link.save()
    if moved:
        _move_seat(actor, link, quotas)
    held = rules.replacements_end(actor, current.congress, current.unit_id)
    timing = against_deadline(held, clock.arrived())
    audit.record(actor, "delegate.replaced", current, reason=reason, by=str(successor), document=document, **timing)
    details = {"instead_of": str(current), "category": str(successor.category), **timing}
    audit.record(actor, "delegate.registered", successor, **details)
    return successor


def _move_seat(actor: User | None, link: Replacement, quotas: Quotas) -> None:
    """One seat fewer in the category left, one more in the other: the total does not change."""
    unit = link.replaced.unit
    new = Quota(congress=link.congress, unit=unit, category=link.taken, version=0)
    changes = {}
    for quota, change in ((quotas[link.left_id], -1), (quotas.get(link.taken_id, new), 1)):
        name = f"{unit or _('The Ministry')} – {quota.category.short}"
        changes[name] = [str(quota.seats), str(quota.seats + change)]
        quota.seats, quota.version = quota.seats + change, quota.version + 1
        quota.save()
    audit.record(actor, "seats.followed", link.congress, reason=link.reason, changes=changes, replacement=str(link))
