"""The catalogues that come with the portal: the letter's categories and the ethnic groups."""

import csv
from pathlib import Path
from typing import Any

from django.db import transaction

from congress.models import Congress
from core.models import User
from delegates import actions
from delegates.models import EthnicGroup

DATA = Path(__file__).parent.parent / "data"
MARKS = ("counted", "by_unit", "represents_collective", "needs_award", "elected", "guest", "is_minority")


@transaction.atomic
def load_categories(congress: Congress, actor: User | None = None) -> int:
    """Add the categories that are missing, by their code; what staff have edited stays. How many were added."""
    known = set(congress.categories.values_list("code", flat=True))
    rows = [(order, row) for order, row in enumerate(_rows("categories.csv"), start=1) if row["code"] not in known]
    for order, row in rows:
        actions.add_category(actor=actor, congress=congress, order=order, **row)
    return len(rows)


@transaction.atomic
def load_ethnic_groups(actor: User | None = None) -> int:
    """Add the ethnic groups that are missing, by their code. How many were added."""
    known = set(EthnicGroup.objects.values_list("code", flat=True))
    rows = [row for row in _rows("ethnic_groups.csv") if row["code"] not in known]
    for row in rows:
        actions.add_ethnic_group(actor=actor, **row)
    return len(rows)


def _rows(name: str) -> list[dict]:
    """The rows of a file, yes and no as marks, several words as a list."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        rows: list[dict] = list(csv.DictReader(file))
    return [{key: _value(key, text) for key, text in row.items()} for row in rows]


def _value(key: str, text: str) -> Any:
    if key == "needed_fields":
        return text.split()
    return text == "yes" if key in MARKS else text
