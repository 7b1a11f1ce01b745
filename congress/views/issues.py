"""The issues of the plan: laid before the head, approved and published, received by the units."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congress import actions, queries, rules
from congress.context import edition
from congress.forms.plan import IssueForm, ReturnPlanForm
from congress.models import Congress, PlanIssue
from core import clock
from core.once import once
from core.refusal import refuse_if
from units.hats import hats


def plan_issues(request: HttpRequest, congress: str) -> HttpResponse:
    """Every issue of the plan, the latest first."""
    found = edition(request, congress)
    issues = list(found.plan_issues.visible_to(request.user).select_related("approved_by", "prepared_by"))
    for issue in issues:
        issue.congress = found
    context = {
        "congress": found,
        "issues": issues,
        "department": hats(request.user).department,
        "why_not_prepare": rules.why_not_prepare_plan(request.user, found),
    }
    return render(request, "congress/plan_issues.html", context)


def _issue(request: HttpRequest, congress: Congress, pk: int) -> PlanIssue:
    rows = congress.plan_issues.visible_to(request.user).select_related("approved_by", "prepared_by")
    issue = get_object_or_404(rows, pk=pk)
    issue.congress = congress
    return issue


def plan_issue(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """One issue: its tasks with the dates as approved, what was new, and which units have received it."""
    issue = _issue(request, edition(request, congress), pk)
    return _page(request, issue, IssueForm(initial={"document": issue.document}))


def _page(request: HttpRequest, issue: PlanIssue, form: IssueForm) -> HttpResponse:
    department, units = hats(request.user).department, hats(request.user).unit_ids
    own = list(issue.receipts.filter(unit__in=units).select_related("unit", "actor"))
    receipts = queries.receipts(issue, clock.today()) if department and issue.published_at else []
    context = {
        "congress": issue.congress,
        "issue": issue,
        "rows": queries.issue_rows(issue),
        "receipts": receipts,
        "received": sum(line.receipt is not None for line in receipts),
        "own": own,
        "compared": issue.number > 1,
        "department": department,
        "mark": queries.plan_mark(issue.congress.tasks.all()) if department and not issue.published_at else "",
        "form": form,
        "why_not_publish": rules.why_not_publish_plan(request.user, issue),
        "may_receive": len(own) < len(units) and not rules.why_not_receive_plan(request.user, issue),
    }
    return render(request, "congress/plan_issue.html", context)


@once
def plan_prepare(request: HttpRequest, congress: str) -> HttpResponse:
    """Lay the plan before the head of the Department."""
    found = edition(request, congress)
    refuse_if(rules.why_not_prepare_plan(request.user, found))
    form = IssueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        issue = actions.prepare_plan(actor=request.user, congress=found, **form.cleaned_data)
        messages.success(request, _("The plan waits for the head of the Department to approve it."))
        return redirect(issue)
    return render(request, "congress/plan_prepare.html", {"congress": found, "form": form})


@require_POST
@once
def plan_publish(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Approve and publish what was read; the mark that was sent along says what that was."""
    found = edition(request, congress)
    issue = _issue(request, found, pk)
    refuse_if(rules.why_not_publish_plan(request.user, issue))
    form = IssueForm(request.POST)
    if not form.is_valid():
        return _page(request, issue, form)
    actions.publish_plan(actor=request.user, issue=issue, seen=request.POST.get("seen", ""), **form.cleaned_data)
    messages.success(request, _("The plan is approved and published. The units have been written to."))
    return redirect(issue)


def plan_return(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Take an issue back to be worked on."""
    found = edition(request, congress)
    issue = _issue(request, found, pk)
    refuse_if(rules.why_not_return_plan(request.user, issue))
    form = ReturnPlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.return_plan(actor=request.user, issue=issue, **form.cleaned_data)
        messages.success(request, _("The plan is taken back to be worked on."))
        return redirect("congress:plan_issues", found.slug)
    return render(request, "congress/plan_return.html", {"congress": found, "issue": issue, "form": form})


@require_POST
def plan_receive(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """The unit has received the plan. A second click finds the first receipt."""
    issue = _issue(request, edition(request, congress), pk)
    if actions.receive_plan(actor=request.user, issue=issue):
        messages.success(request, _("Your unit has received the plan. The Department sees it."))
    return redirect(issue)
