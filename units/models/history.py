"""What a unit was called, in which block it sat and how many people it had, from when to when.

The rows of a unit follow one another without gaps: the first has no beginning (nobody knows since when, and it does
not matter), the last no end while the unit is at work. The unit's own columns repeat the last row.
"""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.bilingual import Bilingual
from core.fields import CleanCharField, DayField
from core.vietnamese import short_date
from units.models.offices import BlockOffice, Office
from units.models.units import Block, Unit


def period(starts: date | None, ends: date | None) -> str:
    """'05/05/2020 – 31/12/2020', 'until 04/05/2020', 'since 05/05/2020', or 'as far back as is known'."""
    if starts and ends:
        return f"{short_date(starts)} – {short_date(ends)}"
    if ends:
        return gettext("until %(day)s") % {"day": short_date(ends)}
    if starts:
        return gettext("since %(day)s") % {"day": short_date(starts)}
    return gettext("as far back as is known")


def by_paper(document: str, day: date) -> str:
    """By which paper, from when on; for the trail."""
    return gettext("%(document)s, in effect from %(day)s") % {"document": document, "day": short_date(day)}


class Stretch(models.Model):
    """A time in a unit's life; `document` is the paper that began it."""

    starts = DayField(_("from"), null=True, blank=True)
    ends = DayField(_("to"), null=True, blank=True)
    document = CleanCharField(_("document"), max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ["unit_id", F("starts").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="%(class)s_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | ~Q(document=""), name="%(class)s_begins_by_a_document"
            ),
            models.UniqueConstraint(fields=["unit"], condition=Q(starts=None), name="%(class)s_first_once"),
            models.UniqueConstraint(fields=["unit"], condition=Q(ends=None), name="%(class)s_open_once"),
            models.UniqueConstraint(fields=["unit", "starts"], name="%(class)s_starts_once"),
        ]

    @property
    def period(self) -> str:
        return period(self.starts, self.ends)


class UnitName(Stretch, Bilingual):
    """What a unit was called in a time."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    abbreviation = CleanCharField(_("abbreviation"), max_length=30, blank=True)

    class Meta(Stretch.Meta):
        verbose_name = _("name of a unit")
        verbose_name_plural = _("names of units")

    def __str__(self) -> str:
        return self.name


class UnitBlock(Stretch):
    """Which block a unit sat in, in a time."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="blocks")
    block = models.ForeignKey(Block, models.PROTECT, verbose_name=_("block"), related_name="+")

    class Meta(Stretch.Meta):
        verbose_name = _("block of a unit")
        verbose_name_plural = _("blocks of units")

    def __str__(self) -> str:
        return f"{self.unit}: {self.block}"


class Headcount(models.Model):
    """How many people a unit had on a day, and who says so."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="headcounts")
    number = models.PositiveIntegerField(_("headcount"))
    taken_on = DayField(_("headcount as of"))
    source = CleanCharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("headcount")
        verbose_name_plural = _("headcounts")
        ordering = ["unit_id", "-taken_on"]
        constraints = [models.UniqueConstraint(fields=["unit", "taken_on"], name="one_headcount_a_day")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.number} ({short_date(self.taken_on)})"


def begin(unit: Unit) -> None:
    """The first rows of a unit that has just been added."""
    UnitName.objects.create(unit=unit, name_vi=unit.name_vi, name_en=unit.name_en, abbreviation=unit.abbreviation)
    UnitBlock.objects.create(unit=unit, block=unit.block)
    if unit.headcount is not None and unit.headcount_on:
        Headcount.objects.create(unit=unit, number=unit.headcount, taken_on=unit.headcount_on)


NAMES = ("name_vi", "name_en", "abbreviation")


def mend(unit: Unit, fields: Collection[str]) -> None:
    """Mend the last rows when a mistake in the present was mended: it was never true."""
    if set(NAMES) & set(fields):
        UnitName.objects.filter(unit=unit, ends=None).update(**{name: getattr(unit, name) for name in NAMES})
    if "block" in fields:
        UnitBlock.objects.filter(unit=unit, ends=None).update(block=unit.block)
    if "headcount" in fields and unit.headcount is not None:
        Headcount.objects.update_or_create(unit=unit, taken_on=unit.headcount_on, defaults={"number": unit.headcount})


def hold_units(units: Sequence[Unit]) -> list[Unit]:
    """Some units with their offices, read anew in the order of their keys and held until the transaction ends."""
    keys = [unit.pk for unit in units]
    rows = list(Unit.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk"))
    for model in (Office, BlockOffice):
        list(model.objects.select_for_update(of=("self",), no_key=True).filter(unit__in=keys).order_by("pk"))
    return rows
