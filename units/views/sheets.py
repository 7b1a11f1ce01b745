"""Units and headcounts from a workbook: taken out, filled in, sent, read, and then taken in."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import clock
from core.once import once
from core.refusal import Refused, refuse_if
from documents.workbook import CONTENT_TYPE, MOST_BYTES, Unreadable
from units import actions, rules
from units.actions.sheets import Meanwhile
from units.imports.comparison import Plan, Step, plan
from units.imports.reading import parse
from units.imports.template import write

SALT, HOLDS = "units.import", 24 * 60 * 60  # seconds: what was read is confirmed on the same day


class WorkbookForm(forms.Form):
    """The workbook that was filled in."""

    file = forms.FileField(
        label=gettext_lazy("Workbook"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=gettext_lazy("An Excel file (.xlsx) with the headings of the workbook above."),
    )

    def clean(self) -> dict[str, Any]:
        """Read the list: a file that is none says why at its field."""
        values = super().clean() or {}
        sent = values.get("file")
        if sent:
            try:
                values["list"] = parse(sent.read(MOST_BYTES + 1), sent.name)
            except Unreadable as fault:
                self.add_error("file", fault.reason)
        return values


def units_sheet(request: HttpRequest) -> HttpResponse:
    """All units at work as a workbook to be filled in."""
    refuse_if(rules.why_not_edit_unit(request.user))
    response = HttpResponse(write(), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="don-vi-{clock.today():%Y%m%d}.xlsx"'
    return response


@once
def units_import(request: HttpRequest) -> HttpResponse:
    """Send a workbook, read what it would do, and let it be done."""
    refuse_if(rules.why_not_edit_unit(request.user))
    if "steps" in request.POST:
        return _take(request)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    made = None
    if request.method == "POST" and form.is_valid():
        made = plan(request.user, form.cleaned_data["list"])
    return _page(request, form, made)


def _page(request: HttpRequest, form: forms.Form, made: Plan | None, **more: Any) -> HttpResponse:
    context = {"form": form, "plan": made, "signed": _sign(request, made) if made and not made.faults else "", **more}
    return render(request, "units/units_import.html", context, status=409 if more else 200)


def _sign(request: HttpRequest, made: Plan) -> str:
    kept = {"user": request.user.pk, "steps": [asdict(step) for step in made.does]}
    return signing.dumps(kept, salt=SALT, compress=True)


def _take(request: HttpRequest) -> HttpResponse:
    try:
        kept = signing.loads(request.POST["steps"], salt=SALT, max_age=HOLDS)
    except signing.BadSignature:
        kept = {}
    refuse_if(None if kept.get("user") == request.user.pk else _("What was read is too old: send the workbook again."))
    steps = [Step(**{**step, "told": [tuple(one) for one in step["told"]]}) for step in kept["steps"]]
    try:
        actions.take_steps(actor=request.user, steps=steps)
    except Meanwhile as meanwhile:
        return _page(request, WorkbookForm(), None, meanwhile=meanwhile.codes)
    except (Refused, ValidationError) as fault:
        if isinstance(fault, Refused) and fault.status == 403:
            raise
        words = fault.reason if isinstance(fault, Refused) else " ".join(fault.messages)
        return _page(request, WorkbookForm(), None, why_not=words)
    words = ngettext("The workbook is taken: %(n)s unit.", "The workbook is taken: %(n)s units.", len(steps))
    messages.success(request, words % {"n": len(steps)})
    return redirect("units:units")
