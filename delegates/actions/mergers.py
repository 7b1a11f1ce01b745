"""Seats and people follow a unit that was merged into another: nobody loses a seat, and no seat is lost."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import ngettext

from congress.models import Congress
from core import audit, versions
from core.models import User
from core.refusal import refuse_if
from delegates import rules
from delegates.models import Delegate, Quota, TallyMark
from delegates.queries import last_reserve
from delegates.queries.seats import hold_seats, people_of
from units.models import Unit


@transaction.atomic
def join_seats(*, actor: User | None, congress: Congress, units: Sequence[Unit], into: Unit) -> list[str]:
    """Add the seats of some units to another one's, category by category, and let their people sit there.

    What followed, in words.
    """
    refuse_if(rules.why_not_set_seats(actor))
    quotas = hold_seats(congress, [*units, into])  # seats before delegates, as everywhere
    changes, moved = _add_up(congress, quotas, into)
    people = people_of(congress, units)
    left = {delegate.unit_id for delegate in people}
    for delegate in people:
        if delegate.state == Delegate.State.RESERVE:  # behind those who wait there already
            delegate.reserve_order = last_reserve(congress, into, delegate.category) + 1
        told = versions.apply(delegate, {"unit": into})
        delegate.priority = None
        versions.save(delegate, ["unit", "reserve_order", "priority"])
        audit.record(actor, "delegate.followed", delegate, changes=told)
    for unit in left:  # each delegate has marked the unit that it came to
        TallyMark.objects.set(congress.pk, unit)
    if changes:
        audit.record(actor, "seats.joined", congress, changes=changes)
    words = {"unit": into, "congress": congress}
    lines = []
    if moved:
        line = ngettext("%(n)s seat goes to %(unit)s.", "%(n)s seats go to %(unit)s.", moved)
        lines.append(line % {"n": moved, **words})
    if people:
        line = ngettext(
            "%(n)s delegate comes from %(unit)s now.", "%(n)s delegates come from %(unit)s now.", len(people)
        )
        lines.append(line % {"n": len(people), **words})
    return lines


def _add_up(congress: Congress, quotas: Sequence[Quota], into: Unit) -> tuple[dict[str, list[str]], int]:
    """Add seats up; what changed, for the trail, and how many seats have moved."""
    own = {quota.category_id: quota for quota in quotas if quota.unit_id == into.pk}
    changes: dict[str, list[str]] = {}
    moved = 0

    def change(quota: Quota, seats: int) -> None:
        changes[f"{quota.unit} – {quota.category.short}"] = [str(quota.seats), str(seats)]
        quota.seats, quota.version = seats, quota.version + 1

    for quota in quotas:
        if quota.unit_id == into.pk or not quota.seats:
            continue
        moved += quota.seats
        kept = own.setdefault(
            quota.category_id, Quota(congress=congress, unit=into, category=quota.category, version=0)
        )
        before = changes.pop(f"{into} – {quota.category.short}", [str(kept.seats)])[0]
        change(kept, kept.seats + quota.seats)
        changes[f"{into} – {quota.category.short}"][0] = before
        kept.save()
        change(quota, 0)
        quota.save()
    return changes, moved
