"""The seats table: units down, categories across."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress.context import edition
from congress.models import Congress
from core.refusal import refuse_if
from delegates import actions, queries, rules
from delegates.forms.people import SeatsForm
from delegates.queries import SeatRoll
from delegates.queries.settled import settled_lists


def seats(request: HttpRequest, congress: str) -> HttpResponse:
    """The seats of all units, set by the Department; everybody else reads the rows that are theirs."""
    found = edition(request, congress)
    refuse_if(rules.why_not_see_seats(request.user))
    if request.method == "POST":
        return _set(request, found)
    roll = queries.seat_roll(found, request.user)
    if rules.why_not_set_seats(request.user):
        return render(request, "delegates/seats.html", {"congress": found, "roll": roll})
    return _sheet(request, found, roll, SeatsForm(roll=roll))


def _set(request: HttpRequest, congress: Congress) -> HttpResponse:
    refuse_if(rules.why_not_set_seats(request.user))
    roll = queries.seat_roll(congress, request.user)
    form = SeatsForm(request.POST, roll=roll)
    if not form.is_valid():
        return _sheet(request, congress, roll, form)
    changed, read = form.changed()
    try:
        changes = actions.set_seats(actor=request.user, congress=congress, seats=changed, versions=read)
    except actions.SeatFaults as refused:
        roll = queries.seat_roll(congress, request.user)  # as it stands now, with what was typed over it
        form = SeatsForm(request.POST, roll=roll)
        form.is_valid()
        form.refuse(refused.faults)
        return _sheet(request, congress, roll, form, status=409 if refused.stale else 200)
    if changes:
        words = ngettext("%(n)s cell was set.", "%(n)s cells were set.", len(changes)) % {"n": len(changes)}
        messages.success(request, words)
    else:
        messages.info(request, _("Nothing was changed: the table says what it said before."))
    return redirect("delegates:seats", congress.slug)


def _sheet(
    request: HttpRequest, congress: Congress, roll: SeatRoll, form: SeatsForm, status: int = 200
) -> HttpResponse:
    """The table as a form."""
    settled = settled_lists(congress)
    blocks = [
        (block, [(row, form.sheet(row), settled.get(row.unit.pk) if row.unit else None) for row in block.rows])
        for block in roll.blocks
    ]
    ministry = (roll.ministry, form.sheet(roll.ministry)) if roll.ministry else None
    context = {
        "congress": congress,
        "roll": roll,
        "form": form,
        "blocks": blocks,
        "ministry": ministry,
        "stale": status == 409,
    }
    return render(request, "delegates/seats_set.html", context, status=status)
