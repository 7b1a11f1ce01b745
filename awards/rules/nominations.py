"""Why somebody may not act on a nomination: whose act it is, in which states, and what else must hold."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.dossier import Progress, progress
from awards.models import CouncilSeat, Nomination, Sitting
from awards.rules.council import council_post
from congress.deadlines import Deadline
from congress.models import Congress, Extension
from congress.rules import deadline
from core import clock
from core.models import User
from core.refusal import Denial
from core.vietnamese import short_date
from units.hats import hats
from units.models import Unit

State = Nomination.State


def _heads(actor: User, nomination: Nomination) -> bool:
    return nomination.unit_id in hats(actor).head_of


def _clerks(actor: User, nomination: Nomination) -> bool:
    return nomination.unit_id in hats(actor).clerk_of


def _writes(actor: User, nomination: Nomination) -> bool:
    """Head and clerk write the dossier; what lies before the head, the head alone."""
    if nomination.state == State.WITH_HEAD:
        return _heads(actor, nomination)
    return nomination.unit_id in hats(actor).unit_ids


def _takes_back(actor: User, nomination: Nomination) -> bool:
    """The head withdraws a nomination; a clerk only a draft that was never sent."""
    unsent = nomination.state == State.DRAFT and nomination.number is None
    return _heads(actor, nomination) or (unsent and _clerks(actor, nomination))


def _department(actor: User, _nomination: Nomination) -> bool:
    return hats(actor).department


@dataclass(frozen=True)
class Move:
    """An act on a nomination: from which states, whose it is, and in words for who may not."""

    states: tuple[str, ...]
    open_to: Callable[[User, Nomination], bool]
    whose: str | Promise


_OF_HEAD = gettext_lazy("Only the head of the unit does this.")
_OF_UNIT = gettext_lazy("The dossier is written by its unit.")
_OF_CLERK = gettext_lazy("The unit's clerk sends the dossier to the head.")
_SENT_BY_HEAD = gettext_lazy("Only the head of the unit submits: send the dossier to the head.")
_OF_DEPARTMENT = gettext_lazy("Only the Department does this.")
MOVES = {
    "edit": Move(Nomination.EDITABLE, _writes, _OF_UNIT),
    "send_to_head": Move(
        (State.DRAFT, State.RETURNED), _clerks, gettext_lazy("The unit's clerk sends the dossier to the head.")
    ),
    "send_back": Move((State.WITH_HEAD,), _heads, _OF_HEAD),
    "submit": Move(
        Nomination.EDITABLE, _heads, gettext_lazy("Only the head of the unit submits: send the dossier to the head.")
    ),
    "withdraw": Move((*Nomination.EDITABLE, State.SUBMITTED, State.ACCEPTED), _takes_back, _OF_HEAD),
    "accept": Move((State.SUBMITTED,), _department, _OF_DEPARTMENT),
    "return": Move((State.SUBMITTED, State.ACCEPTED, State.RETURNED), _department, _OF_DEPARTMENT),
    "mark_ineligible": Move((State.SUBMITTED, State.ACCEPTED), _department, _OF_DEPARTMENT),
    "shortlist": Move((State.ACCEPTED,), _department, _OF_DEPARTMENT),
    "take_off": Move((State.SHORTLISTED,), _department, _OF_DEPARTMENT),
    "record_pending": Move(
        (State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.SHORTLISTED), _department, _OF_DEPARTMENT
    ),
    "name_account": Move((State.SUBMITTED, State.ACCEPTED, State.SHORTLISTED), _department, _OF_DEPARTMENT),
}


def _why_not_move(actor: User, nomination: Nomination, name: str) -> str | None:
    """Why this act is not this person's, or not of this moment."""
    move = MOVES[name]
    if not move.open_to(actor, nomination):
        return Denial(move.whose)
    if nomination.state not in move.states:
        return _("The dossier is “%(state)s”: this is not possible now.") % {"state": nomination.get_state_display()}
    return None


def why_not_see_nominations(user: User, congress: Congress) -> str | None:
    """Nominations are seen by the Department, the units and the Council."""
    mine = hats(user)
    if mine.department or mine.unit_ids or council_post(user, congress):
        return None
    return Denial(_("Nominations are seen by the Department, by each unit its own, and by the Council."))


