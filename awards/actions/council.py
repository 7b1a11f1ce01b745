"""The only place that writes the Council's seats, and what its members declare and assess."""

from datetime import date

from django.db import transaction

from awards import rules
from awards.models import Assessment, CouncilSeat, Nomination, Recusal, Sitting
from congress.models import Congress
from core import audit, versions
from core.locks import lock
from core.models import User
from core.refusal import refuse_if
from core.versions import Stale


@transaction.atomic
def give_seat(
    *,
    actor: User | None,
    congress: Congress,
    user: User,
    post: str,
    title: str = "",
    starts: date,
    ends: date | None = None,
) -> CouncilSeat:
    """Give somebody a seat on the Council from a day on. Somebody with two seats has one vote."""
    congress = lock(Congress, congress.pk)  # two Chairs cannot be seated at once
    refuse_if(rules.why_not_seat(actor, congress, user, post, starts, ends))
    order = list(CouncilSeat.Post.values).index(post)
    seat = CouncilSeat(congress=congress, user=user, post=post, title=title, order=order, starts=starts, ends=ends)
    seat.full_clean()
    seat.save()
    rules.forget(user)
    audit.record(actor, "council.seat_given", seat, period=seat.period)
    return seat


@transaction.atomic
def end_seat(*, actor: User | None, seat: CouncilSeat, last_day: date, reason: str = "") -> CouncilSeat:
    """End a seat with its last day."""
    congress = lock(Congress, seat.congress_id)
    seat = lock(CouncilSeat, seat.pk)
    seat.congress = congress
    refuse_if(rules.why_not_end_seat(actor, seat, last_day))
    seat.ends = last_day
    seat.save(update_fields=["ends"])
    rules.forget(seat.user)
    audit.record(actor, "council.seat_ended", seat, reason=reason, period=seat.period)
    return seat


def _hold_sitting(congress_id: int) -> None:
    """Hold the sitting in session, if there is one: whoever opens a vote holds it too, and reads the conflicts."""
    list(Sitting.objects.select_for_update().filter(congress=congress_id, state=Sitting.State.OPEN))


@transaction.atomic
def declare_conflict(*, actor: User, nomination: Nomination, reason: str) -> Recusal:
    """Declare a conflict of interest with a nominee: the member then does not vote on that list."""
    _hold_sitting(nomination.congress_id)
    nomination = lock(Nomination, nomination.pk)
    refuse_if(rules.why_not_recuse(actor, nomination))
    recusal = Recusal.objects.create(nomination=nomination, user=actor, reason=reason)
    audit.record(actor, "recusal.declared", recusal, reason=reason)
    return recusal


@transaction.atomic
def take_back_conflict(*, actor: User, recusal: Recusal) -> None:
    """Take a conflict back that was declared by mistake."""
    _hold_sitting(recusal.nomination.congress_id)
    lock(Nomination, recusal.nomination_id)
    refuse_if(rules.why_not_take_back_recusal(actor, recusal))
    audit.record(actor, "recusal.taken_back", recusal)
    recusal.delete()


@transaction.atomic
def assess(*, actor: User, nomination: Nomination, version: int, points: int, comment: str) -> Assessment:
    """Set down what a member thinks of a dossier: for their own eyes until the sitting.

    `version` is that of the assessment that was read, 0 where there was none. Raises Stale.
    """
    congress, nomination = nomination.congress, lock(Nomination, nomination.pk)
    nomination.congress = congress
    refuse_if(rules.why_not_assess(actor, nomination))
    kept = Assessment.objects.filter(nomination=nomination, user=actor).first()
    if kept and kept.version != version:
        raise Stale(kept)
    now = kept or Assessment()
    now.nomination, now.user = nomination, actor
    versions.apply(now, {"points": points, "comment": comment})
    now.full_clean(exclude=("nomination", "user"))  # rows that are at hand
    if kept:
        versions.save(now, ["points", "comment"])
    else:
        now.save()
    audit.record(actor, "assessment.saved", now)
    return now
