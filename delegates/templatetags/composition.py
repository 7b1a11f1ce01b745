"""Charts of the make-up, each in the table that says the same in numbers. Built here: a page has some hundred rows."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.models import AuditEntry
from core.templatetags.ui import bar, moment, status
from core.vietnamese import percent, short_date
from delegates.composition import UNKNOWN, Class, Cut
from delegates.models import CompositionTarget
from delegates.queries.completeness import Meter
from delegates.queries.composition import Composition, Verdict

register = template.Library()


def _bar(share: int, marks: Iterable[float], tone: str) -> SafeString:
    """A share as a bar, with a line where a target lies."""
    lines = format_html_join(
        "", '<rect class="mark" x="{}%" width="2" height="100%"/>', ((f"{at:.1f}",) for at in marks)
    )
    return format_html(
        '<svg class="share" aria-hidden="true"><rect class="{}" width="{}%" height="100%"/>{}</svg>',
        tone,
        f"{share / 10:.1f}",
        lines,
    )


@register.filter
def tenths(share: int) -> str:
    """'5,8%' of 58."""
    return percent(share / 1000)


@register.filter
def of_hundred(number: float) -> str:
    """'30,0%' of 30."""
    return percent(number / 100)


@register.simple_tag
def cut_chart(found: Composition, cut: Cut, congress: str = "", names: bool = False) -> SafeString:
    """A cut as a table with bars: class, number, percent; with `names` each number leads to the people behind it."""
    marks: dict[str, list[float]] = {}
    for verdict in found.verdicts:
        if verdict.cut == cut.key:
            marks.setdefault(verdict.key, []).append(verdict.percent)
    query = "" if found.base == "all" else f"?base={found.base}"
    rows = format_html_join(
        "", "{}", ((_row(cut, one, marks.get(one.key, ()), congress, names, query),) for one in cut.classes)
    )
    whole = percent(1 if cut.total else 0)
    return format_html(
        '<table class="list cut"><caption class="visually-hidden">{}</caption><thead><tr><th scope="col">{}</th>'
        '<th scope="col" class="number">{}</th><th scope="col" class="number">{}</th>'
        '<th scope="col"><span class="visually-hidden">{}</span></th></tr></thead><tbody>{}</tbody>'
        '<tfoot><tr><th scope="row">{}</th><td class="number">{}</td><td class="number">{}</td><td></td></tr></tfoot>'
        "</table>",
        cut.title,
        cut.title,
        _("Number"),
        "%",
        _("Chart"),
        mark_safe("".join(rows)),  # noqa: S308 each was made by format_html
        _("Total"),
        _number(cut.total),
        whole,
    )


def _row(cut: Cut, one: Class, marks: Iterable[float], congress: str, names: bool, query: str) -> SafeString:
    label: SafeString | str = one.label
    if names and one.number:
        url = reverse("delegates:composition_people", args=[congress, cut.key, one.key]) + query
        label = format_html('<a href="{}">{}</a>', url, one.label)
    tone = "unknown" if one.key == UNKNOWN else "known"
    return format_html(
        '<tr{}><th scope="row">{}</th><td class="number">{}</td><td class="number">{}</td><td>{}</td></tr>',
        mark_safe(' class="unknown"') if one.key == UNKNOWN else "",
        label,
        _number(one.number),
        percent(one.share / 1000),
        _bar(one.share, marks, tone),
    )


def _number(number: int) -> str:
    return f"{number:,}" if get_language() == "en" else f"{number:,}".replace(",", ".")


@register.simple_tag
def meter_rows(lines: Iterable[tuple[Meter, AuditEntry | None]], congress: str) -> SafeString:
    """The units with what they lack, a row each; a tick where there is something to remind of."""
    heads = (_("Filled"), _("People who lack something"), _("What they lack"), _("List"), _("Last reminder"))
    rows = (_meter_row(*line, congress, heads) for line in lines)
    return mark_safe("".join(rows))  # noqa: S308 each was made by format_html


def _meter_row(meter: Meter, reminder: AuditEntry | None, congress: str, heads: tuple[str, ...]) -> SafeString:
    tick: SafeString | str = ""
    name: SafeString | str = _("The Ministry itself")
    if meter.unit:
        key = meter.unit.pk
        url = reverse("delegates:missing", args=[congress, key])
        name = format_html('<a id="unit-{}" href="{}">{}</a>', key, url, meter.unit.name)
        if meter.incomplete:
            tick = format_html(
                '<input class="form-check-input" type="checkbox" name="unit" value="{0}" aria-labelledby="unit-{0}">',
                key,
            )
    return format_html(
        '<tr><td class="tick">{}</td><th scope="row">{}</th><td data-label="{}">{} / {} ({}%) {}</td>'
        '<td class="number" data-label="{}">{} / {}</td><td data-label="{}">{}</td><td data-label="{}">{}</td>'
        '<td data-label="{}">{}</td></tr>',
        tick,
        name,
        heads[0],
        _number(meter.filled),
        _number(meter.needed),
        meter.percent,
        bar(meter.parts, legend=False),
        heads[1],
        meter.incomplete,
        meter.people,
        heads[2],
        meter.words,
        heads[3],
        _settled_word(meter.unit),
        heads[4],
        moment(reminder.at) if reminder else "–",
    )


def _settled_word(unit: Any) -> SafeString | str:
    if unit is None:
        return "–"
    if unit.settled_at is None:
        return _("not settled")
    return status("ok", _("settled on %(day)s") % {"day": short_date(localtime(unit.settled_at).date())})


@register.simple_tag
def verdict(one: Verdict) -> SafeString:
    """A target and whether it is met, as a state."""
    bound = CompositionTarget.Bound(one.bound).label
    words = _("%(now)s, wanted %(bound)s %(percent)s") % {
        "now": percent(one.now / 100), "bound": bound, "percent": percent(one.percent / 100),
    }  # fmt: skip
    return status("ok" if one.met else "late", words)
