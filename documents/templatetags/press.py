"""Buttons that make papers, and the tables within papers."""

import uuid
from urllib.parse import urlencode

from django import template
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.templatetags.ui import icon
from documents.catalogue import FORMATS, find
from documents.description import shown

register = template.Library()


@register.simple_tag(takes_context=True)
def export_buttons(context: template.Context, key: str, congress: str, **about: int) -> SafeString:
    """One button per format, carrying the list's address so that what is shown is what is taken.

    A paper about one thing is told which: `nomination=7`. Nothing for whom the paper is not open. Raises for a paper
    that no room has registered.
    """
    export, request = find(key), context["request"]
    if export is None:
        raise template.TemplateSyntaxError(f"No room has registered the paper {key!r}.")
    answers = request.__dict__.setdefault("_papers", {})  # papers of one room share their rule: it is asked once
    asked = (export.why_not, congress)
    if asked not in answers:
        answers[asked] = export.why_not(request.user, congress)
    if answers[asked]:
        return mark_safe("")
    buttons = format_html_join(
        "",
        '<button class="btn" formaction="{}" aria-label="{}">{} {}</button>',
        (
            (
                reverse("documents:take", args=[congress, key, made.key]),
                _("%(paper)s as %(format)s") % {"paper": export.title, "format": made.label},
                icon(made.icon),
                made.label,
            )
            for made in FORMATS.values()
        ),
    )
    return format_html(
        '<form class="acts" method="post"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="once" value="{}"><input type="hidden" name="query" value="{}">{}</form>',
        get_token(request),
        uuid.uuid4(),
        urlencode(about) if about else request.GET.urlencode(),
        buttons,
    )


@register.simple_tag
def grid(part: dict) -> SafeString:
    """A part of a table. Built here and not in the template: a list of 400 rows has some 6,000 cells."""
    table, heads = part["table"], part["heads"]
    columns = format_html_join("", '<col width="{}%">', ((width,) for _column, width in heads))
    body = format_html_join(
        "",
        '<tr class="{}">{}</tr>',
        (
            (
                "strong" if line.strong else "",
                format_html_join(
                    "",
                    '<td class="{}">{}</td>',
                    ((column.align, shown(cell)) for (column, _w), cell in zip(heads, line.cells, strict=True)),
                ),
            )
            for line in part["lines"]
        ),
    )
    look = {13: "", 11: "many"}.get(table.size, "crowd")
    return format_html(
        '<table class="grid {}"><colgroup>{}</colgroup><thead>{}</thead><tbody>{}</tbody></table>',
        look,
        columns,
        _head(table),
        body,
    )


def _head(table) -> SafeString:
    if not table.grouped:
        return format_html("<tr>{}</tr>", format_html_join("", "<th>{}</th>", ((c.title,) for c in table.columns)))
    upper, start = [], 0
    for words, count in table.groups:
        if words:
            upper.append(format_html('<th colspan="{}">{}</th>', count, words))
        else:
            upper.append(format_html('<th rowspan="2">{}</th>', table.columns[start].title))
        start += count
    lower = format_html_join("", "<th>{}</th>", ((c.title,) for c in table.columns if c.group))
    return format_html("<tr>{}</tr><tr>{}</tr>", mark_safe("".join(upper)), lower)  # noqa: S308 escaped above
