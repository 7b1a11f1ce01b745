"""Who may do what with the plan, the conferences and the programme, and why not."""

from congress.rules.conferences import (
    hosts,
    report_due,
    why_not_approve,
    why_not_postpone,
    why_not_report_conference,
    why_not_schedule,
)
from congress.rules.editions import why_not_copy, why_not_make_current
from congress.rules.plan import why_not_keep_plan, why_not_report_task
from congress.rules.programme import why_not_publish, why_not_remove

__all__ = [
    "hosts",
    "report_due",
    "why_not_approve",
    "why_not_copy",
    "why_not_keep_plan",
    "why_not_make_current",
    "why_not_postpone",
    "why_not_publish",
    "why_not_remove",
    "why_not_report_conference",
    "why_not_report_task",
    "why_not_schedule",
]
