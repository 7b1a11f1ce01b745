"""The chart's geometry: days to lengths, without a database."""

from datetime import date, timedelta

import pytest

from congress import gantt
from congress.gantt import BAR, BAR_TOP, ROW, Line, chart

TODAY = date(2020, 5, 15)


def line(key, starts, due, **fields) -> Line:
    return Line(key, date.fromisoformat(starts), date.fromisoformat(due), **fields)


def rows(picture):
    return {row.line.key: row for block in picture.blocks for row in block.rows}


def arrows(picture):
    return [arrow for block in picture.blocks for arrow in block.arrows]


def test_the_scale_runs_over_whole_months_and_their_widths_add_up():
    picture = chart([[line(1, "2019-08-15", "2020-10-31")]], TODAY)
    assert (picture.months[0].first, picture.months[-1].first) == (date(2019, 8, 1), date(2020, 10, 1))
    assert len(picture.months) == 15
    assert sum(month.width for month in picture.months) == pytest.approx(picture.width, abs=0.5)
    february = next(month for month in picture.months if month.first == date(2020, 2, 1))
    assert february.width / picture.width == pytest.approx(29 / 458, abs=0.001)  # a leap year


@pytest.mark.parametrize(
    ("starts", "due", "narrow", "wide"),
    [
        ("2020-05-01", "2020-05-31", 95, 100),  # a month is not blown up
        ("2019-08-01", "2021-01-31", 1140, 1160),  # eighteen months fill the sheet
        ("2015-01-01", "2024-12-31", 3200, 3400),  # ten years stay legible
    ],
)
def test_how_wide_it_is(starts, due, narrow, wide):
    assert narrow < chart([[line(1, starts, due)]], TODAY).width < wide


def test_a_bar_goes_from_the_morning_of_its_first_day_to_the_evening_of_its_last():
    picture = chart([[line(1, "2020-05-01", "2020-05-31"), line(2, "2020-05-01", "2020-05-01")]], TODAY)
    whole, day = rows(picture)[1].bar, rows(picture)[2].bar
    assert (whole.x, whole.width) == (0, picture.width)
    assert day.width == pytest.approx(picture.width / 31, abs=0.1)


@pytest.mark.parametrize(("progress", "share"), [(0, 0), (40, 0.4), (100, 1), (140, 1)])
def test_progress_fills_its_share(progress, share):
    row = rows(chart([[line(1, "2020-05-01", "2020-05-31", progress=progress)]], TODAY))[1]
    assert row.done == pytest.approx(row.bar.width * share, abs=0.1)


def test_the_approved_time_lies_beneath_where_it_was():
    base = {"base_starts": date(2020, 4, 1), "base_due": date(2020, 4, 30)}
    row = rows(chart([[line(1, "2020-05-01", "2020-05-31", **base)]], TODAY))[1]
    assert row.base.x + row.base.width == pytest.approx(row.bar.x, abs=0.2)


def test_without_a_day_there_is_a_row_and_no_bar():
    picture = chart([[Line(1, None, None), line(2, "2020-05-01", "2020-05-31", needs=[1])]], TODAY)
    assert rows(picture)[1].bar is None
    assert rows(picture)[2].y == ROW
    assert arrows(picture) == []


def test_without_any_day_the_chart_shows_this_month():
    picture = chart([[Line(1, None, None)]], TODAY)
    assert [month.first for month in picture.months] == [date(2020, 5, 1)]


def test_nothing_at_all():
    assert chart([], TODAY).blocks == []


@pytest.mark.parametrize(("day", "inside"), [(date(2020, 4, 30), False), (date(2020, 5, 1), True), (TODAY, True)])
def test_today_is_marked_where_it_lies_inside(day, inside):
    assert (chart([[line(1, "2020-05-01", "2020-05-31")]], day).today is not None) == inside


def test_an_event_stands_on_the_middle_of_its_day_and_is_marked_through_all_rows():
    event = Line("congress", None, TODAY, milestone=True)
    picture = chart([[line(1, "2020-05-01", "2020-05-31")], [event]], TODAY, marks=[TODAY])
    assert rows(picture)["congress"].bar.x == pytest.approx(picture.width * 14.5 / 31, abs=0.2)
    assert picture.marks == [rows(picture)["congress"].bar.x] == [picture.today]


def test_an_arrow_runs_from_the_end_to_the_beginning():
    first, then = line(1, "2020-05-01", "2020-05-10"), line(2, "2020-05-20", "2020-05-31", needs=[1])
    picture = chart([[first, then]], TODAY)
    (arrow,) = arrows(picture)
    end, start = rows(picture)[1].bar, rows(picture)[2].bar
    assert arrow.points[0] == (end.x + end.width, BAR_TOP + BAR / 2)
    assert arrow.points[-1] == (start.x, ROW + BAR_TOP + BAR / 2)
    assert not arrow.broken


@pytest.mark.parametrize("upwards", [False, True])
def test_an_arrow_to_something_that_begins_too_early_goes_back_between_the_rows_and_is_broken(upwards):
    pair = [line(1, "2020-05-10", "2020-05-20"), line(2, "2020-05-15", "2020-05-31", needs=[1])]
    (arrow,) = arrows(chart([pair[::-1] if upwards else pair], TODAY))
    assert arrow.broken
    assert len(arrow.points) == 6
    between = arrow.points[2][1]
    assert between % ROW == pytest.approx((BAR_TOP + BAR / 2 + ROW / 2) % ROW)
    assert all(
        a[0] == b[0] or a[1] == b[1] for a, b in zip(arrow.points, arrow.points[1:], strict=False)
    )  # it turns at right angles


def test_a_group_is_cut_into_blocks_and_an_arrow_stands_in_each_that_it_crosses():
    many = [line(key, "2020-05-01", "2020-05-10") for key in range(60)]
    last = line("last", "2020-05-20", "2020-05-31", needs=[0])
    picture = chart([many, [last]], TODAY)
    assert [(block.group, len(block.rows)) for block in picture.blocks] == [(0, 24), (0, 24), (0, 12), (1, 1)]
    assert [len(block.arrows) for block in picture.blocks] == [1, 1, 1, 1]
    assert picture.blocks[-1].arrows[0].points[-1][1] == BAR_TOP + BAR / 2  # from the block's own top


def test_needs_that_are_not_in_the_picture_draw_nothing():
    assert arrows(chart([[line(2, "2020-05-20", "2020-05-31", needs=[99])]], TODAY)) == []


def test_a_thousand_rows():
    start = date(2019, 8, 1)
    lines = [
        Line(key, start + timedelta(days=key % 400), start + timedelta(days=key % 400 + 20), needs=[key - 1])
        for key in range(1000)
    ]
    picture = chart([lines], TODAY)
    assert sum(len(block.rows) for block in picture.blocks) == 1000
    assert max(row.bar.x + row.bar.width for row in rows(picture).values()) <= picture.width + 0.2


def test_two_rows_of_words_fit_between_two_bars():
    assert BAR_TOP + BAR <= gantt.BASE_TOP
    assert gantt.BASE_TOP + gantt.BASE <= ROW
