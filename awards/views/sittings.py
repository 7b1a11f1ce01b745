"""Sittings of the Council: prepared, convened, attended, opened, concluded."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from awards import actions, rules
from awards.forms.nominations import ReasonForm
from awards.forms.sittings import AttendanceForm, ConcludeForm, SittingForm, TellersForm
from awards.models import Sitting
from awards.queries import council as queries
from congress.context import edition
from core import versions
from core.once import once
from core.refusal import refuse_if
from units.hats import hats


def visible(request: HttpRequest, congress: str, pk: int) -> Sitting:
    """The sitting of an address, for the Council and the Department. Raises Refused, and Http404."""
    found = edition(request, congress)
    refuse_if(rules.why_not_see_council(request.user, found))
    sitting = get_object_or_404(found.sittings, pk=pk)
    sitting.congress = found
    return sitting


def sitting(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Where a sitting stands, whose the next step is, who has come, what is voted on."""
    shown, user = visible(request, congress, pk), request.user
    present, members, needed = rules.attendance(shown)
    ballots = queries.ballot_lines(shown)
    way = queries.steps(shown, ballots)
    context = {
        "congress": shown.congress,
        "sitting": shown,
        "tone": queries.SITTING_TONES[Sitting.State(shown.state)],
        "present": present,
        "members": members,
        "needed": needed,
        "absent": shown.attendances.filter(present=False).select_related("user"),
        "tellers": shown.tellers.select_related("user"),
        "ballots": ballots,
        "steps": way,
        "next_step": queries.next_step(way),
        "why_not": _why_not(user, shown),
        "keeps": rules.keeps_sittings(user, shown.congress),
        "presides": rules.presides(user, shown),
        "teller": shown.tellers.filter(user=user).first(),
        "department": hats(user).department,
        "states": Sitting.State,
    }
    return render(request, "awards/sitting.html", context)


def _why_not(user, shown: Sitting) -> dict[str, str | None]:
    """Why the reader may not do each of a sitting's acts now."""
    asked: dict[str, Callable] = {
        "change": rules.why_not_change_sitting,
        "convene": rules.why_not_convene,
        "attendance": rules.why_not_record_attendance,
        "open": rules.why_not_open_sitting,
        "postpone": rules.why_not_postpone,
        "tellers": rules.why_not_appoint_tellers,
        "code": rules.why_not_take_code,
        "conclude": rules.why_not_conclude,
    }
    return {act: why_not(user, shown) for act, why_not in asked.items()}


# ---- Preparing ----


@once
def sitting_plan(request: HttpRequest, congress: str) -> HttpResponse:
    """Prepare a sitting."""
    found = edition(request, congress)
    refuse_if(rules.why_not_plan_sitting(request.user, found))
    form = SittingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.plan_sitting(actor=request.user, congress=found, **form.values())
        messages.success(request, _("The sitting is prepared. Call the Council together when the short list stands."))
        return redirect(made)
    return render(request, "awards/sitting_edit.html", {"congress": found, "form": form})


def sitting_change(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Change day, place and rules of a sitting."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_change_sitting(request.user, shown))
    form = SittingForm(request.POST or None, instance=Sitting.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        version = versions.sent(request.POST)
        actions.change_sitting(actor=request.user, sitting=shown, version=version, **form.values())
        messages.success(request, _("The sitting is saved."))
        return redirect(shown)
    return render(request, "awards/sitting_edit.html", {"congress": shown.congress, "sitting": shown, "form": form})


@require_POST
@once
def convene(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    actions.convene(actor=request.user, sitting=shown)
    messages.success(request, _("The Council is called together; each member gets a letter."))
    return redirect(shown)


def attendance(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Who has come, and why others have not."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_record_attendance(request.user, shown))
    form = AttendanceForm(shown, list(rules.voters(shown.congress)), request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.record_attendance(actor=request.user, sitting=shown, present=form.present, excuses=form.excuses)
        messages.success(request, _("The attendance is recorded."))
        return redirect(shown)
    return render(request, "awards/attendance.html", {"congress": shown.congress, "sitting": shown, "form": form})


# ---- Conducting ----


@require_POST
@once
def open_sitting(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    actions.open_sitting(actor=request.user, sitting=shown)
    messages.success(request, _("The sitting is open. Appoint the counting team next."))
    return redirect(shown)


def postpone(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Put a sitting off because too few have come."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_postpone(request.user, shown))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.postpone(actor=request.user, sitting=shown, **form.cleaned_data)
        messages.success(request, _("The sitting is postponed."))
        return redirect(shown)
    return render(request, "awards/sitting_postpone.html", {"congress": shown.congress, "sitting": shown, "form": form})


def tellers(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Appoint the counting team."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_appoint_tellers(request.user, shown))
    form = TellersForm(shown, request.POST or None)
    if request.method == "POST" and form.is_valid():
        users, leader = list(form.cleaned_data["users"]), form.cleaned_data["leader"]
        if reason := rules.why_not_appoint_tellers(request.user, shown, users):
            form.add_error("users", reason)  # a wrong choice, not a missing right: what was ticked stays
        else:
            actions.appoint_tellers(actor=request.user, sitting=shown, users=users, leader=leader)
            messages.success(request, _("The counting team is appointed. Each of them takes an opening code now."))
            return redirect(shown)
    return render(request, "awards/tellers.html", {"congress": shown.congress, "sitting": shown, "form": form})


@require_POST
@never_cache
def take_code(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Show a teller a new opening code, this once: only its public half is kept."""
    shown = visible(request, congress, pk)
    code = actions.take_code(actor=request.user, sitting=shown)
    return render(request, "awards/code.html", {"congress": shown.congress, "sitting": shown, "code": code})


def conclude(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """End a sitting: the nominations and the programme get what was decided."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_conclude(request.user, shown))
    form = ConcludeForm(request.POST or None, instance=Sitting.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        actions.conclude(actor=request.user, sitting=shown, **form.cleaned_data)
        messages.success(request, _("The sitting is concluded; the showcase reports stand in the programme."))
        return redirect(shown)
    context = {
        "congress": shown.congress,
        "sitting": shown,
        "form": form,
        "ballots": [line for line in queries.ballot_lines(shown) if line.selected],
    }
    return render(request, "awards/conclude.html", context)
