"""Vietnamese as officials write and order it: names, search keys, dates, counts. Pure; no database.

Order of letters and tones after the Vietnam Lexicography Centre (also CLDR "vi"): letters first, tones
(ngang huyền hỏi ngã sắc nặng) only to break ties, syllable by syllable, the shorter before the longer.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import total_ordering

from django.utils.translation import get_language
from django.utils.translation import gettext as _

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(LETTERS, start=0x40)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng
_BLANKS = re.compile(r"[^\S\n]+")
_CONTROL = [*range(0x09), *range(0x0E, 0x20), 0x7F]  # no text, and no office file holds them
_INVISIBLE = dict.fromkeys([*_CONTROL, *map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad")])
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ`´′"), "'")
WEEKDAYS = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]
ENGLISH_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
ENGLISH_MONTHS = "January February March April May June July August September October November December".split()


def clean(text: str) -> str:
    """One form for one text: NFC, `Ð` (U+00D0) as the letter `Đ`, odd blanks as blanks, trimmed line by line.

    Tone placement (Hoà, Hòa) and capitals stay as given. New lines stay.
    """
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE).replace("Ð", "Đ").replace("\r\n", "\n")
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in text.split("\n")).strip("\n")


def fold(text: str) -> str:
    """The search key of a text: no marks, đ as d, small letters, single blanks."""
    text = unicodedata.normalize("NFD", clean(text).translate(_APOSTROPHES)).casefold()
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(text.replace("đ", "d").split())


def person_key(full_name: str) -> bytes:
    """The sort key of a person: given name, then family name, then the names between."""
    words = clean(full_name).split()
    ordered = [words[-1], *words[:-1]] if len(words) > 1 else words
    return _key(ordered)


def title_key(text: str) -> bytes:
    """The sort key of a title, word by word; numbers by their size."""
    return _key([word.zfill(8) if word.isdigit() else word for word in clean(text).split()])


def _key(words: list[str]) -> bytes:
    """Letters of every word, then tones of every word, then the text itself: total and the same at every run."""
    letters, tones = [], []
    for word in words:
        ranks, marks = _syllable(word)
        letters.append(ranks)
        tones.append(marks)
    return b"\x01".join(letters) + b"\x00" + b"\x01".join(tones) + b"\x00" + " ".join(words).encode()


def _syllable(word: str) -> tuple[bytes, bytes]:
    """Ranks of the letters of a word, and its tones in order."""
    ranks, tones = bytearray(), bytearray()
    for letter in unicodedata.normalize("NFC", word.translate(_APOSTROPHES).casefold()):
        base, tone = _split_tone(letter)
        rank = _RANK.get(base)
        if rank:
            ranks.append(rank)
            tones.append(0x30 + tone)
        elif base.isdigit() and base.isascii():
            ranks.append(ord(base))  # digits come before letters
        elif base.isalnum():
            ranks += b"\xff" + base.encode()  # letters of other alphabets come last
    return bytes(ranks), bytes(tones)


def _split_tone(letter: str) -> tuple[str, int]:
    """A letter without its tone mark, and the tone's rank."""
    if letter in _RANK:
        return letter, 0
    tone = 0
    kept = []
    for part in unicodedata.normalize("NFD", letter):
        if part in _TONES:
            tone = _TONES[part]
        else:
            kept.append(part)
    return unicodedata.normalize("NFC", "".join(kept)), tone


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A date of birth as papers give it: a year, perhaps a month, perhaps a day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day and not self.month:
            raise ValueError("A day needs its month.")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str, *, today: date | None = None) -> "PartialDate":
        """Read '1980', '5/1980', '05-09-1980', '1.2.1980' or '1980-02-01', the day first.

        Raises ValueError with a sentence for people.
        """
        numbers = re.fullmatch(r"(?:(?:(\d{1,2})[/.\-\s])?(\d{1,2})[/.\-\s])?(\d{4})", clean(text))
        if numbers:
            day, month, year = (int(part) if part else None for part in numbers.groups())
        else:
            numbers = re.fullmatch(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", clean(text))
            if not numbers:
                raise ValueError(_("Write the date as 05/09/1980, 09/1980 or 1980."))
            year, month, day = (int(part) if part else None for part in numbers.groups())
        try:
            found = cls(year or 0, month, day)
        except ValueError:
            raise ValueError(_("There is no such day: check day, month and year.")) from None
        if today and found.earliest > today:
            raise ValueError(_("This date lies in the future: check the year."))
        if found.year < 1900:
            raise ValueError(_("This year lies too far back: check the year."))
        return found

    @property
    def iso(self) -> str:
        """How it is stored: '1980', '1980-05' or '1980-05-09'."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        return cls(*(int(part) for part in text.split("-")))

    def __str__(self) -> str:
        parts = [f"{part:02}" for part in (self.day, self.month) if part]
        return "/".join([*parts, str(self.year)])

    def __len__(self) -> int:
        return len(self.iso)

    def __lt__(self, other: "PartialDate") -> bool:
        return self.iso < other.iso

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    def age_on(self, day: date) -> tuple[int, bool]:
        """Age in years on a day, and whether it is approximate (only the year, or the month, is known)."""
        exact = bool(self.day)
        if not self.month:
            return day.year - self.year, True
        birthday_passed = (day.month, day.day) >= (self.month, self.day or 1)
        return day.year - self.year - (not birthday_passed), not exact


def _english(language: str | None) -> bool:
    return (language or get_language() or "vi").startswith("en")


def short_date(day: date) -> str:
    """'26/10/2020' in both languages: the portal's papers and pages have one form."""
    return f"{day:%d/%m/%Y}"


def long_date(day: date, language: str | None = None) -> str:
    """'ngày 05 tháng 3 năm 2020': days below 10 and months 1 and 2 take a leading zero (NĐ 30/2020)."""
    if _english(language):
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def weekday_date(day: date, language: str | None = None) -> str:
    """'thứ Hai, 26/10/2020'."""
    names = ENGLISH_WEEKDAYS if _english(language) else WEEKDAYS
    return f"{names[day.weekday()]}, {short_date(day)}"


def moment(at: datetime, language: str | None = None) -> str:
    """'14:05 thứ Hai 05/10/2020'."""
    names = ENGLISH_WEEKDAYS if _english(language) else WEEKDAYS
    return f"{at:%H:%M} {names[at.weekday()]} {short_date(at)}"


def quarter(day: date, language: str | None = None) -> str:
    """'Quý II/2020'."""
    number = (day.month + 2) // 3
    return f"Q{number}/{day.year}" if _english(language) else f"Quý {roman(number)}/{day.year}"


def span(first: date, last: date, language: str | None = None) -> str:
    """A time as officials name it: 'Quý II/2020', 'tháng 10/2020', else '01/04/2020–15/05/2020'."""
    whole_months = first.day == 1 and (last + timedelta(days=1)).day == 1
    if whole_months and (first.year, first.month) == (last.year, last.month):
        names = {True: f"{ENGLISH_MONTHS[first.month - 1]} {first.year}", False: f"tháng {first.month:02}/{first.year}"}
        return names[_english(language)]
    if whole_months and first.month % 3 == 1 and quarter(first) == quarter(last) and last.month == first.month + 2:
        return quarter(first, language)
    return f"{short_date(first)}–{short_date(last)}"


def roman(number: int) -> str:
    """'V' for 5, as editions and quarters are numbered."""
    digits = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ]
    text = ""
    for value, digit in digits:
        while number >= value:
            text, number = text + digit, number - value
    return text


