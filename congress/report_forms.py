"""Forms of a conference's report: one subject each, saved whether complete or not."""

from datetime import timedelta
from typing import Any

from django import forms
from django.forms.models import modelform_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congress import reports, rules
from congress.models import AwardType, Commendation, ConferenceReport, Elected
from congress.queries import label_of
from congress.reports import Subject
from core import clock, uploads, versions
from core.fields import DayFormField
from core.models import Upload, User
from core.uploads import Handed, UploadField
from core.vietnamese import clean_phone
from units.forms import DayInput
from units.models import Unit

NUMBERS = ("summoned", "attended", "women", "guests", "collective_papers", "individual_papers")
COSTS = ("cost_planned", "cost_spent")
LONG = ("leaders", "directions", "shortcomings", "requests")
MOST_ROWS = 60
USUAL_DAYS = 5  # to mend a report


def subject_form(
    report: ConferenceReport, subject: Subject, user: User, data: Any = None, files: Any = None, spare: int = 1
) -> "SubjectForm":
    """The form of one subject of a report. `spare`: empty lines of its table."""
    names = list(subject.fields)
    widgets: dict[str, Any] = {name: forms.Textarea(attrs={"rows": 4}) for name in names if name in LONG}
    widgets |= {name: DayInput() for name in names if name in ("held_on", "plan_dated")}
    kinds = {"commendations": CommendationsForm, "elected": ElectedForm, "files": FilesForm}
    numbers = [name for name in names if name in NUMBERS + COSTS]  # as text: a number field drops what is no number
    form = modelform_factory(
        ConferenceReport,
        form=kinds.get(subject.key, SubjectForm),
        fields=names,
        widgets=widgets,
        localized_fields=numbers,
    )
    return form(data, files, instance=report, subject=subject, user=user, spare=spare)


class SubjectForm(forms.ModelForm):
    """What is missing keeps a report from being sent, never a draft from being saved."""

    def __init__(self, *args, subject: Subject, user: User, spare: int = 1, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.user = subject, user
        for name, field in self.fields.items():
            field.needed = name in subject.needed  # type: ignore[attr-defined]
            field.required = False
            if name in NUMBERS + COSTS:
                field.widget.attrs["inputmode"] = "numeric"

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

    @property
    def values(self) -> dict[str, Any]:
        """What is valid, field by field: all of it in a faultless form."""
        return {name: self.cleaned_data[name] for name in self.subject.fields if name in self.cleaned_data}

    @property
    def lists(self) -> dict[str, Any]:
        """What the act takes besides: a table, or files."""
        return {}

    @property
    def faults(self) -> list[str]:
        """Every fault in a line: 'Số người: hãy nhập một số nguyên'."""
        return [str(error) for error in self.non_field_errors()] + [
            f"{getattr(field, 'label_in_row', field.label)}: {error}" for field in self for error in field.errors
        ]


# ---- Tables ----


class Row(forms.ModelForm):
    """A line of a table."""

    @property
    def is_live(self) -> bool:
        """Whether this line says something: it is filled in, and not to be deleted."""
        return self.has_changed() and not self.data.get(self.add_prefix("DELETE"))


class _Rows(forms.BaseFormSet):
    """Lines of a table. None is bound to a saved row: the list is replaced as a whole."""

    def initial_form_count(self) -> int:
        return 0

    def add_fields(self, form: forms.BaseForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Delete this line")


class TableForm(SubjectForm):
    """A subject with a table: a line each, spare lines, and whether there is nothing to tell."""

    row_form: type[Row]
    name: str
    none: str  # the field that says so

    def __init__(self, data: Any = None, *args, spare: int = 1, **kwargs) -> None:
        super().__init__(data, *args, **kwargs)
        self.saved = self.saved_rows()
        made = forms.formset_factory(
            self.row_form,
            _Rows,
            extra=len(self.saved) + spare,
            can_delete=True,
            max_num=MOST_ROWS,
            absolute_max=MOST_ROWS,
        )
        initial = None if data else self.saved
        self.rows = made(data or None, initial=initial, prefix=self.name, form_kwargs=self.row_options())

    def saved_rows(self) -> list[dict[str, Any]]:
        """What the table holds now."""
        raise NotImplementedError

    def row_options(self) -> dict[str, Any]:
        return {}

    def __iter__(self):
        """The fields of the lines too: the summary of faults leads to them."""
        yield from super().__iter__()
        for number, row in enumerate(self.rows, start=1):
            for field in row if row.is_live else ():
                field.label_in_row = gettext("Line %(number)s, %(label)s") % {"number": number, "label": field.label}
                yield field

    def full_clean(self) -> None:
        """Faults of the lines are faults of the form."""
        super().full_clean()
        if self.is_bound:
            for row in self.live_rows:
                for name, errors in row.errors.items():
                    self._errors[row.add_prefix(name)] = errors

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.rows.management_form.is_valid():
            raise forms.ValidationError(_("This form was not sent completely. Open the page again and send it."))
        live = self.live_rows
        for row in live:
            row.full_clean()
        if values.get(self.none) and live:
            self.add_error(self.none, _("There are lines below: take this tick away, or delete the lines."))
        self.check_rows(live)
        return values

    @property
    def alone(self) -> forms.BoundField:
        """The field beside the table."""
        return self[self.none]

    def check_rows(self, live: list[Row]) -> None:
        """What the lines may not be together."""

    @property
    def live_rows(self) -> list[Row]:
        return [row for row in self.rows.forms if row.is_live]

    @property
    def blank_rows(self) -> int:
        """How many lines were sent empty."""
        return len(self.rows.forms) - len(self.live_rows)

    @property
    def lists(self) -> dict[str, Any]:
        """The lines to be saved. While a line is faulty, what was saved before is not thrown away for it."""
        if not self.rows.management_form.is_valid():
            return {}
        live = self.live_rows
        good = [self.row_values(row) for row in live if not row.errors]
        faulty = sum(bool(row.errors) for row in live)
        return {self.name: good + [row for row in self.saved if row not in good][:faulty]}

    def row_values(self, row: Row) -> dict[str, Any]:
        return {name: row.cleaned_data[name] for name in row.Meta.fields}  # type: ignore[attr-defined]


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


class CommendationsForm(TableForm):
    """Commendations at the conference."""

    row_form, name, none = CommendationRow, "commendations", "no_commendations"

    def saved_rows(self) -> list[dict[str, Any]]:
        held = self.instance.commendations.select_related("award") if self.instance.pk else []
        return [{"award": row.award, "number": row.number} for row in held]

    def row_options(self) -> dict[str, Any]:
        levels: dict[str, list] = {}
        for award in AwardType.objects.valid_on(self.instance.held_on or clock.today()):
            levels.setdefault(award.get_level_display(), []).append((award.pk, award.name))
        return {"choices": [("", gettext("Choose an award")), *levels.items()]}

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

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        try:
            return clean_phone(typed) if typed else ""
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from None

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"report"}


class ElectedForm(TableForm):
    """Whom the conference proposes and elects; who was taken over already is no longer changed here."""

    row_form, name, none = ElectedRow, "elected", "no_elected"

    def saved_rows(self) -> list[dict[str, Any]]:
        fields = ElectedRow.Meta.fields
        self.taken = [one for one in self.instance.elected.select_related("unit") if one.made]
        held = [one for one in self.instance.elected.select_related("unit") if not one.made]
        return [{name: getattr(one, name) for name in fields} for one in held]

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


class FilesForm(SubjectForm):
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


def spare_rows(text: str) -> int:
    """How many empty lines an address asks for: one at least, not more than a screen holds."""
    return min(max(versions.whole(text), 1), 10)
