"""What is pinned is what is asked for, and `docs/dependencies.md` has a line for each."""

import json
import re

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR


def asked(name: str) -> set[str]:
    """The libraries that a `.in` file names itself."""
    lines = (ROOT / f"{name}.in").read_text().splitlines()
    return {re.split(r"[<>=\[]", line)[0] for line in lines if line and not line.startswith("-r")}


def pinned(name: str) -> dict[str, str]:
    """Each library of a `.txt` file, with what stands about it: its version, hashes and who asks for it."""
    text = (ROOT / f"{name}.txt").read_text()
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    return {re.split(r"[\[=]", block)[0]: block for block in blocks if block}


@pytest.mark.parametrize(
    ("name", "inputs"),
    [("requirements", ["requirements"]), ("requirements-dev", ["requirements", "requirements-dev"])],
)
def test_what_is_pinned_is_what_is_asked_for(name, inputs):
    pins = pinned(name)
    direct = {library for library, block in pins.items() if "-r requirements" in block}
    assert direct == set.union(*(asked(one) for one in inputs))
    assert [library for library, block in pins.items() if "==" not in block or "--hash=sha256:" not in block] == []


def test_no_pin_names_a_host():
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert "://" not in (ROOT / name).read_text()
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_the_page_on_dependencies_has_every_one_and_no_other():
    text = (ROOT / "docs/dependencies.md").read_text()
    told = re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)
    front_end = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert sorted(told) == sorted(asked("requirements") | asked("requirements-dev") | set(front_end))
