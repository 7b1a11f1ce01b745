"""The list of delegates as its address asks for it: pages and papers take the same rows in the same order."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet, Value
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from congress.models import Congress
from core.listing import ByCatalogue, Listing
from core.models import User
from delegates import queries, rules
from delegates.models import Delegate, Replacement, SettledList, acted_for_by
from units.hats import hats
from units.models import Block, Unit

SORTS = {
    "name": ("sort_key",),
    "unit": ByCatalogue("unit", ("order",), ("sort_key",)),
    "category": ByCatalogue("category", ("order",), ("sort_key",)),
    "state": ("state", "sort_key"),
}


class _Several(django_filters.MultipleChoiceFilter):
    """Some of a few choices, as boxes to tick."""

    def __init__(self, **kwargs) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, distinct=False, **kwargs)


class BadgeFilters(django_filters.FilterSet):
    """What the desk may narrow its list by: what it sees."""

    category = _Several(label=_("Category"))
    block = django_filters.ChoiceFilter(label=_("Block"), method="of_block")
    unit = django_filters.ChoiceFilter(label=_("Unit"))

    class Meta:
        model = Delegate
        fields: list[str] = []

    def __init__(self, *args, congress: Congress, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        names = ("name_vi", "name_en")
        units = Unit.objects.visible_to(user).select_related("block")
        units = units.only(*names, *(f"block__{name}" for name in names))
        if hats(user).department or hats(user).desk:
            self.filters["unit"].extra["null_label"] = _("The Ministry, guests")
        else:
            units = units.filter(acted_for_by(user))
        self.units = list(units.order_by("block__order", "order", "pk"))
        blocks: dict[int, Block] = {unit.block_id: unit.block for unit in self.units}
        self._offer("category", [(category.pk, category.short) for category in congress.categories.all()])
        self._offer("unit", [(unit.pk, unit.name) for unit in self.units])
        self._offer("block", [(block.pk, block.name) for block in blocks.values()])

    def _offer(self, name: str, choices: list) -> None:
        """Offer these choices; a filter that leaves nothing to choose is taken away."""
        if len(choices) > 1:
            self.filters[name].extra["choices"] = choices
        else:
            del self.filters[name]

    def of_block(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """By the keys of the block's units: counting needs no second table."""
        return queryset.filter(unit__in=[unit.pk for unit in self.units if str(unit.block_id) == value])


class DelegateFilters(BadgeFilters):
    """What everybody else may narrow the list by. Nothing here looks at a sensitive column."""

    belongs = django_filters.ChoiceFilter(label=_("Category, also where it is not the seat's"), method="belongs_to")
    sex = _Several(label=_("Sex"), choices=Delegate.Sex.choices)
    state = _Several(label=_("State"), choices=Delegate.State.choices)
    twice = django_filters.ChoiceFilter(
        label=_("Check"), choices=[("1", _("Perhaps registered twice"))], method="registered_twice"
    )

    list = django_filters.ChoiceFilter(
        label=_("List of the unit"),
        choices=[("settled", _("Settled by the head")), ("open", _("Not settled yet"))],
        method="of_settled",
    )

    def __init__(self, *args, congress: Congress, user: User, **kwargs) -> None:
        super().__init__(*args, congress=congress, user=user, **kwargs)
        self.congress = congress
        if "category" in self.filters:
            self.filters["belongs"].extra["choices"] = self.filters["category"].extra["choices"]
        else:
            del self.filters["belongs"]
        if not hats(user).department:
            del self.filters["twice"], self.filters["list"]

    def of_settled(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """People of units whose head has settled the list, or has not; the Ministry's own have none."""
        settled = SettledList.objects.in_force().filter(congress=self.congress).values("unit")
        return (
            queryset.filter(unit__in=settled)
            if value == "settled"
            else queryset.exclude(unit__in=settled).exclude(unit=None)
        )

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Those withdrawn or on the reserve list are shown to who asks for them."""
        queryset = super().filter_queryset(queryset)
        return queryset if self.form.cleaned_data.get("state") else queryset.filter(state__in=Delegate.SEATED)

    def belongs_to(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """Those who sit in a category, and those who belong to it besides."""
        tagged = Delegate.tags.through.objects.filter(category=value).values("delegate")
        return queryset.filter(Q(category=value) | Q(pk__in=tagged))

    def registered_twice(self, queryset: QuerySet, _name: str, _value: str) -> QuerySet:
        """Those who are likely the same person as somebody else, until that is decided."""
        likely = {pk for pair in queries.likely_pairs(self.congress) for pk in pair}
        return queryset.filter(pk__in=likely).annotate(likely_duplicate=Value(True))


def delegate_list(
    user: User, congress: Congress, params: QueryDict, people: QuerySet[Delegate], *, badges: bool | None = None
) -> Listing:
    """The list that an address asks for, of those given. `badges`: no more than a badge tells; by default, the desk."""
    badges = rules.badges_only(user) if badges is None else badges
    sorts = {name: SORTS[name] for name in ("name", "unit", "category")} if badges else SORTS
    return Listing(
        params,
        people.filter(congress=congress).select_related("unit", "category", "highest_award"),
        filterset=BadgeFilters if badges else DelegateFilters,
        sorts=sorts,
        default="name",
        search=("folded",),
        congress=congress,
        user=user,
    )


class ReplacementFilters(django_filters.FilterSet):
    """What the list of replacements can be narrowed by."""

    unit = django_filters.ChoiceFilter(label=_("Unit"), field_name="successor__unit")

    class Meta:
        model = Replacement
        fields: list[str] = []

    def __init__(self, *args, congress: Congress, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(delegates__came_by__congress=congress).distinct().order_by("order", "pk")
        self.filters["unit"].extra["choices"] = [(unit.pk, unit.name) for unit in units]


def replacement_list(congress: Congress, params: QueryDict) -> Listing:
    """The replacements of a congress as an address asks for them, the latest first."""
    return Listing(
        params,
        queries.replacements(congress),
        filterset=ReplacementFilters,
        sorts={"day": ("-at",), "name": ("successor__sort_key",), "unit": ("successor__unit__order", "-at")},
        default="day",
        search=("successor__folded", "replaced__folded"),
        congress=congress,
    )
