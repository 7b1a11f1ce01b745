"""Dossiers follow a unit that was merged into another, or that moved; what was submitted keeps what it said."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import ngettext

from awards.models import Nomination
from awards.queries.nominations import dossiers_of
from congress.models import Conference, Congress
from congress.queries.conferences import is_over
from core import audit, clock, versions
from core.models import User
from core.refusal import refuse_if
from units import rules
from units.models import Unit


@transaction.atomic
def follow_unit(*, actor: User | None, congress: Congress, units: Sequence[Unit], into: Unit) -> list[str]:
    """Let the dossiers of some units be another one's from now on: it answers for them, mends and submits them.

    A dossier whose conference has not been held comes from the unit's conference of today. What followed, in words.
    """
    refuse_if(rules.why_not_edit_unit(actor))
    own = Conference.objects.filter(congress=congress, units=into).first()
    moved = 0
    for nomination in dossiers_of(congress, units):
        told = versions.apply(nomination, _now(nomination, into, own))
        if told:
            versions.save(nomination, ["unit", "conference"])
            audit.record(actor, "nomination.followed", nomination, changes=told)
            moved += nomination.unit_id == into.pk and into not in units
    if not moved:
        return []
    line = ngettext("%(n)s dossier is with %(unit)s now.", "%(n)s dossiers are with %(unit)s now.", moved)
    return [line % {"n": moved, "unit": into}]


def _now(nomination: Nomination, into: Unit, own: Conference | None) -> dict[str, Any]:
    """Whose a dossier is now, and which conference it comes from."""
    source = nomination.conference
    keeps = source is not None and is_over(source, clock.today())
    return {"unit": into, "conference": source if keeps else own or source}
