"""Acts on the grass-roots conferences."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from congress import rules
from congress.actions.rows import add_row
from congress.models import (
    Conference,
    ConferenceUnit,
    Congress,
)
from core import audit, clock, versions
from core.locks import lock
from core.models import User
from core.refusal import refuse_if
from core.vietnamese import short_date
from units.models import Unit


@transaction.atomic
def add_conference(*, actor: User | None, congress: Congress, units: Sequence[Unit], **fields: Any) -> Conference:
    """Add a grass-roots conference with its member units. Raises ValidationError for a unit that has another."""
    conference = Conference(congress=congress, **fields)
    add_row(actor=actor, row=conference, verb="conference.added")
    for unit in units:
        membership = ConferenceUnit(congress=congress, conference=conference, unit=unit)
        membership.full_clean()
        membership.save()
    return conference


@transaction.atomic
def move_member(*, actor: User | None, conference: Conference, unit: Unit) -> ConferenceUnit:
    """Let a unit belong to this conference instead of another: each unit has exactly one."""
    lock(Conference, conference.pk)
    refuse_if(rules.why_not_keep_plan(actor))
    membership = ConferenceUnit.objects.filter(congress=conference.congress, unit=unit).first()
    before = membership.conference.name if membership else ""
    if membership is None:
        membership = ConferenceUnit(congress=conference.congress, unit=unit)
    membership.conference = conference
    membership.save()
    audit.record(actor, "conference.member_moved", conference, changes={unit.name: [before, conference.name]})
    return membership


SCHEDULE = ("held_on", "session", "form", "place", "chair", "leader")


@transaction.atomic
def schedule_conference(*, actor: User | None, conference: Conference, version: int, **fields: Any) -> Conference:
    """Set day, half-day, form, place, chair and leader. A day outside the window is accepted and said."""
    current = lock(Conference, conference.pk)
    refuse_if(rules.why_not_schedule(actor, current))
    versions.check(current, version, fields)
    moved = fields.get("held_on", current.held_on) != current.held_on
    changes = versions.apply(current, fields)
    if moved:
        current.state = Conference.State.PLANNED
    if changes:
        current.full_clean()
        versions.save(current, [*fields, "state"])
        audit.record(actor, "conference.scheduled", current, changes=changes, outside_window=current.outside_window)
    return current


@transaction.atomic
def approve_conference(*, actor: User | None, conference: Conference) -> Conference:
    """The Department agrees to the day."""
    current = lock(Conference, conference.pk)
    refuse_if(rules.why_not_approve(actor, current))
    current.state = Conference.State.APPROVED
    versions.save(current, ["state"])
    audit.record(actor, "conference.approved", current)
    return current


@transaction.atomic
def postpone_conference(*, actor: User | None, conference: Conference, reason: str) -> Conference:
    """Postpone a conference; its day falls away until a new one is set."""
    current = lock(Conference, conference.pk)
    refuse_if(rules.why_not_postpone(actor, current))
    day = current.held_on
    current.state, current.held_on, current.session = Conference.State.POSTPONED, None, ""
    versions.save(current, ["state", "held_on", "session"])
    changes = {_("day"): [short_date(day), ""]} if day else None
    audit.record(actor, "conference.postponed", current, reason=reason, changes=changes)
    return current


REPORT = ("summoned", "attended", "women", "papers", "proposals")


@transaction.atomic
def report_conference(*, actor: User | None, conference: Conference, version: int, **fields: Any) -> Conference:
    """Report what came of a conference. The first report keeps its day when it is mended later."""
    current = lock(Conference, conference.pk)
    refuse_if(rules.why_not_report_conference(actor, current))
    versions.check(current, version, fields)
    changes = versions.apply(current, fields)
    current.state = Conference.State.REPORTED
    current.reported_on = current.reported_on or clock.today()
    current.full_clean()
    versions.save(current, [*fields, "state", "reported_on"])
    due = rules.report_due(current)
    audit.record(actor, "conference.reported", current, changes=changes, late=bool(due and current.reported_on > due))
    return current
