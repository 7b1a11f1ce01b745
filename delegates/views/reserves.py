"""The order of a unit's people, and the reserve list."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congress.context import edition
from core import versions
from core.refusal import refuse_if
from delegates import actions, queries, rules
from delegates.models import Delegate
from units.hats import hats
from units.models import Unit


def order(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """A unit's people by priority: who keeps a seat when there are fewer, and who comes next when there are more."""
    found, mine = edition(request, congress), hats(request.user)
    units = Unit.objects.all() if mine.department else Unit.objects.filter(pk__in=mine.unit_ids)
    unit = get_object_or_404(units, pk=pk)
    if request.method == "POST":
        people = Delegate.objects.filter(congress=found, unit=unit).select_related("congress", "unit", "category")
        one = get_object_or_404(people, pk=versions.whole(request.POST.get("delegate", "")))
        actions.move(actor=request.user, delegate=one, up=request.POST.get("way") == "up")
        messages.success(request, _("%(name)s was moved.") % {"name": one})
        return redirect("delegates:order", found.slug, unit.pk)
    context = {
        "congress": found,
        "unit": unit,
        "queues": queries.queues(found, unit),
        "why_not": rules.why_not_order(request.user, found, unit),
    }
    return render(request, "delegates/order.html", context)


@require_POST
def promote(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """The first on the reserve list comes to a free seat."""
    people = Delegate.objects.visible_to(request.user).filter(congress=edition(request, congress))
    one = get_object_or_404(people.select_related("congress", "unit", "category"), pk=pk)
    refuse_if(rules.why_not_edit(request.user, one))
    actions.promote(actor=request.user, delegate=one, version=versions.sent(request.POST))
    messages.success(request, _("%(name)s has a seat now. The Department confirms the entry.") % {"name": one})
    return redirect("delegates:unit", congress, one.unit_id) if one.unit_id else redirect(one)
