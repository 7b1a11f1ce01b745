"""The next edition, set up after the one before, and which of them the portal opens with."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congress import actions, queries, rules
from congress.context import edition
from congress.forms.next_edition import NextEditionForm
from core.once import once
from core.refusal import refuse_if


@once
def next_edition(request: HttpRequest, congress: str) -> HttpResponse:
    """Say what the next edition is called and when it is; look at what comes along; then set it up."""
    found = edition(request, congress)
    refuse_if(rules.why_not_copy(request.user))
    form = NextEditionForm(request.POST or None, before=found)
    preview = None
    if request.method == "POST" and form.is_valid():
        if "make" in request.POST:
            made = actions.copy_congress(actor=request.user, congress=found, **form.cleaned_data)
            messages.success(request, _("%(name)s is set up.") % {"name": made.name})
            return redirect(made)
        preview = queries.what_comes_along(found, form.cleaned_data["congress_from"], form.cleaned_data["ordinal"])
    return render(request, "congress/next_edition.html", {"congress": found, "form": form, "preview": preview})


@require_POST
def make_current(request: HttpRequest, congress: str) -> HttpResponse:
    found = edition(request, congress)
    actions.make_current(actor=request.user, congress=found)
    messages.success(request, _("The portal opens with this congress now."))
    return redirect(found)
