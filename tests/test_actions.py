"""Every act leaves an entry in the audit trail, in one transaction, in somebody's name: read from the source.

Whether each entry says the right thing is tested with each act; this walk makes sure that none is forgotten.
"""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOMS = ["core", "documents", "units", "congress", "delegates", "awards", "portal"]
ALSO = ["core/accounts.py"]  # acts of core that stand in files of their own
UNTOLD = {
    "awards/actions/ballots.py:cast",  # the roll says that a member has voted; an entry would say when
}


def files() -> list[Path]:
    """Every room's `actions.py`, or the files of its package `actions/`."""
    root = settings.BASE_DIR
    found = [root / name for name in ALSO]
    for room in ROOMS:
        found += [root / room / "actions.py", *(root / room / "actions").glob("*.py")]
    return [path for path in found if path.exists()]


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)]


def calls(path: Path, function: ast.FunctionDef) -> set[tuple[str, str]]:
    """What it calls, as (file, function): `audit.record(…)` is ('audit', 'record'), `appoint(…)` is of its own file,
    or of the file that it was imported from."""
    found = set()
    imports = [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.ImportFrom) and node.module]
    origin = {name.name: node.module.rsplit(".")[-1] for node in imports for name in node.names if node.module}
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
                found.add((called.value.id, called.attr))
            elif isinstance(called, ast.Name):
                found.add((origin.get(called.id, path.stem), called.id))
    return found


def recorders() -> set[tuple[str, str]]:
    """All functions of all actions that record, themselves or through another."""
    known = [((path.stem, function.name), calls(path, function)) for path in files() for function in functions(path)]
    found = {("audit", "record")}
    while more := {name for name, called in known if called & found} - found:
        found |= more
    return found


def is_act(function: ast.FunctionDef) -> bool:
    """Public, and in somebody's name: what takes no actor is not an act of a person."""
    return not function.name.startswith("_") and "actor" in {argument.arg for argument in function.args.kwonlyargs}


ACTS = [
    pytest.param(path, function, id=f"{path.relative_to(settings.BASE_DIR)}:{function.name}")
    for path in files()
    for function in functions(path)
    if not function.name.startswith("_") and (path.name != "accounts.py" or is_act(function))
]


@pytest.mark.parametrize(("path", "function"), ACTS)
def test_an_act_has_an_actor_by_name(path, function):
    assert "actor" in {argument.arg for argument in function.args.kwonlyargs}


@pytest.mark.parametrize(("path", "function"), ACTS)
def test_an_act_leaves_an_entry(path, function):
    if f"{path.relative_to(settings.BASE_DIR)}:{function.name}" in UNTOLD:
        return
    assert calls(path, function) & recorders()


@pytest.mark.parametrize(("path", "function"), ACTS)
def test_an_act_is_one_transaction(path, function):
    decorators = {ast.unparse(decorator) for decorator in function.decorator_list}
    assert "transaction.atomic" in decorators


@pytest.mark.parametrize(("path", "function"), ACTS)
def test_an_act_says_what_it_does(path, function):
    assert ast.get_docstring(function)


def test_the_walk_finds_acts():
    assert len(ACTS) > 20
