"""The only place that writes ballots. What is never written here: who cast which paper, and when."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from awards import rules
from awards.ballot import Step, make_box, next_best, open_box, seal, tally
from awards.models import Ballot, Candidate, KeyShare, Nomination, RollEntry, SealedPaper, Sitting, Teller
from core import audit, clock, versions
from core.locks import lock
from core.models import User
from core.refusal import Refused, refuse_if

State, Outcome = Ballot.State, Candidate.Outcome


def _locked(ballot: Ballot) -> Ballot:
    """The ballot, held together with its sitting: the sitting first, as everywhere."""
    sitting = lock(Sitting, ballot.sitting_id)
    current = lock(Ballot, ballot.pk)
    current.sitting = sitting
    return current


@transaction.atomic
def set_rule(*, actor: User, ballot: Ballot, version: int, threshold: Decimal, base: str) -> Ballot:
    """Set what a nominee needs to be chosen: more than this share, in %, of these members."""
    current = _locked(ballot)
    refuse_if(rules.why_not_set_rule(actor, current))
    versions.check(current, version, ["threshold", "base"])
    changes = versions.apply(current, {"threshold": threshold, "base": base})
    if changes:
        current.full_clean()
        versions.save(current, ["threshold", "base"])
        audit.record(actor, "ballot.rule_set", current, changes=changes)
    return current


@transaction.atomic
def open_ballot(*, actor: User, ballot: Ballot) -> Ballot:
    """Open a vote: draw up the roll, seal a fresh box for the tellers, and let the members vote.

    The key that opens the box is forgotten as soon as its shares are sealed.
    """
    current = _locked(ballot)
    refuse_if(rules.why_not_open_ballot(actor, current))
    voters = rules.who_may_vote(current)
    present, members, _needed = rules.attendance(current.sitting)
    tellers = list(current.sitting.tellers.all())
    box = make_box([bytes(teller.public_key or b"") for teller in tellers])
    KeyShare.objects.bulk_create(
        KeyShare(ballot=current, teller=teller, sealed=share) for teller, share in zip(tellers, box.shares, strict=True)
    )
    RollEntry.objects.bulk_create(RollEntry(ballot=current, user=voter) for voter in voters)
    current.state, current.opened_at, current.public_key = State.OPEN, clock.now(), box.public_key
    current.members, current.present, current.issued = members, present, len(voters)
    current.recused = _recused(current)
    versions.save(current, ["state", "opened_at", "public_key", "members", "present", "issued", "recused"])
    audit.record(actor, "ballot.opened", current, issued=current.issued, recused=current.recused)
    return current


def _recused(ballot: Ballot) -> int:
    """How many members, present or not, have a conflict with somebody on the list."""
    conflicted = ballot.sitting.congress.nominations.listed(ballot.kind).in_conflict()
    return rules.voters(ballot.sitting.congress).filter(pk__in=conflicted).count()


@transaction.atomic
def cast(*, actor: User, ballot: Ballot, choices: Iterable[int], key: UUID) -> None:
    """Cast a vote: mark the roll, and lay a sealed paper into the box.

    `choices` are the numbers of candidates on the ballot; `key` is the form's one-time key, by which a repeated
    sending is known. There is no audit entry: the roll says that a member has voted, and an entry would say when.
    """
    current = lock(Ballot, ballot.pk)
    entry = rules.roll_entry(actor, current)
    if entry and entry.voted and entry.key == key:
        return  # the same form sent twice: its paper lies in the box
    refuse_if(rules.why_not_vote(actor, current, entry))
    chosen = set(choices)
    refuse_if(_why_not_chosen(current, chosen))
    if not RollEntry.objects.filter(ballot=current, user=actor, voted=False).update(voted=True, key=key):
        raise Refused(_("You have voted on this list already."))
    _lay_in(current, seal(chosen, bytes(current.public_key or b"")))


def _why_not_chosen(ballot: Ballot, chosen: set[int]) -> str | None:
    if len(chosen) > ballot.places:
        return _("You have chosen %(chosen)s; choose %(places)s at most. Nothing was cast.") % {
            "chosen": len(chosen),
            "places": ballot.places,
        }
    if not chosen <= set(ballot.candidates.values_list("order", flat=True)):
        return _("A choice is not on this ballot. Open the ballot again and choose anew. Nothing was cast.")
    return None


def _papers(ballot: Ballot) -> list[bytes]:
    """The sealed papers that lie in the box."""
    return [bytes(sealed) for sealed in ballot.box.values_list("sealed", flat=True)]


def _lay_in(ballot: Ballot, paper: bytes) -> None:
    """Lay a paper into the box and stir: all papers are written anew in a drawn order, so that no copy of the
    database's rows shows in which order they came."""
    papers = [*_papers(ballot), paper]
    secrets.SystemRandom().shuffle(papers)
    ballot.box.all().delete()
    SealedPaper.objects.bulk_create(SealedPaper(ballot=ballot, sealed=sealed) for sealed in papers)


