"""A congress (edition): its plan and tasks, its grass-roots conferences, its programme, its catalogue of awards."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.bilingual import Bilingual
from core.fields import CleanCharField, CleanTextField, FoldedField, Keyed
from core.versions import Versioned
from core.vietnamese import roman, span
from units.models import Block, Unit


class Congress(Bilingual, Versioned):
    """One edition of the Ministry's congress (Đại hội Thi đua yêu nước). Every number of the letter is a field."""

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
    conferences_from = models.DateField(_("conferences from"))
    conferences_until = models.DateField(_("conferences until"))
    congress_from = models.DateField(_("congress from"))
    congress_until = models.DateField(_("congress until"))
    held_on = models.DateField(_("day of the congress"), null=True, blank=True)
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    venue = CleanCharField(_("venue"), max_length=200, blank=True)
    days = models.DecimalField(_("length in days"), max_digits=3, decimal_places=1, default=1)

    delegates_target = models.PositiveIntegerField(_("delegates"))
    collective_reports = models.PositiveSmallIntegerField(_("collectives' showcase reports"))
    individual_reports = models.PositiveSmallIntegerField(_("individuals' showcase reports"))
    own_conference_above = models.PositiveIntegerField(_("own conference above this headcount"), default=100)
    report_days = models.PositiveSmallIntegerField(_("days to report a conference"), default=10)
    nominations_due = models.DateField(_("nominations due"), null=True, blank=True)
    registration_due = models.DateField(_("registration due"), null=True, blank=True)
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
    def reports_wanted(self) -> dict[str, int]:
        """How many showcase reports are chosen, by kind of nominee."""
        return {"collective": self.collective_reports, "individual": self.individual_reports}


class LegalBasis(models.Model):
    """A paper that the congress rests on (Căn cứ), or the letter itself."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="legal_bases")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    number = CleanCharField(_("number"), max_length=60)
    dated = models.DateField(_("date"))
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


class Phase(Bilingual):
    """A part of the plan as the letter divides it."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="phases")
    code = models.SlugField(_("code"), max_length=30)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["congress", "code"], name="phase_code_once")]


class TaskQuerySet(models.QuerySet):
    def open(self) -> "TaskQuerySet":
        return self.filter(finished_on=None, status=Task.Status.GOES_ON)

    def overdue(self, on: date) -> "TaskQuerySet":
        """Not finished on the day after they were due."""
        return self.open().filter(due__lt=on)


class Task(Keyed, Bilingual, Versioned):
    """A piece of work of the plan (Nội dung công việc), with the clause of the letter that it comes from."""

    class Status(models.TextChoices):
        GOES_ON = "goes_on", _("Goes on")
        PAUSED = "paused", _("Paused")
        DROPPED = "dropped", _("Dropped")

    class State(models.TextChoices):
        """What the plan's table shows; derived from dates, progress and status (dossier 4.8)."""

        NOT_STARTED = "not_started", _("Not started")
        UNDER_WAY = "under_way", _("Under way")
        DONE = "done", _("Finished in time")
        DONE_LATE = "done_late", _("Finished late")
        OVERDUE = "overdue", _("Overdue")
        PAUSED = "paused", _("Paused")
        DROPPED = "dropped", _("Dropped")

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="tasks")
    phase = models.ForeignKey(Phase, models.PROTECT, verbose_name=_("phase"), related_name="tasks")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    clause = CleanCharField(_("clause of the letter"), max_length=40, blank=True)
    lead = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("lead unit"), related_name="led_tasks")
    cooperating = models.ManyToManyField(
        Unit, blank=True, verbose_name=_("cooperating units"), related_name="cooperating_tasks"
    )
    starts = models.DateField(_("starts"))
    due = models.DateField(_("due"))
    tentative = models.BooleanField(_("dates proposed, not from the letter"), default=False)
    product = CleanCharField(_("product"), max_length=250, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress in %"), default=0)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.GOES_ON)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    difficulty = CleanTextField(_("difficulties, proposals"), blank=True)
    folded = FoldedField(source=("name_vi", "name_en"))

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["phase__order", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due__gte=F("starts")),
                name="task_due_after_start",
                violation_error_message=_("The task is due before it starts."),
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="task_progress_in_percent"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("congress:task", args=[self.congress.slug, self.pk])

    @property
    def state(self) -> "Task.State":
        return self.state_on(clock.today())

    def state_on(self, day: date) -> "Task.State":
        """The state as the plan's table shows it on a day."""
        if self.status != self.Status.GOES_ON:
            return self.State(self.status)
        if self.finished_on:
            return self.State.DONE if self.finished_on <= self.due else self.State.DONE_LATE
        if self.due < day:
            return self.State.OVERDUE
        return self.State.UNDER_WAY if self.progress or self.starts <= day else self.State.NOT_STARTED


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
    held_on = models.DateField(_("day"), null=True, blank=True)
    session = models.CharField(_("half of the day"), max_length=10, choices=Session, blank=True)
    place = CleanCharField(_("place"), max_length=200, blank=True)
    chair = CleanCharField(_("chair"), max_length=200, blank=True)
    leader = CleanCharField(_("ministry leader attending"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    summoned = models.PositiveIntegerField(_("delegates summoned"), null=True, blank=True)
    attended = models.PositiveIntegerField(_("delegates present"), null=True, blank=True)
    women = models.PositiveIntegerField(_("women among them"), null=True, blank=True)
    papers = models.PositiveSmallIntegerField(_("papers read"), null=True, blank=True)
    proposals = CleanTextField(_("shortcomings and proposals"), blank=True)
    reported_on = models.DateField(_("reported on"), null=True, editable=False)

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
            models.CheckConstraint(
                condition=Q(women__isnull=True) | Q(attended__isnull=True) | Q(women__lte=F("attended")),
                name="women_among_those_present",
                violation_error_message=_("More women than delegates present."),
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


class ProgrammeItem(Bilingual, Versioned):
    """A point of the congress's programme; a showcase report is a point within a point."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="programme")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    presenter = CleanCharField(_("by"), max_length=200, blank=True)
    holds_reports = models.BooleanField(_("here the showcase reports are read"), default=False)

    class Meta:
        verbose_name = _("programme item")
        verbose_name_plural = _("programme")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["congress"], condition=Q(holds_reports=True), name="reports_in_one_place")
        ]


class AwardTypeQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> "AwardTypeQuerySet":
        """Awards that could be given on a day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


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
    valid_from = models.DateField(_("given from"), null=True, blank=True)
    valid_to = models.DateField(_("given until"), null=True, blank=True)
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
