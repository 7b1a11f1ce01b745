"""The catalogue of blocks and units, as far as public sources know it."""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction

from core.models import User
from units import actions
from units.models import Block, Unit

DATA = Path(__file__).parent.parent / "data"


@transaction.atomic
def load_catalogue(actor: User | None = None) -> int:
    """Add the blocks and units that are missing, by their code; what staff have edited stays. How many were added."""
    added = 0
    blocks = {block.code: block for block in Block.objects.all()}
    for order, row in enumerate(_rows("blocks.csv"), start=1):
        if row["code"] not in blocks:
            blocks[row["code"]] = actions.add_block(actor=actor, order=order, **row)
            added += 1
    known = set(Unit.objects.values_list("code", flat=True))
    for order, row in enumerate(_rows("units.csv"), start=1):
        if row["code"] not in known:
            actions.add_unit(actor=actor, order=order, **_unit(row, blocks))
            added += 1
    return added


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _unit(row: dict[str, str], blocks: dict[str, Block]) -> dict:
    """A row's values, each in the type of its field."""
    return {
        **row,
        "block": blocks[row["block"]],
        "own_conference": row["own_conference"] == "yes",
        "headcount": int(row["headcount"]) if row["headcount"] else None,
        "headcount_on": date.fromisoformat(row["headcount_on"]) if row["headcount_on"] else None,
    }
