"""Emulation blocks: their units, and who leads them in which year."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.once import once
from core.refusal import refuse_if
from units import actions, queries, rules
from units.forms import BlockOfficeForm
from units.models import Block, BlockOffice


def blocks(request: HttpRequest) -> HttpResponse:
    """Every block with its units, its heads and deputies by year."""
    context = {
        "sheets": [(sheet, sheet.shows_handovers_to(request.user)) for sheet in queries.block_sheets()],
        "this_year": clock.today().year,
        "may_edit": rules.why_not_edit_unit(request.user) is None,
    }
    return render(request, "units/blocks.html", context)


@once
def block_office_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a unit head or deputy of its block for a year."""
    block = get_object_or_404(Block, pk=pk)
    refuse_if(rules.why_not_edit_unit(request.user))
    form = BlockOfficeForm(block, request.POST or None)
    if request.method == "POST" and form.is_valid():
        office = actions.lead_block(actor=request.user, block=block, **form.cleaned_data)
        messages.success(request, _("Given: %(office)s.") % {"office": office})
        return redirect("units:blocks")
    return render(request, "units/block_office_add.html", {"led_block": block, "form": form})


@require_POST
def block_office_end(request: HttpRequest, pk: int) -> HttpResponse:
    office = get_object_or_404(BlockOffice, pk=pk)
    actions.end_block_office(actor=request.user, office=office)
    messages.success(request, _("Ended: %(office)s.") % {"office": office})
    return redirect("units:blocks")
