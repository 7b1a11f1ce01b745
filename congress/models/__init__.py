"""A congress (edition): its plan and tasks, its grass-roots conferences, its programme, its catalogue of awards."""

from congress.models.awards import AwardType
from congress.models.conferences import Conference, ConferenceUnit
from congress.models.editions import Congress, LegalBasis, Movement
from congress.models.moves import DateMove
from congress.models.plan import Phase, Task
from congress.models.programme import ProgrammeItem

__all__ = [
    "AwardType",
    "Conference",
    "ConferenceUnit",
    "Congress",
    "DateMove",
    "LegalBasis",
    "Movement",
    "Phase",
    "ProgrammeItem",
    "Task",
]
