"""What lists show of a delegate. Built here and not in a template: a list has fifty of them."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from congress.models import Congress
from core.templatetags.ui import status
from delegates.models import Delegate

register = template.Library()


@register.simple_tag
def delegate_rows(page: Page, congress: Congress, ticks: bool, **heads: Any) -> SafeString:
    """The lines of a page of the list. `ticks`: with a box for whoever waits; `heads`: born sex unit category award."""
    base, sexes = reverse("delegates:delegates", args=[congress.slug]), dict(Delegate.Sex.choices)
    units: dict[int | None, str] = {}
    categories: dict[int, str] = {}
    states: dict[tuple, SafeString] = {}  # a page of fifty has a few
    labels = {key: format_html(' data-label="{}"', label) for key, label in heads.items()}
    rows = []
    for number, one in enumerate(page, start=page.start_index()):
        if one.unit_id not in units:
            units[one.unit_id] = one.unit.name if one.unit else ""
        if one.category_id not in categories:
            categories[one.category_id] = one.category.short
        looks = (one.state, one.reserve_order, one.late, getattr(one, "likely_duplicate", False))
        if looks not in states:
            states[looks] = delegate_state(one)
        award = f"{one.highest_award}, {one.award_year}" if one.highest_award else ""
        rows.append(
            (
                _tick(one) if ticks else "",
                number if number < 1000 else localize(number),
                one.pk,
                f"{base}{one.pk}/",
                one.full_name,
                one.position,
                labels["born"],
                one.birth.year,  # type: ignore[attr-defined]
                labels["sex"],
                sexes.get(one.sex, ""),
                labels["unit"],
                units[one.unit_id] or one.organisation,
                labels["category"],
                categories[one.category_id],
                labels["award"] if award else "",
                award,
                states[looks],
            )
        )
    return format_html_join(
        "",
        '<tr>{}<td class="number">{}</td><th scope="row"><a id="name-{}" href="{}">{}</a> <small>{}</small></th>'
        "<td{}>{}</td><td{}>{}</td><td{}>{}</td><td{}>{}</td><td{}>{}</td>"
        '<td class="state">{}</td></tr>\n',
        rows,
    )


def _tick(delegate: Delegate) -> SafeString:
    """A box for somebody who waits to be confirmed."""
    if delegate.state != Delegate.State.REGISTERED:
        return mark_safe('<td class="tick"></td>')
    box = (
        '<td class="tick"><input class="form-check-input" type="checkbox" name="pk" value="{0}"'
        ' aria-labelledby="name-{0}"></td>'
    )
    return format_html(box, delegate.pk)


@register.simple_tag(takes_context=True)
def face(context: template.Context, delegate: Delegate, large: bool = False) -> SafeString:
    """The photo of somebody, small in a list or large on their own page; without one their initials. No query."""
    style, width, height = ("face large", 150, 200) if large else ("face", 36, 48)
    if not delegate.photo_id:
        words = delegate.full_name.split() or [""]
        initials = words[0][:1] + (words[-1][:1] if len(words) > 1 else "")
        return format_html('<span class="{} none" aria-hidden="true">{}</span>', style, initials.upper())
    return format_html(
        '<img class="{}" src="{}" width="{}" height="{}" alt="{}"{}>',
        style,
        reverse("delegates:photo_file", args=[context["congress"].slug, delegate.photo_id]),
        width,
        height,
        _("Photo of %(name)s") % {"name": delegate.full_name},
        "" if large else mark_safe(' loading="lazy"'),
    )


@register.simple_tag
def delegate_state(delegate: Delegate) -> SafeString:
    """The state, and that somebody else is likely the same person; `queries.mark_likely_duplicates` has looked."""
    if delegate.state == Delegate.State.REGISTERED:
        shown = status("wait", _("Waits for the Department"))
    elif delegate.state == Delegate.State.RESERVE:
        shown = status("neutral", _("Reserve %(n)s") % {"n": delegate.reserve_order})
    else:
        shown = status("ok" if delegate.state == Delegate.State.CONFIRMED else "locked", delegate.get_state_display())
    if delegate.late:
        shown += status("warn", pgettext("arrived after its deadline", "Late"))
    if getattr(delegate, "likely_duplicate", False):
        shown += status("late", _("Perhaps registered twice"))
    return shown
