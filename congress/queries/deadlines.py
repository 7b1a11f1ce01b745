"""Reads of the deadlines: what holds for everybody, and what was extended for whom."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress import rules
from congress.models import Congress, Extension
from core.models import User
from core.vietnamese import moment, short_date


@dataclass(frozen=True)
class DeadlineLine:
    """A deadline that everybody has, and what becomes of what comes after it."""

    name: str
    day: date | None
    words: str  # where it has no day of its own
    after: str


def deadline_lines(congress: Congress) -> list[DeadlineLine]:
    """The deadlines of a congress; no query."""
    kinds = Extension.Kind
    days = _("%(days)s days after its conference") % {"days": congress.report_days}
    late = _("Late reports are accepted and marked as late.")
    return [
        DeadlineLine(str(kinds.NOMINATIONS.label), congress.nominations_due, _("not set"), after_words(congress)),
        DeadlineLine(str(kinds.REGISTRATION.label), congress.registration_due, _("not set"), after_words(congress)),
        *_replacements(congress),
        DeadlineLine(str(kinds.REPORT.label), None, days, late),
    ]


def _replacements(congress: Congress) -> list[DeadlineLine]:
    """Until when units send somebody else; without a day of its own it is the day of registration."""
    if congress.replacements_until is None:
        return []
    after = _("After it only the Department sends somebody else.")
    return [DeadlineLine(_("Replacement of delegates by units"), congress.replacements_until, "", after)]


def after_words(congress: Congress) -> str:
    """What becomes of dossiers and registrations after their last day."""
    accepted = congress.late_acts == Congress.LateActs.ACCEPT
    words = _("What comes later is accepted and marked as late.") if accepted else _("What comes later is refused.")
    if minutes := congress.grace_minutes:
        grace = ngettext("%(n)s minute of grace.", "%(n)s minutes of grace.", minutes) % {"n": minutes}
        return f"{grace} {words}"
    return words


@dataclass(frozen=True)
class ExtensionLine:
    """An extension as its row shows it."""

    extension: Extension
    tone: str
    word: str
    since: str
    why_not_take_back: str | None


def extension_lines(congress: Congress, user: User) -> list[ExtensionLine]:
    """The extensions that somebody may see, newest first; one query."""
    rows = congress.extensions.visible_to(user).select_related("unit", "conference", "actor", "taken_back_by")
    lines, latest = [], set()
    for one in rows:
        one.congress = congress
        key = (one.kind, one.unit_id, one.conference_id)
        tone, word, since = "ok", _("In force"), ""
        if one.taken_back_at:
            tone, word, since = "locked", _("Taken back"), f"{one.taken_back_by or ''} {moment(one.taken_back_at)}"
        elif key in latest:
            tone, word = "locked", _("A later one counts")
        elif one.used_at:
            since = _("used on %(day)s") % {"day": short_date(one.used_at.date())}
        if not one.taken_back_at:
            latest.add(key)
        lines.append(ExtensionLine(one, tone, word, since.strip(), rules.why_not_take_back(user, one)))
    return lines
