"""What must always hold of nominations, the Council and its ballots (dossier 4.11, nos. 4 to 7)."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from awards.ballot import tally
from awards.models import Ballot, CouncilSeat, KeyShare, Kind, Nomination, RollEntry, SealedPaper, Sitting, Teller
from awards.rules import outcome_of
from congress.models import Congress

# What a row of the box may have, and nothing else: no person, no time. A roll may not tell a time either.
BOX_FIELDS = {"id", "ballot", "sealed"}
ROLL_FIELDS = {"id", "ballot", "user", "voted", "key"}


def faults(congress: Congress) -> list[str]:
    """Every breach, in words for who maintains the portal; nothing when all holds."""
    found = [*_nominations(congress), *_secrecy()]
    for ballot in Ballot.objects.filter(sitting__congress=congress).select_related("sitting__congress"):
        found += [f"Ballot {ballot.pk}: {fault}" for fault in _ballot(ballot)]
    for sitting in congress.sittings.filter(state=Sitting.State.CONCLUDED):
        found += [f"Sitting {sitting.pk}: {fault}" for fault in _conclusion(sitting)]
    return found


def _nominations(congress: Congress) -> Iterator[str]:
    states = Nomination.State
    sent = congress.nominations.exclude(state__in=[states.DRAFT, states.WITH_HEAD, states.WITHDRAWN])
    for nomination in sent.filter(Q(number=None) | Q(first_submitted_at=None)):
        yield f"Nomination {nomination.pk} was sent but has no number or no time of sending."
    for nomination in sent.filter(state=states.RETURNED).filter(Q(due=None) | Q(return_reason="")):
        yield f"Nomination {nomination.pk} was returned without a reason or a day."
    for kind in Kind:
        chosen = congress.nominations.filter(kind=kind, state=states.SELECTED).count()
        if chosen > congress.reports_wanted[kind]:
            yield f"{chosen} nominees of kind {kind} are selected, {congress.reports_wanted[kind]} are wanted."
    for seat in CouncilSeat.objects.filter(congress=congress, ends__lt=F("starts")):
        yield f"Council seat {seat.pk} ends before it starts."


def _secrecy() -> Iterator[str]:
    """The box and the roll have no column by which they could be joined, and none with a time."""
    for model, fields in ((SealedPaper, BOX_FIELDS), (RollEntry, ROLL_FIELDS)):
        extra = {field.name for field in model._meta.concrete_fields} - fields
        if extra:
            yield f"{model.__name__} has columns that it must not have: {', '.join(sorted(extra))}."


def _ballot(ballot: Ballot) -> Iterator[str]:
    roll, voted = ballot.roll.count(), ballot.roll.filter(voted=True).count()
    box, shares = ballot.box.count(), KeyShare.objects.filter(ballot=ballot).count()
    if ballot.state == Ballot.State.DRAFT:
        if roll or box or shares or ballot.public_key:
            yield "it is not open, but has a roll, a box or a key."
        return
    if roll != ballot.issued:
        yield f"{ballot.issued} ballots were issued, {roll} members stand on the roll."
    if (ballot.issued or 0) > (ballot.present or 0) or (ballot.present or 0) > (ballot.members or 0):
        yield "more ballots were issued than members were present, or more were present than there are."
    if voted > (ballot.members or 0) - (ballot.recused or 0):
        yield "more members voted than have no conflict of interest."
    if ballot.state in Ballot.SEALED:
        if box != voted:
            yield f"{voted} members have voted, {box} papers lie in the box."
        if shares != Teller.objects.filter(sitting=ballot.sitting_id).count():
            yield "not every teller has a share of the key."
        if ballot.papers or ballot.candidates.filter(Q(votes__isnull=False) | ~Q(outcome="")).exists():
            yield "it has a result before the box was opened."
    elif box or shares:
        yield "the box or the shares of its key were not cleared away."
    if ballot.is_counted:
        yield from _count(ballot, voted)


def _count(ballot: Ballot, voted: int) -> Iterator[str]:
    """The stored result is what the papers say."""
    candidates = {candidate.order: candidate for candidate in ballot.candidates.all()}
    counted = tally(ballot.papers, candidates, ballot.places)
    if ballot.returned != voted:
        yield f"{voted} members voted, {ballot.returned} papers were returned."
    if (counted.returned, counted.invalid, counted.blank) != (ballot.returned, ballot.invalid, ballot.blank):
        yield "the numbers of papers differ from the papers."
    if counted.votes != {number: candidate.votes for number, candidate in candidates.items()}:
        yield "the votes differ from the papers."
    if sum(counted.votes.values()) > ballot.places * counted.valid:
        yield "there are more votes than the valid papers can hold."
    if ballot.papers != sorted(ballot.papers, key=lambda paper: (paper is None, paper or [])):
        yield "the papers are not sorted."
    found, chosen = outcome_of(ballot), {n for n, c in candidates.items() if c.outcome == "selected"}
    allowed = set(found.selected) | (set(found.tied) if ballot.chair_decision else set())
    if not set(found.selected) <= chosen <= allowed or len(chosen) > ballot.places:
        yield "those selected are not those whom the rule selects."


def _conclusion(sitting: Sitting) -> Iterator[str]:
    """Fewer chosen than wanted: with a minuted reason alone."""
    if not sitting.conclusion:
        yield "it was concluded without a conclusion."
    counted = sitting.ballots.filter(state=Ballot.State.COUNTED)
    for kind in set(counted.values_list("kind", flat=True)):
        of_kind = counted.filter(kind=kind)
        first = of_kind.order_by("round").first()
        chosen = of_kind.aggregate(n=Count("candidates", filter=Q(candidates__outcome="selected")))["n"]
        reasons = of_kind.exclude(chair_decision="")
        if first and chosen < first.places and not reasons.exists():
            yield f"on the list {kind} {chosen} of {first.places} were chosen, without a minuted reason."
