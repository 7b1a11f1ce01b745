"""Why a list cannot be sent, changed or applied."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress.models import Congress
from core.models import User
from core.vietnamese import count
from delegates.models import SentList
from delegates.rules.people import why_not_change_list
from units.models import Unit


def why_not_send_list(actor: User | None, congress: Congress, unit: Unit | None) -> str | None:
    """A list registers people: who may do that for the unit may send one, as long as it may be done."""
    return why_not_change_list(actor, congress, unit)


def why_not_change_sent(actor: User | None, sent: SentList) -> str | None:
    """Why a list's table, columns and answers cannot be set."""
    if not sent.is_open:
        return _("This list is applied already. Send another file to change more.")
    return why_not_send_list(actor, sent.congress, sent.unit)


def why_not_apply_list(actor: User | None, sent: SentList) -> str | None:
    """Why a list cannot be applied: it is applied whole or not at all, as its preview shows it."""
    if reason := why_not_change_sent(actor, sent):
        return reason
    preview = sent.preview
    if sent.state != SentList.State.LOOKED or preview is None:
        return _("Look at the preview first.")
    if preview["old"]["count"] and sent.convert is None:
        return _("Say first whether the text in the old encoding is to be converted.")
    if faults := len(preview["faults"]):
        return ngettext(
            "There is %(n)s fault: mend it in the file and send the file again.",
            "There are %(n)s faults: mend them in the file and send the file again.",
            faults,
        ) % {"n": count(faults)}
    if not sent.counts.get("added") and not sent.counts.get("changed"):
        return _("Everybody in this list is registered already, just as it says: there is nothing to apply.")
    return None


def why_not_take_marked(_actor: User | None, sent: SentList) -> str | None:
    """A marked file is made of a preview with faults."""
    if not sent.is_open or not sent.preview or not sent.preview["faults"]:
        return _("There is nothing to mark in this list.")
    return None
