"""Which hats a person wears today: every room's rules begin here."""

from dataclasses import dataclass

from core import clock
from core.models import User
from units.models import BlockOffice, Office


@dataclass(frozen=True)
class Hats:
    """The offices that a person holds today, as the rules ask for them."""

    department_officer: bool = False
    department_head: bool = False
    desk: bool = False
    head_of: frozenset[int] = frozenset()  # units
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
    """The hats of a person today; two queries the first time, none while the same user object is at hand."""
    if not user.is_authenticated or not user.is_active:
        return Hats()
    day = clock.today()
    kept = user.__dict__.get("_hats")
    if not kept or kept[0] != day:
        kept = user.__dict__["_hats"] = (day, _read(user, day))
    return kept[1]


def _read(user: User, day) -> Hats:
    offices = list(Office.objects.on(day).filter(user=user))
    units = {role: frozenset(o.unit_id for o in offices if o.role == role) for role in Office.OF_A_UNIT}
    roles = {office.role for office in offices}
    led = BlockOffice.objects.on(day).filter(unit__in=frozenset().union(*units.values()))
    return Hats(
        department_officer=Office.Role.DEPARTMENT_OFFICER in roles,
        department_head=Office.Role.DEPARTMENT_HEAD in roles,
        desk=Office.Role.DESK in roles,
        head_of=units[Office.Role.UNIT_HEAD],
        clerk_of=units[Office.Role.UNIT_CLERK],
        block_ids=frozenset(led.values_list("block_id", flat=True)) if any(units.values()) else frozenset(),
    )


def forget(user: User) -> None:
    """Read the hats anew at the next question: somebody's office has just changed."""
    user.__dict__.pop("_hats", None)
