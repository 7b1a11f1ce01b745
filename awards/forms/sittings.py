"""Forms of a sitting: when and where, who has come, who counts, what was concluded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from awards import rules
from awards.models import Sitting
from awards.queries.sittings import Presence, PresenceLine
from core.fields import DayFormField
from core.models import User

TIMES = ["%H:%M", "%Hh%M", "%H.%M", "%Hh", "%H"]  # as people write the time of day


class SittingForm(forms.ModelForm):
    """Day, place and rules of a sitting."""

    day = DayFormField(label=_("Day"))
    time = forms.TimeField(
        label=_("Time"),
        input_formats=TIMES,
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "08:30", "autocomplete": "off"}),
        error_messages={"invalid": _("Write the time as hours and minutes, such as 08:30.")},
    )
    field_order = ["day", "time", "place", "quorum_numerator", "quorum_denominator", "tellers_wanted"]

    class Meta:
        model = Sitting
        fields = ["place", "quorum_numerator", "quorum_denominator", "tellers_wanted"]
        help_texts = {
            "quorum_denominator": _("2 out of 3 means: two thirds of all members have to be present."),
            "tellers_wanted": _("Any two of them open a ballot box together."),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            held_at = localtime(self.instance.held_at)
            self.fields["day"].initial, self.fields["time"].initial = held_at.date(), held_at.time()

    @property
    def values(self) -> dict[str, Any]:
        """The fields of a sitting, day and time as one moment."""
        values = dict(self.cleaned_data)
        held_at = datetime.combine(values.pop("day"), values.pop("time"), get_current_timezone())
        return {"held_at": held_at, **values}


@dataclass(frozen=True)
class Row:
    """A line of the attendance as the form shows it: `read` is what stood there when it was read."""

    line: PresenceLine
    checked: bool
    excuse: str
    read: str
    errors: Any


def _as_noted(line: PresenceLine) -> tuple[bool, str]:
    return line.present, line.excuse


def as_read(present: bool, excuse: str) -> str:
    """How a line stood, to be sent along: '1', or '0Đi công tác'."""
    return f"{int(present)}{excuse}"


class AttendanceForm(forms.Form):
    """Who of the Council has come, and why others have not.

    Two people may take the attendance at once: only the lines that the sender has touched are set.
    """

    def __init__(self, presence: Presence, data: Any = None) -> None:
        super().__init__(data)
        self.lines = {line.user.pk: line for line in presence.lines}
        for pk, line in self.lines.items():
            self.fields[f"excuse-{pk}"] = forms.CharField(
                required=False,
                max_length=200,
                strip=True,
                error_messages={
                    "max_length": _("%(name)s: shorten the reason to 200 characters.") % {"name": line.user}
                },
            )

    def _here(self) -> set[str]:
        return set(self.data.getlist("here")) if self.is_bound else set()

    def clean(self) -> dict[str, Any]:
        values, here = super().clean() or {}, self._here()
        for pk, line in self.lines.items():
            if str(pk) in here and values.get(f"excuse-{pk}"):
                words = _("%(name)s is ticked as present: take away the tick, or the reason of absence.")
                self.add_error(f"excuse-{pk}", words % {"name": line.user})
        return values

    @property
    def present(self) -> list[User]:
        here = self._here()
        return [line.user for pk, line in self.lines.items() if str(pk) in here]

    @property
    def excuses(self) -> dict[int, str]:
        return {pk: self.cleaned_data[f"excuse-{pk}"] for pk in self.lines}

    @property
    def read(self) -> dict[int, tuple[bool, str] | None]:
        """What the sender's page showed of each line; None where the form does not say."""
        found = {pk: self.data.get(f"read-{pk}", "") for pk in self.lines}
        return {pk: (text[0] == "1", text[1:]) if text else None for pk, text in found.items()}

    @property
    def rows(self) -> list[Row]:
        """A line per member, with what was typed where the form comes back."""
        here, rows = self._here(), []
        for pk, line in self.lines.items():
            present, excuse = _as_noted(line)
            if self.is_bound:
                present, excuse = str(pk) in here, self.data.get(f"excuse-{pk}", "")
            errors = self.errors.get(f"excuse-{pk}", []) if self.is_bound else []
            rows.append(Row(line, present, excuse, as_read(*_as_noted(line)), errors))
        return rows


class TellersForm(forms.Form):
    """The counting team, out of those who are present and have no conflict, and who leads it."""

    users = forms.ModelMultipleChoiceField(User.objects.none(), label=_("Counting team"), required=False)
    leader = forms.ModelChoiceField(
        User.objects.none(), label=_("Leads the team"), help_text=_("One of those who are ticked.")
    )

    def __init__(self, sitting: Sitting, conflicted: set[int], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = sitting.tellers_wanted
        here = {line.user_id for line in sitting.attendances.all() if line.present}
        eligible = rules.voters(sitting.congress).filter(pk__in=here - conflicted)
        self.fields["users"].queryset = self.fields["leader"].queryset = eligible  # type: ignore[attr-defined]
        team = list(sitting.tellers.all())
        self.fields["users"].initial = [teller.user_id for teller in team]
        self.fields["leader"].initial = next((teller.user_id for teller in team if teller.leads), None)

    def clean_users(self) -> list[User]:
        users = list(self.cleaned_data["users"])
        if len(users) != self.wanted:
            words = ngettext(
                "Choose %(wanted)s tellers: %(n)s is ticked.",
                "Choose %(wanted)s tellers: %(n)s are ticked.",
                len(users),
            )
            raise forms.ValidationError(words % {"wanted": self.wanted, "n": len(users)})
        return users

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        users, leader = values.get("users"), values.get("leader")
        if users is not None and leader and leader not in users:
            self.add_error("leader", _("Whoever leads the team is one of it: choose one of those who are ticked."))
        return values

    @property
    def picks(self) -> list[tuple[User, bool]]:
        """Everybody who may count, and whether they are ticked."""
        ticked = {str(value) for value in self["users"].value() or []}
        return [(user, str(user.pk) in ticked) for user in self.fields["users"].queryset]  # type: ignore[attr-defined]

    @property
    def ticked(self) -> int:
        return sum(ticked for _user, ticked in self.picks)


class ConcludeForm(forms.ModelForm):
    """What the sitting concluded."""

    conclusion = forms.CharField(
        label=_("Conclusion"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("As the minutes are to hold it."),
    )

    class Meta:
        model = Sitting
        fields = ["conclusion"]
