"""Why somebody may not open, cast, close, count or decide a secret ballot. Nobody passes these rules by rank."""

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from awards.ballot import Outcome, Step, next_step, outcome
from awards.models import Ballot, RollEntry, Sitting, Teller
from awards.rules.chair import voters, why_not_preside, why_not_quorate
from awards.rules.council import keeps_sittings, why_not_see_council
from core.models import User
from core.refusal import Denial

State = Ballot.State
LEAST_VOTERS = 3  # fewer, and a vote is known by who else voted


def latest_ballots(sitting: Sitting) -> list[Ballot]:
    """The last round on each list that was not declared void."""
    latest: dict[str, Ballot] = {}
    ballots = [ballot for ballot in sitting.ballots.all() if ballot.state != State.VOID]
    prefetch_related_objects(ballots, "candidates")
    for ballot in sorted(ballots, key=lambda one: one.round):
        ballot.sitting = sitting
        latest[ballot.kind] = ballot
    return [latest[kind] for kind in sorted(latest)]


def outcome_of(ballot: Ballot) -> Outcome:
    """The outcome of a counted ballot, computed from its votes, by the candidates' numbers."""
    votes = {candidate.order: candidate.votes or 0 for candidate in ballot.candidates.all()}
    return outcome(votes, ballot.places, ballot.share_needed, ballot.base_count)


def step_after(ballot: Ballot) -> Step:
    """What follows a counted ballot, once the Chair's decision is taken into account."""
    if ballot.chair_decision:
        return Step.DECIDED
    return next_step(ballot.purpose, outcome_of(ballot))


def _why_not_in(ballot: Ballot, *states: str) -> str | None:
    if ballot.sitting.state != Sitting.State.OPEN:
        return _("The sitting is “%(state)s”: this is not possible now.") % {
            "state": ballot.sitting.get_state_display()
        }
    if ballot.state in states:
        return None
    return _("The ballot is “%(state)s”: this is not possible now.") % {"state": ballot.get_state_display()}


def _why_not_preside(actor: User, ballot: Ballot) -> str | None:
    return why_not_preside(actor, ballot.sitting)


# ---- Opening and closing ----


def why_not_set_rule(actor: User, ballot: Ballot) -> str | None:
    """How a ballot is counted is set before it is opened, from the chair or by who prepares the sitting."""
    if not keeps_sittings(actor, ballot.sitting.congress) and (reason := _why_not_preside(actor, ballot)):
        return reason
    return _why_not_in(ballot, State.DRAFT)


def why_not_open_ballot(actor: User, ballot: Ballot) -> str | None:
    """A vote is opened from the chair: with a quorum, tellers who can open the box, and nominees in good standing."""
    if reason := _why_not_preside(actor, ballot) or _why_not_in(ballot, State.DRAFT):
        return reason
    if reason := why_not_quorate(ballot.sitting) or _why_not_tellers(ballot):
        return reason
    if pending := ballot.sitting.congress.nominations.listed(ballot.kind).filter(pending_issue=True).first():
        return _("Something is pending against %(nominee)s: the Department has to clear it before the vote.") % {
            "nominee": pending
        }
    if len(who_may_vote(ballot)) < LEAST_VOTERS:
        return _("Fewer than %(number)s members may vote on this list: the vote would not be secret.") % {
            "number": LEAST_VOTERS
        }
    return None


def _why_not_tellers(ballot: Ballot) -> str | None:
    tellers = list(ballot.sitting.tellers.select_related("user"))
    if len(tellers) < ballot.sitting.tellers_wanted:
        return _("Appoint the tellers first.")
    without = [str(teller) for teller in tellers if not teller.has_code]
    if without:
        return _("These tellers have not taken their opening codes yet: %(names)s.") % {"names": ", ".join(without)}
    conflicted = ballot.sitting.congress.nominations.listed().in_conflict()
    for teller in tellers:
        if teller.user_id in conflicted:
            return _("%(name)s has a conflict of interest with a nominee and cannot count.") % {"name": teller}
    return None


