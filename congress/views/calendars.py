"""Calendars that other programs subscribe to: one's own behind a private link, the congress's for everybody."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from congress import actions
from congress.calendars import Happening, as_ics
from congress.context import edition
from congress.models import CalendarLink, Congress
from congress.models.reminders import token_digest
from congress.queries import calendars
from core import clock
from core.once import first_sending


def link(request: HttpRequest) -> HttpResponse:
    """Whether one has a private link, and making or dropping it."""
    found = CalendarLink.objects.filter(user=request.user).first()
    return render(request, "congress/calendar_link.html", {"link": found})


@require_POST
@transaction.atomic
def renew(request: HttpRequest) -> HttpResponse:
    """A new private link, shown this once."""
    if not first_sending(request):
        messages.warning(request, _("The link was made already. If you did not copy it, make a new one."))
        return redirect("calendar:link")
    token = actions.renew_calendar_link(actor=request.user)
    address = settings.PORTAL_ADDRESS.rstrip("/") + reverse("calendar:feed", args=[token])
    found = CalendarLink.objects.get(user=request.user)
    response = render(request, "congress/calendar_link.html", {"link": found, "address": address})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """No private link any more."""
    actions.drop_calendar_link(actor=request.user)
    messages.success(request, _("The link leads nowhere now."))
    return redirect("calendar:link")


@login_not_required
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """A person's calendar, for whoever knows the link."""
    found = CalendarLink.objects.select_related("user").filter(digest=token_digest(token), user__is_active=True).first()
    congress = Congress.objects.filter(is_current=True).first()
    if found is None or congress is None:
        raise Http404
    with override(found.user.language):
        response = _answer(congress.short, calendars.of_person(found.user, congress, clock.today()))
    response["Cache-Control"] = "private, max-age=900"
    return response


@login_not_required
def of_congress(request: HttpRequest, congress: str) -> HttpResponse:
    """The day of the congress and its programme, for everybody, once the programme is published."""
    found = edition(request, congress)
    if not found.programme_published_at:
        raise Http404
    response = _answer(found.name, calendars.of_everybody(found))
    response["Cache-Control"] = "public, max-age=900"
    return response


def _answer(name: str, happenings: list[Happening]) -> HttpResponse:
    host = urlsplit(settings.PORTAL_ADDRESS).hostname or "portal"
    content = as_ics(name, happenings, host=host, at=clock.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="calendar.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response
