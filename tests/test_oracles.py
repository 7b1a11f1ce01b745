"""Questions that an answer must not give away: asked through fields that a form does not have."""

import pytest
from django.urls import reverse

from delegates.models import Delegate
from tests import factories as make
from tests.awards.scenes import make_nomination
from tests.delegates.factories import make_category, make_delegate


def test_a_stale_dossier_tells_nothing_of_what_its_form_does_not_hold(cast, enter):
    """Neither a pending issue, nor who the account with a number is."""
    hidden = make.make_user(full_name="Kiều Thị Giấu")
    nomination = make_nomination(cast.congress, cast.unit, "collective", "returned", pending_issue=True)
    address = reverse("awards:section", args=["2020", nomination.pk, "presenter"])
    pages = {
        sent: enter(cast.unit_head).post(
            address,
            {"version": 0, "presenter": "Ai đó", "pending_issue": sent, "nominee_user": hidden.pk, "pending_note": "x"},
        )
        for sent in ("true", "false", "unknown")
    }
    assert {page.status_code for page in pages.values()} == {409}
    assert all(hidden.full_name not in page.text for page in pages.values())
    assert len({page.text.count("<h2>") for page in pages.values()}) == 1  # the same differences, whatever is asked
    assert all("Ai đó" in page.text for page in pages.values())


def test_a_stale_delegate_tells_no_name_by_its_number(cast, enter):
    category = make_category(cast.congress)
    own, other = make_delegate(cast.unit, category), make_delegate(cast.far_unit, category, full_name="Lò Thị Giấu")
    person = {"full_name": "Tên Mới", "birth": "1980", "sex": "female", "position": "Kỹ sư", "phone": "0912345678"}
    rest = {"category": category.pk, "education": "master", "ethnic_group": own.ethnic_group_id or ""}
    page = enter(cast.unit_head).post(
        reverse("delegates:edit", args=["2020", own.pk]), {**person, **rest, "version": 0, "replaces": other.pk}
    )
    assert page.status_code in (200, 409)
    assert other.full_name not in page.text


@pytest.mark.parametrize("lookup", ["password__startswith", "password__regex", "email__startswith", "groups"])
def test_the_admin_narrows_its_lists_by_what_they_offer_alone(cast, enter, lookup):
    answer = enter(cast.officer).get("/admin/core/user/", {lookup: "a"})
    assert answer.status_code in (302, 400)


def test_a_letter_that_is_no_text_is_dropped(cast):
    delegate = make_delegate(cast.unit, make_category(cast.congress), full_name="Trần\x01 Thị\x1b Sen")
    assert Delegate.objects.get(pk=delegate.pk).full_name == "Trần Thị Sen"


@pytest.mark.parametrize("digits", ["9" * 5000, "-1", "½", "١", ""])
def test_numbers_in_a_request_are_numbers_or_nothing(cast, enter, digits):
    nomination = make_nomination(cast.congress, cast.unit, "collective", "draft")
    address = reverse("awards:section", args=["2020", nomination.pk, "awards"])
    assert enter(cast.unit_head).get(address, {"lines": digits}).status_code == 200
    assert enter(cast.unit_head).post(address, {"version": digits}).status_code in (200, 409)
    register = reverse("delegates:register", args=["2020"])
    assert enter(cast.officer).get(register, {"unit": digits}).status_code in (200, 404)


@pytest.mark.parametrize("paper", ["plan", "conferences", "programme", "seats", "delegates-public", "nominations"])
def test_a_congress_that_is_none_has_no_papers(cast, enter, paper):
    assert enter(cast.officer).post(reverse("documents:take", args=["nope", paper, "xlsx"])).status_code in (404, 409)
