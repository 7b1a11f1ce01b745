"""A congress that has not been held follows what becomes of units (see `units.changes`)."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from congress.actions import mergers
from congress.models import Conference, Congress, Task
from congress.queries.plan import unfinished
from core.refusal import refuse_if
from units import changes
from units.changes import Change, Dissolved, Merged, Moved
from units.models import Unit

RANK = 1


def to_come(day: date) -> QuerySet[Congress]:
    """The congresses that had not been held before a day: what was held before stays as it was."""
    return Congress.objects.filter(Q(held_on=None) | Q(held_on__gte=day)).order_by("pk")


def hold(units: Sequence[Unit], day: date) -> None:
    """Lock the congresses that are to come, their conferences, and the tasks of these units."""
    congresses = list(to_come(day).select_for_update(of=("self",), no_key=True))
    for rows in (
        Conference.objects.filter(congress__in=congresses),
        Task.objects.filter(congress__in=congresses).filter(Q(lead__in=units) | Q(pk__in=_helped_by(units))),
    ):
        list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))


def _helped_by(units: Sequence[Unit]) -> QuerySet:
    return Task.cooperating.through.objects.filter(unit__in=units).values("task")


def follow(change: Change) -> list[str]:
    """Conferences that have not been held and tasks that are not finished; what followed, in words."""
    lines: list[str] = []
    for congress in to_come(change.day):
        match change:
            case Merged(actor, units, into):
                lines += mergers.join_conferences(actor=actor, congress=congress, units=units, into=into)
                lines += mergers.hand_over_tasks(actor=actor, congress=congress, units=units, into=into)
                lines += mergers.hand_over_extensions(actor=actor, congress=congress, units=units, into=into)
            case Moved(actor, unit, old=old):
                lines += mergers.follow_block(actor=actor, congress=congress, unit=unit, old=old)
            case Dissolved(actor, unit):
                refuse_if(_why_not_without(congress, unit))
                lines += mergers.leave_conferences(actor=actor, congress=congress, unit=unit)
    return lines


def _why_not_without(congress: Congress, unit: Unit) -> str | None:
    """What would be left without anybody when a unit is dissolved."""
    if tasks := list(unfinished(congress).filter(lead=unit)):
        return _("%(unit)s leads “%(task)s”, which is not finished: let another unit lead it first.") % {
            "unit": unit,
            "task": tasks[0],
        }
    return None


def register() -> None:
    """Follow what becomes of units."""
    changes.register(RANK, changes.Follower(hold, follow))
