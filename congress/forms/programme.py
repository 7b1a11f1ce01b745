"""The form of a point of the programme."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.models import ProgrammeItem


class ProgrammeItemForm(forms.ModelForm):
    """A point of the programme."""

    class Meta:
        model = ProgrammeItem
        fields = ["name_vi", "name_en", "presenter", "starts_at", "minutes"]
        widgets = {"starts_at": forms.TimeInput(format="%H:%M", attrs={"placeholder": "14:00"})}
        help_texts = {"starts_at": _("Only where it does not follow from the items before.")}
