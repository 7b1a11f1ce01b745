"""The awards that a delegate holds, a row each. The highest is kept in the delegate's own row too, for lists."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congress.models import AwardType, HeldAward
from core import clock
from core.fields import PartialDateField
from delegates.models.people import Category, Delegate

FIELDS = ("award", "year", "decision_number", "decision_date", "issuer")
HIGHEST = ("highest_award", "award_year", "award_decision")  # in the delegate's own row
Rows = Iterable[Mapping[str, Any]]  # a mapping each: award, year, and what is known of the decision


class DelegateAward(HeldAward):
    """An award that a delegate holds: of a person, or of the collective that the delegate stands for."""

    delegate = models.ForeignKey(Delegate, models.CASCADE, related_name="awards")
    decision_date = PartialDateField(_("decision date"), null=True, blank=True)

    class Meta(HeldAward.Meta):
        abstract = False
        verbose_name = _("award held")
        verbose_name_plural = _("awards held")
        constraints = [
            models.UniqueConstraint(fields=["delegate", "award", "year"], name="award_of_a_year_once"),
        ]

    def clean(self) -> None:
        """What belongs together in one row, with the fault at its field."""
        if faults := self.faults():
            raise ValidationError(faults)

    def faults(self) -> dict[str, str]:
        """What is wrong with this award, its year and its decision, by field."""
        if not (self.award_id and self.year):
            return {}
        today, day = clock.today(), self.decision_date
        words: dict[str, Any] = {"award": self.award, "year": self.year}
        if self.year > today.year:
            return {"year": gettext("This year lies in the future: check the year of the award.")}
        if not self.award.given_in(self.year):
            text = gettext("“%(award)s” was not given in %(year)s: check the award and its year.")
            return {"year": text % words}
        if day and day.earliest > today:
            return {"decision_date": gettext("This day lies in the future: check the date of the decision.")}
        if day and day.year not in (self.year, self.year + 1):
            text = gettext("The decision is of the year of the award, %(year)s, or of the year after: check both.")
            return {"decision_date": text % words}
        return {}

    def why_not_in(self, category: Category | None) -> str | None:
        """Why a delegate of this category cannot hold it: what is given to collectives is not a person's own."""
        if self.award.given_to != AwardType.For.COLLECTIVE or (category and category.represents_collective):
            return None
        return gettext("“%(award)s” is given to collectives: choose this person's own award.") % {"award": self.award}


def highest(held: Iterable[DelegateAward]) -> DelegateAward | None:
    """The highest by the catalogue's rank; of one award the latest."""
    return min(held, key=lambda one: (one.award.order, one.award_id, -one.year), default=None)


def held(delegate: Delegate, rows: Rows) -> list[DelegateAward]:
    """Awards as a delegate is to hold them, highest first; nothing is written. Sets what is kept of the highest.

    Raises ValidationError for rows that do not stand up.
    """
    awards, faults, seen = [DelegateAward(delegate=delegate, **row) for row in rows], [], set()
    for award in awards:
        try:
            award.clean_fields(exclude={"delegate", "award"})
            award.clean()
        except ValidationError as fault:
            faults += fault.messages
        if reason := award.why_not_in(delegate.category):
            faults.append(reason)
        if (award.award_id, award.year) in seen:
            faults.append(gettext("“%(award)s” of %(year)s stands twice.") % {"award": award.award, "year": award.year})
        seen.add((award.award_id, award.year))
    if faults:
        raise ValidationError({"awards": faults})
    set_highest(delegate, awards)
    return sorted(awards, key=lambda one: (one.award.order, -one.year))


def set_highest(delegate: Delegate, awards: Iterable[DelegateAward]) -> None:
    """Set what a delegate's row keeps of the highest of these awards; it is not saved."""
    best = highest(awards)
    delegate.highest_award = best.award if best else None
    delegate.award_year = best.year if best else None
    delegate.award_decision = best.decision_number if best else ""


def rows_of(delegate: Delegate) -> list[dict[str, Any]]:
    """The awards that a delegate holds, as rows."""
    return [{name: getattr(one, name) for name in FIELDS} for one in delegate.awards.select_related("award")]


def beside(delegate: Delegate, rows: Rows, *, over: bool = True) -> list[dict[str, Any]]:
    """The awards that a delegate holds with these beside them; of the same award and year these count, if `over`."""
    said = {(row["award"], row["year"]): dict(row) for row in rows}
    kept = {(row["award"], row["year"]): row for row in rows_of(delegate)}
    return list(({**kept, **said} if over else {**said, **kept}).values())
