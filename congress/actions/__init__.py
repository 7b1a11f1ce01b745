"""The only place that writes a congress: its facts, tasks, conferences, programme, and the catalogue of awards.

`actor` None is the portal itself, at work in a command on its own server.
"""

from congress.actions.conferences import (
    SCHEDULE,
    add_conference,
    approve_conference,
    hold_conference,
    move_member,
    postpone_conference,
    schedule_conference,
)
from congress.actions.deadlines import extend, take_back_extension, use_extension
from congress.actions.editions import (
    add_award,
    add_congress,
    add_legal_basis,
    add_movement,
    edit_award,
    edit_congress,
    edit_legal_basis,
    edit_movement,
)
from congress.actions.issues import prepare_plan, publish_plan, receive_plan, return_plan
from congress.actions.moves import follow_event, move_task
from congress.actions.next_edition import copy_congress, make_current
from congress.actions.plan import add_phase, add_task, edit_phase, edit_task, report_task
from congress.actions.programme import (
    Report,
    add_programme_item,
    edit_programme_item,
    move_programme_item,
    publish_programme,
    remove_programme_item,
    set_showcase_reports,
)
from congress.actions.reminders import drop_calendar_link, renew_calendar_link, send_reminders
from congress.actions.reports import (
    accept_report,
    put_before_head,
    reopen_report,
    return_report,
    save_report,
    send_report,
    start_report,
)

__all__ = [
    "SCHEDULE",
    "Report",
    "accept_report",
    "add_award",
    "add_conference",
    "add_congress",
    "add_legal_basis",
    "add_movement",
    "add_phase",
    "add_programme_item",
    "add_task",
    "approve_conference",
    "copy_congress",
    "drop_calendar_link",
    "edit_award",
    "edit_congress",
    "edit_legal_basis",
    "edit_movement",
    "edit_phase",
    "edit_programme_item",
    "edit_task",
    "extend",
    "follow_event",
    "hold_conference",
    "make_current",
    "move_member",
    "move_programme_item",
    "move_task",
    "postpone_conference",
    "prepare_plan",
    "publish_plan",
    "publish_programme",
    "put_before_head",
    "receive_plan",
    "remove_programme_item",
    "renew_calendar_link",
    "reopen_report",
    "report_task",
    "return_plan",
    "return_report",
    "save_report",
    "schedule_conference",
    "send_reminders",
    "send_report",
    "set_showcase_reports",
    "start_report",
    "take_back_extension",
    "use_extension",
]
