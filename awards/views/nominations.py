"""Nominations as their units write them: the list, a dossier subject by subject, sending it."""

from collections.abc import Callable
from copy import copy

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from awards import actions, rules
from awards.dossier import section as section_of
from awards.filters import nomination_listing
from awards.forms.dossier import AwardsForm, SectionForm, section_form
from awards.forms.nominations import NominateForm, ReasonForm
from awards.models import Nomination, Recusal
from awards.queries import nominations as queries
from awards.queries.steps import steps
from congress.context import edition
from congress.models import Extension
from congress.models.awards import as_text
from congress.rules import extended
from core import versions
from core.once import once
from core.refusal import refuse_if
from core.subjects import one_more_row, saved_by_itself, spare_rows
from core.versions import Stale
from core.views.answers import Difference, conflict
from units.hats import hats


def visible(request: HttpRequest, congress: str, pk: int) -> Nomination:
    """The nomination of an address, if the person may see it. Raises Http404."""
    found = edition(request, congress)
    rows = Nomination.objects.visible_to(request.user).filter(congress=found)
    nomination = get_object_or_404(rows.select_related("unit", "conference", "nominee_user"), pk=pk)
    nomination.congress = found
    return nomination


def nominations(request: HttpRequest, congress: str) -> HttpResponse:
    """The nominations that the person may see."""
    found, user = edition(request, congress), request.user
    refuse_if(rules.why_not_see_nominations(user, found))
    listing, mine = nomination_listing(request.GET, found, user), hats(user)
    context = {
        "congress": found,
        "listing": listing,
        "lines": queries.lines(listing.page, found, user),
        "department": mine.department,
        "of_unit": bool(mine.unit_ids),
        "follows": mine.department or bool(mine.unit_ids),
        "sits": bool(rules.council_post(user, found)),
        "why_not_nominate": rules.why_not_start_anywhere(user, found),
        "extended": extended(found, Extension.Kind.NOMINATIONS, mine.unit_ids),
    }
    return render(request, "awards/nominations.html", context)


