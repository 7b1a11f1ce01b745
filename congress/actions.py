"""The only place that writes a congress: its facts, tasks, conferences, programme, and the catalogue of awards.

`actor` None is the portal itself, at work in a command on its own server.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from congress import rules
from congress.models import (
    AwardType,
    Conference,
    ConferenceUnit,
    Congress,
    LegalBasis,
    Movement,
    Phase,
    ProgrammeItem,
    Task,
)
from core import audit, clock, versions
from core.locks import lock
from core.models import User
from core.refusal import refuse_if
from core.vietnamese import short_date
from units.models import Unit

# ---- The congress and its catalogues ----


def _add(actor: User | None, row: models.Model, verb: str) -> None:
    """Save a new row of the Department's, checked, with its entry. Raises Refused and ValidationError."""
    refuse_if(rules.why_not_keep_plan(actor))
    row.full_clean()
    row.save()
    audit.record(actor, verb, row)


def _edit(actor: User | None, row: models.Model, fields: dict[str, Any], verb: str) -> models.Model:
    """Change a row of the Department's that carries no version."""
    current = lock(type(row), row.pk)
    refuse_if(rules.why_not_keep_plan(actor))
    changes = versions.apply(current, fields)
    if changes:
        current.full_clean()
        current.save()
        audit.record(actor, verb, current, changes=changes)
    return current


@transaction.atomic
def add_congress(*, actor: User | None, **fields: Any) -> Congress:
    """Set up an edition."""
    congress = Congress(**fields)
    _add(actor, congress, "congress.added")
    return congress


@transaction.atomic
def edit_congress(*, actor: User | None, congress: Congress, version: int, **fields: Any) -> Congress:
    """Change the facts of an edition. Raises Stale when somebody has changed them since `version` was read."""
    current = lock(Congress, congress.pk)
    refuse_if(rules.why_not_keep_plan(actor))
    versions.check(current, version, fields)
    changes = versions.apply(current, fields)
    if changes:
        current.full_clean()
        versions.save(current, [*fields])
        audit.record(actor, "congress.changed", current, changes=changes)
    return current


@transaction.atomic
def add_legal_basis(*, actor: User | None, congress: Congress, **fields: Any) -> LegalBasis:
    """Add a paper that the congress rests on."""
    basis = LegalBasis(congress=congress, **fields)
    _add(actor, basis, "legal_basis.added")
    return basis


@transaction.atomic
def edit_legal_basis(*, actor: User | None, basis: LegalBasis, **fields: Any) -> LegalBasis:
    """Change a paper that the congress rests on."""
    current = _edit(actor, basis, fields, "legal_basis.changed")
    assert isinstance(current, LegalBasis)  # noqa: S101 for the type checker
    return current


@transaction.atomic
def add_movement(*, actor: User | None, congress: Congress, **fields: Any) -> Movement:
    """Add an emulation movement."""
    movement = Movement(congress=congress, **fields)
    _add(actor, movement, "movement.added")
    return movement


@transaction.atomic
def edit_movement(*, actor: User | None, movement: Movement, **fields: Any) -> Movement:
    """Change an emulation movement."""
    current = _edit(actor, movement, fields, "movement.changed")
    assert isinstance(current, Movement)  # noqa: S101 for the type checker
    return current


@transaction.atomic
def add_phase(*, actor: User | None, congress: Congress, **fields: Any) -> Phase:
    """Add a part of the plan."""
    phase = Phase(congress=congress, **fields)
    _add(actor, phase, "phase.added")
    return phase


@transaction.atomic
def edit_phase(*, actor: User | None, phase: Phase, **fields: Any) -> Phase:
    """Change a part of the plan: its names, its place."""
    current = _edit(actor, phase, fields, "phase.changed")
    assert isinstance(current, Phase)  # noqa: S101 for the type checker
    return current


@transaction.atomic
def add_award(*, actor: User | None, **fields: Any) -> AwardType:
    """Add an award to the catalogue."""
    award = AwardType(**fields)
    _add(actor, award, "award.added")
    return award


