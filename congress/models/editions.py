"""A congress (edition), the papers that it rests on and the movements it looks back on."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congress.fields import ReminderDaysField
from core.bilingual import Bilingual
from core.fields import CleanCharField, DayField
from core.versions import Versioned
from core.vietnamese import roman, short_date, span


class Congress(Bilingual, Versioned):
    """One edition of the Ministry's congress (Đại hội Thi đua yêu nước). Every number of the letter is a field."""

    class LateActs(models.TextChoices):
        """What becomes of a dossier or a registration that arrives after its deadline and grace."""

        REFUSE = "refuse", _("Refused")
        ACCEPT = "accept", _("Accepted and marked as late")

    slug = models.SlugField(_("address"), max_length=20, unique=True)
    ordinal = models.PositiveSmallIntegerField(_("ordinal"))
    is_current = models.BooleanField(_("the current one"), default=False)

    ministry_vi = CleanCharField(_("ministry"), max_length=200)
    ministry_en = CleanCharField(_("ministry in English"), max_length=200, blank=True)
    department_vi = CleanCharField(_("department in charge"), max_length=200)
    department_en = CleanCharField(_("department in English"), max_length=200, blank=True)
    council_vi = CleanCharField(_("council"), max_length=200)
    council_en = CleanCharField(_("council in English"), max_length=200, blank=True)
    symbol = CleanCharField(_("symbol on its letters"), max_length=40)  # BKHCN-TĐKT
    seat = CleanCharField(_("place on its letters"), max_length=80)  # Hà Nội
    phone = CleanCharField(_("phone for questions"), max_length=30)

    period_from = models.PositiveSmallIntegerField(_("period from"))
    period_to = models.PositiveSmallIntegerField(_("period to"))
    conferences_from = DayField(_("conferences from"))
    conferences_until = DayField(_("conferences until"))
    congress_from = DayField(_("congress from"))
    congress_until = DayField(_("congress until"))
    held_on = DayField(_("day of the congress"), null=True, blank=True)
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    venue = CleanCharField(_("venue"), max_length=200, blank=True)
    days = models.DecimalField(_("length in days"), max_digits=3, decimal_places=1, default=1)

    delegates_target = models.PositiveIntegerField(_("delegates"))
    collective_reports = models.PositiveSmallIntegerField(_("collectives' showcase reports"))
    individual_reports = models.PositiveSmallIntegerField(_("individuals' showcase reports"))
    own_conference_above = models.PositiveIntegerField(_("own conference above this headcount"), default=100)
    delegates_conference_above = models.PositiveIntegerField(
        _("delegates' conference above this headcount"), default=200
    )
    collectives_per_conference = models.PositiveSmallIntegerField(
        _("collectives that a conference proposes"), default=1
    )
    individuals_per_conference = models.PositiveSmallIntegerField(
        _("individuals that a conference proposes"), default=1
    )
    report_days = models.PositiveSmallIntegerField(_("days to report a conference"), default=10)
    nominations_due = DayField(_("nominations due"), null=True, blank=True)
    registration_due = DayField(_("registration due"), null=True, blank=True)
    replacements_until = DayField(
        _("units replace delegates until"),
        null=True,
        blank=True,
        help_text=_("After this day only the Department sends somebody else. Without a day, registration ends it."),
    )
    grace_minutes = models.PositiveSmallIntegerField(
        _("grace after a deadline, in minutes"),
        default=0,
        validators=[MaxValueValidator(24 * 60)],
        help_text=_("What arrives so long after the last day still counts as in time."),
    )
    late_acts = models.CharField(_("after a deadline"), max_length=6, choices=LateActs, default=LateActs.REFUSE)
    reminder_days = ReminderDaysField(
        _("reminders so many days before"),
        default="14, 7, 1",
        help_text=_("Days before a deadline, with commas between them: 14, 7, 1. One more goes out the day after it."),
    )
    programme_published_at = models.DateTimeField(_("programme published at"), null=True, editable=False)

    class Meta:
        verbose_name = _("congress")
        verbose_name_plural = _("congresses")
        ordering = ["-period_to"]
        constraints = [
            models.UniqueConstraint(fields=["is_current"], condition=Q(is_current=True), name="one_current_congress"),
            models.CheckConstraint(condition=Q(period_to__gte=F("period_from")), name="congress_period_in_order"),
            models.CheckConstraint(
                condition=Q(conferences_until__gte=F("conferences_from")), name="conference_window_in_order"
            ),
            models.CheckConstraint(
                condition=Q(congress_until__gte=F("congress_from")), name="congress_window_in_order"
            ),
        ]

    def clean(self) -> None:
        """Somebody can be replaced at least as long as people are registered."""
        until, registration = self.replacements_until, self.registration_due
        if until and registration and until < registration:
            words = gettext("Choose %(day)s or a later day: until then units register, and replace.")
            raise ValidationError({"replacements_until": words % {"day": short_date(registration)}})

    def get_absolute_url(self) -> str:
        return reverse("congress:congress", args=[self.slug])

    @property
    def short(self) -> str:
        """'Đại hội lần thứ V': where the full name is too long, as in the line that says where one is."""
        return gettext("Congress %(ordinal)s") % {"ordinal": roman(self.ordinal)}

    @property
    def conferences_window(self) -> str:
        """'Quý II/2020'."""
        return span(self.conferences_from, self.conferences_until)

    @property
    def congress_window(self) -> str:
        """'tháng 10/2020'."""
        return span(self.congress_from, self.congress_until)

    @property
    def proposals_per_conference(self) -> dict[str, int]:
        """How many nominees a conference proposes at most, by kind."""
        return {"collective": self.collectives_per_conference, "individual": self.individuals_per_conference}

    @property
    def reports_wanted(self) -> dict[str, int]:
        """How many showcase reports are chosen, by kind of nominee."""
        return {"collective": self.collective_reports, "individual": self.individual_reports}


class LegalBasis(models.Model):
    """A paper that the congress rests on (Căn cứ), or the letter itself."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="legal_bases")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    number = CleanCharField(_("number"), max_length=60)
    dated = DayField(_("date"))
    issuer = CleanCharField(_("issued by"), max_length=200)
    title = CleanCharField(_("title"), max_length=400)
    signer = CleanCharField(_("signed by"), max_length=200, blank=True)
    is_letter = models.BooleanField(_("the letter that announces the plan"), default=False)

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["order", "pk"]
        constraints = [
            # a number alone is not enough: number, year and issuing body together name a paper
            models.UniqueConstraint(fields=["congress", "number", "dated", "issuer"], name="paper_named_once"),
            models.UniqueConstraint(fields=["congress"], condition=Q(is_letter=True), name="one_letter"),
        ]

    def __str__(self) -> str:
        return self.number


class Movement(Bilingual):
    """An emulation movement or campaign that the units carry on until the congress (Phong trào thi đua)."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="movements")
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("movement")
        verbose_name_plural = _("movements")
        ordering = ["order", "pk"]
