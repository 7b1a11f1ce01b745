"""Acts on lists that units send as workbooks. Locks: the list, then the unit's delegates, its quotas, and the trail."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from congress.models import AwardType, Congress
from core import audit, clock, locks, versions
from core.models import User
from core.refusal import Refused, refuse_if
from core.vietnamese import fold
from delegates import rules, tallies
from delegates.actions.awards import _change_awards
from delegates.actions.people import _timing
from delegates.actions.tags import _add_tags, _change_tags
from delegates.imports.columns import Head, guess_columns, guess_sheet
from delegates.imports.comparison import AWARD, TAGS, Comparison, Kind, Outcome
from delegates.imports.rows import Reading
from delegates.models import Category, ColumnMemory, Delegate, DelegateAward, EthnicGroup, Quota, SentList
from delegates.models.awards import HIGHEST, beside, held
from delegates.queries import imports as queries
from documents import workbook
from documents.workbook import Unreadable
from units.models import Unit

State = SentList.State


class Changed(Exception):
    """Between the preview and the act something has changed: what would be done now is another thing."""


@transaction.atomic
def send_list(*, actor: User, congress: Congress, unit: Unit | None, name: str, content: bytes) -> SentList:
    """Take a workbook in, and guess where its table begins and what its columns hold. Raises `Unreadable`."""
    refuse_if(rules.why_not_send_list(actor, congress, unit))
    sheets = workbook.read(content, name)
    place, head = guess_sheet(sheets)
    sent = SentList(congress=congress, unit=unit, sent_by=actor, name=name[-200:], sheet=sheets[place].name)
    if head:
        sent.head_row, sent.head_lines, sent.state = head.row, head.lines, State.TABLE
        sent.columns = _guessed(head, congress, unit)  # type: ignore[assignment]
    elif sheets[place].rows:
        sent.head_row = sheets[place].rows[0].number
    sent.file.save(name, ContentFile(content), save=False)
    sent.save()
    forget_lists(actor=actor)
    audit.record(actor, "list.sent", sent, unit=str(unit or ""))
    return sent


def _guessed(head: Head, congress: Congress, unit: Unit | None) -> dict[int, str]:
    return guess_columns(head, queries.remembered_columns(unit), identity=tallies.asks_identity(congress))


def _open(actor: User | None, sent: SentList) -> SentList:
    current = locks.lock(SentList, sent.pk)
    refuse_if(rules.why_not_change_sent(actor, current))
    return current


@transaction.atomic
def set_table(*, actor: User, sent: SentList, sheet: str, head: Head) -> SentList:
    """Say on which sheet the list stands and where its head is; what the columns hold is guessed anew."""
    current = _open(actor, sent)
    if (current.sheet, current.head_row, current.head_lines) != (sheet, head.row, head.lines) or not current.columns:
        current.columns = _guessed(head, current.congress, current.unit)  # type: ignore[assignment]
    current.sheet, current.head_row, current.head_lines = sheet, head.row, head.lines
    current.state, current.preview = State.TABLE, None
    current.save()
    audit.record(actor, "list.table_set", current, sheet=sheet, row=head.row)
    return current


@transaction.atomic
def set_columns(
    *, actor: User, sent: SentList, columns: Mapping[int, str], category: Category | None, titles: Mapping[int, str]
) -> SentList:
    """Say what the columns hold; the unit's next list is guessed by it."""
    current = _open(actor, sent)
    current.columns = {str(column): target for column, target in columns.items()}
    current.category = category
    current.state, current.preview = State.COLUMNS, None
    current.save()
    if current.unit:
        memory, _made = ColumnMemory.objects.get_or_create(unit=current.unit)
        memory.columns |= {fold(title): columns.get(column, "") for column, title in titles.items()}
        memory.save()
    audit.record(actor, "list.columns_set", current)
    return current


@transaction.atomic
def keep_preview(*, actor: User, sent: SentList, reading: Reading, comparison: Comparison) -> SentList:
    """Keep what applying the list would do, to be shown, and applied as it was shown."""
    current = _open(actor, sent)
    current.preview = queries.preview_of(current, reading, comparison)
    current.counts = comparison.counts
    current.digest, current.state = comparison.digest, State.LOOKED
    current.save()
    audit.record(actor, "list.looked_at", current, faults=len(current.preview["faults"]), rows=len(reading.lines))
    return current


