"""What became of the dates: every move of a day, kept for good (dossier 4.11, invariant 10)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congress.models.conferences import Conference
from congress.models.editions import Congress
from congress.models.plan import Task
from core import clock
from core.fields import CleanCharField, CleanTextField
from core.models import User


class DateMove(models.Model):
    """That the dates of a task, of a conference or of the congress itself were moved: from, to, why, by which paper.

    A conference and the congress have a day alone (`…_until`); None is a day that is not known (any more).
    """

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="moves")
    task = models.ForeignKey(Task, models.CASCADE, null=True, blank=True, related_name="moves")
    conference = models.ForeignKey(Conference, models.CASCADE, null=True, blank=True, related_name="moves")
    because_of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="consequences")
    old_from = models.DateField(null=True, blank=True)
    old_until = models.DateField(null=True, blank=True)
    new_from = models.DateField(null=True, blank=True)
    new_until = models.DateField(null=True, blank=True)
    reason = CleanTextField(_("reason"))
    document = CleanCharField(_("document"), max_length=200, blank=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("moved date")
        verbose_name_plural = _("moved dates")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(task=None) | Q(conference=None), name="a_move_of_one_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.old_until} → {self.new_until}"

    @property
    def subject(self) -> Task | Conference | Congress:
        """What was moved."""
        return self.task or self.conference or self.congress
