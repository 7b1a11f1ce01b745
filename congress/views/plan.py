"""The plan: its tasks, and how far each is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from congress import actions, queries, rules
from congress.context import edition
from congress.filters import task_listing
from congress.forms import TaskForm, TaskReportForm
from congress.models import Congress, Task
from core import versions
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
        "listing": listing,
        "standing": queries.plan_standing(found, request.user),
        "department": hats(request.user).department,
        "why_not_add": rules.why_not_keep_plan(request.user),
    }
    return render(request, "congress/plan.html", context)


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
    form = TaskReportForm(request.POST or None, instance=task_of(request, found, pk))
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
