"""Writes the plan's chart as SVG: presentation attributes and classes alone, for the pages forbid inline styles."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from congress import gantt as geometry
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


def _scale(picture: Chart) -> SafeString:
    """Months with their years; where they are narrow, the year stands at its first month alone."""
    months = []
    for number, month in enumerate(picture.months):
        first, x = month.first, month.x + 4
        texts: list[SafeString] = []
        if month.width >= ROOMY:
            texts.append(format_html('<text x="{}" y="25">{}</text>', x, f"{first:%m/%Y}"))
        else:
            if number == 0 or first.month == 1:
                texts.append(format_html('<text class="year" x="{}" y="14">{}</text>', x, first.year))
            if month.labelled:
                texts.append(format_html('<text x="{}" y="32">{}</text>', x, first.month))
        style = "quarter" if first.month % 3 == 1 else "month"
        months.append((month.x, style, HEAD, format_html_join("", "{}", ((text,) for text in texts))))
    drawn = format_html_join("", '<path class="{1}" d="M{0} 0V{2}"/>{3}', months)
    today = ""
    if picture.today is not None:
        today = format_html(
            '<path class="today" d="M{0} 18V{1}"/><circle class="today-dot" cx="{0}" cy="{2}" r="4"/>',
            picture.today,
            HEAD,
            HEAD - 5,
        )
    marks = format_html_join("", '<path class="mark" d="M{} 18V{}"/>', ((x, HEAD) for x in picture.marks))
    return format_html(
        '<svg class="gantt-scale" width="{}" height="{}" viewBox="0 0 {} {}" aria-hidden="true">{}{}{}</svg>',
        _rem(picture.width),
        _rem(HEAD),
        picture.width,
        HEAD,
        drawn,
        marks,
        today,
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
    grid = [("quarter" if month.first.month % 3 == 1 else "month", month.x) for month in picture.months]
    grid += [("mark", x) for x in picture.marks]
    grid += [] if picture.today is None else [("today", picture.today)]
    lines = format_html_join("", f'<path class="{{}}" d="M{{}} 0V{block.height}"/>', grid)
    stripes = format_html_join(
        "", f'<path class="row" d="M0 {{}}H{picture.width}"/>', ((row.y + ROW,) for row in block.rows)
    )
    arrows = format_html_join(
        "",
        '<path class="{}" d="{}"/><path class="{}" d="{}"/>',
        (
            (
                "arrow broken" if arrow.broken else "arrow",
                "M" + "L".join(f"{x} {y}" for x, y in arrow.points),
                "tip broken" if arrow.broken else "tip",
                "M{} {}l-6 -3.5v7z".format(*arrow.points[-1]),
            )
            for arrow in block.arrows
        ),
    )
    bars = format_html_join("", "{}", ((_bar(told, row, picture.width),) for told, row in rows))
    return format_html(
        '<svg class="gantt-rows" width="{}" height="{}" viewBox="0 0 {} {}" role="group" aria-label="{}">'
        "<g>{}{}{}</g>{}</svg>",
        _rem(picture.width),
        _rem(block.height),
        picture.width,
        block.height,
        name,
        stripes,
        lines,
        arrows,
        bars,
    )


def _tail(words: str, row: Placed, width: float) -> SafeString:
    """A few words behind the bar; before it where they would not fit."""
    assert row.bar is not None  # noqa: S101 for the type checker
    y, end = row.y + BAR_TOP + 11, row.bar.x + row.bar.width
    if row.line.milestone:
        end += MILESTONE
    if end + 8 * len(words) < width:
        return format_html('<text class="tail" x="{}" y="{}">{}</text>', round(end + 6, 1), y, words)
    start = row.bar.x - (MILESTONE if row.line.milestone else 0) - 6
    return format_html('<text class="tail" text-anchor="end" x="{}" y="{}">{}</text>', round(start, 1), y, words)


def _bar(told: ChartRow, row: Placed, width: float) -> SafeString:
    """A link as high as its row; what it is, is told by its words and shown by its tone and its pattern."""
    if row.bar is None:
        shape = format_html('<text class="note" x="8" y="{}">{}</text>', row.y + BAR_TOP + 11, told.note)
        x, wide = 0.0, 8 * len(told.note) + 16.0
    elif row.line.milestone:
        y = row.y + ROW / 2
        shape = format_html(
            '<path class="diamond" d="M{0} {1}l{2} {2}l-{2} {2}l-{2} -{2}z"/>', row.bar.x, y - MILESTONE, MILESTONE
        )
        x, wide = row.bar.x, 0.0
    else:
        shape = format_html(
            '<rect class="whole" x="{0}" y="{1}" width="{2}" height="{4}" rx="3"/>'
            '<rect class="done" x="{0}" y="{1}" width="{3}" height="{4}" rx="3"/>',
            row.bar.x,
            row.y + BAR_TOP,
            row.bar.width,
            row.done,
            BAR,
        )
        x, wide = row.bar.x, row.bar.width
    if row.base:
        shape += format_html(
            '<rect class="base" x="{}" y="{}" width="{}" height="{}" rx="2"/>',
            row.base.x,
            row.y + BASE_TOP,
            row.base.width,
            BASE,
        )
    if row.bar and told.tail:
        shape += _tail(told.tail, row, width)
    more = max(0.0, LEAST - wide) / 2
    hit = max(0.0, min(x - more, width - LEAST))
    return format_html(
        '<a class="bar-link {}" href="{}" aria-label="{}"><title>{}</title>'
        '<rect class="hit" x="{}" y="{}" width="{}" height="{}" rx="4"/>{}</a>',
        told.tone,
        told.url,
        told.words,
        told.words,
        round(hit, 1),
        row.y + 1,
        round(wide + 2 * more, 1),
        geometry.ROW - 2,
        shape,
    )
