"""The letter's plan and the catalogue of awards, loaded once and never written over."""

import csv
import tomllib
from datetime import date
from pathlib import Path

from django.db import transaction

from congress import actions
from congress.models import AwardType, Congress, Task
from core.models import User
from units.models import Block, Unit

DATA = Path(__file__).parent / "data"


@transaction.atomic
def load_awards(actor: User | None = None) -> int:
    """Add the awards that are missing, by their code; what staff have edited stays. How many were added."""
    known = set(AwardType.objects.values_list("code", flat=True))
    with (DATA / "awards.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code"] not in known]
    for row in rows:
        dates = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_to")}
        actions.add_award(actor=actor, **{**row, "order": int(row["order"]), **dates})
    return len(rows)


@transaction.atomic
def load_letter(actor: User | None = None, name: str = "congress-5.toml") -> Congress:
    """The congress of a plan's file with everything the letter says of it; one that stands already is left alone."""
    plan = tomllib.loads((DATA / name).read_text(encoding="utf-8"))
    found = Congress.objects.filter(slug=plan["congress"]["slug"]).first()
    if found:
        return found
    fields = {"is_current": not Congress.objects.filter(is_current=True).exists(), **plan["congress"]}
    congress = actions.add_congress(actor=actor, **fields)
    for order, row in enumerate(plan["legal_bases"], start=1):
        actions.add_legal_basis(actor=actor, congress=congress, order=order, **row)
    for order, row in enumerate(plan["movements"], start=1):
        actions.add_movement(actor=actor, congress=congress, order=order, **row)
    _conferences(actor, congress, plan)
    _tasks(actor, congress, plan)
    for order, row in enumerate(plan["programme"], start=1):
        actions.add_programme_item(actor=actor, congress=congress, order=order, **row)
    return congress


def _tasks(actor: User | None, congress: Congress, plan: dict) -> None:
    units = {unit.code: unit for unit in Unit.objects.all()}
    phases = {
        row["code"]: actions.add_phase(actor=actor, congress=congress, order=order, **row)
        for order, row in enumerate(plan["phases"], start=1)
    }
    known: dict[str, Task] = {}
    for order, row in enumerate(plan["tasks"], start=1):
        key = row.get("key", "")
        row = {
            **{name: value for name, value in row.items() if name != "key"},
            "phase": phases[row["phase"]],
            "lead": units[row["lead"]],
            "cooperating": [units[code] for code in row.get("cooperating", [])],
            "needs": [known[need] for need in row.get("needs", [])],  # which stand before it in the file
        }
        known[key] = actions.add_task(actor=actor, congress=congress, order=order, **row)


def _conferences(actor: User | None, congress: Congress, plan: dict) -> None:
    """Own conferences take their unit; a block's takes the block's units that hold none of their own."""
    own = {row["unit"] for row in plan["conferences"] if "unit" in row}
    for order, row in enumerate(plan["conferences"], start=1):
        names = {"name_vi": row["name_vi"], "name_en": row["name_en"], "order": order}
        if "unit" in row:
            unit = Unit.objects.get(code=row["unit"])
            actions.add_conference(actor=actor, congress=congress, host_unit=unit, units=[unit], **names)
        else:
            block = Block.objects.get(code=row["block"])
            members = list(block.units.active().exclude(code__in=own))
            actions.add_conference(actor=actor, congress=congress, host_block=block, units=members, **names)
