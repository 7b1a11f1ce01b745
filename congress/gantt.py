"""Geometry of the plan's chart: from days to lengths. Pure: dataclasses and numbers, no words, no markup.

All lengths are units of which sixteen make one rem, so that the chart grows with the reader's letters. The chart is cut
into blocks of whole rows, which a printer may put on different pages; an arrow stands in each block that it crosses.
"""

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

ROW = 30  # height of a row
BAR, BAR_TOP = 14, 6  # of a row: the bar,
BASE, BASE_TOP = 4, 22  # and the approved time as a thin bar beneath
MILESTONE = 7  # half the width of a diamond
WIDE, NARROW = 3.2, 0.9  # most and least of a day
WHOLE = 1150  # a chart is this wide if that makes a day neither too wide nor too narrow: with the names it fills an A3
MOST_ROWS = 24  # in one block
ELBOW = 6  # how far an arrow runs on before it turns

Point = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """What a row shows: a task from its first to its last day, or, with `milestone`, an event on its day (`due`)."""

    key: Hashable
    starts: date | None
    due: date | None
    progress: int = 0
    base_starts: date | None = None
    base_due: date | None = None
    needs: Collection[Hashable] = ()
    milestone: bool = False


@dataclass(frozen=True)
class Span:
    """A piece of a row: where it begins and how wide it is; `x` of a milestone is its middle."""

    x: float
    width: float


@dataclass(frozen=True)
class Placed:
    """A line in its row; `y` is the top of the row within its block, without a bar where there is no day."""

    line: Line
    y: float
    bar: Span | None
    done: float  # how much of the bar is done
    base: Span | None


@dataclass(frozen=True)
class Arrow:
    """From the end of what must be done before to the beginning of what needs it, turn by turn."""

    points: tuple[Point, ...]
    broken: bool  # it begins before the other is due


@dataclass(frozen=True)
class Block:
    """Rows that stay together; `group` is the place of their group among those that were given."""

    group: int
    height: float
    rows: list[Placed]
    arrows: list[Arrow]


@dataclass(frozen=True)
class Month:
    """A month of the scale; `labelled` says whether there is room for its number."""

    first: date
    x: float
    width: float
    labelled: bool


@dataclass(frozen=True)
class Chart:
    """The whole picture: its scale and its blocks."""

    width: float
    months: list[Month]
    today: float | None  # None where today lies outside
    marks: list[float]  # days to be marked through all rows
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date  # the day after the last one
    day: float

    def x(self, day: date) -> float:
        """The left edge of a day."""
        return round((day - self.first).days * self.day, 1)

    def span(self, starts: date, due: date) -> Span:
        """From the morning of the first day to the evening of the last, and never too thin to be seen."""
        x = self.x(starts)
        return Span(x, max(round(self.x(due + timedelta(days=1)) - x, 1), 2.0))


def chart(groups: Sequence[Sequence[Line]], today: date, marks: Collection[date] = ()) -> Chart:
    """The picture of these groups of lines, from the month of the first day to the month of the last.

    `marks` are days that are marked through all rows, such as the day of the congress. A line without days has a row
    without a bar. Groups keep their order; one without lines has no block.
    """
    scale = _scale([day for group in groups for line in group for day in _days(line)], today)
    placed: dict[Hashable, tuple[Span, float]] = {}  # every bar, and the top of its row counted through all blocks
    blocks: list[Block] = []
    top = 0.0
    for number, group in enumerate(groups):
        for start in range(0, len(group), MOST_ROWS):
            rows = [_place(line, place * ROW, scale) for place, line in enumerate(group[start : start + MOST_ROWS])]
            for row in rows:
                if row.bar and not row.line.milestone:
                    placed[row.line.key] = row.bar, top + row.y
            blocks.append(Block(number, len(rows) * ROW, rows, []))
            top += len(rows) * ROW
    lines = {line.key: line for group in groups for line in group}
    _draw(blocks, list(_arrows(lines, placed)))
    return Chart(
        width=scale.x(scale.last),
        months=list(_months(scale)),
        today=round(scale.x(today) + scale.day / 2, 1) if scale.first <= today < scale.last else None,
        marks=[round(scale.x(day) + scale.day / 2, 1) for day in marks if scale.first <= day < scale.last],
        blocks=blocks,
    )


def _days(line: Line) -> list[date]:
    return [day for day in (line.starts, line.due, line.base_starts, line.base_due) if day]


def _scale(days: list[date], today: date) -> _Scale:
    """Whole months around all days; around today where there are none."""
    first, last = (min(days), max(days)) if days else (today, today)
    first, last = first.replace(day=1), _next_month(last)
    return _Scale(first, last, min(WIDE, max(NARROW, WHOLE / (last - first).days)))


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _months(scale: _Scale) -> Iterator[Month]:
    month = scale.first
    while month < scale.last:
        after = _next_month(month)
        x, end = scale.x(month), scale.x(after)
        yield Month(month, x, round(end - x, 1), end - x >= 22 or month.month % 3 == 1)
        month = after


def _place(line: Line, y: float, scale: _Scale) -> Placed:
    base = scale.span(line.base_starts, line.base_due) if line.base_starts and line.base_due else None
    if line.milestone:
        middle = Span(round(scale.x(line.due) + scale.day / 2, 1), 0) if line.due else None
        return Placed(line, y, middle, 0, base)
    bar = scale.span(line.starts, line.due) if line.starts and line.due else None
    done = round(bar.width * min(line.progress, 100) / 100, 1) if bar else 0
    return Placed(line, y, bar, done, base)


def _arrows(lines: dict[Hashable, Line], placed: dict[Hashable, tuple[Span, float]]) -> Iterator[Arrow]:
    """Every arrow, counted through all blocks; none to or from what has no bar."""
    for key, (bar, top) in placed.items():
        for need in sorted(lines[key].needs & placed.keys() if lines[key].needs else (), key=str):
            before, need_top = placed[need]
            start, due = lines[key].starts, lines[need].due
            x, y = round(before.x + before.width, 1), need_top + BAR_TOP + BAR / 2
            to = bar.x, top + BAR_TOP + BAR / 2
            yield Arrow(_path((x, y), to), bool(start and due and start <= due))


def _path(start: Point, end: Point) -> tuple[Point, ...]:
    """Right, down (or up), right; back between the rows where the end lies to the left."""
    (x, y), (to_x, to_y) = start, end
    if to_x >= x + 2 * ELBOW:
        turn = round(to_x - ELBOW, 1)
        return (x, y), (turn, y), (turn, to_y), end
    between = to_y - ROW / 2 if to_y > y else to_y + ROW / 2
    out, back = round(x + ELBOW, 1), round(max(to_x - ELBOW, 0), 1)
    return (x, y), (out, y), (out, between), (back, between), (back, to_y), end


def _draw(blocks: list[Block], arrows: list[Arrow]) -> None:
    """Put each arrow into every block that it crosses, counted from the block's own top."""
    top = 0.0
    for block in blocks:
        for arrow in arrows:
            heights = [y for _x, y in arrow.points]
            if max(heights) > top and min(heights) < top + block.height:
                points = tuple((x, round(y - top, 1)) for x, y in arrow.points)
                block.arrows.append(Arrow(points, arrow.broken))
        top += block.height
