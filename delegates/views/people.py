"""One delegate: registered, read, changed, withdrawn, replaced, confirmed."""

from collections.abc import Iterator
from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congress.context import edition
from congress.models import Congress
from congress.models.awards import as_text
from core import versions
from core.once import once
from core.refusal import Refused, refuse_if
from core.views.answers import Difference, conflict
from delegates import actions, queries, rules
from delegates.forms.drafts import Place
from delegates.forms.people import PersonForm, ReasonForm
from delegates.models import Delegate
from delegates.queries import privacy
from units.hats import hats
from units.models import Unit

MINISTRY = "ministry"  # in the address: the seats that belong to no unit


def delegate(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """What somebody may read of a delegate, where it stands, and what can be done."""
    found, user = visible_delegate(request, congress, pk), request.user
    full = rules.sight(user, found) == rules.Sight.FULL
    opened = full and privacy.opened_today(user, privacy.OPENED, found)
    context = {
        "congress": found.congress,
        "delegate": found,
        "facts": queries.fact_sheet(user, found, opened=opened),
        "opened": opened,
        "plain": rules.sight(user, found) >= rules.Sight.PLAIN,
        "full": full,
        "department": hats(user).department,
        "why_not_edit": rules.why_not_edit(user, found),
        "why_not_withdraw": rules.why_not_withdraw(user, found) if full else None,
        "why_not_confirm": rules.why_not_confirm(user, found),
        "why_not_photo": rules.why_not_set_photo(user, found),
    }
    if full and found.state == Delegate.State.RESERVE:
        context["why_not_promote"] = rules.why_not_promote(user, found)
    if full:
        context["chain"] = queries.chain_of(found)
        context["why_not_replace"] = rules.why_not_replace(user, found)
    if hats(user).department:
        context["twins"] = queries.twins_of(found)
    return render(request, "delegates/delegate.html", context)


def visible_delegate(request: HttpRequest, congress: str, pk: int) -> Delegate:
    """A delegate as far as the person sees it at all, else 404."""
    people = Delegate.objects.visible_to(request.user).filter(congress=edition(request, congress))
    related = ("congress", "unit", "category", "highest_award", "ethnic_group", "merged_into__unit")
    return get_object_or_404(people.select_related(*related), pk=pk)


@require_POST
def open_personal(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Show what is personal, for today. A POST, because the trail keeps who looked; then back to where one was."""
    found = visible_delegate(request, congress, pk)
    actions.open_personal(actor=request.user, delegate=found)
    return redirect("delegates:edit", congress, pk) if request.GET.get("next") == "edit" else redirect(found)


@once
def register(request: HttpRequest, congress: str) -> HttpResponse:
    """A person on a free seat. For whom comes first: who acts for one unit alone is not asked."""
    found, mine = edition(request, congress), hats(request.user)
    if not request.GET.get("unit") and (mine.department or len(mine.unit_ids) != 1):
        refuse_if(rules.why_not_open_registration_anywhere(request.user, found))
        return _for_whom(request, found)
    return _register(request, found, whose(request))


def whose(request: HttpRequest) -> Unit | None:
    """The unit whose seat it is, as the address says, else the person's own; None is the Ministry itself."""
    asked = request.GET.get("unit", "")
    if asked == MINISTRY:
        return None
    return get_object_or_404(Unit, pk=versions.whole(asked) or next(iter(hats(request.user).unit_ids), 0))


def save_address(congress: Congress, unit: Unit | None, place: Place) -> str:
    """Where a form saves itself; each draft has its own place, also in the tab that keeps unsaved text."""
    query = {"unit": unit.pk if unit else MINISTRY} | ({"draft": str(place.key)} if place.version else {})
    return reverse("delegates:draft_save", args=[congress.slug], query=query)


def form_context(congress: Congress, unit: Unit | None, form: PersonForm, place: Place) -> dict[str, Any]:
    """What the page of a registration is drawn from."""
    query = {"unit": unit.pk if unit else MINISTRY}
    return {
        "congress": congress,
        "unit": unit,
        "form": form,
        "place": place,
        "save_at": save_address(congress, unit, place),
        "register_at": reverse("delegates:register", args=[congress.slug], query=query),
        "confidential": " ".join(Delegate.CONFIDENTIAL),
    }


def _for_whom(request: HttpRequest, congress: Congress) -> HttpResponse:
    """Whose seat is it? Each unit with the seats that it has left."""
    roll, mine = queries.seat_roll(congress, request.user), hats(request.user)
    blocks = [
        (block.block, [row for row in block.rows if mine.department or row.unit.pk in mine.unit_ids])
        for block in roll.blocks
    ]
    context = {"congress": congress, "blocks": [pair for pair in blocks if pair[1]], "ministry": roll.ministry}
    if mine.department:
        context["drafts"] = congress.registration_drafts.filter(unit=None).select_related("saved_by")
    return render(request, "delegates/register_for.html", context)


def _register(request: HttpRequest, congress: Congress, unit: Unit | None) -> HttpResponse:
    refuse_if(rules.why_not_now(request.user, congress, unit))
    initial = {"category": request.GET.get("category", "")}
    form = PersonForm(request.POST or None, actor=request.user, congress=congress, unit=unit, initial=initial)
    refuse_if(form.why_not_add)
    no_seat = form.why_no_seat(initial["category"]) if request.method == "GET" else None
    if form.asks_for_a_line and "waits" in request.POST:
        no_seat = form.why_no_seat(request.POST.get("category", ""))
    if request.method == "POST" and form.is_valid():
        try:
            made = _registered(request, congress, unit, form)
        except Refused as refused:
            if not isinstance(refused.reason, rules.NoSeat):
                raise
            no_seat = refused.reason
        else:
            return redirect("delegates:unit", congress.slug, unit.pk) if unit else redirect(made)
    if no_seat:
        return _no_seat(request, congress, unit, form, no_seat)
    place = Place.sent(request.POST) or Place.new()
    return render(request, "delegates/register.html", form_context(congress, unit, form, place))


def _registered(request: HttpRequest, congress: Congress, unit: Unit | None, form: PersonForm) -> Delegate:
    """On a seat, or on the reserve list when the form says so."""
    category = form.cleaned_data["category"]
    reserve = request.POST.get("reserve") == "1"
    place = Place.sent(request.POST)
    made = actions.register_draft(
        actor=request.user,
        congress=congress,
        unit=unit,
        category=category,
        key=place.key if place else None,
        version=place.version if place else 0,
        reserve=reserve,
        **form.person,
    )
    if reserve:
        words = _("%(name)s is on the reserve list, at place %(place)s.")
        messages.success(request, words % {"name": made, "place": made.reserve_order})
    else:
        messages.success(request, _("%(name)s is registered. The Department confirms the entry.") % {"name": made})
    return made


def _no_seat(
    request: HttpRequest, congress: Congress, unit: Unit | None, form: PersonForm, reason: str
) -> HttpResponse:
    """All seats are taken: why, and the way to the reserve list; what was typed stays in the form."""
    opened = request.method == "POST" or request.GET.get("reserve") == "1"
    context = {
        "congress": congress,
        "unit": unit,
        "form": form if opened else None,
        "reason": reason,
        "can_wait": form.has_quota,
        "category": request.GET.get("category", ""),
        "place": Place.sent(request.POST) or Place.new(),
    }
    return render(request, "delegates/no_seat.html", context, status=200 if opened and not form.is_bound else 409)


def edit(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Change what is known of a delegate."""
    found = visible_delegate(request, congress, pk)
    refuse_if(rules.why_not_edit(request.user, found))
    close = _handles_close(request, found)
    form = PersonForm(
        request.POST or None,
        actor=request.user,
        congress=found.congress,
        unit=found.unit,
        instance=copy(found),
        close=close,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(
                actor=request.user,
                delegate=found,
                version=versions.sent(request.POST),
                category=form.cleaned_data["category"],
                **form.person,
            )
        except versions.Stale as stale:
            return conflict(request, stale, _lists(stale.current, form))
        messages.success(request, _("The entry of %(name)s is saved.") % {"name": form.person["full_name"]})
        return redirect(found)
    context = {"congress": found.congress, "delegate": found, "unit": found.unit, "form": form, "closed": not close}
    context["settled"] = form.settled
    return render(request, "delegates/edit.html", context)


def _lists(current: Any, form: PersonForm) -> Iterator[Difference]:
    """What is kept in rows of its own, as it stands now and as it was sent."""
    yield Difference(_("Awards held"), as_text(current.awards.select_related("award")), form.awards_as_text)
    now, sent = ("\n".join(tag.name for tag in some) for some in (current.tags.all(), form.cleaned_data["tags"]))
    yield Difference(_("Also belongs to"), now, sent)


def _handles_close(request: HttpRequest, delegate: Delegate) -> bool:
    """Whether an edit has personal data in it: it was opened today, or the form was sent with it, which opens it."""
    if any(name in request.POST for name in Delegate.CLOSE):
        actions.open_personal(actor=request.user, delegate=delegate)
        return True
    return privacy.opened_today(request.user, privacy.OPENED, delegate)


def withdraw(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Take a delegate off the list, with a reason; the seat is free again."""
    found = visible_delegate(request, congress, pk)
    refuse_if(rules.why_not_withdraw(request.user, found))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        version = versions.sent(request.POST)
        actions.withdraw(actor=request.user, delegate=found, version=version, **form.cleaned_data)
        messages.success(request, _after_withdrawal(found))
        return redirect("delegates:unit", congress, found.unit_id) if found.unit_id else redirect(found)
    return render(request, "delegates/withdraw.html", {"congress": found.congress, "delegate": found, "form": form})


def _after_withdrawal(delegate: Delegate) -> str:
    """What to do next: whoever is first on the reserve list is called where one lands, with one click."""
    words = {"name": delegate.full_name}
    if delegate.state == Delegate.State.RESERVE:
        return _("%(name)s is withdrawn from the reserve list.") % words
    if reserves := queries.reserves_of(delegate)[:1]:
        words["first"] = reserves[0].full_name
        return _("%(name)s is withdrawn. The seat is free: %(first)s comes first on the reserve list.") % words
    return _("%(name)s is withdrawn. The seat is free again.") % words


@require_POST
def confirm(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    found = visible_delegate(request, congress, pk)
    actions.confirm(actor=request.user, delegate=found, version=versions.sent(request.POST))
    messages.success(request, _("%(name)s is confirmed.") % {"name": found})
    return redirect(found)


def unconfirm(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Take a confirmation back, with a reason, so that the unit can change the entry."""
    found = visible_delegate(request, congress, pk)
    refuse_if(rules.why_not_unconfirm(request.user, found))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        version = versions.sent(request.POST)
        actions.unconfirm(actor=request.user, delegate=found, version=version, **form.cleaned_data)
        messages.success(request, _("%(name)s can be changed by the unit again.") % {"name": found})
        return redirect(found)
    return render(request, "delegates/unconfirm.html", {"congress": found.congress, "delegate": found, "form": form})