@transaction.atomic
def close(*, actor: User, ballot: Ballot) -> Ballot:
    """Close a vote. The box stays sealed until two tellers open it."""
    current = _locked(ballot)
    refuse_if(rules.why_not_close(actor, current))
    current.state, current.closed_at = State.CLOSED, clock.now()
    versions.save(current, ["state", "closed_at"])
    audit.record(actor, "ballot.closed", current, voted=current.roll.filter(voted=True).count())
    return current


@transaction.atomic
def count(*, actor: User, ballot: Ballot, codes: Mapping[Teller, str]) -> Ballot:
    """Open the box with two tellers' codes, count, and empty the box.

    The papers are kept sorted, so that anyone can recount and nobody finds an order in them. Raises WrongCode, and
    Refused when box and roll do not hold as many.
    """
    current = _locked(ballot)
    refuse_if(rules.why_not_count(actor, current))
    shares = dict(current.key_shares.filter(teller__in=list(codes)).values_list("teller", "sealed"))
    keys = [(code, bytes(shares[teller.pk])) for teller, code in codes.items()]
    papers = open_box(bytes(current.public_key or b""), keys, _papers(current))
    voted = current.roll.filter(voted=True).count()
    if len(papers) != voted:
        raise Refused(
            _(
                "The box holds %(papers)s papers, but %(voted)s members have voted: it cannot be counted. "
                "The Chair has to declare the ballot void and have it held again."
            )
            % {"papers": len(papers), "voted": voted}
        )
    _write_result(current, papers)
    current.box.all().delete()
    current.key_shares.all().delete()
    with_whom = ", ".join(str(teller) for teller in codes)
    audit.record(
        actor, "ballot.counted", current, tellers=with_whom, returned=current.returned, invalid=current.invalid
    )
    return current


def _write_result(ballot: Ballot, papers: Sequence[list[int] | None]) -> None:
    """Votes, places and outcomes of the candidates, and the sorted papers themselves."""
    candidates = list(ballot.candidates.all())
    counted = tally(papers, [candidate.order for candidate in candidates], ballot.places)
    for candidate in candidates:
        candidate.votes = counted.votes[candidate.order]
    Candidate.objects.bulk_update(candidates, ["votes"])
    found = rules.outcome_of(ballot)
    groups = {Outcome.SELECTED: found.selected, Outcome.RESERVE: found.reserve, Outcome.TIED: found.tied}
    outcomes = {number: outcome for outcome, numbers in groups.items() for number in numbers}
    for candidate in candidates:
        candidate.place = found.ranks[candidate.order]
        candidate.outcome = outcomes.get(candidate.order, Outcome.NOT_SELECTED)
    Candidate.objects.bulk_update(candidates, ["place", "outcome"])
    ballot.papers = list(papers)
    ballot.returned, ballot.invalid, ballot.blank = counted.returned, counted.invalid, counted.blank
    ballot.state, ballot.counted_at = State.COUNTED, clock.now()
    versions.save(ballot, ["papers", "returned", "invalid", "blank", "state", "counted_at"])


