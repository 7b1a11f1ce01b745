"""Writes categories, the table of seats, and delegates. In which order locks are taken stands in the package."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from congress.actions import use_extension
from congress.deadlines import against_deadline
from congress.models import Congress, Extension
from core import audit, clock, locks, versions
from core.models import User
from core.refusal import refuse_if
from delegates import rules
from delegates.actions.awards import _change_awards
from delegates.actions.tags import _add_tags, _change_tags
from delegates.models import Category, Delegate, DelegateAward, EthnicGroup, Quota
from delegates.models.awards import HIGHEST, held
from delegates.queries import Cell, Seats, last_reserve, seats_by_cell
from units.models import Unit

# ---- Catalogues ----


@transaction.atomic
def add_category(*, actor: User | None, congress: Congress, **fields: Any) -> Category:
    """Add a kind of delegate. Raises ValidationError for values that do not stand up."""
    refuse_if(rules.why_not_edit_catalogue(actor))
    category = Category(congress=congress, **fields)
    category.full_clean()
    category.save()
    audit.record(actor, "category.added", category)
    return category


@transaction.atomic
def edit_category(*, actor: User | None, category: Category, **fields: Any) -> Category:
    """Change a category's names, order or marks."""
    current = locks.lock(Category, category.pk)
    refuse_if(rules.why_not_edit_catalogue(actor))
    changes = versions.apply(current, fields)
    if changes:
        current.full_clean()
        refuse_if(rules.why_not_change_category(current))
        current.save()
        audit.record(actor, "category.changed", current, changes=changes)
    return current


@transaction.atomic
def copy_categories(*, actor: User | None, old: Congress, new: Congress) -> None:
    """Carry the categories over into the next edition; seats are allocated anew."""
    for category in old.categories.all():
        fields = ("code", "name_vi", "name_en", "short_vi", "short_en", "order")
        marks = ("counted", "by_unit", "represents_collective", "needs_award", "elected", "guest", "needed_fields")
        add_category(actor=actor, congress=new, **{name: getattr(category, name) for name in (*fields, *marks)})


@transaction.atomic
def add_ethnic_group(*, actor: User | None, **fields: Any) -> EthnicGroup:
    """Add an ethnic group."""
    refuse_if(rules.why_not_edit_catalogue(actor))
    group = EthnicGroup(**fields)
    group.full_clean()
    group.save()
    audit.record(actor, "ethnic_group.added", group)
    return group


@transaction.atomic
def edit_ethnic_group(*, actor: User | None, group: EthnicGroup, **fields: Any) -> EthnicGroup:
    """Change an ethnic group's name or spellings."""
    current = locks.lock(EthnicGroup, group.pk)
    refuse_if(rules.why_not_edit_catalogue(actor))
    changes = versions.apply(current, fields)
    if changes:
        current.full_clean()
        current.save()
        audit.record(actor, "ethnic_group.changed", current, changes=changes)
    return current


# ---- Seats ----


class SeatFaults(Exception):
    """Cells of the seats table that cannot be set, each with its reason; nothing was saved.

    `stale` are the cells that somebody else has changed since they were read; `current` is what stands in them now.
    """

    def __init__(self, faults: dict[Cell, str], stale: set[Cell], current: dict[Cell, Seats]) -> None:
        super().__init__(f"{len(faults)} cells")
        self.faults, self.stale, self.current = faults, stale, current


@transaction.atomic
def set_seats(
    *, actor: User | None, congress: Congress, seats: Mapping[Cell, int], versions: Mapping[Cell, int]
) -> dict[str, list[str]]:
    """Set the seats of some cells, all or none, with one entry in the trail. Returns what changed.

    `versions` says at which version each cell was read, 0 for one without seats so far. Raises `SeatFaults` with
    every cell that was changed by somebody else meanwhile or would fall below those registered there.
    """
    refuse_if(rules.why_not_set_seats(actor))
    locks.lock(Congress, congress.pk)  # two new cells cannot be made at once
    cells = _possible(congress, seats)
    quotas = _locked_quotas(congress, seats)
    now = seats_by_cell(congress.quotas.all(), congress.delegates.all())
    _refuse_cells(seats, versions, now)
    changes: dict[str, list[str]] = {}
    for cell, number in seats.items():
        before = now.get(cell, Seats()).seats
        if number == before:
            continue
        unit, category = cells[cell]
        changes[f"{unit or _('The Ministry')} – {category.short}"] = [str(before), str(number)]
        quota = quotas.get(cell) or Quota(congress=congress, unit=unit, category=category, version=0)
        quota.seats, quota.version = number, quota.version + 1
        quota.save()
    if changes:
        audit.record(actor, "seats.set", congress, changes=changes)
    return changes


