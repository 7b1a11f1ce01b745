"""The interface kit. Every component declares its parameters; an unknown one raises. All stand at `/styleguide/`."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django import forms, template
from django.conf import settings
from django.db import models
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import audit, vietnamese
from core.finders import ICONS
from core.versions import Versioned

register = template.Library()

STATUS_ICONS = {
    "ok": "check-lg",
    "wait": "hourglass-split",
    "warn": "exclamation-triangle",
    "late": "exclamation-triangle",
    "back": "arrow-return-left",
    "locked": "lock",
    "neutral": "clock",
    "gold": "star-fill",
}
MOST_ENTRIES, MOST_LINES = 200, 50  # of a history
MOST_CHANGES = 4  # in one entry of a history; more are folded away
TONES = {"ok": "ok", "wait": "wait", "warn": "warn", "late": "late", "back": "warn", "gold": "gold"}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An icon of the sprite, for the eye alone. Raises for a name that the sprite lacks.

    Kept once made: a page has some thirty to eighty, and the sprite's address stays while a process lives.
    """
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"The sprite has no icon {name!r}: add it to core.finders.ICONS.")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons.svg"), name)


@register.simple_tag
def status(kind: str, text: Any) -> SafeString:
    """A state: icon, word and colour. Kinds: ok wait warn late back locked neutral gold."""
    return format_html(
        '<span class="status {}">{} {}</span>', TONES.get(kind, "neutral"), icon(STATUS_ICONS[kind]), text
    )


@register.simple_block_tag
def card(content: str, title: Any = "", meta: Any = "", href: str = "", link: Any = "", id: str = "") -> SafeString:  # noqa: A002
    """A box with a heading, a remark beside it and a link at its right."""
    head = ""
    if title:
        head = format_html(
            '<div class="card-head"><h2>{}</h2>{}{}</div>',
            title,
            format_html('<span class="muted">{}</span>', meta) if meta else "",
            format_html('<a href="{}">{}</a>', href, link) if href else "",
        )
    name = format_html(' id="{}"', id) if id else ""
    return format_html('<section class="card-box"{}>{}{}</section>', name, head, content)


@register.simple_tag
def empty(title: Any, text: Any, href: str = "", action: Any = "", symbol: str = "info-circle") -> SafeString:
    """Nothing here: why, and what to do."""
    link = format_html('<a class="btn" href="{}">{}</a>', href, action) if href else ""
    return format_html('<div class="empty">{}<h2>{}</h2><p>{}</p>{}</div>', icon(symbol), title, text, link)


@register.simple_block_tag
def note(content: str, kind: str = "info") -> SafeString:
    """A remark that belongs to the page: info, warn or late."""
    symbol = "info-circle" if kind == "info" else "exclamation-triangle"
    return format_html('<div class="note {}" role="note">{}<div>{}</div></div>', kind, icon(symbol), content)


@register.simple_tag
def stat(value: Any, of: Any = "") -> SafeString:
    """A number to be seen from afar, and what it is a part of."""
    return format_html('<p class="stat"><b>{}</b> <span>{}</span></p>', value, of)


@register.simple_tag
def bar(parts: Sequence[tuple[Any, int, str]], total: int = 0, legend: bool = True) -> SafeString:
    """A stacked bar and its legend. `parts` are (label, value, tone); tones: ok warn wait late neutral."""
    whole = max(total, sum(value for _label, value, _tone in parts), 1)
    x = 0.0
    rects = []
    for _label, value, tone in parts:
        width = value * 100 / whole
        rects.append((tone, f"{x:.3f}%", f"{width:.3f}%"))
        x += width
    svg = format_html(
        '<svg class="bar" role="img" aria-label="{}">{}</svg>',
        ", ".join(f"{label} {value}" for label, value, _tone in parts),
        format_html_join("", '<rect class="{}" x="{}" width="{}" height="100%"/>', rects),
    )
    if not legend:
        return svg
    items = format_html_join(
        "",
        '<li><svg class="{}" aria-hidden="true"><rect class="{}" width="100%" height="100%"/></svg>{} {}</li>',
        ((tone, tone, label, value) for label, value, tone in parts),
    )
    return format_html('{}<ul class="legend">{}</ul>', svg, items)


