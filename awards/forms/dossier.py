"""Forms of a dossier's subjects: one subject each, saved whether complete or not."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.dossier import COLLECTIVE, INDIVIDUAL, TEXT_LIMIT
from awards.models import Nomination, NomineeAward
from awards.queries.nominations import label_of, told
from congress.models import AwardType
from core import clock
from core.fields import PhoneFormField
from core.subjects import Row, Subject, SubjectForm, TableForm, form_class
from core.vietnamese import clean

NUMBERS = ("members", "women", "party_members")
LONG = ("profile", "duties", "achievements", "measures", "compliance", "context", "results", "lessons", "review")
FIRST_YEAR = 1945
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


def section_form(nomination: Nomination, section: Subject, data: Any = None, spare: int = 1) -> "SectionForm":
    """The form of one subject of a dossier: its fields alone. `spare`: empty lines of the table of awards."""
    base = AwardsForm if section.key == "awards" else SectionForm
    made = form_class(Nomination, base, section, sex=forms.RadioSelect)
    return made(data, instance=nomination, subject=section, spare=spare)


class SectionForm(SubjectForm):
    """What is missing keeps a dossier from being sent, never a draft from being saved; the nominee has a name."""

    NUMBERS, LONG, FIELD_CLASSES = NUMBERS, LONG, {"phone": PhoneFormField}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = name == "nominee"
            field.help_text = HINTS.get((self.instance.kind, name)) or field.help_text
        if "nominee" in self.fields:
            self.fields["nominee"].label = label_of("nominee", self.instance.kind)
        if "sex" in self.fields:
            self.fields["sex"].choices = Nomination.Sex.choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in set(LONG) & set(values):
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

    def clean_reviewed_on(self) -> Any:
        day = self.cleaned_data["reviewed_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("This day lies in the future: give the day when the meeting was held."))
        return day


class AwardForm(Row):
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


class Catalogue:
    """The awards that a nominee of a kind can hold, the highest first, by level; one query for all lines."""

    def __init__(self, kind: str) -> None:
        given_to = (kind, AwardType.For.BOTH)
        self.awards = AwardType.objects.filter(given_to__in=given_to).exclude(valid_from__gt=clock.today())
        self.choices = self.awards.choices()


class AwardsForm(TableForm, SectionForm):
    """The subject of the awards: a line each, spare lines, and whether there are none."""

    row_form, name, none = AwardForm, "awards", "no_awards"
    none_and_some = _("Awards are listed below: take this tick away, or delete the lines.")

    def saved_rows(self) -> list[dict[str, Any]]:
        return [{name: getattr(award, name) for name in ROW} for award in self.instance.awards.select_related("award")]

    def row_options(self) -> dict[str, Any]:
        return {"catalogue": Catalogue(self.instance.kind)}

    def check_rows(self, live: list[Row]) -> None:
        seen: set[tuple] = set()
        for row in live:
            twin = tuple(row.cleaned_data.get(name) for name in ("award", "year", "decision_number"))
            if not row.errors and twin in seen:
                row.add_error("award", _("This award stands twice in the list: delete one line."))
            seen.add(twin)

    @property
    def as_text(self) -> str:
        """The awards as they were sent, a line each, for the page of a conflict."""
        if self.cleaned_data.get("no_awards"):
            return gettext("Holds no award yet.")
        return awards_as_text(NomineeAward(**row) for row in self.lists.get(self.name, []))


ROW = tuple(AwardForm.Meta.fields)


def awards_as_text(awards: Iterable[NomineeAward]) -> str:
    """Awards a line each."""
    return "\n".join(told(award) for award in awards)
