"""The programme with its times."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from congress.models import Congress, ProgrammeItem


@dataclass
class Point:
    """A point of the programme with its times, as far as they follow from what is known."""

    item: ProgrammeItem
    starts: time | None = None
    ends: time | None = None
    parts: list["Point"] = field(default_factory=list)


def timetable(congress: Congress) -> list[Point]:
    """The programme in order, each point beginning when the one before it ends; one query.

    A point may set its own beginning; a point without minutes takes those of its parts.
    """
    items = list(congress.programme.order_by("order", "pk"))
    points = [Point(item) for item in items if item.parent_id is None]
    by_item = {point.item.pk: point for point in points}
    for item in items:
        item.congress = congress
        if item.parent_id in by_item:
            by_item[item.parent_id].parts.append(Point(item))
    now = congress.starts_at
    for point in points:
        now = point.item.starts_at or now
        point.starts = now
        minutes = point.item.minutes or sum(part.item.minutes or 0 for part in point.parts)
        inside = now
        for part in point.parts:
            part.starts = inside
            inside = part.ends = _later(inside, part.item.minutes)
        now = point.ends = _later(now, minutes or None)
    return points


def _later(start: time | None, minutes: int | None) -> time | None:
    """The time some minutes later; unknown when either is."""
    if start is None or minutes is None:
        return None
    return (datetime.combine(date.min, start) + timedelta(minutes=minutes)).time()
