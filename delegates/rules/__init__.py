"""Why somebody may not act on seats and delegates, and how much of a delegate they may read.

`actor` None is the portal itself, at work in a command on its own server: it may do what the Department may.
"""

from delegates.rules.people import (
    Sight,
    badges_only,
    sight,
    why_no_seat,
    why_not_act_for,
    why_not_change_category,
    why_not_confirm,
    why_not_confirm_any,
    why_not_edit,
    why_not_edit_catalogue,
    why_not_open_registration,
    why_not_open_registration_anywhere,
    why_not_register,
    why_not_see_delegates,
    why_not_see_seats,
    why_not_set_seats,
    why_not_sit,
    why_not_so_few,
    why_not_take_list,
    why_not_unconfirm,
)

__all__ = [
    "Sight",
    "badges_only",
    "sight",
    "why_no_seat",
    "why_not_act_for",
    "why_not_change_category",
    "why_not_confirm",
    "why_not_confirm_any",
    "why_not_edit",
    "why_not_edit_catalogue",
    "why_not_open_registration",
    "why_not_open_registration_anywhere",
    "why_not_register",
    "why_not_see_delegates",
    "why_not_see_seats",
    "why_not_set_seats",
    "why_not_sit",
    "why_not_so_few",
    "why_not_take_list",
    "why_not_unconfirm",
]
