"""Acts on the grass-roots conferences."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from congress import rules
from congress.actions.moves import follow_event
from congress.actions.rows import add_row
from congress.models import (
    Conference,
    ConferenceUnit,
    Congress,
    DateMove,
)
from core import audit, versions
from core.locks import lock
from core.models import User
from core.refusal import refuse_if
from core.vietnamese import short_date
from units.models import Unit

SHORT = 80  # longer texts are not copied into the trail: it tells that they changed


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


SCHEDULE = ("held_on", "session", "form", "place", "chair", "leader", "programme", "invited", "papers")


@transaction.atomic
def schedule_conference(
    *, actor: User | None, conference: Conference, version: int, reason: str = "", document: str = "", **fields: Any
) -> Conference:
    """Set day, half-day, form, place, chair, leader and agenda. A day outside the window is accepted and said.

    An approved day is moved with a reason and by a document, and has to be approved again.
    """
    current = lock(Conference, conference.pk)
    refuse_if(rules.why_not_schedule(actor, current))
    versions.check(current, version, fields)
    old, day = current.held_on, fields.get("held_on", current.held_on)
    refuse_if(rules.why_not_move_day(current, day, reason, document))
    again = current.state == Conference.State.POSTPONED
    changes = versions.apply(current, fields)
    if day != old:
        current.state = Conference.State.PLANNED
    if changes:
        current.full_clean()
        versions.save(current, [*fields, "state"])
        move = None
        if day != old and (old or again):
            move = _move_day(actor, current, old, reason or _("The host has set another day."), document)
        if day != old:
            follow_event(actor=actor, event=current, reason=reason, document=document, because_of=move)
        audit.record(
            actor,
            "conference.scheduled",
            current,
            reason=reason,
            changes=_told(changes),
            outside_window=current.outside_window,
        )
    return current


def _move_day(
    actor: User | None, conference: Conference, old: date | None, reason: str, document: str = ""
) -> DateMove:
    """Keep that the day was moved: a day alone, or that there is none any more."""
    return DateMove.objects.create(
        congress_id=conference.congress_id,
        conference=conference,
        old_until=old,
        new_until=conference.held_on,
        reason=reason,
        document=document,
        actor=actor,
    )


def _told(changes: dict[str, list[str]]) -> dict[str, list[str]]:
    """Changes as the trail keeps them: long texts only as having changed."""
    return {label: ["…", "…"] if max(map(len, texts)) > SHORT else texts for label, texts in changes.items()}


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
def postpone_conference(*, actor: User | None, conference: Conference, reason: str, document: str = "") -> Conference:
    """Postpone a conference; its day falls away until a new one is set."""
    current = lock(Conference, conference.pk)
    refuse_if(rules.why_not_postpone(actor, current))
    refuse_if(rules.why_not_move_day(current, None, reason, document))
    day = current.held_on
    current.state, current.held_on, current.session = Conference.State.POSTPONED, None, ""
    versions.save(current, ["state", "held_on", "session"])
    move = _move_day(actor, current, day, reason, document)
    follow_event(actor=actor, event=current, reason=reason, document=document, because_of=move)
    changes = {_("day"): [short_date(day), ""]} if day else None
    audit.record(actor, "conference.postponed", current, reason=reason, changes=changes)
    return current


@transaction.atomic
def hold_conference(*, actor: User | None, conference: Conference) -> Conference:
    """State that the conference was held (Đã tổ chức); who came is told in the report, which may follow later."""
    current = lock(Conference, conference.pk)
    refuse_if(rules.why_not_hold(actor, current))
    current.state = Conference.State.HELD
    versions.save(current, ["state"])
    audit.record(actor, "conference.held", current)
    return current
