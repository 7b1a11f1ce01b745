"""The catalogue of emulation titles and forms of commendation."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.bilingual import Bilingual
from core.fields import CleanCharField, CleanTextField, DayField
from core.vietnamese import short_date


class AwardTypeQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> "AwardTypeQuerySet":
        """Awards that could be given on a day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))

    def possible_until(self, day: date) -> "AwardTypeQuerySet":
        """Awards that were given first in the year of a day, or before."""
        return self.filter(Q(valid_from=None) | Q(valid_from__year__lte=day.year))

    def choices(self) -> list[tuple[str, Any]]:
        """The awards by level, for a select, behind a line that asks to choose; one query, none if they were read."""
        levels: dict[str, list] = {}
        for award in self:
            levels.setdefault(award.get_level_display(), []).append((award.pk, award.name))
        return [("", gettext("Choose an award")), *levels.items()]


class AwardType(Bilingual):
    """An emulation title or a form of commendation (Danh hiệu thi đua, hình thức khen thưởng), with its dates."""

    class Level(models.TextChoices):
        STATE = "State", _("the State")
        GOVERNMENT = "Government", _("the Government")
        MINISTRY = "Ministry", _("the Ministry")
        GRASSROOTS = "Grassroots", _("the grass roots")

    class For(models.TextChoices):
        COLLECTIVE = "collective", _("Collectives")
        INDIVIDUAL = "individual", _("Individuals")
        BOTH = "both", _("Both")

    class Kind(models.TextChoices):
        TITLE = "title", _("Emulation title")
        REWARD = "reward", _("Form of commendation")

    code = models.CharField(_("code"), max_length=20, unique=True)
    abbreviation = CleanCharField(_("abbreviation"), max_length=30, blank=True)
    group = CleanCharField(_("group"), max_length=60, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    given_to = models.CharField(_("given to"), max_length=12, choices=For)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    decided_by = CleanCharField(_("decided by"), max_length=100, blank=True)
    order = models.PositiveSmallIntegerField(_("rank, highest first"), default=0)
    valid_from = DayField(_("given from"), null=True, blank=True)
    valid_to = DayField(_("given until"), null=True, blank=True)
    note = CleanTextField(_("note"), blank=True)

    objects = AwardTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("award catalogue")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="award_dates_in_order",
                violation_error_message=_("The last day lies before the first."),
            )
        ]

    def given_in(self, year: int) -> bool:
        """Whether it was given in a year."""
        after = self.valid_from is None or year >= self.valid_from.year
        return after and (self.valid_to is None or year <= self.valid_to.year)


class HeldAward(models.Model):
    """An award that somebody holds: year, what, and the decision it was given by, with its `decision_date`."""

    award = models.ForeignKey(AwardType, models.PROTECT, verbose_name=_("award"), related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    decision_number = CleanCharField(_("decision number"), max_length=60, blank=True)
    issuer = CleanCharField(_("issued by"), max_length=200, blank=True)

    decision_date: Any

    class Meta:
        abstract = True
        ordering = ["award__order", "-year", "pk"]

    def __str__(self) -> str:
        return f"{self.award}, {self.year}"

    @property
    def proven(self) -> bool:
        """Without a decision number an award is shown as unproven and not counted."""
        return bool(self.decision_number)

    @property
    def decision(self) -> str:
        """'12/QĐ-BKHCN, 20/12/2018, Bộ trưởng', as far as it is known."""
        day = self.decision_date
        written = short_date(day) if isinstance(day, date) else str(day or "")
        return ", ".join(filter(None, [self.decision_number, written, self.issuer]))

    @property
    def told(self) -> str:
        """In a line: '2018 · Cờ thi đua của Bộ · 12/QĐ-BKHCN, 20/12/2018, Bộ trưởng'."""
        return " · ".join(filter(None, [str(self.year), self.award.name, self.decision]))


def as_text(held: Iterable[HeldAward]) -> str:
    """Awards a line each."""
    return "\n".join(one.told for one in held)
