"""Reads of nominations that pages and papers are made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import rules
from awards.dossier import Progress, parts
from awards.models import Kind, Nomination, NomineeAward
from congress.models import Congress
from core import clock
from core.models import User
from core.subjects import Part, Subject, next_open
from core.versions import shown
from core.vietnamese import short_date
from units.hats import hats
from units.models import Unit

State = Nomination.State
TONES = {
    State.DRAFT: "neutral",
    State.WITH_HEAD: "wait",
    State.SUBMITTED: "wait",
    State.RETURNED: "back",
    State.ACCEPTED: "ok",
    State.INELIGIBLE: "locked",
    State.SHORTLISTED: "ok",
    State.SELECTED: "gold",
    State.RESERVE: "ok",
    State.NOT_SELECTED: "locked",
    State.WITHDRAWN: "locked",
}


HOLDERS = {
    State.DRAFT: gettext_lazy("the unit clerk"),
    State.WITH_HEAD: gettext_lazy("the head of unit"),
    State.RETURNED: gettext_lazy("the unit"),
    State.SUBMITTED: gettext_lazy("the Department"),
    State.ACCEPTED: gettext_lazy("the Department"),
    State.SHORTLISTED: gettext_lazy("the Council"),
}


def waits_on(nomination: Nomination) -> str:
    """Who has the next step with a nomination, and since when; nothing when all is done."""
    holder = HOLDERS.get(State(nomination.state))
    if holder is None:
        return ""
    words = {"holder": holder, "day": short_date(localdate(nomination.state_since))}
    return _("Waits on %(holder)s since %(day)s") % words


def is_overdue(nomination: Nomination) -> bool:
    """Whether the day for a correction has passed and the dossier is still with its unit."""
    with_unit = nomination.state in (State.RETURNED, State.WITH_HEAD)
    return bool(with_unit and nomination.due and nomination.due < clock.today())


@dataclass(frozen=True)
class NominationLine:
    """A nomination as a line of a list."""

    nomination: Nomination
    unit: str
    of: str  # its conference, or its block, where that says more than the unit; for the Department
    kind: str
    state: str
    tone: str
    since: str  # in this state
    waits_on: str
    progress: Progress
    overdue: bool
    twice: bool  # somebody else put forward the same name; told to the Department alone


def lines(page: Iterable[Any], congress: Congress, reader: User) -> list[NominationLine]:
    """The rows of a `nomination_listing`'s page, each with how far it has come; one query for the Department."""
    rows, department = list(page), hats(reader).department
    twice = _named_twice(rows, congress) if department else set()
    found = []
    for nomination in rows:
        nomination.congress = congress
        late = is_overdue(nomination)
        found.append(
            NominationLine(
                nomination,
                nomination.unit.name,
                _gathering(nomination) if department else "",
                str(Kind(nomination.kind).label),
                str(State(nomination.state).label),
                "late" if late else TONES[State(nomination.state)],
                short_date(localdate(nomination.state_since)),
                waits_on(nomination),
                rules.how_far(nomination, nomination.awards_held),
                late,
                (nomination.kind, nomination.folded) in twice and nomination.state != State.WITHDRAWN,
            )
        )
    return found


def _gathering(nomination: Nomination) -> str:
    """The conference that a unit belongs to, when it is not its own; its block where there is none."""
    unit, conference = nomination.unit, nomination.conference
    if conference is None:
        return unit.block.name
    return conference.name if conference.name != unit.name else ""


def _named_twice(rows: list[Any], congress: Congress) -> set[tuple[str, str]]:
    """The (kind, folded name) pairs of these rows that more than one live nomination of the congress bears."""
    live = Nomination.objects.filter(congress=congress, folded__in={row.folded for row in rows})
    pairs = live.exclude(state=State.WITHDRAWN).order_by().values_list("kind", "folded").annotate(number=Count("pk"))
    return {(kind, folded) for kind, folded, _number in pairs.filter(number__gt=1)}


def likely_same(nomination: Nomination) -> list[Nomination]:
    """Other nominations of this congress under the same name, marks apart (dossier 9-18)."""
    same = Nomination.objects.filter(congress=nomination.congress_id, kind=nomination.kind, folded=nomination.folded)
    found = list(same.exclude(pk=nomination.pk).exclude(state=State.WITHDRAWN).select_related("unit")[:5])
    for other in found:
        other.congress = nomination.congress
    return found


def of_own_units(user: User, congress: Congress) -> list[Nomination]:
    """What the units that somebody acts for have put forward already."""
    mine = Nomination.objects.filter(congress=congress, unit__in=hats(user).unit_ids).exclude(state=State.WITHDRAWN)
    found = list(mine.select_related("unit"))
    for nomination in found:
        nomination.congress = congress
    return found


# ---- One dossier ----


@dataclass(frozen=True)
class Shown:
    """A subject of a dossier on its page: how far it has come, and what of it a reader may see."""

    part: Part
    facts: list[tuple[str, str]]
    masked: list[str]  # labels of what the reader may not see
    missing: list[str]

    @property
    def subject(self) -> Subject:
        return self.part.subject


@dataclass(frozen=True)
class Dossier:
    """A dossier as somebody may read it."""

    subjects: list[Shown]
    awards: list[NomineeAward]
    progress: Progress

    @property
    def next_subject(self) -> str:
        """The key of the first subject that is not complete; nothing when all are."""
        return next((one.subject.key for one in self.subjects if not one.part.complete), "")


def dossier(reader: User, nomination: Nomination) -> Dossier:
    """All subjects with what is filled in; personal data only for whom it is meant. One query, and those of rights."""
    awards = list(nomination.awards.select_related("award"))
    hidden = () if rules.may_see_personal(reader, nomination) else Nomination.PERSONAL
    kind = nomination.kind
    made = [
        Shown(
            part,
            [(label_of(name, kind), _text(nomination, name)) for name in part.subject.fields if name not in hidden],
            [label_of(name, kind) for name in part.subject.fields if name in hidden],
            [label_of(name, kind) for name in part.missing],
        )
        for part in parts(nomination.kind, rules.written(nomination), len(awards))
    ]
    return Dossier(made, awards, rules.how_far(nomination, len(awards)))


def label_of(name: str, kind: str = "") -> str:
    """A field's label, for a nominee of this kind; `awards` is the list of awards held."""
    if name == "awards":
        return _("Awards held")
    if name == "nominee" and kind:
        return _("Name of the collective") if kind == Kind.COLLECTIVE else _("Full name")
    field: Any = Nomination._meta.get_field(name)
    return capfirst(str(field.verbose_name))


def _text(nomination: Nomination, name: str) -> str:
    return shown(nomination, nomination._meta.get_field(name))  # type: ignore[arg-type]


def missing_in(nomination: Nomination, key: str) -> list[str]:
    """The labels of what a subject still lacks."""
    found = parts(nomination.kind, rules.written(nomination), nomination.awards.count())
    return [label_of(name, nomination.kind) for part in found if part.subject.key == key for name in part.missing]


def next_after(nomination: Nomination, key: str) -> str:
    """The subject that comes next to be filled in after this one; nothing when no other is open."""
    return next_open(parts(nomination.kind, rules.written(nomination), nomination.awards.count()), key)


def dossiers_of(congress: Congress, units: Sequence[Unit]) -> list[Nomination]:
    """The dossiers of some units, held until the transaction ends."""
    found = congress.nominations.select_for_update(of=("self",), no_key=True).filter(unit__in=units)
    return list(found.select_related("unit", "conference__congress").order_by("pk"))
