"""The plan of a congress: its phases and its tasks."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.models.conferences import Conference
from congress.models.editions import Congress
from core import clock
from core.bilingual import Bilingual
from core.fields import CleanCharField, CleanTextField, DayField, FoldedField, Keyed
from core.models import User
from core.versions import Versioned
from units.hats import hats
from units.models import Unit


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
    def visible_to(self, user: User) -> "TaskQuerySet":
        """The Department sees the whole plan; everybody else what was published of it."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if hats(user).department else self.exclude(published_at=None)

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
        WAITS = "waits", _("Waits for its event")
        PAUSED = "paused", _("Paused")
        DROPPED = "dropped", _("Dropped")

    class Anchor(models.TextChoices):
        """The event that a task's dates follow."""

        CONFERENCE = "conference", _("a conference")
        CONGRESS = "congress", _("the congress")

    DATES = ("starts", "due", "anchor", "anchor_conference", "offset_days", "length_days")

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="tasks")
    phase = models.ForeignKey(Phase, models.PROTECT, verbose_name=_("phase"), related_name="tasks")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    clause = CleanCharField(_("clause of the letter"), max_length=40, blank=True)
    lead = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("lead unit"), related_name="led_tasks")
    cooperating = models.ManyToManyField(
        Unit, blank=True, verbose_name=_("cooperating units"), related_name="cooperating_tasks"
    )
    person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, verbose_name=_("person in charge"), related_name="tasks"
    )
    needs = models.ManyToManyField(
        "self", symmetrical=False, blank=True, verbose_name=_("what must be done before"), related_name="followers"
    )
    starts = DayField(_("starts"), null=True, blank=True)
    due = DayField(_("due"), null=True, blank=True)
    anchor = models.CharField(_("follows the day of"), max_length=10, choices=Anchor, blank=True)
    anchor_conference = models.ForeignKey(
        Conference, models.PROTECT, null=True, blank=True, verbose_name=_("which conference"), related_name="tasks"
    )
    offset_days = models.SmallIntegerField(_("due so many days after it"), null=True, blank=True)
    length_days = models.PositiveSmallIntegerField(_("length in days"), null=True, blank=True)
    baseline_starts = DayField(_("start as approved"), null=True, blank=True, editable=False)
    baseline_due = DayField(_("due as approved"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    tentative = models.BooleanField(_("dates proposed, not from the letter"), default=False)
    product = CleanCharField(_("product"), max_length=250, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress in %"), default=0)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.GOES_ON)
    finished_on = DayField(_("finished on"), null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(starts=None, due=None) | Q(starts__isnull=False, due__isnull=False),
                name="task_has_both_dates_or_none",
                violation_error_message=_("Give both days: when it starts and when it is due."),
            ),
            models.CheckConstraint(
                condition=Q(anchor="", anchor_conference=None, offset_days=None, length_days=None, due__isnull=False)
                | Q(anchor="congress", anchor_conference=None, offset_days__isnull=False, length_days__gte=1)
                | Q(
                    anchor="conference",
                    anchor_conference__isnull=False,
                    offset_days__isnull=False,
                    length_days__gte=1,
                ),
                name="task_has_dates_or_follows_an_event",
                violation_error_message=_(
                    "A task has days of its own, or it follows an event: then say which, how many days after it the"
                    " task is due, and how many days it takes."
                ),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("congress:task", args=[self.congress.slug, self.pk])

    @property
    def event(self) -> Conference | Congress | None:
        """What its dates follow: a conference, the congress, or nothing."""
        if self.anchor == self.Anchor.CONGRESS:
            return self.congress
        return self.anchor_conference if self.anchor else None

    @property
    def days_before(self) -> int:
        """How many days before its event it is due; 0 where it is due on it or after it."""
        return max(0, -(self.offset_days or 0))

    @property
    def drift(self) -> int | None:
        """By how many days it is due after the approved day (before: negative); None where one of them is not known."""
        return (self.due - self.baseline_due).days if self.due and self.baseline_due else None

    @property
    def is_over(self) -> bool:
        """Whether its dates are history: it was finished or dropped."""
        return self.finished_on is not None or self.status == self.Status.DROPPED

    @property
    def state(self) -> "Task.State":
        return self.state_on(clock.today())

    def state_on(self, day: date) -> "Task.State":
        """The state as the plan's table shows it on a day. What has no day because its event has none is not late."""
        if self.status != self.Status.GOES_ON:
            return self.State(self.status)
        if self.finished_on:
            return self.State.DONE_LATE if self.due and self.finished_on > self.due else self.State.DONE
        if self.due is None or self.starts is None:
            return self.State.WAITS
        if self.due < day:
            return self.State.OVERDUE
        return self.State.UNDER_WAY if self.progress or self.starts <= day else self.State.NOT_STARTED
