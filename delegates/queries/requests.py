"""The waiting list: who asks for one more seat, with the figures by which the Department decides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from congress.models import Congress
from delegates.models import Delegate, Quota, SeatRequest
from units.models import Unit

MOST_DECIDED = 50  # on the page, the latest first


@dataclass(frozen=True)
class Asked:
    """A request that waits, and how its unit stands."""

    request: SeatRequest
    seats: int  # of the unit, in the categories that count
    taken: int
    per_hundred: float | None  # seats for a hundred of its staff


def waiting_list(congress: Congress) -> list[Asked]:
    """Who waits for an answer, who asked first in front; two queries."""
    requests = list(_with_people(SeatRequest.objects.filter(congress=congress).waiting()))
    figures = _figures(congress, {one.delegate.unit_id for one in requests if one.delegate.unit_id})
    return [_asked(one, figures.get(one.delegate.unit_id or 0)) for one in requests]


def _asked(request: SeatRequest, unit: Unit | None) -> Asked:
    if unit is None:
        return Asked(request, 0, 0, None)
    seats, taken, staff = unit.seats, unit.taken, unit.headcount  # type: ignore[attr-defined]
    return Asked(request, seats, taken, round(100 * seats / staff, 1) if staff else None)


def _figures(congress: Congress, units: Iterable[int]) -> Mapping[int, Unit]:
    """These units, each with the `seats` given to it and how many are `taken`, of the categories that count."""
    of_unit = {"congress": congress, "unit": OuterRef("pk"), "category__counted": True}
    seats = Quota.objects.filter(**of_unit).order_by().values("unit").annotate(number=Sum("seats"))
    taken = Delegate.objects.filter(**of_unit).seated().order_by().values("unit").annotate(number=Count("*"))
    return Unit.objects.annotate(
        seats=Coalesce(Subquery(seats.values("number"), output_field=IntegerField()), 0),
        taken=Coalesce(Subquery(taken.values("number"), output_field=IntegerField()), 0),
    ).in_bulk(list(units))


def answered_requests(congress: Congress) -> list[SeatRequest]:
    """What was asked for and answered, the latest first; one query."""
    decided = SeatRequest.objects.filter(congress=congress).exclude(decided_at=None).order_by("-decided_at", "-pk")
    return list(_with_people(decided).select_related("decided_by")[:MOST_DECIDED])


def _with_people(requests: QuerySet[SeatRequest]) -> QuerySet[SeatRequest]:
    return requests.select_related("asked_by", "delegate__unit", "delegate__category")
