"""Letters of this room, each in its reader's language, put into the outbox."""

from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from congress.models import Conference
from core import clock, outbox
from core.models import User
from core.vietnamese import short_date
from units.models import BlockOffice, Office


def _host(conference: Conference) -> list[User]:
    """Head and clerk of the host: of the unit, or of the units that lead the block today."""
    today = clock.today()
    leading = BlockOffice.objects.on(today).filter(block=conference.host_block_id).values("unit")
    units = Q(unit=conference.host_unit_id) if conference.host_unit_id else Q(unit__in=leading)
    held = Office.objects.on(today).filter(units, role__in=Office.OF_A_UNIT)
    return list(User.objects.filter(offices__in=held, is_active=True).distinct())


def to_host(conference: Conference, subject: Promise, reason: str = "", due: date | None = None) -> None:
    """Tell the host what became of its report; `subject` names the %(conference)s."""
    address = f"{settings.PORTAL_ADDRESS.rstrip('/')}{conference.get_absolute_url()}"
    for person in _host(conference):
        with override(person.language):
            lines = [conference.name]
            if reason:
                lines.append(_("Reason: %(reason)s") % {"reason": reason})
            if due:
                lines.append(_("Mend and send it again by %(day)s.") % {"day": short_date(due)})
            lines.append(address)
            outbox.send(to=person, subject=str(subject) % {"conference": conference.name}, body="\n".join(lines))
