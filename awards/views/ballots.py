"""Secret ballots: opened, cast, closed, counted, decided.

A vote leaves no trace but the roll and the box: no message, no one-time key with its time, no entry. Choices travel in
the body of a sent form alone, and the page that shows them is never kept.
"""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from awards import actions, rules
from awards.ballot import WrongCode
from awards.forms.ballots import CountForm, PaperForm, RuleForm, TieForm
from awards.forms.nominations import ReasonForm
from awards.models import Ballot, Teller
from awards.queries import ballots as queries
from awards.queries.council import BALLOT_TONES
from congress.context import edition
from core import versions
from core.once import once
from core.refusal import refuse_if


def visible(request: HttpRequest, congress: str, pk: int) -> Ballot:
    """The ballot of an address, for the Council and the Department. Raises Refused, and Http404."""
    found = edition(request, congress)
    refuse_if(rules.why_not_see_council(request.user, found))
    ballot = get_object_or_404(Ballot.objects.select_related("sitting").filter(sitting__congress=found), pk=pk)
    ballot.sitting.congress = found
    return ballot


def ballot(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Where a ballot stands; what came of it only when the box has been opened."""
    shown, user = visible(request, congress, pk), request.user
    entry = rules.roll_entry(user, shown)
    context = {
        "congress": shown.sitting.congress,
        "ballot": shown,
        "sitting": shown.sitting,
        "tone": BALLOT_TONES[Ballot.State(shown.state)],
        "rule": queries.rule_in_words(shown),
        "candidates": shown.candidates.select_related("nomination__unit"),
        "entry": entry,
        "why_not_vote": rules.why_not_vote(user, shown, entry),
        "presides": rules.presides(user, shown.sitting),
        "keeps": rules.keeps_sittings(user, shown.sitting.congress),
        "why_not": _why_not(user, shown),
        "voted": queries.voted(shown) if shown.state in Ballot.SEALED else None,
    }
    if shown.is_counted:
        context |= {
            "result": queries.result(shown),
            "arithmetic": queries.arithmetic(shown),
            "papers": queries.papers_in_words(shown),
            "what_follows": queries.what_follows(shown),
            "step": rules.step_after(shown),
        }
    return render(request, "awards/ballot.html", context)


def _why_not(user, shown: Ballot) -> dict[str, str | None]:
    """Why the reader may not do each of a ballot's acts now."""
    asked: dict[str, Callable] = {
        "rule": rules.why_not_set_rule,
        "open": rules.why_not_open_ballot,
        "close": rules.why_not_close,
        "count": rules.why_not_count,
        "void": rules.why_not_void,
    }
    if shown.is_counted:
        asked |= {
            "round": rules.why_not_call_round,
            "tie": rules.why_not_decide_tie,
            "empty": rules.why_not_leave_empty,
        }
    return {act: why_not(user, shown) for act, why_not in asked.items()}


# ---- Opening, voting, closing ----


def rule(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """What a nominee needs to be chosen."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_set_rule(request.user, shown))
    form = RuleForm(request.POST or None, instance=Ballot.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        version = versions.sent(request.POST)
        actions.set_rule(actor=request.user, ballot=shown, version=version, **form.cleaned_data)
        messages.success(request, _("The rule of the count is saved."))
        return redirect(shown)
    return _form_page(request, shown, form, _("Rule of the count"), _("Save the rule"), versioned=True)


def _form_page(
    request: HttpRequest, shown: Ballot, form, title: str, button: str, lead: str = "", *, versioned: bool = False
) -> HttpResponse:
    """A small page with one form about a ballot."""
    context = {
        "congress": shown.sitting.congress,
        "ballot": shown,
        "form": form,
        "title": title,
        "button": button,
        "lead_in": lead,
        "versioned": versioned,
    }
    return render(request, "awards/ballot_act.html", context)


@require_POST
@once
def open_ballot(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    actions.open_ballot(actor=request.user, ballot=shown)
    messages.success(request, _("The vote is open. The box is sealed: nobody reads a paper before the count."))
    return redirect(shown)


@sensitive_post_parameters()
@never_cache
def vote(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """The paper, then a look at what was chosen, then the box."""
    shown = visible(request, congress, pk)
    entry = rules.roll_entry(request.user, shown)
    key = _key(request)
    if not (entry and entry.voted and key and entry.key == key):  # a repeated sending finds its receipt
        refuse_if(rules.why_not_vote(request.user, shown, entry))
    form = PaperForm(shown, request.POST if request.method == "POST" else None)
    context = {"congress": shown.sitting.congress, "ballot": shown, "form": form, "picked": form.picked}
    if request.method != "POST" or request.POST.get("step") == "paper" or not form.is_valid():
        return render(request, "awards/vote.html", context)
    if request.POST.get("step") == "cast" and key:
        actions.cast(actor=request.user, ballot=shown, choices=form.cleaned_data["choices"], key=key)
        return redirect(shown)
    return render(request, "awards/vote_check.html", {**context, "key": key or uuid.uuid4()})


def _key(request: HttpRequest) -> uuid.UUID | None:
    """The one-time key of the paper, made when it is looked at before it is cast."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None


@require_POST
@once
def close(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    actions.close(actor=request.user, ballot=shown)
    messages.success(request, _("The vote is closed. Two tellers open the box now."))
    return redirect(shown)


# ---- Counting and deciding ----


@sensitive_post_parameters("own", "code")
@never_cache
def count(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Open the box with the codes of two tellers, and count."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_count(request.user, shown))
    mine = Teller.objects.select_related("user").get(sitting=shown.sitting_id, user=request.user)
    form = CountForm(mine, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.count(actor=request.user, ballot=shown, codes=form.codes)
        except WrongCode as wrong:
            form.add_error(None, _why_wrong(wrong))
        else:
            messages.success(request, _("The box is opened and counted."))
            return redirect(shown)
    lead = _("Both tellers sit here and type their codes themselves. The codes are not kept.")
    return _form_page(request, shown, form, _("Open the box and count"), _("Open the box and count"), lead)


def _why_wrong(wrong: WrongCode) -> str:
    if wrong.misspelt:
        return _("A code is not typed right: compare it letter by letter with what you wrote down.")
    return _("These codes do not open this box: take those of the two tellers named here, as they last got them.")


def void(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Declare a vote void that cannot be counted; it is held again."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_void(request.user, shown))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        again = actions.void(actor=request.user, ballot=shown, **form.cleaned_data)
        messages.success(request, _("The vote is void. It is laid out again."))
        return redirect(again)
    lead = _("For a box that cannot be counted: its papers are destroyed unread, and the same vote is held again.")
    return _form_page(request, shown, form, _("Declare the vote void"), _("Declare the vote void"), lead)


@require_POST
@once
def call_round(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    shown = visible(request, congress, pk)
    again = actions.call_round(actor=request.user, ballot=shown)
    messages.success(request, _("One more round is laid out: open the vote when everybody is ready."))
    return redirect(again)


def decide_tie(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """The Chair's opinion on who of the still tied is chosen."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_decide_tie(request.user, shown))
    form = TieForm(shown, rules.outcome_of(shown).open_places, request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen, reason = list(form.cleaned_data["chosen"]), form.cleaned_data["reason"]
        actions.decide_tie(actor=request.user, ballot=shown, chosen=chosen, reason=reason)
        messages.success(request, _("The Chair's decision is recorded for the minutes."))
        return redirect(shown)
    return _form_page(request, shown, form, _("Decide the tie"), _("Record the decision"), queries.what_follows(shown))


def leave_empty(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Leave a place empty, with a minuted reason."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_leave_empty(request.user, shown))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.leave_empty(actor=request.user, ballot=shown, **form.cleaned_data)
        messages.success(request, _("The place stays empty; the reason is recorded for the minutes."))
        return redirect(shown)
    title = _("Leave the place empty")
    return _form_page(request, shown, form, title, title, queries.what_follows(shown))
