"""What stands in calendars: of a person, and of the congress for everybody."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from congress.calendars import Happening
from congress.deadlines import ZONE
from congress.duties import duties
from congress.models import Conference, Congress
from congress.queries.programme import timetable
from congress.queries.reminders import owing
from core.models import User
from units.hats import hats

HALVES = {Conference.Session.MORNING: (time(8), time(12)), Conference.Session.AFTERNOON: (time(13, 30), time(17, 30))}


def _address(path: str) -> str:
    return settings.PORTAL_ADDRESS.rstrip("/") + path


def of_person(user: User, congress: Congress, day: date) -> list[Happening]:
    """A person's calendar: what they owe, the conferences of their units and blocks, the day of the congress."""
    found = [
        Happening(
            key=duty.key,
            title=_("Deadline: %(title)s") % {"title": duty.title},
            starts=duty.due,
            url=_address(duty.path),
            version=duty.version,
        )
        for duty in owing(congress, duties(congress, day), day).get(user.pk, (user, []))[1]
    ]
    return [*found, *_conferences(user, congress), *_day_of(congress)]


def _conferences(user: User, congress: Congress) -> Iterator[Happening]:
    """The conferences that concern somebody, on their half-days."""
    mine = hats(user)
    rows = congress.conferences.exclude(held_on=None).exclude(state=Conference.State.POSTPONED)
    if not mine.department:
        rows = rows.filter(Q(units__in=mine.unit_ids) | Q(host_block__in=mine.block_ids)).distinct()
    for one in rows:
        assert one.held_on is not None  # noqa: S101 the others were left out
        one.congress = congress
        begin, end = HALVES[Conference.Session(one.session)]
        yield Happening(
            key=f"conference:{one.pk}",
            title=one.name,
            starts=datetime.combine(one.held_on, begin, ZONE),
            ends=datetime.combine(one.held_on, end, ZONE),
            place=one.place,
            url=_address(one.get_absolute_url()),
            version=one.version,
        )


def _day_of(congress: Congress) -> Iterator[Happening]:
    if congress.held_on:
        yield Happening(
            key=f"congress:{congress.pk}",
            title=congress.name,
            starts=congress.held_on,
            place=congress.venue,
            version=congress.version,
        )


def of_everybody(congress: Congress) -> list[Happening]:
    """The congress's public calendar: its day, and the points of its programme as far as their times are known."""
    found = list(_day_of(congress))
    if congress.held_on is None:
        return found
    for point in timetable(congress):
        if point.starts and point.ends and point.ends > point.starts:
            found.append(
                Happening(
                    key=f"programme:{point.item.pk}",
                    title=point.item.name,
                    starts=datetime.combine(congress.held_on, point.starts, ZONE),
                    ends=datetime.combine(congress.held_on, point.ends, ZONE),
                    place=congress.venue,
                    version=point.item.version + congress.version,
                )
            )
    return found
