"""The photo of a delegate: cut, kept, changed, taken away. The trail tells that it was, and shows none."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, locks, uploads
from core.models import User
from core.refusal import refuse_if
from core.uploads import Chosen
from delegates import portrait, rules
from delegates.models import Delegate
from delegates.portrait import Crop

SLOT = "photo"


@transaction.atomic
def set_photo(*, actor: User | None, delegate: Delegate, chosen: Chosen, crop: Crop) -> Delegate:
    """Keep what lies in the frame of a chosen picture as the delegate's photo, in the place of one that is there.

    The picture itself is let go: whoever wants another cut chooses it again. The version is not counted up: a photo
    is no reason to lose an edit of the entry. Raises Refused, and `portrait.Unfit` for a picture that is none.
    """
    with default_storage.open(chosen.path) as file:
        cut = portrait.cut(file, crop)
    current = locks.lock(Delegate, delegate.pk)
    refuse_if(rules.why_not_set_photo(actor, current))
    before = current.photo
    kept = uploads.choose(ContentFile(cut, name="photo.jpg"), actor, [uploads.JPEG])
    current.photo = uploads.attach(actor=actor, owner=current, slot=SLOT, chosen=kept)
    current.save(update_fields=["photo"])
    if before:
        uploads.detach(before)
    transaction.on_commit(lambda: uploads.drop(chosen))
    audit.record(actor, "delegate.photo_changed" if before else "delegate.photo_added", current)
    return current


@transaction.atomic
def remove_photo(*, actor: User | None, delegate: Delegate, seen: str) -> Delegate:
    """Take the photo away that was `seen` (its key); one that came meanwhile is not taken unseen."""
    current = locks.lock(Delegate, delegate.pk)
    refuse_if(rules.why_not_remove_photo(actor, current))
    photo = current.photo
    if photo is None or str(photo.pk) != seen:
        refuse_if(_("Another photo of %(name)s has come meanwhile: look at it first.") % {"name": current})
    current.photo = None
    current.save(update_fields=["photo"])
    uploads.detach(photo)  # type: ignore[arg-type] # refused above where there is none
    audit.record(actor, "delegate.photo_removed", current)
    return current
