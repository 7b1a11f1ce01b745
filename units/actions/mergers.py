"""Units that are no more: merged into another, or dissolved. What was theirs goes where it belongs, all or nothing."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, versions
from core.models import User
from core.refusal import refuse_if
from core.vietnamese import short_date
from units import changes as followers
from units import rules
from units.actions.offices import leave_block, leave_unit
from units.actions.units import add_unit
from units.models import Unit, UnitBlock, UnitName
from units.models.history import by_paper, hold_units


@transaction.atomic
def merge(
    *,
    actor: User | None,
    units: Sequence[Unit],
    into: Unit | None,
    day: date,
    document: str,
    new: Mapping[str, Any] | None = None,
) -> list[str]:
    """Merge units into another one from a day on (Sáp nhập, Hợp nhất). `into` None: into a new unit, of `new` values.

    Their seats, people and dossiers, their tasks and their place in conferences that have not been held go to it;
    they themselves are no longer at work, and their offices end the day before. Returns what follows, in words.
    """
    refuse_if(rules.why_not_edit_unit(actor))
    locked = _hold([*units, *([into] if into else [])], day)
    successor = locked[into.pk] if into else add_unit(actor=actor, **(new or {}))
    going = [locked[unit.pk] for unit in units if unit.pk != successor.pk]
    refuse_if(rules.why_not_merge(actor, going, successor, day))
    lines: list[str] = []
    for unit in going:
        lines += _close(actor, unit, day, document, successor)
        successor.remember(unit.name_vi, *unit.former_names.splitlines())
    versions.save(successor, ["former_names"])
    lines += followers.follow(followers.Merged(actor, going, successor, day, document))
    merged = ", ".join(unit.name for unit in going)
    told = {_("Merged into it"): ["", merged]}
    audit.record(actor, "unit.took_over", successor, changes=told, reason=by_paper(document, day))
    if not successor.offices.on(day).filter(role="unit_head").exists():
        lines.append(_("%(unit)s has no head on the portal yet: give somebody the office.") % {"unit": successor})
    return lines


@transaction.atomic
def dissolve(*, actor: User | None, unit: Unit, version: int, day: date, document: str) -> list[str]:
    """Dissolve a unit whose place nobody takes (Giải thể). Refused while seats or dossiers are left that would be lost.

    Returns what follows, in words.
    """
    current = _hold([unit], day)[unit.pk]
    refuse_if(rules.why_not_change(actor, current))
    versions.check(current, version)
    refuse_if(rules.why_not_dissolve(actor, current, day))
    lines = _close(actor, current, day, document, None)
    return lines + followers.follow(followers.Dissolved(actor, current, day, document))


def _hold(units: Sequence[Unit], day: date) -> dict[int, Unit]:
    """The rows of some units, and all that may follow them, held until the transaction ends."""
    locked = hold_units(units)
    followers.hold(units, day)
    return {unit.pk: unit for unit in locked}


def _close(actor: User | None, unit: Unit, day: date, document: str, into: Unit | None) -> list[str]:
    """End a unit's history, its offices and those it holds in its block, with the day before."""
    last = day - timedelta(days=1)
    for model in (UnitName, UnitBlock):
        model.objects.filter(unit=unit, ends=None).update(ends=last)
    unit.is_active, unit.closed_on, unit.closed_by, unit.merged_into = False, day, document, into
    versions.save(unit, ["is_active", "closed_on", "closed_by", "merged_into"])
    lines = [_("%(unit)s is no longer at work from %(day)s on.") % {"unit": unit, "day": short_date(day)}]
    lines += leave_unit(actor=actor, unit=unit, last_day=last) + leave_block(actor=actor, unit=unit, last_day=last)
    verb = "unit.merged" if into else "unit.dissolved"
    told = {_("Merged into"): ["", into.name]} if into else None
    audit.record(actor, verb, unit, changes=told, reason=by_paper(document, day))
    return lines
