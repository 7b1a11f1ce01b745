"""Versions of the allocation made, approved and issued; seats transferred; people moved to and from reserve lists.

A version covers the categories that count. Issuing it writes the quotas; whoever has no seat any more comes on the
reserve list, in order, and nobody is deleted (dossier 9-8).
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from congress.models import Congress
from core import audit, clock, locks, versions
from core.models import User
from core.refusal import refuse_if
from delegates import rules
from delegates.actions.people import _hold_seats, _make, _timing
from delegates.letters import allocation as letters
from delegates.models import (
    Allocation,
    AllocationCell,
    AllocationLine,
    Category,
    Delegate,
    Quota,
    SeatTransfer,
)
from delegates.queries import Cell, Plan, ground, last_reserve, propose, seats_by_cell, version_cells
from units.models import Unit

State = Allocation.State


# ---- Versions ----


@transaction.atomic
def make_version(
    *, actor: User | None, congress: Congress, plan: Plan, asked: str, note: str = "", document: str = ""
) -> Allocation:
    """Keep what a plan gives as the next version, a draft (Lập phương án). `asked` is the plan as an address.

    Raises `CannotApportion` where the plan cannot be met.
    """
    refuse_if(rules.why_not_allocate(actor))
    locks.lock(Congress, congress.pk)  # two versions do not get one number
    proposal = propose(ground(congress), plan)
    refuse_if(rules.why_not_hold(plan.target, proposal.total + plan.reserve))
    last = Allocation.objects.filter(congress=congress).order_by("-number").first()
    made = Allocation(
        congress=congress,
        number=last.number + 1 if last else 1,
        made_by=actor,
        asked=asked,
        note=note,
        document=document,
        **{name: getattr(plan, name) for name in ("method", "weight", "tie", "target", "reserve", "floor", "ceiling")},
    )
    made.full_clean()
    made.save()
    AllocationLine.objects.bulk_create(
        AllocationLine(
            allocation=made,
            unit=row.unit,
            weight=row.weight,
            floor=row.floor,
            ceiling=row.ceiling,
            share=row.share,
            quotient=round(float(row.quotient), 4),
            reason=row.reason,
        )
        for row in proposal.rows
        if row.unit.is_active
    )
    AllocationCell.objects.bulk_create(
        AllocationCell(
            allocation=made,
            unit_id=cell[0],
            category_id=cell[1],
            seats=seats,
            fixed=min(seats, proposal.fixed_in(cell)),
        )
        for cell, seats in proposal.cells.items()
    )
    audit.record(actor, "allocation.made", made, target=plan.target, given=proposal.total)
    return made


@transaction.atomic
def approve_version(*, actor: User | None, allocation: Allocation, version: int) -> Allocation:
    """Approve a draft as it was read (Duyệt phương án)."""
    current = locks.lock(Allocation, allocation.pk)
    refuse_if(rules.why_not_approve(actor, current))
    versions.check(current, version)
    current.state, current.approved_by, current.approved_at = State.APPROVED, actor, clock.now()
    versions.save(current, ["state", "approved_by", "approved_at"])
    audit.record(actor, "allocation.approved", current)
    return current


@transaction.atomic
def discard_version(*, actor: User | None, allocation: Allocation) -> Allocation:
    """Discard a draft that is not wanted (Bỏ phương án); it keeps its number, and nobody approves it any more."""
    current = locks.lock(Allocation, allocation.pk)
    refuse_if(rules.why_not_discard(actor, current))
    current.state, current.dropped_at = State.DROPPED, clock.now()
    versions.save(current, ["state", "dropped_at"])
    audit.record(actor, "allocation.discarded", current)
    return current


@transaction.atomic
def issue_version(
    *, actor: User | None, allocation: Allocation, version: int, document: str = ""
) -> tuple[Allocation, list[Delegate]]:
    """Issue an approved version (Ban hành): its seats become the quotas, and every unit gets a letter.

    Where fewer seats are left than people, the last by priority come on the reserve list; they are returned too.
    """
    congress = locks.lock(Congress, allocation.congress_id)
    current = locks.lock(Allocation, allocation.pk)
    refuse_if(rules.why_not_issue(actor, current))
    versions.check(current, version)
    cells = version_cells(current)
    changes = _write_quotas(congress, cells)
    moved = _move_to_reserve(congress, cells)
    before = Allocation.objects.in_force(congress)
    if before:
        before = locks.lock(Allocation, before.pk)
        before.state, before.replaced_at = State.REPLACED, clock.now()
        versions.save(before, ["state", "replaced_at"])
    current.state, current.issued_at, current.document = State.ISSUED, clock.now(), document or current.document
    current.full_clean()
    versions.save(current, ["state", "issued_at", "document"])
    _tell_units(current, cells)
    for delegate in moved:
        audit.record(actor, "delegate.to_reserve", delegate, version=current.number, place=delegate.reserve_order)
    if before:
        audit.record(actor, "allocation.replaced", before, by=str(current))
    audit.record(actor, "allocation.issued", current, reason=current.document, changes=changes)
    return current, moved


def _write_quotas(congress: Congress, cells: Mapping[Cell, int]) -> dict[str, list[str]]:
    """Set the quotas of the categories that count, all of them locked in the order of their keys. What changed."""
    counted = congress.quotas.filter(category__counted=True)
    rows = counted.select_for_update(of=("self",), no_key=True).order_by("pk").select_related("unit", "category")
    quotas = {(row.unit_id, row.category_id): row for row in rows}
    units = Unit.objects.in_bulk([unit for unit, _category in cells if unit])
    categories = {category.pk: category for category in congress.categories.all()}
    changes: dict[str, list[str]] = {}
    for cell in [*quotas, *(cell for cell in cells if cell not in quotas)]:
        unit, category = cell
        quota = quotas.get(cell) or Quota(
            congress=congress, unit=units[unit] if unit else None, category=categories[category], version=0
        )
        seats = cells.get(cell, 0)
        if quota.seats == seats and quota.pk:
            continue
        changes[_place(quota)] = [str(quota.seats), str(seats)]
        quota.seats, quota.version = seats, quota.version + 1
        quota.save()
    return changes


def _place(quota: Quota) -> str:
    """The cell's name in the trail."""
    return str(quota).rpartition(":")[0]


