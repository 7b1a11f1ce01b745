"""A unit's list: read and settled by its head, opened again by the Department."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from congress.context import edition
from congress.models import Congress
from core.once import once
from core.refusal import refuse_if
from delegates import actions, rules
from delegates.forms.people import ReasonForm
from delegates.forms.settled import SettleForm
from delegates.queries import settled as queries
from units.hats import hats
from units.models import Unit


def _own(request: HttpRequest, pk: int) -> Unit:
    mine = hats(request.user)
    units = Unit.objects.all() if mine.department else Unit.objects.filter(pk__in=mine.unit_ids)
    return get_object_or_404(units, pk=pk)


@once
def settle(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """The whole list as it would be settled, with what may be wrong with it; then the head settles it."""
    found, unit = edition(request, congress), _own(request, pk)
    refuse_if(rules.why_not_settle_for(request.user, unit))
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("read", "document")}
        try:
            settled = actions.settle_list(actor=request.user, congress=found, unit=unit, **told)
        except actions.ListChanged:
            return _sheet(request, found, unit, None, changed=True)
        words = _("The list of %(unit)s is settled: %(n)s delegates. The Department sees it.")
        messages.success(request, words % {"unit": unit, "n": settled.people})
        return redirect("delegates:unit", found.slug, unit.pk)
    return _sheet(request, found, unit, form)


def _sheet(
    request: HttpRequest, congress: Congress, unit: Unit, form: SettleForm | None, *, changed: bool = False
) -> HttpResponse:
    """The page with the list as it stands now; after somebody's change the statement is asked for anew."""
    sheet = queries.settling_sheet(congress, unit)
    before = rules.settled_list(congress, unit.pk)
    grown = sheet.roll.has_grown(before)
    refuse_if(rules.why_not_settle(request.user, unit, sheet.roll.members, before, grown=grown))
    if form is None or not form.is_bound:
        form = SettleForm(initial={"read": sheet.roll.digest})
    context = {"congress": congress, "unit": unit, "sheet": sheet, "before": before, "form": form, "changed": changed}
    return render(request, "delegates/settle.html", context, status=409 if changed else 200)


def open_again(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """The Department opens a settled list again, with a reason; the unit gets a letter."""
    found, unit = edition(request, congress), _own(request, pk)
    settled = rules.settled_list(found, unit.pk)
    refuse_if(rules.why_not_open_settled(request.user, settled))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and settled:
        actions.open_settled(actor=request.user, settled=settled, **form.cleaned_data)
        messages.success(request, _("The list of %(unit)s is open again; the unit gets a letter.") % {"unit": unit})
        return redirect("delegates:unit", found.slug, unit.pk)
    context = {"congress": found, "unit": unit, "settled": settled, "form": form}
    return render(request, "delegates/open_settled.html", context)
