"""The report of a conference as its host fills it in (dossier 4.7), without a database: its subjects, and how far each
has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.subjects import Part, Subject


@dataclass(frozen=True)
class Slot:
    """A place for files of the report."""

    key: str
    label: str | Promise
    most: int = 1
    needed: bool = False
    scan: bool = False  # of a signed sheet: a picture or a PDF
    hint: str | Promise = ""


MINUTES, SCAN = "minutes", "scan"
SLOTS = (
    Slot(
        SCAN, _("Signed report, scanned"), needed=True, scan=True, hint=_("The report with signature and seal, as PDF.")
    ),
    Slot(MINUTES, _("Minutes of the conference"), hint=_("The roll-up names the conferences without minutes.")),
    Slot("closing-report", _("Closing report")),
    Slot("list", _("List of delegates")),
    Slot("photos", _("Photos"), most=10, scan=True),
    Slot("article", _("Article"), most=3),
)


SUBJECTS = (
    Subject(
        "held",
        _("The conference as it was held"),
        _("Day, half-day, place and form as they came about, and the plan that it rests on."),
        ("held_on", "session", "place", "form"),
        ("plan_number", "plan_dated"),
    ),
    Subject(
        "people",
        _("Who came, what was read"),
        _("Delegates, guests, leaders of the Ministry, and papers."),
        ("summoned", "attended", "women", "guests", "collective_papers", "individual_papers"),
        ("leaders", "directions"),
    ),
    Subject(
        "commendations",
        _("Commendations at the conference"),
        _("Which award was presented, and how many times."),
        (),
        ("no_commendations",),
    ),
    Subject(
        "elected",
        _("Proposed and elected"),
        _("Advanced models proposed to the Ministry, and delegates elected to the congress."),
        (),
        ("no_elected",),
    ),
    Subject(
        "remarks",
        _("Cost, shortcomings, proposals"),
        _("What it cost, what was lacking, what is asked of the Ministry."),
        (),
        ("cost_planned", "cost_spent", "cost_source", "shortcomings", "requests"),
    ),
    Subject("files", _("Files"), _("The signed report, the minutes, and what else there is.")),
)


def subject(key: str) -> Subject | None:
    """The subject of this key, or None."""
    return next((one for one in SUBJECTS if one.key == key), None)


_PERSON = ("position", "sex", "birth")
NEEDED_OF: dict[str, tuple[str, ...]] = {  # of whom is elected, by what as; a delegate has to be reached
    "collective": (),
    "individual": _PERSON,
    "delegate": (*_PERSON, "phone"),
}


def lacking(elected: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that are still to be filled in of one who was elected."""
    return tuple(name for name in NEEDED_OF[elected["elected_as"]] if elected.get(name) in (None, ""))


def parts(
    values: Mapping[str, Any], commendations: int, elected: Sequence[Mapping[str, Any]], files: set[str]
) -> list[Part]:
    """How far each subject has come. `values` are the report's fields, `files` the slots that hold any."""
    found = []
    for one in SUBJECTS:
        missing = tuple(name for name in one.needed if values.get(name) in (None, ""))
        if one.key == "commendations" and not commendations and not values.get("no_commendations"):
            missing = ("commendations",)
        if one.key == "elected":
            lacks = any(lacking(row) for row in elected)
            missing = ("elected",) if lacks or not (elected or values.get("no_elected")) else ()
        if one.key == "files":
            missing = tuple(slot.key for slot in SLOTS if slot.needed and slot.key not in files)
        found.append(Part(one, missing))
    return found
