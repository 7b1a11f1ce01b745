"""Reads of the plan."""

from collections.abc import Iterable
from hashlib import sha256

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress.models import Congress, Task
from core import clock
from core.vietnamese import short_date

TASK_TONES = {
    Task.State.NOT_STARTED: "neutral",
    Task.State.UNDER_WAY: "wait",
    Task.State.DONE: "ok",
    Task.State.DONE_LATE: "warn",
    Task.State.OVERDUE: "late",
    Task.State.WAITS: "neutral",
    Task.State.PAUSED: "locked",
    Task.State.DROPPED: "locked",
}


def task_tone(task: Task) -> str:
    """The tone of a task's state, as `{% status %}` takes it."""
    return TASK_TONES[task.state]


def waits_on(task: Task) -> str:
    """Who has the next step with a task and since when; nothing for a task that is over."""
    if task.state in (Task.State.DONE, Task.State.DONE_LATE, Task.State.DROPPED):
        return ""
    if task.due is None or task.starts is None:
        return _("Waits for the day of “%(event)s”") % {"event": task.event}
    words = {"unit": task.lead.name, "day": short_date(task.starts)}
    if task.starts > clock.today():
        return _("%(unit)s begins on %(day)s") % words
    return _("Waits on %(unit)s since %(day)s") % words


def drift_words(task: Task) -> str:
    """'Chậm 12 ngày so với kế hoạch đã duyệt'; nothing where it is due as approved."""
    days = task.drift
    if not days:
        return ""
    if days > 0:
        return ngettext("%(days)s day after the approved plan", "%(days)s days after the approved plan", days) % {
            "days": days
        }
    return ngettext("%(days)s day before the approved plan", "%(days)s days before the approved plan", -days) % {
        "days": -days
    }


def plan_mark(tasks: Iterable[Task]) -> str:
    """A short text that is the same for the same plan: what was read is what is approved."""
    return sha256(repr(sorted((task.pk, task.version) for task in tasks)).encode()).hexdigest()[:16]


def unfinished(congress: Congress) -> QuerySet[Task]:
    """The tasks of a congress that go on, or wait; not those that were dropped."""
    return congress.tasks.filter(finished_on=None).exclude(status=Task.Status.DROPPED).order_by("pk")
