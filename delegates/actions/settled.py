"""A unit's list settled by its head, and opened again by the Department. Locks: quotas, then delegates, by key."""

from django.db import transaction

from congress.models import Congress
from core import audit, clock, locks
from core.models import User
from core.refusal import refuse_if
from delegates import rules
from delegates.letters import settled as letters
from delegates.models import SettledList
from delegates.queries.seats import hold_seats, people_of
from delegates.queries.settled import Roll, roll_of_people
from units.hats import hats
from units.models import Unit


class ListChanged(Exception):
    """The list is no longer what the head has read."""


@transaction.atomic
def settle_list(*, actor: User, congress: Congress, unit: Unit, read: str, document: str = "") -> SettledList:
    """Settle a unit's list as its head has read it (Chốt danh sách). `read` is the fingerprint of what was shown.

    Nobody comes or goes while it is looked at: seats and people are held. Raises `ListChanged` when somebody has
    changed it since.
    """
    quotas = hold_seats(congress, [unit])
    people = people_of(congress, [unit])
    rows = SettledList.objects.in_force().filter(congress=congress, unit=unit)
    before = rows.select_for_update(of=("self",), no_key=True).first()
    roll: Roll = roll_of_people(people, quotas)
    refuse_if(rules.why_not_settle(actor, unit, roll.members, before, grown=roll.has_grown(before)))
    if roll.digest != read:
        raise ListChanged
    number = SettledList.objects.filter(congress=congress, unit=unit).count() + 1
    if before:
        before.ended_at, before.ended_by = clock.now(), actor
        before.save(update_fields=["ended_at", "ended_by"])
    acting = unit.pk in hats(actor).acting_for
    settled = SettledList(
        congress=congress,
        unit=unit,
        number=number,
        settled_by=actor,
        capacity=SettledList.Capacity.ACTING if acting else SettledList.Capacity.HEAD,
        document=document,
        people=len(roll.members),
        reserves=len(roll.reserves),
        free=roll.free,
        members=roll.members,
        cells=roll.cells,
    )
    settled.full_clean()
    settled.save()
    audit.record(actor, "unit_list.settled", settled, document=document, people=settled.people, free=settled.free)
    return settled


@transaction.atomic
def open_settled(*, actor: User | None, settled: SettledList, reason: str) -> SettledList:
    """Open a unit's settled list again, with a reason (Mở lại danh sách); head and clerk get a letter."""
    current = locks.lock(SettledList, settled.pk)
    refuse_if(rules.why_not_open_settled(actor, current))
    current.ended_at, current.ended_by, current.reason = clock.now(), actor, reason
    current.save(update_fields=["ended_at", "ended_by", "reason"])
    letters.opened(current)
    audit.record(actor, "unit_list.opened", current, reason=reason)
    return current
