"""Forms of the seats table and of delegates."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from congress.models import Congress
from core import versions
from core.models import User
from delegates import queries, rules
from delegates.forms.awards import WithAwards
from delegates.models import Category, Delegate
from delegates.queries import Cell, RollCell, SeatRoll, Seats
from units.models import Unit

MOST_SEATS = 9999


@dataclass(frozen=True)
class SheetCell:
    """A cell of the seats table as the form shows it."""

    cell: RollCell
    value: Any
    read: str  # what the cell was when its editor last saw it: version and seats
    errors: Any


class SeatsForm(forms.Form):
    """The seats table: a whole number in every cell that can have seats. What was not sent is not touched."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, roll: SeatRoll) -> None:
        super().__init__(data)
        self.cells = {cell.name: cell for cell in roll.cells}
        self.told: set[str] = set()  # cells whose present number the sender is shown beside the one written
        for name, cell in self.cells.items():
            if data is not None and name not in data:  # a unit or a category that came while somebody was writing
                continue
            place = f"{cell.unit.name if cell.unit else _('The Ministry')} – {cell.category.short}: "
            self.fields[name] = forms.IntegerField(
                min_value=0,
                max_value=MOST_SEATS,
                error_messages={
                    "required": place + str(_("write how many seats, 0 for none.")),
                    "invalid": place + str(_("write a whole number.")),
                    "min_value": place + str(_("write 0 or more.")),
                    "max_value": place + str(_("this is more than any hall has seats.")),
                },
            )

    def was(self, name: str) -> tuple[int, int]:
        """Version and seats of a cell as the sender read them."""
        version, _dot, seats = self.data.get(f"read-{name}", "").partition(".")
        read = versions.whole(version, -1), versions.whole(seats, -1)
        return read if min(read) >= 0 else (0, 0)

    def touched(self, name: str) -> bool:
        """Whether the sender has written something else than was read: only such cells are set."""
        return self.is_bound and name in self.fields and str(self.data[name]).strip() != str(self.was(name)[1])

    def changed(self) -> tuple[dict[Cell, int], dict[Cell, int]]:
        """New seats of the touched cells, and the versions that they were read at."""
        names = [name for name in self.cells if self.touched(name)]
        seats = {self.cells[name].key: self.cleaned_data[name] for name in names}
        return seats, {self.cells[name].key: self.was(name)[0] for name in names}

    def refuse(self, faults: Mapping[Cell, str]) -> None:
        """Put the reasons of a refused save at their cells."""
        names = {cell.key: name for name, cell in self.cells.items()}
        for key, reason in faults.items():
            cell = self.cells[names[key]]
            self.told.add(cell.name)
            place = f"{cell.unit.name if cell.unit else _('The Ministry')} – {cell.category.short}: "
            self.add_error(names[key], place + reason)

    def sheet(self, row: queries.RollRow) -> list[SheetCell]:
        """A row's cells: what was typed where something was, else what stands there now."""
        return [self._sheet_cell(cell) for cell in row.cells]

    def _sheet_cell(self, cell: RollCell) -> SheetCell:
        name, touched = cell.name, self.touched(cell.name)
        value = self.data[name] if touched else cell.seats.seats
        kept = touched and name not in self.told  # a typing fault elsewhere does not take over a newer number unseen
        read = self.data.get(f"read-{name}", "") if kept else f"{cell.seats.version}.{cell.seats.seats}"
        return SheetCell(cell, value, read, self.errors.get(name, []) if self.is_bound else [])


