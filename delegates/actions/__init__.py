"""The only place that writes categories, seats and delegates.

`actor` None is the portal itself, at work in a command on its own server. Locks are taken in one order: the delegate,
then the quota, then the end of the trail; the seats table takes the congress, then quotas in the order of their keys.
"""

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

__all__ = [
    "SeatFaults",
    "add_category",
    "add_ethnic_group",
    "confirm",
    "confirm_many",
    "copy_categories",
    "edit",
    "edit_category",
    "edit_ethnic_group",
    "register",
    "replace",
    "set_seats",
    "unconfirm",
    "withdraw",
]
