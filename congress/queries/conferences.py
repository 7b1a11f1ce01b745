"""Reads of the conferences: where each stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from congress import rules
from congress.models import Conference, ConferenceReport, Congress
from core import clock
from core.vietnamese import fold, short_date, weekday_date
from units.models import Unit


@dataclass(frozen=True)
class Remark:
    """Something that is to be looked at, and is no obstacle: what kind of thing, and in words."""

    kind: str  # headcount, delegates, window, leader
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class ConferenceLine:
    """A conference as one line: where it stands, in a tone and a word, and what is to be said of it."""

    conference: Conference
    members: int
    tone: str
    word: str
    warnings: list[Remark]
    due: date | None  # its report
    held: bool
    report: ConferenceReport | None = None

    @property
    def when(self) -> str:
        """'sáng thứ Sáu, 19/06/2020 · 25 Lê Thánh Tông', or that there is no day yet."""
        return when(self.conference)


def conference_rows(congress: Congress) -> QuerySet[Conference]:
    """The conferences of a congress with hosts, reports and members, in the plan's order; two queries."""
    members = Prefetch("units", Unit.objects.order_by("order", "pk"))
    return congress.conferences.select_related("host_unit", "host_block", "report").prefetch_related(members)


def conference_roll(congress: Congress, today: date | None = None, *, closely: bool = True) -> list[ConferenceLine]:
    """Every conference in the plan's order; two queries, and one for extensions.

    Not `closely`: only where each stands, without its members and what is to be said of it; one query less.
    """
    today = today or clock.today()
    rows = conference_rows(congress)
    found = list(rows if closely else rows.prefetch_related(None))
    meetings = leaders_at(found)
    lines = []
    for conference in found:
        conference.congress = congress
        tone, word = standing(conference, today)
        warnings: list[Remark] = []
        if closely:
            warnings = [*headcount_warnings(conference), *window_warnings(conference), *clashes(conference, meetings)]
        due = rules.report_due(conference)
        report = rules.report_of(conference)
        members = len(conference.units.all()) if closely else 0
        over = is_over(conference, today)
        lines.append(ConferenceLine(conference, members, tone, word, warnings, due, over, report))
    return lines


Meetings = dict[tuple[str, date, str], list[Conference]]


def leaders_at(conferences: Iterable[Conference]) -> Meetings:
    """Which conferences each leader of the Ministry attends at one time."""
    found: Meetings = {}
    for one in conferences:
        if one.leader and one.held_on:
            found.setdefault((fold(one.leader), one.held_on, one.session), []).append(one)
    return found


def clashes(conference: Conference, meetings: Meetings) -> list[Remark]:
    """That its leader is wanted elsewhere at the same time, with the names of both conferences."""
    if not (conference.leader and conference.held_on):
        return []
    there = meetings.get((fold(conference.leader), conference.held_on, conference.session), [])
    words = {"name": conference.leader, "this": conference.name}
    text = _("%(name)s is to attend “%(this)s” and “%(other)s” at one time.")
    return [Remark("leader", text % {**words, "other": one.name}) for one in there if one.pk != conference.pk]


def window_warnings(conference: Conference) -> list[Remark]:
    """That its day lies outside the congress's window."""
    if not conference.outside_window:
        return []
    words = {"window": conference.congress.conferences_window}
    return [Remark("window", _("The day lies outside the plan's window, %(window)s.") % words)]


def is_over(conference: Conference, today: date) -> bool:
    """Whether a conference was held by this day: somebody has said so, or its day has passed."""
    if conference.state in Conference.OVER:
        return True
    states = Conference.State
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
    if conference.state in (states.REPORTED, states.ACCEPTED):
        late = rules.days_late(rules.report_of(conference), conference, today) > 0
        if conference.state == states.ACCEPTED:
            return ("warn", _("Reported late, accepted")) if late else ("ok", _("Report accepted"))
        return ("warn", _("Reported late")) if late else ("ok", _("Reported"))
    if conference.state == states.POSTPONED:
        return "warn", _("Postponed")
    if not conference.held_on:
        over = conference.congress.conferences_until < today
        return ("late", _("No day, window over")) if over else ("neutral", _("Without a day"))
    return _before_the_report(conference, today)


def _before_the_report(conference: Conference, today: date) -> tuple[str, str]:
    """Where a conference with a day stands as long as its report is not sent, or was returned."""
    report, due = rules.report_of(conference), rules.report_due(conference)
    if report and report.state == report.State.RETURNED and report.due:
        words = {"day": short_date(report.due)}
        if report.due < today:
            return "late", _("Report returned, correction overdue since %(day)s") % words
        return "warn", _("Report returned, correction due %(day)s") % words
    if due and due < today:
        return "late", _("Report overdue since %(day)s") % {"day": short_date(due)}
    if conference.state == conference.State.HELD or (conference.held_on and conference.held_on < today):
        return "warn", _("Held, report due %(day)s") % {"day": short_date(due)} if due else _("Held")
    return "wait", str(conference.get_state_display())


def headcount_warnings(conference: Conference) -> list[Remark]:
    """Where the headcount and the kind of conference do not fit together (letter II.2.1.1; dossier 0.2)."""
    limit, known = conference.congress.own_conference_above, 0
    found = []
    for unit in conference.units.all():
        if unit.headcount is None:
            continue
        known += unit.headcount
        named = {"unit": unit.name, "count": unit.headcount, "limit": limit}
        if unit.headcount > limit and conference.host_block_id:
            text = _("%(unit)s has %(count)s people, more than %(limit)s, but no conference of its own.") % named
            found.append(Remark("headcount", text))
        if unit.headcount <= limit and conference.host_unit_id:
            text = _("%(unit)s has %(count)s people, no more than %(limit)s, but its own conference.") % named
            found.append(Remark("headcount", text))
    many = conference.congress.delegates_conference_above
    if known > many and conference.form == Conference.Form.PLENARY:
        text = _("%(count)s people, more than %(limit)s: a conference of delegates suggests itself.")
        found.append(Remark("delegates", text % {"count": known, "limit": many}))
    return found


def conference_sheet(congress: Congress, pk: int, *, closely: bool = True) -> Conference | None:
    """One conference with its host, its report and, looked at closely, its members; two queries, or one."""
    rows = conference_rows(congress) if closely else conference_rows(congress).prefetch_related(None)
    conference = rows.filter(pk=pk).first()
    if conference:
        conference.congress = congress
    return conference


def members(conference: Conference) -> list[tuple[Unit, str]]:
    """The units of a conference, each as it was called on the day when it was held, or is called now."""
    units, day = list(conference.units.all()), conference.held_on
    if not day or not is_over(conference, clock.today()):
        return [(unit, unit.name) for unit in units]
    prefetch_related_objects(units, "names")
    return [(unit, unit.named_on(day).name) for unit in units]


def conference_warnings(conference: Conference) -> list[Remark]:
    """All that is to be said of one conference; one query for where else its leader is wanted."""
    there = [conference]
    if conference.leader and conference.held_on:
        same = conference.congress.conferences.filter(held_on=conference.held_on, session=conference.session)
        there = list(same.order_by("order", "pk"))
    return [*headcount_warnings(conference), *clashes(conference, leaders_at(there))]
