"""What becomes of a unit in the course of time: new names, other blocks, headcounts. Nothing is written over."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, versions
from core.locks import lock
from core.models import User
from core.refusal import refuse_if
from core.vietnamese import short_date
from units import changes as followers
from units import rules
from units.actions.offices import leave_block
from units.models import Block, Headcount, Unit, UnitBlock, UnitName
from units.models.history import NAMES, by_paper, hold_units


@transaction.atomic
def rename(
    *, actor: User | None, unit: Unit, version: int, day: date, document: str,
    name_vi: str, name_en: str = "", abbreviation: str = "",
) -> list[str]:  # fmt: skip
    """Give a unit a new name from a day on (Đổi tên); papers about earlier days keep the old one.

    Returns what follows from it, in words.
    """
    current = lock(Unit, unit.pk)
    refuse_if(rules.why_not_change(actor, current))
    fields = {"name_vi": name_vi, "name_en": name_en, "abbreviation": abbreviation}
    versions.check(current, version, fields)
    refuse_if(rules.why_not_rename(actor, current, day))
    old = current.name_vi
    told = versions.apply(current, fields)
    refuse_if(None if told else _("%(unit)s bears this name already.") % {"unit": unit})
    UnitName.objects.filter(unit=current, ends=None).update(ends=day - timedelta(days=1))
    UnitName.objects.create(unit=current, starts=day, document=document, **fields)
    current.remember(old)
    current.full_clean()
    versions.save(current, [*NAMES, "former_names"])
    audit.record(actor, "unit.renamed", current, changes=told, reason=by_paper(document, day))
    return [_("Papers about days before %(day)s keep the name “%(name)s”.") % {"day": short_date(day), "name": old}]


@transaction.atomic
def move_to_block(*, actor: User | None, unit: Unit, version: int, day: date, document: str, block: Block) -> list[str]:
    """Move a unit to another emulation block from a day on. Its office in the old block ends, the other rooms follow.

    Returns what follows from it, in words.
    """
    (current,) = hold_units([unit])
    followers.hold([current], day)
    refuse_if(rules.why_not_change(actor, current))
    versions.check(current, version, ["block"])
    refuse_if(rules.why_not_move(actor, current, block, day))
    old = current.block
    told = versions.apply(current, {"block": block})
    UnitBlock.objects.filter(unit=current, ends=None).update(ends=day - timedelta(days=1))
    UnitBlock.objects.create(unit=current, starts=day, document=document, block=block)
    versions.save(current, ["block"])
    lines = leave_block(actor=actor, unit=current, last_day=day - timedelta(days=1))
    lines += followers.follow(followers.Moved(actor, current, day, document, old))
    audit.record(actor, "unit.moved", current, changes=told, reason=by_paper(document, day))
    return lines


@transaction.atomic
def record_headcount(*, actor: User | None, unit: Unit, number: int, taken_on: date, source: str = "") -> Unit:
    """Write down how many people a unit had on a day; the latest day is the present. A second count of one day mends
    the first."""
    current = lock(Unit, unit.pk)
    refuse_if(rules.why_not_count(actor, current))
    refuse_if(rules.why_not_yet(taken_on))
    before = Headcount.objects.filter(unit=current, taken_on=taken_on).first()
    if before and (before.number, before.source) == (number, source):
        return current
    told_before = str(before.number) if before else ""
    row = before or Headcount(unit=current, taken_on=taken_on)
    row.number, row.source = number, source
    row.full_clean()
    row.save()
    latest = current.headcounts.first()
    assert latest is not None  # noqa: S101 one was just saved
    current.headcount, current.headcount_on = latest.number, latest.taken_on
    versions.save(current, ["headcount", "headcount_on"])
    told = {_("Headcount on %(day)s") % {"day": short_date(taken_on)}: [told_before, str(number)]}
    audit.record(actor, "unit.counted", current, changes=told, reason=source)
    return current
