"""Nominations, the Council, its sittings and secret ballots."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.models import AwardType, Conference, Congress
from core.fields import CleanCharField, CleanTextField, FoldedField, Keyed, PartialDateField, SortKeyField
from core.models import User
from core.versions import Versioned
from core.vietnamese import title_key
from units.models import Term, Unit


class Kind(models.TextChoices):
    """The two lists: collectives and individuals."""

    COLLECTIVE = "collective", _("Collective")
    INDIVIDUAL = "individual", _("Individual")


class Nomination(Keyed, Versioned):
    """An advanced model (điển hình tiên tiến) put forward by a unit, with its dossier."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        WITH_HEAD = "with_head", _("With the head of unit")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned for correction")
        ACCEPTED = "accepted", _("Accepted")
        INELIGIBLE = "ineligible", _("Not eligible")
        SHORTLISTED = "shortlisted", _("On the short list")
        SELECTED = "selected", _("Selected")
        RESERVE = "reserve", _("Reserve")
        NOT_SELECTED = "not_selected", _("Not selected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Sex(models.TextChoices):
        MALE = "male", _("Male")
        FEMALE = "female", _("Female")

    CONFIDENTIAL = ("pending_issue", "pending_note")

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="nominations")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), related_name="nominations")
    conference = models.ForeignKey(
        Conference,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("conference"),
        related_name="nominations",
    )
    nominee = CleanCharField(_("nominee"), max_length=250)
    nominee_user = models.ForeignKey(  # the Council member, or the head of the collective, who may not vote on it
        User, models.PROTECT, null=True, blank=True, verbose_name=_("nominee's account"), related_name="+"
    )
    folded = FoldedField(source=("nominee",), max_length=300)
    sort_key = SortKeyField(source=("nominee",), derive=title_key)

    birth = PartialDateField(_("date of birth"), null=True, blank=True)  # of an individual
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True)
    position = CleanCharField(_("position"), max_length=200, blank=True)
    members = models.PositiveIntegerField(_("number of people"), null=True, blank=True)  # of a collective
    profile = CleanTextField(_("short profile"), blank=True)
    duties = CleanTextField(_("duties given"), blank=True)
    achievements = CleanTextField(_("achievements"), blank=True)
    model_name = CleanCharField(_("name of the model or way of working"), max_length=250, blank=True)
    results = CleanTextField(_("measured results"), blank=True)
    lessons = CleanTextField(_("lessons for others"), blank=True)
    presenter = CleanCharField(_("who would present it"), max_length=200, blank=True)

    state = models.CharField(_("state"), max_length=14, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField(_("in this state since"))
    due = models.DateField(_("correction due"), null=True, blank=True)
    return_reason = CleanTextField(_("why it was returned"), blank=True)
    first_submitted_at = models.DateTimeField(_("first submitted at"), null=True, editable=False)
    saved_at = models.DateTimeField(_("saved at"))
    pending_issue = models.BooleanField(_("a discipline case or complaint is pending"), null=True, blank=True)
    pending_note = CleanTextField(_("note on the pending issue"), blank=True)

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["kind", "sort_key", "pk"]
        indexes = [models.Index(fields=["congress", "kind", "state"], name="nominations_by_state")]

    def __str__(self) -> str:
        return self.nominee

    def get_absolute_url(self) -> str:
        return reverse("awards:nomination", args=[self.congress.slug, self.pk])


class NomineeAward(models.Model):
    """An award that a nominee holds: year, what, decision."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="awards")
    award = models.ForeignKey(AwardType, models.PROTECT, verbose_name=_("award"), related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    decision_number = CleanCharField(_("decision number"), max_length=60, blank=True)
    decision_date = models.DateField(_("decision date"), null=True, blank=True)
    issuer = CleanCharField(_("issued by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("award held")
        verbose_name_plural = _("awards held")
        ordering = ["award__order", "-year", "pk"]

    def __str__(self) -> str:
        return f"{self.award}, {self.year}"

    @property
    def proven(self) -> bool:
        """Without a decision number an award is shown as unproven and not counted."""
        return bool(self.decision_number)


class CouncilSeat(Term):
    """A seat on the Council. Somebody with two seats has one vote."""

    class Post(models.TextChoices):
        CHAIR = "chair", _("Chair")
        FIRST_VICE = "first_vice", _("First vice-chair")
        STANDING_VICE = "standing_vice", _("Standing vice-chair")
        VICE = "vice", _("Vice-chair")
        MEMBER = "member", _("Member")
        SECRETARY = "secretary", _("Member and secretary")

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="council_seats")
    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("person"), related_name="council_seats")
    post = models.CharField(_("post"), max_length=14, choices=Post, default=Post.MEMBER)
    title = CleanCharField(_("by virtue of"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta(Term.Meta):
        verbose_name = _("Council seat")
        verbose_name_plural = _("the Council")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_post_display()}"


class Recusal(models.Model):
    """A member's declared conflict of interest with a nominee: no vote on that list."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="recusals")
    user = models.ForeignKey(User, models.PROTECT, related_name="recusals")
    reason = CleanTextField(_("reason"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nomination", "user"], name="recused_once")]

    def __str__(self) -> str:
        return f"{self.user} / {self.nomination}"


class Assessment(Versioned):
    """What a member thinks of a dossier before the sitting: points and a comment. Not the vote."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="assessments")
    user = models.ForeignKey(User, models.PROTECT, related_name="assessments")
    points = models.PositiveSmallIntegerField(_("points"))
    comment = CleanTextField(_("comment"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["nomination", "user"], name="assessed_once"),
            models.CheckConstraint(condition=Q(points__lte=100), name="points_up_to_100"),
        ]

    def __str__(self) -> str:
        return f"{self.user} / {self.nomination}"


class Sitting(Versioned):
    """A meeting of the Council."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        CONVENED = "convened", _("Convened")
        OPEN = "open", _("In session")
        CONCLUDED = "concluded", _("Concluded")
        POSTPONED = "postponed", _("Postponed (no quorum)")

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="sittings")
    held_at = models.DateTimeField(_("day and time"))
    place = CleanCharField(_("place"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    quorum_numerator = models.PositiveSmallIntegerField(_("quorum: this many"), default=2)
    quorum_denominator = models.PositiveSmallIntegerField(_("out of"), default=3)
    conclusion = CleanTextField(_("conclusion"), blank=True)

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        ordering = ["-held_at"]

    def __str__(self) -> str:
        return f"{_('Sitting of the Council')} {self.held_at:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("awards:sitting", args=[self.congress.slug, self.pk])


class Attendance(models.Model):
    """Whether a member came to a sitting."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="attendances")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    present = models.BooleanField(_("present"), default=False)
    excuse = CleanCharField(_("reason of absence"), max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "user"], name="attends_once")]

    def __str__(self) -> str:
        return f"{self.user} / {self.sitting}"


class Teller(models.Model):
    """A member of the counting team (Ban kiểm phiếu) with the public half of their opening code."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="tellers")
    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("person"), related_name="+")
    leads = models.BooleanField(_("leads the team"), default=False)
    public_key = models.BinaryField(null=True, editable=False)

    class Meta:
        ordering = ["-leads", "pk"]
        constraints = [models.UniqueConstraint(fields=["sitting", "user"], name="teller_once")]

    def __str__(self) -> str:
        return str(self.user)


class Ballot(Versioned):
    """One secret ballot on one list: whom to choose, how it is counted, and the public half of its seal."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Not yet opened")
        OPEN = "open", _("Voting")
        CLOSED = "closed", _("Closed, box sealed")
        COUNTED = "counted", _("Counted")

    class Base(models.TextChoices):
        """What the threshold is a share of."""

        ALL = "all", _("all members of the Council")
        WITHOUT_RECUSED = "without_recused", _("all members without the recused")

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="ballots")
    kind = models.CharField(_("list"), max_length=12, choices=Kind)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    places = models.PositiveSmallIntegerField(_("to be chosen"))
    threshold = models.DecimalField(
        _("more than this share of votes, in %"), max_digits=5, decimal_places=2, default=50
    )
    base = models.CharField(_("share of"), max_length=16, choices=Base, default=Base.ALL)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    public_key = models.BinaryField(null=True, editable=False)
    members = models.PositiveSmallIntegerField(_("members of the Council"), null=True, editable=False)
    recused = models.PositiveSmallIntegerField(_("recused"), null=True, editable=False)
    issued = models.PositiveSmallIntegerField(_("ballots issued"), null=True, editable=False)
    returned = models.PositiveSmallIntegerField(_("ballots returned"), null=True, editable=False)
    blank = models.PositiveSmallIntegerField(_("blank ballots"), null=True, editable=False)
    opened_at = models.DateTimeField(_("opened at"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    counted_at = models.DateTimeField(_("counted at"), null=True, editable=False)
    papers = models.JSONField(_("the opened ballots, sorted"), default=list, editable=False)
    chair_decision = CleanTextField(_("the Chair's decision on a tie"), blank=True)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["kind", "round"]
        constraints = [models.UniqueConstraint(fields=["sitting", "kind", "round"], name="one_ballot_per_round")]

    def __str__(self) -> str:
        return f"{_('Secret ballot')}: {self.get_kind_display()} ({self.round})"

    def get_absolute_url(self) -> str:
        return reverse("awards:ballot", args=[self.sitting.congress.slug, self.pk])


class Candidate(models.Model):
    """A nominee on a ballot, and after the count the votes and the outcome."""

    class Outcome(models.TextChoices):
        SELECTED = "selected", _("Selected")
        RESERVE = "reserve", _("Reserve")
        TIED = "tied", _("Tied")
        NOT_SELECTED = "not_selected", _("Not selected")

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="candidates")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="candidacies")
    order = models.PositiveSmallIntegerField()
    votes = models.PositiveSmallIntegerField(_("votes"), null=True)
    place = models.PositiveSmallIntegerField(_("place"), null=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["ballot", "nomination"], name="candidate_once")]

    def __str__(self) -> str:
        return str(self.nomination)


class KeyShare(models.Model):
    """A share of a ballot's opening key, sealed to one teller: two of three open the box."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="key_shares")
    teller = models.ForeignKey(Teller, models.PROTECT, related_name="key_shares")
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "teller"], name="one_share_per_teller")]

    def __str__(self) -> str:
        return f"{self.ballot} / {self.teller}"


class RollEntry(models.Model):
    """That a member has voted on a ballot: neither what nor when."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="roll")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

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
