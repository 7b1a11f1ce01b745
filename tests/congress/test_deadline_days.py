"""What a last day means: a table of days and moments, without a database."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from congress.deadlines import ZONE, Deadline, Timing, against_deadline, end_of, timing

IN_TIME, IN_GRACE, LATE = Timing.IN_TIME, Timing.IN_GRACE, Timing.LATE
DAYS = [
    date(2020, 2, 28),  # the day before
    date(2020, 2, 29),  # a leap day
    date(2021, 2, 28),  # a month's end without one
    date(2020, 1, 24),  # New Year's Eve of Tết Canh Tý
    date(2020, 1, 25),  # Tết
    date(2019, 12, 31),
    date(2020, 3, 31),  # ends of quarters
    date(2020, 6, 30),
    date(2020, 9, 30),
    date(2020, 3, 29),  # Europe's clocks change; ours do not
    date(2020, 10, 25),
]


def at(day: date, text: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(text), ZONE)


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize(
    ("days", "clock", "found"),
    [
        (-1, "23:59:59.999999", IN_TIME),
        (0, "00:00:00.000000", IN_TIME),
        (0, "23:59:00.000000", IN_TIME),
        (0, "23:59:59.999999", IN_TIME),
        (1, "00:00:00.000000", LATE),
        (1, "00:00:00.000001", LATE),
        (366, "12:00:00.000000", LATE),
    ],
)
def test_a_last_day_counts_to_its_end(day, days, clock, found):
    moment = at(day + timedelta(days=days), clock)
    assert timing(day, moment) == found
    assert timing(day, moment.astimezone(UTC)) == found  # the same moment in another zone


@pytest.mark.parametrize(
    ("minutes", "days", "clock", "found"),
    [
        (15, 0, "23:59:59.999999", IN_TIME),
        (15, 1, "00:00:00.000000", IN_GRACE),
        (15, 1, "00:14:59.999999", IN_GRACE),
        (15, 1, "00:15:00.000000", LATE),
        (1440, 1, "23:59:59.999999", IN_GRACE),
        (1440, 2, "00:00:00.000000", LATE),
        (0, 1, "00:00:00.000000", LATE),
    ],
)
@pytest.mark.parametrize("day", [date(2020, 2, 29), date(2020, 12, 31)], ids=str)
def test_grace(day, minutes, days, clock, found):
    assert timing(day, at(day + timedelta(days=days), clock), minutes) == found


def test_every_day_has_24_hours():
    """No summer time: a day ends 24 hours after the one before it, 17:00 in Greenwich."""
    day = date(2019, 8, 1)
    while day < date(2020, 12, 31):
        day += timedelta(days=1)
        assert (end_of(day) - end_of(day - timedelta(days=1))).total_seconds() == 86_400
        assert end_of(day).astimezone(UTC).hour == 17


DUE = date(2020, 7, 15)
NOON_AFTER = at(date(2020, 7, 16), "12:00:00.000000")


@pytest.mark.parametrize(
    ("until", "accepts", "day", "extended", "late", "refused", "needs"),
    [
        (None, False, DUE, False, True, True, False),
        (None, True, DUE, False, True, False, False),
        (date(2020, 7, 20), False, date(2020, 7, 20), True, False, False, True),
        (date(2020, 7, 16), False, date(2020, 7, 16), True, False, False, True),
        (DUE, False, DUE, False, True, True, False),
        (date(2020, 7, 1), False, DUE, False, True, True, False),  # the day for everybody was moved past it
    ],
)
def test_the_day_of_a_unit(until, accepts, day, extended, late, refused, needs):
    held = Deadline(DUE, until, accepts_late=accepts)
    assert held.day == day
    assert held.extended == extended
    assert held.is_late(NOON_AFTER) == late
    assert held.refuses(NOON_AFTER) == refused
    assert held.needs_extension(NOON_AFTER) == needs


def test_what_the_trail_says_of_it():
    held = Deadline(DUE, grace_minutes=10)
    assert against_deadline(None, NOON_AFTER) == {}
    assert against_deadline(held, at(DUE, "23:59:59.999999")) == {}
    in_grace = against_deadline(held, at(date(2020, 7, 16), "00:09:00.000000"))
    assert in_grace == {"late": False, "arrived": "2020-07-16T00:09:00+07:00"}
    assert against_deadline(held, NOON_AFTER)["late"] is True
