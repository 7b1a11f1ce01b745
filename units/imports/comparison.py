"""What a workbook of units would add, change and leave, beside what there is."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.models import User
from core.vietnamese import short_date
from units import rules
from units.imports.reading import Fault, Line, List
from units.imports.template import NEEDED, PLAIN, TITLES, YES_NO, kinds
from units.models import Block, Headcount, Unit
from units.models.history import NAMES


@dataclass
class Step:
    """What a row would do: to which unit, read at which version, with which values, in words."""

    code: str
    name: str
    version: int = 0  # 0: a unit that is not there yet
    told: list[tuple[str, str, str]] = field(default_factory=list)  # label, before, after
    edit: dict[str, Any] = field(default_factory=dict)
    rename: dict[str, Any] = field(default_factory=dict)
    block: str = ""
    count: dict[str, Any] = field(default_factory=dict)
    day: str = ""
    document: str = ""

    @property
    def added(self) -> bool:
        return not self.version

    @property
    def changes(self) -> bool:
        return bool(self.added or self.told)


@dataclass
class Plan:
    """What taking a list would do, or why it cannot be taken."""

    steps: list[Step] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def added(self) -> list[Step]:
        return [step for step in self.steps if step.added]

    @property
    def changed(self) -> list[Step]:
        return [step for step in self.steps if step.changes and not step.added]

    @property
    def same(self) -> int:
        return sum(not step.changes for step in self.steps)

    @property
    def does(self) -> list[Step]:
        return [step for step in self.steps if step.changes]


def plan(actor: User | None, found: List) -> Plan:
    """Compare a list with the units that there are: what is new, what changes, what stays."""
    units = {unit.code.upper(): unit for unit in Unit.objects.select_related("block")}
    blocks = {block.code: block for block in Block.objects.all()}
    counts = {(one.unit_id, one.taken_on.isoformat()): one.number for one in Headcount.objects.all()}
    made = Plan(faults=list(found.faults))
    for line in found.lines:
        code = line.values.get("code")
        if code:
            compare = _Compare(actor, line, units.get(code), blocks, counts, made.faults)
            made.steps.append(compare.step())
    made.faults.sort(key=lambda fault: _order(fault.cell))
    return made


def _order(cell: str) -> tuple[int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), letters.rjust(3)


class _Compare:
    """One row against the unit of its code."""

    def __init__(
        self,
        actor: User | None,
        line: Line,
        unit: Unit | None,
        blocks: dict[str, Block],
        counts: dict[tuple[int, str], int],
        faults: list[Fault],
    ) -> None:
        self.actor, self.line, self.unit, self.blocks = actor, line, unit, blocks
        self.counts, self.faults, self.values = counts, faults, line.values
        self.kinds = kinds()

    def fault(self, key: str, remark: str) -> None:
        value = self.values.get(key)
        self.faults.append(Fault(self.line.cell(key), "" if value is None else str(value)[:80], remark))

    def step(self) -> Step:
        code = self.values["code"]
        self._headcount_complete()
        if self.unit is None:
            return self._new(code)
        step = Step(self.unit.code, self.unit.name, self.unit.version)
        if not self.unit.is_active:
            self.fault("code", _("This unit is no longer at work: take its row out."))
            return step
        self._plain(step, self.unit)
        self._dated(step, self.unit)
        self._count(step, self.unit)
        return step

    def _headcount_complete(self) -> None:
        number, day = self.values.get("number"), self.values.get("taken_on")
        if number is not None and not day and not self._faulty("taken_on"):
            self.fault("taken_on", _("Write the day that this number was taken on."))
        if day and number is None and not self._faulty("number"):
            self.fault("number", _("Write the number of people on this day, or take the day away."))
        if day and (reason := rules.why_not_yet(date.fromisoformat(day))):
            self.fault("taken_on", reason)

    def _faulty(self, key: str) -> bool:
        """Whether a fault has been found in this cell already."""
        return any(fault.cell == self.line.cell(key) for fault in self.faults)

    def _new(self, code: str) -> Step:
        for key in NEEDED:
            if not self.values.get(key) and not self._faulty(key):
                self.fault(key, _("A new unit needs this: fill in the cell."))
        given = {
            key: self.values[key] for key in ("name_vi", "name_en", "abbreviation", *PLAIN) if self.values.get(key)
        }
        step = Step(code, self.values.get("name_vi") or code, edit=given, block=self.values.get("block") or "")
        if self.values.get("number") is not None and self.values.get("taken_on"):
            step.count = {key: self.values.get(key) or "" for key in ("taken_on", "source")}
            step.count["number"] = self.values["number"]
        return step

    def _plain(self, step: Step, unit: Unit) -> None:
        for key in PLAIN:
            value = self.values.get(key)
            if value not in (None, "") and value != getattr(unit, key):
                step.edit[key] = value
                step.told.append((TITLES[key], self._words(key, getattr(unit, key)), self._words(key, value)))

    def _words(self, key: str, value: Any) -> str:
        if key == "kind":
            return self.kinds[value]
        return YES_NO[value] if isinstance(value, bool) else str(value)

    def _dated(self, step: Step, unit: Unit) -> None:
        """A new name or block begins on a day, by a document; English names and abbreviations are mended.

        An empty cell leaves what is there.
        """
        given = {key: value for key in NAMES if (value := self.values.get(key))}
        names = {key: value for key, value in given.items() if value != getattr(unit, key)}
        block = self.values.get("block")
        moves = bool(block and block != unit.block.code)
        renames = "name_vi" in names
        step.told += [(TITLES[key], getattr(unit, key), value) for key, value in names.items()]
        if moves:
            step.told.append((TITLES["block"], unit.block.name_vi, self.blocks[block].name_vi))
        if not (renames or moves):
            step.edit |= names
            return
        day, document = self.values.get("day"), self.values.get("document")
        if not (day and document):
            self._ask_when(unit, renames)
            return
        self._when(step, unit, date.fromisoformat(day), renames, moves)
        step.day, step.document = day, document
        if renames:
            step.rename = {key: given.get(key, "") for key in NAMES}  # the old English name is not the new one's
        else:
            step.edit |= names
        step.block = block if moves else ""

    def _ask_when(self, unit: Unit, renames: bool) -> None:
        if self._faulty("day"):
            return
        words = _("Now: “%(now)s”. A change needs “%(day)s” and “%(paper)s”: fill them in, or write what is now.")
        told = {"now": unit.name_vi if renames else unit.block.name_vi}
        told |= {"day": TITLES["day"], "paper": TITLES["document"]}
        self.fault("name_vi" if renames else "block", words % told)

    def _when(self, step: Step, unit: Unit, day: date, renames: bool, moves: bool) -> None:
        reasons = [rules.why_not_rename(self.actor, unit, day)] if renames else []
        if moves:
            reasons.append(rules.why_not_move(self.actor, unit, self.blocks[self.values["block"]], day))
        for reason in dict.fromkeys(filter(None, reasons)):
            self.fault("day", reason)

    def _count(self, step: Step, unit: Unit) -> None:
        number, day = self.values.get("number"), self.values.get("taken_on")
        if number is None or not day:
            return
        before = self.counts.get((unit.pk, day))
        if before == number:
            return
        step.count = {"number": number, "taken_on": day, "source": self.values.get("source") or ""}
        label = f"{TITLES['number']}, {short_date(date.fromisoformat(day))}"
        step.told.append((label, "" if before is None else str(before), str(number)))
