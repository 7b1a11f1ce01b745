"""Forms of nominations: begun, written subject by subject, vetted."""

from typing import Any

from django import forms
from django.forms.models import modelform_factory
from django.utils.translation import gettext_lazy as _

from awards.dossier import TEXT_LIMIT, Section
from awards.models import CouncilSeat, Kind, Nomination, NomineeAward
from congress.models import AwardType, Congress
from core import clock
from core.models import User
from units.forms import DayInput, yes_or_no
from units.hats import hats
from units.models import Unit

SPARE_ROWS = 2  # empty lines in the table of awards


class NominateForm(forms.Form):
    """Who is put forward, on which list, by which of one's units."""

    kind = forms.ChoiceField(label=_("List"), choices=Kind.choices, widget=forms.RadioSelect)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), empty_label=None)
    nominee = forms.CharField(
        label=_("Nominee"), max_length=250, help_text=_("The full name of the collective or of the person.")
    )

    def __init__(self, actor: User, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.active().filter(pk__in=hats(actor).unit_ids)
        self.fields["unit"].queryset = units
        if len(units) == 1:
            self.fields["unit"].initial = units[0]
            self.fields["unit"].widget = forms.HiddenInput()


def section_form(section: Section) -> type[forms.ModelForm]:
    """The form of one subject of a dossier: its fields alone, and none of them demanded before the dossier is sent."""
    fields = list(section.fields)
    widgets: dict[str, Any] = {"sex": forms.RadioSelect} | {
        name: forms.Textarea(attrs={"rows": 5, "maxlength": TEXT_LIMIT}) for name in fields if name in LONG
    }
    if "reviewed_on" in fields:
        widgets["reviewed_on"] = DayInput()
    made = modelform_factory(Nomination, form=_SectionForm, fields=fields, widgets=widgets)
    made.section = section  # type: ignore[attr-defined]
    return made


LONG = {"profile", "duties", "achievements", "measures", "compliance", "context", "results", "lessons", "review"}


class _SectionForm(forms.ModelForm):
    """What is missing keeps a dossier from being sent, never a draft from being saved; the nominee has a name."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.needed = name in self.section.needed  # type: ignore[attr-defined]
            field.required = name == "nominee"
            if name in LONG:
                field.max_length = TEXT_LIMIT

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in LONG & set(values):
            if len(values[name]) > TEXT_LIMIT:
                self.add_error(name, _("Shorten this text to %(limit)s characters.") % {"limit": TEXT_LIMIT})
        members = values.get("members")
        for name in ("women", "party_members"):
            if members is not None and (values.get(name) or 0) > members:
                self.add_error(name, _("This is more than the number of people: check both."))
        return values


class AwardForm(forms.ModelForm):
    """An award that the nominee holds. Without a decision number it is shown as not proven."""

    class Meta:
        model = NomineeAward
        fields = ["year", "award", "decision_number", "decision_date", "issuer"]
        widgets = {"decision_date": DayInput()}

    def __init__(self, *args, kind: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["award"].queryset = AwardType.objects.filter(given_to__in=[kind, AwardType.For.BOTH])

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if not 1945 <= year <= clock.today().year:
            raise forms.ValidationError(_("Check the year: awards are of 1945 to this year."))
        return year

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        award, year = values.get("award"), values.get("year")
        if award and year and not award.given_in(year):
            self.add_error(
                "award",
                _("“%(award)s” was not given in %(year)s: check the award and its year.")
                % {"award": award, "year": year},
            )
        return values


def awards_formset(nomination: Nomination, data: Any = None, extra: int = SPARE_ROWS) -> forms.BaseFormSet:
    """The table of awards held: a line each, and spare lines."""
    made = forms.formset_factory(AwardForm, extra=extra, can_delete=True)
    names = AwardForm.Meta.fields
    initial = [{name: getattr(award, name) for name in names} for award in nomination.awards.select_related("award")]
    return made(data, initial=initial, prefix="awards", form_kwargs={"kind": nomination.kind})


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=1000)


class ReturnForm(ReasonForm):
    """What to mend, and until when."""

    due = forms.DateField(label=_("Correction due"), widget=DayInput)


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


class AccountForm(forms.Form):
    """The member of the Council who is the nominee, or heads the nominated collective."""

    user = forms.ModelChoiceField(
        User.objects.none(), label=_("Member of the Council"), required=False, empty_label=_("None of them")
    )

    def __init__(self, congress: Congress, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = CouncilSeat.objects.voters(congress, clock.today())
