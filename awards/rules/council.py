"""Who sits on the Council, and why somebody may not keep its seats, read, assess or declare a conflict."""

from datetime import date

from django.utils.translation import gettext as _

from awards.models import Ballot, CouncilSeat, Nomination, Recusal, Sitting
from congress.models import Congress
from core import clock
from core.models import User
from core.refusal import Denial
from core.vietnamese import short_date
from units.hats import hats

Post = CouncilSeat.Post


def seats(user: User) -> dict[int, frozenset[str]]:
    """The posts that a person holds on Councils today, by congress; one query while the same user object is at hand."""
    if not user.is_authenticated or not user.is_active:
        return {}
    day = clock.today()
    kept = user.__dict__.get("_council")
    if not kept or kept[0] != day:
        held: dict[int, set[str]] = {}
        for congress, post in CouncilSeat.objects.on(day).filter(user=user).values_list("congress", "post"):
            held.setdefault(congress, set()).add(post)
        kept = user.__dict__["_council"] = (day, {key: frozenset(posts) for key, posts in held.items()})
    return kept[1]


def forget(user: User) -> None:
    """Read the seats anew at the next question: one has just been given or ended."""
    user.__dict__.pop("_council", None)


def council_posts(user: User, congress: Congress) -> frozenset[str]:
    """Every post that a person holds on a congress's Council today."""
    return seats(user).get(congress.pk, frozenset())


def council_post(user: User, congress: Congress) -> str | None:
    """The highest post that a person holds on a congress's Council today, or None."""
    held = council_posts(user, congress)
    return next((post.value for post in Post if post in held), None)


def keeps_sittings(user: User, congress: Congress) -> bool:
    """Sittings are prepared by the Council's secretary and by the Department, its standing body."""
    return hats(user).department or Post.SECRETARY in council_posts(user, congress)


# ---- Seats ----


def why_not_keep_seats(actor: User | None) -> str | None:
    """The Council's seats are kept by the Department; `actor` None is the portal itself."""
    if actor is not None and not hats(actor).department:
        return Denial(_("The Council's seats are kept by the Department."))
    return None


def why_not_seat(
    actor: User | None, congress: Congress, user: User, post: str, starts: date, ends: date | None
) -> str | None:
    """Why this person cannot take this seat in this time."""
    if reason := why_not_keep_seats(actor) or _why_not_change(congress):
        return reason
    if not user.is_active:
        return _("The account of %(name)s is closed: open it before giving it a seat.") % {"name": user}
    held = CouncilSeat.objects.meeting(starts, ends).filter(congress=congress, post=post).select_related("user")
    label = Post(post).label
    for seat in held:
        if seat.user_id == user.pk:
            return _("%(name)s already holds the post “%(post)s” (%(period)s).") % {
                "name": user,
                "post": label,
                "period": seat.period,
            }
        if post in CouncilSeat.PRESIDING:
            return _("%(name)s holds the post “%(post)s” (%(period)s): end that seat first.") % {
                "name": seat.user,
                "post": label,
                "period": seat.period,
            }
    return None


def why_not_end_seat(actor: User | None, seat: CouncilSeat, last_day: date | None = None) -> str | None:
    """Why a seat cannot be ended, or not with this day."""
    if reason := why_not_keep_seats(actor) or _why_not_change(seat.congress):
        return reason
    if seat.ends and seat.ends < clock.today():
        return _("This seat ended on %(day)s.") % {"day": short_date(seat.ends)}
    if last_day and last_day < seat.starts:
        return _("The seat began on %(day)s: its last day cannot lie before.") % {"day": short_date(seat.starts)}
    return None


def _why_not_change(congress: Congress) -> str | None:
    if congress.sittings.filter(state=Sitting.State.OPEN).exists():
        return _("The Council is in session: its members do not change until it has concluded.")
    return None


# ---- Members ----


def why_not_see_council(actor: User, congress: Congress) -> str | None:
    """The Council's pages: for its members and for the Department, its standing body."""
    if hats(actor).department or council_post(actor, congress):
        return None
    return Denial(_("The Council's pages are for its members and the Department."))


def why_not_sit(actor: User, congress: Congress) -> str | None:
    """What only a member of the Council does."""
    return None if council_post(actor, congress) else Denial(_("Only members of the Council do this."))


def why_not_assess(actor: User, nomination: Nomination) -> str | None:
    """A member without a conflict assesses a dossier of the short list, until the vote on it."""
    if reason := why_not_sit(actor, nomination.congress) or _why_not_before_vote(nomination):
        return reason
    if actor.pk in Nomination.objects.filter(pk=nomination.pk).in_conflict():
        return _("You have a conflict of interest with this nominee: its dossier is not yours to assess.")
    return None


def why_not_recuse(actor: User, nomination: Nomination) -> str | None:
    """A conflict is declared once, before the vote on the list."""
    if reason := why_not_sit(actor, nomination.congress) or _why_not_before_vote(nomination):
        return reason
    if Recusal.objects.filter(nomination=nomination, user=actor).exists():
        return _("You have declared this conflict already.")
    return None


def why_not_take_back_recusal(actor: User, recusal: Recusal) -> str | None:
    """A declared conflict is taken back by whoever declared it, before the vote on the list."""
    if recusal.user_id != actor.pk:
        return Denial(_("Only the member who declared it takes it back."))
    return _why_not_before_vote(recusal.nomination)


def _why_not_before_vote(nomination: Nomination) -> str | None:
    if nomination.state != Nomination.State.SHORTLISTED:
        return _("This nominee is not on the short list.")
    opened = Ballot.objects.filter(
        sitting__congress=nomination.congress_id, sitting__state=Sitting.State.OPEN, kind=nomination.kind
    ).exclude(state=Ballot.State.DRAFT)
    return _("The vote on this list has begun.") if opened.exists() else None