@transaction.atomic
def answer_list(
    *, actor: User, sent: SentList, convert: bool | None = None, others: set[int] | None = None
) -> SentList:
    """Say whether old text is converted, and which rows are other people than those of the same name."""
    current = _open(actor, sent)
    if convert is not None:
        current.convert = convert
    if others is not None:
        current.others = sorted(others)
    current.save(update_fields=["convert", "others"])
    audit.record(actor, "list.answered", current)
    return current


@transaction.atomic
def apply_list(*, actor: User, sent: SentList) -> SentList:
    """Register and change everybody whom the list names, or nobody. Applied once, however often it is asked.

    Raises `Refused` with a reason, `Changed` where the register is no longer what the preview was made from.
    """
    current = locks.lock(SentList, sent.pk)
    if current.state == State.APPLIED:
        return current
    refuse_if(rules.why_not_apply_list(actor, current))
    people = _held(current)
    try:
        _reading, comparison = queries.read_list(actor, current)
    except Unreadable as fault:
        raise Refused(fault.reason) from None
    if comparison.digest != current.digest or any(fault.stops for fault in comparison.faults):
        raise Changed
    rows = _rows(current, comparison)
    timing = _timing(actor, current.congress, current.unit)
    late = timing.get("late", False)
    new = [_new(current, outcome, rows, late) for outcome in comparison.outcomes if outcome.kind == Kind.ADDED]
    added = Delegate.objects.bulk_create([delegate for delegate, _awards in new])
    pairs = zip(added, (one for one in comparison.outcomes if one.kind == Kind.ADDED), strict=True)
    _add_tags((delegate, _tags_of(outcome, rows)) for delegate, outcome in pairs)
    DelegateAward.objects.bulk_create([award for _delegate, awards in new for award in awards])
    changed = [
        (people[outcome.known.key], _change(people[outcome.known.key], outcome, rows))
        for outcome in comparison.outcomes
        if outcome.kind == Kind.CHANGED and outcome.known
    ]
    unit = str(current.unit or "")
    told = [(one, {"unit": unit, "category": str(one.category), "from": current.name, **timing}) for one in added]
    audit.record_each(actor, "delegate.registered", told)
    audit.record_each(actor, "delegate.changed", [(one, {"changes": changes, **timing}) for one, changes in changed])
    _close(current)
    counts = {kind.value: number for kind, number in comparison.counts.items()}
    audit.record(actor, "list.applied", current, unit=unit, counts=counts)
    return current


def _held(sent: SentList) -> dict[int, Delegate]:
    """The unit's seats and then its delegates, held until the transaction ends: nothing moves between look and act."""
    quotas = Quota.objects.filter(congress=sent.congress, unit=sent.unit).order_by("pk")
    list(quotas.select_for_update(of=("self",)))
    people = sent.congress.delegates.filter(unit=sent.unit).select_for_update(of=("self",), no_key=True).order_by("pk")
    return {delegate.pk: delegate for delegate in people}


Rows = dict[str, dict[Any, Any]]


def _rows(sent: SentList, comparison: Comparison) -> Rows:
    """The rows that the list's values point at, read once for all."""
    wanted: dict[str, set] = {name: set() for name in queries.FOREIGN}
    for outcome in comparison.outcomes:
        for values in (outcome.values, outcome.known.values if outcome.known else {}):
            for name in wanted:
                wanted[name].add(values.get(name))
            wanted["category"].update(values.get(TAGS, ()))
    return {
        "category": sent.congress.categories.in_bulk(wanted["category"] - {None}),
        "ethnic_group": EthnicGroup.objects.in_bulk(wanted["ethnic_group"] - {None}),
        AWARD: AwardType.objects.in_bulk({o.values[AWARD].award for o in comparison.outcomes if AWARD in o.values}),
    }


def _values(outcome: Outcome, rows: Rows) -> dict[str, Any]:
    values = {name: value for name, value in outcome.values.items() if name not in (AWARD, TAGS)}
    return {name: rows[name][value] if name in rows else value for name, value in values.items()}


