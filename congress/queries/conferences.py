"""Reads of the conferences: where each stands."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from congress import rules
from congress.models import Conference, Congress
from core import clock
from core.vietnamese import short_date, weekday_date
from units.models import Unit


@dataclass(frozen=True)
class ConferenceLine:
    """A conference as one line: where it stands, in a tone and a word, and what is to be said of it."""

    conference: Conference
    members: int
    tone: str
    word: str
    warnings: list[str]
    due: date | None  # its report
    held: bool

    @property
    def when(self) -> str:
        """'sáng thứ Sáu, 19/06/2020 · 25 Lê Thánh Tông', or that there is no day yet."""
        return when(self.conference)


def conference_roll(congress: Congress, today: date | None = None) -> list[ConferenceLine]:
    """Every conference in the plan's order; two queries."""
    today = today or clock.today()
    rows = congress.conferences.select_related("host_unit", "host_block").prefetch_related("units")
    found = list(rows)
    leaders = [(c.leader, c.held_on, c.session) for c in found if c.leader and c.held_on]
    lines = []
    for conference in found:
        conference.congress = congress
        tone, word = standing(conference, today)
        warnings = headcount_warnings(conference)
        if conference.outside_window:
            warnings.append(
                _("The day lies outside the plan's window, %(window)s.") % {"window": congress.conferences_window}
            )
        if conference.held_on and leaders.count((conference.leader, conference.held_on, conference.session)) > 1:
            warnings.append(_("%(name)s attends another conference at this time.") % {"name": conference.leader})
        members, due = len(conference.units.all()), rules.report_due(conference)
        lines.append(ConferenceLine(conference, members, tone, word, warnings, due, _is_over(conference, today)))
    return lines


def _is_over(conference: Conference, today: date) -> bool:
    """Whether a conference was held by this day: it was reported, or its day has passed."""
    states = Conference.State
    if conference.state in (states.HELD, states.REPORTED):
        return True
    return bool(conference.held_on and conference.held_on < today and conference.state != states.POSTPONED)


def when(conference: Conference) -> str:
    """Half of the day, day and place of a conference in words."""
    if not conference.held_on:
        return _("no day yet")
    words = f"{conference.get_session_display()} {weekday_date(conference.held_on)}"
    return f"{words} · {conference.place}" if conference.place else words


def standing(conference: Conference, today: date) -> tuple[str, str]:
    """Where a conference stands on a day: a tone for `{% status %}` and a word."""
    states = Conference.State
    due = rules.report_due(conference)
    if conference.state == states.REPORTED:
        late = bool(due and conference.reported_on and conference.reported_on > due)
        return ("warn", _("Reported late")) if late else ("ok", _("Reported"))
    if conference.state == states.POSTPONED:
        return "warn", _("Postponed")
    if not conference.held_on:
        over = conference.congress.conferences_until < today
        return ("late", _("No day, window over")) if over else ("neutral", _("Without a day"))
    if due and due < today:
        return "late", _("Report overdue since %(day)s") % {"day": short_date(due)}
    if conference.held_on < today:
        return "warn", _("Held, report due %(day)s") % {"day": short_date(due)} if due else _("Held")
    return "wait", str(conference.get_state_display())


def headcount_warnings(conference: Conference) -> list[str]:
    """Where the headcount and the kind of conference do not fit together (letter II.2.1.1)."""
    limit = conference.congress.own_conference_above
    found = []
    for unit in conference.units.all():
        if unit.headcount is None:
            continue
        named = {"unit": unit.name, "count": unit.headcount, "limit": limit}
        if unit.headcount > limit and conference.host_block_id:
            found.append(_("%(unit)s has %(count)s people, more than %(limit)s, but no conference of its own.") % named)
        if unit.headcount <= limit and conference.host_unit_id:
            found.append(_("%(unit)s has %(count)s people, no more than %(limit)s, but its own conference.") % named)
    return found


def conference_sheet(congress: Congress, pk: int) -> Conference | None:
    """One conference with its host and its members; three queries."""
    members = Prefetch("units", Unit.objects.order_by("order", "pk"))
    rows = congress.conferences.select_related("host_unit", "host_block").prefetch_related(members)
    conference = rows.filter(pk=pk).first()
    if conference:
        conference.congress = congress
    return conference
