"""What one head of a block hands over to the next (Bàn giao), with both sides' word that it was done."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.fields import CleanTextField, DayField
from core.models import User
from core.versions import Versioned
from units.models.units import Block, Unit


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, user: User) -> "HandoverQuerySet":
        """The Department sees all; the two units their own; who leads the block what its heads have handed over."""
        from units.hats import hats

        mine = hats(user)
        if mine.department:
            return self
        return self.filter(Q(giver__in=mine.unit_ids) | Q(taker__in=mine.unit_ids) | Q(block__in=mine.block_ids))


class Handover(Versioned):
    """The hand-over of a block from the head of one year to the head of the next."""

    block = models.ForeignKey(Block, models.PROTECT, related_name="handovers")
    year = models.PositiveSmallIntegerField(_("year"))  # of the new head
    giver = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("handed over by"), related_name="+")
    taker = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("taken over by"), related_name="+")
    matters = CleanTextField(_("what is handed over"))  # a line each
    day = DayField(_("day of the hand-over"))
    given_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    given_at = models.DateTimeField(null=True, editable=False)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    taken_at = models.DateTimeField(null=True, editable=False)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["-year", "block"]
        constraints = [
            models.UniqueConstraint(fields=["block", "year"], name="one_handover_a_year"),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="handed_over_to_another_unit"),
        ]

    def __str__(self) -> str:
        words = {"block": self.block, "before": self.year - 1, "year": self.year}
        return gettext("%(block)s, %(before)s → %(year)s") % words

    def get_absolute_url(self) -> str:
        return reverse("units:handover", args=[self.block_id, self.year])

    @property
    def done(self) -> bool:
        """Whether both sides have said so."""
        return bool(self.given_at and self.taken_at)