# ---- The unit ----


def why_not_start(actor: User, congress: Congress, unit: Unit) -> str | None:
    """Why a unit cannot put somebody forward: a right, an end to the unit, the day."""
    if unit.pk not in hats(actor).unit_ids:
        return Denial(_("A unit is nominated for by its head or its clerk."))
    if not unit.is_active:
        return _("%(unit)s is no longer at work.") % {"unit": unit}
    return why_too_late_to_start(congress, unit.pk)


def why_not_start_proposed(actor: User | None, congress: Congress, unit: Unit, sent_at: datetime | None) -> str | None:
    """Why a conference's proposal does not become a draft of its unit: it does when the Department accepts it.

    What counts against the last day is when its report was first sent, not when the Department has come to it.
    """
    if actor is not None and not hats(actor).department:
        return Denial(_("Proposals of conferences are taken over when the Department accepts their reports."))
    if not unit.is_active:
        return _("%(unit)s is no longer at work.") % {"unit": unit}
    return why_too_late_to_start(congress, unit.pk, sent_at)


def why_not_start_anywhere(actor: User, congress: Congress) -> str | None:
    """Why somebody cannot put anybody forward, whichever unit is chosen."""
    if not hats(actor).unit_ids:
        return Denial(_("A unit is nominated for by its head or its clerk."))
    reasons = [why_too_late_to_start(congress, unit) for unit in sorted(hats(actor).unit_ids)]
    return reasons[0] if all(reasons) else None


def why_too_late_to_start(congress: Congress, unit_id: int, moment: datetime | None = None) -> str | None:
    """Why nobody can be put forward by this unit any more: its last day has passed, at a moment or now."""
    held = deadline(congress, Extension.Kind.NOMINATIONS, unit_id)
    return _too_late(congress, held.day) if held and held.refuses(moment or clock.arrived()) else None


def why_not_edit(actor: User, nomination: Nomination) -> str | None:
    """A dossier that was sent stays as it is, until it is returned."""
    if nomination.state == State.WITH_HEAD and _clerks(actor, nomination) and not _heads(actor, nomination):
        return _("The dossier lies before the head of the unit: only the head changes it now, or gives it back.")
    if reason := _why_not_move(actor, nomination, "edit"):
        if isinstance(reason, Denial):
            return reason
        return _("The dossier is “%(state)s”: it cannot be changed unless the Department returns it.") % {
            "state": nomination.get_state_display()
        }
    return None


def why_not_send_to_head(actor: User, nomination: Nomination) -> str | None:
    """The clerk sends a complete dossier."""
    return _why_not_move(actor, nomination, "send_to_head") or _why_not_send(nomination)


def why_not_send_back(actor: User, nomination: Nomination) -> str | None:
    """The head gives the dossier back to the clerk."""
    return _why_not_move(actor, nomination, "send_back")


def why_not_submit(actor: User, nomination: Nomination) -> str | None:
    """The head submits a complete dossier in time."""
    return _why_not_move(actor, nomination, "submit") or _why_not_send(nomination)


def _why_not_send(nomination: Nomination) -> str | None:
    made = how_far(nomination, nomination.awards.count())
    if not made.complete:
        return _("The dossier is not complete: %(done)s of %(total)s subjects. Fill in the others first.") % {
            "done": made.done,
            "total": made.total,
        }
    held = deadline_to_send(nomination)
    return _too_late(nomination.congress, held.day) if held and held.refuses(clock.arrived()) else None


def written(nomination: Nomination) -> dict[str, Any]:
    """The fields of a nomination by name, as `awards.dossier` takes them."""
    return {field.name: getattr(nomination, field.attname) for field in nomination._meta.concrete_fields}


def how_far(nomination: Nomination, awards: int) -> Progress:
    """How many subjects of a dossier are complete; `awards` is how many awards it lists."""
    return progress(nomination.kind, written(nomination), awards)


