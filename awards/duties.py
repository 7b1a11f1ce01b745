"""What units owe in this room: drafts that they have begun, dossiers returned for correction."""

from collections.abc import Iterator
from datetime import date

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from awards import rules
from awards.models import Nomination
from congress import duties
from congress.duties import Duty
from congress.models import Congress

State = Nomination.State


def _in_words(nominee: str, *, back: bool) -> str:
    words = _("Mend the dossier of %(nominee)s") if back else _("Submit the dossier of %(nominee)s")
    return words % {"nominee": nominee}


def dossier_duties(congress: Congress, _day: date) -> Iterator[Duty]:
    """Dossiers that wait for their unit: what lies before the head, for the head alone. Two queries.

    A unit that has put nobody forward owes nothing: the letter asks it to propose, not to have somebody.
    """
    for nomination in Nomination.objects.filter(congress=congress, state__in=Nomination.EDITABLE).order_by("pk"):
        nomination.congress = congress
        back = nomination.state == State.RETURNED
        due = nomination.due if back else rules.last_day(nomination)
        if due is None:
            continue
        yield Duty(
            key=f"dossier:{nomination.pk}",
            title=lazy(_in_words, str)(nomination.nominee, back=back),
            path=nomination.get_absolute_url(),
            due=due,
            unit_ids=frozenset([nomination.unit_id]),
            by_head=nomination.state == State.WITH_HEAD,
            version=nomination.version,
        )


def register() -> None:
    """Let reminders and calendars know."""
    duties.register(dossier_duties)
