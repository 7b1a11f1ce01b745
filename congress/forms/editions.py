"""The form of an edition."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.models import Congress


class CongressForm(forms.ModelForm):
    """The facts of an edition."""

    class Meta:
        model = Congress
        fields = [
            "name_vi", "name_en", "held_on", "starts_at", "venue", "delegates_target", "collective_reports",
            "individual_reports", "nominations_due", "registration_due", "replacements_until", "conferences_from",
            "conferences_until", "congress_from", "congress_until", "own_conference_above",
            "delegates_conference_above", "collectives_per_conference", "individuals_per_conference", "report_days",
            "grace_minutes", "late_acts", "reminder_days", "period_from", "period_to",
            "phone", "ministry_vi", "ministry_en", "department_vi", "department_en", "council_vi", "council_en",
            "symbol", "seat",
        ]  # fmt: skip

    reason = forms.CharField(
        label=_("Reason why the day of the congress moves"),
        help_text=_("Only when the day moves that was set before."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
    )
    document = forms.CharField(label=_("Document: number, day and kind"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        day = self.initial.get("held_on")
        if day and "held_on" not in self.errors and found.get("held_on") != day and not found.get("reason"):
            self.add_error("reason", _("Say why the day moves: what follows it moves too."))
        return found
