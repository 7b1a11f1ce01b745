"""Units ask for one more seat for the first on a reserve list; the Department gives it, or says why not.

The trail tells it of the person; of the seat, with the quota.
"""

from django.db import transaction

from congress.models import Congress
from core import audit, clock, locks
from core.models import User
from core.refusal import refuse_if
from delegates import rules
from delegates.actions.allocation import _place, promote
from delegates.actions.people import _hold_seats
from delegates.letters import requests as letters
from delegates.models import Delegate, Quota, SeatRequest
from delegates.queries import seat_totals

State = SeatRequest.State


@transaction.atomic
def ask_for_seat(*, actor: User, delegate: Delegate, reason: str) -> SeatRequest:
    """Ask the Department for one more seat for the first on a reserve list (Đề nghị thêm chỗ)."""
    _hold_seats(delegate.congress, delegate.unit, delegate.category)
    current = locks.lock(Delegate, delegate.pk)
    refuse_if(rules.why_not_ask(actor, current))
    made = SeatRequest(
        congress=current.congress, delegate=current, since=current.state_since, reason=reason, asked_by=actor
    )
    made.full_clean(validate_constraints=False)
    made.save()
    audit.record(actor, "delegate.seat_asked_for", current, reason=reason, category=str(current.category))
    return made


@transaction.atomic
def take_request_back(*, actor: User, request: SeatRequest) -> SeatRequest:
    """The unit needs the seat no more (Rút đề nghị)."""
    current = _held(request)
    refuse_if(rules.why_not_take_back(actor, current))
    _decide(current, actor, State.TAKEN_BACK)
    audit.record(actor, "delegate.request_taken_back", current.delegate)
    return current


@transaction.atomic
def decline_request(*, actor: User | None, request: SeatRequest, reason: str) -> SeatRequest:
    """The Department has no seat for it (Không chấp thuận), and tells the unit why."""
    current = _held(request)
    refuse_if(rules.why_not_decline(actor, current))
    _decide(current, actor, State.DECLINED, reason)
    letters.declined(current)
    audit.record(actor, "delegate.request_declined", current.delegate, reason=reason)
    return current


@transaction.atomic
def give_seat(*, actor: User | None, request: SeatRequest) -> Delegate:
    """Give the seat that was asked for, out of those kept back, and call its person to it, in one act (Bổ sung chỗ).

    The congress is held first: two seats are not both the last that is left.
    """
    congress = locks.lock(Congress, request.congress_id)
    asked = SeatRequest.objects.select_related("delegate").get(pk=request.pk)
    _hold_seats(congress, asked.delegate.unit, asked.delegate.category)
    current = _held(request)
    refuse_if(rules.why_not_give(actor, current, left=seat_totals(congress).unallocated))
    delegate = current.delegate
    cell = {"congress": congress, "unit": delegate.unit, "category": delegate.category}
    quota = Quota.objects.filter(**cell).first() or Quota(**cell, version=0)
    before, quota.seats, quota.version = quota.seats, quota.seats + 1, quota.version + 1
    quota.save()
    changes = {_place(quota): [str(before), str(quota.seats)]}
    audit.record(actor, "seats.added", quota, reason=current.reason, changes=changes)
    _decide(current, actor, State.GIVEN)
    return promote(actor=actor, delegate=delegate, version=delegate.version)


def _held(request: SeatRequest) -> SeatRequest:
    """The request and its person, read anew and held: the person first, as everywhere."""
    person = locks.lock(Delegate, request.delegate_id)
    current = locks.lock(SeatRequest, request.pk)
    current.delegate = person
    return current


def _decide(request: SeatRequest, actor: User | None, state: State, answer: str = "") -> None:
    request.state, request.answer = state, answer
    request.decided_by, request.decided_at = actor, clock.now()
    request.save()