@transaction.atomic
def void(*, actor: User, ballot: Ballot, reason: str) -> Ballot:
    """Declare a vote void that cannot be counted, and lay out the same ballot again. Nobody reads its papers."""
    current = _locked(ballot)
    refuse_if(rules.why_not_void(actor, current))
    current.box.all().delete()
    current.key_shares.all().delete()
    current.state, current.chair_decision = State.VOID, reason
    versions.save(current, ["state", "chair_decision"])
    again = _next_round(current, _nominations(current), places=current.places, purpose=current.purpose)
    audit.record(actor, "ballot.voided", current, reason=reason)
    return again


# ---- Deciding ----


@transaction.atomic
def call_round(*, actor: User, ballot: Ballot) -> Ballot:
    """Lay out one more round for the places still open: among the tied, or on the next best."""
    current = _locked(ballot)
    refuse_if(rules.why_not_call_round(actor, current))
    found = rules.outcome_of(current)
    votes = {candidate.order: candidate.votes or 0 for candidate in current.candidates.all()}
    runoff = rules.step_after(current) == Step.RUNOFF
    numbers = found.tied if runoff else next_best(votes, found.selected, found.open_places)
    purpose = Ballot.Purpose.RUNOFF if runoff else Ballot.Purpose.NEXT_BEST
    again = _next_round(current, _nominations(current, numbers), places=found.open_places, purpose=purpose)
    audit.record(actor, "ballot.round_called", again)
    return again


def _nominations(ballot: Ballot, numbers: Iterable[int] | None = None) -> list[Nomination]:
    """The nominations behind these numbers of a ballot, or behind all of them."""
    candidates = ballot.candidates.select_related("nomination")
    if numbers is not None:
        candidates = candidates.filter(order__in=list(numbers))
    return [candidate.nomination for candidate in candidates]


def _next_round(ballot: Ballot, nominations: Sequence[Nomination], *, places: int, purpose: str) -> Ballot:
    rule = {"threshold": ballot.threshold, "base": ballot.base}
    return Ballot.objects.lay_out(
        ballot.sitting, ballot.kind, nominations, round=ballot.round + 1, places=places, purpose=purpose, **rule
    )


@transaction.atomic
def decide_tie(*, actor: User, ballot: Ballot, chosen: Sequence[Candidate], reason: str) -> Ballot:
    """The Chair's opinion on who of the still tied is chosen (dossier 3.4-7), with a reason for the minutes."""
    current = _locked(ballot)
    refuse_if(rules.why_not_decide_tie(actor, current))
    places = rules.outcome_of(current).open_places
    tied = list(current.candidates.filter(outcome=Outcome.TIED))
    if len(set(chosen)) != places or not set(chosen) <= set(tied):
        raise Refused(_("Choose exactly %(places)s of the tied.") % {"places": places})
    for candidate in tied:
        candidate.outcome = Outcome.SELECTED if candidate in chosen else Outcome.RESERVE
    Candidate.objects.bulk_update(tied, ["outcome"])
    names = ", ".join(str(candidate) for candidate in chosen)
    with override("vi"):  # it stands in the minutes
        current.chair_decision = _("Chosen by the Chair: %(names)s. %(reason)s") % {"names": names, "reason": reason}
    versions.save(current, ["chair_decision"])
    audit.record(actor, "ballot.tie_decided", current, reason=current.chair_decision)
    return current


@transaction.atomic
def leave_empty(*, actor: User, ballot: Ballot, reason: str) -> Ballot:
    """Leave a place empty that nobody reached the threshold for, with a reason for the minutes."""
    current = _locked(ballot)
    refuse_if(rules.why_not_leave_empty(actor, current))
    current.chair_decision = reason
    versions.save(current, ["chair_decision"])
    audit.record(actor, "ballot.left_empty", current, reason=reason)
    return current
