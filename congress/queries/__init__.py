"""Reads of the plan, the conferences and the programme, ready for pages and papers."""

from congress.queries.chart import ChartRow, PlanChart, month_of, plan_chart
from congress.queries.conferences import (
    ConferenceLine,
    conference_roll,
    conference_sheet,
    conference_warnings,
    headcount_warnings,
    members,
    standing,
    when,
)
from congress.queries.deadlines import after_words, deadline_lines, extension_lines
from congress.queries.editions import Carried, editions, what_comes_along
from congress.queries.issues import IssueRow, PlanStanding, ReceiptLine, issue_rows, plan_standing, receipts
from congress.queries.plan import TASK_TONES, drift_words, plan_mark, task_tone, waits_on
from congress.queries.programme import Point, timetable
from congress.queries.reminders import Batch, Item, batches, letter, owing, sent
from congress.queries.reports import TONES as REPORT_TONES
from congress.queries.reports import ReportSheet, label_of, missing_in, next_after, report_sheet, report_waits_on
from congress.queries.roll_up import RollUp, RollUpRow, roll_up
from congress.queries.schedule import Preview, preview

__all__ = [
    "REPORT_TONES",
    "TASK_TONES",
    "Batch",
    "Carried",
    "ChartRow",
    "ConferenceLine",
    "IssueRow",
    "Item",
    "PlanChart",
    "PlanStanding",
    "Point",
    "Preview",
    "ReceiptLine",
    "ReportSheet",
    "RollUp",
    "RollUpRow",
    "after_words",
    "batches",
    "conference_roll",
    "conference_sheet",
    "conference_warnings",
    "deadline_lines",
    "drift_words",
    "editions",
    "extension_lines",
    "headcount_warnings",
    "issue_rows",
    "label_of",
    "letter",
    "members",
    "missing_in",
    "month_of",
    "next_after",
    "owing",
    "plan_chart",
    "plan_mark",
    "plan_standing",
    "preview",
    "receipts",
    "report_sheet",
    "report_waits_on",
    "roll_up",
    "sent",
    "standing",
    "task_tone",
    "timetable",
    "waits_on",
    "what_comes_along",
    "when",
]
