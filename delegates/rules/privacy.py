"""Who opens personal data of a delegate, and when it may be taken away."""

from datetime import date

from django.utils.translation import gettext as _

from congress.models import Congress
from core import clock
from core.models import User
from core.refusal import Denial
from core.vietnamese import short_date
from delegates.models import Delegate
from delegates.rules.people import Sight, sight


def why_not_open_personal(user: User, delegate: Delegate) -> str | None:
    """Personal data is opened by the Department, and by a unit for its own people."""
    if sight(user, delegate) == Sight.FULL:
        return None
    return Denial(_("Personal data is opened by the Department and by the delegate's own unit."))


def kept_until(congress: Congress, months: int) -> date:
    """Until when personal data of a congress is kept: so many months after its last day."""
    last = congress.held_on or congress.congress_until
    years, month = divmod(last.month - 1 + months, 12)
    for day in (last.day, 30, 29, 28):  # the 31st of a month without one is its last day
        try:
            return date(last.year + years, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def why_not_retire(congress: Congress, months: int) -> str | None:
    """Personal data stays until the congress has been over for the time that was set."""
    until = kept_until(congress, months)
    if clock.today() > until:
        return None
    return _("Personal data of this congress is kept until %(day)s.") % {"day": short_date(until)}
