"""Forms of nominations: begun, and vetted. Those of a dossier's subjects stand in `awards.forms.dossier`."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards import rules
from awards.models import CouncilSeat, Kind, Nomination
from congress.models import Congress
from core import clock
from core.fields import DayFormField
from core.models import User
from core.vietnamese import clean
from units.forms import yes_or_no
from units.hats import hats
from units.models import Unit

USUAL_DAYS = 7  # to mend a dossier; the officer may say otherwise


class NominateForm(forms.Form):
    """Who is put forward, on which list, by which of one's units."""

    kind = forms.ChoiceField(label=_("List"), choices=Kind.choices, widget=forms.RadioSelect)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    nominee = forms.CharField(
        label=_("Nominee"),
        max_length=250,
        help_text=_("The full name of the collective or of the person, without abbreviations."),
    )

    def __init__(self, actor: User, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        units = list(Unit.objects.active().filter(pk__in=hats(actor).unit_ids).order_by("order", "pk"))
        field: Any = self.fields["unit"]
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        if len(units) == 1:
            del self.fields["unit"]
            self.only_unit = units[0]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        return values if "unit" in self.fields else values | {"unit": self.only_unit}

    def clean_nominee(self) -> str:
        name = clean(self.cleaned_data["nominee"])
        if not name:
            raise forms.ValidationError(self.fields["nominee"].error_messages["required"], code="required")
        return name


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=1000)


class ReturnForm(ReasonForm):
    """What to mend, and until when."""

    due = DayFormField(label=_("Correction due"), help_text=_("The last day for the unit."))

    def __init__(self, actor: User, nomination: Nomination, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.nomination = actor, nomination
        self.fields["reason"].initial = nomination.return_reason
        self.fields["due"].initial = nomination.due or clock.today() + timedelta(days=USUAL_DAYS)

    def clean_due(self) -> date:
        due = self.cleaned_data["due"]
        if reason := rules.why_not_return(self.actor, self.nomination, due):
            raise forms.ValidationError(reason)
        return due


class PendingForm(forms.ModelForm):
    """Whether something is pending against the nominee."""

    pending = yes_or_no(label=_("A discipline case, an inspection or a complaint is pending"), widget=forms.RadioSelect)

    class Meta:
        model = Nomination
        fields = ["pending_note"]
        widgets = {"pending_note": forms.Textarea(attrs={"rows": 3})}

    field_order = ["pending", "pending_note"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pending"].initial = self.instance.pending_issue

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("pending") and not values.get("pending_note") and "pending_note" not in self.errors:
            self.add_error("pending_note", _("Say what is pending, and where it was learned."))
        return values


class AccountForm(forms.Form):
    """The member of the Council who is the nominee, or heads the nominated collective."""

    user = forms.ModelChoiceField(
        User.objects.none(), label=_("Member of the Council"), required=False, empty_label=_("None of them")
    )

    def __init__(self, congress: Congress, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["user"]
        field.queryset = CouncilSeat.objects.voters(congress, clock.today())
