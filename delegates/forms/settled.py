"""The form with which the head of a unit settles its list."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SettleForm(forms.Form):
    """The statement, which nobody ticks for the head, and the paper that the list is sent with."""

    read = forms.CharField(widget=forms.HiddenInput)
    document = forms.CharField(
        label=_("Paper that the list is sent with: number and day"),
        help_text=_("If it has its number already."),
        max_length=200,
        required=False,
    )
    stated = forms.BooleanField(
        label=_("I have read the list as it stands here; these people are to come for our unit."),
        error_messages={"required": _("Tick the statement when you have read the list.")},
    )
