"""What becomes of units, told to the rooms above: each lets its own things follow, in the same transaction.

A room registers its follower in its `AppConfig.ready`. Followers run in the order of their rank, the lower rooms
first, so that everybody takes their locks in one order: units, offices, congresses, conferences, tasks, delegates,
seats, dossiers, and the end of the trail last.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from core.models import User
from units.models import Block, Unit


@dataclass(frozen=True)
class Moved:
    """A unit that sits in another block from a day on; `unit.block` is the new one."""

    actor: User | None
    unit: Unit
    day: date
    document: str
    old: Block


@dataclass(frozen=True)
class Merged:
    """Units whose place another one takes from a day on."""

    actor: User | None
    units: list[Unit]
    into: Unit
    day: date
    document: str


@dataclass(frozen=True)
class Dissolved:
    """A unit that is no more from a day on, and nobody takes its place."""

    actor: User | None
    unit: Unit
    day: date
    document: str


Change = Moved | Merged | Dissolved
Follow = Callable[[Change], list[str]]
Hold = Callable[[Sequence[Unit], date], None]


@dataclass(frozen=True)
class Follower:
    """What a room does when something becomes of units.

    `hold` locks its rows that a change of these units on this day may touch, before anybody writes. `follow` makes
    the changes through the room's own actions, says in words what followed, and raises `Refused` where something
    stands in the way.
    """

    hold: Hold
    follow: Follow


_followers: dict[int, Follower] = {}


def register(rank: int, follower: Follower) -> None:
    """Let a room follow what becomes of units. A rank taken twice raises ValueError."""
    if rank in _followers:
        raise ValueError(f"Rank {rank} is taken.")
    _followers[rank] = follower


def hold(units: Sequence[Unit], day: date) -> None:
    """Let every room lock what it may have to change: all of it before the first entry locks the trail's end."""
    for rank in sorted(_followers):
        _followers[rank].hold(units, day)


def follow(change: Change) -> list[str]:
    """Tell every room of a change; what followed, in words."""
    return [line for rank in sorted(_followers) for line in _followers[rank].follow(change)]
