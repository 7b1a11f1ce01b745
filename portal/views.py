"""First pages, search, help, the outbox, and the programme that everybody may read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from awards.queries.council import own_work
from awards.rules import council_post
from congress.context import current, edition
from congress.queries import conference_roll, timetable
from core import accounts, clock, outbox
from core.listing import Listing
from core.models import Mail
from core.refusal import refuse_if
from portal import queries, rules
from portal.checklist import checklist
from portal.guide import guide_for
from units.hats import hats


def home(request: HttpRequest) -> HttpResponse:
    """What each role finds first; somebody with several roles finds each."""
    congress, mine = current(request), hats(request.user)
    context: dict = {"congress": congress, "today": clock.today()}
    if congress:
        today, roll = clock.today(), []
        if mine.department:
            context["overview"] = queries.overview(congress, today)
        if mine.unit_ids:
            roll = conference_roll(congress, today)
            context["desk"] = queries.unit_desk(request.user, congress, roll)
            context["blocks"] = queries.block_desks(request.user, congress, roll)
        if mine.desk:
            context["reception"] = queries.seats(congress)
        post = council_post(request.user, congress)
        if post:
            context["council"] = own_work(request.user, congress)
        context["first_steps"] = checklist(request.user, congress, post, context, roll)
        if congress.held_on:
            context["days_left"] = (congress.held_on - today).days
    return render(request, "portal/home.html", context)


@require_POST
def checklist_close(request: HttpRequest) -> HttpResponse:
    accounts.close_checklist(actor=request.user)
    messages.success(request, _("The first steps are put away. The guide stands behind “?”."))
    return redirect("portal:home")


def search(request: HttpRequest) -> HttpResponse:
    """Units, people, dossiers and tasks, without accents, as far as the person may see them."""
    words = request.GET.get("q", "")
    found = queries.search(request.user, current(request), words)
    return render(request, "portal/search.html", {"found": found, "words": words})


def help_page(request: HttpRequest) -> HttpResponse:
    """The guide, a section for every place; of what concerns some roles alone, what concerns the reader's."""
    congress = current(request)
    post = council_post(request.user, congress) if congress else None
    return render(request, "portal/help.html", {"sections": guide_for(hats(request.user), post)})


@login_not_required
def public_programme(request: HttpRequest, congress: str) -> HttpResponse:
    """The programme, for everybody, once it is published."""
    found = edition(request, congress)
    if not found.programme_published_at:
        raise Http404
    return render(request, "portal/public_programme.html", {"congress": found, "timetable": timetable(found)})


def mails(request: HttpRequest) -> HttpResponse:
    """Letters with their state."""
    refuse_if(rules.why_not_outbox(request.user))
    listing = Listing(request.GET, Mail.objects.all(), sorts={"at": ("-created_at",)}, default="at")
    return render(request, "portal/outbox.html", {"listing": listing})


@require_POST
def mail_again(request: HttpRequest, pk: int) -> HttpResponse:
    refuse_if(rules.why_not_outbox(request.user))
    mail = get_object_or_404(Mail.objects.exclude(state=Mail.State.SENT), pk=pk)
    outbox.send_again(actor=request.user, mail=mail)
    messages.success(request, _("The letter is back in the outbox."))
    return redirect("portal:outbox")
