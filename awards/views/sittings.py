"""Sittings of the Council: prepared, convened, attended, opened, concluded."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from awards import actions, rules
from awards.forms.nominations import ReasonForm
from awards.forms.sittings import AttendanceForm, ConcludeForm, SittingForm, TellersForm, as_read
from awards.letters import summons_to
from awards.models import Sitting
from awards.queries import ballots, council
from awards.queries import sittings as queries
from awards.queries.way import way
from awards.views.council import council_of
from core import versions
from core.once import first_sending, once
from core.refusal import refuse_if
from core.versions import Stale
from core.views.answers import Difference
from units.hats import hats


def visible(request: HttpRequest, congress: str, pk: int) -> Sitting:
    """The sitting of an address, for the Council and the Department. Raises Refused, and Http404."""
    found = queries.sitting_of(council_of(request, congress), pk, request.user)
    if found is None:
        raise Http404
    return found


def sitting(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Where a sitting stands, whose the next step is, who has come, what is voted on."""
    shown, user = visible(request, congress, pk), request.user
    here = queries.presence(shown)
    context: dict[str, Any] = {
        "congress": shown.congress,
        "sitting": shown,
        "tone": council.SITTING_TONES[Sitting.State(shown.state)],
        "here": here,
        "way": way(user, shown, here),
        "why_not_change": rules.why_not_change_sitting(user, shown),
        "why_not_plan": rules.why_not_plan_sitting(user, shown.congress),
        "internal": hats(user).department,
    }
    if shown.state == Sitting.State.DRAFT and not context["why_not_plan"]:
        context |= _letter(shown, here)
    if shown.state == Sitting.State.CONVENED and here.noted and not here.quorate:
        context["why_not_postpone"] = rules.why_not_postpone(user, shown)
    if shown.state in queries.IN_ROOM:
        context |= {"tellers": shown.tellers.all(), "ballots": queries.ballot_lines(shown)}
    if shown.state == Sitting.State.CONCLUDED:
        decided = ballots.decided_by(shown.ballots.all())
        context |= {"decisions": decided, "same_unit": queries.same_unit(queries.chosen(decided))}
    return render(request, "awards/sitting.html", context)


def _letter(shown: Sitting, here: queries.Presence) -> dict[str, Any]:
    """The letter that calls the Council together, as one of its readers gets it, and who gets none."""
    people = [line.user for line in here.lines]
    readers = [user for user in people if user.email]
    if not readers:
        return {"without_letter": people}
    subject, body = summons_to(readers[0], shown)
    return {
        "letter": {"to": readers[0], "subject": subject, "body": body, "number": len(readers)},
        "without_letter": [user for user in people if not user.email],
    }


# ---- Preparing ----


@once
def sitting_plan(request: HttpRequest, congress: str) -> HttpResponse:
    """Prepare a sitting."""
    found = council_of(request, congress)
    refuse_if(rules.why_not_plan_sitting(request.user, found))
    form = SittingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.plan_sitting(actor=request.user, congress=found, **form.values)
        messages.success(request, _("The sitting is prepared. Call the Council together when the short list stands."))
        return redirect(made)
    return render(request, "awards/sitting_edit.html", {"congress": found, "form": form})


