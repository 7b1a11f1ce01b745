"""Which deadlines hold for a unit, and who may extend them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from congress.deadlines import Deadline
from congress.models import Conference, Congress, Extension
from congress.rules.plan import of_the_department
from core import clock
from core.models import User
from core.refusal import Denial
from core.vietnamese import short_date
from units.models import BlockOffice, Unit

Kind = Extension.Kind
KEPT = "_extensions"  # on a congress that is at hand: its extensions, read once


def extensions(congress: Congress) -> list[Extension]:
    """The extensions of a congress that are in force, newest first; one query for a congress that is at hand."""
    kept = congress.__dict__.get(KEPT)
    if kept is None:
        kept = congress.__dict__[KEPT] = list(congress.extensions.in_force().select_related("unit", "conference"))
    return kept


def forget_extensions(congress: Congress) -> None:
    """Read the extensions anew at the next question: one has just been given or taken back."""
    congress.__dict__.pop(KEPT, None)


def deadline(congress: Congress, kind: str, unit_id: int | None) -> Deadline | None:
    """The deadline of dossiers or of registrations as it holds for a unit; None where the congress has none."""
    common = congress.nominations_due if kind == Kind.NOMINATIONS else congress.registration_due
    if common is None:
        return None
    mine = (one for one in extensions(congress) if one.kind == kind and one.unit_id == unit_id)
    return _as_extended(congress, common, next(mine, None))


def report_deadline(conference: Conference) -> Deadline | None:
    """The deadline of a conference's report; None while the conference has no day. A late report is always taken."""
    congress = conference.congress
    if conference.held_on is None:
        return None
    common = conference.held_on + timedelta(days=congress.report_days)
    mine = (one for one in extensions(congress) if one.kind == Kind.REPORT and one.conference_id == conference.pk)
    return _as_extended(congress, common, next(mine, None), accepts_late=True)


def _as_extended(
    congress: Congress, common: date, extension: Extension | None, *, accepts_late: bool | None = None
) -> Deadline:
    return Deadline(
        common=common,
        until=extension.until if extension else None,
        document=extension.document if extension else "",
        grace_minutes=congress.grace_minutes,
        accepts_late=congress.late_acts == Congress.LateActs.ACCEPT if accepts_late is None else accepts_late,
    )


def extended(congress: Congress, kind: str, unit_ids: Iterable[int]) -> list[Extension]:
    """The extensions that give some units more days than everybody has, one for each unit."""
    common = congress.nominations_due if kind == Kind.NOMINATIONS else congress.registration_due
    wanted = set(unit_ids)
    if common is None or not wanted:
        return []
    found: dict[int, Extension] = {}
    for one in extensions(congress):
        if one.kind == kind and one.unit_id in wanted:
            found.setdefault(one.unit_id, one)
    return [one for one in found.values() if one.until > common]


def extended_report(conference: Conference) -> list[Extension]:
    """The extension that gives a conference's report more days, if there is one."""
    held = report_deadline(conference)
    mine = (one for one in extensions(conference.congress) if one.conference_id == conference.pk)
    found = next(mine, None)
    return [found] if found and held and held.extended else []


def deadline_of(congress: Congress, kind: str, unit: Unit, conference: Conference | None) -> Deadline | None:
    """The deadline that an extension of this kind would move."""
    if kind == Kind.REPORT:
        return report_deadline(conference) if conference else None
    return deadline(congress, kind, unit.pk)


def why_not_extend_any(actor: User | None) -> str | None:
    """Deadlines are extended by the Department."""
    if of_the_department(actor):
        return None
    return Denial(_("Deadlines are extended by the Department: ask it, with your reason and a paper."))


def why_not_extend(
    actor: User | None, congress: Congress, kind: str, unit: Unit, conference: Conference | None, until: date
) -> str | None:
    """Why a deadline cannot be extended for this unit until this day."""
    return (
        why_not_extend_any(actor)
        or why_not_extend_for(congress, kind, unit, conference)
        or why_not_until(congress, kind, unit, conference, until)
    )


def why_not_extend_for(congress: Congress, kind: str, unit: Unit, conference: Conference | None) -> str | None:
    """Why this unit has no such deadline to extend."""
    if not unit.is_active:
        return _("%(unit)s is no longer at work.") % {"unit": unit}
    if kind == Kind.REPORT and conference and not _reports(unit, conference):
        return _("%(unit)s does not report “%(conference)s”: choose the unit that holds it or leads its block.") % {
            "unit": unit,
            "conference": conference.name,
        }
    if deadline_of(congress, kind, unit, conference) is None:
        return _("There is no such deadline yet: it must have a day before it can be extended.")
    return None


def why_not_until(congress: Congress, kind: str, unit: Unit, conference: Conference | None, until: date) -> str | None:
    """Why this day is none to extend to: an extension gives days, and lets the unit still act."""
    current = deadline_of(congress, kind, unit, conference)
    if current and until <= current.day:
        return _("The new day must lie after %(day)s, the last day that this unit has now.") % {
            "day": short_date(current.day)
        }
    if until < clock.today():
        return _("The new day lies in the past: choose today or a later day.")
    return None


def _reports(unit: Unit, conference: Conference) -> bool:
    """Whether a unit reports a conference: it is its host, or leads the block that is, today."""
    if conference.host_unit_id:
        return conference.host_unit_id == unit.pk
    led = BlockOffice.objects.on(clock.today()).filter(block=conference.host_block_id, unit=unit)
    return led.exists()


def why_not_take_back(actor: User | None, extension: Extension) -> str | None:
    """An extension is taken back as long as nobody has relied on it."""
    if reason := why_not_extend_any(actor):
        return reason
    if extension.taken_back_at:
        return _("This extension was taken back already.")
    if extension.used_at:
        return _("%(unit)s has sent something in the time that it was given: the extension stays.") % {
            "unit": extension.unit
        }
    return None
