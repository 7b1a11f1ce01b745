"""What an accepted report of a conference hands over: the rooms above take whom it proposes and elects.

This room knows neither nominations nor delegates. A room that takes registers a `Taker` in its `AppConfig.ready`; its
acts are called in the transaction of the acceptance, in the name of who accepts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import models

from congress.models import ConferenceReport, Elected
from core.models import User


@dataclass(frozen=True)
class Taken:
    """What became of one who was elected: what was made of it, or why nothing was, in a sentence."""

    elected: Elected
    outcome: str
    made: models.Model | None = None


@dataclass(frozen=True)
class Taker:
    """A room that takes those elected as one of `kinds`.

    `hold` locks what `take` will need, before anything is written: the end of the trail is locked by the first act.
    """

    kinds: frozenset[str]
    take: Callable[[User | None, ConferenceReport, Sequence[Elected]], list[Taken]]
    hold: Callable[[ConferenceReport, Sequence[Elected]], None] = lambda report, elected: None


_takers: dict[str, Taker] = {}


def register(room: str, taker: Taker) -> None:
    """Let a room take what reports hand over."""
    _takers[room] = taker


def hand_over(actor: User | None, report: ConferenceReport, elected: Sequence[Elected]) -> list[Taken]:
    """Give each to the room that takes it, and note on each what became of it. Call it with the report locked.

    Whoever was taken before is left alone.
    """
    waiting = [one for one in elected if not one.made]
    shares = [(taker, [one for one in waiting if one.elected_as in taker.kinds]) for taker in _takers.values()]
    for taker, share in shares:
        taker.hold(report, share)
    found = [taken for taker, share in shares if share for taken in taker.take(actor, report, share)]
    for taken in found:
        made = taken.made
        taken.elected.outcome = taken.outcome
        if made is not None:
            taken.elected.made = f"{made._meta.label_lower}:{made.pk}"
            taken.elected.made_url = made.get_absolute_url()  # type: ignore[attr-defined]
        taken.elected.save(update_fields=["outcome", "made", "made_url"])
    return found
