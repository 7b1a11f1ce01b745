"""Who may do what with the congress, its plan and its catalogues, and why not."""

from django.utils.translation import gettext as _

from congress.models import Task
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
