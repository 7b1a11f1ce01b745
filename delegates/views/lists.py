"""Delegates as lists: all that somebody may see, those of one unit, and many confirmed at once."""

import re

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from congress.context import edition
from congress.models import Congress, Extension
from congress.rules import extended
from core.refusal import refuse_if
from delegates import actions, queries, rules
from delegates.filters import delegate_list
from delegates.models import Delegate, acted_for_by
from delegates.queries import settled as settled_lists
from units.hats import hats
from units.models import Unit

MOST_AT_ONCE = 1000  # confirmed in one act


def delegates(request: HttpRequest, congress: str) -> HttpResponse:
    """Everybody whom the person may see, as the address narrows it."""
    found, user = edition(request, congress), request.user
    refuse_if(rules.why_not_see_delegates(user))
    listing = delegate_list(user, found, request.GET, Delegate.objects.visible_to(user))
    mine = hats(user)
    context = {"congress": found, "listing": listing, "department": mine.department}
    if rules.badges_only(user):
        return render(request, "delegates/badges.html", context)
    if mine.department:
        queries.mark_likely_duplicates(found, listing.page)
        context["all_results"] = listing.url(all=1, page=None)
    context["others_too"] = bool(mine.block_ids) and not mine.department
    context["own_units"] = [unit for unit in listing.filters.units if unit.pk in mine.unit_ids]
    context["why_not_register"] = rules.why_not_open_registration_anywhere(user, found)
    return render(request, "delegates/delegates.html", context)


def unit(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """One unit's seats, category by category, with the people on them and the seats that are free."""
    found, user = edition(request, congress), request.user
    mine = hats(user)
    units = Unit.objects.all() if mine.department else Unit.objects.filter(acted_for_by(user))
    of = get_object_or_404(units.select_related("block"), pk=pk)
    sheet = queries.unit_sheet(found, of)
    versions = settled_lists.versions_of(found, of)
    settled = next((one for one in versions if one.ended_at is None), None)
    may_complete = not rules.why_not_see_what_is_missing(user, of)
    full = mine.department or of.pk in mine.unit_ids
    bound = settled if not mine.department else None
    slots = settled_lists.slots(sheet, settled, may_complete=may_complete, bound=bound is not None)
    closed = why_not_now = rules.why_not_now(user, found, of)
    if bound:
        closed = closed or rules.why_not_add_to(bound, room=sum(one.room for one in slots))
    fixed = why_not_now or (rules.why_not_touch(bound) if bound else None)
    context = {
        "congress": found,
        "unit": of,
        "sheet": sheet,
        "extended": extended(found, Extension.Kind.REGISTRATION, [of.pk]),
        "may_complete": may_complete,
        "why_not_send_list": fixed,
        "full": full,
        "department": mine.department,
        "slots": slots,
        "settled": settled_lists.settled_of(sheet, settled) if settled else None,
        "versions": versions,
        "may_settle": not rules.why_not_settle_for(user, of),
        "why_not_order": fixed,
        "may_ask": not why_not_now and not mine.department,
        "why_not_register": closed or rules.why_no_seat(of, None, sheet.total.taken, sheet.total.seats),
    }
    if not rules.why_not_act_for(user, of):
        context["drafts"] = found.registration_drafts.filter(unit=of).select_related("saved_by")
    return render(request, "delegates/unit.html", context)


def confirm_many(request: HttpRequest, congress: str) -> HttpResponse:
    """Who would be confirmed, and how many; then each one's result."""
    found = edition(request, congress)
    refuse_if(rules.why_not_see_delegates(request.user) or rules.why_not_confirm_any(request.user))
    if request.method == "POST":
        read = _read(request.POST)
        refuse_if(_why_too_many(len(read)))
        results = actions.confirm_many(actor=request.user, congress=found, read=read)
        return render(request, "delegates/confirmed.html", {"congress": found, **_told(results)})
    waiting = _chosen(request, found).filter(state=Delegate.State.REGISTERED)[: MOST_AT_ONCE + 1]
    people = list(waiting)
    refuse_if(_why_too_many(len(people)))
    queries.mark_likely_duplicates(found, people)
    return render(request, "delegates/confirm_many.html", {"congress": found, "people": people})


def _chosen(request: HttpRequest, congress: Congress):
    """Those ticked on a page, or with `all` every result of the list's address."""
    listing = delegate_list(request.user, congress, request.GET, Delegate.objects.visible_to(request.user))
    if request.GET.get("all"):
        return listing.queryset
    ticked = [key for key in request.GET.getlist("pk") if re.fullmatch(r"[0-9]{1,18}", key)]
    return listing.queryset.filter(pk__in=ticked)


def _read(post: QueryDict) -> dict[int, int]:
    """The delegates of a sent preview, each with the version that it was read at."""
    pairs = [re.fullmatch(r"([0-9]{1,18})\.([0-9]{1,9})", text) for text in post.getlist("read")]
    return {int(pair[1]): int(pair[2]) for pair in pairs if pair}


def _why_too_many(number: int) -> str | None:
    if number <= MOST_AT_ONCE:
        return None
    return _("More than %(most)s delegates at once: narrow the list and confirm it in parts.") % {"most": MOST_AT_ONCE}


def _told(results: list[tuple[Delegate, str | None]]) -> dict:
    return {
        "confirmed": [delegate for delegate, reason in results if reason is None],
        "left": [(delegate, reason) for delegate, reason in results if reason],
    }
