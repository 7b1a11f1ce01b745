"""What moves along when a date moves: days and numbers, no database."""

from datetime import date, timedelta

import pytest

from congress.schedule import Clash, Job, circle, follow, length, mark, outcome


def day(text: str) -> date:
    return date.fromisoformat(text)


def job(key, starts, due, *needs, fixed=False) -> Job:
    return Job(key, day(starts), day(due), frozenset(needs), fixed)


def moved(jobs, key, starts, due) -> dict[int, tuple[str, str, int | None]]:
    found = outcome(jobs, {key: (day(starts), day(due))})
    return {s.job.key: (str(s.starts), str(s.due), s.because_of) for s in found.shifts}


FIRST = job(1, "2020-01-06", "2020-01-31")
PUSHES = [
    # name, the job that needs the first, the first's new due, the new dates (None: it stays)
    ("next day, one day later", ("2020-02-01", "2020-02-10"), "2020-02-01", ("2020-02-02", "2020-02-11")),
    ("room enough", ("2020-02-20", "2020-02-28"), "2020-02-10", None),
    ("room to the last day", ("2020-02-11", "2020-02-28"), "2020-02-10", None),
    ("one day too little", ("2020-02-10", "2020-02-28"), "2020-02-10", ("2020-02-11", "2020-02-29")),
    ("over 29 February", ("2020-02-01", "2020-02-29"), "2020-02-29", ("2020-03-01", "2020-03-29")),
    ("onto 29 February", ("2020-02-01", "2020-02-01"), "2020-02-28", ("2020-02-29", "2020-02-29")),
    ("a quarter's end", ("2020-02-01", "2020-03-31"), "2020-02-10", ("2020-02-11", "2020-04-10")),
    ("into Tết, which is a day like others", ("2020-02-01", "2020-02-08"), "2020-02-02", ("2020-02-03", "2020-02-10")),
    ("onto a Saturday", ("2020-02-03", "2020-02-07"), "2020-02-07", ("2020-02-08", "2020-02-12")),
    ("over the year", ("2020-02-01", "2020-12-31"), "2020-02-01", ("2020-02-02", "2021-01-01")),
    ("overlapped already: the overlap stays", ("2020-01-20", "2020-02-10"), "2020-02-05", ("2020-01-25", "2020-02-15")),
    ("moved forward: nobody is pulled", ("2020-02-01", "2020-02-10"), "2020-01-20", None),
]


@pytest.mark.parametrize(("dates", "due", "expected"), [case[1:] for case in PUSHES], ids=[case[0] for case in PUSHES])
def test_who_needs_it_is_pushed_just_as_far_as_needed(dates, due, expected):
    found = moved([FIRST, job(2, *dates, 1)], 1, "2020-01-06", due)
    assert found.get(2) == ((*expected, 1) if expected else None)


def test_a_chain_moves_and_each_says_because_of_whom():
    chain = [FIRST, job(2, "2020-02-01", "2020-02-10", 1), job(3, "2020-02-13", "2020-02-20", 2)]
    assert moved(chain, 1, "2020-01-06", "2020-02-05") == {
        1: ("2020-01-06", "2020-02-05", None),
        2: ("2020-02-06", "2020-02-15", 1),
        3: ("2020-02-16", "2020-02-23", 2),  # two days between them are used up first
    }


def test_of_two_needs_the_later_one_pushes():
    jobs = [FIRST, job(2, "2020-02-01", "2020-02-10", 1), job(3, "2020-02-11", "2020-02-12", 1, 2)]
    assert moved(jobs, 1, "2020-01-06", "2020-02-03")[3] == ("2020-02-14", "2020-02-15", 2)


def test_the_order_in_which_tasks_stand_does_not_matter():
    jobs = [job(3, "2020-02-11", "2020-02-20", 2), job(2, "2020-02-01", "2020-02-10", 1), FIRST]
    assert moved(jobs, 1, "2020-01-06", "2020-02-01") == moved(jobs[::-1], 1, "2020-01-06", "2020-02-01")


