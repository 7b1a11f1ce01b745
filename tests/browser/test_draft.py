"""A draft saves itself: a killed tab, another machine and an ended session lose nothing that was typed."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

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