@once
def nominate(request: HttpRequest, congress: str) -> HttpResponse:
    """Begin a dossier: who, on which list."""
    found = edition(request, congress)
    refuse_if(rules.why_not_start_anywhere(request.user, found))
    form = NominateForm(request.user, request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        made = actions.start(actor=request.user, congress=found, **form.cleaned_data)
        messages.success(request, _("The draft is begun. Fill in its subjects one after the other."))
        return redirect("awards:section", found.slug, made.pk, "about")
    context = {
        "congress": found,
        "form": form,
        "own": queries.of_own_units(request.user, found),
        "extended": extended(found, Extension.Kind.NOMINATIONS, hats(request.user).unit_ids),
    }
    return render(request, "awards/nominate.html", context)


def nomination(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """A dossier, where it stands, who has the next step, and what can be done."""
    shown, user = visible(request, congress, pk), request.user
    department, dossier = hats(user).department, queries.dossier(user, shown)
    member = rules.council_post(user, shown.congress) and shown.state in Nomination.BEFORE_THE_COUNCIL
    overdue = queries.is_overdue(shown)
    context = {
        "congress": shown.congress,
        "nomination": shown,
        "tone": "late" if overdue else queries.TONES[Nomination.State(shown.state)],
        "overdue": overdue,
        "waits_on": queries.waits_on(shown),
        "dossier": dossier,
        "steps": steps(user, shown, dossier),
        "internal": department,
        "writes": not rules.why_not_edit(user, shown),
        "sees_reasons": rules.may_see_reasons(user, shown),
        "may_see_pending": rules.may_see_pending(user, shown),
        "last_day": rules.last_day(shown),
        "extended": extended(shown.congress, Extension.Kind.NOMINATIONS, [shown.unit_id]),
        "same": queries.likely_same(shown) if department else [],
        "recused": bool(member) and Recusal.objects.filter(nomination=shown, user=user).exists(),
    }
    return render(request, "awards/nomination.html", context)


# ---- Writing ----


def section(request: HttpRequest, congress: str, pk: int, key: str) -> HttpResponse:
    """One subject of a dossier. A draft saves itself, complete or not."""
    shown = visible(request, congress, pk)
    subject = section_of(shown.kind, key)
    if subject is None:
        raise Http404
    spare = spare_rows(request.GET.get("lines", ""))
    form = section_form(copy(shown), subject, request.POST or None, spare)
    if "autosave" in request.POST:
        stale = _("Not saved: somebody else has changed this dossier. Your text is still here; save it to see both.")
        return saved_by_itself(form.faults, lambda: _save(request, shown, form, by_itself=True), stale)
    refuse_if(rules.why_not_edit(request.user, shown))
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, shown, form)
        except Stale as stale:
            return _conflict(request, stale, form)
        return _after(request, shown, saved, form)
    if "add-row" in request.POST:
        form = section_form(copy(shown), subject, one_more_row(request.POST, "awards"))
    context = {
        "congress": shown.congress,
        "nomination": shown,
        "subject": subject,
        "form": form,
        "dossier": queries.dossier(request.user, shown),
    }
    return render(request, "awards/nomination_section.html", context)


def _save(request: HttpRequest, shown: Nomination, form: SectionForm, *, by_itself: bool = False) -> Nomination:
    return actions.save_section(
        actor=request.user,
        nomination=shown,
        version=versions.sent(request.POST),
        key=form.subject.key,
        values=form.values,
        by_itself=by_itself,
        **form.lists,
    )


def _after(request: HttpRequest, shown: Nomination, saved: Nomination, form: SectionForm) -> HttpResponse:
    """Where one goes after a subject: back for one more line, to the dossier, or on to the next open subject."""
    congress, subject = shown.congress.slug, form.subject
    here = reverse("awards:section", args=[congress, saved.pk, subject.key])
    if "add-row" in request.POST and isinstance(form, AwardsForm):
        blank = form.blank_rows + 1
        return redirect(f"{here}?lines={blank}#id_awards-{len(form.lists['awards'])}-year")
    words = {"subject": subject.title, "missing": ", ".join(queries.missing_in(saved, subject.key))}
    if words["missing"]:
        messages.warning(request, _("“%(subject)s” is saved. Still missing: %(missing)s.") % words)
    else:
        messages.success(request, _("“%(subject)s” is saved.") % words)
    if "draft" in request.POST:
        return redirect("awards:nomination", congress, saved.pk)
    if key := queries.next_after(saved, subject.key):
        return redirect("awards:section", congress, saved.pk, key)
    return redirect("awards:check", congress, saved.pk)


def _conflict(request: HttpRequest, stale: Stale, form: SectionForm) -> HttpResponse:
    """The page of a conflict; the awards, which are no column of the dossier, are compared as a list."""
    if not isinstance(form, AwardsForm):
        return conflict(request, stale)
    theirs = as_text(stale.current.awards.select_related("award"))
    return conflict(request, stale, [Difference(queries.label_of("awards"), theirs, form.as_text)])


# ---- Sending ----


def check(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """All answers once more, before the dossier is sent."""
    shown, user = visible(request, congress, pk), request.user
    refuse_if(rules.why_not_edit(user, shown))
    heads = shown.unit_id in hats(user).head_of
    why_not = rules.why_not_submit if heads else rules.why_not_send_to_head
    context = {
        "congress": shown.congress,
        "nomination": shown,
        "dossier": queries.dossier(user, shown),
        "heads": heads,
        "why_not_send": why_not(user, shown),
        "last_day": rules.last_day(shown),
    }
    return render(request, "awards/nomination_check.html", context)


def sent(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """That a dossier has arrived: its number, and what happens next. Only for the unit that has sent it."""
    shown = visible(request, congress, pk)
    if shown.unit_id not in hats(request.user).unit_ids or shown.state in UNSENT:
        return redirect(shown)
    context = {
        "congress": shown.congress,
        "nomination": shown,
        "with_head": shown.state == Nomination.State.WITH_HEAD,
        "waits_on": queries.waits_on(shown),
    }
    return render(request, "awards/nomination_sent.html", context)


UNSENT = (Nomination.State.DRAFT, Nomination.State.RETURNED, Nomination.State.WITHDRAWN)


@require_POST
@once
def send_to_head(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    actions.send_to_head(actor=request.user, nomination=visible(request, congress, pk))
    return redirect("awards:sent", congress, pk)


@require_POST
@once
def submit(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    actions.submit(actor=request.user, nomination=visible(request, congress, pk))
    return redirect("awards:sent", congress, pk)


def reason_page(
    request: HttpRequest, shown: Nomination, form, why_not: str | None, act: Callable, words: dict[str, str]
) -> HttpResponse:
    """A small page with one form about a nomination: the rule first, then the form, then the act.

    `words` are the page's `title`, `lead`, `button` and what is said when it is `done`. The view wears `@once`.
    """
    refuse_if(why_not)
    if request.method == "POST" and form.is_valid():
        act(actor=request.user, nomination=shown, **form.cleaned_data)
        messages.success(request, words["done"])
        return redirect(shown)
    context = {"congress": shown.congress, "nomination": shown, "form": form, "words": words}
    return render(request, "awards/nomination_act.html", context)


@once
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


@once
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
