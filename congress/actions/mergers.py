"""A congress follows what becomes of its units: who hosts and attends conferences, who leads tasks."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress import rules
from congress.actions.conferences import move_member
from congress.actions.deadlines import extend
from congress.actions.plan import edit_task
from congress.models import Conference, ConferenceUnit, Congress, Extension
from congress.queries.conferences import is_over
from congress.queries.plan import unfinished
from core import audit, clock, versions
from core.locks import lock
from core.models import User
from core.refusal import refuse_if
from core.vietnamese import short_date
from units.actions import edit_unit
from units.models import Block, Unit


def _conference_of(congress: Congress, unit: Unit) -> Conference | None:
    """The conference that a unit belongs to, held until the transaction ends."""
    found = ConferenceUnit.objects.filter(congress=congress, unit=unit).first()
    return lock(Conference, found.conference_id) if found else None


@transaction.atomic
def join_conferences(*, actor: User | None, congress: Congress, units: Sequence[Unit], into: Unit) -> list[str]:
    """Let a unit take the place of others in conferences that have not been held; a roll of the past stays as it was.

    What followed, in words.
    """
    lines: list[str] = []
    for unit in units:
        conference = _conference_of(congress, unit)
        if conference is None:
            continue
        if is_over(conference, clock.today()):
            lines.append(_("“%(conference)s” was held: %(unit)s stays in its roll.") % _named(conference, unit))
            continue
        if conference.host_unit_id == unit.pk:
            lines += _host(actor, conference, unit, into)
        _leave(actor, conference, unit)
        lines += _take_place(actor, conference, into)
    if _conference_of(congress, into) is None:
        lines += _join_block(actor, congress, into)
    return lines


def _named(conference: Conference, unit: Unit) -> dict:
    return {"conference": conference, "unit": unit}


def _host(actor: User | None, conference: Conference, unit: Unit, into: Unit) -> list[str]:
    """Another unit holds the conference now; one that bore its host's name bears the new host's."""
    changes: dict[str, Any] = {"host_unit": into}
    if conference.name_vi == unit.name_vi:
        changes |= {"name_vi": into.name_vi, "name_en": into.name_en}
    told = versions.apply(conference, changes)
    versions.save(conference, [*changes])
    audit.record(actor, "conference.handed_on", conference, changes=told)
    if not into.own_conference:
        into.refresh_from_db()
        kept = edit_unit(actor=actor, unit=into, version=into.version, own_conference=True)
        into.own_conference, into.version = kept.own_conference, kept.version
    return [_("“%(conference)s” is held by %(unit)s.") % _named(conference, into)]


def _leave(actor: User | None, conference: Conference, unit: Unit) -> None:
    ConferenceUnit.objects.filter(conference=conference, unit=unit).delete()
    audit.record(actor, "conference.member_moved", conference, changes={unit.name: [conference.name, ""]})


def _take_place(actor: User | None, conference: Conference, into: Unit) -> list[str]:
    """Membership for who has none yet, and for the host of a conference who would sit in a block's otherwise."""
    present = _conference_of(conference.congress, into)
    hosts_here = conference.host_unit_id == into.pk
    stays = present and (is_over(present, clock.today()) or present.host_unit_id == into.pk or not hosts_here)
    if stays or (present and present.pk == conference.pk):
        return []
    move_member(actor=actor, conference=conference, unit=into)
    return [_("%(unit)s takes part in “%(conference)s”.") % _named(conference, into)]


def _block_conference(congress: Congress, block: Block) -> Conference | None:
    """The conference of a block, as long as it has not been held."""
    found = congress.conferences.filter(host_block=block).first()
    return found if found and not is_over(found, clock.today()) else None


def _join_block(actor: User | None, congress: Congress, unit: Unit) -> list[str]:
    conference = _block_conference(congress, unit.block)
    if conference is None:
        return [_("%(unit)s belongs to no conference of “%(congress)s” yet.") % {"unit": unit, "congress": congress}]
    move_member(actor=actor, conference=conference, unit=unit)
    return [_("%(unit)s takes part in “%(conference)s”.") % _named(conference, unit)]


@transaction.atomic
def leave_conferences(*, actor: User | None, congress: Congress, unit: Unit) -> list[str]:
    """Take a unit that is dissolved out of a conference that has not been held. Refused while it is to hold its own.

    What followed, in words.
    """
    conference = _conference_of(congress, unit)
    if conference is None or is_over(conference, clock.today()):
        return []
    own = conference.host_unit_id == unit.pk
    words = _(
        "%(unit)s was to hold “%(conference)s”: let the conference be held first, or merge the unit into another."
    )
    refuse_if(words % _named(conference, unit) if own else None)
    _leave(actor, conference, unit)
    return [_("%(unit)s takes part in “%(conference)s” no more.") % _named(conference, unit)]


@transaction.atomic
def follow_block(*, actor: User | None, congress: Congress, unit: Unit, old: Block) -> list[str]:
    """Let a unit that has moved take part in the conference of its new block, unless the old one's has been held.

    What followed, in words.
    """
    conference = _conference_of(congress, unit)
    if conference is None or conference.host_block_id != old.pk:
        return []
    if is_over(conference, clock.today()):
        return [_("“%(conference)s” was held: %(unit)s stays in its roll.") % _named(conference, unit)]
    if _block_conference(congress, unit.block) is None:
        words = _("The new block's conference was held: %(unit)s stays in “%(conference)s”.")
        return [words % _named(conference, unit)]
    return _join_block(actor, congress, unit)


@transaction.atomic
def hand_over_tasks(*, actor: User | None, congress: Congress, units: Sequence[Unit], into: Unit) -> list[str]:
    """Let a unit lead the unfinished tasks of others, and cooperate where they did. What followed, in words."""
    led = unfinished(congress).filter(lead__in=units)
    for task in led:
        edit_task(actor=actor, task=task, version=task.version, lead=into)
    for task in unfinished(congress).filter(cooperating__in=units).distinct():
        others = [
            unit for unit in task.cooperating.exclude(pk__in=[one.pk for one in units]) if unit.pk != task.lead_id
        ]
        with_into = others if into.pk == task.lead_id else [*others, into]
        edit_task(actor=actor, task=task, version=task.version, cooperating=with_into)
    if not led:
        return []
    return [
        ngettext("%(n)s unfinished task is led by %(unit)s.", "%(n)s unfinished tasks are led by %(unit)s.", len(led))
        % {"n": len(led), "unit": into}
    ]


@transaction.atomic
def hand_over_extensions(*, actor: User | None, congress: Congress, units: Sequence[Unit], into: Unit) -> list[str]:
    """Let a unit have the days that others had been given until, where it has fewer. What followed, in words.

    The extension of a conference's report stays with the conference.
    """
    lines: list[str] = []
    merged = {unit.pk for unit in units}
    given = [one for one in rules.extensions(congress) if one.unit_id in merged and one.kind != Extension.Kind.REPORT]
    for one in given:
        if rules.why_not_extend(actor, congress, one.kind, into, None, one.until):
            continue  # over, or the unit has as many days
        extend(
            actor=actor,
            congress=congress,
            kind=one.kind,
            unit=into,
            until=one.until,
            reason=one.reason,
            document=one.document,
        )
        words = {"what": one.what(), "unit": into, "day": short_date(one.until)}
        lines.append(_("%(what)s: %(unit)s has time until %(day)s, as it was given.") % words)
    return lines
