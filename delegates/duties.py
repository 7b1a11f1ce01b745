"""What units owe in this room: people for the seats that they were given."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from congress import duties, rules
from congress.duties import Duty
from congress.models import Congress, Extension
from delegates.models import Delegate, SettledList


def _in_words(free: int, seats: int) -> str:
    return _("Register delegates: %(free)s of %(seats)s seats are free") % {"free": free, "seats": seats}


def seat_duties(congress: Congress, _day: date) -> Iterator[Duty]:
    """Units with free seats, until their registration closes; not where the list is settled. Four queries."""
    if congress.registration_due is None:
        return
    given = congress.quotas.exclude(unit=None).order_by().values_list("unit").annotate(number=Sum("seats"))
    people = Delegate.objects.filter(congress=congress).seated().exclude(unit=None)
    taken = dict(people.order_by().values_list("unit").annotate(number=Count("*")))
    settled = set(SettledList.objects.in_force().filter(congress=congress).values_list("unit", flat=True))
    for unit, seats in given:
        if unit in settled:
            continue
        free = seats - taken.get(unit, 0)
        held = rules.deadline(congress, Extension.Kind.REGISTRATION, unit)
        if free > 0 and held:
            yield Duty(
                key=f"seats:{congress.pk}:{unit}",
                title=lazy(_in_words, str)(free, seats),
                path=reverse("delegates:unit", args=[congress.slug, unit]),
                due=held.day,
                unit_ids=frozenset([unit]),
                version=congress.version,
            )


def settling_duties(congress: Congress, _day: date) -> Iterator[Duty]:
    """Heads whose units have people on the list and have not settled it, until registration closes. Two queries."""
    if congress.registration_due is None:
        return
    settled = SettledList.objects.in_force().filter(congress=congress).values("unit")
    people = congress.delegates.seated().filter(unit__is_active=True).exclude(unit__in=settled)
    for unit in people.order_by("unit").values_list("unit", flat=True).distinct():
        held = rules.deadline(congress, Extension.Kind.REGISTRATION, unit)
        if held:
            yield Duty(
                key=f"settle:{congress.pk}:{unit}",
                title=_("Settle the unit's list of delegates"),
                path=reverse("delegates:settle", args=[congress.slug, unit]),
                due=held.day,
                unit_ids=frozenset([unit]),
                by_head=True,
                version=congress.version,
            )


def register() -> None:
    """Let reminders and calendars know."""
    duties.register(seat_duties)
    duties.register(settling_duties)