class PersonForm(WithAwards):
    """Register or change a delegate of a unit, or of the Ministry itself. Nothing is chosen beforehand."""

    sex = forms.ChoiceField(label=_("Sex"), choices=Delegate.Sex.choices, widget=forms.RadioSelect)
    other_person = forms.BooleanField(label=_("This is another person with the same name"), required=False)
    tags = forms.TypedMultipleChoiceField(
        label=_("Also belongs to"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "One person has one seat: who belongs to several categories is counted in the one chosen above, as a rule "
            "the first in this order. Tick the others."
        ),
    )

    class Meta:
        model = Delegate
        fields = ["category", *Delegate.PERSON]
        labels = {
            "full_name": _("Full name"),
            "birth": _("Date of birth"),
            "organisation": _("Organisation"),
            "position": _("Position"),
            "represents": _("Collective that they stand for"),
            "phone": _("Phone"),
            "email": _("E-mail"),
            "note": _("Note"),
            "ethnic_group": _("Ethnic group"),
            "religion": _("Religion"),
            "party_member": _("Party member"),
            "party_joined": _("Joined the party"),
            "sub_unit": _("Department of the unit"),
            "political_theory": _("Political theory"),
            "education": _("Education"),
            "rank": _("Academic rank"),
            "category": _("Category"),
            "id_number": _("Identity number"),
        }
        help_texts = {
            "full_name": _("As in the identity papers, in one field."),
            "birth": _("Day/month/year; the year alone if no more is known."),
            "organisation": _("Where a guest comes from; for the Ministry's own people, the Ministry."),
            "sub_unit": _("The division, office or laboratory within the unit."),
            "party_joined": _("Day/month/year; the year alone if no more is known. For party members."),
            "represents": _("Its full name, when the person stands for a collective that was honoured."),
            "phone": _("Phone or e-mail: one of the two is enough."),
            "id_number": _("CMND, CCCD or identity card: 9 or 12 digits. For the security check at the doors alone."),
        }
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        actor: User,
        congress: Congress,
        unit: Unit | None,
        instance: Delegate | None = None,
        replaced: Delegate | None = None,
        initial: dict[str, Any] | None = None,
        close: bool = True,
    ) -> None:
        instance = instance or Delegate(congress=congress, unit=unit)
        super().__init__(data, instance=instance, initial=initial)
        self.actor, self.congress, self.unit, self.replaced = actor, congress, unit, replaced
        self.lay_out(data, spare=1)
        self.namesakes: list[queries.Namesake] = []
        self.settled = rules.binding_list(actor, congress, unit.pk if unit else None)
        self._prepare_category()
        self._prepare_tags()
        self._prepare_blanks()
        if unit:
            del self.fields["organisation"]
            for name in ("ethnic_group", "education"):
                self.fields[name].required = True
            for name in ("phone", "email"):
                self.fields[name].needed = True  # type: ignore[attr-defined] # one of the two
        if not (instance.id_number or any(category.asks_identity for category in self.seats)):
            del self.fields["id_number"]
        if self.settled and instance.pk:  # what is missing may be completed; the rest stays
            for name in set(rules.fixed_fields(instance)) & self.fields.keys():
                self.fields[name].disabled = True
        if not close:  # what was not opened is neither shown nor changed
            for name in Delegate.CLOSE:
                self.fields.pop(name, None)

    def _prepare_category(self) -> None:
        """The categories that this unit has seats in, each with what is left."""
        seats = self.seats = queries.unit_seats(self.congress, self.unit)
        field: Any = self.fields["category"]
        offered = [category for category in seats if self.offered(category)]
        known = {str(category.pk): category for category in offered}
        field.to_python = lambda key: _row_at_hand(field, known, key)
        field.choices = [
            ("", _("Choose a category")),
            *((category.pk, _with_seats(category, seats[category])) for category in offered),
        ]

    def _prepare_tags(self) -> None:
        """The categories that the person may belong to besides: those of the unit, and those ticked before."""
        ticked = list(self.instance.tags.all()) if self.instance.pk else []
        known = {category.pk: category for category in [*self.seats, *ticked]}
        ordered = sorted(known.values(), key=lambda category: (category.order, category.pk))
        field: Any = self.fields["tags"]
        field.choices = [(category.pk, category.name) for category in ordered]
        field.coerce = lambda key: known[int(key)]
        self.initial.setdefault("tags", [category.pk for category in ticked])

    def offered(self, category: Category) -> bool:
        """Whether a category can be chosen: one with seats, or the one that the person, or who is replaced, is in."""
        own = {person.category_id for person in (self.instance, self.replaced) if person}
        if self.settled and not (self.instance.pk or self.replaced):  # added on new seats alone
            return self.rooms.get(category.pk, 0) > 0
        return bool(self.seats[category].seats) or category.pk in own

    @cached_property
    def rooms(self) -> dict[int, int]:
        """By category, how many people can be added to a settled list."""
        return rules.rooms(self.settled) if self.settled else {}

    @property
    def why_not_add(self) -> str | None:
        """Why nobody can be added: the list is settled, and no seats have come since."""
        return rules.why_not_add_to(self.settled, room=sum(self.rooms.values())) if self.settled else None

    def _prepare_blanks(self) -> None:
        """What a choice says where nothing is chosen; nothing ever is beforehand."""
        self.fields["ethnic_group"].empty_label = _("Choose an ethnic group")  # type: ignore[attr-defined]
        blanks = {
            "education": _("Choose"),
            "rank": _("None"),
            "religion": _("Not known"),
            "political_theory": _("None, or not known"),
        }
        for name, words in blanks.items():
            field: Any = self.fields[name]
            field.choices = [("", words), *((key, label) for key, label in field.choices if key)]

    def _get_validation_exclusions(self) -> set[str]:
        """What was chosen from rows of the database need not be looked for there once more."""
        chosen = {name for name, value in self.cleaned_data.items() if isinstance(value, Model)}
        return super()._get_validation_exclusions() | chosen

    def validate_constraints(self) -> None:
        """`Delegate.clean` says the same of a person, each fault at its field."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "birth" not in self.fields and cleaned.get("full_name"):
            self._look_for_namesakes({**cleaned, "birth": self.instance.birth})
        elif cleaned.get("full_name") and cleaned.get("birth"):
            self._look_for_namesakes(cleaned)
        return cleaned

    def _look_for_namesakes(self, cleaned: dict[str, Any]) -> None:
        """Two people may share a name; one person may not have two seats. Whoever registers has to say which it is."""
        known = (self.initial.get("full_name"), self.initial.get("birth"))
        if self.instance.pk and known == (cleaned["full_name"], cleaned["birth"]):
            return
        but = self.instance if self.instance.pk else self.replaced
        self.namesakes = queries.namesakes(self.actor, self.congress, cleaned["full_name"], cleaned["birth"], but)
        if self.namesakes and not cleaned.get("other_person"):
            self.add_error(
                "other_person",
                _("Somebody with this name and year of birth is registered: say that this is another person."),
            )

    @property
    def has_quota(self) -> bool:
        """Whether a category is offered at all: without one there is no reserve list either."""
        return len(self.fields["category"].choices) > 1  # type: ignore[attr-defined]

    def why_no_seat(self, category_id: str) -> str | None:
        """Why this form need not be filled in: no seat is left in the category asked for, or in any."""
        for category, left in self.seats.items():
            if str(category.pk) == category_id:
                return rules.why_no_seat(self.unit, category, left.taken, left.seats)
        whole = Seats.total(self.seats.values())
        if not whole.free:
            return rules.why_no_seat(self.unit, None, whole.taken, whole.seats)
        return None

    @property
    def months_kept(self) -> int:
        """How long personal data is kept after a congress."""
        return settings.PERSONAL_DATA_MONTHS

    @property
    def person(self) -> dict[str, Any]:
        """What is known of the person, as the actions take it."""
        known = {name: self.cleaned_data[name] for name in Delegate.PERSON if name in self.cleaned_data}
        return {**known, "awards": self.good_rows, "tags": self.cleaned_data.get("tags", [])}


def _row_at_hand(field: forms.ModelChoiceField, known: Mapping[str, Category], key: Any) -> Category | None:
    """What was chosen, of the rows that were offered: none is looked for once more."""
    if key in field.empty_values or isinstance(key, Category):
        return key or None
    if str(key) not in known:
        raise ValidationError(field.error_messages["invalid_choice"], code="invalid_choice", params={"value": key})
    return known[str(key)]


def _with_seats(category: Category, seats: Seats) -> str:
    left = _("%(free)s of %(seats)s seats free") % {"free": seats.free, "seats": seats.seats}
    return f"{category.name} ({left})"


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), strip=True)
