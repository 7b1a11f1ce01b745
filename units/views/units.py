"""Units: the list, a unit's page, its facts mended."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import versions
from core.listing import Listing
from core.refusal import refuse_if
from units import actions, queries, rules
from units.forms import UnitFilter, UnitForm
from units.hats import hats
from units.models import Unit

SORTS = {"order": ("order",), "name": ("sort_key",), "block": ("block__order", "order")}


def units(request: HttpRequest) -> HttpResponse:
    """All units; how many people and how sure, for the Department alone."""
    department = hats(request.user).department
    listing = Listing(
        request.GET,
        Unit.objects.visible_to(request.user).select_related("block"),
        filterset=UnitFilter,
        sorts={**SORTS, "headcount": ("headcount",)} if department else SORTS,
        default="order",
        search=["folded"],
        department=department,
    )
    return render(request, "units/units.html", {"listing": listing, "department": department})


def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit's facts; headcount, notes, people and history for those who act for it and for the Department."""
    found = _visible(request, pk)
    mine = hats(request.user)
    context = {
        "unit": found,
        "block_offices": found.block_offices.select_related("block"),
        "details": rules.may_see_details(request.user, found),
        "internal": mine.department,
        "may_welcome": mine.department or found.pk in mine.head_of,
        "may_count": rules.why_not_count(request.user, found) is None,
        "why_not_change": rules.why_not_change(request.user, found),
        "life": queries.life_of_unit(found),
    }
    if context["details"]:
        context["offices"] = queries.offices_of_unit(request.user, found)
    return render(request, "units/unit.html", context)


def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend what is known of a unit; a stale save gets the page with both texts."""
    found = _visible(request, pk)
    refuse_if(rules.why_not_edit_unit(request.user))
    form = UnitForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.edit_unit(actor=request.user, unit=found, version=versions.sent(request.POST), **form.cleaned_data)
        messages.success(request, _("The unit is saved."))
        return redirect(found)
    context = {"unit": Unit.objects.get(pk=pk), "form": form}
    return render(request, "units/unit_edit.html", context)


@require_POST
def unit_certain(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    actions.mark_certain(actor=request.user, unit=found)
    messages.success(request, _("%(unit)s is marked as certain.") % {"unit": found})
    return redirect(found)


def _visible(request: HttpRequest, pk: int) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.user).select_related("block"), pk=pk)
