"""Why somebody may not give, hold or end an office."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from core import clock
from core.models import User
from core.refusal import Denial
from core.vietnamese import short_date
from units.hats import hats
from units.models import Block, BlockOffice, Office, Unit
from units.rules.units import heads_the_department, of_the_department, why_not_edit_unit


def why_not_appoint(actor: User | None, role: str, unit: Unit | None) -> str | None:
    """Who gives which office: the Department all but its own, its head also those, a unit's head the clerk."""
    if role in Office.OF_THE_DEPARTMENT and not heads_the_department(actor):
        return Denial(
            _(
                "Only the head of the Department gives and ends offices in the Department itself: "
                "who holds one acts for the whole congress."
            )
        )
    if actor is None or of_the_department(actor):
        return None
    mine, of_unit = hats(actor), unit.pk if unit else None
    if role == Office.Role.UNIT_CLERK and of_unit in mine.head_of:
        return None
    if role == Office.Role.ACTING_HEAD and of_unit in mine.head_of - mine.acting_for:
        return None
    return Denial(
        _(
            "Offices are given and ended by the Department; the head of a unit appoints its clerk "
            "and who acts for an absent head."
        )
    )


def why_not_welcome(actor: User | None) -> str | None:
    """Who makes accounts: the Department, and a unit's head that of its clerk."""
    if of_the_department(actor) or (actor and hats(actor).head_of):
        return None
    return Denial(_("Accounts are made by the Department; the head of a unit makes that of its clerk."))


def why_not_hold(user: User, role: str, unit: Unit | None, starts: date, ends: date | None) -> str | None:
    """Why this person cannot hold this office in this time."""
    if not user.is_active:
        return _("The account of %(name)s is closed: open it before giving it an office.") % {"name": user}
    if unit and not unit.is_active:
        return _("%(unit)s is no longer at work: choose another unit.") % {"unit": unit}
    if role in Office.ACTING and (reason := _why_not_act_for_head(user, role, unit, starts, ends)):
        return reason
    same = Office.objects.meeting(starts, ends).filter(role=role, unit=unit)
    own = same.filter(user=user).first()
    if own:
        return _("%(name)s already holds this office (%(period)s).") % {"name": user, "period": own.period}
    head = same.select_related("user").first() if role == Office.Role.UNIT_HEAD else None
    if head:
        return _("%(name)s is the head of this unit (%(period)s): end that office first.") % {
            "name": head.user,
            "period": head.period,
        }
    return None


def _why_not_act_for_head(user: User, role: str, unit: Unit | None, starts: date, ends: date | None) -> str | None:
    """An acting head acts until a day, alone, and not for themselves."""
    if ends is None:
        return _("Somebody acts for an absent head until a day: write the last one.")
    meeting = Office.objects.meeting(starts, ends).filter(unit=unit)
    head = Office.Role.UNIT_HEAD if role == Office.Role.ACTING_HEAD else Office.Role.DEPARTMENT_HEAD
    if meeting.filter(user=user, role=head).exists():
        return _("%(name)s is the head in this time, and acts for nobody.") % {"name": user}
    other = meeting.filter(role=role).exclude(user=user).select_related("user").first()
    if other:
        return _("%(name)s acts for the head already (%(period)s): end that office first.") % {
            "name": other.user,
            "period": other.period,
        }
    return None


def why_not_end(actor: User | None, office: Office, last_day: date | None = None) -> str | None:
    """Why an office cannot be ended, or not on this day. An office that has not begun is taken back instead."""
    if reason := why_not_appoint(actor, office.role, office.unit):
        return reason
    today = clock.today()
    if office.ends and office.ends < today:
        return _("This office ended on %(day)s.") % {"day": short_date(office.ends)}
    if office.ends and last_day and last_day > office.ends:
        return _("This office ends on %(day)s anyway: give it anew for a longer time.") % {
            "day": short_date(office.ends)
        }
    if office.starts <= today and last_day and last_day < office.starts:
        return _("The office began on %(day)s: its last day cannot lie before.") % {"day": short_date(office.starts)}
    if office.role == Office.Role.DEPARTMENT_HEAD and not another_head(office.user, last_day or today):
        return _(
            "The Department would be left without a head on the portal, and nobody could appoint one. "
            "Appoint the next head first."
        )
    return None


def another_head(leaving: User, last_day: date) -> bool:
    """Whether somebody else, whose account is open, heads the Department on the day after and, later, without end."""
    others = Office.objects.filter(role=Office.Role.DEPARTMENT_HEAD, user__is_active=True).exclude(user=leaving)
    return others.on(last_day + timedelta(days=1)).exists() and others.filter(ends=None).exists()


def why_not_lead_block(actor: User | None, block: Block, unit: Unit, role: str, year: int) -> str | None:
    """Why a unit cannot be head or deputy of a block for a year."""
    if reason := why_not_edit_unit(actor):
        return reason
    if unit.block_id != block.pk:
        return _("%(unit)s does not belong to this block.") % {"unit": unit}
    held = BlockOffice.objects.meeting(*year_of(year)).filter(block=block).select_related("unit")
    for office in held:
        if office.unit_id == unit.pk:
            return _("%(unit)s is already “%(role)s” in %(year)s.") % {
                "unit": unit,
                "role": office.get_role_display(),
                "year": year,
            }
        if role == office.role == BlockOffice.Role.HEAD:
            return _("%(unit)s is the head of this block (%(period)s): end that office first.") % {
                "unit": office.unit,
                "period": office.period,
            }
    return None


def why_not_end_block_office(actor: User | None, office: BlockOffice) -> str | None:
    """Why a block's office cannot be ended today."""
    if reason := why_not_edit_unit(actor):
        return reason
    if office.ends and office.ends < clock.today():
        return _("This office ended on %(day)s.") % {"day": short_date(office.ends)}
    return None


def year_of(year: int) -> tuple[date, date]:
    """The first and the last day of a block office: it is held for a calendar year."""
    return date(year, 1, 1), date(year, 12, 31)
