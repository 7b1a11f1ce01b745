"""The letter that tells a unit why it is not given one more seat. That it was given, `promoted` tells."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from core import outbox
from delegates.letters.allocation import address, people_of
from delegates.models import SeatRequest


def declined(request: SeatRequest) -> None:
    """Tell head and clerk that there is no seat for the person they asked for, and why."""
    delegate = request.delegate
    if delegate.unit is None:
        return
    for person in people_of([delegate.unit.pk]).get(delegate.unit.pk, []):
        with override(person.language):
            words = {"name": delegate.full_name, "category": delegate.category.name, "reason": request.answer}
            lines = [
                _("One more seat for %(name)s (%(category)s) cannot be given.") % words,
                _("Reason: %(reason)s") % words,
                _("%(name)s stays on the reserve list.") % words,
                address("unit", request.congress.slug, delegate.unit.pk),
            ]
            outbox.send(to=person, subject=_("No seat for %(name)s") % words, body="\n".join(lines))
