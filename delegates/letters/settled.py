"""The letter that tells a unit that its settled list is open again."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from core import outbox
from delegates.letters.allocation import address, people_of
from delegates.models import SettledList


def opened(settled: SettledList) -> None:
    """Tell head and clerk that the list is open again, and why."""
    unit = settled.unit
    for person in people_of([unit.pk]).get(unit.pk, []):
        with override(person.language):
            words = {"unit": unit.name, "reason": settled.reason}
            lines = [
                _("The Department has opened the list of %(unit)s again: people can be registered and withdrawn.")
                % words,
                _("Reason: %(reason)s") % words,
                _("When it is in order, the head of the unit settles it anew."),
                address("unit", settled.congress.slug, unit.pk),
            ]
            subject = _("The list of %(unit)s is open again") % words
            outbox.send(to=person, subject=subject, body="\n".join(lines))