@once
def sitting_change(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Change day, place and rules of a sitting."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_change_sitting(request.user, shown))
    form = SittingForm(request.POST or None, instance=Sitting.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        values, version = form.values, versions.sent(request.POST)
        try:
            saved = actions.change_sitting(actor=request.user, sitting=shown, version=version, **values)
        except Stale:
            request.POST = request.POST.copy()  # the conflict page compares the row's fields: day and time are one
            request.POST["held_at"] = f"{values['held_at']:%d/%m/%Y %H:%M}"
            raise
        again = saved.state == Sitting.State.CONVENED and saved.version != version
        told = [_("The sitting is saved."), *([_("Each member gets a new letter.")] if again else [])]
        messages.success(request, " ".join(told))
        return redirect(shown)
    return render(request, "awards/sitting_edit.html", {"congress": shown.congress, "sitting": shown, "form": form})


@require_POST
@once
def convene(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    actions.convene(actor=request.user, sitting=shown)
    messages.success(request, _("The Council is called together; each member gets a letter."))
    return redirect(shown)


@once
def attendance(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Who has come, and why others have not."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_record_attendance(request.user, shown))
    here = queries.presence(shown)
    form = AttendanceForm(here, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_attendance(
                actor=request.user, sitting=shown, present=form.present, excuses=form.excuses, read=form.read
            )
        except actions.LinesStale as stale:
            return _lines_conflict(request, stale, form)
        messages.success(request, _("The attendance is recorded."))
        return redirect(shown)
    context = {"congress": shown.congress, "sitting": shown, "form": form, "here": here}
    return render(request, "awards/attendance.html", context)


def _line_in_words(present: bool, excuse: str) -> str:
    return _("present") if present else " ".join((_("absent"), excuse)).strip()


def _lines_conflict(request: HttpRequest, stale: actions.LinesStale, form: AttendanceForm) -> HttpResponse:
    """The page of a conflict, a line for each member; sent again, it sets these lines over what stands there now."""
    here = {user.pk for user in form.present}
    found = [
        Difference(str(form.lines[pk].user), _line_in_words(*now), _line_in_words(pk in here, form.excuses[pk]))
        for pk, now in stale.lines.items()
    ]
    post = request.POST.copy()
    for pk, now in stale.lines.items():
        post[f"read-{pk}"] = as_read(*now)
    own = ("version", "csrfmiddlewaretoken")
    sent = [(name, value) for name, values in post.lists() if name not in own for value in values]
    context = {"current": stale.current, "differences": found, "sent": sent}
    return render(request, "core/conflict.html", context, status=409)


# ---- Conducting ----


@require_POST
@once
def open_sitting(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    actions.open_sitting(actor=request.user, sitting=shown)
    messages.success(request, _("The sitting is open. Appoint the counting team next."))
    return redirect(shown)


@once
def postpone(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Put a sitting off because too few have come."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_postpone(request.user, shown))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.postpone(actor=request.user, sitting=shown, **form.cleaned_data)
        messages.success(request, _("The sitting is postponed. Prepare another one."))
        return redirect(shown)
    return render(request, "awards/sitting_postpone.html", {"congress": shown.congress, "sitting": shown, "form": form})


@once
def tellers(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Appoint the counting team."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_appoint_tellers(request.user, shown))
    conflicted = shown.congress.nominations.listed().in_conflict()
    form = TellersForm(shown, conflicted, request.POST or None)
    if request.method == "POST" and form.is_valid():
        users, leader = form.cleaned_data["users"], form.cleaned_data["leader"]
        actions.appoint_tellers(actor=request.user, sitting=shown, users=users, leader=leader)
        messages.success(request, _("The counting team is appointed. Each of them takes an opening code now."))
        return redirect(shown)
    here = [line.user for line in queries.presence(shown).lines if line.present]
    kept_out = [user for user in here if user.pk in conflicted]
    context = {"congress": shown.congress, "sitting": shown, "form": form, "kept_out": kept_out}
    return render(request, "awards/tellers.html", context)


@require_POST
@never_cache
def take_code(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Show a teller a new opening code, this once: only its public half is kept.

    The same form sent twice makes no second code: whoever reloads the page, or clicks twice, must not be left with a
    code on paper that opens nothing.
    """
    shown = visible(request, congress, pk)
    had_one = any(teller.has_code for teller in shown.tellers.all() if teller.user_id == request.user.pk)
    with transaction.atomic():
        if not first_sending(request):
            refuse_if(_("This code was shown already, and is shown once. If you have not got it, take another."))
        code = actions.take_code(actor=request.user, sitting=shown)
    context = {"congress": shown.congress, "sitting": shown, "code": code, "had_one": had_one}
    return render(request, "awards/code.html", context)


@once
def conclude(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """End a sitting: the nominations and the programme get what was decided."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_conclude(request.user, shown))
    form = ConcludeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.conclude(actor=request.user, sitting=shown, **form.cleaned_data)
        messages.success(request, _("The sitting is concluded; the showcase reports stand in the programme."))
        return redirect(shown)
    decided = ballots.decided_by(shown.ballots.all())
    reports = queries.reports_to_come(shown, decided)
    context = {
        "congress": shown.congress,
        "sitting": shown,
        "form": form,
        "decisions": decided,
        "reports": reports,
        "same_unit": queries.same_unit(reports),
    }
    return render(request, "awards/conclude.html", context)
