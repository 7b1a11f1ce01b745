"""The tools around a list: its search, filters and pills, the heads that sort, the way from page to page."""

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.db.models import BLANK_CHOICE_DASH
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.listing import Listing
from core.templatetags.ui import icon

register = template.Library()

DASHES = BLANK_CHOICE_DASH[0][1]


@register.inclusion_tag("ui/listing_tools.html", takes_context=True)
def listing_tools(context: template.Context, listing: Listing, find: Any = "") -> dict:
    """Search field, filters, pills and '1–50 / 412' of a list."""
    return {"listing": listing, "find": find, "request": context["request"]}


@register.simple_tag
def filter_fields(form: forms.BaseForm) -> SafeString:
    """The filters of a list, boxes to tick or one of several. Built here: a template for each option is slow."""
    return format_html_join("", "{}", ((_filter(field),) for field in form))


def _filter(field: forms.BoundField) -> SafeString:
    widget = field.field.widget
    groups = widget.get_context(field.html_name, field.value(), {"id": field.auto_id})["widget"]["optgroups"]
    options = [option for _name, group, _index in groups for option in group]
    if isinstance(widget, forms.CheckboxSelectMultiple):
        boxes = format_html_join(
            "",
            '<div class="form-check">'
            '<input class="form-check-input" type="checkbox" name="{0}" value="{1}" id="{2}"{3}>'
            '<label class="form-check-label" for="{2}">{4}</label></div>',
            ((one["name"], one["value"], one["attrs"]["id"], _on(one, " checked"), one["label"]) for one in options),
        )
        return format_html(
            '<fieldset class="mb-3"><legend class="form-label">{}</legend>{}</fieldset>', field.label, boxes
        )
    return format_html(
        '<div class="mb-3"><label class="form-label" for="{0}">{1}</label>'
        '<select class="form-select" name="{2}" id="{0}">{3}</select></div>',
        field.auto_id,
        field.label,
        field.html_name,
        format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((one["value"], _on(one, " selected"), one["label"] if one["value"] else _("All")) for one in options),
        ),
    )


@register.simple_tag
def options(groups: Sequence[tuple[str | None, list[dict], int]]) -> SafeString:
    """The options of a choice. Dashes say nothing: where nothing is chosen yet, it says so."""
    parts = []
    for name, group, _index in groups:
        rows = format_html_join(
            "",
            '\n  <option value="{}"{}>{}</option>',
            ((str(one["value"]), flatatt(one["attrs"]) if one["attrs"] else "", _label(one)) for one in group),
        )
        parts.append(format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, rows) if name else rows)
    return mark_safe("".join(parts))  # noqa: S308 of parts that were escaped


def _label(option: dict) -> Any:
    return _("Choose…") if option["label"] == DASHES and not option["value"] else option["label"]


def _on(option: dict, word: str) -> SafeString:
    return mark_safe(word if option["selected"] else "")  # noqa: S308 one of our two words


@register.simple_tag
def column(listing: Listing, key: str, label: Any, number: bool = False) -> SafeString:
    """A table head that sorts: a link that says which way the list is ordered."""
    direction = listing.direction_of(key)
    sorted_by = {"up": "ascending", "down": "descending"}.get(direction, "none")
    arrow = icon("arrow-up" if direction == "up" else "arrow-down") if direction else ""
    return format_html(
        '<th scope="col" aria-sort="{}"{}><a class="sort" href="{}">{} {}</a></th>',
        sorted_by,
        mark_safe(' class="number"') if number else "",
        listing.sort_url(key),
        label,
        arrow,
    )


@register.inclusion_tag("ui/paging.html")
def paging(listing: Listing) -> dict:
    """From page to page."""
    return {"listing": listing}