@transaction.atomic
def edit_award(*, actor: User | None, award: AwardType, **fields: Any) -> AwardType:
    """Change an award of the catalogue: its names, rank or the dates it is given between."""
    current = _edit(actor, award, fields, "award.changed")
    assert isinstance(current, AwardType)  # noqa: S101 for the type checker
    return current


# ---- Tasks ----


@transaction.atomic
def add_task(*, actor: User | None, congress: Congress, cooperating: Iterable[Unit] = (), **fields: Any) -> Task:
    """Add a task to the plan; it comes last unless `order` says otherwise."""
    fields.setdefault("order", (congress.tasks.aggregate(last=Max("order"))["last"] or 0) + 1)
    task = Task(congress=congress, **fields)
    _add(actor, task, "task.added")
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


# ---- Conferences ----


@transaction.atomic
def add_conference(*, actor: User | None, congress: Congress, units: Sequence[Unit], **fields: Any) -> Conference:
    """Add a grass-roots conference with its member units. Raises ValidationError for a unit that has another."""
    conference = Conference(congress=congress, **fields)
    _add(actor, conference, "conference.added")
    for unit in units:
        membership = ConferenceUnit(congress=congress, conference=conference, unit=unit)
        membership.full_clean()
        membership.save()
    return conference


@transaction.atomic
def move_member(*, actor: User | None, conference: Conference, unit: Unit) -> ConferenceUnit:
    """Let a unit belong to this conference instead of another: each unit has exactly one."""
    lock(Conference, conference.pk)
    refuse_if(rules.why_not_keep_plan(actor))
    membership = ConferenceUnit.objects.filter(congress=conference.congress, unit=unit).first()
    before = membership.conference.name if membership else ""
    if membership is None:
        membership = ConferenceUnit(congress=conference.congress, unit=unit)
    membership.conference = conference
    membership.save()
    audit.record(actor, "conference.member_moved", conference, changes={unit.name: [before, conference.name]})
    return membership


SCHEDULE = ("held_on", "session", "form", "place", "chair", "leader")


@transaction.atomic
def schedule_conference(*, actor: User | None, conference: Conference, version: int, **fields: Any) -> Conference:
    """Set day, half-day, form, place, chair and leader. A day outside the window is accepted and said."""
    current = lock(Conference, conference.pk)
    refuse_if(rules.why_not_schedule(actor, current))
    versions.check(current, version, fields)
    moved = fields.get("held_on", current.held_on) != current.held_on
    changes = versions.apply(current, fields)
    if moved:
        current.state = Conference.State.PLANNED
    if changes:
        current.full_clean()
        versions.save(current, [*fields, "state"])
        audit.record(actor, "conference.scheduled", current, changes=changes, outside_window=current.outside_window)
    return current


@transaction.atomic
def approve_conference(*, actor: User | None, conference: Conference) -> Conference:
    """The Department agrees to the day."""
    current = lock(Conference, conference.pk)
    refuse_if(rules.why_not_approve(actor, current))
    current.state = Conference.State.APPROVED
    versions.save(current, ["state"])
    audit.record(actor, "conference.approved", current)
    return current


@transaction.atomic
def postpone_conference(*, actor: User | None, conference: Conference, reason: str) -> Conference:
    """Postpone a conference; its day falls away until a new one is set."""
    current = lock(Conference, conference.pk)
    refuse_if(rules.why_not_postpone(actor, current))
    day = current.held_on
    current.state, current.held_on, current.session = Conference.State.POSTPONED, None, ""
    versions.save(current, ["state", "held_on", "session"])
    changes = {_("day"): [short_date(day), ""]} if day else None
    audit.record(actor, "conference.postponed", current, reason=reason, changes=changes)
    return current


REPORT = ("summoned", "attended", "women", "papers", "proposals")


@transaction.atomic
def report_conference(*, actor: User | None, conference: Conference, version: int, **fields: Any) -> Conference:
    """Report what came of a conference. The first report keeps its day when it is mended later."""
    current = lock(Conference, conference.pk)
    refuse_if(rules.why_not_report_conference(actor, current))
    versions.check(current, version, fields)
    changes = versions.apply(current, fields)
    current.state = Conference.State.REPORTED
    current.reported_on = current.reported_on or clock.today()
    current.full_clean()
    versions.save(current, [*fields, "state", "reported_on"])
    due = rules.report_due(current)
    audit.record(actor, "conference.reported", current, changes=changes, late=bool(due and current.reported_on > due))
    return current


