"""Acts on the programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from congress import rules
from congress.actions.rows import add_row
from congress.models import (
    Congress,
    ProgrammeItem,
)
from core import audit, clock, versions
from core.locks import lock
from core.models import User
from core.refusal import refuse_if


@transaction.atomic
def add_programme_item(*, actor: User | None, congress: Congress, **fields: Any) -> ProgrammeItem:
    """Add a point to the programme; it comes last unless `order` says otherwise."""
    parent = fields.get("parent")
    last = congress.programme.filter(parent=parent).aggregate(last=Max("order"))["last"] or 0
    fields.setdefault("order", last + 1)
    item = ProgrammeItem(congress=congress, **fields)
    add_row(actor=actor, row=item, verb="programme.added")
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
