"""Nominations as their units write them: the list, a dossier subject by subject, sending it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from awards import actions, rules
from awards.dossier import Section
from awards.dossier import section as section_of
from awards.filters import nomination_listing
from awards.forms.nominations import NominateForm, ReasonForm, awards_formset, section_form
from awards.models import Assessment, Nomination, Recusal
from awards.queries import nominations as queries
from congress.context import edition
from core import clock, versions
from core.once import once
from core.refusal import Denial, Refused, refuse_if
from core.versions import Stale
from units.hats import hats


def visible(request: HttpRequest, congress: str, pk: int) -> Nomination:
    """The nomination of an address, if the person may see it. Raises Http404."""
    found = edition(request, congress)
    rows = Nomination.objects.visible_to(request.user).filter(congress=found).select_related("unit", "conference")
    nomination = get_object_or_404(rows, pk=pk)
    nomination.congress = found
    return nomination


def nominations(request: HttpRequest, congress: str) -> HttpResponse:
    """The nominations that the person may see."""
    found, mine = edition(request, congress), hats(request.user)
    refuse_if(rules.why_not_see_nominations(request.user, found))
    listing = nomination_listing(request.GET, found, request.user)
    context = {
        "congress": found,
        "listing": listing,
        "lines": queries.lines(listing.page, found),
        "department": mine.department,
        "may_nominate": bool(mine.unit_ids),
    }
    return render(request, "awards/nominations.html", context)


@once
def nominate(request: HttpRequest, congress: str) -> HttpResponse:
    """Begin a dossier: who, on which list."""
    found, mine = edition(request, congress), hats(request.user)
    if not mine.unit_ids:
        refuse_if(Denial(_("A unit is nominated for by its head or its clerk.")))
    refuse_if(rules.why_too_late_to_start(found))
    form = NominateForm(request.user, request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        made = actions.start(actor=request.user, congress=found, **form.cleaned_data)
        messages.success(request, _("The draft is begun. Fill in its subjects one after the other."))
        return redirect("awards:section", found.slug, made.pk, "about")
    return render(request, "awards/nominate.html", {"congress": found, "form": form})


def nomination(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """A dossier, where it stands, who has the next step, and what can be done."""
    shown, user = visible(request, congress, pk), request.user
    mine = hats(user)
    context: dict[str, Any] = {
        "congress": shown.congress,
        "nomination": shown,
        "tone": queries.TONES[Nomination.State(shown.state)],
        "waits_on": queries.waits_on(shown),
        "dossier": queries.dossier(user, shown),
        "internal": mine.department,
        "of_unit": shown.unit_id in mine.unit_ids,
        "heads": shown.unit_id in mine.head_of,
        "why_not_edit": rules.why_not_edit(user, shown),
        "may_see_pending": rules.may_see_pending(user, shown),
        "last_day": rules.last_day(shown),
    }
    if mine.department:
        context |= {"same": queries.likely_same(shown), "why_not": _why_not_vet(user, shown)}
    if context["of_unit"]:
        context["why_not_withdraw"] = rules.why_not_withdraw(user, shown)
    if rules.council_post(user, shown.congress) and shown.state in Nomination.BEFORE_THE_COUNCIL:
        context |= {
            "member": True,
            "assessment": Assessment.objects.filter(nomination=shown, user=user).first(),
            "recusal": Recusal.objects.filter(nomination=shown, user=user).first(),
            "why_not_assess": rules.why_not_assess(user, shown),
            "why_not_recuse": rules.why_not_recuse(user, shown),
        }
    return render(request, "awards/nomination.html", context)


def _why_not_vet(user, shown: Nomination) -> dict[str, str | None]:
    """Why the Department may not do each of its acts now."""
    asked: dict[str, Callable] = {
        "accept": rules.why_not_accept,
        "return": rules.why_not_return,
        "ineligible": rules.why_not_mark_ineligible,
        "pending": rules.why_not_record_pending,
        "account": rules.why_not_name_account,
        "shortlist": rules.why_not_shortlist,
        "take_off": rules.why_not_take_off,
    }
    return {act: why_not(user, shown) for act, why_not in asked.items()}


# ---- Writing ----


def section(request: HttpRequest, congress: str, pk: int, key: str) -> HttpResponse:
    """One subject of a dossier. A draft saves itself, complete or not."""
    shown = visible(request, congress, pk)
    subject = section_of(shown.kind, key)
    if subject is None:
        raise Http404
    by_itself = "autosave" in request.POST
    try:
        refuse_if(rules.why_not_edit(request.user, shown))
        return _section(request, shown, subject, by_itself)
    except (Refused, Stale) as no:
        if by_itself:
            return JsonResponse({"text": _not_saved(no)}, status=409)
        raise


def _not_saved(no: Refused | Stale) -> str:
    if isinstance(no, Stale):
        return _("Not saved: somebody else has changed this dossier. Your text is still here; save it to see both.")
    return no.reason


def _section(request: HttpRequest, shown: Nomination, subject: Section, by_itself: bool) -> HttpResponse:
    posted = request.POST or None
    more = "add-row" in request.POST
    form = section_form(subject)(posted, instance=Nomination.objects.get(pk=shown.pk))
    rows = awards_formset(shown, posted) if subject.key == "awards" else None
    if posted and not more and form.is_valid() and (rows is None or rows.is_valid()):
        saved = actions.save_section(
            actor=request.user,
            nomination=shown,
            version=versions.sent(request.POST),
            key=subject.key,
            values=form.cleaned_data,
            awards=_held(rows) if rows else None,
            by_itself=by_itself,
        )
        if by_itself:
            words = _("Saved at %(time)s") % {"time": f"{clock.now():%H:%M}"}
            return JsonResponse({"version": saved.version, "text": words})
        messages.success(request, _("“%(subject)s” is saved.") % {"subject": subject.title})
        return redirect(_next(saved, shown, subject))
    if by_itself:
        faults = [str(fault) for errors in form.errors.values() for fault in errors]
        faults += [str(fault) for row in rows or () for errors in row.errors.values() for fault in errors]
        return JsonResponse({"text": _("Not saved: %(why)s") % {"why": " ".join(faults)}}, status=422)
    if more and rows is not None:
        rows = awards_formset(shown, _one_more_row(request.POST))
    context = {
        "congress": shown.congress,
        "nomination": Nomination.objects.get(pk=shown.pk),
        "subject": subject,
        "form": form,
        "rows": rows,
        "dossier": queries.dossier(request.user, shown),
    }
    return render(request, "awards/nomination_section.html", context)


def _held(rows) -> list[dict[str, Any]]:
    """The awards of a sent table: its filled lines that are not to be deleted."""
    sent = [row.cleaned_data for row in rows if row.cleaned_data and not row.cleaned_data.get("DELETE")]
    return [{name: value for name, value in line.items() if name != "DELETE"} for line in sent if line.get("award")]


def _one_more_row(post):
    """What was typed, with one line more."""
    data = post.copy()
    data["awards-TOTAL_FORMS"] = str(int(post.get("awards-TOTAL_FORMS", "0") or 0) + 1)
    return data


def _next(saved: Nomination, shown: Nomination, subject: Section) -> str:
    """Where one goes on after a subject: to the next that is not complete, else to the whole."""
    key = queries.next_after(saved, subject.key)
    if key:
        return reverse("awards:section", args=[shown.congress.slug, saved.pk, key])
    return reverse("awards:check", args=[shown.congress.slug, saved.pk])


# ---- Sending ----


def check(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """All answers once more, before the dossier is sent."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_edit(request.user, shown))
    heads = shown.unit_id in hats(request.user).head_of
    why_not = rules.why_not_submit if heads else rules.why_not_send_to_head
    context = {
        "congress": shown.congress,
        "nomination": shown,
        "dossier": queries.dossier(request.user, shown),
        "heads": heads,
        "why_not_send": why_not(request.user, shown),
        "may_edit": True,
    }
    return render(request, "awards/nomination_check.html", context)


