"""The lines of the list of nominations. Built here and not in a template: a page has fifty of them."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from awards.queries.nominations import NominationLine
from congress.models import Congress
from core.templatetags.ui import status
from core.vietnamese import short_date

register = template.Library()


@register.simple_tag
def nomination_rows(
    lines: Sequence[NominationLine], first: int, congress: Congress, follows: bool, **heads: Any
) -> SafeString:
    """The lines of a page, numbered from `first`. `follows`: how far each dossier is and whom it waits on; else its
    model. `heads`: list unit dossier model since."""
    base = reverse("awards:nominations", args=[congress.slug])
    labels = {key: format_html(' data-label="{}"', label) for key, label in heads.items()}
    twice = status("warn", _("Same name twice"))
    late = status("warn", pgettext("arrived after its deadline", "Late"))
    rows = []
    for number, line in enumerate(lines, start=first):
        one = line.nomination
        middle = (line.progress, labels["dossier"]) if follows else (one.model_name, labels["model"])
        rows.append(
            (
                number if number < 1000 else localize(number),
                f"{base}{one.pk}/",
                one.nominee,
                one.reference,
                twice if line.twice else "",
                labels["list"],
                line.kind,
                labels["unit"],
                line.unit,
                _small(line.of),
                mark_safe(' class="number"') if follows else "",
                middle[1],
                middle[0],
                status(line.tone, line.state),
                late if one.late else "",
                _small(_correction(line)),
                _small(line.waits_on) if follows else "",
                labels["since"],
                line.since,
            )
        )
    return format_html_join(
        "",
        '<tr><td class="number">{}</td><th scope="row"><a href="{}">{}</a> <small>{}</small> {}</th>'
        "<td{}>{}</td><td{}>{} {}</td><td{}{}>{}</td><td>{} {} {} {}</td><td{}>{}</td></tr>\n",
        rows,
    )


def _small(text: str) -> SafeString:
    return format_html("<small>{}</small>", text) if text else mark_safe("")


def _correction(line: NominationLine) -> str:
    """Until when a correction is due, or since when it is overdue."""
    due = line.nomination.due
    if not due:
        return ""
    words = _("Correction overdue since %(day)s") if line.overdue else _("Correction due %(day)s")
    return words % {"day": short_date(due)}
