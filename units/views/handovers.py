"""The hand-over of a block from the head of one year to the next."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core import clock, versions
from core.fields import DayFormField
from core.refusal import refuse_if
from units import actions, rules
from units.hats import hats
from units.models import Block, Handover


class HandoverForm(forms.Form):
    """What is handed over, and when."""

    matters = forms.CharField(
        label=gettext_lazy("What is handed over"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Open matters and papers, a line each."),
    )
    day = DayFormField(label=gettext_lazy("Day of the hand-over"))


def handover(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """What was handed over, and who has confirmed it."""
    block = get_object_or_404(Block, pk=pk)
    found = _visible(request, block, year)
    giver, taker = (found.giver, found.taker) if found else rules.heads_between(block, year)
    context = {
        "led_block": block,
        "year": year,
        "handover": found,
        "giver": giver,
        "taker": taker,
        "why_not_write": rules.why_not_write_handover(request.user, block, year, found),
        "internal": hats(request.user).department,
    }
    if found:
        context |= {
            "why_not_give": rules.why_not_confirm_handover(request.user, found, giving=True),
            "why_not_take": rules.why_not_confirm_handover(request.user, found, giving=False),
        }
    return render(request, "units/handover.html", context)


def handover_edit(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Write what is handed over, or mend it."""
    block = get_object_or_404(Block, pk=pk)
    found = _visible(request, block, year)
    refuse_if(rules.why_not_write_handover(request.user, block, year, found))
    now = {"matters": found.matters, "day": found.day} if found else {"day": clock.today()}
    form = HandoverForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        made = actions.write_handover(
            actor=request.user, block=block, year=year, version=versions.sent(request.POST), **form.cleaned_data
        )
        messages.success(request, _("The hand-over is written down. Each side confirms it with its own button."))
        return redirect(made)
    context = {"led_block": block, "year": year, "form": form, "handover": found or Handover(version=0)}
    return render(request, "units/handover_edit.html", context)


@require_POST
def handover_confirm(request: HttpRequest, pk: int, year: int, side: str) -> HttpResponse:
    """One side says that the hand-over was made."""
    found = _visible(request, get_object_or_404(Block, pk=pk), year)
    if found is None:
        raise Http404
    version = versions.sent(request.POST) or found.version
    actions.confirm_handover(actor=request.user, handover=found, version=version, giving=side == "given")
    messages.success(request, _("Your side of the hand-over is confirmed."))
    return redirect(found)


def _visible(request: HttpRequest, block: Block, year: int) -> Handover | None:
    """The hand-over, None while nobody has written it; 404 for who has nothing to do with it."""
    kept = Handover.objects.filter(block=block, year=year).select_related("giver", "taker", "given_by", "taken_by")
    found = kept.visible_to(request.user).select_related("block").first()
    if found:
        return found
    mine = hats(request.user)
    heads = {unit.pk for unit in rules.heads_between(block, year) if unit}
    if kept.exists() or not (mine.department or mine.unit_ids & heads):
        raise Http404
    return None
