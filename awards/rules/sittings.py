"""Why somebody may not prepare, open or end a sitting of the Council, or appoint its tellers."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from awards.ballot import Step
from awards.models import Ballot, CouncilSeat, Kind, Nomination, Sitting
from awards.rules.ballots import latest_ballots, step_after
from awards.rules.chair import present_at, voters, why_not_preside, why_not_quorate
from awards.rules.council import keeps_sittings
from congress.models import Congress
from core import clock
from core.models import User
from core.refusal import Denial

State = Sitting.State


def _why_not_keep(actor: User, congress: Congress) -> str | None:
    if not keeps_sittings(actor, congress):
        return Denial(_("Sittings are prepared by the Council's secretary or the Department."))
    return None


def _why_not_in(sitting: Sitting, *states: str) -> str | None:
    if sitting.state in states:
        return None
    return _("The sitting is “%(state)s”: this is not possible now.") % {"state": sitting.get_state_display()}


# ---- Preparing ----


def why_not_plan_sitting(actor: User, congress: Congress) -> str | None:
    return _why_not_keep(actor, congress)


def why_not_change_sitting(actor: User, sitting: Sitting) -> str | None:
    """Day, place and quorum are set until the sitting is opened."""
    return _why_not_keep(actor, sitting.congress) or _why_not_in(sitting, State.DRAFT, State.CONVENED)


def why_not_convene(actor: User, sitting: Sitting) -> str | None:
    """The Council is called together for a day to come, and for a list to vote on."""
    if reason := _why_not_keep(actor, sitting.congress) or _why_not_in(sitting, State.DRAFT):
        return reason
    if sitting.held_at < clock.now():
        return _("The day and time lie in the past: set a new day first.")
    if not lists_to_vote_on(sitting.congress):
        return _("Nobody is on the short list yet, or every place is filled: the Council has nothing to decide.")
    seated = CouncilSeat.objects.on(clock.today()).filter(congress=sitting.congress)
    if not seated.filter(post__in=CouncilSeat.PRESIDING).exists():
        return _("The Council has neither a Chair nor a first or standing vice-chair: fill a seat first.")
    return None


def lists_to_vote_on(congress: Congress) -> dict[str, int]:
    """How many places are still open on each list on which somebody stands; lists without any are left out."""
    state = Nomination.State
    rows = congress.nominations.filter(state__in=[state.SHORTLISTED, state.SELECTED]).values_list("kind", "state")
    standing, chosen = set(), Counter[str]()
    for kind, where in rows:
        if where == state.SHORTLISTED:
            standing.add(kind)
        else:
            chosen[kind] += 1
    places = {kind: congress.reports_wanted[kind] - chosen[kind] for kind in Kind if kind in standing}
    return {kind: number for kind, number in places.items() if number > 0}


def why_not_record_attendance(actor: User, sitting: Sitting) -> str | None:
    return _why_not_keep(actor, sitting.congress) or _why_not_in(sitting, State.CONVENED, State.OPEN)


# ---- Conducting ----


def why_not_open_sitting(actor: User, sitting: Sitting) -> str | None:
    """The sitting is opened from the chair, with a quorum, when there is something to vote on."""
    if reason := why_not_preside(actor, sitting) or _why_not_in(sitting, State.CONVENED):
        return reason
    if sitting.congress.sittings.filter(state=State.OPEN).exists():
        return _("Another sitting is in session: conclude it first.")
    if reason := why_not_quorate(sitting):
        return reason
    if not lists_to_vote_on(sitting.congress):
        return _("Every place is filled, or nobody stands on a list: there is nothing to vote on.")
    return None


def why_not_postpone(actor: User, sitting: Sitting) -> str | None:
    """A convened sitting is put off when too few have come."""
    if not keeps_sittings(actor, sitting.congress) and (reason := why_not_preside(actor, sitting)):
        return reason
    if reason := _why_not_in(sitting, State.CONVENED):
        return reason
    if why_not_quorate(sitting) is None:
        return _("There is a quorum: the sitting can be opened.")
    return None


def why_not_appoint_tellers(actor: User, sitting: Sitting, users: Sequence[User] | None = None) -> str | None:
    """The counting team: present members without a conflict on any list, as many as the sitting wants."""
    if reason := why_not_preside(actor, sitting) or _why_not_in(sitting, State.OPEN) or _why_not_sealed(sitting):
        return reason
    if users is None:
        return None
    if len(set(users)) != sitting.tellers_wanted:
        return _("Choose %(number)s tellers.") % {"number": sitting.tellers_wanted}
    present, seated = present_at(sitting), set(voters(sitting.congress).values_list("pk", flat=True))
    conflicted = sitting.congress.nominations.listed().in_conflict()
    for user in users:
        if user.pk not in present & seated:
            return _("%(name)s is not a member who is present.") % {"name": user}
        if user.pk in conflicted:
            return _("%(name)s has a conflict of interest with a nominee and cannot count.") % {"name": user}
    return None


def why_not_take_code(actor: User, sitting: Sitting) -> str | None:
    """A teller takes an opening code, until a box has been sealed for the codes that there are."""
    if actor.pk not in {teller.user_id for teller in sitting.tellers.all()}:
        return Denial(_("Opening codes are for the tellers of this sitting."))
    return _why_not_in(sitting, State.OPEN) or _why_not_sealed(sitting)


def _why_not_sealed(sitting: Sitting) -> str | None:
    if any(ballot.state in Ballot.SEALED for ballot in sitting.ballots.all()):
        return _("A ballot box is sealed with the present codes: it has to be counted, or declared void, first.")
    return None


def why_not_conclude(actor: User, sitting: Sitting) -> str | None:
    """The sitting ends when every list is decided."""
    if reason := why_not_preside(actor, sitting) or _why_not_in(sitting, State.OPEN):
        return reason
    latest = latest_ballots(sitting)
    if not latest:
        return _("Nothing has been voted on yet.")
    for ballot in latest:
        if not ballot.is_counted:
            return _("“%(ballot)s” is not counted yet.") % {"ballot": ballot}
        if step_after(ballot) != Step.DECIDED:
            return _("“%(ballot)s” is not decided yet.") % {"ballot": ballot}
    if not sitting.congress.programme.filter(holds_reports=True).exists():
        return _("No item of the programme holds the showcase reports: the Department has to mark one first.")
    return None
