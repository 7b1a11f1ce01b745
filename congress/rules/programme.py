"""Who may do what with the programme, and why not."""

from django.utils.translation import gettext as _

from congress.models import Congress, ProgrammeItem
from congress.rules.plan import why_not_keep_plan
from core.models import User


def why_not_publish(actor: User | None, congress: Congress) -> str | None:
    if reason := why_not_keep_plan(actor):
        return reason
    if not congress.held_on:
        return _("Set the day of the congress before publishing its programme.")
    return None


def why_not_remove(actor: User | None, item: ProgrammeItem) -> str | None:
    if reason := why_not_keep_plan(actor):
        return reason
    if item.holds_reports:
        return _("The showcase reports are read here: let another item hold them before removing this one.")
    return None
