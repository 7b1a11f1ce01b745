"""What is written in the cells of a sent list, and what is meant. Pure; no database.

Each reader takes a cell's value and gives what is meant, None where nothing is written, or raises ValueError with a
sentence that says what to do.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from core.vietnamese import PartialDate, clean, clean_identity_number, clean_phone, fold
from documents.workbook import Value, text

AS_ABOVE = {"nt", "n.t", "n.t.", "-nt-", "nhu tren", '"', "''", "”", "“", "„", "″", "//", "-//-"}
NOTHING = {"", "-", "–", "—", ".", "...", "/"}
NO = {"khong", "ko", "k", "chua", "0", "no", "none", "false", "quan chung"}
MARKS = {"x", "v", "√", "✓", "✔", "+", "1", "co", "yes", "true"}
PLAUSIBLE_SERIALS = range(7000, 60_000)  # days of Excel from 1919 on, where the cell has lost its format
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Award:
    """An award of the catalogue, as far as its name in a list is to be understood."""

    key: int
    name: str
    words: frozenset[str]
    order: int
    first: int = 0  # years in which it was given
    last: int = 9999


@dataclass(frozen=True)
class Words:
    """What the words of a list can mean: keys of catalogues and values of choices by their names without marks."""

    categories: Mapping[str, int] = field(default_factory=dict)
    all_categories: Mapping[str, int] = field(default_factory=dict)  # also those that others fill
    category_names: tuple[str, ...] = ()  # those that may be chosen, for people
    closed_categories: frozenset[str] = frozenset()  # names of those that others fill
    ethnic_groups: Mapping[str, int] = field(default_factory=dict)
    religions: Mapping[str, str] = field(default_factory=dict)
    awards: tuple[Award, ...] = ()
    award_names: Mapping[str, int] = field(default_factory=dict)  # whole names, abbreviations, codes
    unit_names: frozenset[str] = frozenset()  # of the list's own unit: they need not be said of each position


def words_of(value: Value | None) -> str:
    """One line of clean text."""
    return _SPACES.sub(" ", clean(text(value))).strip()


def is_nothing(value: Value | None) -> bool:
    return words_of(value) in NOTHING


def full_name(value: Value | None, addressed: bool = False) -> str | None:
    """A name without the titles before it; `addressed` where the whole column says Ông and Bà."""
    name = words_of(value)
    if addressed:
        name = re.sub(r"^(ông|bà|đ/c|đồng chí)[.:]?\s+", "", name, flags=re.IGNORECASE)
    name = TITLE.sub("", name)
    if not name:
        return None
    if re.search(r"\d", name):
        raise ValueError(_("A name has no digits: write the full name alone."))
    if len(name) > 120:
        raise ValueError(_("A name has at most 120 letters: write the full name alone."))
    return name


TITLE = re.compile(r"^(?:(?:PGS|GS|TSKH|TS|ThS|Ths|THS|BS|KS|CN|NSND|NSƯT|NGND|NGƯT)\b[.,]*\s*)+(?=\S)")


def birth(value: Value | None, today: date) -> PartialDate | None:
    """A date of birth, or as much of it as is known."""
    if isinstance(value, date):
        if value.year < 1920:
            raise ValueError(
                _("The cell shows %(day)s. Write the year alone as a number, or the whole date, and look how it shows.")
                % {"day": text(value)}
            )
        return PartialDate.parse(text(value), today=today)
    if isinstance(value, int) and not isinstance(value, bool) and value in PLAUSIBLE_SERIALS:
        return PartialDate.parse(text(date(1899, 12, 30) + timedelta(days=value)), today=today)
    written = words_of(value)
    if written in NOTHING:
        return None
    spelled = re.fullmatch(r"(?:sinh )?(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})", fold(written))
    written = "/".join(spelled.groups()) if spelled else re.sub(r"\s*([/.\-])\s*", r"\1", written)
    return PartialDate.parse(re.sub(r"^(?:sinh\s+)?(?:năm\s+)?", "", written, flags=re.IGNORECASE), today=today)


def is_mark(value: Value | None) -> bool:
    """Whether a cell is only ticked."""
    return fold(words_of(value)) in MARKS


def sex(value: Value | None) -> str | None:
    written = words_of(value).casefold()
    if written in NOTHING:
        return None
    if written in ("nam", "male", "m", "trai", "ông"):
        return "male"
    if written in ("nữ", "nu", "nử", "female", "f", "gái", "bà"):
        return "female"
    raise ValueError(_("Write Nam or Nữ."))


def ethnic_key(name: str) -> str:
    """A name as it is compared: H'Mông, HMông and H Mông are one."""
    return re.sub(r"[\s'\-.]", "", re.sub(r"^(dan toc|nguoi) ", "", fold(name)))


