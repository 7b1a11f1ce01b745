"""Letters of this room, each in its reader's language, put into the outbox."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from congress.models import Congress
from core import clock, outbox
from core.models import User
from core.vietnamese import short_date
from delegates.queries.completeness import Meter
from units.models import Office, Unit


@dataclass(frozen=True)
class Reminder:
    """What a unit's delegates still lack, and who is told."""

    congress: Congress
    meter: Meter
    people: list[User]

    @property
    def unit(self) -> Unit:
        """The unit that is written to."""
        assert self.meter.unit is not None  # noqa: S101 the Ministry's own seats have nobody to write to
        return self.meter.unit

    @property
    def with_address(self) -> list[User]:
        """Those who have an e-mail: somebody without one gets no letter."""
        return [person for person in self.people if person.email]

    def text(self, person: User) -> tuple[str, str]:
        """Subject and text, in the language of whoever reads it. No value of a field stands in it, nor a name."""
        unit, congress = self.unit, self.congress
        with override(person.language):
            lines = [
                _("Dear %(name)s,") % {"name": person.full_name},
                "",
                ngettext(
                    "%(n)s delegate of %(unit)s still lacks something:",
                    "%(n)s delegates of %(unit)s still lack something:",
                    self.meter.incomplete,
                )
                % {"n": self.meter.incomplete, "unit": unit.name},
                self.meter.words,
            ]
            if congress.registration_due:
                lines.append(_("Please complete it by %(day)s.") % {"day": short_date(congress.registration_due)})
            address = reverse("delegates:missing", args=[congress.slug, unit.pk])
            lines.append(settings.PORTAL_ADDRESS.rstrip("/") + address)
            return _("Delegates of %(unit)s: what is still missing") % {"unit": unit.name}, "\n".join(lines)

    def send(self) -> int:
        """Put the letters into the outbox. Returns how many."""
        sent = 0
        for person in self.people:
            subject, body = self.text(person)
            sent += bool(outbox.send(to=person, subject=subject, body=body))
        return sent


def reminders(congress: Congress, meters: Iterable[Meter]) -> Iterator[Reminder]:
    """A reminder for every unit that lacks something, with those who act for it today; two queries."""
    meters = [meter for meter in meters if meter.unit and meter.incomplete]
    held = Office.objects.on(clock.today()).filter(
        unit__in=[meter.unit for meter in meters], role__in=Office.OF_A_UNIT, user__is_active=True
    )
    people: dict[int | None, list[User]] = {}
    for office in held.select_related("user").order_by("unit", "-role", "pk"):
        line = people.setdefault(office.unit_id, [])
        if office.user not in line:
            line.append(office.user)
    for meter in meters:
        assert meter.unit is not None  # noqa: S101 left out above
        yield Reminder(congress, meter, people.get(meter.unit.pk, []))
