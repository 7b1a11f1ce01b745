"""What a workbook holds: sheets with rows of values, and what cannot be read."""

from dataclasses import dataclass
from datetime import date

from openpyxl.utils import get_column_letter

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 80 * 1024 * 1024
MOST_PARTS = 1000
MOST_CELLS = 500_000  # blank ones too, where they are formatted
MOST_ROWS = 20_000  # that hold something
MOST_COLUMNS = 200
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Unreadable(Exception):
    """A file that cannot be read; `reason` says why and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unread(str):
    """What stands in a cell that has no value to use: an error (#N/A), a formula that was never worked out."""

    __slots__ = ()


Value = str | int | float | bool | date | Unread


@dataclass(frozen=True)
class Row:
    """A row that holds something: its number in Excel, and its values by the number of their column (A is 1).

    A merged cell's value stands in each of its columns and rows; `merged` are the columns where it comes from
    another cell, `across` those of them where that cell lies to the left.
    """

    number: int
    values: dict[int, Value]
    hidden: bool = False
    merged: frozenset[int] = frozenset()
    across: frozenset[int] = frozenset()

    @property
    def own(self) -> dict[int, Value]:
        """The values that stand in this row's own cells."""
        return {column: value for column, value in self.values.items() if column not in self.merged}


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: the rows that hold something, from the top."""

    name: str
    rows: list[Row]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()

    @property
    def columns(self) -> list[int]:
        """The columns that hold something, from the left."""
        return sorted(set().union(*(row.values for row in self.rows)))


def address(row: int, column: int) -> str:
    """'B7'."""
    return f"{get_column_letter(column)}{row}"


def text(value: Value | None) -> str:
    """A value as it looks in its cell."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return repr(value) if isinstance(value, float) else str(value)
