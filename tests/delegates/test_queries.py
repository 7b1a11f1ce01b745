"""A unit's seats, however many people sit on them."""

import pytest
from django.urls import reverse

from core.vietnamese import person_key
from delegates.queries import MOST_OF_A_CATEGORY, unit_sheet
from tests.delegates.factories import make_category, make_delegate, make_quota

pytestmark = pytest.mark.django_db


def test_a_units_page_shows_the_first_of_each_category_and_leads_to_the_rest(cast, enter):
    many, few = make_category(cast.congress), make_category(cast.congress)
    make_quota(cast.unit, many, MOST_OF_A_CATEGORY + 5)
    made = [make_delegate(cast.unit, many) for _ in range(MOST_OF_A_CATEGORY + 3)]
    only = make_delegate(cast.unit, few)
    make_delegate(cast.unit, many, state="withdrawn")
    make_delegate(cast.other_unit, many)
    crowded, small = unit_sheet(cast.congress, cast.unit).benches
    by_name = sorted(made, key=lambda one: person_key(one.full_name))
    assert crowded.people == by_name[:MOST_OF_A_CATEGORY]
    assert (crowded.more, len(crowded.free)) == (3, 2)
    assert (small.people, small.more) == ([only], 0)
    page = enter(cast.officer).get(reverse("delegates:unit", args=["2020", cast.unit.pk]))
    rest = f"{reverse('delegates:delegates', args=['2020'])}?unit={cast.unit.pk}&amp;category={many.pk}"
    assert page.text.count(rest) == 1
    listed = enter(cast.officer).get(rest.replace("&amp;", "&")).context["listing"]
    assert listed.total == len(made)
