"""The programme of the congress."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congress import actions, queries, rules
from congress.context import edition
from congress.forms.programme import ProgrammeItemForm
from congress.models import Congress, ProgrammeItem
from core import versions
from core.once import once
from core.refusal import refuse_if
from units.hats import hats


def programme(request: HttpRequest, congress: str) -> HttpResponse:
    """The points in order with their times, and what the Department does with them."""
    found = edition(request, congress)
    context = {
        "congress": found,
        "points": queries.timetable(found),
        "why_not_keep": rules.why_not_keep_plan(request.user),
        "why_not_publish": rules.why_not_publish(request.user, found),
        "internal": hats(request.user).department,
    }
    return render(request, "congress/programme.html", context)


def _item(congress: Congress, pk: int) -> ProgrammeItem:
    item = get_object_or_404(congress.programme, pk=pk)
    item.congress = congress
    return item


@once
def programme_add(request: HttpRequest, congress: str) -> HttpResponse:
    found = edition(request, congress)
    refuse_if(rules.why_not_keep_plan(request.user))
    form = ProgrammeItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_programme_item(actor=request.user, congress=found, **form.cleaned_data)
        messages.success(request, _("The item is in the programme."))
        return redirect("congress:programme", found.slug)
    return render(request, "congress/programme_edit.html", {"congress": found, "form": form})


def programme_edit(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    found = edition(request, congress)
    refuse_if(rules.why_not_keep_plan(request.user))
    item = _item(found, pk)
    form = ProgrammeItemForm(request.POST or None, instance=_item(found, pk))
    if request.method == "POST" and form.is_valid():
        actions.edit_programme_item(
            actor=request.user, item=item, version=versions.sent(request.POST), **form.cleaned_data
        )
        messages.success(request, _("The item is saved; what follows it has moved along."))
        return redirect("congress:programme", found.slug)
    context = {
        "congress": found,
        "form": form,
        "item": item,
        "why_not_remove": rules.why_not_remove(request.user, item),
    }
    return render(request, "congress/programme_edit.html", context)


@require_POST
@once
def programme_move(request: HttpRequest, congress: str, pk: int, direction: str) -> HttpResponse:
    found = edition(request, congress)
    actions.move_programme_item(actor=request.user, item=_item(found, pk), up=direction == "up")
    return redirect("congress:programme", found.slug)


@require_POST
def programme_remove(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    found = edition(request, congress)
    actions.remove_programme_item(actor=request.user, item=_item(found, pk))
    messages.success(request, _("The item is removed."))
    return redirect("congress:programme", found.slug)


@require_POST
def programme_publish(request: HttpRequest, congress: str) -> HttpResponse:
    """Publish, or take back what was published."""
    found = edition(request, congress)
    publish = request.POST.get("publish") != "no"
    actions.publish_programme(actor=request.user, congress=found, publish=publish)
    messages.success(request, _("The programme is published.") if publish else _("The programme is taken back."))
    return redirect("congress:programme", found.slug)
