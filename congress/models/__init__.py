"""A congress (edition): its plan and tasks, its grass-roots conferences, its programme, its catalogue of awards."""

from congress.models.awards import AwardType, HeldAward
from congress.models.conferences import Conference, ConferenceUnit
from congress.models.deadlines import Extension
from congress.models.editions import Congress, LegalBasis, Movement
from congress.models.issues import IssueLine, PlanIssue, PlanReceipt
from congress.models.moves import DateMove
from congress.models.plan import Phase, Task
from congress.models.programme import ProgrammeItem
from congress.models.reminders import CalendarLink, ReminderSent
from congress.models.reports import Commendation, ConferenceReport, Elected

__all__ = [
    "AwardType",
    "CalendarLink",
    "Commendation",
    "Conference",
    "ConferenceReport",
    "ConferenceUnit",
    "Congress",
    "DateMove",
    "Elected",
    "Extension",
    "HeldAward",
    "IssueLine",
    "LegalBasis",
    "Movement",
    "Phase",
    "PlanIssue",
    "PlanReceipt",
    "ProgrammeItem",
    "ReminderSent",
    "Task",
]