def sent(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """That a dossier has arrived: its number, and what happens next."""
    shown = visible(request, congress, pk)
    return render(request, "awards/nomination_sent.html", {"congress": shown.congress, "nomination": shown})


@require_POST
@once
def send_to_head(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    actions.send_to_head(actor=request.user, nomination=shown)
    messages.success(request, _("The dossier lies before the head of the unit, who is told by letter."))
    return redirect(shown)


@require_POST
@once
def submit(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    actions.submit(actor=request.user, nomination=shown)
    return redirect("awards:sent", congress, pk)


def reason_page(
    request: HttpRequest, shown: Nomination, form, why_not: str | None, act: Callable, words: dict[str, str]
) -> HttpResponse:
    """A small page with one form about a nomination: the rule first, then the form, then the act.

    `words` are the page's `title`, `lead`, `button` and what is said when it is `done`.
    """
    refuse_if(why_not)
    if request.method == "POST" and form.is_valid():
        act(actor=request.user, nomination=shown, **form.cleaned_data)
        messages.success(request, words["done"])
        return redirect(shown)
    context = {"congress": shown.congress, "nomination": shown, "form": form, "words": words}
    return render(request, "awards/nomination_act.html", context)


def send_back(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    words = {
        "title": _("Give back to the clerk"),
        "lead": _("Say what the clerk should mend. The dossier comes back to you afterwards."),
        "button": _("Give the dossier back"),
        "done": _("The dossier is back with the clerk."),
    }
    why_not = rules.why_not_send_back(request.user, shown)
    return reason_page(request, shown, ReasonForm(request.POST or None), why_not, actions.send_back, words)


def withdraw(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    words = {
        "title": _("Withdraw the nomination"),
        "lead": _("A withdrawn nomination stays in the history and cannot be taken up again."),
        "button": _("Withdraw the nomination"),
        "done": _("The nomination is withdrawn."),
    }
    why_not = rules.why_not_withdraw(request.user, shown)
    return reason_page(request, shown, ReasonForm(request.POST or None), why_not, actions.withdraw, words)
