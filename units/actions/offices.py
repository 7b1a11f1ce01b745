"""Acts on offices: of people, and of units in their block."""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core import accounts, audit, clock
from core.locks import lock
from core.models import User
from core.refusal import refuse_if
from core.vietnamese import short_date
from units import rules
from units.hats import forget
from units.models import Block, BlockOffice, Office, Unit


@transaction.atomic
def welcome(
    *,
    actor: User | None,
    full_name: str,
    username: str,
    email: str,
    phone: str = "",
    role: str,
    unit: Unit | None = None,
    starts: date,
    ends: date | None = None,
    document: str = "",
) -> User:
    """Make an account together with its first office, and mail the link that sets its password."""
    refuse_if(rules.why_not_welcome(actor) or rules.why_not_appoint(actor, role, unit))
    if unit:
        unit = lock(Unit, unit.pk)  # before the trail's end is locked, as everywhere
    user = accounts.create(actor=actor, username=username, full_name=full_name, email=email, phone=phone)
    appoint(actor=actor, user=user, role=role, unit=unit, starts=starts, ends=ends, document=document)
    return user


@transaction.atomic
def appoint(
    *,
    actor: User | None,
    user: User,
    role: str,
    unit: Unit | None = None,
    starts: date,
    ends: date | None = None,
    document: str = "",
) -> Office:
    """Give an office to somebody, from a day on; without `ends` it goes on. Who acts for an absent head does so until
    a day and by a document."""
    refuse_if(rules.why_not_appoint(actor, role, unit))
    if unit:
        unit = lock(Unit, unit.pk)  # two heads cannot be appointed at once
    person = lock(User, user.pk)
    refuse_if(rules.why_not_hold(person, role, unit, starts, ends))
    office = Office(user=person, role=role, unit=unit, starts=starts, ends=ends, document=document)
    office.full_clean()
    office.save()
    forget(user)
    audit.record(actor, "office.given", person, changes=_change("", _term(office)), reason=document)
    return office


@transaction.atomic
def end_office(*, actor: User | None, office: Office, last_day: date, reason: str = "") -> None:
    """End an office with its last day; one that would never have begun by then is taken back."""
    if office.role == Office.Role.DEPARTMENT_HEAD:  # two heads cannot leave at once
        list(Office.objects.select_for_update().filter(role=office.role).order_by("pk"))
    office = lock(Office, office.pk)
    refuse_if(rules.why_not_end(actor, office, last_day))
    before, verb = _term(office), "office.ended"
    if last_day < office.starts:
        verb, after = "office.taken_back", ""
        Office.objects.filter(pk=office.pk).delete()
    else:
        office.ends = last_day
        office.save(update_fields=["ends"])
        after = _term(office)
    if actor:
        forget(actor)
    audit.record(actor, verb, office.user, reason=reason, changes=_change(before, after))


@transaction.atomic
def lead_block(*, actor: User | None, block: Block, unit: Unit, role: str, year: int) -> BlockOffice:
    """Make a unit head or deputy of its block for a year (Khối trưởng, Khối phó)."""
    block = lock(Block, block.pk)
    refuse_if(rules.why_not_lead_block(actor, block, unit, role, year))
    starts, ends = rules.year_of(year)
    office = BlockOffice(block=block, unit=unit, role=role, starts=starts, ends=ends)
    office.full_clean()
    office.save()
    audit.record(actor, "block_office.given", unit, changes=_change("", _term(office)))
    return office


@transaction.atomic
def end_block_office(*, actor: User | None, office: BlockOffice, reason: str = "") -> None:
    """End a block's office with this day; one that has not begun is taken back."""
    office = lock(BlockOffice, office.pk)
    refuse_if(rules.why_not_end_block_office(actor, office))
    before, verb = _term(office), "block_office.ended"
    if clock.today() < office.starts:
        verb, after = "block_office.taken_back", ""
        BlockOffice.objects.filter(pk=office.pk).delete()
    else:
        office.ends = clock.today()
        office.save(update_fields=["ends"])
        after = _term(office)
    audit.record(actor, verb, office.unit, reason=reason, changes=_change(before, after))


@transaction.atomic
def leave_block(*, actor: User | None, unit: Unit, last_day: date) -> list[str]:
    """End the offices that a unit holds in a block, or would hold, after its last day there. What ended, in words."""
    return _leave(actor, BlockOffice.objects.filter(unit=unit).select_related("block", "unit"), last_day)


@transaction.atomic
def leave_unit(*, actor: User | None, unit: Unit, last_day: date) -> list[str]:
    """End the offices that people hold for a unit, or would hold, after its last day. What ended, in words."""
    return _leave(actor, Office.objects.filter(unit=unit).select_related("user", "unit"), last_day)


def _leave(actor: User | None, offices: QuerySet, last_day: date) -> list[str]:
    lines = []
    held = offices.filter(Q(ends=None) | Q(ends__gt=last_day)).order_by("pk")
    for office in held.select_for_update(of=("self",), no_key=True):
        block = isinstance(office, BlockOffice)
        whose = office.unit if block else office.user
        before, verb, after = _term(office), "block_office" if block else "office", ""
        if office.starts > last_day:
            type(office).objects.filter(pk=office.pk).delete()
            line = _("%(name)s: “%(office)s” will not begin.")
        else:
            office.ends = last_day
            office.save(update_fields=["ends"])
            after = _term(office)
            line = _("%(name)s: “%(office)s” ends on %(day)s.")
        lines.append(line % {"name": whose, "office": office, "day": short_date(last_day)})
        audit.record(actor, f"{verb}.ended" if after else f"{verb}.taken_back", whose, changes=_change(before, after))
    return lines


def _term(office: Office | BlockOffice) -> str:
    return f"{office} ({office.period})"


def _change(before: str, after: str) -> dict[str, list[str]]:
    return {_("Office"): [before, after]}