def ethnic_group(value: Value | None, words: Words) -> int | None:
    written = words_of(value)
    if written in NOTHING:
        return None
    if found := words.ethnic_groups.get(ethnic_key(written)):
        return found
    raise ValueError(_("No ethnic group has this name: write it as in the list of the 54 ethnic groups, such as Kinh."))


def religion(value: Value | None, words: Words) -> str | None:
    written = fold(words_of(value))
    if written in NOTHING:
        return None
    if written in NO:
        return "none"
    name = re.sub(r"^(dao|ton giao) ", "", written)
    for key in (name, name.removesuffix(" giao")):
        if key in words.religions:
            return words.religions[key]
    raise ValueError(
        _("Write the religion as Không, Phật giáo, Công giáo, Tin Lành, Cao Đài, Hòa Hảo, Hồi giáo or khác.")
    )


def party_member(value: Value | None) -> bool | None:
    """Whether somebody is a member: a tick, a yes, or the day of joining."""
    if isinstance(value, date):
        return True
    written = fold(words_of(value))
    if written in NOTHING:
        return None
    if written in NO or written.startswith("chua"):
        return False
    if (
        written in MARKS
        or re.match(r"dang vien|dv\b|dang|du bi|chinh thuc|party", written)
        or re.search(r"\d{4}", written)
    ):
        return True
    raise ValueError(_("Write x or the day of joining for a party member; leave it blank for others."))


def party_joined(value: Value | None, today: date) -> PartialDate | None:
    """The day of joining, where it stands in place of a tick; what is no whole day and no year is only a tick."""
    found = re.search(r"(?:\d{1,2}\s*[/.-]\s*){0,2}\d{4}", text(value)) if value is not None else None
    return PartialDate.parse(re.sub(r"\s", "", found[0]), today=today) if found else None


_RANKS = [("associate_professor", r"\bpgs\b|pho giao su|associate"), ("professor", r"\bgs\b|giao su|professor")]
_EDUCATIONS = [
    ("doctor_of_science", r"\btskh\b|tien si khoa hoc|doctor of science"),
    ("doctor", r"\bts\b|tien si|doctor|\bphd\b"),
    ("master", r"\bths\b|thac si|master|cao hoc|\bmba\b"),
    ("bachelor", r"dai hoc|\bdh\b|cu nhan|\bcn\b|ky su|\bks\b|kien truc su|bac si|duoc si|luat su|university|bachelor"),
    ("college", r"cao dang|\bcd\b|college"),
    ("vocational", r"trung cap|\btc\b|trung hoc chuyen nghiep|vocational|so cap"),
    ("secondary", r"thpt|\b12/12\b|\b10/10\b|trung hoc|pho thong|secondary"),
]
_THEORIES = [
    ("advanced", r"cao cap|\bcc\b|advanced"),
    ("bachelor", r"cu nhan|\bcn\b|bachelor"),
    ("intermediate", r"trung cap|\btc\b|intermediate"),
    ("elementary", r"so cap|\bsc\b|elementary"),
]


def _first(kinds: list[tuple[str, str]], written: str) -> str | None:
    return next((kind for kind, pattern in kinds if re.search(pattern, written)), None)


def _loose(value: Value | None) -> str:
    """Without marks; dots and commas as blanks; sĩ and sỹ are one."""
    return re.sub(r"\bsy\b", "si", re.sub(r"[.,;]", " ", fold(words_of(value))))


def learning(value: Value | None) -> tuple[str | None, str | None]:
    """Education and academic rank: 'PGS.TS', 'Thạc sĩ Luật', 'Kỹ sư điện'."""
    written = _loose(value)
    if is_nothing(value):
        return None, None
    found = _first(_EDUCATIONS, written), _first(_RANKS, written)
    if found == (None, None):
        raise ValueError(_("Write the degree: Đại học, Thạc sĩ, Tiến sĩ, TSKH, Cao đẳng, Trung cấp or THPT."))
    return found


def political_theory(value: Value | None) -> str | None:
    written = _loose(value)
    if is_nothing(value) or written in NO:
        return None
    found = _first(_THEORIES, written)
    if found is None:
        raise ValueError(_("Write Sơ cấp, Trung cấp, Cao cấp or Cử nhân; leave it blank where there is none."))
    return found


