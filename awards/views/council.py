"""The Council: its seats, what its members read, assess and declare."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from awards import actions, rules
from awards.forms.council import AssessmentForm, ConflictForm, EndSeatForm, SeatForm
from awards.models import Assessment, CouncilSeat, Recusal
from awards.queries import council as queries
from awards.queries.nominations import dossier
from awards.views.nominations import visible
from congress.context import edition
from core import versions
from core.once import once
from core.refusal import refuse_if
from units.hats import hats


def council(request: HttpRequest, congress: str) -> HttpResponse:
    """Who sits on the Council, its sittings, and what waits for its members."""
    found = edition(request, congress)
    refuse_if(rules.why_not_see_council(request.user, found))
    sittings = list(found.sittings.all())
    for sitting in sittings:
        sitting.congress = found
    context = {
        "congress": found,
        "council": queries.council(found),
        "sittings": [(one, queries.SITTING_TONES[one.State(one.state)]) for one in sittings],
        "why_not_keep": rules.why_not_keep_seats(request.user),
        "why_not_plan": rules.why_not_plan_sitting(request.user, found),
        "department": hats(request.user).department,
    }
    return render(request, "awards/council.html", context)


def reading(request: HttpRequest, congress: str) -> HttpResponse:
    """The short list, for whom it is to be voted on."""
    found = edition(request, congress)
    refuse_if(rules.why_not_see_council(request.user, found))
    context = {
        "congress": found,
        "lists": queries.reading(request.user, found),
        "member": rules.why_not_sit(request.user, found) is None,
    }
    return render(request, "awards/reading.html", context)


@once
def seat_give(request: HttpRequest, congress: str) -> HttpResponse:
    """A seat on the Council for somebody who has an account."""
    found = edition(request, congress)
    refuse_if(rules.why_not_keep_seats(request.user))
    form = SeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        seat = actions.give_seat(actor=request.user, congress=found, **form.cleaned_data)
        messages.success(request, _("Given: %(seat)s.") % {"seat": seat})
        return redirect("awards:council", found.slug)
    return render(request, "awards/seat_give.html", {"congress": found, "form": form})


def seat_end(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """End a seat with its last day."""
    found = edition(request, congress)
    refuse_if(rules.why_not_see_council(request.user, found))
    seat = get_object_or_404(CouncilSeat.objects.select_related("user"), congress=found, pk=pk)
    seat.congress = found
    refuse_if(rules.why_not_end_seat(request.user, seat))
    form = EndSeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end_seat(actor=request.user, seat=seat, **form.cleaned_data)
        messages.success(request, _("Ended: %(seat)s.") % {"seat": seat})
        return redirect("awards:council", found.slug)
    return render(request, "awards/seat_end.html", {"congress": found, "seat": seat, "form": form})


# ---- A member's own work ----


def assess(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """A dossier beside what the member thinks of it."""
    shown, user = visible(request, congress, pk), request.user
    refuse_if(rules.why_not_assess(user, shown))
    kept = Assessment.objects.filter(nomination=shown, user=user).first()
    form = AssessmentForm(
        request.POST or None, instance=Assessment.objects.filter(pk=kept.pk if kept else None).first()
    )
    if request.method == "POST" and form.is_valid():
        version = versions.sent(request.POST)
        actions.assess(actor=user, nomination=shown, version=version, **form.cleaned_data)
        messages.success(request, _("Your assessment of %(nominee)s is saved.") % {"nominee": shown})
        following = queries.next_to_assess(user, shown)
        return redirect("awards:assess", congress, following.pk) if following else redirect("awards:reading", congress)
    context = {
        "congress": shown.congress,
        "nomination": shown,
        "assessment": kept,
        "form": form,
        "dossier": dossier(user, shown),
    }
    return render(request, "awards/assess.html", context)


@once
def conflict(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Declare a conflict of interest with a nominee."""
    shown = visible(request, congress, pk)
    form = ConflictForm(request.POST or None)
    if request.method != "POST":
        refuse_if(rules.why_not_recuse(request.user, shown))
    elif form.is_valid():
        actions.declare_conflict(actor=request.user, nomination=shown, **form.cleaned_data)
        messages.success(request, _("The conflict is declared: you do not vote on this list."))
        return redirect(shown)
    return render(request, "awards/conflict.html", {"congress": shown.congress, "nomination": shown, "form": form})


@require_POST
def conflict_take_back(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_sit(request.user, shown.congress))
    recusal = Recusal.objects.filter(nomination=shown, user=request.user).first()
    if recusal:
        actions.take_back_conflict(actor=request.user, recusal=recusal)
        messages.success(request, _("The conflict is taken back."))
    return redirect(shown)