# ---- Programme ----


@transaction.atomic
def add_programme_item(*, actor: User | None, congress: Congress, **fields: Any) -> ProgrammeItem:
    """Add a point to the programme; it comes last unless `order` says otherwise."""
    parent = fields.get("parent")
    last = congress.programme.filter(parent=parent).aggregate(last=Max("order"))["last"] or 0
    fields.setdefault("order", last + 1)
    item = ProgrammeItem(congress=congress, **fields)
    _add(actor, item, "programme.added")
    return item


@transaction.atomic
def edit_programme_item(*, actor: User | None, item: ProgrammeItem, version: int, **fields: Any) -> ProgrammeItem:
    """Change a point: its words, who does it, when it begins and how long it takes."""
    current = lock(ProgrammeItem, item.pk)
    refuse_if(rules.why_not_keep_plan(actor))
    versions.check(current, version, fields)
    changes = versions.apply(current, fields)
    if changes:
        current.full_clean()
        versions.save(current, [*fields])
        audit.record(actor, "programme.changed", current, changes=changes)
    return current


@transaction.atomic
def move_programme_item(*, actor: User | None, item: ProgrammeItem, up: bool) -> None:
    """Change places with the point before or after; the first and the last stay where they are."""
    lock(Congress, item.congress_id)
    refuse_if(rules.why_not_keep_plan(actor))
    row = list(ProgrammeItem.objects.filter(congress=item.congress, parent=item.parent).order_by("order", "pk"))
    place = row.index(item)
    other = place + (-1 if up else 1)
    if 0 <= other < len(row):
        row[place], row[other] = row[other], row[place]
    for order, each in enumerate(row, start=1):
        ProgrammeItem.objects.filter(pk=each.pk).exclude(order=order).update(order=order)
    audit.record(actor, "programme.moved", item, up=up)


@transaction.atomic
def remove_programme_item(*, actor: User | None, item: ProgrammeItem) -> None:
    """Take a point out of the programme, with the points within it."""
    current = lock(ProgrammeItem, item.pk)
    refuse_if(rules.why_not_remove(actor, current))
    audit.record(actor, "programme.removed", current)
    current.delete()


@transaction.atomic
def publish_programme(*, actor: User | None, congress: Congress, publish: bool) -> Congress:
    """Let everybody read the programme without signing in, or take it back."""
    current = lock(Congress, congress.pk)
    refuse_if(rules.why_not_publish(actor, current) if publish else rules.why_not_keep_plan(actor))
    current.programme_published_at = clock.now() if publish else None
    versions.save(current, ["programme_published_at"])
    audit.record(actor, "programme.published" if publish else "programme.withdrawn", current)
    return current


@dataclass(frozen=True)
class Report:
    """A showcase report as it stands in the programme."""

    name_vi: str
    presenter: str
    name_en: str = ""
    minutes: int = 10


@transaction.atomic
def set_showcase_reports(*, actor: User | None, congress: Congress, reports: Sequence[Report]) -> list[ProgrammeItem]:
    """Write the Council's choice into the programme, in this order, in place of what stood there.

    The rule lies above, with the Council's result. Raises LookupError when no point of the programme holds reports.
    """
    lock(Congress, congress.pk)
    place = congress.programme.filter(holds_reports=True).first()
    if place is None:
        raise LookupError("No item of the programme holds the showcase reports.")
    place.parts.all().delete()
    made = [
        ProgrammeItem.objects.create(
            congress=congress,
            parent=place,
            order=order,
            name_vi=report.name_vi,
            name_en=report.name_en,
            presenter=report.presenter,
            minutes=report.minutes,
        )
        for order, report in enumerate(reports, start=1)
    ]
    audit.record(actor, "programme.reports_set", congress, reports=[report.name_vi for report in reports])
    return made
