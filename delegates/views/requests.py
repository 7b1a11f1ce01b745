"""One more seat: asked for by a unit, answered by the Department."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congress.context import edition
from core.once import once
from core.refusal import refuse_if
from delegates import actions, queries, rules
from delegates.forms.people import ReasonForm
from delegates.models import SeatRequest
from delegates.views.people import visible_delegate


def waiting_list(request: HttpRequest, congress: str) -> HttpResponse:
    """Who waits for one more seat, who asked first in front, and how many seats the congress has left."""
    found = edition(request, congress)
    refuse_if(rules.why_not_see_requests(request.user))
    context = {
        "congress": found,
        "totals": queries.seat_totals(found),
        "waiting": queries.waiting_list(found),
        "answered": queries.answered_requests(found),
    }
    return render(request, "delegates/waiting_list.html", context)


@once
def ask(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """A unit asks for one more seat for the first of its reserves, with a reason."""
    found = visible_delegate(request, congress, pk)
    refuse_if(rules.why_not_ask(request.user, found))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.ask_for_seat(actor=request.user, delegate=found, **form.cleaned_data)
        messages.success(request, _("The Department is asked for one more seat for %(name)s.") % {"name": found})
        return redirect("delegates:unit", congress, found.unit_id)
    return render(request, "delegates/seat_ask.html", {"congress": found.congress, "delegate": found, "form": form})


@require_POST
def take_back(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """The unit needs the seat no more."""
    asked = _visible(request, congress, pk)
    actions.take_request_back(actor=request.user, request=asked)
    messages.success(request, _("The request for %(name)s is taken back.") % {"name": asked.delegate})
    return redirect("delegates:unit", congress, asked.delegate.unit_id)


@require_POST
def give(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """The Department gives the seat, and its person is called to it."""
    asked = _visible(request, congress, pk)
    called = actions.give_seat(actor=request.user, request=asked)
    words = {"name": called, "unit": called.unit}
    messages.success(request, _("%(unit)s has one more seat, and %(name)s sits on it.") % words)
    return redirect("delegates:waiting_list", congress)


def decline(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """The Department has no seat to give, and says why; the unit gets a letter."""
    asked = _visible(request, congress, pk)
    refuse_if(rules.why_not_decline(request.user, asked))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.decline_request(actor=request.user, request=asked, **form.cleaned_data)
        messages.success(request, _("The request for %(name)s is declined; the unit gets a letter.") % {"name": asked})
        return redirect("delegates:waiting_list", congress)
    context = {"congress": asked.congress, "asked": asked, "delegate": asked.delegate, "form": form}
    return render(request, "delegates/seat_decline.html", context)


def _visible(request: HttpRequest, congress: str, pk: int) -> SeatRequest:
    """A request as far as the person sees it at all, else 404."""
    requests = SeatRequest.objects.visible_to(request.user).filter(congress=edition(request, congress))
    return get_object_or_404(requests.select_related("congress", "delegate__unit", "delegate__category"), pk=pk)
