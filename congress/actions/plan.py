"""Acts on the plan: its phases and its tasks."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max

from congress import rules, schedule
from congress.actions.rows import add_row, edit_row
from congress.models import Conference, Congress, Phase, Task
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
def add_task(
    *,
    actor: User | None,
    congress: Congress,
    cooperating: Iterable[Unit] = (),
    needs: Iterable[Task] = (),
    **fields: Any,
) -> Task:
    """Add a task to the plan; it comes last unless `order` says otherwise. One that follows an event has its dates."""
    congress = lock(Congress, congress.pk)
    fields.setdefault("order", (congress.tasks.aggregate(last=Max("order"))["last"] or 0) + 1)
    task = Task(congress=congress, **fields)
    _follow(task)
    add_row(actor=actor, row=task, verb="task.added")
    task.cooperating.set(cooperating)
    needs = list(needs)
    refuse_if(rules.why_not_need(task, needs) if needs else None)
    task.needs.set(needs)
    return task


@transaction.atomic
def edit_task(
    *,
    actor: User | None,
    task: Task,
    version: int,
    cooperating: Iterable[Unit] | None = None,
    needs: Iterable[Task] | None = None,
    **fields: Any,
) -> Task:
    """Change what a task is, who leads it, and, until it is published, when it is due."""
    congress = lock(Congress, task.congress_id)
    current = lock(Task, task.pk)
    current.congress = congress
    refuse_if(rules.why_not_keep_plan(actor))
    versions.check(current, version, fields)
    changes = versions.apply(current, fields)
    if not current.published_at:
        _follow(current)
        fields = {**fields, "starts": current.starts, "due": current.due}
    elif fields.keys() & set(Task.DATES):
        refuse_if(rules.why_not_set_dates(current))
    for name, rows in (("cooperating", cooperating), ("needs", needs)):
        if rows is not None:
            changes |= _set_many(current, name, list(rows))
    if changes:
        current.full_clean()
        versions.save(current, [*fields])
        audit.record(actor, "task.changed", current, changes=changes)
    return current


def _follow(task: Task) -> None:
    """The dates of a task that follows an event; full_clean says what is missing where it does not say enough.

    The event is read anew: behind the lock on its congress it either has its new day, or takes this task along to it.
    """
    if task.anchor:
        task.starts = task.due = None
    event = task.event
    if isinstance(event, Conference):
        event.refresh_from_db(fields=["held_on"])
    if event and task.offset_days is not None and task.length_days:
        task.starts, task.due = schedule.follow(event.held_on, task.offset_days, task.length_days)


def _set_many(task: Task, name: str, rows: list) -> dict[str, list[str]]:
    """Set the units or the tasks that belong to a task; what changed, for the trail."""
    if name == "needs":
        refuse_if(rules.why_not_need(task, rows))
    kept = getattr(task, name)
    before = [str(row) for row in kept.all()]
    kept.set(rows)
    after = [str(row) for row in kept.all()]
    field: Any = task._meta.get_field(name)
    label = str(field.verbose_name)
    return {label: ["; ".join(before), "; ".join(after)]} if before != after else {}


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
