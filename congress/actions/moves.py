"""Acts that move the dates of tasks; every move keeps from, to, reason, document and actor (dossier 4.11-10)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from congress import letters, rules, schedule
from congress.models import Conference, Congress, DateMove, Task
from congress.queries import schedule as plan_schedule
from congress.schedule import Outcome, Shift
from core import audit, versions
from core.locks import lock
from core.models import User
from core.refusal import refuse_if
from core.vietnamese import short_date


@transaction.atomic
def move_task(
    *,
    actor: User | None,
    task: Task,
    version: int,
    starts: date,
    due: date,
    reason: str,
    document: str,
    seen: str | None = None,
) -> Task:
    """Move the dates of a published task, and with it every later date that must move.

    `seen` is the mark of the preview that was agreed to. Raises Stale when somebody has moved one of them since.
    A task that follows an event keeps following it, at its new distance.
    """
    congress = lock(Congress, task.congress_id)
    current = lock(Task, task.pk)
    current.congress = congress
    refuse_if(rules.why_not_move_task(actor, current))
    versions.check(current, version, ("starts", "due"))
    found = plan_schedule.move(current, starts, due)
    if seen is not None and schedule.mark(found) != seen:
        raise versions.Stale(current, ("starts", "due"))
    refuse_if(None if found.shifts else _("These are the dates that the task has already."))
    _carry_out(actor, congress, found, reason, document)
    return Task.objects.get(pk=task.pk)


@transaction.atomic
def follow_event(
    *,
    actor: User | None,
    event: Conference | Congress,
    reason: str = "",
    document: str = "",
    because_of: DateMove | None = None,
) -> list[DateMove]:
    """Let the tasks that follow a conference or the congress follow it to its new day, with all that needs them.

    Called by the act that has moved the event, in its transaction. Without a day of the event they have none either.
    What was finished or dropped stays as it was. `because_of` is the event's own move, where it has one.
    """
    congress = lock(Congress, event.pk if isinstance(event, Congress) else event.congress_id)
    found = plan_schedule.after_event(congress, event)
    if event.held_on:
        words = _("Follows “%(event)s” to %(day)s.") % {"event": event, "day": short_date(event.held_on)}
    else:
        words = _("“%(event)s” has no day now.") % {"event": event}
    return _carry_out(actor, congress, found, reason or words, document, because_of)


def _carry_out(
    actor: User | None,
    congress: Congress,
    found: Outcome,
    reason: str,
    document: str,
    because_of: DateMove | None = None,
) -> list[DateMove]:
    """Write what was found: the dates, a move of each, an entry for each, and a letter to the units."""
    keys = [shift.job.key for shift in found.shifts]
    rows = Task.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    tasks = {task.pk: task for task in rows}
    moves: dict[int, DateMove] = {}
    told: list[tuple[Task, dict[str, list[str]]]] = []
    for shift in found.shifts:
        task = tasks[shift.job.key]
        task.congress = congress
        if (task.starts, task.due) != (shift.job.starts, shift.job.due):
            raise versions.Stale(task, ("starts", "due"))
        changes = _set(task, shift)
        versions.save(task, [*Task.DATES])
        moves[task.pk] = DateMove.objects.create(
            congress=congress,
            task=task,
            because_of=moves[shift.because_of] if shift.because_of else because_of,
            old_from=shift.job.starts,
            old_until=shift.job.due,
            new_from=shift.starts,
            new_until=shift.due,
            reason=reason,
            document=document,
            actor=actor,
        )
        told.append((task, changes))
    if moves:
        letters.dates_moved(congress, list(moves.values()))
    for task, changes in told:
        audit.record(actor, "task.moved", task, reason=reason, changes=changes, document=document)
    return list(moves.values())


def _set(task: Task, shift: Shift) -> dict[str, list[str]]:
    """The new dates of a task; one that is moved by itself away from its event stays tied at the new distance."""
    changes = versions.apply(task, {"starts": shift.starts, "due": shift.due})
    event = task.event
    if event and event.held_on and shift.starts and shift.due:
        length, offset = schedule.length(shift.starts, shift.due), (shift.due - event.held_on).days
        if (task.length_days, task.offset_days) != (length, offset):
            changes |= versions.apply(task, {"length_days": length, "offset_days": offset})
    return changes
