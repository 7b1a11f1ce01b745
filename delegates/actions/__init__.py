"""The only place that writes categories, seats and delegates.

`actor` None is the portal itself, at work in a command on its own server. Locks are taken in one order: the
congress where the table of seats changes, then quotas in the order of their keys, then delegates in the order of
theirs, then the end of the trail.
"""

from delegates.actions.allocation import (
    approve_version,
    discard_version,
    issue_version,
    make_version,
    move,
    promote,
    register_reserve,
    transfer_seats,
)
from delegates.actions.composition import (
    NeedsChanged,
    freeze_composition,
    remind_units,
    remove_target,
    set_needed_fields,
    set_target,
)
from delegates.actions.drafts import (
    OPENED,
    discard_draft,
    forget_drafts,
    move_drafts,
    open_draft,
    register_draft,
    save_draft,
)
from delegates.actions.imports import (
    Changed,
    answer_list,
    apply_list,
    forget_lists,
    give_up_list,
    keep_preview,
    send_list,
    set_columns,
    set_table,
    take_marked,
)
from delegates.actions.mergers import join_seats
from delegates.actions.people import (
    SeatFaults,
    add_category,
    add_ethnic_group,
    confirm,
    confirm_many,
    copy_categories,
    edit,
    edit_category,
    edit_ethnic_group,
    register,
    set_seats,
    unconfirm,
    withdraw,
)
from delegates.actions.photos import remove_photo, set_photo
from delegates.actions.privacy import open_class, open_personal, retire_personal_data
from delegates.actions.replacements import replace, replace_by_reserve
from delegates.actions.requests import ask_for_seat, decline_request, give_seat, take_request_back
from delegates.actions.settled import ListChanged, open_settled, settle_list
from delegates.actions.twins import ask_again, keep_apart, merge_twins

__all__ = [
    "OPENED",
    "Changed",
    "ListChanged",
    "NeedsChanged",
    "SeatFaults",
    "add_category",
    "add_ethnic_group",
    "answer_list",
    "apply_list",
    "approve_version",
    "ask_again",
    "ask_for_seat",
    "confirm",
    "confirm_many",
    "copy_categories",
    "decline_request",
    "discard_draft",
    "discard_version",
    "edit",
    "edit_category",
    "edit_ethnic_group",
    "forget_drafts",
    "forget_lists",
    "freeze_composition",
    "give_seat",
    "give_up_list",
    "issue_version",
    "join_seats",
    "keep_apart",
    "keep_preview",
    "make_version",
    "merge_twins",
    "move",
    "move_drafts",
    "open_class",
    "open_draft",
    "open_personal",
    "open_settled",
    "promote",
    "register",
    "register_draft",
    "register_reserve",
    "remind_units",
    "remove_photo",
    "remove_target",
    "replace",
    "replace_by_reserve",
    "retire_personal_data",
    "save_draft",
    "send_list",
    "set_columns",
    "set_needed_fields",
    "set_photo",
    "set_seats",
    "set_table",
    "set_target",
    "settle_list",
    "take_marked",
    "take_request_back",
    "transfer_seats",
    "unconfirm",
    "withdraw",
]
