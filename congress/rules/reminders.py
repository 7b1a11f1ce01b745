"""Who may send reminders, and why not."""

from django.utils.translation import gettext as _

from congress.rules.plan import of_the_department
from core.models import User
from core.refusal import Denial


def why_not_remind(actor: User | None) -> str | None:
    """Reminders are sent by the Department, and by the portal itself each morning."""
    if of_the_department(actor):
        return None
    return Denial(_("Reminders are sent by the Department."))
