"""The report of a conference: written subject by subject, sent, accepted or returned."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congress import actions, queries, reports, rules
from congress.context import edition
from congress.forms.reports import ReturnForm, subject_form
from congress.models import Conference, ConferenceReport
from core import uploads, versions
from core.once import once
from core.refusal import refuse_if
from core.subjects import SubjectForm, TableForm, one_more_row, saved_by_itself, spare_rows
from core.versions import Stale
from units.hats import hats


def _conference(request: HttpRequest, congress: str, pk: int) -> Conference:
    found = queries.conference_sheet(edition(request, congress), pk, closely=False)
    if found is None:
        raise Http404
    refuse_if(rules.why_not_read_report(request.user, found))
    return found


def _report(request: HttpRequest, congress: str, pk: int) -> ConferenceReport:
    """The report of an address, for the Department and the host. Raises Http404 as long as nobody has begun it."""
    conference = _conference(request, congress, pk)
    report = rules.report_of(conference)
    if report is None:
        raise Http404
    report.conference = conference
    return report


def conference_report(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """The report as it stands, who has the next step, and what can be done."""
    conference, user = _conference(request, congress, pk), request.user
    report = rules.report_of(conference)
    context: dict[str, Any] = {
        "congress": conference.congress,
        "conference": conference,
        "report": report,
        "internal": hats(user).department,
        "due": rules.report_due(conference),
    }
    if report is None:
        context["why_not_start"] = rules.why_not_start_report(user, conference)
        return render(request, "congress/conference_report.html", context)
    report.conference = conference
    writes = rules.why_not_write_report(user, report) is None
    context |= {
        "sheet": queries.report_sheet(report),
        "tone": queries.REPORT_TONES[ConferenceReport.State(report.state)],
        "waits_on": queries.report_waits_on(report),
        "days_late": rules.days_late(report, conference),
        "writes": writes,
        "why_not_accept": rules.why_not_accept_report(user, report),
        "why_not_reopen": rules.why_not_reopen_report(user, report),
    }
    return render(request, "congress/conference_report.html", context)


@require_POST
@once
def report_start(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    conference = _conference(request, congress, pk)
    actions.start_report(actor=request.user, conference=conference)
    messages.success(request, _("The report is begun. Fill in its subjects one after the other."))
    return redirect("congress:report_subject", congress, pk, reports.SUBJECTS[0].key)


# ---- Writing ----


def report_subject(request: HttpRequest, congress: str, pk: int, key: str) -> HttpResponse:
    """One subject of the report. A draft saves itself, complete or not."""
    report, subject = _report(request, congress, pk), reports.subject(key)
    if subject is None:
        raise Http404
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = subject_form(copy(report), subject, request.user, *sent, spare=spare_rows(request.GET.get("lines", "")))
    if "autosave" in request.POST:
        stale = _("Not saved: somebody else has changed this report. Your text is still here; save it to see both.")
        return saved_by_itself(form.faults, lambda: _save(request, report, form, by_itself=True), stale)
    refuse_if(rules.why_not_write_report(request.user, report))
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, report, form)
        except Stale:  # the page of the conflict sends everything once more, files too
            request.POST = uploads.carried(form)  # type: ignore[misc]
            raise
        return _after(request, saved, form)
    if "add-row" in request.POST:
        form = subject_form(copy(report), subject, request.user, one_more_row(request.POST, key))
    context = {
        "congress": report.conference.congress,
        "conference": report.conference,
        "report": report,
        "subject": subject,
        "form": form,
        "sheet": queries.report_sheet(report),
    }
    return render(request, "congress/report_subject.html", context)


def _save(
    request: HttpRequest, report: ConferenceReport, form: SubjectForm, *, by_itself: bool = False
) -> ConferenceReport:
    return actions.save_report(
        actor=request.user,
        report=report,
        version=versions.sent(request.POST),
        key=form.subject.key,
        values=form.values,
        by_itself=by_itself,
        **form.lists,
    )


def _after(request: HttpRequest, saved: ConferenceReport, form: SubjectForm) -> HttpResponse:
    """Where one goes after a subject: back for one more line, to the report, or on to the next open subject."""
    where, subject = request.resolver_match.kwargs, form.subject  # type: ignore[union-attr]
    congress, pk = where["congress"], where["pk"]
    if "add-row" in request.POST and isinstance(form, TableForm):
        here = reverse("congress:report_subject", args=[congress, pk, subject.key])
        return redirect(f"{here}?lines={form.blank_rows + 1}")
    words = {"subject": subject.title, "missing": "; ".join(queries.missing_in(saved, subject.key))}
    if words["missing"]:
        messages.warning(request, _("“%(subject)s” is saved. Still missing: %(missing)s.") % words)
    else:
        messages.success(request, _("“%(subject)s” is saved.") % words)
    key = None if "draft" in request.POST else queries.next_after(saved, subject.key)
    if key:
        return redirect("congress:report_subject", congress, pk, key)
    return redirect("congress:conference_report" if "draft" in request.POST else "congress:report_check", congress, pk)


# ---- Sending ----


def report_check(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """All answers once more, before the report is sent."""
    report = _report(request, congress, pk)
    refuse_if(rules.why_not_write_report(request.user, report))
    context = {
        "congress": report.conference.congress,
        "conference": report.conference,
        "report": report,
        "sheet": queries.report_sheet(report),
        "sends": hats(request.user).department or rules.heads_host(request.user, report.conference),
        "why_not_send": rules.why_not_send_report(request.user, report),
        "why_not_put": rules.why_not_put_before_head(request.user, report),
        "due": report.due or rules.report_due(report.conference),
    }
    return render(request, "congress/report_check.html", context)


@require_POST
@once
def report_before_head(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    report = _report(request, congress, pk)
    actions.put_before_head(actor=request.user, report=report)
    messages.success(request, _("The head has been told by letter that the report waits to be sent."))
    return redirect(report)


@require_POST
@once
def report_send(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    report = _report(request, congress, pk)
    actions.send_report(actor=request.user, report=report)
    messages.success(request, _("The report is sent. The Department accepts it, or returns it with what to mend."))
    return redirect(report)


# ---- The Department's answer ----


@require_POST
@once
def report_accept(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    report = _report(request, congress, pk)
    actions.accept_report(actor=request.user, report=report)
    messages.success(request, _("The report is accepted. What became of those elected stands below."))
    return redirect(report)


@once
def report_return(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    report = _report(request, congress, pk)
    words = {
        "title": _("Return the report"),
        "lead": _("Say what the host should mend, and until when. The time when it was first sent is kept."),
        "button": _("Return the report"),
        "done": _("The report is back with its host."),
    }
    why_not = rules.why_not_return_report(request.user, report)
    return _back(request, report, why_not, actions.return_report, words)


@once
def report_reopen(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    report = _report(request, congress, pk)
    words = {
        "title": _("Open the report again"),
        "lead": _("Nominations and delegates that were made of it stay, and are not made a second time."),
        "button": _("Open the report again"),
        "done": _("The report is open again."),
    }
    why_not = rules.why_not_reopen_report(request.user, report)
    return _back(request, report, why_not, actions.reopen_report, words)


def _back(
    request: HttpRequest, report: ConferenceReport, why_not: str | None, act: Callable, words: dict[str, str]
) -> HttpResponse:
    refuse_if(why_not)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act(actor=request.user, report=report, **form.cleaned_data)
        messages.success(request, words["done"])
        return redirect(report)
    context = {
        "congress": report.conference.congress,
        "conference": report.conference,
        "report": report,
        "form": form,
        "words": words,
    }
    return render(request, "congress/report_return.html", context)
