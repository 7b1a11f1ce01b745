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
from delegates.models import Delegate


def _in_words(free: int, seats: int) -> str:
    return _("Register delegates: %(free)s of %(seats)s seats are free") % {"free": free, "seats": seats}


def seat_duties(congress: Congress, _day: date) -> Iterator[Duty]:
    """Units with free seats, until their registration closes. Three queries."""
    if congress.registration_due is None:
        return
    given = congress.quotas.exclude(unit=None).order_by().values_list("unit").annotate(number=Sum("seats"))
    people = Delegate.objects.filter(congress=congress).seated().exclude(unit=None)
    taken = dict(people.order_by().values_list("unit").annotate(number=Count("*")))
    for unit, seats in given:
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


def register() -> None:
    """Let reminders and calendars know."""
    duties.register(seat_duties)
