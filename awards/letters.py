"""Letters of this room, each in its reader's language, put into the outbox."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from awards.models import Nomination, Sitting
from core import clock, outbox
from core.models import User
from core.vietnamese import moment, short_date
from units.models import Office


def _people(nomination: Nomination, *roles: str) -> Iterable[User]:
    held = Office.objects.on(clock.today()).filter(unit=nomination.unit_id, role__in=roles)
    return User.objects.filter(offices__in=held, is_active=True).distinct()


def _address(path: str) -> str:
    return settings.PORTAL_ADDRESS.rstrip("/") + path


def to_unit(nomination: Nomination, subject: Promise, reason: str = "") -> None:
    """Tell the head and the clerk of the unit what became of their nomination; `subject` may name the %(nominee)s."""
    for person in _people(nomination, *Office.OF_A_UNIT):
        with override(person.language):
            lines = [_("Nomination: %(nominee)s") % {"nominee": nomination.nominee}]
            lines.append(_("State: %(state)s") % {"state": nomination.get_state_display()})
            if reason:
                lines.append(_("Reason: %(reason)s") % {"reason": reason})
            if nomination.due:
                lines.append(_("Mend and send it again by %(day)s.") % {"day": short_date(nomination.due)})
            lines.append(_address(nomination.get_absolute_url()))
            outbox.send(to=person, subject=str(subject) % {"nominee": nomination.nominee}, body="\n".join(lines))


def to_head(nomination: Nomination) -> None:
    """Tell the head of the unit that a dossier waits for them."""
    for person in _people(nomination, *Office.HEADS_OF_A_UNIT):
        with override(person.language):
            body = _("A dossier waits for you to submit it: %(nominee)s.") % {"nominee": nomination.nominee}
            outbox.send(
                to=person,
                subject=_("Dossier to submit: %(nominee)s") % {"nominee": nomination.nominee},
                body=f"{body}\n{_address(nomination.get_absolute_url())}",
            )


def summons_to(member: User, sitting: Sitting) -> tuple[str, str]:
    """Subject and text of the letter that calls a member to a sitting, in the member's language."""
    with override(member.language):
        lines = [
            _("You are invited to the sitting of %(council)s.") % {"council": sitting.congress.council_vi},
            _("Time: %(time)s") % {"time": moment(sitting.held_at.astimezone(clock.now().tzinfo))},
            _("Place: %(place)s") % {"place": sitting.place},
            _("Please read the dossiers and declare conflicts of interest before the sitting."),
            _address(sitting.get_absolute_url()),
        ]
        return _("Invitation: sitting of the Council"), "\n".join(lines)


def summons(sitting: Sitting, members: Iterable[User]) -> int:
    """Call the members together. Returns to how many a letter goes; who has no e-mail gets none."""
    sent = 0
    for member in members:
        subject, body = summons_to(member, sitting)
        sent += bool(outbox.send(to=member, subject=subject, body=body))
    return sent
