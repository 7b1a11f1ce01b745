"""Who owes what until when: each room registers what it knows, reminders and calendars ask here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from congress.models import Congress


@dataclass(frozen=True)
class Duty:
    """Something that is owed: by whoever acts for these units (by their heads alone if `by_head`), or by these people.

    `key` names it for good: a reminder goes out once for a key, a day and a step. `title` is lazy, so that each reader
    is told in their own language; `path` is an address without the host, `version` rises when what it rests on changes.
    """

    key: str
    title: str | Promise
    path: str
    due: date
    unit_ids: frozenset[int] = frozenset()
    user_ids: frozenset[int] = frozenset()
    by_head: bool = False
    version: int = 0


Source = Callable[[Congress, date], Iterable[Duty]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Let a room tell what is owed in a congress on a day. Registered twice it is asked once."""
    if source not in _sources:
        _sources.append(source)
    return source


def duties(congress: Congress, day: date) -> list[Duty]:
    """Everything that is owed on a day, what is due first in front."""
    found = [duty for source in _sources for duty in source(congress, day)]
    return sorted(found, key=lambda duty: (duty.due, duty.key))
