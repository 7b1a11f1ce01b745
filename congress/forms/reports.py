"""Forms of a conference's report: one subject each, saved whether complete or not."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congress import reports, rules
from congress.models import AwardType, Commendation, ConferenceReport, Elected
from congress.queries import label_of
from core import clock, uploads
from core.fields import DayFormField, PhoneFormField
from core.models import Upload, User
from core.subjects import Row, Subject, SubjectForm, TableForm, form_class
from core.uploads import Handed, UploadField
from units.models import Unit

NUMBERS = (
    "summoned", "attended", "women", "guests", "collective_papers", "individual_papers", "cost_planned", "cost_spent",
)  # fmt: skip
LONG = ("leaders", "directions", "shortcomings", "requests")
USUAL_DAYS = 5  # to mend a report


def subject_form(
    report: ConferenceReport, subject: Subject, user: User, data: Any = None, files: Any = None, spare: int = 1
) -> "ReportForm":
    """The form of one subject of a report. `spare`: empty lines of its table."""
    base = {"commendations": CommendationsForm, "elected": ElectedForm, "files": FilesForm}.get(subject.key, ReportForm)
    made = form_class(ConferenceReport, base, subject)
    return made(data, files, instance=report, subject=subject, user=user, spare=spare)


class ReportForm(SubjectForm):
    """What is missing keeps a report from being sent, never a draft from being saved."""

    NUMBERS, LONG, LINES = NUMBERS, LONG, 4

    def __init__(self, *args, user: User, **kwargs) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        attended = values.get("attended")
        if attended is not None and (values.get("women") or 0) > attended:
            self.add_error("women", _("More women than delegates present: check both."))
        return values

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("This day lies in the future: give the day when the conference was held."))
        return day


# ---- Tables ----


class CommendationRow(Row):
    """An award and how many times it was presented."""

    class Meta:
        model = Commendation
        fields = ["award", "number"]
        widgets = {"number": forms.TextInput(attrs={"inputmode": "numeric"})}

    def __init__(self, *args, choices: list, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["award"].choices = choices  # type: ignore[attr-defined]

    def clean_number(self) -> int:
        if self.cleaned_data["number"] == 0:
            raise forms.ValidationError(_("Write how many, or delete this line."))
        return self.cleaned_data["number"]

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"report"}


class CommendationsForm(TableForm, ReportForm):
    """Commendations at the conference."""

    row_form, name, none = CommendationRow, "commendations", "no_commendations"

    def saved_rows(self) -> list[dict[str, Any]]:
        held = self.instance.commendations.select_related("award") if self.instance.pk else []
        return [{"award": row.award, "number": row.number} for row in held]

    def row_options(self) -> dict[str, Any]:
        return {"choices": AwardType.objects.valid_on(self.instance.held_on or clock.today()).choices()}

    def check_rows(self, live: list[Row]) -> None:
        seen = set()
        for row in live:
            award = row.cleaned_data.get("award")
            if award and award in seen:
                row.add_error("award", _("This award stands twice in the list: delete one line."))
            seen.add(award)


class ElectedRow(Row):
    """Somebody whom the conference proposes or elects."""

    class Meta:
        model = Elected
        fields = ["elected_as", "name", "unit", "position", "sex", "birth", "phone"]
        field_classes = {"phone": PhoneFormField}

    def __init__(self, *args, units: list, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        field.choices = [(unit.pk, unit.name) for unit in units]
        if len(units) > 1:
            field.choices = [("", gettext("Choose a unit")), *field.choices]
        else:
            field.initial = units[0].pk if units else None
        self.fields["name"].help_text = _("The full name without abbreviations, as it shall stand in the papers.")
        for name in ("position", "sex", "birth"):
            self.fields[name].help_text = _("For a person.")
        self.fields["phone"].help_text = _("For a delegate.")
        self.fields["birth"].widget.attrs["placeholder"] = "05/09/1980"
        for name in ("position", "sex", "birth", "phone"):
            self.fields[name].needed = True  # type: ignore[attr-defined]

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"report"}


class ElectedForm(TableForm, ReportForm):
    """Whom the conference proposes and elects; who was taken over already is no longer changed here."""

    row_form, name, none = ElectedRow, "elected", "no_elected"

    def saved_rows(self) -> list[dict[str, Any]]:
        fields = ElectedRow.Meta.fields
        elected = list(self.instance.elected.select_related("unit"))
        self.taken = [one for one in elected if one.made]
        return [{name: getattr(one, name) for name in fields} for one in elected if not one.made]

    def row_options(self) -> dict[str, Any]:
        return {"units": list(self.instance.conference.units.order_by("order", "pk"))}

    def check_rows(self, live: list[Row]) -> None:
        named = [one.elected_as for one in self.taken]
        for row in live:
            if elected_as := row.cleaned_data.get("elected_as"):
                named.append(elected_as)
                if reason := rules.why_too_many(self.instance.conference.congress, named):
                    row.add_error("elected_as", reason)
                    named.pop()


# ---- Files ----


class FilesForm(ReportForm):
    """The files of the report, slot by slot."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        held = list(Upload.objects.of(self.instance)) if self.instance.pk else []
        for slot in reports.SLOTS:
            kinds = uploads.SCANS if slot.scan else uploads.KINDS
            field = UploadField(kinds=kinds, most=slot.most, required=False, label=label_of(slot.key))
            words = {"kinds": uploads.extensions(kinds), "hint": slot.hint}
            field.help_text = (gettext("%(hint)s Kinds: %(kinds)s.") % words).strip()
            field.needed = slot.needed  # type: ignore[attr-defined]
            field.belongs(self.user, [upload for upload in held if upload.slot == slot.key])
            self.fields[slot.key] = field

    @property
    def lists(self) -> dict[str, Any]:
        files = {slot.key: self.cleaned_data.get(slot.key) or Handed() for slot in reports.SLOTS}
        return {"files": files} if any(files.values()) else {}


# ---- The Department's answer ----


class ReturnForm(forms.Form):
    """What to mend, and until when."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=1000)
    due = DayFormField(label=_("Correction due"), help_text=_("The last day for the host."))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due"].initial = clock.today() + timedelta(days=USUAL_DAYS)

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due < clock.today():
            raise forms.ValidationError(_("The day for the correction lies in the past: choose today or a later day."))
        return due
