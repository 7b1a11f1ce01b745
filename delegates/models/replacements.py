"""Who came instead of whom: each replacement is a link of a chain, A → B → C."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congress.models import Congress
from core import clock
from core.fields import CleanCharField, CleanTextField
from core.models import User
from delegates.models.people import Category, Delegate
from units.hats import hats


class ReplacementQuerySet(models.QuerySet["Replacement"]):
    def visible_to(self, user: User) -> "ReplacementQuerySet":
        """The Department sees all replacements; a unit those among its own people."""
        mine = hats(user)
        return self if mine.department else self.filter(successor__unit__in=mine.unit_ids)


class Replacement(models.Model):
    """Somebody who comes instead of somebody else (Thay thế đại biểu), when, why and by which paper.

    Nobody is replaced twice and nobody comes instead of two: both sides are unique. `first` is whom the chain began
    with, who cannot come again at its end: so it never closes into a ring.
    """

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="replacements")
    first = models.ForeignKey(Delegate, models.PROTECT, related_name="+")
    replaced = models.OneToOneField(Delegate, models.PROTECT, verbose_name=_("replaced"), related_name="passed_on")
    successor = models.OneToOneField(Delegate, models.PROTECT, verbose_name=_("successor"), related_name="came_by")
    reason = CleanTextField(_("reason"))
    document = CleanCharField(_("document"), max_length=200, blank=True)
    # The category that the seat was in, and the one that it is in now: an award does not travel with the seat.
    left = models.ForeignKey(Category, models.PROTECT, related_name="+")
    taken = models.ForeignKey(Category, models.PROTECT, related_name="+")
    seat_moved = models.BooleanField(_("the seat went along into the other category"), default=False)
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = ReplacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("replacement")
        verbose_name_plural = _("replacements")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(successor=F("replaced")), name="nobody_replaces_themselves"),
            models.CheckConstraint(condition=~Q(successor=F("first")), name="replacements_make_no_ring"),
            models.CheckConstraint(
                condition=Q(seat_moved=False) | ~Q(left=F("taken")), name="a_seat_moves_to_another_category"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.replaced} → {self.successor}"
