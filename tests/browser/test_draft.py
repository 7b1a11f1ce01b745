"""A draft saves itself: a killed tab, another machine and an ended session lose nothing that was typed."""

import pytest
from django.contrib.sessions.models import Session
from django.db.models import F
from django.urls import reverse

from awards.models import Nomination
from tests import factories as make
from tests.awards.scenes import make_nomination

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "Thiết bị để không, nhiều đơn vị cần dùng chung."


@pytest.fixture
def address(cast) -> str:
    """A subject of a draft that has only begun."""
    nomination = make_nomination(cast.congress, cast.unit, "collective", "draft", context="", results="")
    return reverse("awards:section", args=["2020", nomination.pk, "model"])


def context_of(page):
    return page.locator("main [name='context']")


def test_what_was_typed_is_there_after_the_tab_was_killed(sit_down, cast, address):
    page = sit_down(cast.unit_head).go(address)
    with page.expect_response(lambda response: response.request.method == "POST") as saved:
        context_of(page).fill(TEXT)
    assert saved.value.ok
    page.context.close()
    assert context_of(sit_down(cast.unit_head, width=390).go(address)).input_value() == TEXT


def test_going_on_while_a_draft_saves_itself_is_no_conflict(sit_down, cast, address):
    page = sit_down(cast.unit_head).go(address)
    context_of(page).fill(TEXT)
    with page.expect_request(lambda request: "autosave" in (request.post_data or "")):
        pass  # the save is under way
    with page.expect_navigation():
        page.locator("main .btn-primary").click()
    assert "conflict" not in page.content()
    assert context_of(sit_down(cast.unit_head).go(address)).input_value() == TEXT


def test_an_ended_session_is_told_and_the_text_stays(sit_down, cast, address):
    person = sit_down(cast.unit_head)
    page = person.go(address)
    Session.objects.all().delete()
    context_of(page).fill(TEXT)
    failed = page.locator("[data-saved]").get_attribute("data-failed")
    page.get_by_text(failed).wait_for(timeout=10_000)
    assert context_of(page).input_value() == TEXT
    person.faults.clear()  # the browser notes the save that was turned away


def test_two_tabs_see_that_they_are_two(sit_down, cast, address):
    """The second tab's save finds the first one's: its page shows both texts."""
    first, second = sit_down(cast.unit_head).go(address), sit_down(cast.unit_head).go(address)
    context_of(first).fill("Bản thứ nhất.")
    with first.expect_navigation():
        first.locator("main .btn-primary").click()
    context_of(second).fill("Bản thứ hai.")
    with second.expect_navigation():
        second.locator("main .btn-primary").click()
    shown = second.locator("main").inner_text()
    assert "Bản thứ nhất." in shown
    assert "Bản thứ hai." in shown


PASSWORD = "mot-mat-khau-dai"
OFFER = "[data-restore]"


def sign_in_again(page, user) -> None:
    user.set_password(PASSWORD)
    user.save()
    page.locator("[name='username']").fill(user.username)
    page.locator("[name='password']").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main button.btn-primary").click()


def kept(page) -> int:
    return page.evaluate("Object.keys(sessionStorage).filter((name) => name.startsWith('unsaved:')).length")


@pytest.fixture
def signed_out(sit_down, cast, address):
    """Somebody whose session ended while they wrote, on the page of the sign-in, with what was sent not taken."""
    person = sit_down(cast.unit_head)
    page = person.go(address)
    Session.objects.all().delete()
    context_of(page).fill(TEXT)
    with page.expect_navigation():
        page.locator("main .btn-primary").click()
    assert "sign-in" in page.url
    yield page
    person.faults.clear()  # the browser notes the save that was turned away


def test_what_was_sent_into_an_ended_session_is_offered_after_the_sign_in(signed_out, cast, address):
    page = signed_out
    sign_in_again(page, cast.unit_head)
    assert page.url.endswith(address)
    assert context_of(page).input_value() == ""
    page.locator(f"{OFFER} [data-take]").click()
    assert context_of(page).input_value() == TEXT
    with page.expect_response(lambda response: response.request.method == "POST") as saved:
        pass
    assert saved.value.ok
    page.wait_for_function("!Object.keys(sessionStorage).some((name) => name.startsWith('unsaved:'))")
    page.reload()
    assert context_of(page).input_value() == TEXT
    assert page.locator(OFFER).is_hidden()


def test_what_was_not_saved_may_be_left(signed_out, cast):
    sign_in_again(signed_out, cast.unit_head)
    signed_out.locator(f"{OFFER} [data-drop]").click()
    signed_out.reload()
    assert signed_out.locator(OFFER).is_hidden()
    assert context_of(signed_out).input_value() == ""


def test_it_is_offered_to_nobody_else_and_gone_after_the_sign_out(signed_out, cast):
    clerk = make.make_user("second_head")
    make.make_office(clerk, "unit_clerk", cast.unit)
    page = signed_out
    sign_in_again(page, clerk)
    assert context_of(page).input_value() == ""
    assert page.locator(OFFER).is_hidden()
    assert kept(page) == 1
    page.locator("details.user summary").click()
    with page.expect_navigation():
        page.locator("[data-sign-out] button").click()
    assert kept(page) == 0


def test_somebody_elses_save_meanwhile_shows_both_texts(signed_out, cast, address):
    Nomination.objects.update(context="Bản của người khác.", version=F("version") + 1)
    page = signed_out
    sign_in_again(page, cast.unit_head)
    page.locator(f"{OFFER} [data-take]").click()
    with page.expect_navigation():
        page.locator("main .btn-primary").click()
    shown = page.locator("main").inner_text()
    assert "Bản của người khác." in shown
    assert TEXT in shown


def test_what_is_saved_is_not_kept(sit_down, cast, address):
    page = sit_down(cast.unit_head).go(address)
    context_of(page).fill(TEXT)
    assert kept(page) == 1
    with page.expect_navigation():
        page.locator("main .btn-primary").click()
    page.goto(page.url.split("/2020/")[0] + address)
    assert page.locator(OFFER).is_hidden()
    assert kept(page) == 0