def test_what_is_over_stays_and_ends_the_chain():
    jobs = [FIRST, job(2, "2020-02-01", "2020-02-10", 1, fixed=True), job(3, "2020-02-11", "2020-02-20", 2)]
    found = outcome(jobs, {1: (day("2020-01-06"), day("2020-02-04"))})
    assert [shift.job.key for shift in found.shifts] == [1]
    assert found.clashes == [Clash(jobs[1], 1, 4)]


def test_moved_before_what_it_needs_is_said():
    second = job(2, "2020-02-01", "2020-02-10", 1)
    found = outcome([FIRST, second], {2: (day("2020-01-30"), day("2020-02-08"))})
    assert found.clashes == [Clash(second, 1, 2)]


def test_the_same_dates_are_no_move():
    assert outcome([FIRST], {1: (FIRST.starts, FIRST.due)}).shifts == []


def test_a_day_that_falls_away_pushes_nobody():
    jobs = [FIRST, job(2, "2020-02-01", "2020-02-10", 1)]
    found = outcome(jobs, {1: (None, None)})
    assert [(shift.job.key, shift.days) for shift in found.shifts] == [(1, None)]


def test_a_day_that_comes_up_pushes_who_would_begin_too_early():
    jobs = [Job(1, None, None), job(2, "2020-02-01", "2020-02-10", 1)]
    assert moved(jobs, 1, "2020-01-20", "2020-02-03")[2] == ("2020-02-04", "2020-02-13", 1)


@pytest.mark.parametrize(
    ("event", "offset", "days", "starts", "due"),
    [
        ("2020-10-26", 10, 10, "2020-10-27", "2020-11-05"),
        ("2020-10-26", 0, 1, "2020-10-26", "2020-10-26"),
        ("2020-03-10", -10, 1, "2020-02-29", "2020-02-29"),
        ("2020-06-30", 10, 41, "2020-05-31", "2020-07-10"),
        ("2020-12-28", 10, 3, "2021-01-05", "2021-01-07"),
    ],
)
def test_what_follows_an_event(event, offset, days, starts, due):
    assert follow(day(event), offset, days) == (day(starts), day(due))
    assert length(day(starts), day(due)) == days


def test_without_its_event_it_has_no_days():
    assert follow(None, 10, 5) == (None, None)


@pytest.mark.parametrize(
    ("needs", "start", "found"),
    [
        ({1: {2}, 2: {3}, 3: set()}, 1, []),
        ({1: {1}}, 1, [1, 1]),
        ({1: {2}, 2: {1}}, 1, [1, 2, 1]),
        ({1: {2}, 2: {3}, 3: {1}}, 1, [1, 2, 3, 1]),
        ({1: {2}, 2: {3}, 3: {2}}, 1, []),  # a circle elsewhere is not this one's
    ],
)
def test_circles(needs, start, found):
    assert circle(needs, start) == found


def test_the_mark_changes_with_what_would_happen():
    other = [FIRST, job(2, "2020-02-01", "2020-02-10", 1)]
    later = [FIRST, job(2, "2020-02-02", "2020-02-11", 1)]
    new = {1: (FIRST.starts, FIRST.due + timedelta(days=3))}
    assert mark(outcome(other, new)) == mark(outcome(other[::-1], new))
    assert mark(outcome(other, new)) != mark(outcome(later, new))


def test_a_thousand_in_a_row():
    jobs = [FIRST]
    for key in range(2, 1001):
        start = jobs[-1].due + timedelta(days=1)
        jobs.append(Job(key, start, start, frozenset({key - 1})))
    found = outcome(jobs, {1: (FIRST.starts, FIRST.due + timedelta(days=7))})
    assert len(found.shifts) == 1000
    assert {shift.days for shift in found.shifts} == {7}
