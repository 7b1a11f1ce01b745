"""Forms of a sitting: when and where, who has come, who counts, what was concluded."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext_lazy as _

from awards.models import Sitting
from core.models import User
from units.forms import DayInput


class SittingForm(forms.ModelForm):
    """Day, place and rules of a sitting."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    time = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "08:30", "inputmode": "numeric"})
    )
    field_order = ["day", "time", "place", "quorum_numerator", "quorum_denominator", "tellers_wanted"]

    class Meta:
        model = Sitting
        fields = ["place", "quorum_numerator", "quorum_denominator", "tellers_wanted"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            held_at = localtime(self.instance.held_at)
            self.fields["day"].initial, self.fields["time"].initial = held_at.date(), held_at.time()

    def values(self) -> dict[str, Any]:
        """The fields of a sitting, day and time as one moment."""
        values = dict(self.cleaned_data)
        held_at = datetime.combine(values.pop("day"), values.pop("time"), get_current_timezone())
        return {**values, "held_at": held_at}


class AttendanceForm(forms.Form):
    """Who of the Council has come, and why others have not."""

    def __init__(self, sitting: Sitting, members: Sequence[User], data: Any = None) -> None:
        super().__init__(data)
        self.members = members
        noted = {line.user_id: line for line in sitting.attendances.all()}
        for member in members:
            line = noted.get(member.pk)
            self.fields[f"here-{member.pk}"] = forms.BooleanField(
                label=str(member), required=False, initial=bool(line and line.present)
            )
            self.fields[f"excuse-{member.pk}"] = forms.CharField(
                label=_("Reason of absence"), required=False, max_length=200, initial=line.excuse if line else ""
            )

    @property
    def rows(self) -> list[tuple[User, forms.BoundField, forms.BoundField]]:
        """A line per member: who, here, the reason of absence."""
        return [(member, self[f"here-{member.pk}"], self[f"excuse-{member.pk}"]) for member in self.members]

    @property
    def present(self) -> list[User]:
        return [member for member in self.members if self.cleaned_data[f"here-{member.pk}"]]

    @property
    def excuses(self) -> dict[int, str]:
        return {member.pk: self.cleaned_data[f"excuse-{member.pk}"] for member in self.members}


class TellersForm(forms.Form):
    """The counting team, and who leads it."""

    users = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Counting team"), widget=forms.CheckboxSelectMultiple
    )
    leader = forms.ModelChoiceField(User.objects.none(), label=_("Leads the team"))

    def __init__(self, sitting: Sitting, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        present = User.objects.filter(pk__in=sitting.attendances.filter(present=True).values("user"))
        self.fields["users"].queryset = self.fields["leader"].queryset = present
        self.fields["users"].help_text = _("Choose %(number)s of those present who have no conflict of interest.") % {
            "number": sitting.tellers_wanted
        }
        self.fields["users"].initial = [teller.user_id for teller in sitting.tellers.all()]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        users, leader = values.get("users"), values.get("leader")
        if users is not None and leader and leader not in users:
            self.add_error("leader", _("The leader is one of the counting team: choose one of those ticked."))
        return values


class ConcludeForm(forms.ModelForm):
    """What the sitting concluded."""

    class Meta:
        model = Sitting
        fields = ["conclusion"]
        widgets = {"conclusion": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conclusion"].required = True
