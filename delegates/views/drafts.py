"""Drafts of registrations: saved while somebody types, gone on with, discarded."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congress.context import edition
from congress.models import Congress
from core import versions
from core.once import once
from core.refusal import refuse_if
from core.subjects import saved_by_itself
from delegates import actions, rules
from delegates.forms.drafts import Place, says_something, unjudged
from delegates.forms.people import PersonForm
from delegates.models import RegistrationDraft
from delegates.models.drafts import typed
from delegates.queries import privacy
from delegates.views.people import form_context, save_address, whose
from units.models import Unit


@require_POST
def draft_save(request: HttpRequest, congress: str) -> HttpResponse:
    """Keep what was typed so far: by itself, or by the button without JavaScript."""
    found = edition(request, congress)
    unit = whose(request)
    refuse_if(rules.why_not_act_for(request.user, unit))
    if "autosave" not in request.POST:
        return _by_button(request, found, unit)
    stale = _("Not saved: somebody else has changed this draft. Your text is still here; save it to see both.")
    return saved_by_itself([], lambda: _save(request, found, unit, by_itself=True), stale, _moves(request, found, unit))


def _moves(request: HttpRequest, congress: Congress, unit: Unit | None) -> dict[str, str] | None:
    """Where a form that is saved for the first time stands from now on."""
    place = Place.sent(request.POST)
    if place is None or place.version:
        return None
    page = reverse("delegates:draft_write", args=[congress.slug, place.key])
    return {"save": save_address(congress, unit, Place(place.key, 1)), "page": page}


@once
def _by_button(request: HttpRequest, congress: Congress, unit: Unit | None) -> HttpResponse:
    draft = _save(request, congress, unit)
    words = _("The draft is saved. It takes no seat until it is registered, and goes on %(day)s if nobody does.")
    messages.success(request, words % {"day": f"{draft.kept_until:%d/%m/%Y}"})
    return redirect(at_home(draft))


def _save(request: HttpRequest, congress: Congress, unit: Unit | None, *, by_itself: bool = False) -> RegistrationDraft:
    place = Place.sent(request.POST)
    form = PersonForm(request.POST, actor=request.user, congress=congress, unit=unit)
    if place is None:
        refuse_if(_("This form was not sent completely. Open the page again and send it from there."))
    refuse_if(
        None if says_something(form, request.POST) else _("Nothing is typed yet: a draft needs one word at least.")
    )
    return actions.save_draft(
        actor=request.user,
        congress=congress,
        unit=unit,
        key=place.key,  # type: ignore[union-attr] # refused above
        version=place.version,  # type: ignore[union-attr]
        values=typed(request.POST),
        by_itself=by_itself,
    )


def write_address(draft: RegistrationDraft) -> str:
    """The page on which a draft is gone on with."""
    return reverse("delegates:draft_write", args=[draft.congress.slug, draft.pk])


def at_home(draft: RegistrationDraft) -> str:
    """The page that lists a draft."""
    slug = draft.congress.slug
    if draft.unit_id:
        return reverse("delegates:unit", args=[slug, draft.unit_id]) + "#drafts"
    return reverse("delegates:register", args=[slug]) + "#drafts"


def _visible(request: HttpRequest, congress: str, key: UUID) -> RegistrationDraft:
    drafts = RegistrationDraft.objects.visible_to(request.user).filter(congress=edition(request, congress))
    return get_object_or_404(drafts.select_related("congress", "unit", "category", "begun_by", "saved_by"), pk=key)


def draft(request: HttpRequest, congress: str, key: UUID) -> HttpResponse:
    """Whose draft it is, when it goes; going on, and discarding."""
    found = _visible(request, congress, key)
    context = {
        "congress": found.congress,
        "draft": found,
        "own": found.is_own(request.user),
        "closed": rules.why_not_write_draft(request.user, found.congress, found.unit),
        "home": at_home(found),
    }
    return render(request, "delegates/draft.html", context)


@require_POST
def draft_open(request: HttpRequest, congress: str, key: UUID) -> HttpResponse:
    """Read what others have typed. A POST, because the trail keeps who looked."""
    found = _visible(request, congress, key)
    actions.open_draft(actor=request.user, draft=found)
    return redirect(write_address(found))


def draft_write(request: HttpRequest, congress: str, key: UUID) -> HttpResponse:
    """The form as far as it was filled in; when registration has closed, to be read alone."""
    found, user = _visible(request, congress, key), request.user
    if not found.is_own(user) and not privacy.opened_today(user, actions.OPENED, found):
        return redirect(found)
    form = unjudged(PersonForm(found.post, actor=user, congress=found.congress, unit=found.unit))
    closed = rules.why_not_write_draft(user, found.congress, found.unit)
    context = form_context(found.congress, found.unit, form, Place.of(found))
    return render(request, "delegates/register.html", context | {"closed_draft": closed, "draft": found})


@require_POST
def draft_discard(request: HttpRequest, congress: str, key: UUID) -> HttpResponse:
    """Throw a draft away as it was read."""
    found = _visible(request, congress, key)
    actions.discard_draft(actor=request.user, draft=found, version=versions.sent(request.POST))
    messages.success(request, _("The draft is discarded."))
    return redirect(at_home(found))
