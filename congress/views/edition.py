"""The congress itself: the facts of the letter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from congress import actions, queries, rules
from congress.context import edition
from congress.forms.editions import CongressForm
from core import versions
from core.refusal import refuse_if
from units.hats import hats


def congress(request: HttpRequest, congress: str) -> HttpResponse:
    """Facts, legal bases, movements and numbers of an edition."""
    found = edition(request, congress)
    context = {
        "congress": found,
        "bases": found.legal_bases.all(),
        "movements": found.movements.all(),
        "why_not_edit": rules.why_not_keep_plan(request.user),
        "why_not_copy": rules.why_not_copy(request.user),
        "why_not_make_current": rules.why_not_make_current(request.user, found),
        "editions": queries.editions(),
        "internal": hats(request.user).department,
    }
    return render(request, "congress/congress.html", context)


def congress_edit(request: HttpRequest, congress: str) -> HttpResponse:
    found = edition(request, congress)
    refuse_if(rules.why_not_keep_plan(request.user))
    form = CongressForm(request.POST or None, instance=type(found).objects.get(pk=found.pk))
    if request.method == "POST" and form.is_valid():
        actions.edit_congress(
            actor=request.user, congress=found, version=versions.sent(request.POST), **form.cleaned_data
        )
        messages.success(request, _("The congress is saved."))
        return redirect(found)
    return render(request, "congress/congress_edit.html", {"congress": found, "form": form})
