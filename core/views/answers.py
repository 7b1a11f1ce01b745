"""Pages that say why something was not done, what happened to the input, and what to do next."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from core import audit
from core.refusal import Refused
from core.templatetags.ui import told
from core.versions import Stale, Versioned, shown, words


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A rule said no: its reason is the page."""
    return render(request, "core/refused.html", {"reason": refusal.reason}, status=refusal.status)


@dataclass(frozen=True)
class Difference:
    """One field of a form as the two people left it."""

    label: str
    current: str
    mine: str


def conflict(request: HttpRequest, stale: Stale, more: Iterable[Difference] = ()) -> HttpResponse:
    """Somebody else saved first: both texts, and a form that sends mine again over theirs.

    `more` are the texts of what is no column of the row, such as the lines of a table.
    """
    own = stale.current.other_texts(request.POST) if stale.fields else None
    told = differences(stale.current, request.POST, stale.fields) if own is None else [Difference(*one) for one in own]
    context = {
        "current": stale.current,
        "differences": [*told, *(one for one in more if one.current != one.mine)],
        "since": [] if stale.fields else what_was_done_since(stale),
        "sent": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in ("version", "csrfmiddlewaretoken")
            for value in values
        ],
    }
    return render(request, "core/conflict.html", context, status=409)


MOST_ACTS = 5  # told of what was done since somebody read a thing


def what_was_done_since(stale: Stale) -> list[SafeString]:
    """For an act that writes no text: what others did since the thing was read, newest first, one entry an edit."""
    edits = max(1, min(stale.current.version - stale.version, MOST_ACTS))
    return [told(entry) for entry in audit.history(stale.current, internal=False, limit=edits)]


def differences(current: Versioned, sent, fields: Collection[str]) -> list[Difference]:
    """Where the sent texts of these fields differ from the row as it stands now, in the model's order.

    Of a confidential field it is told that it differs, and not what stands there.
    """
    found = []
    for field in current._meta.concrete_fields:
        if field.name not in sent or field.name not in fields:
            continue
        now, mine = shown(current, field), words(field, _sent(field, sent[field.name]))
        if now != mine:
            told = _("another text, which is not shown here") if field.name in current.CONFIDENTIAL else now
            found.append(Difference(str(field.verbose_name), told, mine))
    return found


def _sent(field: models.Field, text: str):
    """The value that a sent text stands for; the text itself where it stands for none."""
    form_field = field.formfield()
    try:
        value = form_field.clean(text) if form_field else text
        return value if isinstance(value, models.Model) else field.to_python(value)
    except ValidationError:  # whatever was typed is shown as it was typed
        return text


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


@requires_csrf_token
def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token of its session: somebody signed in or out since its page was opened."""
    return forbidden(request)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """The fault page needs no database: it is what is left when that is gone."""
    return render(request, "500.html", {"request_id": getattr(request, "id", "")}, status=500)
