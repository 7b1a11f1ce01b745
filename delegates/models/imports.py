"""Lists that units send as workbooks, on their way into the register."""

import secrets
from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.models import Congress
from core import clock
from core.fields import CleanCharField
from core.models import User
from delegates.models.people import Category
from units.hats import hats
from units.models import Unit

KEPT = timedelta(days=14)  # a list that nobody applies


def list_file(sent: "SentList", filename: str) -> str:
    """A random name, without an extension that anything would run; its name for people stands in `SentList.name`."""
    return f"lists/{secrets.token_hex(16)}"


def in_two_weeks():
    return clock.now() + KEPT


class SentListQuerySet(models.QuerySet["SentList"]):
    def visible_to(self, user: User) -> "SentListQuerySet":
        """The Department sees all lists, a unit its own."""
        mine = hats(user)
        return self if mine.department else self.filter(unit__in=mine.unit_ids)

    def waiting(self) -> "SentListQuerySet":
        """Those that are not applied: their files are kept."""
        return self.exclude(state=SentList.State.APPLIED)

    def expired(self) -> "SentListQuerySet":
        """Those that nobody applied in time."""
        return self.waiting().filter(expires_at__lte=clock.now())


class SentList(models.Model):
    """A list of delegates that was sent as a workbook: the file, what its columns hold, and what applying would do.

    File and preview hold personal data: they go when the list is applied, given up, or after two weeks.
    """

    class State(models.TextChoices):
        SENT = "sent", _("Sent: say where the table begins")
        TABLE = "table", _("Say what the columns hold")
        COLUMNS = "columns", _("Being looked at")
        LOOKED = "looked", _("Looked at: waits to be applied")
        APPLIED = "applied", _("Applied")

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="sent_lists")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="sent_lists")  # None: the Ministry itself
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = CleanCharField(_("file name"), max_length=200)
    file = models.FileField(upload_to=list_file, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SENT)
    sheet = models.CharField(max_length=100, blank=True)
    head_row = models.PositiveIntegerField(default=0)
    head_lines = models.PositiveSmallIntegerField(default=1)
    columns = models.JSONField(default=dict)  # number of the column → what it holds
    category = models.ForeignKey(Category, models.SET_NULL, null=True, related_name="+")  # of rows that name none
    convert = models.BooleanField(null=True)  # text from before Unicode; None: nobody has said yet
    others = models.JSONField(default=list)  # rows of which somebody has said that it is another person
    preview = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)  # of what the preview shows
    counts = models.JSONField(default=dict)  # added, changed, left
    sent_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(default=in_two_weeks)
    applied_at = models.DateTimeField(null=True)

    objects = SentListQuerySet.as_manager()

    class Meta:
        verbose_name = _("sent list")
        verbose_name_plural = _("sent lists")
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["congress", "unit", "state"], name="lists_of_a_unit")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("delegates:list", args=[self.congress.slug, self.pk])

    @property
    def is_open(self) -> bool:
        return self.state != self.State.APPLIED


class ColumnMemory(models.Model):
    """What a unit has said that the columns of its lists hold, by their titles without marks."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="+")
    columns = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")

    def __str__(self) -> str:
        return str(self.unit)
