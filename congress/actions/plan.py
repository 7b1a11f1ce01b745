"""Acts on the plan: its phases and its tasks."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from congress import rules
from congress.actions.rows import add_row, edit_row
from congress.models import (
    Congress,
    Phase,
    Task,
)
from core import audit, clock, versions
from core.locks import lock
from core.models import User
from core.refusal import refuse_if
from units.models import Unit


@transaction.atomic
def add_phase(*, actor: User | None, congress: Congress, **fields: Any) -> Phase:
    """Add a part of the plan."""
    phase = Phase(congress=congress, **fields)
    add_row(actor=actor, row=phase, verb="phase.added")
    return phase


@transaction.atomic
def edit_phase(*, actor: User | None, phase: Phase, **fields: Any) -> Phase:
    """Change a part of the plan: its names, its place."""
    current = edit_row(actor=actor, row=phase, fields=fields, verb="phase.changed")
    assert isinstance(current, Phase)  # noqa: S101 for the type checker
    return current


@transaction.atomic
def add_task(*, actor: User | None, congress: Congress, cooperating: Iterable[Unit] = (), **fields: Any) -> Task:
    """Add a task to the plan; it comes last unless `order` says otherwise."""
    fields.setdefault("order", (congress.tasks.aggregate(last=Max("order"))["last"] or 0) + 1)
    task = Task(congress=congress, **fields)
    add_row(actor=actor, row=task, verb="task.added")
    task.cooperating.set(cooperating)
    return task


@transaction.atomic
def edit_task(
    *, actor: User | None, task: Task, version: int, cooperating: Iterable[Unit] | None = None, **fields: Any
) -> Task:
    """Change what a task is, who leads it and when it is due."""
    current = lock(Task, task.pk)
    refuse_if(rules.why_not_keep_plan(actor))
    versions.check(current, version, fields)
    changes = versions.apply(current, fields)
    if cooperating is not None:
        before = [str(unit) for unit in current.cooperating.all()]
        current.cooperating.set(cooperating)
        after = [str(unit) for unit in current.cooperating.all()]
        if before != after:
            changes[_("cooperating units")] = [", ".join(before), ", ".join(after)]
    if changes:
        current.full_clean()
        versions.save(current, [*fields])
        audit.record(actor, "task.changed", current, changes=changes)
    return current


@transaction.atomic
def report_task(
    *, actor: User | None, task: Task, version: int, progress: int, finished: bool, difficulty: str, status: str
) -> Task:
    """Report how far a task is (0–100 %), whether it is finished, and what stands in its way."""
    current = lock(Task, task.pk)
    refuse_if(rules.why_not_report_task(actor, current))
    finished_on = (current.finished_on or clock.today()) if finished else None
    fields = {
        "progress": 100 if finished else progress,
        "finished_on": finished_on,
        "difficulty": difficulty,
        "status": status,
    }
    versions.check(current, version, fields)
    changes = versions.apply(current, fields)
    if changes:
        current.full_clean()
        versions.save(current, [*fields])
        audit.record(actor, "task.reported", current, changes=changes)
    return current
