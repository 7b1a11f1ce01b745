"""Reads of the issues of the plan: what each says, what changed, which units have received it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress.models import Congress, PlanIssue, PlanReceipt, Task
from core.models import User
from core.vietnamese import short_date
from units.hats import hats
from units.models import Office, Unit


@dataclass(frozen=True)
class IssueRow:
    """A task as an issue has it, and what is new about it since the issue before."""

    task: Task
    starts: date | None
    due: date | None
    tone: str
    word: str


def issue_rows(issue: PlanIssue) -> list[IssueRow]:
    """The tasks of an issue in the plan's order: as approved, or as they stand while it waits for approval."""
    related = ("task__phase", "task__lead", "task__anchor_conference")
    before = issue.congress.plan_issues.published().filter(number__lt=issue.number).first()
    old = {line.task_id: (line.starts, line.due) for line in before.lines.all()} if before else {}
    if issue.published_at:
        current = [(line.task, line.starts, line.due) for line in issue.lines.select_related(*related)]
    else:
        tasks = issue.congress.tasks.exclude(status=Task.Status.DROPPED)
        found = tasks.select_related("phase", "lead", "anchor_conference")
        current = [(task, task.starts, task.due) for task in found]
    rows = []
    for task, starts, due in current:
        task.congress = issue.congress
        tone, word = _changed(old.get(task.pk), starts, due) if before else ("", "")
        rows.append(IssueRow(task, starts, due, tone, word))
    return rows


def _changed(old: tuple | None, starts: date | None, due: date | None) -> tuple[str, str]:
    """What is new about a task since the issue before; empty where nothing is."""
    if old is None:
        return "gold", _("new")
    if old == (starts, due):
        return "", ""
    if not due:
        return "warn", _("its event has no day now")
    if not old[1]:
        return "wait", _("has a day now")
    days = (due - old[1]).days
    if days > 0:
        return "warn", ngettext("%(days)s day later", "%(days)s days later", days) % {"days": days}
    if days < 0:
        return "ok", ngettext("%(days)s day earlier", "%(days)s days earlier", -days) % {"days": -days}
    return "wait", _("starts on another day: before, on %(day)s") % {"day": short_date(old[0])}


@dataclass(frozen=True)
class ReceiptLine:
    """A unit, and its receipt where it has given one; `people` is who could: its heads and clerks of this day."""

    unit: Unit
    receipt: PlanReceipt | None
    people: list[User]


def receipts(issue: PlanIssue, on: date) -> list[ReceiptLine]:
    """Every active unit, and units that were active when they received the issue; three queries."""
    given = {receipt.unit_id: receipt for receipt in issue.receipts.select_related("actor")}
    offices = Office.objects.on(on).filter(role__in=Office.OF_A_UNIT, user__is_active=True).select_related("user")
    units = Unit.objects.filter(pk__in=given) | Unit.objects.active()
    return [
        ReceiptLine(unit, given.get(unit.pk), [office.user for office in unit.in_office])
        for unit in units.prefetch_related(Prefetch("offices", offices, to_attr="in_office"))
    ]


@dataclass(frozen=True)
class PlanStanding:
    """Where the plan stands for a person: its latest issue, what waits for approval, who has received it."""

    latest: PlanIssue | None
    waiting: PlanIssue | None
    received: int
    units: int
    own: list[PlanReceipt]
    missing: bool  # whether one of the person's units has yet to say that it received the latest issue


def plan_standing(congress: Congress, user: User) -> PlanStanding:
    """Two queries, one before anything was published."""
    at_work = Unit.objects.active().order_by().values("is_active").annotate(number=Count("*")).values("number")
    rows = congress.plan_issues.visible_to(user).select_related("approved_by", "prepared_by")
    issues: list[Any] = [_of(congress, issue) for issue in rows.annotate(units_at_work=Subquery(at_work))]
    latest = next((issue for issue in issues if issue.published_at), None)
    waiting = next((issue for issue in issues if not issue.published_at), None)
    mine, department = hats(user).unit_ids, hats(user).department
    given: list[PlanReceipt] = []
    if latest and (mine or department):
        receipts = latest.receipts.select_related("unit", "actor")
        given = list(receipts if department else receipts.filter(unit__in=mine))
    own = [receipt for receipt in given if receipt.unit_id in mine]
    units = latest.units_at_work or 0 if latest and department else 0
    received = sum(receipt.unit.is_active for receipt in given)
    return PlanStanding(latest, waiting, received, units, own, bool(latest and len(own) < len(mine)))


def _of(congress: Congress, issue: PlanIssue) -> PlanIssue:
    issue.congress = congress
    return issue
