"""What a deadline means at a moment: pure, without a database.

A last day counts to its end, 24:00 in the ministry's zone, which knows no summer time. What counts is when the
server received the beginning of the request (`core.clock.arrived`), not when the act was done with.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Timing(Enum):
    """Where a moment lies against a deadline."""

    IN_TIME = "in_time"
    IN_GRACE = "in_grace"  # after the last day, within the grace: counts as in time
    LATE = "late"


def end_of(day: date) -> datetime:
    """The first moment that no longer belongs to this day: the next midnight of the ministry."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), ZONE)


def timing(day: date, moment: datetime, grace_minutes: int = 0) -> Timing:
    """Where a moment (aware, in any zone) lies against a last day."""
    end = end_of(day)
    if moment < end:
        return Timing.IN_TIME
    return Timing.IN_GRACE if moment < end + timedelta(minutes=grace_minutes) else Timing.LATE


@dataclass(frozen=True)
class Deadline:
    """A deadline as it holds for one unit: the last day for everybody, and this unit's own where it was extended."""

    common: date
    until: date | None = None  # the unit's own day
    document: str = ""  # by which it was extended
    grace_minutes: int = 0
    accepts_late: bool = False

    @property
    def day(self) -> date:
        """The last day that counts: an extension never shortens what everybody has."""
        return max(self.common, self.until) if self.until else self.common

    @property
    def extended(self) -> bool:
        return self.day > self.common

    def timing(self, moment: datetime) -> Timing:
        """Where a moment lies against it."""
        return timing(self.day, moment, self.grace_minutes)

    def is_late(self, moment: datetime) -> bool:
        return self.timing(moment) == Timing.LATE

    def refuses(self, moment: datetime) -> bool:
        """Whether what arrives at this moment is refused."""
        return self.is_late(moment) and not self.accepts_late

    def needs_extension(self, moment: datetime) -> bool:
        """Whether only the extension lets this moment be in time."""
        without = timing(self.common, moment, self.grace_minutes)
        return self.extended and not self.is_late(moment) and without == Timing.LATE


def against_deadline(deadline: Deadline | None, arrived: datetime) -> dict[str, Any]:
    """What an entry of the trail says of an act's timing: nothing when it was in time.

    `late` says that it came after the deadline; `arrived` is the moment that counted, told wherever it matters.
    """
    found = deadline.timing(arrived) if deadline else Timing.IN_TIME
    if found == Timing.IN_TIME:
        return {}
    return {"late": found == Timing.LATE, "arrived": arrived.astimezone(ZONE).isoformat(timespec="seconds")}