def who_may_vote(ballot: Ballot) -> list[User]:
    """Members who are present and have no conflict with anybody on the list, each once."""
    conflicted = ballot.sitting.congress.nominations.listed(ballot.kind).in_conflict()
    present = ballot.sitting.attendances.filter(present=True).values("user")
    return [voter for voter in voters(ballot.sitting.congress).filter(pk__in=present) if voter.pk not in conflicted]


def why_not_close(actor: User, ballot: Ballot) -> str | None:
    """A vote is closed from the chair; an empty box is not closed but declared void."""
    if reason := _why_not_preside(actor, ballot) or _why_not_in(ballot, State.OPEN):
        return reason
    if not ballot.roll.filter(voted=True).exists():
        return _("Nobody has voted yet.")
    return None


def why_not_void(actor: User, ballot: Ballot) -> str | None:
    """A vote that cannot be counted (a box and a roll that differ, codes that are lost) is declared void."""
    return _why_not_preside(actor, ballot) or _why_not_in(ballot, *Ballot.SEALED)


# ---- Voting and counting ----


def roll_entry(user: User, ballot: Ballot) -> RollEntry | None:
    """The member's line on the roll of this ballot, or None."""
    return RollEntry.objects.filter(ballot=ballot, user=user).first()


def why_not_vote(actor: User, ballot: Ballot, entry: RollEntry | None) -> str | None:
    """Who was present without a conflict when the vote opened votes once, while it is open."""
    if reason := _why_not_on_roll(actor, ballot, entry):
        return reason
    if entry and entry.voted:
        return _("You have voted on this list already. The paper that you cast counts; a second one is not accepted.")
    return _why_not_in(ballot, State.OPEN)


def _why_not_on_roll(actor: User, ballot: Ballot, entry: RollEntry | None) -> str | None:
    if reason := why_not_see_council(actor, ballot.sitting.congress):
        return reason
    if entry or ballot.state == State.DRAFT:
        return None
    if actor.pk in ballot.sitting.congress.nominations.filter(candidacies__ballot=ballot).in_conflict():
        return Denial(_("You have a conflict of interest with a nominee on this list and do not vote on it."))
    return Denial(_("You are not on the roll of this ballot: it names the members present when the vote was opened."))


def why_not_count(actor: User, ballot: Ballot) -> str | None:
    """The box is opened by two tellers, when the vote is closed."""
    if not Teller.objects.filter(sitting=ballot.sitting_id, user=actor).exists():
        return Denial(_("The box is opened by the tellers of this sitting."))
    return _why_not_in(ballot, State.CLOSED)


def why_not_read_result(actor: User, ballot: Ballot) -> str | None:
    """A result is for the Council and the Department, when the box has been opened; before, there is none."""
    if reason := why_not_see_council(actor, ballot.sitting.congress):
        return reason
    return None if ballot.is_counted else _("The box has not been opened yet: there is no result.")


# ---- Deciding ----


def _why_not_decide(actor: User, ballot: Ballot, *steps: Step) -> str | None:
    if reason := _why_not_preside(actor, ballot) or _why_not_in(ballot, State.COUNTED):
        return reason
    later = ballot.sitting.ballots.filter(kind=ballot.kind, round__gt=ballot.round).exclude(state=State.VOID)
    if later.exists():
        return _("A further round has been called on this list.")
    if step_after(ballot) not in steps:
        return _("The result of this ballot asks for no such decision.")
    return None


def why_not_call_round(actor: User, ballot: Ballot) -> str | None:
    """One more round: among the tied, or once on the next best."""
    return _why_not_decide(actor, ballot, Step.RUNOFF, Step.NEXT_BEST)


def why_not_decide_tie(actor: User, ballot: Ballot) -> str | None:
    """Still tied after the second vote: the Chair's opinion decides, and is minuted."""
    return _why_not_decide(actor, ballot, Step.CHAIR)


def why_not_leave_empty(actor: User, ballot: Ballot) -> str | None:
    """A place that nobody reached stays empty, with a minuted reason."""
    return _why_not_decide(actor, ballot, Step.NEXT_BEST, Step.EMPTY)
