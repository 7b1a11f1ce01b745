"""The only place that writes units, blocks and offices, and the Department's care of accounts.

`actor` None is the portal itself, at work in a command on its own server.
"""

from units.actions.accounts import change_account, close_account, open_account, send_link, sign_out
from units.actions.handovers import confirm_handover, write_handover
from units.actions.history import move_to_block, record_headcount, rename
from units.actions.mergers import dissolve, merge
from units.actions.offices import appoint, end_block_office, end_office, lead_block, welcome
from units.actions.sheets import take_steps
from units.actions.units import add_block, add_unit, edit_block, edit_unit, mark_certain

__all__ = [
    "add_block",
    "add_unit",
    "appoint",
    "change_account",
    "close_account",
    "confirm_handover",
    "dissolve",
    "edit_block",
    "edit_unit",
    "end_block_office",
    "end_office",
    "lead_block",
    "mark_certain",
    "merge",
    "move_to_block",
    "open_account",
    "record_headcount",
    "rename",
    "send_link",
    "sign_out",
    "take_steps",
    "welcome",
    "write_handover",
]
