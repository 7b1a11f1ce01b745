"""Calendars as other programs read them (iCalendar, RFC 5545): events into bytes. No database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar
from icalendar import Event as Entry

ZONE_NAME = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True)
class Happening:
    """Something in a calendar: a whole day, or from one moment to another. `key` names it for good in this portal."""

    key: str
    title: str
    starts: date | datetime
    ends: datetime | None = None
    place: str = ""
    text: str = ""
    url: str = ""
    version: int = 0


def as_ics(name: str, happenings: Iterable[Happening], *, host: str, at: datetime) -> bytes:
    """A calendar of this name. Whole days are dates; moments carry the ministry's zone, which is told along.

    Subscribers know an event again by its UID; a higher SEQUENCE is a newer state of it.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{host}//portal//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE_NAME)
    for one in happenings:
        entry = Entry()
        entry.add("uid", f"{one.key.replace(':', '-')}@{host}")
        entry.add("dtstamp", at)
        entry.add("sequence", one.version)
        entry.add("summary", one.title)
        entry.add("dtstart", one.starts)
        if not isinstance(one.starts, datetime):
            entry.add("dtend", one.starts + timedelta(days=1))  # the day after: the end is not part of it
            entry.add("transp", "TRANSPARENT")
        elif one.ends:
            entry.add("dtend", one.ends)
        for key, value in (("location", one.place), ("description", one.text), ("url", one.url)):
            if value:
                entry.add(key, value)
        calendar.add_component(entry)
    calendar.add_missing_timezones()
    return calendar.to_ical()
