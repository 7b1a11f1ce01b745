"""Which hats a person wears today: every room's rules begin here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, Q
from django.utils.translation import gettext as _

from core import clock
from core.models import User
from units.models import Office, Unit


@dataclass(frozen=True)
class Hats:
    """The offices that a person holds today, as the rules ask for them."""

    department_officer: bool = False
    department_head: bool = False  # or acting for the head
    acting_department_head: bool = False  # acting alone: the powers over the Department's own offices stay away
    desk: bool = False
    head_of: frozenset[int] = frozenset()  # units, also those whose absent head the person acts for
    acting_for: frozenset[int] = frozenset()  # units of `head_of` that the person does not head in person
    clerk_of: frozenset[int] = frozenset()  # units
    block_ids: frozenset[int] = frozenset()  # blocks that one of the person's units leads today

    @property
    def department(self) -> bool:
        """Officer or head of the Department."""
        return self.department_officer or self.department_head

    @property
    def unit_ids(self) -> frozenset[int]:
        """Units the person acts for, as head or as clerk."""
        return self.head_of | self.clerk_of


def hats(user: User) -> Hats:
    """The hats of a person today; one query the first time, none while the same user object is at hand."""
    if not user.is_authenticated or not user.is_active:
        return Hats()
    day = clock.today()
    kept = user.__dict__.get("_hats")
    if not kept or kept[0] != day:
        kept = user.__dict__["_hats"] = (day, _read(user, day))
    return kept[1]


def _read(user: User, day: date) -> Hats:
    """One row for each office of today, and for each block that its unit leads today."""
    led = Q(unit__block_offices__starts__lte=day)
    led &= Q(unit__block_offices__ends=None) | Q(unit__block_offices__ends__gte=day)
    offices = Office.objects.on(day).filter(user=user).order_by()
    rows = offices.annotate(led=FilteredRelation("unit__block_offices", condition=led))
    held = list(rows.values_list("role", "unit", "led__block"))
    units = {
        role: frozenset(unit for held_role, unit, _block in held if held_role == role) for role in Office.OF_A_UNIT
    }
    roles = {role for role, _unit, _block in held}
    in_person, acting = units[Office.Role.UNIT_HEAD], units[Office.Role.ACTING_HEAD]
    heads = Office.Role.DEPARTMENT_HEAD in roles
    stands_in = Office.Role.ACTING_DEPARTMENT_HEAD in roles
    return Hats(
        department_officer=Office.Role.DEPARTMENT_OFFICER in roles,
        department_head=heads or stands_in,
        acting_department_head=stands_in and not heads,
        desk=Office.Role.DESK in roles,
        head_of=in_person | acting,
        acting_for=acting - in_person,
        clerk_of=units[Office.Role.UNIT_CLERK],
        block_ids=frozenset(block for _role, _unit, block in held if block is not None),
    )


def forget(user: User) -> None:
    """Read the hats anew at the next question: somebody's office has just changed."""
    user.__dict__.pop("_hats", None)


def acting_words(actor: User, obj: Any) -> str:
    """For whom somebody acts who heads a unit, or the Department, in place of an absent head; for the audit trail.

    Nothing for an act on a thing of a unit that the person does not act for in this way.
    """
    mine = hats(actor)
    if not (mine.acting_for or mine.acting_department_head) or obj == actor:
        return ""
    unit = obj.pk if isinstance(obj, Unit) else getattr(obj, "unit_id", None)
    units = {unit} & mine.acting_for if unit else mine.acting_for
    if units:
        names = [one.abbreviation or one.code for one in Unit.objects.filter(pk__in=units)]
        return _("for the head of %(unit)s") % {"unit": ", ".join(names)}
    return _("for the head of the Department") if mine.acting_department_head else ""
