"""Reads of the plan, the conferences and the programme, ready for pages and papers."""

from congress.queries.conferences import (
    ConferenceLine,
    conference_roll,
    conference_sheet,
    headcount_warnings,
    standing,
    when,
)
from congress.queries.editions import Carried, editions, what_comes_along
from congress.queries.plan import TASK_TONES, task_tone, waits_on
from congress.queries.programme import Point, timetable

__all__ = [
    "TASK_TONES",
    "Carried",
    "ConferenceLine",
    "Point",
    "conference_roll",
    "conference_sheet",
    "editions",
    "headcount_warnings",
    "standing",
    "task_tone",
    "timetable",
    "waits_on",
    "what_comes_along",
    "when",
]
