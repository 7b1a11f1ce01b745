"""Why somebody may not act on units, offices and accounts.

`actor` None is the portal itself, at work in a command on its own server: it may do what the Department may.
"""

from units.rules.accounts import (
    why_not_close,
    why_not_keep_account,
    why_not_open,
    why_not_see_people,
    why_not_send_link,
)
from units.rules.handovers import heads_between, why_not_confirm_handover, why_not_write_handover
from units.rules.history import (
    why_not_change,
    why_not_count,
    why_not_dissolve,
    why_not_merge,
    why_not_move,
    why_not_rename,
    why_not_yet,
)
from units.rules.offices import (
    why_not_appoint,
    why_not_end,
    why_not_end_block_office,
    why_not_hold,
    why_not_lead_block,
    why_not_welcome,
    year_of,
)
from units.rules.units import may_see_details, why_not_confirm, why_not_edit_unit

__all__ = [
    "heads_between",
    "may_see_details",
    "why_not_appoint",
    "why_not_change",
    "why_not_close",
    "why_not_confirm",
    "why_not_confirm_handover",
    "why_not_count",
    "why_not_dissolve",
    "why_not_edit_unit",
    "why_not_end",
    "why_not_end_block_office",
    "why_not_hold",
    "why_not_keep_account",
    "why_not_lead_block",
    "why_not_merge",
    "why_not_move",
    "why_not_open",
    "why_not_rename",
    "why_not_see_people",
    "why_not_send_link",
    "why_not_welcome",
    "why_not_write_handover",
    "why_not_yet",
    "year_of",
]
