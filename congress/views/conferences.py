"""The grass-roots conferences: when, where, and what came of them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congress import actions, queries, rules
from congress.context import edition
from congress.forms.conferences import PostponeForm, ScheduleForm
from congress.models import Conference, Congress
from core import clock, versions
from core.refusal import refuse_if
from units.hats import hats


def conferences(request: HttpRequest, congress: str) -> HttpResponse:
    """Every conference on a line."""
    found = edition(request, congress)
    context = {
        "congress": found,
        "lines": queries.conference_roll(found),
        "why_not_roll_up": rules.why_not_see_roll_up(request.user),
    }
    return render(request, "congress/conferences.html", context)


def roll_up(request: HttpRequest, congress: str) -> HttpResponse:
    """What came of the conferences, on one page."""
    found = edition(request, congress)
    refuse_if(rules.why_not_see_roll_up(request.user))
    return render(request, "congress/roll_up.html", {"congress": found, "roll": queries.roll_up(found, request.user)})


def _conference(congress: Congress, pk: int) -> Conference:
    conference = queries.conference_sheet(congress, pk)
    if conference is None:
        raise Http404
    return conference


def conference(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """One conference: host, members, day and how it was moved, agenda, what came of it, history."""
    found, user = edition(request, congress), request.user
    shown = _conference(found, pk)
    tone, word = queries.standing(shown, clock.today())
    report, figures = rules.report_of(shown), rules.may_see_figures(user, shown)
    reads = rules.why_not_read_report(user, shown) is None
    sent = report is not None and report.state in report.SENT_IN
    context = {
        "congress": found,
        "conference": shown,
        "tone": tone,
        "word": word,
        "warnings": queries.conference_warnings(shown),
        "members": queries.members(shown),
        "moves": shown.moves.select_related("actor"),
        "report": report if figures and (sent or reads) else None,
        "sent": sent,
        "figures": figures,
        "report_due": rules.report_due(shown),
        "why_not_schedule": rules.why_not_schedule(user, shown),
        "why_not_approve": rules.why_not_approve(user, shown),
        "why_not_postpone": rules.why_not_postpone(user, shown),
        "why_not_hold": rules.why_not_hold(user, shown),
        "why_not_start": rules.why_not_start_report(user, shown),
        "begun": report is not None,
        "acts_here": reads,
        "internal": hats(user).department,
        "extended": rules.extended_report(shown),
    }
    return render(request, "congress/conference.html", context)


def conference_schedule(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Set the day and the agenda."""
    found = edition(request, congress)
    shown = _conference(found, pk)
    refuse_if(rules.why_not_schedule(request.user, shown))
    form = ScheduleForm(request.POST or None, instance=_conference(found, pk))
    if request.method == "POST" and form.is_valid():
        version = versions.sent(request.POST)
        saved = actions.schedule_conference(actor=request.user, conference=shown, version=version, **form.cleaned_data)
        messages.success(request, _("The day of the conference is set."))
        if saved.outside_window:
            messages.warning(request, _("The day lies outside the plan's window."))
        return redirect(shown)
    context = {"congress": found, "conference": shown, "form": form}
    return render(request, "congress/conference_schedule.html", context)


@require_POST
def conference_approve(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = _conference(edition(request, congress), pk)
    actions.approve_conference(actor=request.user, conference=shown)
    messages.success(request, _("The conference is approved."))
    return redirect(shown)


@require_POST
def conference_hold(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = _conference(edition(request, congress), pk)
    actions.hold_conference(actor=request.user, conference=shown)
    messages.success(request, _("It is noted that the conference was held. Report it when its figures are known."))
    return redirect(shown)


def conference_postpone(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    found = edition(request, congress)
    shown = _conference(found, pk)
    refuse_if(rules.why_not_postpone(request.user, shown))
    form = PostponeForm(request.POST or None, conference=shown)
    if request.method == "POST" and form.is_valid():
        actions.postpone_conference(actor=request.user, conference=shown, **form.cleaned_data)
        messages.success(request, _("The conference is postponed."))
        return redirect(shown)
    return render(request, "congress/conference_postpone.html", {"congress": found, "conference": shown, "form": form})
