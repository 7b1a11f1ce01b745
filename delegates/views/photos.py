"""The photo of a delegate: chosen, cut, shown, taken away."""

from base64 import b64encode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from congress.context import edition
from core.once import once
from core.refusal import refuse_if
from delegates import actions, rules
from delegates.forms.photos import CropForm, PhotoForm
from delegates.models import Delegate
from delegates.views.people import visible_delegate

KEPT_BY_BROWSERS = 24 * 3600  # seconds; another photo has another address


@once
def photo(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Choose a picture; with one chosen, say which part of it is kept."""
    found = visible_delegate(request, congress, pk)
    refuse_if(rules.why_not_set_photo(request.user, found))
    token = request.POST.get("chosen") or request.GET.get("chosen")
    if "chosen" in request.POST or (token and request.method != "POST"):
        return _cut(request, found, token or "")
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PhotoForm(*sent, user=request.user)
    if form.is_valid():
        chosen = form.cleaned_data["photo"].token
        return redirect(reverse("delegates:photo", args=[congress, pk], query={"chosen": chosen}))
    return _choose(request, found, form)


def _choose(request: HttpRequest, found: Delegate, form: PhotoForm) -> HttpResponse:
    context = {"congress": found.congress, "delegate": found, "form": form}
    return render(request, "delegates/photo.html", context)


def _cut(request: HttpRequest, found: Delegate, token: str) -> HttpResponse:
    """The chosen picture with its frame; sent, the photo is kept."""
    try:
        form = CropForm(request.POST or None, user=request.user, token=token)
        picture = form.picture
    except ValidationError as fault:
        form = PhotoForm({}, {}, user=request.user)
        form.errors["photo"] = form.error_class(fault.messages)
        return _choose(request, found, form)
    valid = request.method == "POST" and form.is_valid()
    if valid and "look" not in request.POST:
        actions.set_photo(actor=request.user, delegate=found, chosen=form.file, crop=form.crop)
        messages.success(request, _("The photo of %(name)s is saved.") % {"name": found})
        return redirect(found)
    copy = b64encode(picture.copy).decode()
    context = {"congress": found.congress, "delegate": found, "form": form, "picture": picture, "copy": copy}
    return render(request, "delegates/photo_cut.html", context)


@require_POST
def photo_remove(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Take the photo away that was looked at."""
    found = visible_delegate(request, congress, pk)
    actions.remove_photo(actor=request.user, delegate=found, seen=request.POST.get("photo", ""))
    messages.success(request, _("The photo of %(name)s is taken away.") % {"name": found})
    return redirect(found)


@require_safe
def photo_file(request: HttpRequest, congress: str, key) -> HttpResponse:
    """A photo, for whoever reads at least what the delegate's badge says."""
    people = Delegate.objects.visible_to(request.user).filter(congress=edition(request, congress))
    found = get_object_or_404(people.select_related("photo"), photo=key)
    with found.photo.file.open() as content:  # type: ignore[union-attr] # found by it
        answer = HttpResponse(content.read(), content_type="image/jpeg")
    answer["Content-Disposition"] = 'inline; filename="photo.jpg"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = f"private, max-age={KEPT_BY_BROWSERS}, immutable"
    return answer
