"""One description of an official paper, from which Excel, PDF and Word are written.

Layout after Phụ lục I of NĐ 30/2020/NĐ-CP; papers dated up to 04/3/2020 follow TT 01/2011/TT-BNV, which differs in
where the page number stands. Number and day are always left blank: the records office (văn thư) assigns them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
ND30_SINCE = date(2020, 3, 5)
Cell = str | int | float | date | None


@dataclass(frozen=True)
class Letterhead:
    """Who issues the paper (ô 2) and who stands above them."""

    superior: str
    issuer: str


@dataclass(frozen=True)
class Column:
    """A column of a table. `weight` is its share of the width; `group` a heading over neighbours that share it."""

    title: str
    weight: float = 1
    align: str = "left"  # left, center, right
    group: str = ""


@dataclass(frozen=True)
class Row:
    """A row of cells; a subtotal or a heading over rows stands out."""

    cells: Sequence[Cell]
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """Columns and rows. Every row has as many cells as there are columns.

    With `sheet` the table and the heading before it stand on a sheet of this name, where there are sheets.
    """

    columns: Sequence[Column]
    rows: Sequence[Row | Sequence[Cell]]
    sheet: str = ""

    def lines(self) -> list[Row]:
        return [row if isinstance(row, Row) else Row(row) for row in self.rows]

    @property
    def size(self) -> float:
        """Of its letters, in points: smaller in many columns, so that no word is broken."""
        columns = len(self.columns)
        return 13 if columns <= 6 else 11 if columns <= 14 else 8.5

    @property
    def grouped(self) -> bool:
        """Whether the head has two lines."""
        return any(column.group for column in self.columns)

    @property
    def groups(self) -> list[tuple[str, int]]:
        """The upper line of the head: (words, how many columns it covers)."""
        found: list[tuple[str, int]] = []
        for column in self.columns:
            if column.group and found and found[-1][0] == column.group:
                found[-1] = (column.group, found[-1][1] + 1)
            else:
                found.append((column.group, 1))
        return found


@dataclass(frozen=True)
class Heading:
    """A heading within the text."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `basis` sets it as a legal basis (Căn cứ), in italics."""

    text: str
    basis: bool = False


@dataclass(frozen=True)
class Signature:
    """Who signs: powers and post in capitals, line by line, and a name when it is known."""

    lines: Sequence[str]
    name: str = ""
    remark: str = ""  # (ký, ghi rõ họ tên)


@dataclass(frozen=True)
class Document:
    """An official paper, whatever it is written as."""

    letterhead: Letterhead
    symbol: str  # after the blank number: BKHCN-TĐKT
    place: str  # Hà Nội
    dated: date  # its year and its regime; the day stays blank
    title: str  # KẾ HOẠCH, DANH SÁCH …; empty for a letter
    summary: str = ""  # trích yếu
    addressees: Sequence[str] = ()
    blocks: Sequence[Heading | Paragraph | Table] = field(default_factory=list)
    signatures: Sequence[Signature] = ()
    recipients: Sequence[str] = ()
    landscape: bool = False
    about: str = ""  # the one thing that the paper is about, as the trail of its taking names it
    foot: str = ""  # who took the paper out, and when, where it holds personal data

    @property
    def number_line(self) -> str:
        return f"Số:        /{self.symbol}"

    @property
    def date_line(self) -> str:
        return f"{self.place}, ngày      tháng      năm {self.dated.year}"

    @property
    def page_number_on_top(self) -> bool:
        """NĐ 30/2020 centres it in the top margin; TT 01/2011 sets it at the bottom right."""
        return self.dated >= ND30_SINCE

    @property
    def row_count(self) -> int:
        return sum(len(block.rows) for block in self.blocks if isinstance(block, Table))


def shown(cell: Cell) -> str:
    """A cell as text, as officials write it."""
    from core.vietnamese import clean, short_date

    if cell is None:
        return ""
    if isinstance(cell, date):
        return short_date(cell)
    if isinstance(cell, float):
        return f"{cell:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    if isinstance(cell, int):
        return f"{cell:,}".replace(",", ".")
    return clean(str(cell))