def _award(outcome: Outcome, rows: Rows) -> list[dict[str, Any]]:
    """The award that a line brings, as a row of its own."""
    if AWARD not in outcome.values:
        return []
    said = outcome.values[AWARD]
    decision = {"decision_number": said.decision.number, "decision_date": said.decision.day}
    return [{"award": rows[AWARD][said.award], "year": said.year, "issuer": said.decision.issuer, **decision}]


RELATIONS = {field.name for field in Delegate._meta.concrete_fields if field.is_relation}


def _checked(delegate: Delegate) -> Delegate:
    delegate.clean_fields(exclude=RELATIONS)
    delegate.clean()
    return delegate


def _tags_of(outcome: Outcome, rows: Rows) -> list[Category]:
    return [rows["category"][key] for key in outcome.values.get(TAGS, ())]


def _new(sent: SentList, outcome: Outcome, rows: Rows, late: bool) -> tuple[Delegate, list[DelegateAward]]:
    values = _values(outcome, rows)
    made = Delegate(congress=sent.congress, unit=sent.unit, state_since=clock.now(), late=late, **values)
    awards = held(made, _award(outcome, rows))
    return _checked(made), awards


def _change(delegate: Delegate, outcome: Outcome, rows: Rows) -> dict[str, list[str]]:
    known = outcome.known
    if known:  # what the fields point at is at hand
        for name, column in queries.FOREIGN.items():
            if getattr(delegate, column):
                setattr(delegate, name, rows[name][getattr(delegate, column)])
    values = _values(outcome, rows)
    changes = versions.apply(delegate, values)
    if "category" in values:  # a place in the other category's order is not known yet
        delegate.priority = None
    if AWARD in outcome.values or "category" in values:
        said = _award(outcome, rows)
        changes |= _change_awards(delegate, beside(delegate, said))
    if TAGS in outcome.values or "category" in values:
        changes |= _change_tags(delegate, _tags_of(outcome, rows) if TAGS in outcome.values else None)
    _checked(delegate)
    versions.save(delegate, [*values, "priority", *HIGHEST])
    return changes


def _close(sent: SentList) -> None:
    """File and preview hold personal data: what is applied stands in the register."""
    sent.state, sent.applied_at, sent.preview = State.APPLIED, clock.now(), None
    _drop_file(sent)
    sent.save()


def _drop_file(sent: SentList) -> None:
    storage, path = sent.file.storage, sent.file.name
    sent.file = ""
    if path:
        transaction.on_commit(lambda: storage.delete(path))


@transaction.atomic
def give_up_list(*, actor: User, sent: SentList) -> None:
    """Take a list away that is not to be applied; nothing in the register changes."""
    current = locks.lock(SentList, sent.pk)
    if current.state != State.APPLIED:
        audit.record(actor, "list.given_up", current, unit=str(current.unit or ""))
        _drop_file(current)
        current.delete()


@transaction.atomic
def take_marked(*, actor: User, sent: SentList) -> bytes:
    """The sent workbook with the cells of its faults coloured and commented."""
    current = locks.lock(SentList, sent.pk)
    refuse_if(rules.why_not_take_marked(actor, current))
    with current.file.open() as file:
        content = file.read()
    remarks: dict[tuple[int, int], str] = {}
    for row, column, _cell, _title, _stands, remark in (current.preview or {})["faults"]:
        place = (row or current.head_row, column or int(next(iter(current.columns), "1")))
        remarks[place] = "\n".join(filter(None, [remarks.get(place), remark]))
    marked = workbook.mark(content, current.sheet, remarks)
    audit.record(actor, "list.marked", current)
    return marked


@transaction.atomic
def forget_lists(*, actor: User | None, congress: Congress | None = None) -> int:
    """Take away lists that nobody applied within two weeks, or all that wait for a congress; how many."""
    lists = SentList.objects.waiting().filter(congress=congress) if congress else SentList.objects.expired()
    forgotten = list(lists.select_for_update(skip_locked=True, of=("self",)))
    for sent in forgotten:
        audit.record(actor if congress else None, "list.forgotten", sent)
        _drop_file(sent)
        sent.delete()
    return len(forgotten)
