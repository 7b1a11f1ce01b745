"""How complete the entries are: unit by unit, who lacks what, what has to be entered, and reminders."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress.context import edition
from core.listing import Listing
from core.once import once
from core.refusal import refuse_if
from delegates import actions, rules
from delegates.forms.composition import needed as sent_needed
from delegates.forms.composition import picked_units
from delegates.letters import completeness as letters
from delegates.models import acted_for_by
from delegates.queries import completeness as missing_things
from delegates.tallies import categories
from units.hats import hats
from units.models import Unit


def completeness(request: HttpRequest, congress: str) -> HttpResponse:
    """Every unit with what its entries still lack."""
    found = edition(request, congress)
    refuse_if(rules.why_not_see_completeness(request.user))
    meters = missing_things.meters(found, ministry=True)
    reminded = missing_things.reminded(meter.unit for meter in meters if meter.unit)
    lines = [(meter, reminded.get(meter.unit.pk) if meter.unit else None) for meter in meters]
    context = {
        "congress": found,
        "lines": sorted(lines, key=lambda line: not line[0].incomplete),
        "whole": missing_things.in_all(meters),
        "units_incomplete": sum(1 for meter in meters if meter.unit and meter.incomplete),
    }
    return render(request, "delegates/completeness.html", context)


def missing(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """The people of a unit who lack something, and what each lacks."""
    found, user = edition(request, congress), request.user
    units = Unit.objects.all() if hats(user).department else Unit.objects.filter(acted_for_by(user))
    unit = get_object_or_404(units, pk=pk)
    refuse_if(rules.why_not_see_what_is_missing(user, unit))
    listing = Listing(
        request.GET, missing_things.incomplete(found, unit), sorts={"name": ("sort_key",)}, default="name",
        search=("folded",),
    )  # fmt: skip
    context = {
        "congress": found,
        "unit": unit,
        "meter": missing_things.meters(found, [unit])[0],
        "listing": listing,
        "lines": [(delegate, missing_things.what_lacks(delegate)) for delegate in listing.page],
        "department": hats(user).department,
    }
    return render(request, "delegates/missing.html", context)


@once
def remind(request: HttpRequest, congress: str) -> HttpResponse:
    """To whom a reminder would go, with the letter as its first reader gets it; then it goes to those units alone."""
    found = edition(request, congress)
    refuse_if(rules.why_not_remind(request.user))
    params = request.POST if request.method == "POST" else request.GET
    units = Unit.objects.all() if params.get("all") else Unit.objects.filter(pk__in=picked_units(params))
    if request.method == "POST":
        sent = actions.remind_units(actor=request.user, congress=found, units=units)
        number = sum(number for _unit, number in sent)
        words = ngettext("%(n)s letter is in the outbox.", "%(n)s letters are in the outbox.", number)
        messages.success(request, words % {"n": number})
        return redirect("delegates:completeness", found.slug)
    reminders = list(letters.reminders(found, missing_things.meters(found, units)))
    first = next(((one, person) for one in reminders for person in one.with_address), None)
    context = {
        "congress": found,
        "reminders": [one for one in reminders if one.with_address],
        "unreached": [one for one in reminders if not one.with_address],
        "number": sum(len(one.with_address) for one in reminders),
        "reader": first[1] if first else None,
        "letter": first[0].text(first[1]) if first else None,
    }
    return render(request, "delegates/remind.html", context)


def needed(request: HttpRequest, congress: str) -> HttpResponse:
    """What has to be known of the delegates of each category, ticked by the Department."""
    found = edition(request, congress)
    refuse_if(rules.why_not_set_needed(request.user))
    if request.method == "POST":
        wanted, read = sent_needed(request.POST, categories(found))
        if actions.set_needed_fields(actor=request.user, congress=found, needed=wanted, read=read):
            messages.success(request, _("What has to be entered is set."))
        else:
            messages.info(request, _("Nothing was changed: the table says what it said before."))
        return redirect("delegates:completeness", found.slug)
    lines = missing_things.categories_and_needs(found)
    return render(request, "delegates/needed.html", {"congress": found, "lines": lines})
