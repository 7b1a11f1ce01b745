"""Who may do what with the congress, its plan and its catalogues, and why not."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from congress import schedule
from congress.models import Congress, PlanIssue, Task
from core.models import User
from core.refusal import Denial
from units.hats import hats


def of_the_department(actor: User | None) -> bool:
    """Whether it is the Department that acts, or the portal itself."""
    return actor is None or hats(actor).department


def why_not_keep_plan(actor: User | None) -> str | None:
    """The congress, its plan, programme and catalogues are the Department's."""
    if of_the_department(actor):
        return None
    return Denial(_("The plan is kept by the Department: call it when something here is not right."))


def why_not_report_task(actor: User | None, task: Task) -> str | None:
    """The lead unit reports its task; so does the Department. A task that was dropped is over."""
    if not of_the_department(actor) and task.lead_id not in hats(actor).unit_ids:  # type: ignore[arg-type]
        return Denial(_("Progress is reported by the lead unit, %(unit)s.") % {"unit": task.lead})
    if task.status == Task.Status.DROPPED:
        return _("This task was dropped: the Department can take it up again.")
    return None


def why_not_set_dates(task: Task) -> str | None:
    """Until a task is published its dates are set like its other facts; from then on they are moved."""
    if task.published_at:
        return _("The dates of a published task are moved on a page of their own, with reason and document.")
    return None


def why_not_move_task(actor: User | None, task: Task) -> str | None:
    """The Department moves the dates of a published task that is not over and has dates."""
    if reason := why_not_keep_plan(actor):
        return reason
    if not task.published_at:
        return _("This task is not published yet: change its dates where the task is edited.")
    if task.is_over:
        return _("This task is over: its dates are history.")
    if not task.due:
        return _("This task has no days: it waits for the day of “%(event)s”.") % {"event": task.event}
    return None


def why_not_need(task: Task, needs: Iterable[Task]) -> str | None:
    """Nothing waits for itself, over however many others."""
    known = {one.pk: one for one in task.congress.tasks.prefetch_related("needs")}
    edges = {pk: {need.pk for need in one.needs.all()} for pk, one in known.items()}
    edges[task.pk] = {need.pk for need in needs}
    if edges[task.pk] - known.keys():
        return _("What must be done before is chosen among the tasks of the same plan.")
    if found := schedule.circle(edges, task.pk):
        path = " → ".join(f"“{known[pk]}”" for pk in found)
        return _("These tasks would wait for each other in a circle: %(path)s.") % {"path": path}
    return None


def why_not_prepare_plan(actor: User | None, congress: Congress) -> str | None:
    """The Department lays one issue of the plan at a time before its head."""
    if reason := why_not_keep_plan(actor):
        return reason
    if congress.plan_issues.filter(published_at=None).exists():
        return _("An issue of the plan waits for approval already.")
    if not congress.tasks.exclude(status=Task.Status.DROPPED).exists():
        return _("The plan has no tasks yet.")
    return None


def why_not_publish_plan(actor: User | None, issue: PlanIssue) -> str | None:
    """The head of the Department approves and publishes what was laid before them, once."""
    if actor is not None and not hats(actor).department_head:
        return Denial(_("The plan is approved and published by the head of the Department."))
    if issue.published_at:
        return _("This issue of the plan is published already.")
    return None


def why_not_return_plan(actor: User | None, issue: PlanIssue) -> str | None:
    """What is not published yet may go back to be worked on."""
    if reason := why_not_keep_plan(actor):
        return reason
    if issue.published_at:
        return _("This issue is published: changes to it are a new issue.")
    return None


def why_not_receive_plan(actor: User | None, issue: PlanIssue) -> str | None:
    """Head or clerk of a unit says that it has received the latest published issue."""
    if actor is None or not hats(actor).unit_ids:
        return Denial(_("That the plan was received is said by the head or the clerk of a unit."))
    if not issue.published_at:
        return _("This issue of the plan is not published yet.")
    if issue.congress.plan_issues.published().filter(number__gt=issue.number).exists():
        return _("A later issue of the plan has been published: receive that one.")
    return None
