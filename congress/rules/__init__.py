"""Who may do what with the plan, the conferences and the programme, and why not."""

from congress.rules.conferences import (
    hosts,
    may_see_figures,
    report_due,
    report_of,
    why_not_approve,
    why_not_hold,
    why_not_move_day,
    why_not_postpone,
    why_not_schedule,
)
from congress.rules.editions import why_not_copy, why_not_make_current
from congress.rules.plan import why_not_keep_plan, why_not_report_task
from congress.rules.programme import why_not_publish, why_not_remove
from congress.rules.reports import (
    days_late,
    heads_host,
    how_far,
    may_read_files,
    why_not_accept_report,
    why_not_read_report,
    why_not_reopen_report,
    why_not_return_report,
    why_not_send_report,
    why_not_start_report,
    why_not_write_report,
    why_too_many,
    written,
)

__all__ = [
    "days_late",
    "heads_host",
    "hosts",
    "how_far",
    "may_read_files",
    "may_see_figures",
    "report_due",
    "report_of",
    "why_not_accept_report",
    "why_not_approve",
    "why_not_copy",
    "why_not_hold",
    "why_not_keep_plan",
    "why_not_make_current",
    "why_not_move_day",
    "why_not_postpone",
    "why_not_publish",
    "why_not_read_report",
    "why_not_remove",
    "why_not_reopen_report",
    "why_not_report_task",
    "why_not_return_report",
    "why_not_schedule",
    "why_not_send_report",
    "why_not_start_report",
    "why_not_write_report",
    "why_too_many",
    "written",
]
