"""What must hold over the units and their history; `manage.py check_invariants` counts it anew."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from units.models import Unit
from units.models.history import NAMES, Stretch


def faults() -> list[str]:
    """Every fault in the history of the units, in words; nothing when all is well."""
    units = Unit.objects.select_related("merged_into").prefetch_related("names", "blocks", "headcounts")
    return [fault for unit in units for fault in _of(unit)]


def _of(unit: Unit) -> Iterator[str]:
    named = {"unit": unit, "code": unit.code}
    names, blocks, counts = list(unit.names.all()), list(unit.blocks.all()), list(unit.headcounts.all())
    for rows in (names, blocks):
        if not _follow(rows, unit):
            yield _("%(unit)s (%(code)s): its history has a gap, an overlap or no end.") % named
    if names and any(getattr(names[-1], name) != getattr(unit, name) for name in NAMES):
        yield _("%(unit)s (%(code)s): its present name is not the last of its history.") % named
    if blocks and blocks[-1].block_id != unit.block_id:
        yield _("%(unit)s (%(code)s): its present block is not the last of its history.") % named
    latest = (counts[0].number, counts[0].taken_on) if counts else (None, None)
    if latest != (unit.headcount, unit.headcount_on):
        yield _("%(unit)s (%(code)s): its present headcount is not the last of its history.") % named
    heir = unit.merged_into
    if heir and unit.closed_on and heir.closed_on and heir.closed_on < unit.closed_on:
        yield _("%(unit)s (%(code)s) was merged into a unit that was no more.") % named


def _follow(rows: list, unit: Unit) -> bool:
    """Whether the rows follow one another day by day, from no beginning to the unit's own end."""
    stretches: list[Stretch] = rows
    if not stretches or stretches[0].starts is not None:
        return False
    for one, after in pairwise(stretches):
        if one.ends is None or after.starts != one.ends + timedelta(days=1):
            return False
    return stretches[-1].ends == (unit.closed_on - timedelta(days=1) if unit.closed_on else None)