def _move_to_reserve(congress: Congress, cells: Mapping[Cell, int]) -> list[Delegate]:
    """Put the last by priority on the reserve lists where people outnumber the seats. Ask it behind the quotas' locks.

    They come before those who wait there already: they had a seat. All people concerned are locked at once in the
    order of their keys, so that nobody is withdrawn or confirmed in between.
    """
    now = seats_by_cell(congress.quotas.all(), congress.delegates.filter(category__counted=True))
    short = {cell for cell, seats in now.items() if seats.taken > cells.get(cell, 0)}
    if not short:
        return []
    near = Q(unit__in=[unit for unit, _category in short if unit]) | Q(unit=None)
    concerned = congress.delegates.listed().filter(near, category__in={category for _unit, category in short})
    seated: dict[Cell, list[Delegate]] = defaultdict(list)
    waiting: dict[Cell, list[Delegate]] = defaultdict(list)
    for one in concerned.select_for_update(of=("self",), no_key=True).order_by("pk"):
        if (cell := (one.unit_id, one.category_id)) in short:
            (seated if one.is_seated else waiting)[cell].append(one)
    moved = []
    for cell, members in seated.items():
        members.sort(key=_by_priority)
        leaving = members[cells.get(cell, 0) :]
        for place, one in enumerate(leaving, start=1):
            one.state, one.state_since, one.reserve_order = Delegate.State.RESERVE, clock.now(), place
            versions.save(one, ["state", "state_since", "reserve_order"])
        for one in waiting[cell] if leaving else []:
            one.reserve_order = (one.reserve_order or 0) + len(leaving)
            one.save(update_fields=["reserve_order"])
        moved += leaving
    return moved


def _by_priority(delegate: Delegate) -> tuple[bool, int, int]:
    """As `DelegateQuerySet.by_priority` has it: whom the unit has put nowhere come last, the latest at the end."""
    return (delegate.priority is None, delegate.priority or 0, delegate.pk)


def _tell_units(allocation: Allocation, cells: Mapping[Cell, int]) -> None:
    categories = {category.pk: category for category in allocation.congress.categories.all()}
    seats: dict[int, list[tuple[Category, int]]] = defaultdict(list)
    for (unit, category), number in cells.items():
        if unit:
            seats[unit].append((categories[category], number))
    reserves: dict[int, list[Delegate]] = defaultdict(list)
    for one in allocation.congress.delegates.filter(unit__isnull=False).reserves():
        reserves[one.unit_id].append(one)
    keys = {*seats, *reserves}
    letters.issued(allocation, Unit.objects.in_bulk(keys), seats, reserves)


# ---- Transfers ----


@transaction.atomic
def transfer_seats(
    *,
    actor: User | None,
    congress: Congress,
    category: Category,
    source: Unit | None,
    target: Unit | None,
    seats: int,
    reason: str,
    document: str = "",
) -> SeatTransfer:
    """Give unused seats of one unit to another (Điều chuyển chỗ); None is the Ministry itself.

    Both quotas are locked in the order of their keys, and both sides stand in the trail.
    """
    refuse_if(rules.why_not_allocate(actor) or rules.why_not_transfer(source, target, category))
    locks.lock(Congress, congress.pk)  # the target's row may have to be made
    giving, taking = _both_quotas(congress, category, source, target)
    taken = congress.delegates.filter(unit=source, category=category).seated().count()
    refuse_if(rules.why_not_so_many(giving, (giving.seats if giving else 0) - taken, seats))
    transfer = SeatTransfer(
        congress=congress,
        category=category,
        source=source,
        target=target,
        seats=seats,
        reason=reason,
        document=document,
        actor=actor,
    )
    transfer.full_clean()
    transfer.save()
    before = [(quota, quota.seats) for quota in (giving, taking) if quota]
    for quota, change in ((giving, -seats), (taking, seats)):
        if quota is not None:
            quota.seats, quota.version = quota.seats + change, quota.version + 1
            quota.save()
    letters.transferred(congress, transfer)
    for verb, (quota, number) in zip(("seats.given", "seats.received"), before, strict=True):
        changes = {_place(quota): [str(number), str(quota.seats)]}
        audit.record(actor, verb, quota, reason=reason, changes=changes, document=document, transfer=transfer.pk)
    return transfer


