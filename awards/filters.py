"""The list of nominations as its address asks for it: pages and papers take the same rows in the same order."""

import django_filters
from django import forms
from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from awards.models import Kind, Nomination, NomineeAward
from congress.models import Conference, Congress
from core.listing import Listing
from core.models import User
from units.models import Block, Unit

SORTS = {
    "name": ("sort_key",),
    "kind": ("kind", "sort_key"),
    "unit": ("unit__order", "kind", "sort_key"),
    "state": ("stage", "kind", "sort_key"),
    "since": ("state_since",),
}
# A state comes in the order of the work, not of the alphabet.
STAGE = Case(
    *(When(state=state, then=Value(place)) for place, state in enumerate(Nomination.State)),
    output_field=IntegerField(),
)
_OF_ONE = NomineeAward.objects.filter(nomination=OuterRef("pk")).order_by().values("nomination")
AWARDS_HELD = Coalesce(Subquery(_OF_ONE.annotate(number=Count("pk")).values("number")), 0)


class _Several(django_filters.MultipleChoiceFilter):
    """Some of a few choices, as boxes to tick."""

    def __init__(self, **kwargs) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, distinct=False, **kwargs)


class NominationFilters(django_filters.FilterSet):
    """What the list may be narrowed by; only what the reader's own list holds can be chosen."""

    kind = _Several(label=_("List"), choices=Kind.choices)
    state = _Several(label=_("State"), choices=Nomination.State.choices)
    unit = django_filters.ChoiceFilter(label=_("Unit"))
    block = django_filters.ChoiceFilter(label=_("Block"), field_name="unit__block")
    conference = django_filters.ChoiceFilter(label=_("Conference"))

    class Meta:
        model = Nomination
        fields: list[str] = []

    def __init__(self, *args, queryset: QuerySet, **kwargs) -> None:
        super().__init__(*args, queryset=queryset, **kwargs)
        shown = queryset.order_by().values
        names = ("name_vi", "name_en")
        units = Unit.objects.filter(pk__in=shown("unit")).select_related("block").order_by("order", "pk")
        units = units.only(*names, *(f"block__{name}" for name in names))
        blocks: dict[int, Block] = {unit.block_id: unit.block for unit in units}
        self._offer("unit", [(unit.pk, unit.name) for unit in units])
        self._offer("block", [(block.pk, block.name) for block in blocks.values()])
        conferences = Conference.objects.filter(pk__in=shown("conference")).only(*names)
        self._offer("conference", [(conference.pk, conference.name) for conference in conferences])

    def _offer(self, name: str, choices: list) -> None:
        """Offer these choices; a filter that leaves nothing to choose is taken away."""
        if len(choices) > 1:
            self.filters[name].extra["choices"] = choices
        else:
            del self.filters[name]


def nomination_listing(params: QueryDict, congress: Congress, user: User) -> Listing:
    """The nominations of a congress that somebody may see, searched, filtered and sorted; each with `awards_held`."""
    seen = Nomination.objects.visible_to(user).filter(congress=congress)
    return Listing(
        params,
        seen.select_related("unit__block", "conference").annotate(stage=STAGE, awards_held=AWARDS_HELD),
        filterset=NominationFilters,
        sorts=SORTS,
        default="kind",
        search=("folded", "unit__folded"),
    )
