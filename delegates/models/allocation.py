"""Versions of the allocation of seats, and seats that one unit gives to another.

What counts is the table of quotas: issuing a version writes it. A version keeps what it was made from and what it
said, whatever becomes of the quotas later.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congress.models import Congress
from core import clock
from core.fields import CleanCharField, CleanTextField
from core.models import User
from core.versions import Versioned
from delegates import apportionment
from delegates.models.people import Category
from units.hats import hats
from units.models import Unit


class AllocationQuerySet(models.QuerySet["Allocation"]):
    def visible_to(self, user: User) -> "AllocationQuerySet":
        """The Department sees every version; a unit those that were issued, the present one and earlier ones."""
        mine = hats(user)
        if mine.department:
            return self
        known = (Allocation.State.ISSUED, Allocation.State.REPLACED)
        return self.filter(state__in=known) if mine.unit_ids else self.none()

    def in_force(self, congress: Congress) -> "Allocation | None":
        """The version that is issued now."""
        return self.filter(congress=congress, state=Allocation.State.ISSUED).first()


class Allocation(Versioned):
    """A version of the allocation (Phương án phân bổ): draft, approved, issued, replaced by the next one.

    A draft that is not wanted is discarded and keeps its number: what was printed of it is no other version's.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved")
        ISSUED = "issued", _("Issued")
        REPLACED = "replaced", _("Superseded")
        DROPPED = "dropped", _("Discarded")

    class Method(models.TextChoices):
        HAMILTON = apportionment.Method.HAMILTON.value, _("Largest remainder (Hamilton)")
        SAINTE_LAGUE = apportionment.Method.SAINTE_LAGUE.value, _("Sainte-Laguë (odd divisors)")
        DHONDT = apportionment.Method.DHONDT.value, _("D’Hondt (good for large units)")
        HUNTINGTON_HILL = apportionment.Method.HUNTINGTON_HILL.value, _("Huntington–Hill (geometric mean)")
        ADAMS = apportionment.Method.ADAMS.value, _("Adams (good for small units)")

    class Weight(models.TextChoices):
        HEADCOUNT = "headcount", _("Headcount")
        AWARDS = "awards", _("Awards with a decision")
        EQUAL = "equal", _("All units alike")
        TYPED = "typed", _("Numbers written for each unit")

    class Tie(models.TextChoices):
        ORDER = apportionment.TieRule.ORDER.value, _("the unit that comes first in the list of units")
        LARGER = apportionment.TieRule.LARGER.value, _("the larger unit")
        SMALLER = apportionment.TieRule.SMALLER.value, _("the smaller unit")

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="allocations")
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    method = models.CharField(_("method"), max_length=20, choices=Method)
    weight = models.CharField(_("weight"), max_length=10, choices=Weight)
    tie = models.CharField(_("among equals first"), max_length=8, choices=Tie)
    target = models.PositiveIntegerField(_("all seats"))
    reserve = models.PositiveIntegerField(_("kept back"), default=0)
    floor = models.PositiveIntegerField(_("least for a unit"), default=0)
    ceiling = models.PositiveIntegerField(_("most for a unit"), null=True, blank=True)
    asked = models.TextField(editable=False)  # the what-if page's address that it was made from
    note = CleanTextField(_("note"), blank=True)
    document = CleanCharField(_("document"), max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the allocation")
        verbose_name_plural = _("versions of the allocation")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "number"], name="allocation_number_once"),
            models.UniqueConstraint(fields=["congress"], condition=Q(state="issued"), name="one_allocation_in_force"),
            models.CheckConstraint(
                condition=Q(state="draft", approved_at=None, dropped_at=None)
                | Q(state="dropped", approved_at=None, dropped_at__isnull=False)
                | Q(state="approved", approved_at__isnull=False)
                | Q(state__in=["issued", "replaced"], approved_at__isnull=False, issued_at__isnull=False),
                name="allocation_state_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Version %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("delegates:allocation", args=[self.congress.slug, self.pk])

    @property
    def waits_for(self) -> str:
        """Whom the version waits for; nothing when it is in force or was replaced."""
        return {
            self.State.DRAFT: gettext("waits for the head of the Department to approve it"),
            self.State.APPROVED: gettext("waits for the Department to issue it"),
        }.get(self.State(self.state), "")

    @property
    def since(self):
        """When it came into its state."""
        return self.dropped_at or self.replaced_at or self.issued_at or self.approved_at or self.made_at


class AllocationLine(models.Model):
    """What a unit got in a version, and the numbers that tell why."""

    class Reason(models.TextChoices):
        UP = apportionment.Reason.UP.value, _("rounded up")
        DOWN = apportionment.Reason.DOWN.value, _("rounded down")
        EXACT = apportionment.Reason.EXACT.value, _("a whole number")
        FLOOR = apportionment.Reason.FLOOR.value, _("raised to the least")
        CEILING = apportionment.Reason.CEILING.value, _("kept at the most")
        TIE_WON = apportionment.Reason.TIE_WON.value, _("equal claims, decided for it")
        TIE_LOST = apportionment.Reason.TIE_LOST.value, _("equal claims, decided against it")

    allocation = models.ForeignKey(Allocation, models.CASCADE, related_name="lines")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    weight = models.PositiveIntegerField(_("weight"), null=True)  # None: not known
    floor = models.PositiveIntegerField(_("least"), default=0)
    ceiling = models.PositiveIntegerField(_("most"), null=True)
    share = models.PositiveIntegerField(_("share of the pool"))
    quotient = models.DecimalField(_("quotient"), max_digits=14, decimal_places=4)
    reason = models.CharField(_("reason"), max_length=8, choices=Reason)

    class Meta:
        verbose_name = _("line of an allocation")
        verbose_name_plural = _("lines of an allocation")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["allocation", "unit"], name="one_line_per_unit")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.share}"


