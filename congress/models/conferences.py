"""The grass-roots conferences, each of one unit or of one block."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.models.editions import Congress
from core.bilingual import Bilingual
from core.fields import CleanCharField, CleanTextField, DayField
from core.versions import Versioned
from units.models import Block, Unit


class Conference(Bilingual, Versioned):
    """A grass-roots conference (Hội nghị điển hình tiên tiến) of one unit or of one block."""

    class Session(models.TextChoices):
        MORNING = "morning", _("morning")
        AFTERNOON = "afternoon", _("afternoon")

    class Form(models.TextChoices):
        PLENARY = "plenary", _("Plenary")
        DELEGATES = "delegates", _("Delegates")
        ONLINE = "online", _("Online")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        APPROVED = "approved", _("Approved")
        HELD = "held", _("Held")
        REPORTED = "reported", _("Reported")
        ACCEPTED = "accepted", _("Report accepted")
        POSTPONED = "postponed", _("Postponed")

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="conferences")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    host_unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("host unit"),
        related_name="hosted_conferences",
    )
    host_block = models.ForeignKey(
        Block, models.PROTECT, null=True, blank=True, verbose_name=_("host block"), related_name="conferences"
    )
    units = models.ManyToManyField(Unit, through="ConferenceUnit", related_name="conferences")
    form = models.CharField(_("form"), max_length=10, choices=Form, default=Form.PLENARY)
    held_on = DayField(_("day"), null=True, blank=True)
    session = models.CharField(_("half of the day"), max_length=10, choices=Session, blank=True)
    place = CleanCharField(_("place"), max_length=200, blank=True)
    chair = CleanCharField(_("chair"), max_length=200, blank=True)
    leader = CleanCharField(_("ministry leader attending"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    programme = CleanTextField(_("programme of the conference"), blank=True)
    invited = CleanTextField(_("who is invited"), blank=True)
    papers = CleanTextField(_("papers to be read"), blank=True)

    OVER = (State.HELD, State.REPORTED, State.ACCEPTED)

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(host_unit__isnull=False, host_block__isnull=True)
                | Q(host_unit__isnull=True, host_block__isnull=False),
                name="conference_has_one_host",
                violation_error_message=_("A conference is held by one unit or by one block."),
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True) | ~Q(session=""),
                name="conference_is_half_a_day",
                violation_error_message=_("Say whether it is the morning or the afternoon."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("congress:conference", args=[self.congress.slug, self.pk])

    @property
    def host(self) -> Unit | Block:
        """The unit or the block that holds it."""
        host = self.host_unit or self.host_block
        assert host is not None  # noqa: S101 a constraint of the table
        return host

    @property
    def waits_for_approval(self) -> bool:
        """Whether its host has set a day that the Department has not agreed to."""
        return bool(self.held_on) and self.state in (self.State.PLANNED, self.State.POSTPONED)

    @property
    def outside_window(self) -> bool:
        """Whether its day lies outside the congress's window: accepted, but said."""
        return bool(
            self.held_on and not self.congress.conferences_from <= self.held_on <= self.congress.conferences_until
        )


class ConferenceUnit(models.Model):
    """That a unit belongs to a conference: to exactly one of each congress."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="+")
    conference = models.ForeignKey(Conference, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["congress", "unit"], name="unit_in_one_conference")]

    def __str__(self) -> str:
        return f"{self.unit} → {self.conference}"
