"""The only source of the present. A rehearsal sets the day; the time of day stays real."""

from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

# The day of the rehearsal as read at the start of a request: one look for the whole page.
_read: ContextVar[tuple[date | None] | None] = ContextVar("rehearsal", default=None)


def rehearsal_day() -> date | None:
    """The day that is rehearsed (`PORTAL_TODAY`, else what a demonstration has stored), or None."""
    if settings.PORTAL_TODAY:
        return settings.PORTAL_TODAY
    read = _read.get()
    return read[0] if read else _stored_day()


def _stored_day() -> date | None:
    from core.models import Rehearsal

    return Rehearsal.objects.values_list("day", flat=True).first()


# When the request that is being answered came in.
_arrived: ContextVar[datetime | None] = ContextVar("arrived", default=None)


class read_once:  # noqa: N801 reads as a verb: `with clock.read_once():`
    """Look at the rehearsal's day once for everything inside."""

    def __enter__(self) -> None:
        self.token = _read.set((None if settings.PORTAL_TODAY else _stored_day(),))

    def __exit__(self, *_exc) -> None:
        _read.reset(self.token)


def rehearse(day: date | None) -> None:
    """Set the rehearsal's day for all processes, or end the rehearsal with None."""
    from core.models import Rehearsal

    if day is None:
        Rehearsal.objects.all().delete()
    else:
        Rehearsal.objects.update_or_create(pk=1, defaults={"day": day})


def now() -> datetime:
    """This moment in the ministry's time zone."""
    real = timezone.localtime()
    day = rehearsal_day()
    return real.replace(year=day.year, month=day.month, day=day.day) if day else real


def today() -> date:
    """This day in the ministry's time zone."""
    return now().date()


class arriving:  # noqa: N801 reads as a verb: `with clock.arriving():`
    """Note the moment that a request came in, for everything inside: before its body was read, before any lock."""

    def __init__(self, at: datetime | None = None) -> None:
        self.at = at

    def __enter__(self) -> None:
        self.token = _arrived.set(self.at or now())

    def __exit__(self, *_exc) -> None:
        _arrived.reset(self.token)


def arrived() -> datetime:
    """When the request that is being answered came in: what counts against a deadline. Outside a request, now."""
    return _arrived.get() or now()
