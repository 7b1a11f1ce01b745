"""What a sent list says, beside what is registered: read from the file and the register, written nowhere."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from congress.models import AwardType, Congress
from core import clock, versions
from core.models import User
from core.vietnamese import fold
from delegates import rules
from delegates.imports.cells import Award, Decision, Words, award_words, ethnic_key
from delegates.imports.columns import Head, head_at
from delegates.imports.comparison import (
    AWARD,
    FIELDS,
    TAGS,
    Comparison,
    Held,
    Kind,
    Known,
    Outcome,
    Seats,
    Setting,
    compare,
)
from delegates.imports.rows import Reader, Reading
from delegates.models import Category, ColumnMemory, Delegate, DelegateAward, EthnicGroup, SentList
from delegates.queries.people import unit_seats
from documents import workbook
from units.models import Unit

Tick = Callable[[int, int], None]
FOREIGN = {"category": "category_id", "ethnic_group": "ethnic_group_id"}
CATEGORY_WORDS = {  # how lists name the categories of the letter, by code
    "DN_TT": ("đương nhiên", "đại biểu đương nhiên", "thủ trưởng", "thủ trưởng đơn vị"),
    "DHTT": ("điển hình", "điển hình tiên tiến", "gương điển hình", "người tốt việc tốt"),
    "TT_KT": ("tập thể", "đại diện tập thể", "tập thể được khen thưởng"),
    "CN_KT": ("cá nhân", "cá nhân được khen", "cá nhân được khen thưởng"),
    "KM": ("khách mời", "đại biểu khách mời"),
}
RELIGION_WORDS = {
    "buddhist": ("phật", "phật giáo", "buddhism"),
    "catholic": ("công giáo", "thiên chúa", "thiên chúa giáo", "ki tô", "catholicism"),
    "hoa_hao": ("hòa hảo", "phật giáo hòa hảo"),
    "cao_dai": ("cao đài",),
    "protestant": ("tin lành", "protestantism"),
    "islam": ("hồi", "hồi giáo", "islam"),
    "other": ("khác", "tôn giáo khác"),
}
AWARD_WORDS = {"GK": ("giấy khen",), "BK_TTG": ("bằng khen chính phủ",), "CSTD_BO": ("chiến sĩ thi đua bộ",)}


def sheets_of(sent: SentList) -> list[workbook.Sheet]:
    """The sheets of a sent list's file. Raises `Unreadable`."""
    with sent.file.open() as file:
        return workbook.read(file.read(), sent.name)


def remembered_columns(unit: Unit | None) -> dict[str, str]:
    """What this unit's columns have held, by their titles without marks."""
    return ColumnMemory.objects.filter(unit=unit).values_list("columns", flat=True).first() or {}


# ---- What words mean ----


def list_words(congress: Congress, unit: Unit | None) -> Words:
    """What the words of this unit's list can mean."""
    categories = list(congress.categories.all())
    offered = [category for category in categories if unit is None or category.by_unit]
    awards = list(AwardType.objects.possible_until(congress.congress_until))
    return Words(
        categories=_category_words(offered),
        all_categories=_category_words(categories),
        category_names=tuple(category.short_vi for category in offered),
        closed_categories=frozenset(_category_words([one for one in categories if one not in offered])),
        ethnic_groups=_ethnic_words(),
        religions=_religion_words(),
        awards=tuple(map(_award, awards)),
        award_names=_award_names(awards),
        unit_names=_unit_words(unit),
    )


def _category_words(categories: Iterable[Category]) -> dict[str, int]:
    found: dict[str, int] = {}
    for category in categories:
        names = (category.code, category.name_vi, category.name_en, category.short_vi, category.short_en)
        for name in (*names, *CATEGORY_WORDS.get(category.code, ())):
            if name:
                found.setdefault(fold(name), category.pk)
    return found


def _ethnic_words() -> dict[str, int]:
    found: dict[str, int] = {}
    groups = list(EthnicGroup.objects.all())
    for group in groups:
        found[ethnic_key(group.name_vi)] = group.pk
    for group in groups:
        for alias in group.aliases.split(";"):
            if alias.strip():
                found.setdefault(ethnic_key(alias), group.pk)
    return found


def _religion_words() -> dict[str, str]:
    found = {fold(name): value for value, names in RELIGION_WORDS.items() for name in names}
    for language in ("vi", "en"):
        with override(language):
            found |= {fold(str(label)): value for value, label in Delegate.Religion.choices}
    return found


