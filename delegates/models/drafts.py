"""Registrations that somebody has begun to write (Bản nháp): what was typed, and nothing that counts."""

import uuid
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congress.models import Congress
from core import clock
from core.models import User
from core.versions import Versioned, words
from core.vietnamese import clean
from delegates.models.people import Category, Delegate
from units.hats import hats
from units.models import Unit

# What a form carries besides what people type into it.
CARRIED = {"csrfmiddlewaretoken", "once", "version", "draft", "autosave", "reserve"}
MANAGED = ("-TOTAL_FORMS", "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS")


def typed(post: QueryDict) -> dict[str, list[str]]:
    """What a sent form says, name by name, without what it carries besides and without files."""
    return {name: values for name, values in post.lists() if name not in CARRIED}


class RegistrationDraftQuerySet(models.QuerySet["RegistrationDraft"]):
    def visible_to(self, user: User) -> "RegistrationDraftQuerySet":
        """The Department sees all drafts, a unit its own: whoever may register may go on with them."""
        mine = hats(user)
        return self if mine.department else self.filter(unit__in=mine.unit_ids)

    def expired(self) -> "RegistrationDraftQuerySet":
        """Those that nobody has gone on with for so many days."""
        return self.filter(saved_at__lte=clock.now() - timedelta(days=settings.DRAFT_DAYS))


class RegistrationDraft(Versioned):
    """A registration that is being written. It holds personal data: it goes when it is registered, discarded or old.

    `values` is what the form sends, name by name, so that every field and every table of the form is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    congress = models.ForeignKey(Congress, models.CASCADE, related_name="registration_drafts")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="registration_drafts")  # None: the Ministry
    category = models.ForeignKey(Category, models.SET_NULL, null=True, related_name="+")
    values = models.JSONField(default=dict)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    objects = RegistrationDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a registration")
        verbose_name_plural = _("drafts of registrations")
        ordering = ["-saved_at", "pk"]
        indexes = [models.Index(fields=["congress", "unit", "saved_at"], name="drafts_of_a_unit")]

    def __str__(self) -> str:
        """Without the name that was typed: the trail keeps this, and whoever is not registered leaves nothing there."""
        return gettext("Draft of a registration")

    def get_absolute_url(self) -> str:
        return reverse("delegates:draft", args=[self.congress.slug, self.pk])

    @property
    def full_name(self) -> str:
        """The name as far as it is typed."""
        return clean(" ".join(self.values.get("full_name", [])))

    @property
    def kept_until(self):
        """The day on which it goes, unless somebody goes on with it."""
        return self.saved_at + timedelta(days=settings.DRAFT_DAYS)

    @property
    def post(self) -> QueryDict:
        """What was typed, as a form takes it."""
        data = QueryDict(mutable=True)
        for name, values in self.values.items():
            data.setlist(name, values)
        return data

    def is_own(self, user: User) -> bool:
        """Whether nobody else has typed in it: what one has written oneself need not be opened."""
        return self.begun_by_id == self.saved_by_id == user.pk

    def other_texts(self, sent: Mapping) -> list[tuple[str, str, str]]:
        """Where what was sent says something else than this draft: label, what stands here, what was sent."""
        mine = typed(sent) if isinstance(sent, QueryDict) else {}
        names = [name for name in {**self.values, **mine} if not name.endswith(MANAGED)]
        told = [(name, _told(name, self.values.get(name, [])), _told(name, mine.get(name, []))) for name in names]
        return [(_label(name), now, other) for name, now, other in told if now != other]


def _field(name: str) -> models.Field | None:
    try:
        return Delegate._meta.get_field(name)  # type: ignore[return-value] # forms send names of columns alone
    except FieldDoesNotExist:
        return None


def _label(name: str) -> str:
    field = _field(name)
    return str(field.verbose_name) if field else name


def _told(name: str, values: list[str]) -> str:
    """What was typed into a field, as people read it; as it stands where it means nothing."""
    text = ", ".join(value for value in values if value)
    field = _field(name)
    form_field = field.formfield() if field and text else None
    if field is None or form_field is None:
        return text
    try:
        return words(field, form_field.clean(text))
    except ValidationError:
        return text