def phones(value: Value | None) -> tuple[str | None, str | None]:
    """A phone number and an e-mail, either of which may stand in a column for phones; of several numbers the first."""
    written = words_of(value)
    if written in NOTHING:
        return None, None
    phone = mail = fault = None
    for part in re.split(r"[;,/\n]| - | hoặc | và ", written):
        if not part.strip():
            continue
        try:
            if "@" in part:
                mail = mail or email(part)
            else:
                phone = phone or clean_phone(re.sub(r"^\D*(?=[+\d(])", "", part))
        except ValueError as error:
            fault = fault or error
    if fault and not (phone or mail):
        raise fault
    return phone, mail


def id_number(value: Value | None) -> str | None:
    """An identity number; where Excel made a number of it, with the zeros that it took away."""
    written = words_of(value)
    if is_nothing(value) or written in NOTHING:
        return None
    if isinstance(value, int | float):
        written = written.zfill(9 if len(written) <= 9 else 12)
    return clean_identity_number(written)


def email(value: Value | None) -> str | None:
    written = words_of(value).removeprefix("mailto:").strip(" ;,")
    if written in NOTHING:
        return None
    try:
        validate_email(written)
    except ValidationError:
        raise ValueError(_("Write the e-mail as ten@most.gov.vn.")) from None
    return written


def position(value: Value | None, words: Words) -> str | None:
    """A position, without the name of the list's own unit after it."""
    written = words_of(value).strip(" ,;")
    if written in NOTHING or fold(written) in words.unit_names:
        return None
    for comma in (place.start() for place in re.finditer(r"[,;–-]", written)):
        if fold(written[comma + 1 :]) in words.unit_names:
            return written[:comma].strip()
    if len(written) > 200:
        raise ValueError(_("At most 200 letters: shorten it."))
    return written


def category(value: Value | None, words: Words) -> tuple[int | None, str]:
    """A category and, after a colon, the collective that somebody stands for."""
    written = words_of(value)
    if written in NOTHING:
        return None, ""
    head, _colon, rest = written.partition(":")
    for name in (written, head):
        if found := words.categories.get(fold(name)):
            return found, rest.strip() if name == head else ""
    key = fold(head)
    near = {
        found
        for name, found in words.categories.items()
        if len(key) > 5 and (key in name or name in key) and len(name) > 5
    }
    if len(near) == 1:
        return near.pop(), rest.strip()
    if key in words.closed_categories:
        raise ValueError(_("This category is filled by the Department. Write one of: %(names)s.") % _names(words))
    raise ValueError(_("No category has this name. Write one of: %(names)s.") % _names(words))


def tags(value: Value | None, words: Words) -> tuple[int, ...] | None:
    """Other categories that somebody belongs to, between semicolons."""
    known = replace(words, categories=words.all_categories)
    found = {category(part, known)[0] for part in words_of(value).split(";")} - {None}
    return tuple(sorted(key for key in found if key)) or None


def _names(words: Words) -> dict[str, str]:
    return {"names": "; ".join(words.category_names)}


# ---- Awards ----

_LONG = {
    "cstd": "chien si thi dua",
    "cstdtq": "chien si thi dua toan quoc",
    "cstdcs": "chien si thi dua co so",
    "bk": "bang khen",
    "gk": "giay khen",
    "hc": "huan chuong",
    "hcld": "huan chuong lao dong",
    "ttg": "thu tuong chinh phu",
    "ttcp": "thu tuong chinh phu",
    "ld": "lao dong",
    "ldtt": "lao dong tien tien",
    "knc": "ky niem chuong",
    "sy": "si",
    "nhat": "1",
    "nhi": "2",
    "ba": "3",
    "i": "1",
    "ii": "2",
    "iii": "3",
}
_EMPTY_WORDS = {"cua", "cap", "ve", "va", "hang", "nam", "duoc", "tang", "cac", "trao", "dat"}
_MINISTRY = re.compile(r"\b(bo )?(kh ?& ?cn|khcn|khoa hoc (va|&) cong nghe)\b")
_YEAR = re.compile(r"(?<!\d)(19[4-9]\d|20\d\d)(?!\d)")


