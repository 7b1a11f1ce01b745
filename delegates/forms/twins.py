"""What two entries of one person become."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from delegates.models import Delegate
from delegates.twins import Line, lines

OTHER = "other"


class ApartForm(forms.Form):
    """That two are two people, with what shows it."""

    note = forms.CharField(label=gettext_lazy("What shows it"), max_length=300, required=False)


class MergeForm(forms.Form):
    """For each field in which both entries say something else: whose word counts. The entry that stays counts first."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, stays: Delegate, goes: Delegate) -> None:
        super().__init__(data)
        self.lines: list[Line] = lines(stays, goes)
        for line in self.lines:
            if line.is_choice:
                self.fields[line.name] = forms.ChoiceField(
                    label=capfirst(line.label),
                    choices=[
                        ("own", _("%(value)s (the entry that stays)") % {"value": line.stays}),
                        (OTHER, _("%(value)s (the other entry)") % {"value": line.goes}),
                    ],
                    initial="own",
                    widget=forms.RadioSelect,
                )

    @property
    def taken(self) -> list[str]:
        """The fields whose value comes from the other entry."""
        return [name for name, value in self.cleaned_data.items() if value == OTHER]

    @property
    def filled(self) -> list[Line]:
        """What the other entry alone knows: it is kept without a question."""
        return [line for line in self.lines if line.is_filled]

    @property
    def outcome(self) -> list[tuple[Line, str, bool]]:
        """Every field as it will stand, and whether it comes from the other entry."""
        taken = self.taken
        told = []
        for line in self.lines:
            theirs = line.is_filled or line.name in taken
            if value := (line.goes if theirs else line.stays):
                told.append((line, value, theirs))
        return told
