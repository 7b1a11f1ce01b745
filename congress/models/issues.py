"""The plan as it was approved and published: issue by issue, and which units have received each."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congress.models.editions import Congress
from congress.models.plan import Task
from core import clock
from core.fields import CleanCharField, DayField
from core.models import User
from units.hats import hats
from units.models import Unit


class PlanIssueQuerySet(models.QuerySet):
    def published(self) -> "PlanIssueQuerySet":
        return self.exclude(published_at=None)

    def visible_to(self, user: User) -> "PlanIssueQuerySet":
        """What waits for approval is the Department's alone."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if hats(user).department else self.published()


class PlanIssue(models.Model):
    """An issue of the plan: prepared by an officer, approved and published by the head of the Department."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="plan_issues")
    number = models.PositiveSmallIntegerField(_("number"))
    document = CleanCharField(_("number and day of the document"), max_length=200, blank=True)
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    prepared_at = models.DateTimeField(_("prepared at"), default=clock.now)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    objects = PlanIssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("issue of the plan")
        verbose_name_plural = _("issues of the plan")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "number"], name="plan_issue_numbered_once"),
            models.UniqueConstraint(
                fields=["congress"], condition=Q(published_at=None), name="one_plan_issue_waits_for_approval"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(approved_at__lte=F("published_at")),
                name="plan_issue_approved_before_published",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Plan, issue %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("congress:plan_issue", args=[self.congress.slug, self.pk])


class IssueLine(models.Model):
    """A task with its dates as they were approved; None where its event had no day then."""

    issue = models.ForeignKey(PlanIssue, models.CASCADE, related_name="lines")
    task = models.ForeignKey(Task, models.PROTECT, related_name="issue_lines")
    starts = DayField(_("starts"), null=True, blank=True)
    due = DayField(_("due"), null=True, blank=True)

    class Meta:
        ordering = ["task__phase__order", "task__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["issue", "task"], name="task_once_in_a_plan_issue")]

    def __str__(self) -> str:
        return f"{self.issue}: {self.task}"


class PlanReceipt(models.Model):
    """That a unit has received an issue of the plan: who said so, and when."""

    issue = models.ForeignKey(PlanIssue, models.CASCADE, related_name="receipts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="plan_receipts")
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["issue", "unit"], name="plan_received_once_by_a_unit")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.issue}"