def award_words(name: str) -> frozenset[str]:
    """The words of an award's name that tell it from others, abbreviations written out."""
    plain = re.sub(r"[^a-z0-9&]+", " ", fold(name)).strip()
    plain = re.sub(r"\bthu tuong( chinh phu)?\b", "thu tuong chinh phu", _MINISTRY.sub("bo", plain))
    long = " ".join(_LONG.get(word, word) for word in plain.split())
    return frozenset(word for word in long.split() if word not in _EMPTY_WORDS)


def awards(value: Value | None, words: Words) -> tuple[int | None, int | None, str]:
    """The highest award that a cell names and its year; without one of the catalogue, what is written.

    Several stand after semicolons or on lines of their own.
    """
    if is_nothing(value) or fold(words_of(value)) in NO:
        return None, None, ""
    found = []
    for piece in re.split(r"[;\n]", clean(text(value))):
        years = [int(year) for year in _YEAR.findall(piece)]
        year = max(years, default=None)
        name = re.sub(r"\(.*?\)|\b(QĐ|Quyết định|số)\b.*$", "", _YEAR.sub("", piece)).strip(" ,.-–:")
        if award := _award(name, year, words):
            found.append((award.order, award.key, year))
    if found:
        _order, key, year = min(found, key=lambda one: one[0])
        return key, year, ""
    return None, max((int(year) for year in _YEAR.findall(words_of(value))), default=None), words_of(value)


@dataclass(frozen=True)
class Decision:
    """A decision as a list names it: number, day and who decided, as far as they are written."""

    number: str = ""
    day: PartialDate | None = None
    issuer: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.number, str(self.day or ""), self.issuer]))


NO_DECISION = Decision()
_BEFORE_NUMBER = re.compile(r"^(?:theo )?(?:(?:quyết định|qđ)(?=[\s:])[\s:]*)?(?:số(?=[\s:])[\s:]*)?", re.IGNORECASE)
_DAYS = [
    re.compile(r"(?:ngày\s+)?(?<![\w/])(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?![\w/-])", re.IGNORECASE),
    re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE),
    re.compile(r"(?<=[\s,;])(?:tháng\s+)?(\d{1,2}/\d{4})(?![\w/-])", re.IGNORECASE),
    re.compile(r"(?<=[\s,;])(?:năm\s+)?((?:19|20)\d\d)(?=$|[,;])", re.IGNORECASE),
]
_AROUND = " ,;.:–-()"
MOST_OF_A_NUMBER = 60


def decision(value: Value | None, today: date) -> Decision | None:
    """'123/QĐ-BKHCN ngày 20/12/2018 của Bộ trưởng': what stands before the day is the number, after it who decided."""
    written = words_of(value)
    if written in NOTHING or fold(written) in NO:
        return None
    written = _BEFORE_NUMBER.sub("", written, count=1).strip(_AROUND)
    found = next((match for pattern in _DAYS if (match := pattern.search(written))), None)
    day = PartialDate.parse("/".join(found.groups()), today=today) if found else None
    if found:
        number, rest = written[: found.start()].strip(_AROUND), written[found.end() :]
        if not number:  # the day stood first
            number, rest = _split(rest)
    else:
        number, rest = _split(written)
    issuer = re.sub(r"^(của|do)\s+", "", rest.strip(_AROUND), flags=re.IGNORECASE)
    if number and not issuer and not re.search(r"\d", number):  # only who decided
        number, issuer = "", number
    if len(number) > MOST_OF_A_NUMBER:
        raise ValueError(_("Write the number of the decision, its day and who decided: 123/QĐ-BKHCN, 20/12/2018."))
    return Decision(number, day, issuer[:200])


def _split(written: str) -> tuple[str, str]:
    """A number, and what comes after it."""
    number, _between, rest = re.sub(r"\s+(?:của|do)\s+", ",", written.strip(_AROUND), count=1).partition(",")
    return number.strip(_AROUND), rest


def _award(name: str, year: int | None, words: Words) -> Award | None:
    """The award of the catalogue that is meant; None where none is, or where it could be several."""
    by_key = {award.key: award for award in words.awards}
    if key := words.award_names.get(fold(name)):
        return by_key[key]
    said = award_words(name)
    scores = []
    for award in words.awards:
        both = said & award.words
        given = year is None or award.first <= year <= award.last
        if both and (score := len(both) / len(said | award.words) - (0 if given else 0.3)) >= 0.7:
            scores.append((score, award))
    scores.sort(key=lambda pair: -pair[0])
    if not scores or (len(scores) > 1 and scores[0][0] == scores[1][0]):
        return None
    return scores[0][1]
