"""The programme of the congress."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congress.models.editions import Congress
from core.bilingual import Bilingual
from core.fields import CleanCharField
from core.versions import Versioned


class ProgrammeItem(Bilingual, Versioned):
    """A point of the congress's programme; a showcase report is a point within a point."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="programme")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    presenter = CleanCharField(_("by"), max_length=200, blank=True)
    holds_reports = models.BooleanField(_("here the showcase reports are read"), default=False)

    class Meta:
        verbose_name = _("programme item")
        verbose_name_plural = _("programme")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["congress"], condition=Q(holds_reports=True), name="reports_in_one_place")
        ]
