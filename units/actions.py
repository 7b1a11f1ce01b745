"""The only place that writes units, blocks and offices, and the Department's care of accounts.

`actor` None is the portal itself, at work in a command on its own server.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import accounts, audit, clock, versions
from core.locks import lock
from core.models import Mail, User
from core.refusal import refuse_if
from units import rules
from units.hats import forget
from units.models import Block, BlockOffice, Office, Unit

# ---- Units and blocks ----


@transaction.atomic
def add_block(*, actor: User | None, **fields: Any) -> Block:
    """Add an emulation block. Raises ValidationError for values that do not stand up."""
    refuse_if(rules.why_not_edit_unit(actor))
    block = Block(**fields)
    block.full_clean()
    block.save()
    audit.record(actor, "block.added", block)
    return block


@transaction.atomic
def edit_block(*, actor: User | None, block: Block, **fields: Any) -> Block:
    """Change a block's names, code or place in the order."""
    current = lock(Block, block.pk)
    refuse_if(rules.why_not_edit_unit(actor))
    changes = versions.apply(current, fields)
    if changes:
        current.full_clean()
        current.save()
        audit.record(actor, "block.changed", current, changes=changes)
    return current


@transaction.atomic
def add_unit(*, actor: User | None, **fields: Any) -> Unit:
    """Add a unit. Raises ValidationError for values that do not stand up."""
    refuse_if(rules.why_not_edit_unit(actor))
    unit = Unit(**fields)
    unit.full_clean()
    unit.save()
    audit.record(actor, "unit.added", unit)
    return unit


@transaction.atomic
def edit_unit(*, actor: User | None, unit: Unit, version: int, **fields: Any) -> Unit:
    """Change what is known of a unit. Raises Stale when somebody has changed it since `version` was read."""
    current = lock(Unit, unit.pk)
    refuse_if(rules.why_not_edit_unit(actor))
    versions.check(current, version, fields)
    changes = versions.apply(current, fields)
    if changes:
        current.full_clean()
        versions.save(current, [*fields])
        audit.record(actor, "unit.changed", current, changes=changes)
    return current


@transaction.atomic
def mark_certain(*, actor: User | None, unit: Unit) -> Unit:
    """Say that the unit's name and block are certain now (Đã xác nhận)."""
    current = lock(Unit, unit.pk)
    refuse_if(rules.why_not_confirm(actor, current))
    changes = versions.apply(current, {"confidence": Unit.Confidence.HIGH})
    versions.save(current, ["confidence"])
    audit.record(actor, "unit.confirmed", current, changes=changes)
    return current


# ---- Offices ----


@transaction.atomic
def welcome(
    *,
    actor: User | None,
    full_name: str,
    username: str,
    email: str,
    phone: str = "",
    role: str,
    unit: Unit | None = None,
    starts: date,
    ends: date | None = None,
) -> User:
    """Make an account together with its first office, and mail the link that sets its password."""
    refuse_if(rules.why_not_welcome(actor) or rules.why_not_appoint(actor, role, unit))
    if unit:
        unit = lock(Unit, unit.pk)  # before the trail's end is locked, as everywhere
    user = accounts.create(actor=actor, username=username, full_name=full_name, email=email, phone=phone)
    appoint(actor=actor, user=user, role=role, unit=unit, starts=starts, ends=ends)
    return user


@transaction.atomic
def appoint(
    *,
    actor: User | None,
    user: User,
    role: str,
    unit: Unit | None = None,
    starts: date,
    ends: date | None = None,
) -> Office:
    """Give an office to somebody, from a day on; without `ends` it goes on."""
    refuse_if(rules.why_not_appoint(actor, role, unit))
    if unit:
        unit = lock(Unit, unit.pk)  # two heads cannot be appointed at once
    person = lock(User, user.pk)
    refuse_if(rules.why_not_hold(person, role, unit, starts, ends))
    office = Office(user=person, role=role, unit=unit, starts=starts, ends=ends)
    office.full_clean()
    office.save()
    forget(user)
    audit.record(actor, "office.given", person, changes=_change("", _term(office)))
    return office


