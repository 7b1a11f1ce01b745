"""A registration that somebody leaves half written is found again, once, wherever it was left."""

import pytest
from django.contrib.sessions.models import Session

from delegates.models import Delegate, RegistrationDraft
from tests import factories
from tests.browser.test_draft import OFFER, kept, sign_in_again
from tests.delegates import factories as make
from tests.delegates.test_pages import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME = "Quách Thị Dở Dang"


@pytest.fixture
def category(cast):
    category = make.make_category(cast.congress)
    make.make_quota(cast.unit, category)
    make.make_ethnic_group()
    return category


def begin(page) -> None:
    """Type a name, and wait until the draft has saved itself."""
    with page.expect_response(lambda response: response.request.method == "POST") as saved:
        page.locator("[name=full_name]").fill(NAME)
    assert saved.value.ok
    page.wait_for_url("**/write/")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_draft_is_found_again_after_leaving_the_page(sit_down, cast, category, width):
    person = sit_down(cast.unit_head, width=width)
    page = person.go(address("register", unit=cast.unit.pk))
    begin(page)
    assert kept(page) == 0
    page.context.close()

    person = sit_down(cast.unit_head, width=width)
    page = person.go(address("unit", cast.unit.pk))
    assert person.has_no_sideways_scroll()
    page.locator("#drafts .btn").first.click()
    assert page.locator("[name=full_name]").input_value() == NAME
    assert page.locator(OFFER).is_hidden()
    assert page.locator(".is-invalid, .is-valid").count() == 0
    assert person.barriers() == []
    for name, value in make.a_form(category, full_name=NAME).items():
        if name.startswith("awards-"):
            continue
        field = page.locator(f"[name={name}]")
        if name == "sex":
            page.locator(f"[name=sex][value={value}]").check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    with page.expect_navigation():
        page.locator("main .btn-primary").click()
    assert Delegate.objects.get().full_name == NAME
    assert not RegistrationDraft.objects.exists()
    person.go(address("register", unit=cast.unit.pk))
    assert page.locator("[name=full_name]").input_value() == ""
    assert page.locator(OFFER).is_hidden()


def test_a_new_form_does_not_offer_what_was_registered(sit_down, cast, category):
    """Sent before it ever saved itself: it has arrived, and is offered no more."""
    page = sit_down(cast.unit_head).go(address("register", unit=cast.unit.pk))
    page.locator("[name=full_name]").fill(NAME)
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu nháp").click()
    page.goto(page.url.split("/2020/")[0] + address("register", unit=cast.unit.pk))
    assert page.locator(OFFER).is_hidden()
    assert RegistrationDraft.objects.count() == 1


def test_what_was_typed_into_an_ended_session_before_the_first_save_is_offered_on_the_new_form(
    sit_down, cast, category
):
    person = sit_down(cast.unit_head)
    page = person.go(address("register", unit=cast.unit.pk))
    Session.objects.all().delete()
    page.locator("[name=full_name]").fill(NAME)
    with page.expect_navigation():
        page.locator("main .btn-primary").click()
    sign_in_again(page, cast.unit_head)
    page.goto(page.url.split("/2020/")[0] + address("register", unit=cast.unit.pk))
    page.locator(f"{OFFER} [data-take]").click()
    assert page.locator("[name=full_name]").input_value() == NAME
    page.wait_for_url("**/write/")
    assert kept(page) == 0
    page.reload()
    assert page.locator("[name=full_name]").input_value() == NAME
    assert page.locator(OFFER).is_hidden()
    assert RegistrationDraft.objects.count() == 1
    person.faults.clear()  # the browser notes the save that was turned away


def test_what_was_typed_into_an_ended_session_later_is_offered_on_the_draft_alone(sit_down, cast, category):
    person = sit_down(cast.unit_head)
    page = person.go(address("register", unit=cast.unit.pk))
    begin(page)
    written = page.url
    Session.objects.all().delete()
    page.locator("[name=position]").fill("Kỹ sư")
    page.get_by_text(page.locator("[data-saved]").get_attribute("data-failed")).wait_for(timeout=10_000)
    page.goto(written)
    sign_in_again(page, cast.unit_head)
    assert page.url == written
    assert page.locator("[name=position]").input_value() == ""
    page.goto(page.url.split("/2020/")[0] + address("register", unit=cast.unit.pk))
    assert page.locator(OFFER).is_hidden()
    page.goto(written)
    page.locator(f"{OFFER} [data-take]").click()
    assert page.locator("[name=position]").input_value() == "Kỹ sư"
    person.faults.clear()


def test_a_colleague_goes_on(sit_down, cast, category):
    colleague = factories.make_user("colleague")
    factories.make_office(colleague, "unit_clerk", cast.unit)
    draft = make.make_draft(cast.unit, cast.congress, cast.unit_head, full_name=NAME)
    person = sit_down(colleague, width=390)
    page = person.go(draft.get_absolute_url())
    assert person.barriers() == []
    page.locator("main .btn-primary").click()
    assert page.locator("[name=full_name]").input_value() == NAME
