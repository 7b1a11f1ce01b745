"""Workbooks that people send (.xlsx), read as they come: merged cells, hidden sheets and rows, dates, blanks.

Formulas are never evaluated: what counts is the value that Excel has left in the cell. Macros, passwords, other kinds
of files, archives that unpack to too much and XML with declarations of its own are refused, each in words that say
what to do. No path, no link and no other file is ever followed.
"""

from documents.workbook.gate import why_not_take
from documents.workbook.marking import LIST, OURS, mark
from documents.workbook.reading import read
from documents.workbook.values import (
    CONTENT_TYPE,
    MOST_BYTES,
    MOST_UNPACKED,
    Row,
    Sheet,
    Unread,
    Unreadable,
    Value,
    address,
    text,
)

__all__ = [
    "CONTENT_TYPE",
    "LIST",
    "MOST_BYTES",
    "MOST_UNPACKED",
    "OURS",
    "Row",
    "Sheet",
    "Unread",
    "Unreadable",
    "Value",
    "address",
    "mark",
    "read",
    "text",
    "why_not_take",
]
