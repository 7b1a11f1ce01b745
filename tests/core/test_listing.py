"""Lists that are ordered by a catalogue: page by page the same as the whole, and as the catalogue stands."""

from itertools import chain

import pytest
from django.http import QueryDict

from core.listing import ByCatalogue, Listing
from delegates.models import Delegate
from tests import factories as factory
from tests.delegates import factories as make
from units.models import Unit

pytestmark = pytest.mark.django_db
SORTS = {"unit": ByCatalogue("unit", ("block__order", "order"), ("sort_key",)), "name": ("sort_key",)}
NAMES = ["Đỗ An", "Bùi Bình", "Lê Cúc", "Ngô Dung", "Vũ Giang", "Hồ Hạnh", "Tạ Khôi"]


@pytest.fixture
def people(cast) -> None:
    """Units whose order is not that of their keys, of all sizes, and guests who belong to none."""
    category = make.make_category(cast.congress)
    units = [factory.make_unit(order=order) for order in (3, 1, 2, 1)]
    for size, unit in zip((7, 1, 4, 2, 3), [*units, None], strict=True):
        for name in NAMES[:size]:
            make.make_delegate(unit, category, full_name=name)


def listing(query: str, per_page: int) -> Listing:
    return Listing(
        QueryDict(query), Delegate.objects.select_related("unit"), sorts=SORTS, default="name", per_page=per_page
    )


@pytest.mark.parametrize("query", ["sort=unit", "sort=-unit"])
@pytest.mark.parametrize("per_page", [1, 2, 3, 5, 17, 50])
def test_pages_together_are_the_whole_list(people, query, per_page):
    whole = list(listing(query, per_page).queryset)
    pages = listing(query, per_page).page.paginator
    assert pages.count == len(whole) == 17
    assert list(chain.from_iterable(pages.page(number) for number in pages.page_range)) == whole


def test_the_order_is_the_catalogues_and_guests_come_last(people):
    found = list(listing("sort=unit", 50).page)
    seen = list(dict.fromkeys(person.unit_id for person in found))
    order = list(Unit.objects.order_by("block__order", "order", "pk").values_list("pk", flat=True))
    assert seen == [*[pk for pk in order if pk in seen], None]
    assert list(dict.fromkeys(person.unit_id for person in listing("sort=-unit", 50).page)) == seen[::-1]
    of_one = [person.full_name for person in found if person.unit_id == seen[-2]]
    assert of_one == NAMES[: len(of_one)]


def test_a_page_beyond_the_end_is_the_last(people):
    assert list(listing("sort=unit&page=99", 5).page) == list(listing("sort=unit", 5).queryset)[15:]
    Delegate.objects.all().delete()
    assert list(listing("sort=unit", 5).page) == []


@pytest.mark.parametrize("query", ["sort=unit", "sort=unit&page=3"])
def test_a_page_costs_three_queries(people, query, django_assert_num_queries):
    with django_assert_num_queries(3):
        list(listing(query, 5).page)
