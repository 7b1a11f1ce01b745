"""The list of nominations as its address asks for it: pages and papers take the same rows in the same order."""

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from awards.models import Kind, Nomination
from congress.models import Congress
from core.listing import Listing
from core.models import User
from units.models import Block, Unit

SORTS = {
    "name": ("sort_key",),
    "unit": ("unit__order", "sort_key"),
    "state": ("state", "sort_key"),
    "since": ("-state_since",),
}


class NominationFilters(django_filters.FilterSet):
    """What the list may be narrowed by; only what stands in it can be chosen."""

    kind = django_filters.ChoiceFilter(label=_("List"), choices=Kind.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=Nomination.State.choices)
    unit = django_filters.ChoiceFilter(label=_("Unit"))
    block = django_filters.ChoiceFilter(label=_("Block"), field_name="unit__block")

    class Meta:
        model = Nomination
        fields: list[str] = []

    def __init__(self, *args, queryset, **kwargs) -> None:
        super().__init__(*args, queryset=queryset, **kwargs)
        units = list(Unit.objects.filter(nominations__in=queryset).select_related("block").distinct().order_by("order"))
        blocks: dict[int, Block] = {unit.block_id: unit.block for unit in units}
        self.filters["unit"].extra["choices"] = [(unit.pk, unit.name) for unit in units]
        self.filters["block"].extra["choices"] = [(block.pk, block.name) for block in blocks.values()]


def nomination_listing(params: QueryDict, congress: Congress, user: User) -> Listing:
    """The nominations of a congress that somebody may see, searched, filtered and sorted."""
    return Listing(
        params,
        Nomination.objects.visible_to(user).filter(congress=congress).select_related("unit__block"),
        filterset=NominationFilters,
        sorts=SORTS,
        default="name",
        search=("folded", "unit__folded"),
    )
