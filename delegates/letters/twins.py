"""Letters about entries that became one, each in its reader's language, put into the outbox."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from core import outbox
from delegates.letters.allocation import address, people_of
from delegates.models import Delegate


def merged(stays: Delegate, goes: Delegate, *, freed: bool) -> None:
    """Tell both units that somebody was registered twice and is on the list once; no personal data stands in it.

    `freed`: the entry that went had a seat.
    """
    units = dict.fromkeys(one.unit_id for one in (goes, stays) if one.unit_id)
    people = people_of(units)
    for unit in units:
        own = stays if stays.unit_id == unit else goes
        for person in people.get(unit, []):
            with override(person.language):
                lines = _lines(stays, goes, freed=freed and goes.unit_id == unit)
                lines.append(address("delegate", own.congress.slug, own.pk))
                subject = _("Registered twice: %(name)s") % {"name": stays.full_name}
                outbox.send(to=person, subject=subject, body="\n".join(lines))


def _lines(stays: Delegate, goes: Delegate, *, freed: bool) -> list[str]:
    words = {"name": stays.full_name, "unit": stays.comes_from, "category": stays.category.name}
    words |= {"freed": goes.category.name, "other": goes.comes_from}
    if stays.unit_id == goes.unit_id:
        first = _("%(name)s was registered twice by %(unit)s.") % words
    else:
        first = _("%(name)s was registered twice: by %(other)s and by %(unit)s.") % words
    kept = _("The Department has merged the two entries. The seat that is kept: %(unit)s – %(category)s.") % words
    lines = [first, kept]
    if freed:
        lines.append(_("Your seat for “%(freed)s” is free again: register somebody else.") % words)
    return lines
