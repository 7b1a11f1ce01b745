"""What a unit may still do with its list when its head has settled it, and who settles and opens it.

A settled list binds the unit, never the Department. Seats that the unit is given afterwards open it for additions on
these seats alone; the head then settles anew.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from congress.models import Congress
from core.models import User
from core.refusal import Denial
from core.vietnamese import short_date
from delegates.models import Category, Delegate, Quota, SettledList
from units.hats import hats
from units.models import Unit


def settled_list(congress: Congress, unit_id: int | None) -> SettledList | None:
    """The list of a unit that is settled now; one query. Asked behind the locks of the unit's seats it stays so."""
    if unit_id is None:
        return None
    return SettledList.objects.in_force().filter(congress=congress, unit=unit_id).first()


def binding_list(actor: User | None, congress: Congress, unit_id: int | None) -> SettledList | None:
    """The settled list that binds somebody who acts for a unit; none binds the Department."""
    if unit_id is None or actor is None or hats(actor).department:
        return None
    return settled_list(congress, unit_id)


def rooms(settled: SettledList) -> dict[int, int]:
    """By category, how many people can still be added: on seats that came after the list was settled; two queries."""
    quotas = Quota.objects.filter(congress=settled.congress_id, unit=settled.unit_id).order_by()
    people = Delegate.objects.filter(congress=settled.congress_id, unit=settled.unit_id).seated().order_by()
    taken = dict(people.values_list("category").annotate(number=Count("*")))
    given = quotas.values_list("category", "seats")
    return {category: settled.room(category, seats, taken.get(category, 0)) for category, seats in given}


def why_not_add_anywhere(actor: User, congress: Congress, unit_ids: Iterable[int]) -> str | None:
    """Why nobody can be added to the only list that somebody acts for; of several, each unit's page says what holds."""
    units = list(unit_ids)
    return why_not_add(actor, congress, units[0]) if len(units) == 1 else None


def _settled_words(settled: SettledList) -> dict[str, str]:
    return {"day": short_date(settled.settled_at.date())}


def why_not_add(
    actor: User | None, congress: Congress, unit_id: int | None, category: Category | None = None
) -> str | None:
    """Why nobody can be added to a unit's settled list, in a category or in any."""
    settled = binding_list(actor, congress, unit_id)
    if settled is None:
        return None
    room = rooms(settled)
    return why_not_add_to(settled, room=room.get(category.pk, 0) if category else sum(room.values()))


def why_not_add_to(settled: SettledList, *, room: int) -> str | None:
    """The same of a list that is known, with so much room left on seats that came later."""
    if room:
        return None
    return _(
        "The head of the unit settled the list on %(day)s: send somebody else instead of a person, "
        "or ask the Department to open the list again."
    ) % _settled_words(settled)


def why_not_touch_list(actor: User | None, congress: Congress, unit_id: int | None) -> str | None:
    """Why a settled list is neither put in another order, nor imported into, nor is anybody withdrawn from it."""
    settled = binding_list(actor, congress, unit_id)
    return why_not_touch(settled) if settled else None


def why_not_touch(settled: SettledList) -> str:
    """The same of a list that is known."""
    return _(
        "The head of the unit settled the list on %(day)s: whoever cannot come is replaced. "
        "For anything else ask the Department to open the list again."
    ) % _settled_words(settled)


IDENTITY = ("full_name", "birth", "sex", "category")


def fixed_fields(delegate: Delegate) -> list[str]:
    """The fields that a settled list keeps: who it is, and all that was given but contact and notes."""
    names = [name for name in Delegate.PERSON if name not in Delegate.CONTACT]
    return ["category", *(name for name in names if not _completable(delegate, name))]


def _completable(delegate: Delegate, name: str) -> bool:
    if name == "birth":
        return not delegate.birth.day  # type: ignore[attr-defined] # a PartialDate
    return getattr(delegate, name) in (None, "")


def why_not_change_settled(actor: User | None, delegate: Delegate, values: Mapping[str, Any]) -> str | None:
    """Why these values cannot be saved of somebody on a settled list: what is missing may be completed, and contact."""
    changed = [name for name in fixed_fields(delegate) if name in values and values[name] != getattr(delegate, name)]
    grown = "birth" in values and not _same_birth(delegate.birth, values["birth"])
    if not (changed or grown):
        return None
    settled = binding_list(actor, delegate.congress, delegate.unit_id)
    if settled is None:
        return None
    names = ", ".join(_labels([*changed, *(["birth"] if grown and "birth" not in changed else [])]))
    return _(
        "The head of the unit settled the list on %(day)s. What is missing can still be completed, and contact "
        "changed; this cannot: %(fields)s. Send somebody else instead, or ask the Department."
    ) % {**_settled_words(settled), "fields": names}


def _same_birth(known: Any, said: Any) -> bool:
    """Whether a date of birth says what is known, or more of it."""
    return (known.year, known.month or said.month) == (said.year, said.month) and known.day in (None, said.day)


def _labels(names: Iterable[str]) -> list[str]:
    return [str(Delegate._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]


# ---- Settling and opening ----


def why_not_settle_for(actor: User | None, unit: Unit) -> str | None:
    """A unit's list is settled by its head, or by who acts for the absent head."""
    if actor is None or unit.pk not in hats(actor).head_of:
        return Denial(_("The list is settled by the head of the unit, or by who acts for the head."))
    return None


def why_not_settle(
    actor: User | None, unit: Unit, members: Iterable[int], settled: SettledList | None, *, grown: bool = False
) -> str | None:
    """Why a list cannot be settled now. Free seats, missing data and likely duplicates are told, and forbid nothing."""
    if reason := why_not_settle_for(actor, unit):
        return reason
    if not unit.is_active:
        return _("%(unit)s is no longer at work.") % {"unit": unit}
    members = set(members)
    if not members:
        return _("Nobody is registered yet: a list without people is not settled.")
    if settled and members == set(settled.members) and not grown:
        return _("The list was settled on %(day)s, and nobody has come or gone since.") % _settled_words(settled)
    return None


def why_not_open_settled(actor: User | None, settled: SettledList | None) -> str | None:
    """Why a settled list cannot be opened again: that is the Department's."""
    if actor is not None and not hats(actor).department:
        return Denial(_("A settled list is opened again by the Department: ask it, with your reason."))
    if settled is None or settled.ended_at:
        return _("This list is open: its head has not settled it.")
    return None
