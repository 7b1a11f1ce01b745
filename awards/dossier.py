"""The dossier of a nominee (Mẫu 01 collective, Mẫu 02 individual, and what a showcase report adds), without a database.

Which subjects it has, which fields each holds, and how far it has come. After NĐ 91/2017 and the dossier, section 4.6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.subjects import Part, Subject

TEXT_LIMIT = 6000  # about two pages a field: no law sets a length, readers do
COLLECTIVE, INDIVIDUAL = "collective", "individual"


_ABOUT = {
    COLLECTIVE: Subject(
        "about",
        _("The collective"),
        _("Full name without abbreviations, head office, number of people."),
        ("nominee", "address", "members"),
        ("phone", "women", "party_members"),
    ),
    INDIVIDUAL: Subject(
        "about",
        _("The person"),
        _("Full name without abbreviations, date of birth, position."),
        ("nominee", "birth", "sex", "position"),
        ("qualification", "hometown", "residence"),
    ),
}
_ACHIEVEMENTS = {
    COLLECTIVE: Subject(
        "achievements",
        _("Achievements"),
        _("Results with numbers, how they were reached, how law and policy were kept."),
        ("achievements", "measures", "compliance"),
    ),
    INDIVIDUAL: Subject(
        "achievements",
        _("Achievements"),
        _("Results with numbers, initiatives and research, compared with before."),
        ("achievements",),
        ("measures", "compliance"),
    ),
}
_PROFILE = Subject(
    "profile",
    _("Short profile and duties"),
    _("How it came about or the course of work, and the duties and functions given."),
    ("profile", "duties"),
)
_AWARDS = Subject(
    "awards",
    _("Awards held"),
    _("Emulation titles and forms of commendation, each with its decision."),
    (),
    ("no_awards",),
)
_MODEL = Subject(
    "model",
    _("The model or way of working"),
    _("What the congress would hear: from what it started, what came of it, what others can take over."),
    ("model_name", "context", "results", "lessons"),
)
_PRESENTER = Subject(
    "presenter",
    _("Who presents it"),
    _("Who would read the report at the congress, with position."),
    ("presenter",),
)
_REVIEW = Subject(
    "review",
    _("The unit's review"),
    _("The meeting of the unit or block that chose this nominee, and what it concluded."),
    ("reviewed_on", "review"),
)


def sections(kind: str) -> list[Subject]:
    """The subjects of a dossier of this kind ('collective', 'individual'), in order."""
    return [_ABOUT[kind], _PROFILE, _ACHIEVEMENTS[kind], _AWARDS, _MODEL, _PRESENTER, _REVIEW]


def section(kind: str, key: str) -> Subject | None:
    """The subject of this key, or None."""
    return next((one for one in sections(kind) if one.key == key), None)


def parts(kind: str, values: Mapping[str, Any], awards: int) -> list[Part]:
    """How far each subject has come. `values` are the dossier's fields, `awards` how many awards it lists."""
    found = []
    for one in sections(kind):
        missing = tuple(name for name in one.needed if _lacks(values.get(name)))
        if one.key == "awards" and not awards and not values.get("no_awards"):
            missing = ("awards",)
        begun = any(not _lacks(values.get(name)) for name in one.fields) or (one.key == "awards" and awards > 0)
        found.append(Part(one, missing, begun))
    return found


def _lacks(value: Any) -> bool:
    return value is None or value == "" or value is False


@dataclass(frozen=True)
class Progress:
    """'4 / 7': how many subjects are complete."""

    done: int
    total: int

    def __str__(self) -> str:
        return f"{self.done} / {self.total}"

    @property
    def complete(self) -> bool:
        return self.done == self.total


def progress(kind: str, values: Mapping[str, Any], awards: int) -> Progress:
    """How many subjects of the dossier are complete."""
    found = parts(kind, values, awards)
    return Progress(sum(part.complete for part in found), len(found))
