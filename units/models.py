"""Units, emulation blocks and offices: who acts for whom, since when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core import clock
from core.bilingual import Bilingual
from core.fields import CleanCharField, CleanTextField, DayField, FoldedField, Keyed, SortKeyField
from core.models import User
from core.versions import Versioned
from core.vietnamese import short_date, title_key


class Block(Bilingual):
    """An emulation block (Khối thi đua): units that compare their work with one another."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        ordering = ["order", "pk"]


class UnitQuerySet(models.QuerySet["Unit"]):
    def active(self) -> "UnitQuerySet":
        return self.filter(is_active=True)

    def visible_to(self, user: User) -> "UnitQuerySet":
        """Everybody who is signed in sees the units at work; the Department also those that are no more."""
        from units.hats import hats

        if not user.is_active:
            return self.none()
        return self if hats(user).department else self.active()


class Unit(Keyed, Bilingual, Versioned):
    """A unit that belongs to the Ministry (Đơn vị trực thuộc)."""

    class Kind(models.TextChoices):
        TONG_CUC = "tong_cuc", _("Directorate")
        CUC = "cuc", _("Agency")
        VU = "vu", pgettext_lazy("kind of unit", "Department")
        VAN_PHONG = "van_phong", pgettext_lazy("kind of unit", "Office")
        THANH_TRA = "thanh_tra", _("Inspectorate")
        BAN = "ban", _("Board")
        QUY = "quy", _("Fund")
        VIEN = "vien", _("Institute")
        HOC_VIEN = "hoc_vien", _("Academy")
        TRUNG_TAM = "trung_tam", _("Centre")
        BAO = "bao", _("Newspaper")
        TAP_CHI = "tap_chi", _("Journal")
        NHA_XUAT_BAN = "nha_xuat_ban", _("Publishing house")
        OTHER = "other", _("Other")

    class Confidence(models.TextChoices):
        """How sure it is that the unit existed under this name and sits in this block."""

        HIGH = "high", _("Certain")
        MEDIUM = "medium", _("Likely")
        LOW = "low", _("Doubtful")

    code = models.CharField(_("code"), max_length=20, unique=True)
    abbreviation = CleanCharField(_("abbreviation"), max_length=30, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    head_title = CleanCharField(_("title of the head"), max_length=80, default="Thủ trưởng đơn vị")
    block = models.ForeignKey(Block, models.PROTECT, verbose_name=_("home block"), related_name="units")
    own_conference = models.BooleanField(_("holds its own conference"), default=False)
    headcount = models.PositiveIntegerField(_("headcount"), null=True, blank=True)
    headcount_on = DayField(_("headcount as of"), null=True, blank=True)
    confidence = models.CharField(_("certainty"), max_length=6, choices=Confidence, default=Confidence.HIGH)
    note = CleanTextField(_("note"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("active"), default=True)
    folded = FoldedField(source=("name_vi", "name_en", "code", "abbreviation"))
    sort_key = SortKeyField(source=("name_vi",), derive=title_key)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(headcount__isnull=True) | Q(headcount_on__isnull=False),
                name="headcount_has_its_date",
                violation_error_message=_("Give the date that the headcount was taken on."),
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("units:unit", args=[self.pk])

    @property
    def uncertain(self) -> bool:
        return self.confidence != self.Confidence.HIGH


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
        UNIT_CLERK = "unit_clerk", _("Unit clerk")
        DEPARTMENT_HEAD = "department_head", _("Department head")
        DEPARTMENT_OFFICER = "department_officer", _("Department officer")
        DESK = "desk", _("Check-in desk")

    OF_A_UNIT = (Role.UNIT_HEAD, Role.UNIT_CLERK)
    OF_THE_DEPARTMENT = (Role.DEPARTMENT_HEAD, Role.DEPARTMENT_OFFICER)

    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("person"), related_name="offices")
    role = models.CharField(_("office"), max_length=20, choices=Role)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, verbose_name=_("unit"), related_name="offices"
    )

    class Meta(Term.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["role", "-starts", "pk"]
        constraints = [
            *Term.Meta.constraints,
            models.CheckConstraint(
                condition=Q(role__in=["unit_head", "unit_clerk"], unit__isnull=False)
                | Q(role__in=["department_head", "department_officer", "desk"], unit__isnull=True),
                name="unit_offices_name_their_unit",
                violation_error_message=_("Choose the unit for a unit's office, and none for the others."),
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
