"""Forms of a dossier's subjects: one subject each, saved whether complete or not."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.models import modelform_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.dossier import COLLECTIVE, INDIVIDUAL, TEXT_LIMIT, Section
from awards.models import Nomination, NomineeAward
from awards.queries.nominations import label_of, told
from congress.models import AwardType
from core import clock, versions
from core.vietnamese import clean, clean_phone

NUMBERS = ("members", "women", "party_members")
LONG = {"profile", "duties", "achievements", "measures", "compliance", "context", "results", "lessons", "review"}
FIRST_YEAR = 1945
MOST_ROWS = 60  # awards that one dossier lists
HINTS = {
    (COLLECTIVE, "nominee"): _("The full name without abbreviations, as it shall stand in the papers."),
    (INDIVIDUAL, "nominee"): _("The full name without abbreviations, as it shall stand in the papers."),
    (INDIVIDUAL, "position"): _("Posts in the unit, the Party and mass organisations."),
    (COLLECTIVE, "profile"): _("How it was set up, how it is made up, its Party and mass organisations."),
    (INDIVIDUAL, "profile"): _("The course of work until today."),
    (COLLECTIVE, "duties"): _("Functions and duties, and who gave them."),
    (INDIVIDUAL, "duties"): _("Rights and duties of the post."),
    (COLLECTIVE, "achievements"): _("Results with numbers, compared with the years before."),
    (INDIVIDUAL, "achievements"): _("Results with numbers, initiatives and research, compared with before."),
    (COLLECTIVE, "measures"): _("What was done to reach the results."),
    (COLLECTIVE, "presenter"): _("Full name and position."),
    (INDIVIDUAL, "presenter"): _("Full name and position; mostly the nominee."),
}


def section_form(nomination: Nomination, section: Section, data: Any = None, spare: int = 1) -> "SectionForm":
    """The form of one subject of a dossier: its fields alone. `spare`: empty lines of the table of awards."""
    fields = list(section.fields)
    widgets: dict[str, Any] = {name: forms.Textarea(attrs={"rows": 6}) for name in fields if name in LONG}
    widgets |= {"sex": forms.RadioSelect}
    base = AwardsForm if section.key == "awards" else SectionForm
    numbers = [name for name in fields if name in NUMBERS]  # as text: a number field drops what is no number
    made = modelform_factory(Nomination, form=base, fields=fields, widgets=widgets, localized_fields=numbers)
    return made(data, instance=nomination, section=section, spare=spare)


class SectionForm(forms.ModelForm):
    """What is missing keeps a dossier from being sent, never a draft from being saved; the nominee has a name."""

    def __init__(self, *args, section: Section, spare: int = 1, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        for name, field in self.fields.items():
            field.needed = name in section.needed  # type: ignore[attr-defined]
            field.required = name == "nominee"
            field.help_text = HINTS.get((self.instance.kind, name)) or field.help_text
            if name in NUMBERS:
                field.widget.attrs["inputmode"] = "numeric"
        if "nominee" in self.fields:
            self.fields["nominee"].label = label_of("nominee", self.instance.kind)
        if "sex" in self.fields:
            self.fields["sex"].choices = Nomination.Sex.choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in LONG & set(values):
            if (length := len(clean(values[name]))) > TEXT_LIMIT:
                words = {"limit": TEXT_LIMIT, "length": length}
                self.add_error(name, gettext("Shorten this text to %(limit)s characters; it has %(length)s.") % words)
        members = values.get("members")
        for name in ("women", "party_members"):
            if members is not None and (values.get(name) or 0) > members:
                self.add_error(name, _("This is more than the number of people: check both."))
        return values

    def clean_members(self) -> int | None:
        members = self.cleaned_data["members"]
        if members == 0:
            raise forms.ValidationError(_("A collective has one person at least."))
        return members

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        try:
            return clean_phone(typed) if typed else ""
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from None

    def clean_reviewed_on(self) -> Any:
        day = self.cleaned_data["reviewed_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("This day lies in the future: give the day when the meeting was held."))
        return day

    @property
    def values(self) -> dict[str, Any]:
        """What is valid, field by field: all of it in a faultless form."""
        return {name: self.cleaned_data[name] for name in self.section.fields if name in self.cleaned_data}

    @property
    def held(self) -> list[dict[str, Any]] | None:
        """The awards to be saved, or None for a subject without them."""
        return None

    @property
    def faults(self) -> list[str]:
        """Every fault in a line: 'Số người: hãy nhập một số nguyên'."""
        return [str(error) for error in self.non_field_errors()] + [
            f"{getattr(field, 'label_in_row', field.label)}: {error}" for field in self for error in field.errors
        ]


class AwardForm(forms.ModelForm):
    """An award that the nominee holds. Without a decision number it is shown as not proven."""

    class Meta:
        model = NomineeAward
        fields = ["year", "award", "decision_number", "decision_date", "issuer"]
        widgets = {
            "year": forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        }

    def __init__(self, *args, catalogue: "Catalogue", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["award"]
        field.queryset, field.choices = catalogue.awards, catalogue.choices
        self.fields["decision_number"].help_text = _("Without it the award counts as not proven.")

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= clock.today().year:
            words = {"first": FIRST_YEAR, "last": clock.today().year}
            raise forms.ValidationError(_("Check the year: from %(first)s to %(last)s.") % words)
        return year

    def clean_decision_date(self) -> Any:
        day = self.cleaned_data["decision_date"]
        if day and day > clock.today():
            raise forms.ValidationError(_("This day lies in the future: check the date of the decision."))
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        award, year, day = values.get("award"), values.get("year"), values.get("decision_date")
        if year and day and day.year < year:
            self.add_error("decision_date", _("The decision is older than the year of the award: check both."))
        elif award and year and not (award.given_in(year) or (day and award.given_in(day.year))):
            words = {"award": award, "year": year}
            text = gettext("“%(award)s” was not given in %(year)s: check the award and its year.") % words
            self.add_error("award", text)
        return values

    @property
    def is_live(self) -> bool:
        """Whether this line names an award: it is filled in, and not to be deleted."""
        return self.has_changed() and not self.data.get(self.add_prefix("DELETE"))


class Catalogue:
    """The awards that a nominee of a kind can hold, the highest first, by level; one query for all lines."""

    def __init__(self, kind: str) -> None:
        given_to = (kind, AwardType.For.BOTH)
        self.awards = AwardType.objects.filter(given_to__in=given_to).exclude(valid_from__gt=clock.today())
        levels: dict[str, list] = {}
        for award in self.awards:
            levels.setdefault(award.get_level_display(), []).append((award.pk, award.name))
        self.choices = [("", _("Choose an award")), *levels.items()]


class _Rows(forms.BaseFormSet):
    """Lines of awards. None is bound to a saved row: the list is replaced as a whole."""

    def initial_form_count(self) -> int:
        return 0

    def add_fields(self, form: forms.BaseForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Delete this line")


class AwardsForm(SectionForm):
    """The subject of the awards: a line each, spare lines, and whether there are none."""

    def __init__(self, data: Any = None, *, instance: Nomination, spare: int = 1, **kwargs) -> None:
        super().__init__(data, instance=instance, **kwargs)
        self.saved = [_row(award) for award in instance.awards.select_related("award")]
        made = forms.formset_factory(
            AwardForm, _Rows, extra=len(self.saved) + spare, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS
        )
        initial = None if data else self.saved
        options = {"catalogue": Catalogue(instance.kind)}
        self.rows = made(data or None, initial=initial, prefix="awards", form_kwargs=options)

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
        if values.get("no_awards") and live:
            self.add_error("no_awards", _("Awards are listed below: take this tick away, or delete the lines."))
        self._refuse_twins(live)
        return values

    def _refuse_twins(self, live: list[AwardForm]) -> None:
        seen: set[tuple] = set()
        for row in live:
            row.full_clean()
            twin = tuple(row.cleaned_data.get(name) for name in ("award", "year", "decision_number"))
            if not row.errors and twin in seen:
                row.add_error("award", _("This award stands twice in the list: delete one line."))
            seen.add(twin)

    @property
    def live_rows(self) -> list[AwardForm]:
        """The lines that name an award."""
        return [row for row in self.rows.forms if row.is_live]

    @property
    def blank_rows(self) -> int:
        """How many lines were sent empty."""
        return len(self.rows.forms) - len(self.live_rows)

    @property
    def held(self) -> list[dict[str, Any]] | None:
        """The awards to be saved. While a line is faulty, what was saved before is not thrown away for it."""
        if not self.rows.management_form.is_valid():
            return None
        good = [{name: row.cleaned_data[name] for name in ROW} for row in self.live_rows if not row.errors]
        faulty = sum(bool(row.errors) for row in self.live_rows)
        return good + [row for row in self.saved if row not in good][:faulty]

    @property
    def as_text(self) -> str:
        """The awards as they were sent, a line each, for the page of a conflict."""
        if self.cleaned_data.get("no_awards"):
            return gettext("Holds no award yet.")
        return awards_as_text(NomineeAward(**row) for row in self.held or [])


ROW = tuple(AwardForm.Meta.fields)


def _row(award: NomineeAward) -> dict[str, Any]:
    return {name: getattr(award, name) for name in ROW}


def awards_as_text(awards: Iterable[NomineeAward]) -> str:
    """Awards a line each."""
    return "\n".join(told(award) for award in awards)


def spare_rows(text: str) -> int:
    """How many empty lines an address asks for: one at least, not more than a screen holds."""
    return min(max(versions.whole(text), 1), 10)