def _possible(congress: Congress, seats: Mapping[Cell, int]) -> dict[Cell, tuple[Unit | None, Category]]:
    """The unit and category of each cell. Raises LookupError where seats cannot be given."""
    units = Unit.objects.in_bulk([unit for unit, _category in seats if unit is not None])
    categories = {category.pk: category for category in congress.categories.all()}
    found = {}
    for cell in seats:
        unit_id, category_id = cell
        category = categories[category_id]
        if unit_id is not None and not category.by_unit:
            raise LookupError(cell)
        found[cell] = (units[unit_id] if unit_id is not None else None, category)
    return found


def _locked_quotas(congress: Congress, seats: Mapping[Cell, int]) -> dict[Cell, Quota]:
    """The rows of these cells, held until the transaction ends: nobody takes a seat meanwhile."""
    rows = congress.quotas.select_for_update(of=("self",), no_key=True).order_by("pk")
    return {key: row for row in rows if (key := (row.unit_id, row.category_id)) in seats}


def _refuse_cells(seats: Mapping[Cell, int], read: Mapping[Cell, int], now: Mapping[Cell, Seats]) -> None:
    faults: dict[Cell, str] = {}
    stale: set[Cell] = set()
    for cell, number in seats.items():
        current = now.get(cell, Seats())
        if current.version != read.get(cell, 0):
            stale.add(cell)
            faults[cell] = _("Somebody else has set this to %(now)s meanwhile; you wrote %(mine)s.") % {
                "now": current.seats,
                "mine": number,
            }
        elif reason := rules.why_not_so_few(number, current.taken):
            faults[cell] = reason
    if faults:
        raise SeatFaults(faults, stale, {cell: now.get(cell, Seats()) for cell in seats})


# ---- Delegates ----


@transaction.atomic
def register(
    *, actor: User | None, congress: Congress, unit: Unit | None, category: Category, **person: Any
) -> Delegate:
    """Register somebody on a free seat of a unit (None: of the Ministry itself) in a category.

    `person` holds fields of `Delegate`, `awards` as rows and `tags`. Raises `Refused` without a right or a seat,
    ValidationError for values that do not stand up.
    """
    seats = _hold_seats(congress, unit, category)
    refuse_if(rules.why_not_register(actor, congress, unit, category, seats))
    told = _timing(actor, congress, unit)
    delegate = _make(congress, unit, category, person, late=told.get("late", False))
    audit.record(actor, "delegate.registered", delegate, unit=str(unit or ""), category=str(category), **told)
    return delegate


def _timing(actor: User | None, congress: Congress, unit: Unit | None) -> dict[str, Any]:
    """How an act lies against the deadline of whoever does it, as the trail tells it; an extension is then used."""
    arrived = clock.arrived()
    held = rules.deadline_for(actor, congress, unit.pk if unit else None)
    if held and unit and held.needs_extension(arrived):
        use_extension(actor=actor, congress=congress, kind=Extension.Kind.REGISTRATION, unit=unit, arrived=arrived)
    return against_deadline(held, arrived)


def _hold_seats(congress: Congress, unit: Unit | None, category: Category) -> int:
    """Lock the parent row of the seats: whoever takes one counts alone. How many there are; without a row, none."""
    row = Quota.objects.filter(congress=congress, unit=unit, category=category).order_by("pk")
    held = row.select_for_update(of=("self",)).first()
    return held.seats if held else 0


# Rows that are at hand need not be looked for once more, and what `clean` has looked at the database holds by itself.
_ROWS = {field.name for field in Delegate._meta.concrete_fields if field.is_relation}


def _make(congress: Congress, unit: Unit | None, category: Category, person: Mapping[str, Any], **more) -> Delegate:
    fields, lists = _of_person(person)
    delegate = Delegate(congress=congress, unit=unit, category=category, state_since=clock.now(), **fields, **more)
    awards = held(delegate, lists.get("awards", ()))
    delegate.clean_fields(exclude=_ROWS)
    delegate.clean()
    delegate.save()
    DelegateAward.objects.bulk_create(awards)
    _add_tags([(delegate, lists.get("tags", ()))])
    return delegate


