"""Who may begin the next edition, and why not."""

from django.utils.translation import gettext as _

from congress.models import Congress
from congress.rules.plan import why_not_keep_plan
from core.models import User
from core.refusal import Denial
from units.hats import hats


def why_not_copy(actor: User | None) -> str | None:
    """The next edition is prepared by the Department."""
    return why_not_keep_plan(actor)


def why_not_make_current(actor: User | None, congress: Congress) -> str | None:
    """Everybody meets the current edition first: the head of the Department says which it is."""
    if actor and not hats(actor).department_head:
        return Denial(_("Which congress the portal opens with is said by the head of the Department."))
    return _("The portal opens with this congress already.") if congress.is_current else None
