"""Writes the plan's chart as SVG: presentation attributes and classes alone, for the pages forbid inline styles."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from congress.gantt import BAR, BAR_TOP, BASE, BASE_TOP, MILESTONE, ROW, Block, Chart, Placed
from congress.queries import ChartRow, PlanChart

register = template.Library()
UNITS = 16  # of the drawing in one rem
HEAD = 40  # height of the scale above
ROOMY = 52  # a month that has room for its year
LEAST = 24  # a bar can be hit over this width at least


@register.simple_tag
def gantt(chart: PlanChart) -> SafeString:
    """The chart: names at the left, the scale above, both staying in sight; every bar a link with its words."""
    picture = chart.picture
    scale = _scale(picture)
    corner = format_html('<div class="gantt-corner" aria-hidden="true">{}</div>{}', _("Task"), scale)
    blocks = format_html_join("", "{}", ((_block(chart, block, scale),) for block in picture.blocks))
    return format_html(
        '<div class="gantt" tabindex="0" role="region" aria-label="{}" data-today="{}">'
        '<div class="gantt-sheet"><div class="gantt-head">{}</div>{}</div></div>',
        _("Gantt chart of the plan: scroll sideways for later months"),
        "" if picture.today is None else picture.today,
        corner,
        blocks,
    )


def _rem(units: float) -> str:
    return f"{units / UNITS:g}rem"


def _path(style: str, *strokes: str) -> str:
    """Strokes of one look in one path, nothing where there are none: numbers alone, which need no escape."""
    return f'<path class="{style}" d="{"".join(strokes)}"/>' if strokes else ""


def _months(picture: Chart, height: float) -> str:
    """The lines at which months and quarters begin."""
    quarters = [month.x for month in picture.months if month.first.month % 3 == 1]
    others = [month.x for month in picture.months if month.first.month % 3 != 1]
    return _path("month", *(f"M{x} 0V{height}" for x in others)) + _path(
        "quarter", *(f"M{x} 0V{height}" for x in quarters)
    )


def _scale(picture: Chart) -> SafeString:
    """Months with their years; where they are narrow, the year stands at its first month alone."""
    drawn = _months(picture, HEAD) + _path("mark", *(f"M{x} 18V{HEAD}" for x in picture.marks))
    for number, month in enumerate(picture.months):
        first, x = month.first, month.x + 4
        if month.width >= ROOMY:
            drawn += f'<text x="{x}" y="25">{first:%m/%Y}</text>'
            continue
        if number == 0 or first.month == 1:
            drawn += f'<text class="year" x="{x}" y="14">{first.year}</text>'
        if month.labelled:
            drawn += f'<text x="{x}" y="32">{first.month}</text>'
    if picture.today is not None:
        drawn += _path("today", f"M{picture.today} 18V{HEAD}")
        drawn += f'<circle class="today-dot" cx="{picture.today}" cy="{HEAD - 5}" r="4"/>'
    return format_html(
        f'<svg class="gantt-scale" width="{{}}" height="{{}}" viewBox="0 0 {{}} {{}}" aria-hidden="true">{drawn}</svg>',
        _rem(picture.width),
        _rem(HEAD),
        picture.width,
        HEAD,
    )


def _block(chart: PlanChart, block: Block, scale: SafeString) -> SafeString:
    """The rows of a group, its name above; on paper it brings its own scale."""
    name = chart.groups[block.group]
    rows = [(chart.rows[row.line.key], row) for row in block.rows]
    names = format_html_join(
        "",
        '<li><a href="{}" tabindex="-1" title="{}">{}</a><small>{}</small></li>',
        ((told.url, told.name, told.name, told.remark) for told, _row in rows),
    )
    return format_html(
        '<div class="gantt-block"><div class="gantt-group"><b>{}</b>{}</div>'
        '<ol class="gantt-names" aria-hidden="true">{}</ol>{}</div>',
        name,
        scale,
        names,
        _drawing(chart.picture, block, rows, name),
    )


def _drawing(picture: Chart, block: Block, rows: list[tuple[ChartRow, Placed]], name: str) -> SafeString:
    height = block.height
    drawn = _path("row", *(f"M0 {row.y + ROW}H{picture.width}" for row in block.rows)) + _months(picture, height)
    drawn += _path("mark", *(f"M{x} 0V{height}" for x in picture.marks))
    drawn += "" if picture.today is None else _path("today", f"M{picture.today} 0V{height}")
    for arrow in block.arrows:
        broken = " broken" if arrow.broken else ""
        drawn += _path("arrow" + broken, "M" + "L".join(f"{x} {y}" for x, y in arrow.points))
        drawn += _path("tip" + broken, "M{} {}l-6 -3.5v7z".format(*arrow.points[-1]))
    bars = format_html_join("", "{}", ((_bar(told, row, picture.width),) for told, row in rows))
    return format_html(
        '<svg class="gantt-rows" width="{}" height="{}" viewBox="0 0 {} {}" role="group" aria-label="{}">'
        f"<g>{drawn}</g>{{}}</svg>",
        _rem(picture.width),
        _rem(height),
        picture.width,
        height,
        name,
        bars,
    )


def _tail(words: str, row: Placed, width: float) -> str:
    """Where a few words stand: behind the bar, before it where they would not fit."""
    assert row.bar is not None  # noqa: S101 for the type checker
    y, end = row.y + BAR_TOP + 11, row.bar.x + row.bar.width
    if row.line.milestone:
        end += MILESTONE
    if end + 8 * len(words) < width:
        return f'<text class="tail" x="{end + 6:g}" y="{y}">{{}}</text>'
    start = row.bar.x - (MILESTONE if row.line.milestone else 0) - 6
    return f'<text class="tail" text-anchor="end" x="{start:g}" y="{y}">{{}}</text>'


def _bar(told: ChartRow, row: Placed, width: float) -> SafeString:
    """A link as high as its row; what it is, is told by its words and shown by its tone and its pattern."""
    words = [told.words]
    if row.bar is None:
        shape = f'<text class="note" x="8" y="{row.y + BAR_TOP + 11}">{{}}</text>'
        words.append(told.note)
        x, wide = 0.0, 8 * len(told.note) + 16.0
    elif row.line.milestone:
        x, wide, turn = row.bar.x, 0.0, MILESTONE
        shape = _path("diamond", f"M{x} {row.y + ROW / 2 - turn}l{turn} {turn}l-{turn} {turn}l-{turn} -{turn}z")
    else:
        x, wide = row.bar.x, row.bar.width
        place = f'x="{x}" y="{row.y + BAR_TOP}" height="{BAR}" rx="3"'
        shape = f'<rect class="whole" {place} width="{wide}"/><rect class="done" {place} width="{row.done}"/>'
    if row.base:
        place = f'x="{row.base.x}" y="{row.y + BASE_TOP}" height="{BASE}" rx="2"'
        shape += f'<rect class="base" {place} width="{row.base.width}"/>'
    if row.bar and told.tail:
        shape += _tail(told.tail, row, width)
        words.append(told.tail)
    more = max(0.0, LEAST - wide) / 2
    hit = max(0.0, min(x - more, width - LEAST))
    place = f'x="{hit:g}" y="{row.y + 1}" width="{wide + 2 * more:g}" height="{ROW - 2}" rx="4"'
    return format_html(
        f'<a class="bar-link {{}}" href="{{}}" aria-label="{{}}"><title>{{}}</title>'
        f'<rect class="hit" {place}/>{shape}</a>',
        told.tone,
        told.url,
        told.words,
        *words,
    )
