"""The table of awards in the form of a delegate."""

from typing import Any

from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from congress.forms.awards import FIELDS, AwardRow, Catalogue, refuse_twins
from congress.models import AwardType, Congress
from congress.models.awards import as_text
from core.subjects import Row, WithTable, one_more_row
from delegates.models import Category, Delegate, DelegateAward


class DelegateAwardRow(AwardRow):
    """An award that the delegate holds."""

    class Meta(AwardRow.Meta):
        model = DelegateAward

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision_number"].help_text = _("Without it the award is not counted in the statistics.")
        self.fields["issuer"].widget.attrs["list"] = "authorities"
        for name in ("award", "year"):
            self.fields[name].needed = True  # type: ignore[attr-defined] # of a line that says something


class WithAwards(WithTable):
    """A form of a delegate with the awards that they hold."""

    row_form, name = DelegateAwardRow, "awards"
    instance: Delegate
    congress: Congress

    @property
    def asks_for_a_line(self) -> bool:
        """Whether it was sent for one more line: what was typed comes back as it is, and is not judged yet."""
        return "add-row" in self.data

    def lay_out(self, data: Any, spare: int) -> None:
        super().lay_out(one_more_row(data, self.name) if self.asks_for_a_line else data, spare)

    def is_valid(self) -> bool:
        return super().is_valid() and not self.asks_for_a_line

    def full_clean(self) -> None:
        if not self.asks_for_a_line:
            super().full_clean()
            return
        for form in (self, *self.rows.forms):
            form._errors, form.cleaned_data = ErrorDict(), {}

    def saved_rows(self) -> list[dict[str, Any]]:
        held = self.instance.awards.select_related("award") if self.instance.highest_award_id else []
        return [{name: getattr(award, name) for name in FIELDS} for award in held]

    def row_options(self) -> dict[str, Any]:
        self.catalogue = Catalogue(AwardType.objects.possible_until(self.congress.congress_until))
        return {"catalogue": self.catalogue}

    def check_rows(self, live: list[Row]) -> None:
        refuse_twins(live, ("award", "year"))
        category: Category | None = self.cleaned_data.get("category")
        for row in live:
            award = row.cleaned_data.get("award")
            if award and category and (reason := DelegateAward(award=award).why_not_in(category)):
                row.add_error("award", reason)
        if category and category.needs_award and not live:
            self._ask_for_an_award(self.rows.forms[0])

    @property
    def awards_as_text(self) -> str:
        """The awards as they were sent, a line each."""
        return as_text(DelegateAward(**row) for row in self.good_rows)

    def _ask_for_an_award(self, row: Row) -> None:
        """The first line has to be filled in."""
        words = _("This category is for those honoured with an award: choose it.")
        row.fields["award"].error_messages["required"] = words
        row.empty_permitted, row.asked_for = False, True
        row.full_clean()
