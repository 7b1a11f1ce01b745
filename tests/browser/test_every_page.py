"""Every page of the walk's table in Chromium: no barrier that axe calls serious, no sideways scroll on a phone."""

import pytest
from django.urls import reverse

from tests.test_walk import OPEN_TO_ALL, WALK, Scene, Visit, scene  # noqa: F401 the scene is a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BY_ROLE = ["officer", "unit_head", "chair", "member", "secretary", "desk", "stranger"]
DOWNLOADS = {  # which show nothing
    "core:file",
    "units:units_sheet",
    "delegates:list_template",
    "delegates:photo_file",
    "congress:calendar",
    "calendar:feed",
}
PAGES = [visit for visit in WALK if not visit.post and visit.who and visit.name not in DOWNLOADS]


def whose(visit: Visit) -> str:
    """The role that looks at a page: the first that may."""
    return next(role for role in BY_ROLE if role in visit.who)


def addresses(scene: Scene, role: str) -> list[str]:  # noqa: F811
    """The pages that a role looks at."""
    found = []
    for visit in PAGES:
        if whose(visit) == role:
            thing = scene.own if visit.far is not None else scene.shared
            found.append(reverse(visit.name, args=visit.args(thing)))
    return found


def faults(person, address: str) -> list[str]:
    """What is wrong with a page as it stands: for axe, and at the width of a phone."""
    page = person.go(address)
    found = person.barriers()
    page.set_viewport_size({"width": 360, "height": 780})
    if not person.has_no_sideways_scroll():
        found.append("scrolls sideways at 360 px")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("role", BY_ROLE)
def test_pages_are_open_to_everybody(sit_down, scene, role, language):  # noqa: F811
    user = getattr(scene.cast, role)
    user.language = language
    user.save()
    person = sit_down(user, dark=language == "en")
    found = {address: faults(person, address) for address in addresses(scene, role)}
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
    if found:
        assert person.page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_for_nobody_in_particular(sit_down, scene, language):  # noqa: F811
    person = sit_down()
    person.go("/sign-in/")
    if language == "en":
        person.page.get_by_role("button", name="English").click()
    pages = OPEN_TO_ALL.keys() - DOWNLOADS - {"core:language"}
    found = {name: faults(person, reverse(name, args=OPEN_TO_ALL[name])) for name in pages}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
