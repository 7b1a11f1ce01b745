"""The plan: its tasks, and how far each is."""

from copy import copy
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from congress import actions, queries, rules
from congress.context import edition
from congress.filters import task_listing
from congress.forms.plan import TaskForm, TaskReportForm
from congress.models import Congress, Task
from core import clock, versions
from core.fields import FIRST_DAY, LAST_DAY
from core.listing import Listing
from core.once import once
from core.refusal import refuse_if
from units.hats import hats


def plan(request: HttpRequest, congress: str) -> HttpResponse:
    """The tasks, with filters."""
    found = edition(request, congress)
    listing = task_listing(request.GET, found, request.user)
    for task in listing.page:
        task.congress = found
        task.tone = queries.task_tone(task)
        task.waits_on = queries.waits_on(task)
        task.drift_words = queries.drift_words(task)
    context = {
        "congress": found,
        **_tabs(listing),
        "standing": queries.plan_standing(found, request.user),
        "department": hats(request.user).department,
        "why_not_add": rules.why_not_keep_plan(request.user),
    }
    return render(request, "congress/plan.html", context)


ROWS_OF_A_CHART = 200


def plan_chart(request: HttpRequest, congress: str) -> HttpResponse:
    """The tasks of the list, as the list is filtered, as bars along the months; conferences and congress as well."""
    found = edition(request, congress)
    listing = task_listing(request.GET, found, request.user, per_page=ROWS_OF_A_CHART)
    tasks = list(listing.page)
    prefetch_related_objects(tasks, "needs")
    context = {
        "congress": found,
        **_tabs(listing),
        "chart": queries.plan_chart(found, tasks, clock.today()),
    }
    return render(request, "congress/plan_chart.html", context)


def plan_calendar(request: HttpRequest, congress: str) -> HttpResponse:
    """A month: which tasks are due, which conferences are held, the congress. Filters of the list narrow it too."""
    found = edition(request, congress)
    listing = task_listing(request.GET, found, request.user)
    first = _month(request.GET.get("month", ""))
    after = (first + timedelta(days=32)).replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    tasks = listing.queryset.filter(due__gte=first, due__lt=after)
    weeks = queries.month_of(found, tasks, first, clock.today())
    context = {
        "congress": found,
        **_tabs(listing),
        "first": first,
        "weeks": weeks,
        "weekdays": [day.weekday.split(",")[0] for day in weeks[0]],
        "entries": sum(len(day.entries) for week in weeks for day in week),
        "before": listing.url(month=f"{before:%Y-%m}"),
        "after": listing.url(month=f"{after:%Y-%m}"),
        "this_month": listing.url(month=None),
    }
    return render(request, "congress/plan_calendar.html", context)


def _month(text: str) -> date:
    """The first day of the month of an address, such as '2020-05'; of this month where it names none."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return clock.today().replace(day=1)
    return min(max(first, FIRST_DAY.replace(day=1)), LAST_DAY.replace(day=1))


def _tabs(listing: Listing) -> dict[str, Any]:
    """What leads from one view of the plan to the others: filters and words come along."""
    mine = listing.params.get("mine") == "yes"
    return {
        "listing": listing,
        "keep": listing.url(page=None, month=None),
        "mine": mine,
        "mine_url": listing.url(mine=None if mine else "yes", page=None),
    }


def task_of(request: HttpRequest, congress: Congress, pk: int) -> Task:
    """A task of the plan that the person may see. Raises Http404."""
    rows = congress.tasks.visible_to(request.user).select_related("phase", "lead", "person", "anchor_conference")
    rows = rows.prefetch_related("cooperating")
    task = get_object_or_404(rows, pk=pk)
    task.congress = congress
    return task


def _others(request: HttpRequest, congress: Congress, rows) -> list[Task]:
    """Tasks beside this one, as far as the person may see them."""
    found = list(rows.visible_to(request.user).select_related("lead"))
    for task in found:
        task.congress = congress
        task.tone = queries.task_tone(task)
    return found


def task(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """One task: what, who, until when, how far; its lead unit reports here."""
    found = edition(request, congress)
    shown = task_of(request, found, pk)
    why_not = rules.why_not_report_task(request.user, shown)
    form = TaskReportForm(request.POST or None, instance=copy(shown))
    if request.method == "POST":
        refuse_if(why_not)
        if form.is_valid():
            actions.report_task(
                actor=request.user, task=shown, version=versions.sent(request.POST), **form.cleaned_data
            )
            messages.success(request, _("The progress is reported."))
            return redirect(shown)
    context = {
        "congress": found,
        "task": shown,
        "tone": queries.task_tone(shown),
        "waits_on": queries.waits_on(shown),
        "form": form,
        "why_not_report": why_not,
        "why_not_edit": rules.why_not_keep_plan(request.user),
        "why_not_move": rules.why_not_move_task(request.user, shown),
        "drift_words": queries.drift_words(shown),
        "needs": _others(request, found, shown.needs),
        "followers": _others(request, found, shown.followers),
        "moves": shown.moves.select_related(
            "actor", "because_of__task", "because_of__conference", "because_of__congress"
        ),
        "internal": hats(request.user).department,
    }
    return render(request, "congress/task.html", context)


@once
def task_add(request: HttpRequest, congress: str) -> HttpResponse:
    found = edition(request, congress)
    refuse_if(rules.why_not_keep_plan(request.user))
    form = TaskForm(request.POST or None, congress=found)
    if request.method == "POST" and form.is_valid():
        task = actions.add_task(actor=request.user, congress=found, **form.cleaned_data)
        messages.success(request, _("The task is in the plan."))
        return redirect(task)
    return render(request, "congress/task_edit.html", {"congress": found, "form": form})


def task_edit(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    found = edition(request, congress)
    refuse_if(rules.why_not_keep_plan(request.user))
    task = task_of(request, found, pk)
    form = TaskForm(request.POST or None, instance=task_of(request, found, pk), congress=found)
    if request.method == "POST" and form.is_valid():
        actions.edit_task(actor=request.user, task=task, version=versions.sent(request.POST), **form.cleaned_data)
        messages.success(request, _("The task is saved."))
        return redirect(task)
    return render(request, "congress/task_edit.html", {"congress": found, "form": form, "task": task})
