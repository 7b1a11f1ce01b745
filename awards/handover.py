"""Advanced models whom a conference proposed: drafts of nominations of their units, when its report is accepted."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from awards import actions, rules
from awards.models import Kind, Nomination
from congress import handover
from congress.handover import Taken
from congress.models import ConferenceReport, Elected
from core.models import User
from core.refusal import Refused
from core.vietnamese import fold


def take(actor: User | None, report: ConferenceReport, elected: Sequence[Elected]) -> list[Taken]:
    """Begin a draft of each; a nomination that its unit has begun already is linked, and not begun again."""
    return [_begin(actor, report, one) for one in elected]


def _begin(actor: User | None, report: ConferenceReport, one: Elected) -> Taken:
    conference = report.conference
    congress = conference.congress
    known = Nomination.objects.filter(congress=congress, unit=one.unit, kind=one.elected_as, folded=fold(one.name))
    if found := known.exclude(state=Nomination.State.WITHDRAWN).first():
        found.congress = congress
        return Taken(one, _("Was nominated already."), found)
    try:
        with transaction.atomic():
            made = actions.start_proposed(
                actor=actor,
                report=report,
                unit=one.unit,
                kind=one.elected_as,
                nominee=one.name,
                position=one.position,
                sex=one.sex,
                birth=one.birth,
                reviewed_on=conference.held_on,
            )
    except Refused as refused:
        return Taken(one, _("Not nominated: %(why)s") % {"why": refused.reason})
    except ValidationError as fault:
        return Taken(one, _("Not nominated: %(why)s") % {"why": " ".join(fault.messages)})
    if rules.why_too_late_to_start(congress, made.unit_id):  # its report was sent in time, and accepted only now
        return Taken(one, _("A draft of its unit: extend the deadline of the unit, so that it can submit it."), made)
    return Taken(one, _("A draft of its unit, to be filled in and submitted."), made)


def register() -> None:
    """Take the advanced models that conferences propose."""
    handover.register("awards", handover.Taker(frozenset(Kind.values), take))
