"""Nominations as the Department vets them: accepted, returned, short-listed."""

from copy import copy

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from awards import actions, rules
from awards.forms.nominations import AccountForm, PendingForm, ReasonForm, ReturnForm
from awards.views.nominations import reason_page, visible
from core.once import once


@require_POST
@once
def accept(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    actions.accept(actor=request.user, nomination=shown)
    messages.success(request, _("The dossier of %(nominee)s is accepted; its unit is told.") % {"nominee": shown})
    return redirect(shown)


@require_POST
@once
def shortlist(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    actions.shortlist(actor=request.user, nomination=shown)
    messages.success(request, _("%(nominee)s is on the list for the Council.") % {"nominee": shown})
    return redirect(shown)


@once
def return_for_correction(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    words = {
        "title": _("Return for correction"),
        "lead": _("The unit is told what to mend and until when, and can then change the dossier again."),
        "button": _("Return the dossier"),
        "done": _("The dossier is returned; its unit is told."),
    }
    form = ReturnForm(request.user, shown, request.POST or None)
    why_not = rules.why_not_return(request.user, shown)
    return reason_page(request, shown, form, why_not, actions.return_for_correction, words)


@once
def mark_ineligible(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    words = {
        "title": _("Not eligible"),
        "lead": _("The unit is told the reason. The dossier goes no further."),
        "button": _("Mark as not eligible"),
        "done": _("The nominee is marked as not eligible; its unit is told."),
    }
    why_not = rules.why_not_mark_ineligible(request.user, shown)
    return reason_page(request, shown, ReasonForm(request.POST or None), why_not, actions.mark_ineligible, words)


@once
def record_pending(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    words = {
        "title": _("Pending issue"),
        "lead": _("Seen by the Department and the Council alone. Nobody comes before the Council unasked."),
        "button": _("Record the answer"),
        "done": _("The answer is recorded."),
    }
    form = PendingForm(request.POST or None, instance=copy(shown))

    def act(*, actor, nomination, pending, pending_note):
        actions.record_pending_issue(actor=actor, nomination=nomination, pending=pending, note=pending_note)

    return reason_page(request, shown, form, rules.why_not_record_pending(request.user, shown), act, words)


@once
def name_account(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    words = {
        "title": _("Council member concerned"),
        "lead": _("A member who is the nominee, or heads the nominated collective, does not vote on this list."),
        "button": _("Save the answer"),
        "done": _("The answer is saved."),
    }
    form = AccountForm(shown.congress, request.POST or None, initial={"user": shown.nominee_user_id})
    why_not = rules.why_not_name_account(request.user, shown)
    return reason_page(request, shown, form, why_not, actions.name_account, words)


@once
def take_off(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    words = {
        "title": _("Take off the short list"),
        "lead": _("The dossier stays accepted and can be put on the list again."),
        "button": _("Take off the list"),
        "done": _("The nominee is no longer on the list for the Council."),
    }
    why_not = rules.why_not_take_off(request.user, shown)
    return reason_page(request, shown, ReasonForm(request.POST or None), why_not, actions.take_off, words)
