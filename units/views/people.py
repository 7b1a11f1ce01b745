"""People: accounts with their offices, kept by the Department; a unit's clerk, by the unit's head."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import accounts
from core.listing import Listing
from core.models import Mail, User
from core.once import once
from core.refusal import refuse_if
from units import actions, queries, rules
from units.forms import AccountForm, EndForm, NewAccountForm, OfficeForm, PeopleFilter
from units.hats import hats
from units.models import Office

SORTS = {"name": ("sort_key",), "username": ("username",), "seen": ("-last_login",)}


def people(request: HttpRequest) -> HttpResponse:
    """All accounts with the offices of today and later."""
    refuse_if(rules.why_not_see_people(request.user))
    listing = Listing(
        request.GET,
        queries.with_offices(queries.people_visible_to(request.user)),
        filterset=PeopleFilter,
        sorts=SORTS,
        default="name",
        search=["folded", "username", "email"],
    )
    return render(request, "units/people.html", {"listing": listing})


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its offices, its state, what was done to it."""
    found, actor = _visible(request, pk), request.user
    context = {
        "person": found,
        "offices": queries.offices_of_person(actor, found),
        "devices": accounts.devices(found),
        "why_not_keep": rules.why_not_keep_account(actor, found),
        "why_not_link": rules.why_not_send_link(actor, found),
        "why_not_turn": (rules.why_not_close if found.is_active else rules.why_not_open)(actor, found),
    }
    return render(request, "units/person.html", context)


def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend the name, e-mail or phone of an account."""
    found = _visible(request, pk)
    refuse_if(rules.why_not_keep_account(request.user, found))
    form = AccountForm(request.POST or None, instance=_visible(request, pk))
    if request.method == "POST" and form.is_valid():
        actions.change_account(actor=request.user, user=found, **form.cleaned_data)
        messages.success(request, _("The account is saved."))
        return redirect("units:person", pk)
    return render(request, "units/person_edit.html", {"person": found, "form": form})


@once
def welcome(request: HttpRequest) -> HttpResponse:
    """A new account with its first office; for a unit's head, the unit's clerk."""
    mine = hats(request.user)
    refuse_if(rules.why_not_welcome(request.user))
    posted = request.POST or None
    account, office = NewAccountForm(posted), OfficeForm(request.user, posted, initial=request.GET.dict())
    if posted and account.is_valid() & office.is_valid():
        user = actions.welcome(actor=request.user, **account.cleaned_data, **office.cleaned_data)
        messages.success(
            request, _("The account of %(name)s is made.") % {"name": user} + " " + _where_the_link_is(user)
        )
        return redirect("units:person", user.pk) if mine.department else redirect(office.cleaned_data["unit"])
    back = reverse("units:people" if mine.department else "units:units")
    context = {"account": account, "office": office, "form": office if office.errors else account, "back": back}
    return render(request, "units/welcome.html", context)


def _where_the_link_is(user: User) -> str:
    mail = Mail.objects.filter(recipient=user).first()
    if mail and mail.state == Mail.State.HELD:
        return _("A rehearsal is on: the letter with the link waits in the outbox.")
    return _("The letter with the link goes to %(email)s.") % {"email": user.email}


@once
def office_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody who has an account an office."""
    found = _visible(request, pk)
    form = OfficeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        office = actions.appoint(actor=request.user, user=found, **form.cleaned_data)
        messages.success(request, _("Given: %(office)s.") % {"office": office})
        return redirect("units:person", pk)
    return render(request, "units/office_add.html", {"person": found, "form": form})


def office_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an office with a last day; one that has not begun is taken back."""
    office = get_object_or_404(Office.objects.select_related("user", "unit"), pk=pk)
    mine = hats(request.user)
    if not (mine.department or office.unit_id in mine.unit_ids):
        raise Http404
    refuse_if(rules.why_not_end(request.user, office))
    back = reverse("units:person", args=[office.user_id]) if mine.department else office.unit.get_absolute_url()
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end_office(actor=request.user, office=office, **form.cleaned_data)
        messages.success(request, _("Ended: %(office)s.") % {"office": office})
        return redirect(back)
    return render(request, "units/office_end.html", {"office": office, "form": form, "back": back})


@require_POST
def person_link(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    actions.send_link(actor=request.user, user=found)
    messages.success(request, _where_the_link_is(found))
    return redirect("units:person", pk)


@require_POST
def person_close(request: HttpRequest, pk: int) -> HttpResponse:
    actions.close_account(actor=request.user, user=_visible(request, pk))
    messages.success(request, _("The account is closed. You can open it again at any time."))
    return redirect("units:person", pk)


@require_POST
def person_open(request: HttpRequest, pk: int) -> HttpResponse:
    actions.open_account(actor=request.user, user=_visible(request, pk))
    messages.success(request, _("The account is open again."))
    return redirect("units:person", pk)


@require_POST
def person_sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    actions.sign_out(actor=request.user, user=_visible(request, pk))
    messages.success(request, _("Signed out on every device."))
    return redirect("units:person", pk)


def _visible(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(queries.people_visible_to(request.user), pk=pk)
