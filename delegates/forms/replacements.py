"""Forms that let somebody else come instead of a delegate."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import versions
from delegates import rules
from delegates.forms.people import PersonForm
from delegates.models import Category, Delegate

REASON = {"label": _("Why somebody else comes"), "max_length": 300}
PAPER = {
    "label": _("Paper of the unit: number and day"),
    "max_length": 200,
    "required": False,
    "error_messages": {"required": _("Write the number and day of the paper by which your unit sends somebody else.")},
}


class ReplaceForm(PersonForm):
    """Let a new person come instead."""

    reason = forms.CharField(**REASON)
    document = forms.CharField(**PAPER)

    def __init__(self, data: Mapping[str, Any] | None = None, *, replaced: Delegate, **more) -> None:
        super().__init__(data, replaced=replaced, **more)
        self.fields["document"].required = rules.needs_paper(self.actor, replaced)

    def offered(self, category: Category) -> bool:
        """Also the categories into which the seat goes along with somebody who has no award of their own."""
        replaced = self.replaced
        goes_along = bool(replaced and replaced.category.needs_award and not category.needs_award)
        return goes_along or super().offered(category)


class ReserveForm(forms.Form):
    """Choose who of the reserve lists comes instead."""

    reserve = forms.ChoiceField(
        label=_("Who comes instead"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who of the reserve list comes instead."),
            "invalid_choice": _("This person is no longer on the reserve list: choose another."),
        },
    )
    reason = forms.CharField(**REASON)
    document = forms.CharField(**PAPER)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, reserves: list[Delegate], replaced: Delegate, paper: bool
    ) -> None:
        super().__init__(data, auto_id="reserve_%s")
        self.reserves = {f"{one.pk}.{one.version}": one for one in reserves}
        choices = [(key, _told(one, replaced)) for key, one in self.reserves.items()]
        self.fields["reserve"].choices = choices  # type: ignore[attr-defined]
        self.fields["document"].required = paper

    @property
    def chosen(self) -> dict[str, Any]:
        """What the action takes."""
        key = self.cleaned_data["reserve"]
        read = versions.whole(key.partition(".")[2])
        told = {name: self.cleaned_data[name] for name in ("reason", "document")}
        return {"reserve": self.reserves[key], "reserve_version": read, **told}


def _told(one: Delegate, replaced: Delegate) -> str:
    """A reserve with the list and place, and what becomes of the seat."""
    words = {"name": one.full_name, "place": one.reserve_order, "category": one.category.short}
    if one.can_sit_as(replaced.category):
        return _("%(name)s – reserve %(place)s, %(category)s") % words
    return _("%(name)s – reserve %(place)s, %(category)s; the seat goes along into this category") % words
