"""Acts on editions as a whole: the next one from the one before, and which is the current one."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import models, transaction

from congress import rules
from congress.actions.conferences import add_conference
from congress.actions.editions import add_congress, add_movement
from congress.actions.plan import add_phase, add_task
from congress.actions.programme import add_programme_item
from congress.models import Conference, Congress, Task
from congress.next_edition import Step, months_between
from core import audit, clock, versions
from core.models import User
from core.refusal import refuse_if
from units.models import Unit

# What the rooms above carry over: each is called as `carry(actor=…, old=…, new=…)`, in the same transaction.
followers: list[Callable[..., None]] = []

# Fields of the edition before that the next one does not take over: its own, given anew, or agreed later.
OWN = {"id", "version", "slug", "ordinal", "name_vi", "name_en", "is_current", "period_from", "period_to"}
AGREED_LATER = {"held_on", "starts_at", "venue"}


def _rules(congress: Congress, step: Step) -> dict[str, Any]:
    """What holds of the edition before and goes on: names, numbers, settings; days moved. Moments are over."""
    fields = [field for field in Congress._meta.concrete_fields if not isinstance(field, models.DateTimeField)]
    names = [field.name for field in fields if field.name not in OWN | AGREED_LATER]
    kept = {name: getattr(congress, name) for name in names}
    return {name: step.day(value) if isinstance(value, date) else value for name, value in kept.items()}


@transaction.atomic
def copy_congress(*, actor: User | None, congress: Congress, **fields: Any) -> Congress:
    """Set up the next edition after this one: its phases, tasks, conferences, programme, movements and rules.

    `fields` are what the new one is called, its ordinal, its period, its size and `congress_from`; all dates move by as
    many months as that one does. Nothing personal comes along: no people, no results, no day that was agreed, no
    papers of the old plan. The copy is not the current edition yet.
    """
    refuse_if(rules.why_not_copy(actor))
    months = months_between(congress.congress_from, fields["congress_from"])
    step = Step(months, congress.ordinal, fields["ordinal"])
    made = add_congress(actor=actor, **_rules(congress, step) | fields)
    for movement in congress.movements.all():
        add_movement(actor=actor, congress=made, order=movement.order, **_names(movement, step))
    _tasks(actor, congress, made, step, _conferences(actor, congress, made))
    for item in congress.programme.filter(parent=None):
        add_programme_item(
            actor=actor,
            congress=made,
            order=item.order,
            minutes=item.minutes,
            holds_reports=item.holds_reports,
            **_names(item, step),
        )
    for carry in followers:
        carry(actor=actor, old=congress, new=made)
    audit.record(actor, "congress.copied", made, source=congress.name_vi)
    return made


def _names(row: Any, step: Step) -> dict[str, Any]:
    return {name: step.words(getattr(row, name)) for name in ("name_vi", "name_en")}


def _tasks(actor: User | None, old: Congress, new: Congress, step: Step, conferences: Mapping[int, Conference]) -> None:
    phases = {
        phase.pk: add_phase(actor=actor, congress=new, code=phase.code, order=phase.order, **_names(phase, step))
        for phase in old.phases.all()
    }
    made: dict[int, Task] = {}
    tasks = list(old.tasks.select_related("lead").prefetch_related("cooperating", "needs"))
    for task in tasks:
        made[task.pk] = add_task(
            actor=actor,
            congress=new,
            order=task.order,
            phase=phases[task.phase_id],
            lead=task.lead.as_of(clock.today()),
            cooperating={unit for one in task.cooperating.all() if (unit := one.as_of(clock.today())).is_active},
            **_time(task, step, conferences) | _names(task, step),
            tentative=True,
            product=step.words(task.product),
        )
    for task in tasks:
        made[task.pk].needs.set(made[need.pk] for need in task.needs.all())


def _time(task: Task, step: Step, conferences: Mapping[int, Conference]) -> dict[str, Any]:
    """Its days, as many months later; what follows an event follows the new one, where there is one."""
    conference = conferences.get(task.anchor_conference_id or 0)
    if task.anchor and (conference or task.anchor == Task.Anchor.CONGRESS):
        tied = {name: getattr(task, name) for name in ("anchor", "offset_days", "length_days")}
        return {**tied, "anchor_conference": conference}
    starts, due = task.starts or task.congress.conferences_until, task.due or task.congress.conferences_until
    return {"starts": step.day(starts), "due": step.day(due)}


def _conferences(actor: User | None, old: Congress, new: Congress) -> dict[int, Conference]:
    """The same hosts, with those of their units that are still at work; days, places and people are for the hosts.

    What was made, by the key of the old one.
    """
    made: dict[int, Conference] = {}
    for conference in old.conferences.select_related("host_unit", "host_block").order_by("order", "pk"):
        if conference.host_unit and not conference.host_unit.is_active:
            continue
        units: list[Unit] = list(conference.units.filter(is_active=True))
        made[conference.pk] = add_conference(
            actor=actor,
            congress=new,
            units=units,
            order=conference.order,
            name_vi=conference.name_vi,
            name_en=conference.name_en,
            host_unit=conference.host_unit,
            host_block=conference.host_block,
            form=conference.form,
        )
    return made


@transaction.atomic
def make_current(*, actor: User | None, congress: Congress) -> Congress:
    """Let the portal open with this edition."""
    editions = Congress.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    current = next(edition for edition in editions if edition.pk == congress.pk)
    refuse_if(rules.why_not_make_current(actor, current))
    for edition in editions:
        if edition.is_current:
            edition.is_current = False
            versions.save(edition, ["is_current"])
    current.is_current = True
    versions.save(current, ["is_current"])
    audit.record(actor, "congress.made_current", current)
    return current
