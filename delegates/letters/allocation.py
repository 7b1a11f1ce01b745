"""Letters to units about their seats, each in its reader's language, put into the outbox."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from congress.models import Congress
from core import clock, outbox
from core.models import User
from core.vietnamese import short_date
from delegates.models import Allocation, Category, Delegate, SeatTransfer
from units.models import Office, Unit


def people_of(units: Iterable[int]) -> dict[int, list[User]]:
    """Heads and clerks by unit, each once; one query for all units."""
    offices = Office.objects.on(clock.today()).filter(unit__in=units, role__in=Office.OF_A_UNIT, user__is_active=True)
    found: dict[int, dict[int, User]] = defaultdict(dict)
    for office in offices.select_related("user").order_by("role", "pk"):
        found[office.unit_id or 0][office.user_id] = office.user
    return {unit: list(users.values()) for unit, users in found.items()}


def address(name: str, *args) -> str:
    return settings.PORTAL_ADDRESS.rstrip("/") + reverse(f"delegates:{name}", args=args)


def issued(
    allocation: Allocation,
    units: Mapping[int, Unit],
    seats: Mapping[int, list[tuple[Category, int]]],
    reserves: Mapping[int, list[Delegate]],
) -> int:
    """Tell every unit its seats by category, and who has come on its reserve list. How many letters were put out."""
    sent = 0
    congress = allocation.congress
    for key, people in people_of(units).items():
        for person in people:
            with override(person.language):
                lines = [
                    _("%(unit)s has %(n)s seats at the congress:")
                    % {"unit": units[key].name, "n": sum(number for _category, number in seats.get(key, []))},
                    *(f"– {category.name}: {number}" for category, number in seats.get(key, [])),
                ]
                if waiting := reserves.get(key):
                    lines.append(_("On the reserve list now, whoever is next first:"))
                    lines += [f"{one.reserve_order}. {one.full_name}" for one in waiting]
                if congress.registration_due:
                    lines.append(_("Register until %(day)s.") % {"day": short_date(congress.registration_due)})
                lines.append(address("unit", congress.slug, key))
                subject = _("Seats of %(unit)s at the congress") % {"unit": units[key].name}
                sent += bool(outbox.send(to=person, subject=subject, body="\n".join(lines)))
    return sent


def promoted(delegate: Delegate, actor: User | None) -> None:
    """Tell the delegate's unit that somebody has come from the reserve list to a seat; not whoever did it."""
    if delegate.unit is None:
        return
    for person in people_of([delegate.unit.pk]).get(delegate.unit.pk, []):
        if person == actor:
            continue
        with override(person.language):
            words = {"name": delegate.full_name, "category": delegate.category.name}
            body = _("%(name)s had a place on the reserve list and has a seat now: %(category)s.") % words
            outbox.send(
                to=person,
                subject=_("From the reserve list to a seat: %(name)s") % words,
                body=f"{body}\n{address('delegate', delegate.congress.slug, delegate.pk)}",
            )


def transferred(congress: Congress, transfer: SeatTransfer) -> None:
    """Tell both units that seats went from one to the other."""
    sides = [unit for unit in (transfer.source, transfer.target) if unit]
    people = people_of([unit.pk for unit in sides])
    for unit in sides:
        for person in people.get(unit.pk, []):
            with override(person.language):
                words = {
                    "source": transfer.source.name if transfer.source else _("The Ministry"),
                    "target": transfer.target.name if transfer.target else _("The Ministry"),
                    "seats": transfer.seats,
                    "category": transfer.category.name,
                    "reason": transfer.reason,
                }
                lines = [
                    _("Seats transferred from %(source)s to %(target)s: %(seats)s (%(category)s).") % words,
                    _("Reason: %(reason)s") % words,
                    address("unit", congress.slug, unit.pk),
                ]
                outbox.send(to=person, subject=_("Seats transferred"), body="\n".join(lines))