def deadline_to_send(nomination: Nomination) -> Deadline | None:
    """Until when this dossier is sent: the unit's deadline, and for a returned dossier its own day if that is later."""
    held = deadline(nomination.congress, Extension.Kind.NOMINATIONS, nomination.unit_id)
    if held and nomination.due and nomination.first_submitted_at and nomination.due > held.day:
        return replace(held, until=nomination.due, document="")
    return held


def last_day(nomination: Nomination) -> date | None:
    """The last day to submit this dossier."""
    held = deadline_to_send(nomination)
    return held.day if held else None


def is_late(nomination: Nomination, arrived: datetime) -> bool:
    """Whether a dossier that is sent now comes late. One that was sent before keeps the time it first came."""
    if nomination.first_submitted_at:
        return nomination.late
    held = deadline(nomination.congress, Extension.Kind.NOMINATIONS, nomination.unit_id)
    return bool(held and held.is_late(arrived))


def _too_late(congress: Congress, last: date) -> str:
    return _("Nominations were due on %(day)s. Call the Department on %(phone)s.") % {
        "day": short_date(last),
        "phone": congress.phone,
    }


def why_not_withdraw(actor: User, nomination: Nomination) -> str | None:
    """The unit may withdraw until the short list is drawn up."""
    return _why_not_move(actor, nomination, "withdraw")


# ---- The Department ----


def why_not_accept(actor: User, nomination: Nomination) -> str | None:
    return _why_not_move(actor, nomination, "accept")


def why_not_return(actor: User, nomination: Nomination, due: date | None = None) -> str | None:
    """A dossier is returned with a day that the unit can still meet; a returned one again, for a later day."""
    if reason := _why_not_move(actor, nomination, "return"):
        return reason
    if due and due < clock.today():
        return _("The day for the correction lies in the past: choose today or a later day.")
    return None


def why_not_mark_ineligible(actor: User, nomination: Nomination) -> str | None:
    return _why_not_move(actor, nomination, "mark_ineligible")


def why_not_shortlist(actor: User, nomination: Nomination) -> str | None:
    """Nobody comes before the Council whose standing has not been asked about, or who is under investigation."""
    if reason := _why_not_move(actor, nomination, "shortlist") or _why_not_change_list(nomination.congress):
        return reason
    if nomination.pending_issue is None:
        return _("First record whether a discipline case or a complaint is pending.")
    if nomination.pending_issue:
        return _("A discipline case or a complaint is pending: the nominee cannot be put before the Council now.")
    return None


def why_not_take_off(actor: User, nomination: Nomination) -> str | None:
    """The short list stands still while the Council is in session."""
    return _why_not_move(actor, nomination, "take_off") or _why_not_change_list(nomination.congress)


def _why_not_change_list(congress: Congress) -> str | None:
    if congress.sittings.filter(state=Sitting.State.OPEN).exists():
        return _("The Council is in session: the short list cannot be changed until it has concluded.")
    return None


def why_not_record_pending(actor: User, nomination: Nomination) -> str | None:
    return _why_not_move(actor, nomination, "record_pending")


def why_not_name_account(actor: User, nomination: Nomination, user: User | None = None) -> str | None:
    """The nominee's account is named to keep a Council member from voting on it: members alone come into question."""
    if reason := _why_not_move(actor, nomination, "name_account") or _why_not_change_list(nomination.congress):
        return reason
    voters = CouncilSeat.objects.voters(nomination.congress, clock.today())
    if user and not voters.filter(pk=user.pk).exists():
        return _("%(name)s does not sit on the Council: there is nothing to keep from a vote.") % {"name": user}
    return None


def may_see_personal(actor: User, nomination: Nomination) -> bool:
    """Birth and home of a person: for the Department, the own unit and the Council, not for a block's head."""
    mine = hats(actor)
    return bool(mine.department or nomination.unit_id in mine.unit_ids or council_post(actor, nomination.congress))


def may_see_reasons(actor: User, nomination: Nomination) -> bool:
    """Why a dossier was returned or closed, and its history: for the Department and the own unit."""
    mine = hats(actor)
    return mine.department or nomination.unit_id in mine.unit_ids


def may_see_pending(actor: User, nomination: Nomination) -> bool:
    """A pending issue: for the Department and the Council alone."""
    return hats(actor).department or bool(council_post(actor, nomination.congress))
