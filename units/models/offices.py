"""Offices: who acts for whom, from when to when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import CleanCharField, DayField
from core.models import User
from core.vietnamese import short_date
from units.models.units import Block, Unit


class TermQuerySet(models.QuerySet):
    def on(self, day: date) -> "TermQuerySet":
        """Offices held on this day; the last day counts."""
        return self.meeting(day, day)

    def from_day(self, day: date) -> "TermQuerySet":
        """Offices held on this day or on a later one."""
        return self.meeting(day, None)

    def meeting(self, starts: date, ends: date | None) -> "TermQuerySet":
        """Offices that share at least one day with this time; `ends` None is an open end."""
        found = self.filter(Q(ends=None) | Q(ends__gte=starts))
        return found.filter(starts__lte=ends) if ends else found


class Term(models.Model):
    """From when to when an office is held; without an end it goes on."""

    starts = DayField(_("from"))
    ends = DayField(_("to"), null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="%(class)s_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            )
        ]

    @property
    def period(self) -> str:
        """'01/01/2019 – 31/12/2019', or since when it goes on."""
        if self.ends:
            return f"{short_date(self.starts)} – {short_date(self.ends)}"
        return gettext("since %(day)s") % {"day": short_date(self.starts)}

    @property
    def whole_year(self) -> bool:
        """Whether it is held from New Year's Day to the last day of the year, as block offices are."""
        return (self.starts.month, self.starts.day) == (1, 1) and self.ends == date(self.starts.year, 12, 31)

    @property
    def goes_on(self) -> bool:
        """Held today, or to come."""
        return self.ends is None or self.ends >= clock.today()

    def is_held_on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or self.ends >= day)


class Office(Term):
    """An office that a person holds: for a unit, or in the Department."""

    class Role(models.TextChoices):
        UNIT_HEAD = "unit_head", _("Head of unit")
        ACTING_HEAD = "acting_head", _("Acting head of unit")
        UNIT_CLERK = "unit_clerk", _("Unit clerk")
        DEPARTMENT_HEAD = "department_head", _("Department head")
        ACTING_DEPARTMENT_HEAD = "acting_department", _("Acting head of the Department")
        DEPARTMENT_OFFICER = "department_officer", _("Department officer")
        DESK = "desk", _("Check-in desk")

    OF_A_UNIT = (Role.UNIT_HEAD, Role.ACTING_HEAD, Role.UNIT_CLERK)
    HEADS_OF_A_UNIT = (Role.UNIT_HEAD, Role.ACTING_HEAD)
    OF_THE_DEPARTMENT = (Role.DEPARTMENT_HEAD, Role.ACTING_DEPARTMENT_HEAD, Role.DEPARTMENT_OFFICER)
    ACTING = (Role.ACTING_HEAD, Role.ACTING_DEPARTMENT_HEAD)  # for an absent head: with an end and a document

    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("person"), related_name="offices")
    role = models.CharField(_("office"), max_length=20, choices=Role)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, verbose_name=_("unit"), related_name="offices"
    )
    document = CleanCharField(_("document"), max_length=200, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["role", "-starts", "pk"]
        constraints = [
            *Term.Meta.constraints,
            models.CheckConstraint(
                condition=Q(role__in=["unit_head", "acting_head", "unit_clerk"], unit__isnull=False)
                | Q(role__in=["department_head", "acting_department", "department_officer", "desk"], unit__isnull=True),
                name="unit_offices_name_their_unit",
                violation_error_message=_("Choose the unit for a unit's office, and none for the others."),
            ),
            models.CheckConstraint(
                condition=~Q(role__in=["acting_head", "acting_department"]) | (Q(ends__isnull=False) & ~Q(document="")),
                name="acting_heads_have_an_end_and_a_document",
                violation_error_message=_("Somebody acts for an absent head until a day, by a document: write both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} – {self.unit}" if self.unit_id else self.get_role_display()


class BlockOffice(Term):
    """Head or deputy of a block (Khối trưởng, Khối phó): an office that a unit holds for a year."""

    class Role(models.TextChoices):
        HEAD = "head", _("Block head")
        DEPUTY = "deputy", _("Block deputy")

    block = models.ForeignKey(Block, models.PROTECT, verbose_name=_("block"), related_name="offices")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), related_name="block_offices")
    role = models.CharField(_("office"), max_length=10, choices=Role)

    class Meta(Term.Meta):
        verbose_name = _("block office")
        verbose_name_plural = _("block offices")
        ordering = ["-starts", "block", "-role", "pk"]
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(fields=["block", "unit", "starts"], name="one_block_office_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} – {self.block}: {self.unit}"
