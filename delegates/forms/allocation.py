"""Forms of the allocation: the what-if page's, which is an address, and those that make, issue and transfer."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from delegates import rules
from delegates.forms.people import MOST_SEATS
from delegates.models import Allocation, Category, Quota
from delegates.queries import Ground, Plan, pool_of, weight_sources
from units.models import Unit

MOST_OF_A_WEIGHT = 1_000_000
OWN, EACH, PART, WEIGHT, LEAST, MOST = "own", "each", "part", "w", "min", "max"  # before a category's or a unit's key


def _number(label: Any, most: int = MOST_SEATS, **more) -> forms.IntegerField:
    """A whole number from 0 on; blank is allowed and is not shown as '(optional)' in a table of them."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        error_messages={
            "invalid": _("Write a whole number."),
            "min_value": _("Write 0 or more."),
            "max_value": _("Write %(most)s or less.") % {"most": most},
        },
        **more,
    )


class WhatIfForm(forms.Form):
    """What is asked of an allocation, as an address: it can be sent to somebody and opened again."""

    method = forms.ChoiceField(label=_("Method"), choices=Allocation.Method.choices)
    weight = forms.ChoiceField(label=_("Weight"))
    tie = forms.ChoiceField(label=_("Among equals first"), choices=Allocation.Tie.choices)
    target = _number(_("All seats"))
    reserve = _number(_("Kept back"))
    floor = _number(_("Least for a unit"))
    ceiling = _number(_("Most for a unit"))
    unknown = _number(_("A unit whose number is not known counts as"), MOST_OF_A_WEIGHT)

    def __init__(self, data: Mapping[str, Any], *, on: Ground) -> None:
        super().__init__(data)
        self.on = on
        field: Any = self.fields["weight"]
        known = {Allocation.Weight.AWARDS.value: "awards" in weight_sources}
        field.choices = [(value, label) for value, label in Allocation.Weight.choices if known.get(value, True)]
        self.fields["target"].required = True
        for category in on.categories:
            self.fields[f"{OWN}-{category.pk}"] = _number(category.short)
        for category in on.shared:
            self.fields[f"{EACH}-{category.pk}"] = _number(category.short)
            self.fields[f"{PART}-{category.pk}"] = _number(category.short)
        for unit in self.units:
            self.fields[f"{WEIGHT}-{unit.pk}"] = _number(unit.name, MOST_OF_A_WEIGHT)
            self.fields[f"{LEAST}-{unit.pk}"] = _number(unit.name)
            self.fields[f"{MOST}-{unit.pk}"] = _number(unit.name)

    @property
    def units(self) -> list[Unit]:
        """Those that seats can be given to."""
        return [unit for unit in self.on.units if unit.is_active]

    @property
    def ways(self) -> list[forms.BoundField]:
        """How it is reckoned."""
        return [self[name] for name in ("method", "weight", "tie", "floor", "ceiling", "unknown")]

    @property
    def sizes(self) -> list[forms.BoundField]:
        return [self[name] for name in ("target", "reserve")]

    @property
    def own(self) -> list[forms.BoundField]:
        return [self[f"{OWN}-{category.pk}"] for category in self.on.categories]

    @property
    def shared(self) -> list[tuple[Category, forms.BoundField, forms.BoundField]]:
        """For each category of the units: fixed seats of every unit, part of the pool."""
        return [(one, self[f"{EACH}-{one.pk}"], self[f"{PART}-{one.pk}"]) for one in self.on.shared]

    @property
    def each_unit(self) -> list[tuple[Unit, list[forms.BoundField]]]:
        """For each unit: its number, its least and its most."""
        return [(unit, [self[f"{name}-{unit.pk}"] for name in (WEIGHT, LEAST, MOST)]) for unit in self.units]

    @property
    def units_spoken_for(self) -> bool:
        """Whether something is said of single units: then they are shown."""
        names = (f"{name}-{unit.pk}" for unit in self.units for name in (WEIGHT, LEAST, MOST))
        return any(self.data.get(name) or name in self.errors for name in names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        plan = self._plan(cleaned)
        if plan.ceiling is not None and plan.ceiling < plan.floor:
            self.add_error("ceiling", _("The most lies below the least: raise it, or leave it blank."))
        for unit in self.units:
            most = plan.ceilings.get(unit.pk, plan.ceiling)
            if most is not None and most < plan.floors.get(unit.pk, plan.floor) and not self.errors:
                self.add_error(
                    f"{MOST}-{unit.pk}", _("The most of %(unit)s lies below its least.") % {"unit": unit.name}
                )
        if not any(plan.parts.values()) and pool_of(plan, len(self.units)) > 0:
            self.add_error(None, _("Say which categories the shared seats are for: write a part for one or more."))
        return cleaned

    @property
    def address(self) -> str:
        """The plan as an address; of a valid form alone."""
        return as_address(self.plan)

    @property
    def plan(self) -> Plan:
        """What was asked; of a valid form alone."""
        return self._plan(self.cleaned_data)

    def _plan(self, cleaned: Mapping[str, Any]) -> Plan:
        def of(name: str, keys: Iterable[int]) -> dict[int, int]:
            return {key: cleaned[f"{name}-{key}"] for key in keys if cleaned.get(f"{name}-{key}") is not None}

        units, shared = [unit.pk for unit in self.units], [category.pk for category in self.on.shared]
        return Plan(
            method=cleaned["method"],
            weight=cleaned["weight"],
            tie=cleaned["tie"],
            target=cleaned["target"],
            reserve=cleaned["reserve"] or 0,
            floor=cleaned["floor"] or 0,
            ceiling=cleaned["ceiling"],
            unknown=cleaned["unknown"],
            own=of(OWN, [category.pk for category in self.on.categories]),
            each=of(EACH, shared),
            parts=of(PART, shared),
            weights=of(WEIGHT, units),
            floors=of(LEAST, units),
            ceilings=of(MOST, units),
        )


def as_address(plan: Plan) -> str:
    """A plan as the what-if page's address has it; what is blank is left out."""
    found = QueryDict(mutable=True)
    for name in ("method", "weight", "tie", "target", "reserve", "floor", "ceiling", "unknown"):
        value = getattr(plan, name)
        if value is not None:
            found[name] = str(value)
    tables = {OWN: plan.own, EACH: plan.each, PART: plan.parts}
    tables |= {WEIGHT: plan.weights, LEAST: plan.floors, MOST: plan.ceilings}
    for name, table in tables.items():
        for key, value in table.items():
            found[f"{name}-{key}"] = str(value)
    return found.urlencode()


def start(on: Ground, in_force: Allocation | None) -> QueryDict:
    """What the page begins with: the version in force, or the seats as they were given out by hand."""
    if in_force:
        return QueryDict(in_force.asked)
    own = {category: seats.seats for (unit, category), seats in on.now.items() if unit is None}
    given = dict.fromkeys([category.pk for category in on.shared], 0)
    for (unit, category), seats in on.now.items():
        if unit is not None and category in given:
            given[category] += seats.seats
    parts = given if any(given.values()) else dict.fromkeys(given, 1)
    return QueryDict(as_address(Plan(target=on.congress.delegates_target, own=own, parts=parts)))


def asked(params: QueryDict, on: Ground, in_force: Allocation | None) -> QueryDict:
    """The plan that an address asks for; an address without one asks for the start."""
    return params if "method" in params else start(on, in_force)


class MakeForm(forms.ModelForm):
    """What is to be known of a version beside its numbers."""

    class Meta:
        model = Allocation
        fields = ["note", "document"]
        labels = {"note": _("Note"), "document": _("Document that it rests on")}
        help_texts = {"note": _("Why it was reckoned so, and why single units have a least or a most of their own.")}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class IssueForm(forms.Form):
    """By which paper a version is issued."""

    document = forms.CharField(label=_("Document that it is issued with"), max_length=200)


class TransferForm(forms.Form):
    """Seats of one unit that go to another."""

    giving = forms.ChoiceField(label=_("Seats from"))
    target = forms.ChoiceField(label=_("Seats go to"))
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=MOST_SEATS)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    document = forms.CharField(label=_("Document"), max_length=200, required=False)

    MINISTRY = "ministry"

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, unused: list[tuple[Quota, int]], units: list[Unit], **more
    ) -> None:
        super().__init__(data, **more)
        self.unused = {str(quota.pk): (quota, free) for quota, free in unused}
        self.units = {str(unit.pk): unit for unit in units}
        giving: Any = self.fields["giving"]
        giving.choices = [
            ("", _("Choose where seats are unused")),
            *((key, self._named(quota, free)) for key, (quota, free) in self.unused.items()),
        ]
        target: Any = self.fields["target"]
        target.choices = [
            ("", _("Choose who gets them")),
            (self.MINISTRY, _("The Ministry")),
            *((key, unit.name) for key, unit in self.units.items()),
        ]

    @staticmethod
    def _named(quota: Quota, free: int) -> str:
        words = {"unit": quota.unit or _("The Ministry"), "category": quota.category.short, "n": free}
        return _("%(unit)s – %(category)s: %(n)s unused") % words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        quota, free = self.unused[cleaned["giving"]]
        if cleaned["seats"] > free:
            self.add_error("seats", _("%(n)s seats are unused there: write %(n)s or less.") % {"n": free})
        if reason := rules.why_not_transfer(quota.unit, self.units.get(cleaned["target"]), quota.category):
            self.add_error("target", reason)
        return cleaned

    @property
    def transfer(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned = self.cleaned_data
        quota, _free = self.unused[cleaned["giving"]]
        target = self.units.get(cleaned["target"])
        fields = {name: cleaned[name] for name in ("seats", "reason", "document")}
        return {"category": quota.category, "source": quota.unit, "target": target, **fields}
