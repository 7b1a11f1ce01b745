"""Somebody else comes instead of a delegate; and the list of all replacements."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from congress.context import edition
from core import versions
from core.once import once
from core.refusal import refuse_if
from delegates import actions, queries, rules
from delegates.filters import replacement_list
from delegates.forms.replacements import ReplaceForm, ReserveForm
from delegates.models import Delegate
from delegates.views.people import visible_delegate

RESERVE = "reserve"  # which of the two forms was sent


@once
def replace(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Somebody else comes instead, new or from the reserve list: one withdrawn and the other registered in one act."""
    found = visible_delegate(request, congress, pk)
    refuse_if(rules.why_not_replace(request.user, found))
    by_reserve = request.POST.get("way") == RESERVE
    form = _form_of_a_person(request, found, sent=not by_reserve)
    waiting = queries.reserves_of(found)
    paper = rules.needs_paper(request.user, found)
    sent = request.POST if by_reserve else None
    reserves = ReserveForm(sent, reserves=waiting, replaced=found, paper=paper) if waiting or by_reserve else None
    used = reserves if by_reserve else form
    if used is not None and request.method == "POST" and used.is_valid():
        successor = _replaced(request, found, used)
        messages.success(request, _("%(new)s comes instead of %(old)s.") % {"new": successor, "old": found.full_name})
        return redirect(successor)
    context = {"congress": found.congress, "delegate": found, "unit": found.unit, "form": form, "reserves": reserves}
    return render(request, "delegates/replace.html", context)


def _form_of_a_person(request: HttpRequest, delegate: Delegate, *, sent: bool) -> ReplaceForm:
    own = rules.why_not_keep_honour(delegate.category, honoured=False)  # nobody's award is known beforehand
    initial = {"category": None if own else delegate.category_id, "organisation": delegate.organisation}
    return ReplaceForm(
        (request.POST or None) if sent else None,
        actor=request.user,
        congress=delegate.congress,
        unit=delegate.unit,
        replaced=delegate,
        initial=initial,
    )


def _replaced(request: HttpRequest, delegate: Delegate, form: ReplaceForm | ReserveForm) -> Delegate:
    act = {"actor": request.user, "delegate": delegate, "version": versions.sent(request.POST)}
    if isinstance(form, ReserveForm):
        return actions.replace_by_reserve(**act, **form.chosen)
    told = {name: form.cleaned_data[name] for name in ("reason", "document", "category")}
    return actions.replace(**act, **told, **form.person)


def replacements(request: HttpRequest, congress: str) -> HttpResponse:
    """Who came instead of whom, when, why and by which paper."""
    found = edition(request, congress)
    refuse_if(rules.why_not_see_replacements(request.user))
    listing = replacement_list(found, request.GET)
    return render(request, "delegates/replacements.html", {"congress": found, "listing": listing})
