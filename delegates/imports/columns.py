"""Where the table of a sent list begins, and what its columns hold: guessed from their titles. Pure; no database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.vietnamese import clean, fold
from core.vietnamese_encodings import decode, recognise
from documents.workbook import Row, Sheet, text

FARTHEST = 40  # rows that hold something above the table's head
MOST_LINES = 3  # of a head

TARGETS = {
    "full_name": _("Full name"),
    "birth": _("Date of birth"),
    "birth_male": _("Year of birth: men"),
    "birth_female": _("Year of birth: women"),
    "sex": _("Sex"),
    "ethnic_group": _("Ethnic group"),
    "religion": _("Religion"),
    "party_member": _("Party member"),
    "learning": _("Education, academic rank"),
    "political_theory": _("Political theory"),
    "position": _("Position"),
    "workplace": _("Place of work"),
    "sub_unit": _("Department of the unit"),
    "award": _("Highest award"),
    "award_year": _("Year of the award"),
    "award_decision": _("Decision on the award"),
    "category": _("Category"),
    "tags": _("Also belongs to"),
    "represents": _("Collective that they stand for"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "id_number": _("Identity number"),
    "note": _("Note"),
}
ASKED_FOR = "id_number"  # read only where a category has to know it
# What may be spread over columns.
SEVERAL = {"full_name", "learning", "position", "workplace", "award", "award_decision", "phone", "note"}
NUMBER = "number"  # the rows' own count: known, and left alone

# Titles without marks, in the order in which they are asked: what is narrower comes first.
_TITLES = [
    (NUMBER, r"^(tt|stt|so tt|so thu tu|no\.?|#)$"),
    ("email", r"e-?mail|thu dien tu|hop thu"),
    ("id_number", r"\bcccd\b|\bcmnd\b|\bcmt\b|can cuoc|chung minh|dinh danh|identity"),
    ("phone", r"dien thoai|\bsdt\b|\bso dt\b|di dong|^dt$|mobile|phone|lien he|^tel\b"),
    ("award_year", r"nam (duoc )?(khen|tang|dat|cong nhan|phong)|year of the award"),
    (
        "award_decision",
        r"^(so|ngay|co quan|cap)\b.*(quyet dinh|\bqd\b)(?!.*bo nhiem)|^(quyet dinh|qd)\b(?!.*bo nhiem)|decision",
    ),
    ("award", r"khen thuong|danh hieu|thanh tich|hinh thuc khen|award"),
    ("represents", r"dai dien cho|tap the|collective"),
    ("tags", r"thanh phan (khac|kiem)|cung thuoc|also belongs"),
    ("category", r"thanh phan|doi tuong|loai dai bieu|dien dai bieu|^dien$|category"),
    ("political_theory", r"llct|ly luan|chinh tri|political"),
    ("party_member", r"dang vien|vao dang|^dang$|party"),
    ("ethnic_group", r"dan toc|ethnic"),
    ("religion", r"ton giao|religion"),
    ("birth", r"nam sinh|ngay sinh|ngay,? thang,? nam|sinh ngay|sinh nam|^sinh$|^ns$|birth|\bdob\b"),
    ("sex", r"gioi tinh|^phai$|\bsex\b|gender|^gt$|nam\W+nu\b"),
    ("full_name", r"ho,? (va )?ten|\bho va\b|ho,? (va )?(chu )?(dem|lot)|ten dai bieu|^(ten|ho|name)$|full name"),
    ("learning", r"chuyen mon|trinh do|hoc vi|hoc ham|hoc van|bang cap|education|academic"),
    ("position", r"chuc vu|chuc danh|position"),
    ("sub_unit", r"^(phong|ban|bo mon|bo phan)\b|department of the unit"),
    ("workplace", r"don vi|cong tac|co quan|to chuc|organisation|place of work"),
    ("note", r"ghi chu|\bnote\b|remark"),
]
TITLES = [(target, re.compile(pattern)) for target, pattern in _TITLES]


@dataclass(frozen=True)
class Head:
    """Where a table begins: the first row of its head, how many rows that has, and the titles by column."""

    row: int
    lines: int
    titles: dict[int, str]

    @property
    def last(self) -> int:
        return self.row + self.lines - 1


def title_words(value) -> str:
    """A title as it is meant: one line, in Unicode."""
    words = text(value)
    encoding = recognise(words)
    return clean((decode(words, encoding) if encoding else words).replace("\n", " "))


def head_at(sheet: Sheet, row: int, lines: int) -> Head:
    """The titles of a head: of several lines the words above and below, 'Năm sinh – Nam'."""
    parts: dict[int, list[str]] = {}
    for line in sheet.rows:
        if row <= line.number < row + lines:
            for column, value in sorted(line.values.items()):
                words = title_words(value)
                if words and words not in parts.setdefault(column, []):
                    parts[column].append(words)
    return Head(row, lines, {column: " – ".join(words) for column, words in sorted(parts.items()) if words})


def target_of(title: str) -> str:
    """What a column of this title holds; '' where that cannot be told. Under Nam and Nữ stands the year of birth."""
    last = title.rpartition("–")[2].strip().casefold()
    whole = title.casefold()
    if last in ("nam", "male", "men") or re.search(r"năm sinh\W+nam$", whole):
        return "birth_male"
    if last in ("nữ", "nu", "female", "women") or re.search(r"năm sinh\W+nữ$", whole):
        return "birth_female"
    folded = fold(title.replace("–", " "))
    return next((target for target, pattern in TITLES if pattern.search(folded)), "")


def targets(*, identity: bool) -> dict[str, Any]:
    """What columns may hold; identity numbers only where they are asked for."""
    return {target: label for target, label in TARGETS.items() if identity or target != ASKED_FOR}


def guess_columns(head: Head, remembered: Mapping[str, str], *, identity: bool = False) -> dict[int, str]:
    """What each column holds: as this unit has said before of such a title, else by the title; each thing once."""
    known = targets(identity=identity)
    found: dict[int, str] = {}
    for column, title in head.titles.items():
        target = remembered.get(fold(title), target_of(title))
        if target in known and (target in SEVERAL or target not in found.values()):
            found[column] = target
    return found


def _known(head: Head) -> set[str]:
    return {target for title in head.titles.values() if (target := target_of(title))} - {NUMBER}


def _may_continue(rows: Mapping[int, Row], head: Head, number: int) -> bool:
    """Whether a row may be a further line of a head: nobody's name stands in it."""
    row = rows.get(number)
    if row is None:
        return False
    names = [column for column, title in head.titles.items() if target_of(title) == "full_name"]
    return bool(names) and not any(column in row.own for column in names)


def guess_head(sheet: Sheet) -> tuple[Head | None, int]:
    """The head of a sheet's table and how many things are recognised in it; None where no row looks like one."""
    rows = {row.number: row for row in sheet.rows}
    best: tuple[Head | None, int] = (None, 0)
    for row in sheet.rows[:FARTHEST]:
        lines = 1
        while lines <= MOST_LINES:
            head = head_at(sheet, row.number, lines)
            known = _known(head)
            if "full_name" in known and len(known) >= 3 and len(known) > best[1]:
                best = (head, len(known))
            if not _may_continue(rows, head, row.number + lines):
                break
            lines += 1
    return best


def guess_sheet(sheets: list[Sheet]) -> tuple[int, Head | None]:
    """The sheet that holds the list, by its place: the one whose head is recognised best; hidden ones come last."""
    scores = []
    for place, sheet in enumerate(sheets):
        head, known = guess_head(sheet)
        scores.append((not sheet.hidden and known > 0, known, -place, head))
    best = max(scores, key=lambda score: score[:3])
    return -best[2], best[3]
