"""Acts on the issues of the plan: laid before the head, approved and published, received by the units."""

from django.db import transaction
from django.db.models import F, Max
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from congress import letters, rules
from congress.models import Congress, IssueLine, PlanIssue, PlanReceipt, Task
from congress.queries import plan_mark
from core import audit, clock
from core.locks import lock
from core.models import User
from core.refusal import refuse_if
from units.hats import hats
from units.models import Unit


@transaction.atomic
def prepare_plan(*, actor: User | None, congress: Congress, document: str = "") -> PlanIssue:
    """Lay the plan as it stands before the head of the Department, to be approved and published."""
    current = lock(Congress, congress.pk)
    refuse_if(rules.why_not_prepare_plan(actor, current))
    last = current.plan_issues.aggregate(last=Max("number"))["last"] or 0
    issue = PlanIssue(congress=current, number=last + 1, document=document, prepared_by=actor)
    issue.full_clean()
    issue.save()
    letters.plan_prepared(issue)
    audit.record(actor, "plan.prepared", issue)
    return issue


@transaction.atomic
def publish_plan(*, actor: User | None, issue: PlanIssue, document: str = "", seen: str | None = None) -> PlanIssue:
    """Approve and publish an issue: its dates are the baseline from now on, and units see its tasks.

    `seen` is the mark of the plan that was read before approving; refused when it has changed since.
    """
    congress = lock(Congress, issue.congress_id)
    current = lock(PlanIssue, issue.pk)
    current.congress = congress
    refuse_if(rules.why_not_publish_plan(actor, current))
    tasks = list(congress.tasks.select_for_update(of=("self",), no_key=True).order_by("pk"))
    if seen is not None and plan_mark(tasks) != seen:
        refuse_if(_("The plan has been changed since you opened it: read it again, then approve it."))
    tasks = [task for task in tasks if task.status != Task.Status.DROPPED]
    now = clock.now()
    current.document = document or current.document
    current.approved_by, current.approved_at, current.published_at = actor, now, now
    current.full_clean()
    current.save(update_fields=["document", "approved_by", "approved_at", "published_at"])
    IssueLine.objects.bulk_create(
        IssueLine(issue=current, task=task, starts=task.starts, due=task.due) for task in tasks
    )
    congress.tasks.filter(pk__in=[task.pk for task in tasks]).update(
        baseline_starts=F("starts"),
        baseline_due=F("due"),
        published_at=Coalesce(F("published_at"), now),
        version=F("version") + 1,
    )
    letters.plan_published(current)
    audit.record(actor, "plan.published", current, tasks=len(tasks))
    return current


@transaction.atomic
def return_plan(*, actor: User | None, issue: PlanIssue, reason: str) -> None:
    """Take an issue that is not published back to be worked on; its number is given to the next."""
    current = lock(PlanIssue, issue.pk)
    refuse_if(rules.why_not_return_plan(actor, current))
    congress = current.congress
    current.delete()
    audit.record(actor, "plan.returned", congress, reason=reason)


@transaction.atomic
def receive_plan(*, actor: User, issue: PlanIssue) -> list[PlanReceipt]:
    """Say for the units that one acts for that they have received the plan. The first receipt of a unit stays."""
    current = lock(PlanIssue, issue.pk)
    refuse_if(rules.why_not_receive_plan(actor, current))
    made = []
    for unit in Unit.objects.filter(pk__in=hats(actor).unit_ids).order_by("pk"):
        receipt, first = PlanReceipt.objects.get_or_create(issue=current, unit=unit, defaults={"actor": actor})
        if first:
            made.append(receipt)
    for receipt in made:
        audit.record(actor, "plan.received", current, unit=receipt.unit.name)
    return made
