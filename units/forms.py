"""Forms of units, offices and accounts."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import BLANK_CHOICE_DASH, QuerySet
from django.utils.translation import gettext_lazy as _

from core import accounts, clock
from core.fields import DayFormField, PhoneFormField
from core.models import User
from core.vietnamese import clean, short_date
from units.hats import hats
from units.models import Block, BlockOffice, Office, Unit
from units.usernames import username_for

YES_NO = [(True, _("Yes")), (False, _("No"))]


def yes_or_no(**options: Any) -> forms.TypedChoiceField:
    """A choice between two words: unlike a box, what was not ticked is sent too, and shows in a conflict."""
    return forms.TypedChoiceField(choices=YES_NO, coerce=lambda value: str(value) == "True", **options)


class UnitForm(forms.ModelForm):
    """What is known of a unit, and how surely."""

    own_conference = yes_or_no(label=_("Holds its own conference"))

    class Meta:
        model = Unit
        fields = [
            "name_vi", "name_en", "abbreviation", "kind", "head_title", "own_conference", "confidence", "note",
        ]  # fmt: skip
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "name_vi": _(
                "Mend a misspelt name here. A new name by decision is entered with “Rename”, and the old one kept."
            ),
            "confidence": _("Whether the unit bore this name and sat in this block in 2019–2020."),
            "note": _("What is uncertain, and where it was read."),
        }


class TermForm(forms.Form):
    """From when to when."""

    starts = DayFormField(label=_("From"))
    ends = DayFormField(label=_("Until"), required=False, help_text=_("Leave empty while no end is known."))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts"].initial = clock.today

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        starts, ends = values.get("starts"), values.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The last day lies before the first."))
        return values


class ByDocument(forms.Form):
    """By which paper something takes effect, and from which day on."""

    @property
    def shown(self) -> list[tuple[Any, str]]:
        """What was typed, as people read it, before it is confirmed."""
        return [(field.label, _read(self.cleaned_data.get(field.name), field)) for field in self]

    day = DayFormField(label=_("Takes effect on"))
    document_number = forms.CharField(
        label=_("Number of the document"), max_length=120, help_text=_("As it stands on the paper: 37/QĐ-BKHCN.")
    )
    document_day = DayFormField(label=_("Day of the document"))

    @property
    def values(self) -> dict[str, Any]:
        """What the act takes: the paper as one text."""
        found = dict(self.cleaned_data)
        found["document"] = cited(found.pop("document_number"), found.pop("document_day"))
        return found


def _read(value: Any, field: forms.BoundField) -> str:
    """A checked value of a field, as people read it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return short_date(value)
    if isinstance(field.field, forms.ModelMultipleChoiceField):
        return ", ".join(str(one) for one in value)
    return str(value)


def cited(number: str, day: date) -> str:
    """A document as papers cite it: '37/QĐ-BKHCN ngày 08/01/2020'."""
    return f"{clean(number)} ngày {short_date(day)}"


class RenameForm(ByDocument):
    """A unit's new name."""

    name_vi = forms.CharField(label=_("New Vietnamese name"), max_length=250)
    name_en = forms.CharField(label=_("New English name"), max_length=250, required=False)
    abbreviation = forms.CharField(label=_("Abbreviation"), max_length=30, required=False)
    field_order = ["name_vi", "name_en", "abbreviation", "day", "document_number", "document_day"]