def _of_person(person: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is known of a person: fields of its row, and lists. Unit, state and seat never come so: raises TypeError."""
    if foreign := set(person) - {*Delegate.PERSON, *Delegate.LISTS}:
        raise TypeError(f"{', '.join(sorted(foreign))}: not a field of the person")
    lists = {name: person[name] for name in Delegate.LISTS if name in person}
    return {name: value for name, value in person.items() if name not in lists}, lists


@transaction.atomic
def edit(
    *, actor: User | None, delegate: Delegate, version: int, category: Category | None = None, **person: Any
) -> Delegate:
    """Change what is known of a delegate; another category takes a free seat there.

    Raises `Stale` when somebody has changed the delegate since `version` was read.
    """
    moves = category is not None and category.pk != delegate.category_id
    if category and moves:
        _hold_seats(delegate.congress, delegate.unit, category)
    current = locks.lock(Delegate, delegate.pk)
    refuse_if(rules.why_not_edit(actor, current))
    fields, lists = _of_person(person)
    versions.check(current, version, [*person, "category"])
    category = category or current.category
    refuse_if(rules.why_not_change_settled(actor, current, {**person, "category": category}))
    places: dict[str, int | None] = {}
    if category != current.category:
        if not moves:  # moved since it was read
            raise versions.Stale(current, [*person, "category"])
        places = _places_in(actor, current, category)
    changes = versions.apply(current, {**fields, "category": category})
    if moves or "awards" in lists:  # another category may ask for more of them
        changes |= _change_awards(current, lists.get("awards"))
    if moves or "tags" in lists:
        changes |= _change_tags(current, lists.get("tags"))
    if changes:
        for name, place in places.items():
            setattr(current, name, place)
        current.full_clean()
        versions.save(current, [*fields, "category", *places, *HIGHEST])
        told = _timing(actor, current.congress, current.unit)
        audit.record(actor, "delegate.changed", current, changes=changes, **told)
    return current


def _places_in(actor: User | None, delegate: Delegate, category: Category) -> dict[str, int | None]:
    """Where a delegate comes in another category: on a free seat, or at the end of its reserve list."""
    if delegate.state == Delegate.State.RESERVE:
        refuse_if(rules.why_not_reserve(actor, delegate.congress, delegate.unit, category))
        return {"reserve_order": last_reserve(delegate.congress, delegate.unit, category) + 1}
    refuse_if(rules.why_not_register(actor, delegate.congress, delegate.unit, category))
    return {"priority": None}


@transaction.atomic
def withdraw(*, actor: User | None, delegate: Delegate, version: int, reason: str) -> Delegate:
    """Take a delegate off the list, with the reason (Rút); the seat is free again and the entry stays."""
    current = locks.lock(Delegate, delegate.pk)
    refuse_if(rules.why_not_withdraw(actor, current))
    versions.check(current, version)
    _set_state(current, Delegate.State.WITHDRAWN)
    told = _timing(actor, current.congress, current.unit)
    audit.record(actor, "delegate.withdrawn", current, reason=reason, **told)
    return current


@transaction.atomic
def confirm(*, actor: User | None, delegate: Delegate, version: int) -> Delegate:
    """Confirm a delegate as it was read (Xác nhận)."""
    current = locks.lock(Delegate, delegate.pk)
    refuse_if(rules.why_not_confirm(actor, current))
    versions.check(current, version)
    _set_state(current, Delegate.State.CONFIRMED)
    audit.record(actor, "delegate.confirmed", current)
    return current


@transaction.atomic
def confirm_many(
    *, actor: User | None, congress: Congress, read: Mapping[int, int]
) -> list[tuple[Delegate, str | None]]:
    """Confirm several; `read` maps each delegate's key to the version it was read at.

    Each is confirmed or left for its own reason, which is returned beside it, in the order of names.
    """
    people = congress.delegates.select_for_update(of=("self",), no_key=True).filter(pk__in=read).order_by("pk")
    results = [(delegate, _why_left(actor, delegate, read[delegate.pk])) for delegate in people]
    confirmed = [delegate for delegate, reason in results if reason is None]
    for delegate in confirmed:
        _set_state(delegate, Delegate.State.CONFIRMED)
    for delegate in confirmed:  # the trail's end is locked last, for all of them
        audit.record(actor, "delegate.confirmed", delegate)
    return sorted(results, key=lambda result: (bytes(result[0].sort_key), result[0].pk))


def _why_left(actor: User | None, delegate: Delegate, version: int) -> str | None:
    if reason := rules.why_not_confirm(actor, delegate):
        return reason
    if delegate.version != version:
        return _("%(name)s was changed since you looked: open the entry and confirm it there.") % {"name": delegate}
    return None


@transaction.atomic
def unconfirm(*, actor: User | None, delegate: Delegate, version: int, reason: str) -> Delegate:
    """Open a confirmed entry again, so that its unit can change it (Mở lại)."""
    current = locks.lock(Delegate, delegate.pk)
    refuse_if(rules.why_not_unconfirm(actor, current))
    versions.check(current, version)
    _set_state(current, Delegate.State.REGISTERED)
    audit.record(actor, "delegate.opened", current, reason=reason)
    return current


def _set_state(delegate: Delegate, state: Delegate.State) -> None:
    delegate.state, delegate.state_since, delegate.reserve_order = state, clock.now(), None
    versions.save(delegate, ["state", "state_since", "reserve_order"])
