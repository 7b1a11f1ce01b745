"""The Council: its seats, what its members read, assess and declare."""

from copy import copy

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from awards import actions, rules
from awards.forms.council import AssessmentForm, ConflictForm, SeatForm
from awards.models import Assessment, CouncilSeat, Nomination, Recusal
from awards.queries import council as queries
from awards.views.nominations import visible
from congress.context import edition
from congress.models import Congress
from core import versions
from core.once import once
from core.refusal import refuse_if
from core.versions import Stale
from units.forms import EndForm


def council_of(request: HttpRequest, slug: str) -> Congress:
    """The congress of an address, for its Council and the Department. Raises Refused before anything is looked up."""
    found = edition(request, slug)
    refuse_if(rules.why_not_see_council(request.user, found))
    return found


def council(request: HttpRequest, congress: str) -> HttpResponse:
    """Who sits on the Council, its sittings, and what waits for its members."""
    found, user = council_of(request, congress), request.user
    shown = queries.council(found)
    coming = shown.next_sitting
    context = {
        "congress": found,
        "council": shown,
        "sittings": [(one, queries.SITTING_TONES[one.State(one.state)]) for one in shown.sittings],
        "forecast": queries.forecast(found, coming) if coming and coming.state in queries.TO_COME else None,
        "work": None if rules.why_not_sit(user, found) else queries.own_work(user, found),
        "why_not_keep": rules.why_not_keep_seats(user),
        "why_not_plan": rules.why_not_plan_sitting(user, found),
    }
    return render(request, "awards/council.html", context)


@once
def seat_give(request: HttpRequest, congress: str) -> HttpResponse:
    """A seat on the Council for somebody who has an account."""
    found = council_of(request, congress)
    refuse_if(rules.why_not_keep_seats(request.user))
    form = SeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        seat = actions.give_seat(actor=request.user, congress=found, **form.cleaned_data)
        messages.success(request, _("Given: %(seat)s.") % {"seat": seat})
        return redirect("awards:council", found.slug)
    return render(request, "awards/seat_give.html", {"congress": found, "form": form})


@once
def seat_end(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """End a seat with its last day."""
    found = council_of(request, congress)
    refuse_if(rules.why_not_keep_seats(request.user))
    seat = get_object_or_404(CouncilSeat.objects.select_related("user"), congress=found, pk=pk)
    seat.congress = found
    refuse_if(rules.why_not_end_seat(request.user, seat))
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end_seat(actor=request.user, seat=seat, **form.cleaned_data)
        messages.success(request, _("Ended: %(seat)s.") % {"seat": seat})
        return redirect("awards:council", found.slug)
    return render(request, "awards/seat_end.html", {"congress": found, "seat": seat, "form": form})


# ---- A member's own work ----


def reading(request: HttpRequest, congress: str) -> HttpResponse:
    """The short list, for whom it is to be voted on."""
    found = council_of(request, congress)
    context = {
        "congress": found,
        "short_list": queries.reading(request.user, found),
        "member": rules.why_not_sit(request.user, found) is None,
    }
    return render(request, "awards/reading.html", context)


@once
def assess(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """A dossier on one page beside what the member thinks of it; when it is too late, to be read again."""
    shown, user = visible(request, congress, pk), request.user
    refuse_if(rules.why_not_sit(user, shown.congress))
    own = Assessment.objects.filter(nomination=shown, user=user)
    kept = own.first() or Assessment(nomination=shown, user=user, version=0)
    form = AssessmentForm(request.POST or None, instance=copy(kept) if kept.pk else None)
    newer = None
    if request.method == "POST" and form.is_valid():
        version = versions.sent(request.POST)
        try:
            with transaction.atomic():
                actions.assess(actor=user, nomination=shown, version=version, **form.cleaned_data)
        except Stale as stale:
            newer = stale.current  # the member's own, from another window: for nobody else's page
        else:
            messages.success(request, _("Your assessment of %(nominee)s is saved.") % {"nominee": shown})
            return redirect(_after_assessing(request, shown))
    context = {
        "congress": shown.congress,
        "nomination": shown,
        "kept": newer or kept,
        "newer": newer,
        "form": form,
        "summary": queries.summary(shown),
        "why_not": rules.why_not_assess(user, shown),
        "following": queries.next_to_assess(user, shown),
        "recusal": Recusal.objects.filter(nomination=shown, user=user).first(),
        "why_not_recuse": rules.why_not_recuse(user, shown),
    }
    return render(request, "awards/assess.html", context, status=409 if newer else 200)


def _after_assessing(request: HttpRequest, shown: Nomination) -> str:
    """The next dossier that is still to be read, else the list of all."""
    following, slug = queries.next_to_assess(request.user, shown), shown.congress.slug
    if following:
        return reverse("awards:assess", args=[slug, following.pk])
    return reverse("awards:reading", args=[slug])


@once
def conflict(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Declare a conflict of interest with a nominee, or look at one's own."""
    shown, user = visible(request, congress, pk), request.user
    refuse_if(rules.why_not_sit(user, shown.congress))
    recusal = Recusal.objects.filter(nomination=shown, user=user).first()
    form = ConflictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.declare_conflict(actor=user, nomination=shown, **form.cleaned_data)
        messages.success(request, _("The conflict is declared: you do not vote on this list."))
        return redirect("awards:conflict", shown.congress.slug, pk)
    if not recusal:
        refuse_if(rules.why_not_recuse(user, shown))
    context = {
        "congress": shown.congress,
        "nomination": shown,
        "form": form,
        "recusal": recusal,
        "why_not_take_back": rules.why_not_take_back_recusal(user, recusal) if recusal else None,
    }
    return render(request, "awards/conflict.html", context)


@require_POST
def conflict_take_back(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_sit(request.user, shown.congress))
    recusal = Recusal.objects.filter(nomination=shown, user=request.user).first()
    if recusal:  # a second click finds nothing to take back, and that is what was wanted
        actions.take_back_conflict(actor=request.user, recusal=recusal)
        messages.success(request, _("The conflict is taken back."))
    return redirect("awards:reading", shown.congress.slug)
