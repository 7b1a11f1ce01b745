"""What lists show of a delegate. Built here and not in a template: a list has fifty of them."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.templatetags.ui import status
from delegates.models import Delegate

register = template.Library()


@register.simple_tag
def delegate_state(delegate: Delegate) -> SafeString:
    """The state, and that somebody else bears the same name; `queries.mark_likely_duplicates` has looked."""
    if delegate.state == Delegate.State.REGISTERED:
        shown = status("wait", _("Waits for the Department"))
    else:
        shown = status("ok" if delegate.state == Delegate.State.CONFIRMED else "locked", delegate.get_state_display())
    if getattr(delegate, "likely_duplicate", False):
        shown += status("late", _("Same name and year"))
    return shown
