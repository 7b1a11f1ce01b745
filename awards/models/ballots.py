"""Secret ballots: what is public of them, the roll of who may vote and has voted, and the sealed box.

Nothing here links a paper to a person: `docs/ballot.md` says what is promised, against whom, and how.
"""

import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.models.council import Sitting, Teller
from awards.models.nominations import Kind, Nomination
from core.fields import CleanTextField
from core.models import User
from core.versions import Versioned


class BallotQuerySet(models.QuerySet["Ballot"]):
    def lay_out(self, sitting: Sitting, kind: str, nominations: Iterable[Nomination], **fields: Any) -> "Ballot":
        """A new ballot, not yet opened, with its candidates numbered in the order given."""
        ballot = self.create(sitting=sitting, kind=kind, **fields)
        Candidate.objects.bulk_create(
            Candidate(ballot=ballot, nomination=nomination, order=number)
            for number, nomination in enumerate(nominations, start=1)
        )
        return ballot


class Ballot(Versioned):
    """One secret ballot on one list: whom to choose, how it is counted, and the public half of its seal."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Not yet opened")
        OPEN = "open", _("Voting")
        CLOSED = "closed", _("Closed, box sealed")
        COUNTED = "counted", _("Counted")
        VOID = "void", _("Void, voted again")

    class Purpose(models.TextChoices):
        """Why this round is held (dossier 3.4, rules 5, 7 and 8)."""

        FIRST = "first", _("first vote")
        RUNOFF = "runoff", _("second vote among the tied")
        NEXT_BEST = "next_best", _("second vote on the next best")

    class Base(models.TextChoices):
        """What the threshold is a share of."""

        ALL = "all", _("all members of the Council")
        WITHOUT_RECUSED = "without_recused", _("all members without the recused")

    SEALED = (State.OPEN, State.CLOSED)

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="ballots")
    kind = models.CharField(_("list"), max_length=12, choices=Kind)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose, default=Purpose.FIRST)
    places = models.PositiveSmallIntegerField(_("to be chosen"))
    threshold = models.DecimalField(
        _("more than this share of votes, in %"), max_digits=5, decimal_places=2, default=Decimal(50)
    )
    base = models.CharField(_("share of"), max_length=16, choices=Base, default=Base.ALL)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    public_key = models.BinaryField(null=True, editable=False)
    members = models.PositiveSmallIntegerField(_("members of the Council"), null=True, editable=False)
    present = models.PositiveSmallIntegerField(_("members present"), null=True, editable=False)
    recused = models.PositiveSmallIntegerField(_("recused"), null=True, editable=False)
    issued = models.PositiveSmallIntegerField(_("ballots issued"), null=True, editable=False)
    returned = models.PositiveSmallIntegerField(_("ballots returned"), null=True, editable=False)
    invalid = models.PositiveSmallIntegerField(_("invalid ballots, the blank among them"), null=True, editable=False)
    blank = models.PositiveSmallIntegerField(_("blank ballots"), null=True, editable=False)
    opened_at = models.DateTimeField(_("opened at"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    counted_at = models.DateTimeField(_("counted at"), null=True, editable=False)
    papers = models.JSONField(_("the opened ballots, sorted"), default=list, editable=False)
    chair_decision = CleanTextField(_("the Chair's decision"), blank=True)  # on a tie, or on a place left empty

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["kind", "round"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "kind", "round"], name="one_ballot_per_round"),
            models.CheckConstraint(condition=Q(places__gte=1), name="ballot_for_one_place_at_least"),
            models.CheckConstraint(
                condition=Q(threshold__gte=0, threshold__lt=100),
                name="threshold_is_a_share",
                violation_error_message=_("The threshold is a share below 100 %."),
            ),
        ]

    def __str__(self) -> str:
        name = gettext("Secret ballot on the list “%(list)s”") % {"list": self.get_kind_display()}
        turn = gettext("round %(number)s") % {"number": self.round}
        return f"{name}, {turn}" if self.round > 1 else name

    def get_absolute_url(self) -> str:
        return reverse("awards:ballot", args=[self.sitting.congress.slug, self.pk])

    @property
    def base_count(self) -> int:
        """How many members the threshold is a share of."""
        members, recused = self.members or 0, self.recused or 0
        return members - recused if self.base == self.Base.WITHOUT_RECUSED else members

    @property
    def share_needed(self) -> Decimal | None:
        """The threshold in %, or None where the top ones are chosen: the tied have passed it already."""
        return None if self.purpose == self.Purpose.RUNOFF else self.threshold

    @property
    def valid(self) -> int | None:
        return None if self.returned is None else self.returned - (self.invalid or 0)

    @property
    def is_counted(self) -> bool:
        return self.state == self.State.COUNTED


class Candidate(models.Model):
    """A nominee on a ballot, and after the count the votes and the outcome."""

    class Outcome(models.TextChoices):
        SELECTED = "selected", _("Selected")
        RESERVE = "reserve", _("Reserve")
        TIED = "tied", _("Tied")
        NOT_SELECTED = "not_selected", _("Not selected")

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="candidates")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="candidacies")
    order = models.PositiveSmallIntegerField(_("number on the ballot"))
    votes = models.PositiveSmallIntegerField(_("votes"), null=True)
    place = models.PositiveSmallIntegerField(_("place"), null=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "nomination"], name="candidate_once"),
            models.UniqueConstraint(fields=["ballot", "order"], name="candidate_number_once"),
        ]

    def __str__(self) -> str:
        return str(self.nomination)


class KeyShare(models.Model):
    """A share of a ballot's opening key, sealed to one teller: any two of them open the box."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="key_shares")
    teller = models.ForeignKey(Teller, models.PROTECT, related_name="key_shares")
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "teller"], name="one_share_per_teller")]

    def __str__(self) -> str:
        return f"{self.ballot} / {self.teller}"


class RollEntry(models.Model):
    """A member who may vote on a ballot, and whether they have: neither what nor when.

    `key` is the one-time key of the form that cast the vote, so that a repeated sending finds its receipt. The
    portal's common store of such keys is not used here, because it keeps the time.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="roll")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    voted = models.BooleanField(_("has voted"), default=False)
    key = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "user"], name="one_vote_per_member")]

    def __str__(self) -> str:
        return f"{self.user} / {self.ballot}"


class SealedPaper(models.Model):
    """A ballot paper as it lies in the box: of one length, unreadable to everybody, of nobody, of no time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="box")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.ballot)
