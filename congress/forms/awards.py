"""Lines of a table of awards that somebody holds, whatever room keeps them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from congress.models import AwardType
from core import clock
from core.subjects import Row

FIRST_YEAR = 1945
FIELDS = ("year", "award", "decision_number", "decision_date", "issuer")


class Catalogue:
    """Some awards of the catalogue, the highest first, by level; one query for all lines, none where no line asks."""

    def __init__(self, awards: QuerySet[AwardType]) -> None:
        self.awards = awards

    @cached_property
    def choices(self) -> list[tuple[str, Any]]:
        return self.awards.choices()  # type: ignore[attr-defined]

    @cached_property
    def by_key(self) -> dict[str, AwardType]:
        return {str(award.pk): award for award in self.awards}

    @property
    def authorities(self) -> list[str]:
        """Who decides on these awards, each once."""
        return list(dict.fromkeys(award.decided_by for award in self.by_key.values() if award.decided_by))


class AwardField(forms.ModelChoiceField):
    """An award of a catalogue that is read once."""

    catalogue: Catalogue

    def offer(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.choices: Callable[[], list] = lambda: catalogue.choices

    def to_python(self, value: Any) -> AwardType | None:
        if value in self.empty_values:
            return None
        found = self.catalogue.by_key.get(str(value))
        if found is None:
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": value})
        return found


class AwardRow(Row):
    """An award that somebody holds. Without a decision number it is shown as not proven."""

    award = AwardField(AwardType.objects.none(), label=_("Award"))

    class Meta:
        fields = list(FIELDS)
        widgets = {"year": forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4})}

    def __init__(self, *args, catalogue: Catalogue, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(FIELDS)
        self.fields["award"].offer(catalogue)  # type: ignore[attr-defined]
        self.fields["decision_number"].help_text = _("Without it the award counts as not proven.")

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"award"}  # it was found in the catalogue

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= clock.today().year:
            words = {"first": FIRST_YEAR, "last": clock.today().year}
            raise forms.ValidationError(_("Check the year: from %(first)s to %(last)s.") % words)
        return year


def refuse_twins(live: list[Row], names: tuple[str, ...]) -> None:
    """A line that says in these fields what a line above says is a fault."""
    seen: set[tuple] = set()
    for row in live:
        twin = tuple(row.cleaned_data.get(name) for name in names)
        if not row.errors and twin in seen:
            row.add_error("award", _("This award stands twice in the list: delete one line."))
        seen.add(twin)
