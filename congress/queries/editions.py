"""What an edition hands on to the next."""

from dataclasses import dataclass
from datetime import date

from congress.models import Congress
from congress.next_edition import Step, months_between


@dataclass(frozen=True)
class Carried:
    """A task as the next edition proposes it."""

    name: str
    phase: str
    starts: date | None  # none for what follows an event: the next one has no day yet
    due: date | None


def what_comes_along(congress: Congress, congress_from: date, ordinal: int) -> list[Carried]:
    """The tasks of the next edition with their dates, as `actions.copy_congress` would write them; one query."""
    step = Step(months_between(congress.congress_from, congress_from), congress.ordinal, ordinal)
    return [
        Carried(
            step.words(task.name),
            step.words(task.phase.name),
            step.day(task.starts) if task.starts and not task.anchor else None,
            step.day(task.due) if task.due and not task.anchor else None,
        )
        for task in congress.tasks.select_related("phase")
    ]


def editions() -> list[Congress]:
    """All editions, the latest first; one query."""
    return list(Congress.objects.order_by("-congress_from", "pk"))
