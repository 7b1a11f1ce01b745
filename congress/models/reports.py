"""What came of a conference: its report, whom it commended and whom it elected."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.models.awards import AwardType
from congress.models.conferences import Conference
from core import clock
from core.fields import CleanCharField, CleanTextField, DayField, PartialDateField
from core.versions import Versioned
from units.models import Unit


class ConferenceReport(Versioned):
    """The report of a conference (Báo cáo kết quả Hội nghị): one for each, written by its host (dossier 4.7)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent")
        RETURNED = "returned", _("Returned for correction")
        ACCEPTED = "accepted", _("Accepted")

    EDITABLE = (State.DRAFT, State.RETURNED)
    SENT_IN = (State.SENT, State.ACCEPTED)

    conference = models.OneToOneField(Conference, models.CASCADE, related_name="report")
    plan_number = CleanCharField(_("number of the conference's plan"), max_length=60, blank=True)
    plan_dated = DayField(_("date of the conference's plan"), null=True, blank=True)
    held_on = DayField(_("held on"), null=True, blank=True)
    session = models.CharField(_("half of the day"), max_length=10, choices=Conference.Session, blank=True)
    place = CleanCharField(_("place"), max_length=200, blank=True)
    form = models.CharField(_("form"), max_length=10, choices=Conference.Form, blank=True)
    summoned = models.PositiveIntegerField(_("delegates summoned"), null=True, blank=True)
    attended = models.PositiveIntegerField(_("delegates present"), null=True, blank=True)
    women = models.PositiveIntegerField(_("women among them"), null=True, blank=True)
    guests = models.PositiveIntegerField(_("guests"), null=True, blank=True)
    leaders = CleanTextField(_("leaders of the Ministry who attended"), blank=True)
    directions = CleanTextField(_("what they said and directed"), blank=True)
    collective_papers = models.PositiveSmallIntegerField(_("papers read by collectives"), null=True, blank=True)
    individual_papers = models.PositiveSmallIntegerField(_("papers read by individuals"), null=True, blank=True)
    no_commendations = models.BooleanField(_("nobody was commended"), default=False)
    no_elected = models.BooleanField(_("nobody was proposed or elected"), default=False)
    cost_planned = models.PositiveBigIntegerField(_("cost planned (đồng)"), null=True, blank=True)
    cost_spent = models.PositiveBigIntegerField(_("cost spent (đồng)"), null=True, blank=True)
    cost_source = CleanCharField(_("source of the money"), max_length=200, blank=True)
    shortcomings = CleanTextField(_("shortcomings"), blank=True)
    requests = CleanTextField(_("proposals and requests"), blank=True)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    state_since = models.DateTimeField(_("in this state since"), default=clock.now, editable=False)
    saved_at = models.DateTimeField(_("saved at"), default=clock.now, editable=False)
    first_sent_at = models.DateTimeField(_("first sent at"), null=True, editable=False)
    due = models.DateField(_("correction due"), null=True, blank=True, editable=False)
    return_reason = CleanTextField(_("why it was returned"), blank=True, editable=False)

    class Meta:
        verbose_name = _("report of a conference")
        verbose_name_plural = _("reports of conferences")
        constraints = [
            models.CheckConstraint(
                condition=Q(women__isnull=True) | Q(attended__isnull=True) | Q(women__lte=F("attended")),
                name="women_among_those_present",
                violation_error_message=_("More women than delegates present."),
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | (Q(due__isnull=False) & ~Q(return_reason="")),
                name="report_returned_with_reason_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "returned", "accepted"]) | Q(first_sent_at__isnull=False),
                name="sent_report_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.conference)

    def get_absolute_url(self) -> str:
        return reverse("congress:conference_report", args=[self.conference.congress.slug, self.conference_id])

    @property
    def papers(self) -> int | None:
        """Papers read, of collectives and individuals together; None as long as neither is known."""
        read = (self.collective_papers, self.individual_papers)
        return None if read == (None, None) else sum(number or 0 for number in read)


class Commendation(models.Model):
    """How many times an award was presented at a conference."""

    report = models.ForeignKey(ConferenceReport, models.CASCADE, related_name="commendations")
    award = models.ForeignKey(AwardType, models.PROTECT, verbose_name=_("award"), related_name="+")
    number = models.PositiveIntegerField(_("how many"))

    class Meta:
        verbose_name = _("commendation at the conference")
        verbose_name_plural = _("commendations at the conference")
        ordering = ["award__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "award"], name="award_once_in_a_report")]

    def __str__(self) -> str:
        return f"{self.award}: {self.number}"


class Elected(models.Model):
    """Whom a conference proposes as an advanced model, or elects as a delegate to the congress.

    When the report is accepted, the rooms above make a nomination or a delegate of it: `made` names what was made, so
    that nothing is made twice; `outcome` is said to the host.
    """

    class As(models.TextChoices):
        COLLECTIVE = "collective", _("Advanced model, a collective")
        INDIVIDUAL = "individual", _("Advanced model, an individual")
        DELEGATE = "delegate", _("Delegate to the congress")

    class Sex(models.TextChoices):
        MALE = "male", _("Male")
        FEMALE = "female", _("Female")

    report = models.ForeignKey(ConferenceReport, models.CASCADE, related_name="elected")
    elected_as = models.CharField(_("elected as"), max_length=12, choices=As)
    name = CleanCharField(_("name"), max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), related_name="+")
    position = CleanCharField(_("position"), max_length=200, blank=True)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True)
    birth = PartialDateField(_("date of birth"), null=True, blank=True)
    phone = CleanCharField(_("phone"), max_length=30, blank=True)
    made = models.CharField(max_length=80, blank=True, editable=False)  # "delegates.delegate:17"
    made_url = models.CharField(max_length=200, blank=True, editable=False)
    outcome = CleanTextField(_("what became of it"), blank=True, editable=False)

    class Meta:
        verbose_name = _("elected by the conference")
        verbose_name_plural = _("elected by the conference")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_delegate(self) -> bool:
        return self.elected_as == self.As.DELEGATE