def count(number: int, language: str | None = None) -> str:
    """'04' and '1.320': counts in official text have two digits at least."""
    if _english(language):
        return f"{number:,}"
    return f"{number:,}".replace(",", ".") if number >= 1000 else f"{number:02}"


def percent(share: float, digits: int = 1, language: str | None = None) -> str:
    """'5,8%' for 0.058."""
    text = f"{share * 100:.{digits}f}%"
    return text if _english(language) else text.replace(".", ",")


def unstopped(text: str) -> str:
    """A sentence without its full stop, to go on after it; "v.v." and "…" keep theirs."""
    text = text.rstrip()
    return text if text.endswith(("..", "v.v.")) else text.removesuffix(".")


def clean_identity_number(text: str) -> str:
    """An identity number in one form: the 9 digits of a CMND, or 12 as all papers have had since 2016 (dossier 6).

    Raises ValueError with a sentence for people.
    """
    digits = re.sub(r"[\s.\-]", "", clean(text))
    if not re.fullmatch(r"\d{9}|\d{12}", digits, re.ASCII):
        raise ValueError(_("Write the 9 or 12 digits of the identity number, its leading zero among them."))
    return digits


def clean_phone(text: str) -> str:
    """A phone number in one form: digits with dots kept readable, a lost leading zero given back.

    Raises ValueError with a sentence for people.
    """
    digits = re.sub(r"[\s.\-()]", "", clean(text))
    if digits.startswith("+84"):
        digits = "0" + digits[3:]
    if re.fullmatch(r"84(?:[35789]\d{8}|2\d{9})", digits):
        digits = "0" + digits[2:]  # Excel took the plus sign away
    if re.fullmatch(r"[35789]\d{8}|2\d{9}", digits):
        digits = "0" + digits  # Excel took the zero away
    if not re.fullmatch(r"0\d{8,10}", digits):
        raise ValueError(_("Write the phone number with its leading zero, such as 0912 345 678."))
    return digits
