"""Why somebody may not prepare, open or end a sitting of the Council, or appoint its tellers."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from awards.ballot import Step
from awards.models import Ballot, CouncilSeat, Sitting, Teller
from awards.rules.ballots import latest_ballots, step_after
from awards.rules.chair import voters, why_not_preside, why_not_quorate
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
    if not sitting.congress.nominations.listed().exists():
        return _("There is nobody on the short list yet: the Council would have nothing to decide.")
    seated = CouncilSeat.objects.on(clock.today()).filter(congress=sitting.congress)
    if not seated.filter(post__in=CouncilSeat.PRESIDING).exists():
        return _("The Council has neither a Chair nor a first or standing vice-chair: fill a seat first.")
    return None


def why_not_record_attendance(actor: User, sitting: Sitting) -> str | None:
    return _why_not_keep(actor, sitting.congress) or _why_not_in(sitting, State.CONVENED, State.OPEN)


# ---- Conducting ----


def why_not_open_sitting(actor: User, sitting: Sitting) -> str | None:
    """The sitting is opened from the chair, with a quorum."""
    if reason := why_not_preside(actor, sitting) or _why_not_in(sitting, State.CONVENED):
        return reason
    if sitting.congress.sittings.filter(state=State.OPEN).exists():
        return _("Another sitting is in session: conclude it first.")
    return why_not_quorate(sitting)


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
    present = set(sitting.attendances.filter(present=True).values_list("user", flat=True))
    seated = set(voters(sitting.congress).values_list("pk", flat=True))
    conflicted = sitting.congress.nominations.listed().in_conflict()
    for user in users:
        if user.pk not in present & seated:
            return _("%(name)s is not a member who is present.") % {"name": user}
        if user.pk in conflicted:
            return _("%(name)s has a conflict of interest with a nominee and cannot count.") % {"name": user}
    return None


def why_not_take_code(actor: User, sitting: Sitting) -> str | None:
    """A teller takes an opening code, until a box has been sealed for the codes that there are."""
    if not Teller.objects.filter(sitting=sitting, user=actor).exists():
        return Denial(_("Opening codes are for the tellers of this sitting."))
    return _why_not_in(sitting, State.OPEN) or _why_not_sealed(sitting)


def _why_not_sealed(sitting: Sitting) -> str | None:
    if sitting.ballots.filter(state__in=Ballot.SEALED).exists():
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
