"""The guide: every page's `?` leads to a section that stands there, and each role reads what concerns it."""

import re

import pytest
from django.urls import resolve, reverse

from portal.guide import GUIDE, PAGES, section_of
from tests.test_walk import WALK, addresses, scene  # noqa: F401 the scene is a fixture

pytestmark = pytest.mark.django_db
HELP = reverse("portal:help")
WITHOUT_FRAME = {"core:job_file", "core:job", "awards:vote"}  # a file, a page of its own look


def sections_on_the_page(client) -> set[str]:
    return set(re.findall(r'<section class="card-box" id="([a-z]+)"', client.get(HELP).text))


def test_sections_are_complete_and_named_once(cast, enter):
    keys = [section.key for section in GUIDE]
    assert len(set(keys)) == len(keys)
    assert set(PAGES) <= set(keys)
    for user in (cast.officer, cast.desk, cast.stranger, cast.chair):
        assert sections_on_the_page(enter(user)) == set(keys)


def test_the_map_names_pages_that_there_are():
    mapped = {name for names in PAGES.values() for name in names.split()}
    assert mapped - addresses() - {"portal:public_programme"} == set()


def test_every_page_leads_to_a_section_that_there_is(scene, enter):  # noqa: F811 the fixture
    keys, seen = {section.key for section in GUIDE}, set()
    for visit in WALK:
        address = reverse(visit.name, args=visit.args(scene.own if visit.far is not None else scene.shared))
        key = section_of(resolve(address))
        assert key in keys, visit.name
        if visit.post or not visit.who or visit.name in seen:
            continue
        seen.add(visit.name)
        page = enter(scene.cast.roles[sorted(visit.who)[0]]).get(address)
        if page.status_code == 200 and "text/html" in page["Content-Type"] and visit.name not in WITHOUT_FRAME:
            assert f'class="help" href="{HELP}#{key}"' in page.text, visit.name
    assert len(seen) > 50


def test_a_role_reads_what_concerns_it(cast, enter):
    """A word of each role's own lines, and who finds it."""
    found = {
        "cells that you touch": {"officer", "department_head"},
        "send it to the head of unit": {"unit_clerk"},
        "give it back to the clerk": {"unit_head", "block_head"},
        "block's units from their submission": {"block_head"},
        "A vote cannot be changed": {"chair", "member", "secretary", "teller"},
        "call a second round": {"chair"},
        "Prepare a sitting here": {"secretary"},
        "Type a name": {"desk"},
    }
    texts = {}
    for role, user in cast.roles.items():
        user.language = "en"
        user.save()
        texts[role] = enter(user).get(HELP).content.decode().replace("&#x27;", "'")
    for words, roles in found.items():
        assert {role for role, text in texts.items() if words in text} == roles, words


def test_a_fault_page_leads_to_the_guide_too(cast, enter):
    assert f'class="help" href="{HELP}"' in enter(cast.desk).get("/2020/nothing/here/").text
