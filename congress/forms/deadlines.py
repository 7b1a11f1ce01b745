"""The form that extends a deadline for one unit."""

from typing import Any

from django import forms
from django.db.models import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _

from congress import rules
from congress.models import Conference, Congress, Extension
from units.models import Unit


class ExtensionForm(forms.ModelForm):
    """For which unit, which deadline, until when, why and by which paper."""

    deadline = forms.ChoiceField(label=_("Deadline"))

    class Meta:
        model = Extension
        fields = ["unit", "until", "reason", "document"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"document": _("Number, date and issuer: 15/CV-VNCNN of 10/07/2020.")}

    field_order = ["unit", "deadline", "until", "reason", "document"]

    def __init__(self, *args: Any, congress: Congress, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.congress = congress
        self.instance.congress = congress
        self.fields["unit"].queryset = Unit.objects.active()
        held = congress.conferences.exclude(held_on=None).order_by("order", "pk")
        self.conferences = {f"report-{one.pk}": one for one in held}
        for one in self.conferences.values():
            one.congress = congress
        kinds = [(kind, kind.label) for kind in Extension.Kind if kind != Extension.Kind.REPORT]
        reports = [(key, one.name) for key, one in self.conferences.items()]
        self.fields["deadline"].choices = [*BLANK_CHOICE_DASH, *kinds, (Extension.Kind.REPORT.label, reports)]

    @property
    def kind(self) -> str:
        return self.cleaned_data["deadline"].split("-")[0]

    @property
    def conference(self) -> Conference | None:
        return self.conferences.get(self.cleaned_data["deadline"])

    def clean(self) -> dict[str, Any]:
        """Whether the unit has this deadline, and whether the day gives it more time."""
        values = super().clean() or self.cleaned_data
        if {"unit", "deadline"} <= values.keys():
            what = (self.congress, self.kind, values["unit"], self.conference)
            if reason := rules.why_not_extend_for(*what):
                self.add_error("deadline", reason)
            elif values.get("until") and (reason := rules.why_not_until(*what, values["until"])):
                self.add_error("until", reason)
        return values

    def _post_clean(self) -> None:
        """The act checks the row as a whole."""

    @property
    def values(self) -> dict[str, Any]:
        """What the act takes."""
        values = {name: self.cleaned_data[name] for name in ("unit", "until", "reason", "document")}
        return {**values, "kind": self.kind, "conference": self.conference}
