"""Of the Council the admin shows its seats and nothing else; of ballots nothing at all."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from awards.models import CouncilSeat
from tests import factories as make

pytestmark = pytest.mark.django_db
LIST = reverse("admin:awards_councilseat_changelist")


def test_nothing_of_dossiers_and_ballots_is_registered():
    shown = {model for model in admin.site._registry if model._meta.app_label == "awards"}
    assert shown == {CouncilSeat}
    assert len(list(apps.get_app_config("awards").get_models())) > 5


def test_seats_are_read_and_lead_to_the_councils_page(cast, enter):
    seat = cast.congress.council_seats.first()
    url = reverse("admin:awards_councilseat_change", args=[seat.pk])
    for role, user in cast.roles.items():
        status = enter(user).get(LIST).status_code
        assert status == (200 if role in ("officer", "department_head") else 302), role
    client = enter(cast.officer)
    page = client.get(url)
    assert seat.user.full_name in page.content.decode()
    assert reverse("awards:council", args=["2020"]) in page.content.decode()
    assert client.post(url, {"post": "chair"}).status_code == 403
    assert client.get(reverse("admin:awards_councilseat_add")).status_code == 403
    assert client.post(reverse("admin:awards_councilseat_delete", args=[seat.pk]), {"post": "yes"}).status_code == 403


def test_the_list_costs_the_same_at_four_rows_and_at_eight(cast, enter, django_assert_max_num_queries):
    client = enter(cast.officer)
    client.get(LIST)
    with django_assert_max_num_queries(12) as few:
        client.get(LIST)
    for order in range(4):
        CouncilSeat.objects.create(
            congress=cast.congress, user=make.make_user(), post="member", order=order, starts="2019-01-01"
        )
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(LIST)
