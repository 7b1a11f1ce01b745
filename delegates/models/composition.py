"""The make-up of a congress: tallies by unit, targets, and copies that stay as they were."""

from django.db import connection, models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.models import Congress
from core import clock
from core.fields import CleanCharField
from core.models import User
from core.vietnamese import moment
from units.models import Unit


class UnitTally(models.Model):
    """What the delegates of one unit add up to (without a unit: those of the Ministry itself).

    Never the truth, only a sum of it: a unit with a mark is counted from its rows instead (`queries.composition`).
    """

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="tallies")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    basis = models.CharField(max_length=300)  # the day of the ages and the official categories that it was made with
    counts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["congress", "unit"], name="one_tally_per_unit"),
            models.UniqueConstraint(fields=["congress"], condition=models.Q(unit=None), name="one_tally_of_ministry"),
        ]

    def __str__(self) -> str:
        return f"{self.congress} {self.unit or ''}"


class TallyMarkManager(models.Manager["TallyMark"]):
    def set(self, congress_id: int | None = None, unit_id: int | None = None) -> None:
        """Mark a tally, in the transaction that changes its rows; the worker counts anew when that has ended."""
        from delegates.tallies import enqueue

        self.create(congress_id=congress_id, unit_id=unit_id)
        if not any(waiting[1] is enqueue for waiting in connection.run_on_commit):  # once for all marks of an act
            transaction.on_commit(enqueue, robust=True)


class TallyMark(models.Model):
    """That delegates of a unit have changed since its tally was made. Marks are only added, so nobody waits for them.

    Without a congress it stands for all units of all congresses: many rows were written at once.
    """

    congress = models.ForeignKey(Congress, models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")

    objects = TallyMarkManager()

    def __str__(self) -> str:
        return f"{self.congress_id} {self.unit_id}"


class CompositionTarget(models.Model):
    """What share a class is to have at least, or at most, by the Department's word (Tỷ lệ cơ cấu)."""

    class Bound(models.TextChoices):
        LEAST = "least", _("at least")
        MOST = "most", _("at most")

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="composition_targets")
    cut = models.CharField(_("cut"), max_length=20)
    value = models.CharField(_("class"), max_length=20)
    bound = models.CharField(_("bound"), max_length=5, choices=Bound, default=Bound.LEAST)
    percent = models.DecimalField(_("percent"), max_digits=4, decimal_places=1)

    class Meta:
        verbose_name = _("target of the make-up")
        verbose_name_plural = _("targets of the make-up")
        ordering = ["cut", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "cut", "value", "bound"], name="one_target_per_class"),
            models.CheckConstraint(condition=models.Q(percent__gte=0, percent__lte=100), name="target_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.cut}/{self.value} {self.bound} {self.percent}"


class CompositionCopy(models.Model):
    """The make-up as it stood at a moment: figures, not people, and never changed."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="composition_copies")
    taken_at = models.DateTimeField(_("taken at"), default=clock.now)
    taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, verbose_name=_("taken by"), related_name="+"
    )
    occasion = CleanCharField(_("occasion"), max_length=200)
    official = models.PositiveIntegerField(_("official delegates"))
    figures = models.JSONField()  # by language

    class Meta:
        verbose_name = _("copy of the make-up")
        verbose_name_plural = _("copies of the make-up")
        ordering = ["-taken_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.occasion}, {moment(self.taken_at.astimezone(clock.now().tzinfo))}"

    def get_absolute_url(self) -> str:
        return reverse("delegates:composition_copy", args=[self.congress.slug, self.pk])
