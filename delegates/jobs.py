"""Looking at a sent list: at once, or by the worker where it is long."""

from django.utils.translation import gettext as _

from core import clock, jobs
from core.models import Job, User
from core.refusal import Refused, refuse_if
from delegates import actions, rules
from delegates.models import SentList
from delegates.queries import imports as queries
from documents.workbook import Unreadable

KIND = "delegates.look_at_list"
AT_ONCE = 1000  # rows; more are the worker's


def look_at(actor: User, sent: SentList, tick: queries.Tick = queries.untold) -> SentList:
    """Read a list and keep its preview; `tick(done, total)` is told how far it is. Raises `Refused`."""
    refuse_if(rules.why_not_change_sent(actor, sent))
    try:
        reading, comparison = queries.read_list(actor, sent, tick)
    except Unreadable as fault:
        raise Refused(fault.reason) from None
    return actions.keep_preview(actor=actor, sent=sent, reading=reading, comparison=comparison)


def look_later(actor: User, sent: SentList) -> Job:
    """The job that looks at a list; where one is under way, that one."""
    under_way = Job.objects.filter(actor=actor, kind=KIND, ended_at=None, params__list=sent.pk).first()
    title = _("Looking at the list %(name)s") % {"name": sent.name}
    return under_way or jobs.start(actor=actor, kind=KIND, title=title, params={"list": sent.pk})


@jobs.register(KIND)
def look(progress: jobs.Progress) -> jobs.Result:
    """Look at one list; params: list."""
    sent = (
        SentList.objects.visible_to(progress.actor).select_related("congress", "unit").get(pk=progress.params["list"])
    )
    with clock.read_once():
        looked_at = look_at(progress.actor, sent, progress)
    return jobs.Result(url=looked_at.get_absolute_url())