@register.filter
def inside(text: Any) -> str:
    """A text that stands inside a longer sentence: without its own full stop."""
    return vietnamese.unstopped(str(text or ""))


@register.simple_tag
def progress(done: int, total: int, label: Any) -> SafeString:
    """How far something has come."""
    return format_html('<progress max="{}" value="{}" aria-label="{}"></progress>', total or 1, done, label)


@register.simple_tag(takes_context=True)
def history(context: template.Context, *objects: models.Model, internal: bool = False, about: str = "") -> SafeString:
    """What was done to things, newest first, in plain words; `about` keeps to verbs that begin so."""
    runs = audit.in_runs(audit.history(*objects, internal=internal, about=about, limit=MOST_ENTRIES))[:MOST_LINES]
    if not runs:
        return format_html('<p class="muted small">{}</p>', _("Nothing has been done yet."))
    return format_html(
        '<ol class="history">{}</ol>', format_html_join("", "<li>{}</li>", ((told(*run),) for run in runs))
    )


def told(entry, *earlier) -> SafeString:
    """One entry as a sentence: 'Trả lại bổ sung, lý do …, bởi …, 14:05 thứ Hai 05/10/2020'.

    A run of entries, newest first, is told as one: 'Sửa hồ sơ, 12 lần, bởi …, lần cuối 14:05 thứ Hai 05/10/2020'.
    """
    parts = [format_html("<b>{}</b>", entry.sentence)]
    if earlier:
        parts.append(format_html(ngettext("{} time", "{} times", len(earlier) + 1), len(earlier) + 1))
    changes = [
        format_html("{}: {} → {}", label, inside(before) or "–", inside(after) or "–")
        for label, (before, after) in _changes_of([entry, *earlier]).items()
    ]
    many = bool(earlier) or len(changes) > MOST_CHANGES
    parts += [] if many else changes
    if entry.reason:
        parts.append(format_html(_("reason: {}"), inside(entry.reason)))
    if arrived := entry.details.get("arrived"):
        words = _("late: arrived {}") if entry.details.get("late") else _("arrived {}, within the time of grace")
        parts.append(format_html(words, vietnamese.moment(datetime.fromisoformat(arrived))))
    parts.append(format_html(_("by {}"), entry.actor_label))
    at = vietnamese.moment(entry.at.astimezone(_zone()))
    parts.append(format_html(_("last at {}"), at) if earlier else format_html("{}", at))
    sentence = mark_safe(", ".join(parts))  # noqa: S308 every part was escaped by format_html
    return sentence + _folded(changes) if many and changes else sentence


def _changes_of(entries: Sequence) -> dict[str, list[str]]:
    """What a run of entries, newest first, changed as a whole: each label from its first text to its last."""
    found: dict[str, list[str]] = {}
    for entry in reversed(entries):
        for label, (before, after) in entry.details.get("changes", {}).items():
            found[label] = [found[label][0] if label in found else before, after]
    return found


def _folded(changes: list[SafeString]) -> SafeString:
    """Many changes behind one line that opens."""
    words = ngettext("%(n)s change", "%(n)s changes", len(changes)) % {"n": len(changes)}
    items = format_html_join("", "<li>{}</li>", ((change,) for change in changes))
    return format_html("<details><summary>{}</summary><ul>{}</ul></details>", words, items)


def _zone():
    from django.utils import timezone

    return timezone.get_current_timezone()


@register.simple_tag(takes_context=True)
def act(
    context: template.Context,
    url: str,
    label: Any,
    symbol: str = "",
    primary: bool = False,
    why_not: str | None = None,
    confirm: Any = "",
    quiet: bool = False,
    method: str = "post",
) -> SafeString:
    """An act as a button: a small form that posts, or a link (`method="get"`) to the page of the act.

    With `why_not` it is shown disabled, and says why in the rule's own sentence.
    """
    style = "btn btn-primary" if primary else "btn btn-quiet" if quiet else "btn"
    mark = icon(symbol) if symbol else ""
    if why_not:
        name = f"why-{uuid.uuid4().hex[:8]}"
        return format_html(
            '<span class="refused-act"><span class="btn" role="button" aria-disabled="true" tabindex="0"'
            ' aria-describedby="{}">{} {}</span><small id="{}">{}</small></span>',
            name,
            mark,
            label,
            name,
            why_not,
        )
    if method == "get":
        return format_html('<a class="{}" href="{}">{} {}</a>', style, url, mark, label)
    token = get_token(context["request"])
    asked = format_html(' data-confirm="{}"', confirm) if confirm else ""
    own_key = format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())
    return format_html(
        '<form class="inline" method="post" action="{}"{}><input type="hidden" name="csrfmiddlewaretoken" value="{}">{}'
        '<button class="{}">{} {}</button></form>',
        url,
        asked,
        token,
        own_key,
        style,
        mark,
        label,
    )


