"""Reminders that went out, and private links to calendars."""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from congress.models.editions import Congress
from core import clock
from core.models import Mail, User


class ReminderSent(models.Model):
    """That a person was reminded of a duty, for a day, at a step: once. A duty that moves to a new day begins anew."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="reminders")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    due = models.DateField()
    step = models.SmallIntegerField()  # days before; -1 after
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("reminder sent")
        verbose_name_plural = _("reminders sent")
        constraints = [
            models.UniqueConstraint(fields=["congress", "user", "key", "due", "step"], name="reminded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.due} {self.step} → {self.user}"


class CalendarLink(models.Model):
    """The private link to a person's calendar; of its token only a digest is kept."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_link")
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("link to a calendar")
        verbose_name_plural = _("links to calendars")

    def __str__(self) -> str:
        return str(self.user)


def token_digest(token: str) -> str:
    """What is kept of a token: 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
