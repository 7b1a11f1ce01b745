"""Secret ballots: opened, cast, closed, counted, decided.

A vote leaves no trace but the roll and the box: no message, no entry, no one-time key with its time. The choices travel
in the body of a sent form alone, and every page of the vote has one length, so that no log of lengths tells them.
"""

import functools
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from awards import actions, rules
from awards.ballot import WrongCode
from awards.forms.ballots import CountForm, PaperForm, ReasonForm, RuleForm, TieForm
from awards.models import Ballot
from awards.queries import ballots as queries
from awards.queries.council import BALLOT_TONES
from congress.context import edition
from core import versions
from core.once import once
from core.refusal import Refused, refuse_if
from units.hats import hats


def visible(request: HttpRequest, congress: str, pk: int) -> Ballot:
    """The ballot of an address, for the Council and the Department. Raises Refused, and Http404."""
    found = edition(request, congress)
    refuse_if(rules.why_not_see_council(request.user, found))
    ballot = get_object_or_404(Ballot.objects.select_related("sitting").filter(sitting__congress=found), pk=pk)
    ballot.sitting.congress = found
    return ballot


def ballot(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Where a ballot stands and who has the next step; what came of it only when the box has been opened."""
    shown, user = visible(request, congress, pk), request.user
    later = queries.later_round(shown)
    step = queries.next_step(shown, later)
    acts, own = queries.acts(user, shown, step), queries.own_vote(user, shown)
    may_vote = bool(own and own.why_not is None)
    context = {
        "congress": shown.sitting.congress,
        "ballot": shown,
        "tone": BALLOT_TONES[Ballot.State(shown.state)],
        "waits": queries.waits(shown, step),
        "rule": queries.rule_in_words(shown),
        "least": queries.least_votes(shown),
        "lines": queries.lines(shown),
        "acts": acts,
        "own": own,
        "may_vote": may_vote,
        "close_first": not may_vote,  # one primary button: whoever still votes votes first
        "only_empty": "round" not in acts,
        "later": later,
        "department": hats(user).department,
    }
    if shown.state in Ballot.SEALED:
        context["voted"] = shown.roll.filter(voted=True).count()
    if shown.is_counted:
        context |= _result(shown, step)
    return render(request, "awards/ballot.html", context)


def _result(shown: Ballot, step: queries.Step | None) -> dict:
    """What is told once the box has been opened."""
    return {
        "sums": queries.sums(shown),
        "papers": queries.papers(shown),
        "step": step,
        "what_follows": queries.what_follows(step, rules.outcome_of(shown).open_places),
        "standing": queries.standing(shown, step),
    }


def _form_page(request: HttpRequest, shown: Ballot, form: BaseForm, **words: object) -> HttpResponse:
    """A small page with one form about a ballot; `words`: title, button and lead."""
    context = {"congress": shown.sitting.congress, "ballot": shown, "form": form, **words}
    return render(request, "awards/ballot_act.html", context)


# ---- Before, and at the end of, the vote ----


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
    words = {
        "title": _("Rule of the count"),
        "button": _("Save the rule"),
        "lead": _("It holds for this ballot and the rounds after it, and cannot be changed once the vote is open."),
    }
    return _form_page(request, shown, form, versioned=True, **words)


@require_POST
@once
def open_ballot(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Let the members vote."""
    opened = actions.open_ballot(actor=request.user, ballot=visible(request, congress, pk))
    words = _("The vote is open: %(number)s members may vote. The box is sealed until two tellers open it.")
    messages.success(request, words % {"number": opened.issued})
    return redirect(opened)


@require_POST
@once
def close(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Take no more papers."""
    closed = actions.close(actor=request.user, ballot=visible(request, congress, pk))
    messages.success(request, _("The vote is closed. Two tellers open the box now."))
    return redirect(closed)


@once
def void(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Declare a vote void that cannot be counted; it is held again."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_void(request.user, shown))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        again = actions.void(actor=request.user, ballot=shown, **form.cleaned_data)
        messages.success(request, _("The vote is void. The same ballot is laid out again: open it when all are ready."))
        return redirect(again)
    words = {
        "title": _("Declare the vote void"),
        "button": _("Declare the vote void"),
        "lead": _(
            "For a vote that cannot be counted: codes were lost, or box and roll differ. Its papers are destroyed "
            "unread, and the same ballot is held again."
        ),
    }
    return _form_page(request, shown, form, **words)


# ---- Voting ----

PAGE_LENGTH = 1 << 16  # longer than any page of the vote


def of_one_length(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Fill a view's pages up to one length, uncompressed: servers and proxies log how long answers are."""

    @functools.wraps(view)
    def filled(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        request.META.pop("HTTP_ACCEPT_ENCODING", None)
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            response.content += b" " * (-len(response.content) % PAGE_LENGTH)
        return response

    return filled


@sensitive_post_parameters()
@sensitive_variables()
@never_cache
@of_one_length
def vote(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """The paper; then the paper once more, to be looked at; then the box."""
    shown = visible(request, congress, pk)
    form = PaperForm(shown, request.POST if request.method == "POST" else None)
    if "cast" in request.POST and form.is_valid() and form.may_be_cast():
        # whether this member may vote is asked behind the lock; a form sent twice finds that its paper was cast
        choices, key = form.cleaned_data["picked"], _key(request)
        actions.cast(actor=request.user, ballot=shown, choices=choices, key=key)
        return redirect(shown)
    refuse_if(rules.why_not_vote(request.user, shown, rules.roll_entry(request.user, shown)))
    chosen = request.method == "POST" and "change" not in request.POST and "picked" not in form.errors
    context = {
        "congress": shown.sitting.congress,
        "ballot": shown,
        "question": queries.question(shown),
        "form": form if "change" not in request.POST else None,
        "marks": form.marks(),
        "picked": len(form.numbers()),
    }
    return render(request, "awards/vote_check.html" if chosen else "awards/vote.html", context)


def _key(request: HttpRequest) -> uuid.UUID:
    """The one-time key of the paper, made on the page where it is looked at. Raises Refused without one."""
    try:
        return uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        raise Refused(_("This form was not sent completely. Open the page again and send it from there.")) from None


# ---- Counting ----


@sensitive_post_parameters()
@sensitive_variables()
@never_cache
@once
def count(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Open the box with the codes of two tellers, and count. The codes are read here and kept nowhere."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_count(request.user, shown))
    form = CountForm(shown, request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            counted = actions.count(actor=request.user, ballot=shown, codes=form.codes)
        except WrongCode:
            form.add_error(None, _("These codes do not open this box: the Chair has to declare the vote void."))
        else:
            messages.success(request, _("The box is opened and counted."))
            return redirect(counted)
    words = {
        "title": _("Open the box and count"),
        "button": _("Open the box and count"),
        "lead": _("Both tellers sit here, and each types the own code. The codes are neither shown again nor kept."),
    }
    return _form_page(request, shown, form, **words)


# ---- Deciding ----


@require_POST
@once
def call_round(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """One more round for the places that are still open."""
    again = actions.call_round(actor=request.user, ballot=visible(request, congress, pk))
    messages.success(request, _("One more round is laid out: open the vote when everybody is ready."))
    return redirect(again)


@once
def decide_tie(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """The Chair's opinion on who of the still tied is chosen."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_decide_tie(request.user, shown))
    places = rules.outcome_of(shown).open_places
    form = TieForm(shown, places, request.POST or None)
    if request.method == "POST" and form.is_valid():
        decided = actions.decide_tie(actor=request.user, ballot=shown, **form.cleaned_data)
        messages.success(request, _("The Chair's decision is recorded for the minutes."))
        return redirect(decided)
    words = {
        "title": _("Decide the tie"),
        "button": _("Record the decision"),
        "lead": queries.what_follows(queries.Step.CHAIR, places),
    }
    return _form_page(request, shown, form, **words)


@once
def leave_empty(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Leave a place empty, with a minuted reason."""
    shown = visible(request, congress, pk)
    refuse_if(rules.why_not_leave_empty(request.user, shown))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decided = actions.leave_empty(actor=request.user, ballot=shown, **form.cleaned_data)
        messages.success(request, _("The place stays empty; the reason is recorded for the minutes."))
        return redirect(decided)
    words = {
        "title": _("Leave the place empty"),
        "button": _("Leave the place empty"),
        "lead": _("Fewer are chosen on this list than were wanted. The reason stands in the minutes."),
    }
    return _form_page(request, shown, form, **words)