def _award(award: AwardType) -> Award:
    first = award.valid_from.year if award.valid_from else 0
    last = award.valid_to.year if award.valid_to else 9999
    return Award(award.pk, award.name_vi, award_words(award.name_vi), award.order, first, last)


def _award_names(awards: Iterable[AwardType]) -> dict[str, int]:
    found: dict[str, int] = {}
    for award in awards:
        for name in (award.name_vi, award.name_en, award.abbreviation, award.code, *AWARD_WORDS.get(award.code, ())):
            if name:
                found.setdefault(fold(name), award.pk)
    return found


def _unit_words(unit: Unit | None) -> frozenset[str]:
    names = (unit.name_vi, unit.name_en, unit.abbreviation, unit.code) if unit else ()
    return frozenset(fold(name) for name in names if name)


# ---- What the list is compared with ----


def list_setting(actor: User | None, sent: SentList, reading: Reading) -> Setting:
    """Who is registered for the list's unit, who elsewhere, and the seats."""
    congress, unit = sent.congress, sent.unit
    people = congress.delegates.filter(unit=unit).order_by("pk").prefetch_related("tags")
    awards = _awards_of(congress, unit)
    known = [_known(actor, congress, unit, delegate, awards.get(delegate.pk, {})) for delegate in people]
    names = {fold(line.name) for line in reading.lines if line.name}
    others = congress.delegates.exclude(unit=unit).filter(folded__in=names).seated()
    elsewhere = frozenset((name, birth.year) for name, birth in others.values_list("folded", "birth"))
    seats = {
        category.pk: Seats(
            name=category.short,
            seats=left.seats,
            taken=left.taken,
            why_closed=None if left.seats or left.taken else rules.why_no_seat(unit, category, 0, 0),
            needs_award=category.needs_award,
            represents_collective=category.represents_collective,
        )
        for category, left in unit_seats(congress, unit).items()
    }
    return Setting(
        known=known,
        elsewhere=elsewhere,
        seats=seats,
        of_unit=unit is not None,
        others=frozenset(sent.others),
        why_none=rules.why_not_change_list(actor, congress, unit),
        award_faults=_award_faults(congress),
    )


def _awards_of(congress: Congress, unit: Unit | None) -> dict[int, dict[tuple[int, int], Held]]:
    """The awards of a unit's people, by delegate; one query."""
    found: dict[int, dict[tuple[int, int], Held]] = {}
    rows = DelegateAward.objects.filter(delegate__congress=congress, delegate__unit=unit)
    for row in rows.order_by("pk"):
        decision = Decision(row.decision_number, row.decision_date, row.issuer)  # type: ignore[arg-type] # the stubs take a PartialDate for text
        found.setdefault(row.delegate_id, {})[row.award_id, row.year] = Held(row.award_id, row.year, decision)
    return found


def _award_faults(congress: Congress) -> Callable[[Held, int | None], dict[str, str]]:
    """What the rows of awards do not allow, at the column that says it."""
    types = {award.pk: award for award in AwardType.objects.possible_until(congress.congress_until)}
    categories = {category.pk: category for category in congress.categories.all()}
    places = {"year": "award_year", "decision_date": "award_decision"}

    def faults(held: Held, category: int | None) -> dict[str, str]:
        row = DelegateAward(award=types[held.award], year=held.year, decision_date=held.decision.day)  # type: ignore[misc] # as above
        found = {places[name]: words for name, words in row.faults().items()}
        if reason := row.why_not_in(categories.get(category or 0)):
            found["highest_award"] = reason
        return found

    return faults


def _known(
    actor: User | None, congress: Congress, unit: Unit | None, delegate: Delegate, awards: dict[tuple[int, int], Held]
) -> Known:
    delegate.congress, delegate.unit = congress, unit  # at hand: the rules ask for them
    withdrawn = delegate.state == Delegate.State.WITHDRAWN
    return Known(
        key=delegate.pk,
        version=delegate.version,
        name=delegate.full_name,
        values={name: getattr(delegate, FOREIGN.get(name, name)) for name in FIELDS}
        | {TAGS: tuple(sorted(tag.pk for tag in delegate.tags.all()))},
        why_not_edit=None if withdrawn else rules.why_not_edit(actor, delegate),
        withdrawn=withdrawn,
        on_reserve=delegate.state == Delegate.State.RESERVE,
        awards=awards,
    )


