"""Cells of the seats table. Built here and not in the template: 46 units make some two hundred of them."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from delegates.forms.people import SheetCell

register = template.Library()


@register.simple_tag
def seat_cell(sheet: SheetCell) -> SafeString:
    """A number to fill in, what it was when it was read, who sits there, and what is wrong with it."""
    cell, name = sheet.cell, sheet.cell.name
    faults = format_html_join(
        "", '<small class="invalid-feedback" id="fault-{}">{}</small>', ((name, error) for error in sheet.errors)
    )
    taken = ""
    if cell.seats.taken:
        taken = format_html("<small>{}</small>", _("%(n)s registered") % {"n": cell.seats.taken})
    return format_html(
        '<td class="number"><input class="form-control{}" type="number" min="0" max="9999" inputmode="numeric"'
        ' name="{}" id="id_{}" value="{}" aria-label="{}" data-row="{}" data-column="{}"{}>'
        '<input type="hidden" name="read-{}" value="{}">{}{}</td>',
        " is-invalid" if sheet.errors else "",
        name,
        name,
        "" if sheet.value is None else sheet.value,
        f"{cell.unit.name if cell.unit else _('The Ministry')} – {cell.category.short}",
        cell.unit.pk if cell.unit else "ministry",
        cell.category.pk if cell.category.counted else "apart",
        format_html(' aria-invalid="true" aria-describedby="fault-{}"', name) if sheet.errors else mark_safe(""),
        name,
        sheet.read,
        taken,
        faults,
    )
