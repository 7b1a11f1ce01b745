"""The form of the next edition."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.models import Congress
from congress.next_edition import Step


class NextEditionForm(forms.ModelForm):
    """What the next edition is called, when it is and how large; filled in from the one before."""

    slug = forms.RegexField(
        r"^[0-9]{4}[a-z0-9-]*$",
        label=_("Address"),
        max_length=20,
        help_text=_("The year of the congress: it stands in the address of all its pages."),
        error_messages={"invalid": _("Begin with the year, then small letters, digits and hyphens only: 2025.")},
    )

    class Meta:
        model = Congress
        fields = [
            "ordinal", "name_vi", "name_en", "slug", "period_from", "period_to", "congress_from", "delegates_target",
            "collective_reports", "individual_reports",
        ]  # fmt: skip
        labels = {"congress_from": _("First day that the congress may fall on")}
        help_texts = {"congress_from": _("All dates of the plan move by as many months as this one.")}

    def __init__(self, data: Any = None, *, before: Congress) -> None:
        years = max(before.period_to - before.period_from, 1)
        step = Step(years * 12, before.ordinal, before.ordinal + 1)
        proposed = {
            "ordinal": step.new_ordinal,
            "name_vi": step.words(before.name_vi),
            "name_en": step.words(before.name_en),
            "slug": str(step.day(before.congress_from).year),
            "period_from": step.year(before.period_from),
            "period_to": step.year(before.period_to),
            "congress_from": step.day(before.congress_from),
            "delegates_target": before.delegates_target,
            "collective_reports": before.collective_reports,
            "individual_reports": before.individual_reports,
        }
        super().__init__(data, initial=proposed)
        self.before = before

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if Congress.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("A congress with this address is there already: choose another."))
        return slug

    def clean_congress_from(self):
        day = self.cleaned_data["congress_from"]
        if day <= self.before.congress_from:
            raise forms.ValidationError(_("The next congress lies after this one: give a later day."))
        return day