@register.simple_tag(takes_context=True)
def once_field(context: template.Context) -> SafeString:
    """The one-time key of a form; a form that comes back with errors keeps its own."""
    sent = context["request"].POST.get("once") if "request" in context else None
    return format_html('<input type="hidden" name="once" value="{}">', sent or uuid.uuid4())


@register.simple_tag(takes_context=True)
def version_field(context: template.Context, obj: Versioned) -> SafeString:
    """The version that an edit was read at."""
    sent = context["request"].POST.get("version")
    return format_html('<input type="hidden" name="version" value="{}">', sent or obj.version)


def _named(field: forms.BoundField, error: str) -> str:
    """A fault with the name of its field, as long as the field has been given one."""
    return f"{field.label}: {error}" if field.field.label else error


def _each(sheets: Sequence) -> Iterator[forms.BaseForm]:
    """The forms themselves: those of a set one by one, and none for what is not there."""
    for sheet in sheets:
        if isinstance(sheet, forms.BaseFormSet):
            yield from sheet
        elif sheet:
            yield sheet


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*sheets: forms.BaseForm | forms.BaseFormSet | None) -> dict:
    """What is wrong in sent forms, at the top, each fault leading to its field."""
    faults = []
    for form in _each(sheets):
        faults += [("", error) for error in form.non_field_errors()]
        # a group of choices has no id of its own: its first choice is where one goes
        faults += [
            (field.id_for_label or f"{field.auto_id}_0", _named(field, error))
            for field in form
            for error in field.errors
        ]
    return {"faults": faults}


@register.inclusion_tag("ui/crumbs.html")
def crumbs(*pairs: str) -> dict:
    """Where one is: url, label, url, label, … and the page's own name last."""
    links = [(pairs[i], pairs[i + 1]) for i in range(0, len(pairs) - 1, 2)]
    return {"links": links, "here": pairs[-1] if len(pairs) % 2 else ""}


@register.simple_tag
def pick(name: str, value: Any, label: Any, text: Any = "", checked: bool = False) -> SafeString:
    """A large choice on a list of which some may be picked."""
    return format_html(
        '<label class="pick"><input type="checkbox" name="{}" value="{}"{}><span>{}<small>{}</small></span></label>',
        name,
        value,
        mark_safe(" checked") if checked else "",
        label,
        text,
    )


@register.filter
def ticks(cell: Any) -> Any:
    """A cell of Django's admin with its yes and no in words: what is read out for the picture of a tick."""
    if not isinstance(cell, SafeString):
        return cell
    for word, ours in (("True", _("Yes")), ("False", _("No")), ("None", _("Unknown"))):
        cell = cell.replace(f'alt="{word}"', f'alt="{ours}"')
    return mark_safe(cell)  # noqa: S308 made by Django's admin, which has escaped it


@register.filter
def weekday(day) -> str:
    """'thứ Hai, 26/10/2020'."""
    return vietnamese.weekday_date(day) if day else ""


@register.filter
def moment(at) -> str:
    """'14:05 thứ Hai 05/10/2020'."""
    return vietnamese.moment(at.astimezone(_zone())) if at else ""


@register.filter
def two(number: int) -> str:
    """'04': counts in official text have two digits."""
    return vietnamese.count(number)


@register.filter
def roman(number: int) -> str:
    """'V' for 5."""
    return vietnamese.roman(number)


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """The languages that the portal speaks, each by its own name."""
    names = {"vi": "Tiếng Việt", "en": "English"}
    return [(code, names.get(code, code)) for code, _name in settings.LANGUAGES]
