"""Entries that look like one person's and are two people's: the Department has said so."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congress.models import Congress
from core import clock
from core.fields import CleanCharField
from core.models import User
from delegates.models.people import Delegate


class KeptApart(models.Model):
    """Two delegates who are likely one person, and are not (Là hai người khác nhau)."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="kept_apart")
    first = models.ForeignKey(Delegate, models.CASCADE, related_name="kept_apart")  # the one with the lower key
    second = models.ForeignKey(Delegate, models.CASCADE, related_name="+")
    note = CleanCharField(_("note"), max_length=300, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("two people who look alike")
        verbose_name_plural = _("two people who look alike")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="kept_apart_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="kept_apart_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"
