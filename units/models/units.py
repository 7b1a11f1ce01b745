"""Emulation blocks and the units in them, as they are at present."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.bilingual import Bilingual
from core.fields import CleanCharField, CleanTextField, DayField, FoldedField, Keyed, SortKeyField
from core.models import User
from core.versions import Versioned
from core.vietnamese import title_key

if TYPE_CHECKING:
    from units.models.history import Headcount, UnitName


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
    closed_on = DayField(_("no longer at work since"), null=True, blank=True, editable=False)
    closed_by = CleanCharField(_("document"), max_length=200, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, verbose_name=_("merged into"),
        related_name="merged",
    )  # fmt: skip
    former_names = CleanTextField(_("earlier names"), blank=True, editable=False)  # a line each, for the search
    folded = FoldedField(
        source=("name_vi", "name_en", "code", "abbreviation", "former_names"), max_length=3000, db_index=False
    )
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
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, merged_into__isnull=True)
                | Q(closed_on__isnull=False, is_active=False),
                name="a_closed_unit_is_not_at_work",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("units:unit", args=[self.pk])

    @property
    def uncertain(self) -> bool:
        return self.confidence != self.Confidence.HIGH

    def remember(self, *names: str) -> None:
        """Let the search find the unit by names that it, or what was merged into it, has borne. Does not save."""
        lines = [*self.former_names.splitlines(), *names]
        self.former_names = "\n".join(dict.fromkeys(line for line in lines if line and line != self.name_vi))

    def named_on(self, day: date) -> "Unit | UnitName":
        """The unit's name on a day: what papers about that day print. Reads `names`, prefetched or not."""
        rows = list(self.names.all())
        return next((row for row in reversed(rows) if row.starts is None or row.starts <= day), self)

    def block_on(self, day: date) -> Block:
        """The block that the unit sat in on a day."""
        rows = list(self.blocks.select_related("block"))
        return next((row.block for row in reversed(rows) if row.starts is None or row.starts <= day), self.block)

    def counted_by(self, day: date) -> "Headcount | None":
        """The latest headcount taken by a day."""
        return self.headcounts.filter(taken_on__lte=day).first()

    def as_of(self, day: date) -> "Unit":
        """The unit itself or, where it had been merged by that day, the unit that took its place."""
        found = self
        while found.merged_into and found.closed_on and found.closed_on <= day:
            found = found.merged_into
        return found
