"""Personal data opened by somebody, with an entry, and taken away when its time is over."""

from functools import partial

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Substr
from django.utils.translation import gettext as _
from django.utils.translation import override

from congress.models import Congress
from core import audit, locks, uploads
from core.models import Upload, User
from core.refusal import refuse_if
from delegates import rules, tallies
from delegates.actions.composition import freeze_composition
from delegates.actions.drafts import forget_drafts
from delegates.actions.imports import forget_lists
from delegates.models import Delegate
from delegates.queries import privacy


@transaction.atomic
def open_personal(*, actor: User, delegate: Delegate) -> None:
    """Open the personal data of a delegate for a day: the trail keeps who did, once a day."""
    refuse_if(rules.why_not_open_personal(actor, delegate))
    if not privacy.opened_today(actor, privacy.OPENED, delegate):
        audit.record(actor, privacy.OPENED, delegate)


@transaction.atomic
def open_class(*, actor: User, congress: Congress, cut: str, value: str) -> None:
    """Open the names of a class that tells something sensitive, for a day."""
    refuse_if(rules.why_not_see_names(actor))
    if not privacy.opened_today(actor, privacy.CLASS_OPENED, congress, cut=cut, value=value):
        audit.record(actor, privacy.CLASS_OPENED, congress, cut=cut, value=value)


@transaction.atomic
def retire_personal_data(*, actor: User | None, congress: Congress, months: int) -> dict[str, int]:
    """Take away the personal data of a congress that is over; returns of how many people what was taken.

    Names, units, categories, awards and figures stay: a copy of the make-up is kept first. Of the birth the year stays.
    Papers that the worker has made with personal data lose their files.
    """
    congress = locks.lock(Congress, congress.pk)
    refuse_if(rules.why_not_retire(congress, months))
    numbers = privacy.kept_numbers(congress)
    people = privacy.personal_data(congress)
    if people.exists():
        photos = list(Upload.objects.filter(pk__in=people.filter(photo__isnull=False).values("photo")))
        with override("vi"):
            occasion = _("Before personal data is taken away")
        freeze_composition(actor=actor, congress=congress, occasion=occasion)
        people.update(
            birth=Substr(F("birth"), 1, 4), ethnic_group=None, religion="", party_member=None, political_theory="",
            party_joined=None, phone="", email="", id_number="", note="", photo=None, version=F("version") + Value(1),
        )  # fmt: skip
        for photo in photos:
            uploads.detach(photo)
        tallies.recount_of(congress, whole=True)  # they remember the oldest and the youngest by the day
        congress.kept_apart.update(note="")  # why two people are not one may tell of both
    forget_lists(actor=actor, congress=congress)
    forget_drafts(actor=actor, congress=congress)
    files = privacy.kept_files(congress)
    for job in files:
        transaction.on_commit(partial(job.file.storage.delete, str(job.file.name)))
        job.file = ""
        job.save(update_fields=["file"])
    numbers["files"] = len(files)
    if any(numbers.values()):
        audit.record(actor, "personal_data.retired", congress, taken=numbers)
    return numbers
