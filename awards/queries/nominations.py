"""Reads of nominations that pages and papers are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from awards import rules
from awards.dossier import Part, Progress, Section, parts, progress, sections
from awards.models import Nomination, NomineeAward
from congress.models import Congress
from core.models import User
from core.versions import shown
from core.vietnamese import short_date

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


def waits_on(nomination: Nomination) -> str:
    """Who has the next step with a nomination, and since when; nothing when all is done."""
    holder = {
        State.DRAFT: _("the unit clerk"),
        State.WITH_HEAD: _("the head of unit"),
        State.RETURNED: _("the unit"),
        State.SUBMITTED: _("the Department"),
        State.ACCEPTED: _("the Department"),
        State.SHORTLISTED: _("the Council"),
    }.get(State(nomination.state))
    if holder is None:
        return ""
    words = {"holder": holder, "day": short_date(nomination.state_since)}
    return _("Waits on %(holder)s since %(day)s") % words


def values_of(nomination: Nomination) -> dict[str, Any]:
    """The fields of a dossier, as `dossier.parts` takes them."""
    return {field.name: getattr(nomination, field.attname) for field in nomination._meta.concrete_fields}


@dataclass(frozen=True)
class NominationLine:
    """A nomination as a line of a list."""

    nomination: Nomination
    tone: str
    waits_on: str
    progress: Progress


def lines(page: Iterable[Nomination], congress: Congress) -> list[NominationLine]:
    """The nominations of a page, each with how complete its dossier is; one query."""
    rows = list(page)
    counts = NomineeAward.objects.filter(nomination__in=rows).order_by().values_list("nomination").annotate(Count("pk"))
    awards = dict(counts)
    found = []
    for nomination in rows:
        nomination.congress = congress
        made = progress(nomination.kind, values_of(nomination), awards.get(nomination.pk, 0))
        found.append(NominationLine(nomination, TONES[State(nomination.state)], waits_on(nomination), made))
    return found


@dataclass(frozen=True)
class Subject:
    """A subject of a dossier on its page: how far it has come, and what of it a reader may see."""

    part: Part
    facts: list[tuple[str, str]]
    missing: list[str]

    @property
    def section(self) -> Section:
        return self.part.section


@dataclass(frozen=True)
class Dossier:
    """A dossier as somebody may read it."""

    subjects: list[Subject]
    awards: list[NomineeAward]
    progress: Progress

    @property
    def next_subject(self) -> str:
        """The key of the first subject that is not complete; nothing when all are."""
        return next((subject.section.key for subject in self.subjects if not subject.part.complete), "")


def dossier(reader: User, nomination: Nomination) -> Dossier:
    """All subjects with what is filled in; personal data only for whom it is meant. One query, and those of rights."""
    awards = list(nomination.awards.select_related("award"))
    personal = rules.may_see_personal(reader, nomination)
    hidden = () if personal else Nomination.PERSONAL
    values = values_of(nomination)
    made = [
        Subject(
            part,
            [(label_of(name), _text(nomination, name)) for name in part.section.fields if name not in hidden],
            [label_of(name) for name in part.missing],
        )
        for part in parts(nomination.kind, values, len(awards))
    ]
    done = sum(subject.part.complete for subject in made)
    return Dossier(made, awards, Progress(done, len(made)))


def label_of(name: str) -> str:
    """A field's label; `awards` is the list of awards held."""
    if name == "awards":
        return _("Awards held")
    field: Any = Nomination._meta.get_field(name)
    return capfirst(field.verbose_name)


def _text(nomination: Nomination, name: str) -> str:
    return shown(nomination, nomination._meta.get_field(name))  # type: ignore[arg-type]


def next_after(nomination: Nomination, key: str) -> str:
    """The subject that comes next to be filled in after this one; nothing when the dossier is complete."""
    order = [one.key for one in sections(nomination.kind)]
    found = parts(nomination.kind, values_of(nomination), nomination.awards.count())
    open_ones = [part.section.key for part in found if not part.complete]
    place = order.index(key)
    later = [one for one in open_ones if order.index(one) > place]
    return (later or [one for one in open_ones if one != key] or [""])[0]


def likely_same(nomination: Nomination) -> list[Nomination]:
    """Other nominations of this congress under the same name, marks apart (dossier 9-18)."""
    same = Nomination.objects.filter(congress=nomination.congress_id, kind=nomination.kind, folded=nomination.folded)
    found = list(same.exclude(pk=nomination.pk).exclude(state=State.WITHDRAWN).select_related("unit")[:5])
    for other in found:
        other.congress = nomination.congress
    return found
