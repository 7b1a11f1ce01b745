"""Reads of the plan."""

from django.utils.translation import gettext as _

from congress.models import Task
from core import clock
from core.vietnamese import short_date

TASK_TONES = {
    Task.State.NOT_STARTED: "neutral",
    Task.State.UNDER_WAY: "wait",
    Task.State.DONE: "ok",
    Task.State.DONE_LATE: "warn",
    Task.State.OVERDUE: "late",
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
    words = {"unit": task.lead.name, "day": short_date(task.starts)}
    if task.starts > clock.today():
        return _("%(unit)s begins on %(day)s") % words
    return _("Waits on %(unit)s since %(day)s") % words
