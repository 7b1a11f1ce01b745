"""What becomes of units: renamed, moved, counted. What follows from an act is shown before it is done."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core import versions
from core.once import once
from core.refusal import Refused, refuse_if
from units import actions, rules
from units.forms import ByDocument, DissolveForm, HeadcountForm, MergeForm, MoveForm, RenameForm
from units.models import Unit


@dataclass(frozen=True)
class Words:
    """What a page of an act is called, and its button."""

    title: str
    lead: str
    button: str
    done: str


def in_two_steps(
    request: HttpRequest, unit: Unit, form: ByDocument, act: Callable[..., list[str]], words: Words
) -> HttpResponse:
    """Show what an act would do, by doing it and taking it back; do it when that is what was read and confirmed.

    `act` takes the form's values and returns what followed, in words.
    """
    lines: list[str] | None = None
    changed = False
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        try:
            with transaction.atomic():
                lines = act(**form.values)
                if request.POST.get("seen") == _digest(lines):
                    messages.success(request, words.done)
                    return redirect(unit)
                changed = bool(request.POST.get("seen"))
                transaction.set_rollback(True)
        except Refused as refused:
            if refused.status == 403:
                raise
            form.add_error(None, refused.reason)
    context = {
        "unit": Unit.objects.get(pk=unit.pk),
        "form": form,
        "words": words,
        "lines": lines,
        "seen": _digest(lines or []),
        "changed": changed,
    }
    return render(request, "units/unit_change.html", context)


def _digest(lines: list[str]) -> str:
    """What was read before an act is confirmed: it is done only if the same would follow now."""
    return hashlib.sha256("\n".join(["", *lines]).encode()).hexdigest()


def _kept(request: HttpRequest, pk: int) -> Unit:
    """A unit that the person may change."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user).select_related("block"), pk=pk)
    refuse_if(rules.why_not_change(request.user, unit))
    return unit


@once
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """A new name from a day on, by a document."""
    unit = _kept(request, pk)
    now = {"name_vi": unit.name_vi, "name_en": unit.name_en, "abbreviation": unit.abbreviation}
    words = Words(
        _("Rename"),
        _("The new name stands on every page and paper from its day on; papers about earlier days keep the old one."),
        _("Rename the unit"),
        _("The unit bears its new name."),
    )

    def act(**values) -> list[str]:
        return actions.rename(actor=request.user, unit=unit, version=versions.sent(request.POST), **values)

    return in_two_steps(request, unit, RenameForm(request.POST or None, initial=now), act, words)


@once
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another block from a day on, by a document."""
    unit = _kept(request, pk)
    words = Words(
        _("Move to another block"),
        _("The unit keeps what it has submitted. Conferences that have not been held follow the block."),
        _("Move the unit"),
        _("The unit sits in its new block."),
    )

    def act(**values) -> list[str]:
        return actions.move_to_block(actor=request.user, unit=unit, version=versions.sent(request.POST), **values)

    return in_two_steps(request, unit, MoveForm(unit, request.POST or None), act, words)


@once
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merged into another unit, or a new one, from a day on, by a document."""
    unit = _kept(request, pk)
    words = Words(
        _("Merge into another unit"),
        _("Seats, delegates, dossiers, tasks and conferences to come go to the unit that takes its place."),
        _("Merge the units"),
        _("The units are merged."),
    )

    def act(**values) -> list[str]:
        versions.check(Unit.objects.get(pk=pk), versions.sent(request.POST))
        return actions.merge(actor=request.user, **values)

    return in_two_steps(request, unit, MergeForm(unit, request.POST or None), act, words)


@once
def dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    """No more from a day on, by a document; nobody takes its place."""
    unit = _kept(request, pk)
    words = Words(
        _("Dissolve"),
        _("For a unit whose place nobody takes. Where another unit takes over its work, merge it instead."),
        _("Dissolve the unit"),
        _("The unit is dissolved."),
    )

    def act(**values) -> list[str]:
        return actions.dissolve(actor=request.user, unit=unit, version=versions.sent(request.POST), **values)

    return in_two_steps(request, unit, DissolveForm(request.POST or None), act, words)


@once
def headcount(request: HttpRequest, pk: int) -> HttpResponse:
    """How many people the unit had on a day."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    refuse_if(rules.why_not_count(request.user, unit))
    form = HeadcountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if reason := rules.why_not_yet(form.cleaned_data["taken_on"]):
            form.add_error("taken_on", reason)
        else:
            actions.record_headcount(actor=request.user, unit=unit, **form.cleaned_data)
            messages.success(request, _("The headcount is recorded."))
            return redirect(unit)
    return render(request, "units/unit_headcount.html", {"unit": unit, "form": form})
