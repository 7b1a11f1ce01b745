"""The documents speak of what there is: links, names in the code, settings, commands."""

import re
from importlib import import_module

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = settings.BASE_DIR
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def text_of(name: str) -> str:
    return (ROOT / name).read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_are_named_exist(page):
    named = set(re.findall(r"manage\.py ([a-z_]+)", page.read_text()))
    assert named <= set(get_commands())
    for script in re.findall(r"\bscript/([a-z_]+(?:\.py)?)", page.read_text()):
        assert (ROOT / "script" / script).exists(), script


def test_the_glossarys_names_stand_in_the_code():
    names = re.findall(r"`((?:core|units|congress|delegates|awards)\.[A-Za-z_.]+)`", text_of("docs/glossary.md"))
    assert len(names) > 20
    for name in names:
        room, *path = name.split(".")
        found = import_module(f"{room}.models" if path[0][0].isupper() else f"{room}.{path.pop(0)}")
        for part in path:
            found = getattr(found, part)


def test_every_setting_is_told_and_no_other():
    asked = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", text_of("config/settings.py")))
    asked |= set(re.findall(r"\$\{([A-Z_]+):-", text_of("script/server")))
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", text_of("docs/operations.md"), re.MULTILINE))
    assert told == asked


def test_the_sign_ins_of_the_readme_are_those_of_the_demonstration():
    from portal.demo.accounts import ACCOUNTS, PASSWORD

    readme = text_of("README.md")
    table = "".join(line for line in readme.splitlines() if line.startswith("| `"))
    assert sorted(re.findall(r"`([a-z]+)`", table)) == sorted(account.username for account in ACCOUNTS)
    assert f"`{PASSWORD}`" in readme
