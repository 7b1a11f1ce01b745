"""The only place that writes categories, seats and delegates.

`actor` None is the portal itself, at work in a command on its own server. Locks are taken in one order: the delegate,
then the quota, then the end of the trail; the seats table takes the congress, then quotas in the order of their keys.
"""

from delegates.actions.composition import (
    NeedsChanged,
    freeze_composition,
    remind_units,
    remove_target,
    set_needed_fields,
    set_target,
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
    replace,
    set_seats,
    unconfirm,
    withdraw,
)
from delegates.actions.privacy import open_class, open_personal, retire_personal_data

__all__ = [
    "NeedsChanged",
    "SeatFaults",
    "add_category",
    "add_ethnic_group",
    "confirm",
    "confirm_many",
    "copy_categories",
    "edit",
    "edit_category",
    "edit_ethnic_group",
    "freeze_composition",
    "join_seats",
    "open_class",
    "open_personal",
    "register",
    "remind_units",
    "remove_target",
    "replace",
    "retire_personal_data",
    "set_needed_fields",
    "set_seats",
    "set_target",
    "unconfirm",
    "withdraw",
]
