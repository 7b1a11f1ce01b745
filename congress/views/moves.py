"""Moving the dates of a published task: first what moves with it, then why and by which paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from congress import actions, queries, rules
from congress.context import edition
from congress.forms.plan import MoveDatesForm, MoveForm
from congress.views.plan import task_of
from core import versions
from core.once import once
from core.refusal import refuse_if


@once
def task_move(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Step 1 asks for the dates, step 2 shows every date that moves with them and asks for reason and document.

    The dates of step 1 stand in the address, so that going back loses nothing and looking changes nothing.
    """
    found = edition(request, congress)
    task = task_of(request, found, pk)
    refuse_if(rules.why_not_move_task(request.user, task))
    context = {"congress": found, "task": task}
    if request.method == "POST":
        form = MoveForm(request.POST)
        if form.is_valid():
            dates = form.cleaned_data["starts"], form.cleaned_data["due"]
            preview = queries.preview(task, *dates)
            if preview.mark == request.POST.get("seen") or task.version != versions.sent(request.POST):
                saved = actions.move_task(
                    actor=request.user,
                    task=task,
                    version=versions.sent(request.POST),
                    seen=preview.mark,
                    **form.cleaned_data,
                )
                messages.success(request, _("The dates are moved, and the units have been written to."))
                return redirect(saved)
            messages.warning(request, _("Other dates of the plan have moved since you looked: look once more."))
            return render(request, "congress/task_move.html", context | _second(form, preview), status=409)
        return render(request, "congress/task_move.html", context | _second(form, _again(task, form)))
    dates_form = MoveDatesForm(request.GET or None, initial={"starts": task.starts, "due": task.due})
    if request.GET and dates_form.is_valid():
        preview = queries.preview(task, dates_form.cleaned_data["starts"], dates_form.cleaned_data["due"])
        if preview.moved:
            second = MoveForm(initial=dates_form.cleaned_data)
            return render(request, "congress/task_move.html", context | _second(second, preview))
        dates_form.add_error(None, _("These are the dates that the task has already."))
    return render(request, "congress/task_move.html", context | {"form": dates_form})


def _again(task, form: MoveForm) -> queries.Preview | None:
    """The preview of a sent form that comes back to be mended; none when its dates are what is wrong."""
    starts, due = form.cleaned_data.get("starts"), form.cleaned_data.get("due")
    return queries.preview(task, starts, due) if starts and due else None


def _second(form: MoveForm, preview: queries.Preview | None) -> dict:
    return {"form": form, "preview": preview}
