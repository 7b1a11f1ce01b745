"""The list of a unit as its head has settled it: after that, changes of persons are replacements."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congress.models import Congress
from core import clock
from core.fields import CleanCharField, CleanTextField
from core.models import User
from units.models import Unit


class SettledListQuerySet(models.QuerySet["SettledList"]):
    def in_force(self) -> "SettledListQuerySet":
        """Those that were neither opened again nor settled anew since."""
        return self.filter(ended_at=None)


class SettledList(models.Model):
    """A unit's list, settled by its head (Chốt danh sách); opened again or settled anew, it stays as a version.

    What stands on it is kept as keys and figures: people are read from the register.
    """

    class Capacity(models.TextChoices):
        HEAD = "head", _("head of the unit")
        ACTING = "acting", _("for the head of the unit")

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="settled_lists")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="settled_lists")
    number = models.PositiveSmallIntegerField(_("number"))
    settled_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    capacity = models.CharField(_("capacity"), max_length=6, choices=Capacity)
    settled_at = models.DateTimeField(_("settled at"), default=clock.now)
    document = CleanCharField(_("document"), max_length=200, blank=True)
    people = models.PositiveIntegerField(_("delegates"))
    reserves = models.PositiveIntegerField(_("reserves"), default=0)
    free = models.PositiveIntegerField(_("free seats"), default=0)
    members = models.JSONField(default=list)  # keys of those on seats
    cells = models.JSONField(default=dict)  # by category: seats, and how many were taken
    ended_at = models.DateTimeField(_("opened again at"), null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = CleanTextField(_("reason"), blank=True)  # why it was opened; nothing when it was settled anew

    objects = SettledListQuerySet.as_manager()

    class Meta:
        verbose_name = _("settled list")
        verbose_name_plural = _("settled lists")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "unit", "number"], name="settled_list_numbered_once"),
            models.UniqueConstraint(
                fields=["congress", "unit"], condition=Q(ended_at=None), name="one_settled_list_in_force"
            ),
            models.CheckConstraint(condition=Q(people__gt=0), name="a_settled_list_has_people"),
        ]

    def __str__(self) -> str:
        return gettext("%(unit)s, list %(number)s") % {"unit": self.unit, "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("delegates:unit", args=[self.congress.slug, self.unit_id])

    def room(self, category: int, seats: int, taken: int) -> int:
        """How many people a unit can still add in a category that has so many seats, so many of them taken, now.

        The seats that came after the list was settled, less those already sat on; what was left free then stays so.
        """
        seats_then, taken_then = self.cells.get(str(category), (0, 0))
        new = (seats - seats_then) - max(0, taken - taken_then)
        return max(0, min(seats - taken, new))
