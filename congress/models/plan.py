"""The plan of a congress: its phases and its tasks."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.models.editions import Congress
from core import clock
from core.bilingual import Bilingual
from core.fields import CleanCharField, CleanTextField, DayField, FoldedField, Keyed
from core.versions import Versioned
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
    starts = DayField(_("starts"))
    due = DayField(_("due"))
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