def _both_quotas(
    congress: Congress, category: Category, source: Unit | None, target: Unit | None
) -> tuple[Quota | None, Quota]:
    """Both sides' rows, held until the transaction ends; the target's is new where it had no seats so far."""
    rows = congress.quotas.filter(category=category).select_for_update(of=("self",), no_key=True).order_by("pk")
    sides = [unit.pk if unit else None for unit in (source, target)]
    found = {row.unit_id: row for row in rows if row.unit_id in sides}
    new = Quota(congress=congress, unit=target, category=category, version=0)
    return found.get(sides[0]), found.get(sides[1], new)


# ---- Priority and the reserve list ----


@transaction.atomic
def move(*, actor: User | None, delegate: Delegate, up: bool) -> Delegate:
    """Let somebody change places with the neighbour above or below, among the seated or on the reserve list.

    The first move gives everybody of the list a place. At the end of the list nothing changes.
    """
    _hold_seats(delegate.congress, delegate.unit, delegate.category)
    refuse_if(rules.why_not_order(actor, delegate.congress, delegate.unit))
    line, name = _line_of(delegate)
    place = next(index for index, one in enumerate(line) if one.pk == delegate.pk)
    other = place + (-1 if up else 1)
    if not 0 <= other < len(line):
        return line[place]
    line[place], line[other] = line[other], line[place]
    for number, one in enumerate(line, start=1):
        if getattr(one, name) != number:
            setattr(one, name, number)
            one.save(update_fields=[name])
    moved = line[other]
    audit.record(actor, "delegate.moved", moved, changes={_label(name): [str(place + 1), str(other + 1)]})
    return moved


def _line_of(delegate: Delegate) -> tuple[list[Delegate], str]:
    """The list that somebody stands on, locked, and the field that keeps its order. Raises `Refused` for neither."""
    people = Delegate.objects.filter(congress=delegate.congress, unit=delegate.unit, category=delegate.category)
    people = people.listed().select_for_update(of=("self",), no_key=True).order_by("pk")
    everybody = {one.pk: one for one in people}
    current = everybody.get(delegate.pk)
    if current is None:
        refuse_if(rules.why_not_edit(None, locks.lock(Delegate, delegate.pk)))
        raise Delegate.DoesNotExist
    if current.state == Delegate.State.RESERVE:
        line = [one for one in everybody.values() if one.state == Delegate.State.RESERVE]
        return sorted(line, key=lambda one: (one.reserve_order or 0, one.pk)), "reserve_order"
    return sorted((one for one in everybody.values() if one.is_seated), key=_by_priority), "priority"


def _label(name: str) -> str:
    return str(Delegate._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


@transaction.atomic
def register_reserve(
    *, actor: User | None, congress: Congress, unit: Unit | None, category: Category, **person: Any
) -> Delegate:
    """Put somebody at the end of the reserve list of a category whose seats are all taken (Đăng ký dự bị)."""
    _hold_seats(congress, unit, category)
    refuse_if(rules.why_not_reserve(actor, congress, unit, category))
    place = last_reserve(congress, unit, category) + 1
    told = _timing(actor, congress, unit)
    waits = {"state": Delegate.State.RESERVE, "reserve_order": place, "late": told.get("late", False)}
    delegate = _make(congress, unit, category, person, **waits)
    details = {"unit": str(unit or ""), "category": str(category), "place": place, **told}
    audit.record(actor, "delegate.reserved", delegate, **details)
    return delegate


@transaction.atomic
def promote(*, actor: User | None, delegate: Delegate, version: int) -> Delegate:
    """Give the first on the reserve list a free seat (Gọi dự bị), and tell the unit."""
    _hold_seats(delegate.congress, delegate.unit, delegate.category)
    current = locks.lock(Delegate, delegate.pk)
    refuse_if(rules.why_not_promote(actor, current))
    versions.check(current, version)
    current.state, current.state_since, current.reserve_order = Delegate.State.REGISTERED, clock.now(), None
    current.priority = None
    versions.save(current, ["state", "state_since", "reserve_order", "priority"])
    letters.promoted(current, actor)
    told = _timing(actor, current.congress, current.unit)
    audit.record(actor, "delegate.promoted", current, category=str(current.category), **told)
    return current