class MoveForm(ByDocument):
    """The block that a unit moves to."""

    block = forms.ModelChoiceField(Block.objects.none(), label=_("New block"))
    field_order = ["block", "day", "document_number", "document_day"]

    def __init__(self, unit: Unit, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["block"].queryset = Block.objects.exclude(pk=unit.block_id)


class DissolveForm(ByDocument):
    """A unit that is no more, and whose place nobody takes."""


class MergeForm(ByDocument):
    """Into which unit one is merged, and which others with it; or into a new one."""

    others = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("Other units merged with it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    into = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Merged into"),
        required=False,
        empty_label=_("a new unit"),
        help_text=_("For a new unit, fill in its code and name below."),
    )
    new_code = forms.CharField(label=_("Code of the new unit"), max_length=20, required=False)
    new_name_vi = forms.CharField(label=_("Vietnamese name of the new unit"), max_length=250, required=False)
    new_name_en = forms.CharField(label=_("English name of the new unit"), max_length=250, required=False)
    new_abbreviation = forms.CharField(label=_("Abbreviation of the new unit"), max_length=30, required=False)
    new_kind = forms.ChoiceField(
        label=_("Kind of the new unit"), choices=[*BLANK_CHOICE_DASH, *Unit.Kind.choices], required=False
    )
    new_block = forms.ModelChoiceField(Block.objects.all(), label=_("Block of the new unit"), required=False)
    field_order = [
        "into", "new_code", "new_name_vi", "new_name_en", "new_abbreviation", "new_kind", "new_block",
        "others", "day", "document_number", "document_day",
    ]  # fmt: skip
    NEW = ("code", "name_vi", "name_en", "abbreviation", "kind", "block")
    NEEDED = ("code", "name_vi", "kind", "block")

    def __init__(self, unit: Unit, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        rest = Unit.objects.active().exclude(pk=unit.pk)
        self.fields["others"].queryset = self.fields["into"].queryset = rest

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        named = [name for name in self.NEW if values.get(f"new_{name}")]
        if values.get("into") and named:
            self.add_error("into", _("Choose a unit here, or fill in a new one below: not both."))
        if not values.get("into") and "into" not in self.errors:
            for name in self.NEEDED:
                if not values.get(f"new_{name}") and f"new_{name}" not in self.errors:
                    self.add_error(f"new_{name}", _("Choose a unit above, or say this of the new one."))
        if Unit.objects.filter(code=values.get("new_code") or None).exists():
            self.add_error("new_code", _("Another unit has this code: choose one of its own."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        """What the act takes: the units that go, the one that stays, or the values of a new one."""
        found = super().values
        new = {name: found.pop(f"new_{name}") for name in self.NEW}
        others = [unit for unit in found.pop("others") if unit != found["into"]]
        return {**found, "units": [self.unit, *others], "new": None if found["into"] else new}


class HeadcountForm(forms.Form):
    """How many people a unit had on a day."""

    number = forms.IntegerField(label=_("Headcount"), min_value=0, max_value=1_000_000)
    taken_on = DayFormField(label=_("Headcount as of"), help_text=_("The day that the headcount was taken on."))
    source = forms.CharField(
        label=_("Source"), max_length=200, required=False, help_text=_("The paper or the office that says so.")
    )


class OfficeForm(TermForm):
    """An office: which, for which unit, from when to when. A unit's head is asked for its clerk alone."""

    role = forms.ChoiceField(label=_("Office"))
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), required=False)
    document = forms.CharField(
        label=_("Document"),
        max_length=200,
        required=False,
        help_text=_("Who acts for an absent head does so by a document: its number and day."),
    )
    field_order = ["role", "unit", "starts", "ends", "document"]

    def __init__(self, actor: User, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        mine = hats(actor)
        roles, units = self.fields["role"], self.fields["unit"]
        if mine.department:
            roles.choices = [*BLANK_CHOICE_DASH, *offices_given_by(actor)]
            units.queryset = Unit.objects.active()
            units.help_text = _("For a head of unit, an acting head or a unit clerk.")
        else:
            mine_to_give = [
                Office.Role.UNIT_CLERK,
                *([Office.Role.ACTING_HEAD] if mine.head_of - mine.acting_for else []),
            ]
            roles.choices = [(role.value, role.label) for role in mine_to_give]
            units.queryset = Unit.objects.active().filter(pk__in=mine.head_of)
            units.required, units.empty_label = True, None

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        role, unit = values.get("role"), values.get("unit")
        if role in Office.OF_A_UNIT and not unit and "unit" not in self.errors:
            self.add_error("unit", _("Choose the unit that this office is for."))
        if role and role not in Office.OF_A_UNIT and unit:
            self.add_error("unit", _("This office is held in the Department: leave the unit empty."))
        if role in Office.ACTING and not values.get("ends") and "ends" not in self.errors:
            self.add_error("ends", _("Somebody acts for an absent head until a day: write the last one."))
        if role in Office.ACTING and not values.get("document") and "document" not in self.errors:
            self.add_error("document", _("Write the document by which this person acts for the head."))
        return values


def offices_given_by(actor: User) -> list[tuple[str, Any]]:
    """The offices that somebody of the Department may give."""
    closed = () if hats(actor).department_head else Office.OF_THE_DEPARTMENT
    return [(role.value, role.label) for role in Office.Role if role not in closed]


class AccountForm(forms.ModelForm):
    """Whose account it is."""

    class Meta:
        model = User
        fields = ["full_name", "email", "phone"]
        field_classes = {"phone": PhoneFormField}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["email"].help_text = _("The link that sets the password goes there.")

    def clean_email(self) -> str:
        return accounts.normal_email(self.cleaned_data["email"])


class NewAccountForm(AccountForm):
    """A new account; its user name may be left to the portal."""

    class Meta(AccountForm.Meta):
        fields = ["full_name", "email", "phone", "username"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["username"]
        field.required = False
        field.help_text = _("Left empty, it is made from the name: Lê Thị Hồng Nhung becomes nhunglth.")

    def clean_username(self) -> str:
        return accounts.normal_email(self.cleaned_data["username"])

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not values.get("username") and "username" not in self.errors and values.get("full_name"):
            values["username"] = username_for(values["full_name"])
        return values


class EndForm(forms.Form):
    """The last day of an office, and why it ends."""

    last_day = DayFormField(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class BlockOfficeForm(forms.Form):
    """Which unit leads the block in which year."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    role = forms.ChoiceField(label=_("Office"), choices=BlockOffice.Role)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))

    def __init__(self, block: Block, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        this_year = clock.today().year
        self.fields["year"].choices = [(year, year) for year in range(this_year - 2, this_year + 3)]
        self.fields["year"].initial = this_year
        self.fields["unit"].queryset = Unit.objects.active().filter(block=block)


class UnitFilter(django_filters.FilterSet):
    """What a list of units may be narrowed to; how sure a unit is, is the Department's to ask."""

    block = django_filters.ModelChoiceFilter(label=_("Block"), queryset=Block.objects.all())
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Unit.Kind.choices)
    own = django_filters.ChoiceFilter(
        label=_("Conference"),
        field_name="own_conference",
        choices=[("True", _("Its own")), ("False", _("With its block"))],
    )
    certainty = django_filters.ChoiceFilter(
        label=_("Certainty"),
        choices=[("open", _("To be confirmed")), ("certain", _("Certain"))],
        method="by_certainty",
    )

    def __init__(self, *args, department: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not department:
            del self.filters["certainty"]

    def by_certainty(self, units: QuerySet[Unit], name: str, value: str) -> QuerySet[Unit]:
        certain = {"confidence": Unit.Confidence.HIGH}
        return units.filter(**certain) if value == "certain" else units.exclude(**certain)


class PeopleFilter(django_filters.FilterSet):
    """What the list of accounts may be narrowed to."""

    role = django_filters.ChoiceFilter(label=_("Office"), choices=Office.Role.choices, method="by_role")
    unit = django_filters.ModelChoiceFilter(label=_("Unit"), queryset=Unit.objects.all(), method="by_unit")
    state = django_filters.ChoiceFilter(
        label=_("Account"),
        choices=[
            ("open", _("Open")),
            ("closed", _("Closed")),
            ("new", _("Never signed in")),
            ("idle", _("Without an office")),
        ],
        method="by_state",
    )

    @staticmethod
    def _held() -> QuerySet[Office]:
        return Office.objects.from_day(clock.today())

    def by_role(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return people.filter(pk__in=self._held().filter(role=value).values("user"))

    def by_unit(self, people: QuerySet[User], name: str, value: Unit) -> QuerySet[User]:
        return people.filter(pk__in=self._held().filter(unit=value).values("user"))

    def by_state(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        if value == "idle":
            return people.exclude(pk__in=self._held().values("user"))
        chosen: dict[str, dict[str, date | bool | None]] = {
            "open": {"is_active": True},
            "closed": {"is_active": False},
            "new": {"last_login": None},
        }
        return people.filter(**chosen[value])