def head_of(sent: SentList, sheets: list[workbook.Sheet]) -> tuple[workbook.Sheet, Head]:
    """The sheet and the head that were chosen. Raises `Unreadable` where the file has no such sheet."""
    sheet = next((sheet for sheet in sheets if sheet.name == sent.sheet), None)
    if sheet is None:
        raise workbook.Unreadable(_("This sheet is not in the file any more."))
    return sheet, head_at(sheet, sent.head_row, sent.head_lines)


def untold(_done: int, _total: int) -> None:
    """Nobody waits to be told."""


def read_list(actor: User | None, sent: SentList, tick: Tick = untold) -> tuple[Reading, Comparison]:
    """What the list says and what applying it would do. Raises `Unreadable`."""
    sheet, head = head_of(sent, sheets_of(sent))
    reader = Reader(
        sheet,
        head,
        {int(column): target for column, target in sent.columns.items()},
        list_words(sent.congress, sent.unit),
        today=clock.today(),
        convert=sent.convert is not False,
        category=sent.category_id,
    )
    reading = reader.read(tick)
    return reading, compare(reading, list_setting(actor, sent, reading))


# ---- What a page shows of it ----

Shown = Callable[[str, Any], str]


def shown_values(congress: Congress) -> Shown:
    """How values of a person are shown: a function of the field's name and the value."""
    names: dict[str, dict[int, str]] = {
        "category": {category.pk: category.short for category in congress.categories.all()},
        "ethnic_group": {group.pk: group.name_vi for group in EthnicGroup.objects.all()},
    }
    awards = {award.pk: award.name for award in AwardType.objects.all()}

    def shown(name: str, value: Any) -> str:
        if name == AWARD:
            parts = [awards.get(value.award, ""), str(value.year), str(value.decision)] if value else []
            return ", ".join(filter(None, parts))
        if name == TAGS:
            return "; ".join(names["category"].get(key, "") for key in value or ())
        if name in names:
            return names[name].get(value, "")
        return versions.words(Delegate._meta.get_field(name), value)  # type: ignore[arg-type]

    return shown


def label(name: str) -> str:
    """What a field of a person is called."""
    name = "highest_award" if name == AWARD else name
    return capfirst(str(Delegate._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


MOST_SAMPLES = 5


def preview_of(sent: SentList, reading: Reading, comparison: Comparison) -> dict[str, Any]:
    """What the preview shows, as it is kept: in words, in the language of whoever asked."""
    shown = shown_values(sent.congress)
    return {
        "faults": [
            [fault.row, fault.column, fault.cell, fault.title, fault.stands, fault.remark]
            for fault in comparison.faults
            if fault.stops
        ],
        "remarks": [
            [fault.cell, fault.title, fault.stands, fault.remark] for fault in comparison.faults if not fault.stops
        ],
        "rows": [_row(outcome, shown) for outcome in comparison.outcomes],
        "questions": [[question.row, question.name, question.words] for question in comparison.questions],
        "answered": [[line.row, line.name] for line in reading.lines if line.row in sent.others],
        "old": {
            "count": len(reading.old),
            "encodings": sorted({one.encoding.value for one in reading.old}),
            "samples": [[one.cell, one.stands, one.meant] for one in _distinct(reading.old)],
        },
        "left_out": [list(pair) for pair in reading.left_out],
        "hidden": reading.hidden,
        "absent": comparison.absent,
        "lines": len(reading.lines),
    }


def _distinct(old: list) -> list:
    return list({one.stands: one for one in reversed(old)}.values())[::-1][:MOST_SAMPLES]


def _before(name: str, value: Any, shown: Shown) -> str:
    """What is kept now. Of personal data only that something is: it is opened on the person's own page."""
    words = shown(name, value)
    return _("kept, not shown") if words and name in Delegate.CLOSE else words


def _row(outcome: Outcome, shown: Shown) -> list:
    line, known = outcome.line, outcome.known
    values = {**(known.values if known else {}), **outcome.values}
    changes = []
    if outcome.kind == Kind.CHANGED:
        changes = [
            [label(name), _before(name, outcome.before[name], shown), shown(name, value)]
            for name, value in outcome.values.items()
        ]
    return [
        line.row,
        line.name or (known.name if known else ""),
        str(line.values.get("birth") or ""),
        shown("category", values.get("category")),
        outcome.kind.value,
        changes,
    ]
