"""What came of all conferences, on one page and in one annex: computed from the reports, never typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress import reports, rules
from congress.models import Conference, ConferenceReport, Congress, Elected
from congress.queries.conferences import ConferenceLine, conference_roll
from core import clock
from core.models import Upload, User
from core.vietnamese import short_date

As = Elected.As


@dataclass(frozen=True)
class RollUpRow:
    """A conference in the roll-up: its day against the window, who came, what was decided, how late its report is."""

    line: ConferenceLine
    report: ConferenceReport | None  # as far as it was ever sent
    collectives: int
    individuals: int
    delegates: int
    minutes: bool
    days_outside: int  # after the window; negative before it
    report_late: int  # days
    overdue: bool  # no day, or the report still missing after its day

    @property
    def conference(self) -> Conference:
        return self.line.conference

    @property
    def held(self) -> bool:
        return self.line.held

    @property
    def late(self) -> bool:
        """Held after the window, or not at all until its end; or the report came, or stays away, after its day."""
        return self.days_outside > 0 or self.report_late > 0 or self.overdue

    @property
    def without_minutes(self) -> bool:
        return self.held and not self.minutes

    @property
    def against_window(self) -> str:
        """'chậm 1 ngày so với Quý II/2020'."""
        window = self.conference.congress.conferences_window
        if not self.conference.held_on:
            return _("no day yet")
        if not self.days_outside:
            return _("within %(window)s") % {"window": window}
        days = abs(self.days_outside)
        if self.days_outside > 0:
            text = ngettext("%(days)s day after %(window)s", "%(days)s days after %(window)s", days)
        else:
            text = ngettext("%(days)s day before %(window)s", "%(days)s days before %(window)s", days)
        return text % {"days": days, "window": window}

    @property
    def about_report(self) -> str:
        """'Đã gửi, muộn 2 ngày'; 'Chưa có, quá hạn 8 ngày'; nothing before the conference."""
        words = {"days": self.report_late, "state": self.report.get_state_display() if self.report else ""}
        if self.report and self.report_late:
            text = ngettext("%(state)s, %(days)s day late", "%(state)s, %(days)s days late", self.report_late)
        elif self.report:
            text = "%(state)s"
        elif self.report_late:
            text = ngettext("Missing, %(days)s day overdue", "Missing, %(days)s days overdue", self.report_late)
        elif self.held and self.line.due:
            return _("Due on %(day)s") % {"day": short_date(self.line.due)}
        else:
            return ""
        return text % words

    @property
    def parts(self) -> list[tuple[str, int, str]]:
        """Who came, as a bar: women, men, and who was summoned and did not come."""
        if not self.report or self.report.attended is None:
            return []
        women, present = self.report.women or 0, self.report.attended
        absent = max((self.report.summoned or 0) - present, 0)
        return [(_("women"), women, "warn"), (_("men"), present - women, "wait"), (_("absent"), absent, "neutral")]


@dataclass(frozen=True)
class Totals:
    """The foot of the roll-up."""

    summoned: int
    attended: int
    women: int
    papers: int
    collectives: int
    individuals: int
    delegates: int


@dataclass(frozen=True)
class RollUp:
    """The conferences whose figures somebody may read, and what is to be said of them together."""

    rows: list[RollUpRow]

    @property
    def held(self) -> int:
        return sum(row.held for row in self.rows)

    @property
    def late(self) -> int:
        return sum(row.late for row in self.rows)

    @property
    def without_minutes(self) -> int:
        return sum(row.without_minutes for row in self.rows)

    @property
    def sentence(self) -> str:
        """'7 trên 10 Hội nghị đã tổ chức, 2 muộn, 1 chưa có biên bản'."""
        return _("%(held)s of %(all)s conferences held, %(late)s late, %(without)s without minutes") % {
            "held": self.held,
            "all": len(self.rows),
            "late": self.late,
            "without": self.without_minutes,
        }

    @property
    def most(self) -> int:
        """The longest bar."""
        return max((sum(value for _label, value, _tone in row.parts) for row in self.rows), default=0)

    @property
    def parts(self) -> list[tuple[str, int, str]]:
        """All conferences' bars in one."""
        found = [row.parts for row in self.rows if row.parts]
        columns = zip(*found, strict=True)
        return [(column[0][0], sum(value for _label, value, _tone in column), column[0][2]) for column in columns]

    @property
    def totals(self) -> Totals:
        sent = [row.report for row in self.rows if row.report]
        figures = [sum(getattr(one, name) or 0 for one in sent) for name in ("summoned", "attended", "women", "papers")]
        elected = [sum(getattr(row, name) for row in self.rows) for name in ("collectives", "individuals", "delegates")]
        return Totals(*figures, *elected)


def roll_up(congress: Congress, user: User, today: date | None = None) -> RollUp:
    """The conferences that somebody may read the figures of; four queries."""
    today = today or clock.today()
    lines = [line for line in conference_roll(congress, today) if rules.may_see_figures(user, line.conference)]
    sent = {line.report.pk for line in lines if line.report and line.report.first_sent_at}
    elected = _elected(sent)
    with_minutes = _with_minutes(sent)
    return RollUp([_row(line, elected, with_minutes, today) for line in lines])


def _elected(sent: Iterable[int]) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    for key in Elected.objects.filter(report__in=sent).values_list("report", "elected_as"):
        found[key] = found.get(key, 0) + 1
    return found


def _with_minutes(sent: Iterable[int]) -> set[int]:
    files = Upload.objects.filter(owner_type=ConferenceReport._meta.label_lower, owner_id__in=sent)
    return set(files.filter(slot=reports.MINUTES).values_list("owner_id", flat=True))


def _row(line: ConferenceLine, elected: dict[tuple[int, str], int], with_minutes: set[int], today: date) -> RollUpRow:
    conference = line.conference
    report = line.report if line.report and line.report.first_sent_at else None
    pk = report.pk if report else 0
    congress, day = conference.congress, conference.held_on
    outside = 0
    if day:
        outside = max((day - congress.conferences_until).days, 0) or min((day - congress.conferences_from).days, 0)
    late = rules.days_late(report, conference, today) if line.held else 0
    return RollUpRow(
        line=line,
        report=report,
        collectives=elected.get((pk, As.COLLECTIVE), 0),
        individuals=elected.get((pk, As.INDIVIDUAL), 0),
        delegates=elected.get((pk, As.DELEGATE), 0),
        minutes=pk in with_minutes,
        days_outside=outside,
        report_late=late,
        overdue=not line.held and congress.conferences_until < today,
    )
