"""Forms of a dossier's subjects: one subject each, saved whether complete or not."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.dossier import COLLECTIVE, INDIVIDUAL, TEXT_LIMIT
from awards.models import Nomination, NomineeAward
from awards.queries.nominations import label_of
from congress.forms.awards import FIELDS, AwardRow, Catalogue, refuse_twins
from congress.models import AwardType
from congress.models.awards import as_text
from core import clock
from core.fields import PhoneFormField
from core.subjects import Row, Subject, SubjectForm, TableForm, form_class
from core.vietnamese import clean

NUMBERS = ("members", "women", "party_members")
LONG = ("profile", "duties", "achievements", "measures", "compliance", "context", "results", "lessons", "review")
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


class AwardForm(AwardRow):
    """An award that the nominee holds."""

    class Meta(AwardRow.Meta):
        model = NomineeAward

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


def possible_awards(kind: str) -> QuerySet[AwardType]:
    """The awards that a nominee of a kind can hold."""
    return AwardType.objects.filter(given_to__in=(kind, AwardType.For.BOTH)).exclude(valid_from__gt=clock.today())


class AwardsForm(TableForm, SectionForm):
    """The subject of the awards: a line each, spare lines, and whether there are none."""

    row_form, name, none = AwardForm, "awards", "no_awards"
    none_and_some = _("Awards are listed below: take this tick away, or delete the lines.")

    def saved_rows(self) -> list[dict[str, Any]]:
        return [
            {name: getattr(award, name) for name in FIELDS} for award in self.instance.awards.select_related("award")
        ]

    def row_options(self) -> dict[str, Any]:
        return {"catalogue": Catalogue(possible_awards(self.instance.kind))}

    def check_rows(self, live: list[Row]) -> None:
        refuse_twins(live, ("award", "year", "decision_number"))

    @property
    def as_text(self) -> str:
        """The awards as they were sent, a line each, for the page of a conflict."""
        if self.cleaned_data.get("no_awards"):
            return gettext("Holds no award yet.")
        return as_text(NomineeAward(**row) for row in self.lists.get(self.name, []))