class AllocationCell(models.Model):
    """Seats of a unit (None: of the Ministry itself) in a category; `fixed` of them outside the pool."""

    allocation = models.ForeignKey(Allocation, models.CASCADE, related_name="cells")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    seats = models.PositiveIntegerField(_("seats"))
    fixed = models.PositiveIntegerField(_("fixed seats"), default=0)

    class Meta:
        verbose_name = _("cell of an allocation")
        verbose_name_plural = _("cells of an allocation")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["allocation", "unit", "category"], name="one_cell_of_a_unit"),
            models.UniqueConstraint(
                fields=["allocation", "category"], condition=Q(unit=None), name="one_cell_of_the_ministry"
            ),
            models.CheckConstraint(condition=Q(fixed__lte=models.F("seats")), name="fixed_seats_are_among_the_seats"),
        ]

    def __str__(self) -> str:
        return f"{self.unit or _('The Ministry')} – {self.category}: {self.seats}"


class SeatTransferQuerySet(models.QuerySet["SeatTransfer"]):
    def visible_to(self, user: User) -> "SeatTransferQuerySet":
        """The Department sees all transfers; a unit those that it gave or got."""
        mine = hats(user)
        if mine.department:
            return self
        return self.filter(Q(source__in=mine.unit_ids) | Q(target__in=mine.unit_ids))


class SeatTransfer(models.Model):
    """Unused seats that went from one unit to another, in one category; None is the Ministry itself."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="seat_transfers")
    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("category"), related_name="+")
    source = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, verbose_name=_("seats from"), related_name="+"
    )
    target = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, verbose_name=_("seats go to"), related_name="+"
    )
    seats = models.PositiveIntegerField(_("seats"))
    reason = CleanTextField(_("reason"))
    document = CleanCharField(_("document"), max_length=200, blank=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = SeatTransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer of seats")
        verbose_name_plural = _("transfers of seats")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(seats__gt=0), name="a_transfer_moves_a_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.source or _('The Ministry')} → {self.target or _('The Ministry')}: {self.seats}"
