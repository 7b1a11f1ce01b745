"""Whether personal data was opened today, and what of it is still kept."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan

from congress.models import Congress
from core import clock
from core.models import AuditEntry, Job, User
from delegates.models import Delegate, RegistrationDraft
from documents import catalogue

OPENED = "delegate.personal_opened"
CLASS_OPENED = "composition.class_opened"


def opened_today(user: User, verb: str, obj: models.Model, **details: Any) -> bool:
    """Whether the trail says that this person opened this today: what is open needs no second entry; one query."""
    midnight = datetime.combine(clock.today(), time.min, tzinfo=clock.now().tzinfo)
    entries = AuditEntry.objects.filter(
        object_type=obj._meta.label_lower, object_id=str(obj.pk), verb=verb, actor=user, at__gte=midnight
    )
    return entries.filter(**{f"details__{name}": value for name, value in details.items()}).exists()


def opened_among(user: User, people: Iterable[Delegate]) -> set[int]:
    """Of whom among these people this person has opened the personal data today, by key; one query."""
    midnight = datetime.combine(clock.today(), time.min, tzinfo=clock.now().tzinfo)
    keys = AuditEntry.objects.filter(
        object_type=Delegate._meta.label_lower,
        object_id__in=[str(one.pk) for one in people],
        verb=OPENED,
        actor=user,
        at__gte=midnight,
    )
    return {int(key) for key in keys.values_list("object_id", flat=True)}


WITH_DAY = GreaterThan(Length("birth"), len("1980"))
HELD = (
    ~Q(phone="") | ~Q(email="") | ~Q(note="") | ~Q(religion="") | ~Q(political_theory="")
    | Q(party_member__isnull=False) | Q(ethnic_group__isnull=False) | Q(WITH_DAY) | Q(photo__isnull=False)
    | Q(party_joined__isnull=False) | ~Q(id_number="")
)  # fmt: skip


def personal_data(congress: Congress) -> models.QuerySet[Delegate]:
    """The delegates of a congress of whom personal data is still kept, those withdrawn among them."""
    return congress.delegates.filter(HELD)


def kept_numbers(congress: Congress) -> dict[str, int]:
    """How many delegates each kind of personal data is still kept of, and how many drafts; two queries."""
    kinds = {
        "birth": Q(WITH_DAY),
        "ethnic_group": Q(ethnic_group__isnull=False),
        "religion": ~Q(religion=""),
        "party_member": Q(party_member__isnull=False),
        "party_joined": Q(party_joined__isnull=False),
        "political_theory": ~Q(political_theory=""),
        "phone": ~Q(phone=""),
        "email": ~Q(email=""),
        "id_number": ~Q(id_number=""),
        "note": ~Q(note=""),
        "photo": Q(photo__isnull=False),
    }
    people = congress.delegates.aggregate(**{name: models.Count("pk", filter=kind) for name, kind in kinds.items()})
    return {**people, "drafts": RegistrationDraft.objects.filter(congress=congress).count()}


def kept_files(congress: Congress) -> list[Job]:
    """Papers with personal data that the worker has made for somebody and that can still be fetched."""
    made = Job.objects.filter(kind="documents.export", params__edition=congress.slug).exclude(file="")
    return [job for job in made if (paper := catalogue.find(job.params.get("key", ""))) is None or paper.sensitive]
