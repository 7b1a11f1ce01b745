"""What a copied edition makes of the dates and the words of the one before. Pure; no database."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from core.vietnamese import roman

ENGLISH = (
    "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth Thirteenth Fourteenth "
    "Fifteenth Sixteenth Seventeenth Eighteenth Nineteenth Twentieth"
).split()
YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")


@dataclass(frozen=True)
class Step:
    """From one edition to the next: how many months its dates move, and which number it bears."""

    months: int
    old_ordinal: int
    new_ordinal: int

    def day(self, day: date) -> date:
        """The same day some months on; the last of a month stays the last of a month.

        Days of the week and feasts are not looked at: a copied date is a proposal.
        """
        number = day.year * 12 + day.month - 1 + self.months
        year, month = divmod(number, 12)
        last = monthrange(year, month + 1)[1]
        was_last = day.day == monthrange(day.year, day.month)[1]
        return date(year, month + 1, last if was_last else min(day.day, last))

    def year(self, year: int) -> int:
        """The year that takes the place of one that is named."""
        return year + round(self.months / 12)

    def words(self, text: str) -> str:
        """A name with the next edition's ordinal and years: 'lần thứ V' → 'lần thứ VI', '2015-2020' → '2020-2025'."""
        old, new = self.old_ordinal, self.new_ordinal
        text = re.sub(rf"(?<=lần thứ ){roman(old)}\b", roman(new), text)
        if max(old, new) <= len(ENGLISH):
            text = re.sub(rf"\b{ENGLISH[old - 1]}\b", ENGLISH[new - 1], text)
        return YEAR.sub(lambda found: str(self.year(int(found[0]))), text)


def months_between(old: date, new: date) -> int:
    """Whole months from the month of one day to the month of another."""
    return (new.year - old.year) * 12 + new.month - old.month
