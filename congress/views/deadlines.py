"""Deadlines: what holds for everybody, and what the Department extended for one unit."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congress import actions, queries, rules
from congress.context import edition
from congress.forms.deadlines import ExtensionForm
from congress.models import Extension
from core.once import once
from core.refusal import refuse_if
from units.hats import hats


def deadlines(request: HttpRequest, congress: str) -> HttpResponse:
    """Every deadline, and the extensions that somebody may see."""
    found = edition(request, congress)
    context = {
        "congress": found,
        "deadlines": queries.deadline_lines(found),
        "lines": queries.extension_lines(found, request.user),
        "internal": hats(request.user).department,
    }
    return render(request, "congress/deadlines.html", context)


@once
def extend(request: HttpRequest, congress: str) -> HttpResponse:
    """One more time for one unit."""
    found = edition(request, congress)
    refuse_if(rules.why_not_extend_any(request.user))
    form = ExtensionForm(request.POST or None, congress=found, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        made = actions.extend(actor=request.user, congress=found, **form.values)
        messages.success(request, _("Extended for %(unit)s. It gets a letter.") % {"unit": made.unit})
        return redirect(made)
    return render(request, "congress/deadline_extend.html", {"congress": found, "form": form})


@require_POST
def take_back(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    visible = Extension.objects.visible_to(request.user).filter(congress=edition(request, congress))
    extension = get_object_or_404(visible.select_related("congress", "unit"), pk=pk)
    actions.take_back_extension(actor=request.user, extension=extension)
    messages.success(request, _("The extension is taken back. %(unit)s gets a letter.") % {"unit": extension.unit})
    return redirect(extension)