@transaction.atomic
def end_office(*, actor: User | None, office: Office, last_day: date, reason: str = "") -> None:
    """End an office with its last day; one that would never have begun by then is taken back."""
    if office.role == Office.Role.DEPARTMENT_HEAD:  # two heads cannot leave at once
        list(Office.objects.select_for_update().filter(role=office.role).order_by("pk"))
    office = lock(Office, office.pk)
    refuse_if(rules.why_not_end(actor, office, last_day))
    before, verb = _term(office), "office.ended"
    if last_day < office.starts:
        verb, after = "office.taken_back", ""
        Office.objects.filter(pk=office.pk).delete()
    else:
        office.ends = last_day
        office.save(update_fields=["ends"])
        after = _term(office)
    if actor:
        forget(actor)
    audit.record(actor, verb, office.user, reason=reason, changes=_change(before, after))


@transaction.atomic
def lead_block(*, actor: User | None, block: Block, unit: Unit, role: str, year: int) -> BlockOffice:
    """Make a unit head or deputy of its block for a year (Khối trưởng, Khối phó)."""
    block = lock(Block, block.pk)
    refuse_if(rules.why_not_lead_block(actor, block, unit, role, year))
    starts, ends = rules.year_of(year)
    office = BlockOffice(block=block, unit=unit, role=role, starts=starts, ends=ends)
    office.full_clean()
    office.save()
    audit.record(actor, "block_office.given", unit, changes=_change("", _term(office)))
    return office


@transaction.atomic
def end_block_office(*, actor: User | None, office: BlockOffice, reason: str = "") -> None:
    """End a block's office with this day; one that has not begun is taken back."""
    office = lock(BlockOffice, office.pk)
    refuse_if(rules.why_not_end_block_office(actor, office))
    before, verb = _term(office), "block_office.ended"
    if clock.today() < office.starts:
        verb, after = "block_office.taken_back", ""
        BlockOffice.objects.filter(pk=office.pk).delete()
    else:
        office.ends = clock.today()
        office.save(update_fields=["ends"])
        after = _term(office)
    audit.record(actor, verb, office.unit, reason=reason, changes=_change(before, after))


def _term(office: Office | BlockOffice) -> str:
    return f"{office} ({office.period})"


def _change(before: str, after: str) -> dict[str, list[str]]:
    return {_("Office"): [before, after]}


# ---- Accounts ----


@transaction.atomic
def change_account(*, actor: User, user: User, **fields: str) -> User:
    """Mend the name, e-mail or phone of somebody's account; a new e-mail is told to the old one."""
    refuse_if(rules.why_not_keep_account(actor, user))
    return accounts.change(actor=actor, user=user, **fields)


@transaction.atomic
def send_link(*, actor: User, user: User) -> Mail | None:
    """Mail the one-time link that sets the password, once more; the letter, as it stands in the outbox."""
    refuse_if(rules.why_not_send_link(actor, user))
    return accounts.send_link(actor=actor, user=user)


@transaction.atomic
def close_account(*, actor: User, user: User) -> None:
    """Close an account: nobody signs in with it any more, and its history stays."""
    list(Office.objects.select_for_update().filter(role=Office.Role.DEPARTMENT_HEAD).order_by("pk"))
    user = lock(User, user.pk)
    refuse_if(rules.why_not_close(actor, user))
    accounts.set_active(actor=actor, user=user, active=False)


@transaction.atomic
def open_account(*, actor: User, user: User) -> None:
    """Open a closed account again, with the offices that it still holds."""
    user = lock(User, user.pk)
    refuse_if(rules.why_not_open(actor, user))
    accounts.set_active(actor=actor, user=user, active=True)


@transaction.atomic
def sign_out(*, actor: User, user: User) -> None:
    """End every session of somebody's account, as when a telephone was lost."""
    refuse_if(rules.why_not_keep_account(actor, user))
    accounts.sign_out_everywhere(actor=actor, user=user)
