"""The grass-roots conferences: when, where, and what came of them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congress import actions, queries, rules
from congress.context import edition
from congress.forms import PostponeForm, ReportForm, ScheduleForm
from congress.models import Conference, Congress
from core import clock, versions
from core.refusal import refuse_if
from units.hats import hats


def conferences(request: HttpRequest, congress: str) -> HttpResponse:
    """Every conference on a line."""
    found = edition(request, congress)
    context = {"congress": found, "lines": queries.conference_roll(found)}
    return render(request, "congress/conferences.html", context)


def _conference(congress: Congress, pk: int) -> Conference:
    conference = queries.conference_sheet(congress, pk)
    if conference is None:
        raise Http404
    return conference


def conference(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """One conference: host, members, day, report, history."""
    found = edition(request, congress)
    shown = _conference(found, pk)
    tone, word = queries.standing(shown, clock.today())
    context = {
        "congress": found,
        "conference": shown,
        "tone": tone,
        "word": word,
        "warnings": queries.headcount_warnings(shown),
        "report_due": rules.report_due(shown),
        "why_not_schedule": rules.why_not_schedule(request.user, shown),
        "why_not_approve": rules.why_not_approve(request.user, shown),
        "why_not_postpone": rules.why_not_postpone(request.user, shown),
        "why_not_report": rules.why_not_report_conference(request.user, shown),
        "acts_here": hats(request.user).department or rules.hosts(request.user, shown),
        "internal": hats(request.user).department,
    }
    return render(request, "congress/conference.html", context)


def _sheet(request: HttpRequest, congress: str, pk: int, form_class, act, why_not, template: str, done: str):
    """A page with one form on a conference: the rule first, then the form, then the act."""
    found = edition(request, congress)
    shown = _conference(found, pk)
    refuse_if(why_not(request.user, shown))
    form = form_class(request.POST or None, instance=_conference(found, pk))
    if request.method == "POST" and form.is_valid():
        saved = act(actor=request.user, conference=shown, version=versions.sent(request.POST), **form.cleaned_data)
        messages.success(request, done)
        if saved.outside_window:
            messages.warning(request, _("The day lies outside the plan's window."))
        return redirect(shown)
    return render(request, template, {"congress": found, "conference": shown, "form": form})


def conference_schedule(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    return _sheet(
        request,
        congress,
        pk,
        ScheduleForm,
        actions.schedule_conference,
        rules.why_not_schedule,
        "congress/conference_schedule.html",
        _("The day of the conference is set."),
    )


def conference_report(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    return _sheet(
        request,
        congress,
        pk,
        ReportForm,
        actions.report_conference,
        rules.why_not_report_conference,
        "congress/conference_report.html",
        _("The report is sent."),
    )


@require_POST
def conference_approve(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = _conference(edition(request, congress), pk)
    actions.approve_conference(actor=request.user, conference=shown)
    messages.success(request, _("The conference is approved."))
    return redirect(shown)


def conference_postpone(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    found = edition(request, congress)
    shown = _conference(found, pk)
    refuse_if(rules.why_not_postpone(request.user, shown))
    form = PostponeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.postpone_conference(actor=request.user, conference=shown, **form.cleaned_data)
        messages.success(request, _("The conference is postponed."))
        return redirect(shown)
    return render(request, "congress/conference_postpone.html", {"congress": found, "conference": shown, "form": form})
