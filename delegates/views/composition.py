"""The make-up of the congress: charts with their tables, targets, copies, and the names behind a number."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congress.context import edition
from core import versions
from core.listing import Listing
from core.once import once
from core.refusal import refuse_if
from delegates import actions, credentials, rules
from delegates.forms.composition import OccasionForm, TargetForm
from delegates.models import CompositionTarget
from delegates.queries import composition as makeup
from delegates.queries import privacy
from delegates.queries.composition_people import class_label, people_in
from units.models import Unit


def composition(request: HttpRequest, congress: str) -> HttpResponse:
    """The make-up as it stands now, as far as somebody may read it."""
    found, user = edition(request, congress), request.user
    refuse_if(rules.why_not_see_composition(user))
    base = makeup.CONFIRMED if request.GET.get("base") == makeup.CONFIRMED else makeup.ALL
    asked = versions.whole(request.GET.get("unit", ""))
    seen = makeup.scope(user, asked or None)
    if asked and seen.units != {asked}:
        raise Http404
    shown = makeup.composition(found, seen, base)
    context = {
        "congress": found,
        "shown": shown,
        "seen": seen,
        "base": base,
        "unit": get_object_or_404(Unit, pk=asked) if asked else None,
        "told": [],
        "congress_slug": found.slug,
    }
    if seen.whole:
        context["told"] = credentials.read_aloud(makeup.in_vietnamese(found, seen, base, shown))
    return render(request, "delegates/composition.html", context)


@once
def targets(request: HttpRequest, congress: str) -> HttpResponse:
    """What the Department wants of the make-up; one more, or another number for one that is set."""
    found = edition(request, congress)
    refuse_if(rules.why_not_keep_composition(request.user))
    form = TargetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.set_target(actor=request.user, congress=found, **form.target)
        messages.success(request, _("The target is set."))
        return redirect("delegates:targets", found.slug)
    lines = [
        (target, makeup.target_label(target.cut, target.value)) for target in found.composition_targets.order_by("pk")
    ]
    return render(request, "delegates/targets.html", {"congress": found, "form": form, "lines": lines})


@require_POST
def target_remove(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    found = edition(request, congress)
    refuse_if(rules.why_not_keep_composition(request.user))
    target = CompositionTarget.objects.filter(congress=found, pk=pk).first()
    if target:  # a second click finds nothing to do
        actions.remove_target(actor=request.user, target=target)
        messages.success(request, _("The target is taken away."))
    return redirect("delegates:targets", found.slug)


@once
def copies(request: HttpRequest, congress: str) -> HttpResponse:
    """The copies that are kept, and one more of the make-up as it stands now."""
    found = edition(request, congress)
    refuse_if(rules.why_not_keep_composition(request.user))
    form = OccasionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.freeze_composition(actor=request.user, congress=found, **form.cleaned_data)
        messages.success(request, _("The make-up is kept as it stands."))
        return redirect(made)
    kept = found.composition_copies.defer("figures").select_related("taken_by")
    return render(request, "delegates/copies.html", {"congress": found, "form": form, "copies": kept})


def copy(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """A make-up as it was kept."""
    found = edition(request, congress)
    refuse_if(rules.why_not_keep_composition(request.user))
    kept = get_object_or_404(found.composition_copies.select_related("taken_by"), pk=pk)
    language = get_language()
    shown = makeup.Composition.load(kept.figures["en" if language == "en" else "vi"])
    told = credentials.read_aloud(makeup.Composition.load(kept.figures["vi"]))
    context = {"congress": found, "copy": kept, "shown": shown, "told": told}
    return render(request, "delegates/composition_copy.html", context)


def people(request: HttpRequest, congress: str, cut: str, value: str) -> HttpResponse:
    """The names behind a number. Of a sensitive cut they are opened by a POST, which the trail keeps."""
    found, user = edition(request, congress), request.user
    refuse_if(rules.why_not_see_names(user))
    base = makeup.CONFIRMED if request.GET.get("base") == makeup.CONFIRMED else makeup.ALL
    label = class_label(found, cut, value)
    rows = people_in(found, cut, value, base)
    if label is None or rows is None:
        raise Http404
    closed = cut in makeup.SENSITIVE_CUTS and not privacy.opened_today(
        user, privacy.CLASS_OPENED, found, cut=cut, value=value
    )
    if request.method == "POST":
        actions.open_class(actor=user, congress=found, cut=cut, value=value)
        return redirect(request.get_full_path())
    title, name = label
    context = {"congress": found, "title": title, "name": name, "closed": closed}
    if closed:
        context["number"] = rows.count()
    else:
        listing = Listing(request.GET, rows, sorts={"name": ("sort_key",)}, default="name", search=("folded",))
        context |= {"listing": listing, "number": listing.total}
    return render(request, "delegates/composition_people.html", context)
