"""People who are likely registered twice: shown side by side, told apart or merged by the Department."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congress.context import edition
from congress.models import Congress
from core import versions
from core.once import once
from core.refusal import refuse_if
from delegates import actions, queries, rules
from delegates.forms.twins import ApartForm, MergeForm
from delegates.models import Delegate, KeptApart
from delegates.queries.privacy import opened_among
from delegates.queries.twins import told_apart

MOST_APART = 100  # of those told apart, on the page; the trail keeps all


def twins(request: HttpRequest, congress: str) -> HttpResponse:
    """Everybody who is likely registered twice, and nobody has decided yet; and those told apart."""
    found = edition(request, congress)
    refuse_if(rules.why_not_decide_on_twins(request.user))
    context = {
        "congress": found,
        "listing": queries.twin_groups(found, request.GET.get("page")),
        "apart": list(told_apart(found)[:MOST_APART]),
    }
    return render(request, "delegates/twins.html", context)


def _two(request: HttpRequest, congress: str, first: int, second: int) -> tuple[Congress, Delegate, Delegate]:
    """Two entries, for who decides about them."""
    found = edition(request, congress)
    refuse_if(rules.why_not_decide_on_twins(request.user))
    related = ("congress", "unit", "category", "highest_award", "ethnic_group", "merged_into")
    people = found.delegates.select_related(*related).in_bulk([first, second])
    if len({first, second} & people.keys()) < 2:
        raise Http404
    return found, people[first], people[second]


def pair(request: HttpRequest, congress: str, first: int, second: int) -> HttpResponse:
    """Two entries side by side, as far as they were opened, and what can be done."""
    found, one, other = _two(request, congress, first, second)
    return _pair(request, found, one, other, ApartForm())


def _pair(request: HttpRequest, congress: Congress, one: Delegate, other: Delegate, form: ApartForm) -> HttpResponse:
    rows, opened = queries.side_by_side(request.user, one, other)
    entries = queries.registrations([one.pk, other.pk])
    context = {
        "congress": congress,
        "people": [(each, entries.get(each.pk), rest) for each, rest in ((one, other), (other, one))],
        "first": one,
        "second": other,
        "alike": queries.shared_by(one, other),
        "rows": rows,
        "opened": opened,
        "form": form,
        "why_not": rules.why_not_merge(request.user, one, other),
    }
    return render(request, "delegates/twins_pair.html", context)


@require_POST
def open_both(request: HttpRequest, congress: str, first: int, second: int) -> HttpResponse:
    """Show the personal data of both, for today: two entries in the trail, as anywhere."""
    _found, one, other = _two(request, congress, first, second)
    for delegate in (one, other):
        actions.open_personal(actor=request.user, delegate=delegate)
    return redirect("delegates:twins_pair", congress, first, second)


@require_POST
@once
def keep_apart(request: HttpRequest, congress: str, first: int, second: int) -> HttpResponse:
    """They are two people: not asked about again."""
    found, one, other = _two(request, congress, first, second)
    form = ApartForm(request.POST)
    if not form.is_valid():
        return _pair(request, found, one, other, form)
    actions.keep_apart(actor=request.user, first=one, second=other, **form.cleaned_data)
    words = _("%(first)s and %(second)s are two people: they are not asked about again.")
    messages.success(request, words % {"first": _with_unit(one), "second": _with_unit(other)})
    return redirect("delegates:twins", congress)


def _with_unit(delegate: Delegate) -> str:
    return f"{delegate} ({delegate.comes_from})"


@require_POST
def ask_again(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Take back that two are two people."""
    found = edition(request, congress)
    refuse_if(rules.why_not_decide_on_twins(request.user))
    apart = get_object_or_404(KeptApart.objects.filter(congress=found).select_related("first", "second"), pk=pk)
    actions.ask_again(actor=request.user, apart=apart)
    messages.success(request, _("The decision is taken back: the two are asked about again."))
    return redirect("delegates:twins", congress)


def merge(request: HttpRequest, congress: str, stays: int, goes: int) -> HttpResponse:
    """Which entry says what, then what comes of it, then done. Who stays stands in the address."""
    found, kept, other = _two(request, congress, stays, goes)
    refuse_if(rules.why_not_merge(request.user, kept, other) or _why_not_unseen(request, kept, other))
    form = MergeForm(request.POST or None, stays=kept, goes=other)
    sure = False
    if request.method == "POST" and form.is_valid():
        if request.POST.get("sure") == "1":
            return _merged(request, kept, other, form)
        sure = request.POST.get("sure") == "0"
    context = {"congress": found, "stays": kept, "goes": other, "form": form, "preview": sure}
    context["other_version"] = request.POST.get("other_version") or other.version
    return render(request, "delegates/twins_merge.html", context)


def _why_not_unseen(request: HttpRequest, *people: Delegate) -> str | None:
    """Nobody chooses between two values that they have not seen."""
    if len(opened_among(request.user, people)) == len(people):
        return None
    return _("Show the personal data of both first: you choose field by field what stays.")


def _merged(request: HttpRequest, stays: Delegate, goes: Delegate, form: MergeForm) -> HttpResponse:
    """Both entries as they were read, or nothing."""
    actions.merge_twins(
        actor=request.user,
        stays=stays,
        goes=goes,
        version=versions.sent(request.POST),
        other_version=versions.whole(request.POST.get("other_version", "")),
        taken=form.taken,
    )
    words = _("%(name)s is on the list once: %(unit)s, %(category)s. Both units are written to.")
    place = {"name": stays.full_name, "unit": stays.comes_from, "category": stays.category.name}
    messages.success(request, words % place)
    return redirect(stays)
