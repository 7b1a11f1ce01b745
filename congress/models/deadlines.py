"""Deadlines that were extended for one unit (gia hạn): until when, why, by which paper (dossier 9-15)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.models.conferences import Conference
from congress.models.editions import Congress
from core import clock
from core.fields import CleanCharField, CleanTextField, DayField
from core.models import User
from units.hats import hats
from units.models import Unit


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def visible_to(self, user: User) -> "ExtensionQuerySet":
        """The Department sees all; a unit its own."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        mine = hats(user)
        return self if mine.department else self.filter(unit__in=mine.unit_ids)

    def in_force(self) -> "ExtensionQuerySet":
        """Those that were not taken back; the latest of a unit and a deadline counts."""
        return self.filter(taken_back_at=None)


class Extension(models.Model):
    """That the Department extended a deadline for one unit alone.

    A task of the plan has one lead unit: its deadline is moved by moving the task (`DateMove`), not here.
    """

    class Kind(models.TextChoices):
        NOMINATIONS = "nominations", _("Nomination dossiers")
        REGISTRATION = "registration", _("Registration of delegates")
        REPORT = "report", _("Report of a conference")

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="extensions")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), related_name="extensions")
    kind = models.CharField(_("deadline"), max_length=12, choices=Kind)
    conference = models.ForeignKey(
        Conference, models.CASCADE, null=True, blank=True, verbose_name=_("conference"), related_name="extensions"
    )
    common = DayField(_("day for everybody"))  # when it was given
    old_until = DayField(_("old day"))
    until = DayField(_("new day"))
    reason = CleanTextField(_("reason"), max_length=1000)
    document = CleanCharField(_("by document"), max_length=200)
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("old_until")), name="extension_gives_more_days"),
            models.CheckConstraint(
                condition=Q(kind="report", conference__isnull=False) | (~Q(kind="report") & Q(conference=None)),
                name="extension_of_a_report_names_its_conference",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(used_at=None), name="a_used_extension_is_not_taken_back"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.unit}"

    def get_absolute_url(self) -> str:
        """The page of all deadlines; an extension has none of its own."""
        return reverse("congress:deadlines", args=[self.congress.slug])

    def what(self) -> str:
        """Which deadline, with its conference."""
        return f"{self.get_kind_display()}: {self.conference.name}" if self.conference else self.get_kind_display()
