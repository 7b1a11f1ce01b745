"""What units owe in this room: people for the seats that they were given."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from congress import duties, rules
from congress.duties import Duty
from congress.models import Congress, Extension
from delegates.models import Delegate, Quota, SettledList
from units.models import Unit


def _in_words(free: int, seats: int) -> str:
    return _("Register delegates: %(free)s of %(seats)s seats are free") % {"free": free, "seats": seats}


def list_duties(congress: Congress, _day: date) -> Iterator[Duty]:
    """Of units whose list is not settled, until their registration closes: seats that are free, the list to settle.

    Two queries.
    """
    if congress.registration_due is None:
        return
    for unit in _open_lists(congress):
        held = rules.deadline(congress, Extension.Kind.REGISTRATION, unit.pk)
        if held is None:
            continue
        common = {"due": held.day, "unit_ids": frozenset([unit.pk]), "version": congress.version}
        if unit.seats > unit.taken:
            yield Duty(
                key=f"seats:{congress.pk}:{unit.pk}",
                title=lazy(_in_words, str)(unit.seats - unit.taken, unit.seats),
                path=reverse("delegates:unit", args=[congress.slug, unit.pk]),
                **common,
            )
        if unit.taken and unit.is_active:
            yield Duty(
                key=f"settle:{congress.pk}:{unit.pk}",
                title=_("Settle the unit's list of delegates"),
                path=reverse("delegates:settle", args=[congress.slug, unit.pk]),
                by_head=True,
                **common,
            )


def _open_lists(congress: Congress) -> QuerySet[Unit]:
    """The units that have not settled their lists, each with the `seats` given to it and how many are `taken`."""
    settled = SettledList.objects.in_force().filter(congress=congress).values("unit")
    of_unit = {"congress": congress, "unit": OuterRef("pk")}
    seats = Quota.objects.filter(**of_unit).order_by().values("unit").annotate(number=Sum("seats")).values("number")
    taken = Delegate.objects.filter(**of_unit).seated().order_by().values("unit").annotate(number=Count("*"))
    return (
        Unit.objects.exclude(pk__in=settled)
        .annotate(seats=Coalesce(Subquery(seats), 0), taken=Coalesce(Subquery(taken.values("number")), 0))
        .only("pk", "is_active")
        .order_by("pk")
    )


def register() -> None:
    """Let reminders and calendars know."""
    duties.register(list_duties)
