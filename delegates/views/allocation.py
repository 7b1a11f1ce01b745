"""Versions of the allocation: tried out, made, approved, issued; and seats transferred."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from congress.context import edition
from core import versions
from core.once import once
from core.refusal import refuse_if
from delegates import actions, queries, rules
from delegates.apportionment import CannotApportion
from delegates.forms.allocation import IssueForm, MakeForm, TransferForm, WhatIfForm, asked
from delegates.models import Allocation, SeatTransfer
from delegates.queries import Ground, Proposal
from units.hats import hats
from units.models import Unit


def allocations(request: HttpRequest, congress: str) -> HttpResponse:
    """All versions, the newest first, and the transfers since; a unit reads what was issued."""
    found, user = edition(request, congress), request.user
    refuse_if(rules.why_not_see_seats(user))
    context = {
        "congress": found,
        "versions": Allocation.objects.visible_to(user).filter(congress=found).select_related("made_by"),
        "transfers": SeatTransfer.objects.visible_to(user)
        .filter(congress=found)
        .select_related("source", "target", "category", "actor")[:50],
        "why_not": rules.why_not_allocate(user),
    }
    return render(request, "delegates/allocations.html", context)


def what_if(request: HttpRequest, congress: str) -> HttpResponse:
    """What another method, weight, least or most would give. The address is the whole question; nothing is written."""
    found = edition(request, congress)
    refuse_if(rules.why_not_allocate(request.user))
    known = list(Allocation.objects.filter(congress=found))
    in_force = next((one for one in known if one.state == Allocation.State.ISSUED), None)
    on = queries.ground(found)
    form = WhatIfForm(asked(request.GET, on, in_force), on=on)
    proposal = _answered(form, on)
    rows = proposal.rows if proposal else []
    if request.GET.get("only"):
        rows = [row for row in rows if row.change]
    context = {
        "congress": found,
        "form": form,
        "proposal": proposal,
        "rows": rows,
        "only": bool(request.GET.get("only")),
        "in_force": in_force,
        "next_number": (known[0].number if known else 0) + 1,
        "query": form.data.urlencode(),
    }
    return render(request, "delegates/allocation_what_if.html", context)


def _answered(form: WhatIfForm, on: Ground) -> Proposal | None:
    """The answer; without one the form says why."""
    if not form.is_valid():
        return None
    try:
        return queries.propose(on, form.plan)
    except CannotApportion as fault:
        pool = queries.pool_of(form.plan, len(form.units))
        form.add_error(None, rules.why_cannot_apportion(fault, pool))
    return None


@once
def allocation_make(request: HttpRequest, congress: str) -> HttpResponse:
    """Keep what the address gives as the next version."""
    found = edition(request, congress)
    refuse_if(rules.why_not_allocate(request.user))
    on = queries.ground(found)
    in_force = Allocation.objects.in_force(found)
    question = WhatIfForm(asked(request.GET, on, in_force), on=on)
    proposal = _answered(question, on)
    if proposal is None:  # the what-if page says what is wrong
        return redirect(f"{reverse('delegates:what_if', args=[found.slug])}?{request.GET.urlencode()}")
    form = MakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.make_version(
            actor=request.user,
            congress=found,
            plan=question.plan,
            asked=question.address,
            **{name: form.cleaned_data[name] for name in ("note", "document")},
        )
        messages.success(
            request, _("%(version)s is drafted. The head of the Department approves it.") % {"version": made}
        )
        return redirect(made)
    context = {"congress": found, "proposal": proposal, "form": form, "query": question.address}
    return render(request, "delegates/allocation_make.html", context)


def allocation(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """One version: its seats, the numbers behind them, and where it stands."""
    shown, user = _visible(request, congress, pk), request.user
    mine = hats(user)
    context = {
        "congress": shown.congress,
        "allocation": shown,
        "sheet": queries.version_sheet(shown),
        "department": mine.department,
        "own_units": mine.unit_ids,
        "why_not_approve": rules.why_not_approve(user, shown),
        "why_not_issue": rules.why_not_issue(user, shown),
    }
    return render(request, "delegates/allocation.html", context)


def _visible(request: HttpRequest, congress: str, pk: int) -> Allocation:
    found = Allocation.objects.visible_to(request.user).filter(congress=edition(request, congress))
    return get_object_or_404(found.select_related("congress", "made_by", "approved_by"), pk=pk)


@require_POST
def allocation_approve(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = _visible(request, congress, pk)
    actions.approve_version(actor=request.user, allocation=shown, version=versions.sent(request.POST))
    messages.success(request, _("%(version)s is approved and can be issued.") % {"version": shown})
    return redirect(shown)


@require_POST
def allocation_discard(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = _visible(request, congress, pk)
    actions.discard_version(actor=request.user, allocation=shown)
    messages.success(request, _("%(version)s is discarded. It stays on record under its number.") % {"version": shown})
    return redirect("delegates:allocations", congress)


def allocation_issue(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """What issuing would do, who would come on a reserve list; then it is done."""
    shown = _visible(request, congress, pk)
    refuse_if(rules.why_not_issue(request.user, shown))
    form = IssueForm(request.POST or None, initial={"document": shown.document})
    if request.method == "POST" and form.is_valid():
        version = versions.sent(request.POST)
        issued, moved = actions.issue_version(
            actor=request.user, allocation=shown, version=version, **form.cleaned_data
        )
        messages.success(request, _("%(version)s is issued. Every unit gets a letter.") % {"version": issued})
        if moved:
            words = ngettext(
                "%(n)s person came on the reserve list.", "%(n)s people came on the reserve lists.", len(moved)
            )
            messages.info(request, words % {"n": len(moved)})
        return redirect(issued)
    context = {
        "congress": shown.congress,
        "allocation": shown,
        "form": form,
        "sheet": queries.version_sheet(shown),
    }
    return render(request, "delegates/allocation_issue.html", context)


@once
def transfer(request: HttpRequest, congress: str) -> HttpResponse:
    """Unused seats from one unit to another."""
    found = edition(request, congress)
    refuse_if(rules.why_not_allocate(request.user))
    form = TransferForm(
        request.POST or None,
        unused=queries.transferable(found),
        units=list(Unit.objects.active().order_by("order", "pk")),
        initial={"giving": request.GET.get("from", "")},
    )
    if request.method == "POST" and form.is_valid():
        made = actions.transfer_seats(actor=request.user, congress=found, **form.transfer)
        words = ngettext("%(n)s seat was transferred.", "%(n)s seats were transferred.", made.seats)
        messages.success(request, words % {"n": made.seats})
        return redirect("delegates:allocations", found.slug)
    return render(request, "delegates/allocation_transfer.html", {"congress": found, "form": form})
