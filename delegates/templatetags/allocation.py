"""Fields of the what-if page. Built here and not in the template: 46 units make some hundred and fifty of them."""

from django import forms, template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def plan_number(field: forms.BoundField, label: str = "", hint: str = "") -> SafeString:
    """A number with what is wrong with it; `label` is for the ear alone where a table's head says it to the eye."""
    name, errors = field.html_name, field.errors
    return format_html(
        '<input class="form-control{}" type="number" min="0" inputmode="numeric" name="{}" id="id_{}" value="{}"'
        ' placeholder="{}"{}{}>{}',
        " is-invalid" if errors else "",
        name,
        name,
        "" if field.value() is None else field.value(),
        hint,
        format_html(' aria-label="{}"', label) if label else "",
        format_html(' aria-invalid="true" aria-describedby="fault-{}"', name) if errors else mark_safe(""),
        format_html_join(
            "", '<small class="invalid-feedback" id="fault-{}">{}</small>', ((name, error) for error in errors)
        ),
    )


@register.simple_tag
def plan_choice(field: forms.BoundField) -> SafeString:
    """One of several ways; a value that is none of them is said to be wrong."""
    name, chosen, bound = field.html_name, str(field.value() or ""), field.field
    choices = bound.choices if isinstance(bound, forms.ChoiceField) else []
    return format_html(
        '<select class="form-select{}" name="{}" id="id_{}">{}</select>{}',
        " is-invalid" if field.errors else "",
        name,
        name,
        format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((value, mark_safe(" selected" if str(value) == chosen else ""), text) for value, text in choices),  # noqa: S308
        ),
        format_html_join("", '<small class="invalid-feedback">{}</small>', ((error,) for error in field.errors)),
    )
