"""The Council: its seats, what its members read and declare, and its sittings."""

from datetime import date

from django.db import models
from django.db.models import F, Min, Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.models.nominations import Nomination
from congress.models import Congress
from core.fields import CleanCharField, CleanTextField
from core.models import User
from core.versions import Versioned
from units.models import Term, TermQuerySet


class CouncilSeatQuerySet(TermQuerySet):
    def voters(self, congress: Congress, day: date) -> models.QuerySet[User]:
        """The persons who sit on the Council on a day, in the order of their seats: each once, with one vote."""
        held = self.on(day).filter(congress=congress)
        first = Min("council_seats__order", filter=Q(council_seats__in=held))
        return User.objects.filter(council_seats__in=held).annotate(first=first).order_by("first", "sort_key", "pk")


class CouncilSeat(Term):
    """A seat on the Council. Somebody with two seats has one vote."""

    class Post(models.TextChoices):
        CHAIR = "chair", _("Chair")
        FIRST_VICE = "first_vice", _("First vice-chair")
        STANDING_VICE = "standing_vice", _("Standing vice-chair")
        VICE = "vice", _("Vice-chair")
        SECRETARY = "secretary", _("Member and secretary")
        MEMBER = "member", _("Member")

    PRESIDING = (Post.CHAIR, Post.FIRST_VICE, Post.STANDING_VICE)

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="council_seats")
    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("person"), related_name="council_seats")
    post = models.CharField(_("post"), max_length=14, choices=Post, default=Post.MEMBER)
    title = CleanCharField(_("by virtue of"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = CouncilSeatQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = _("Council seat")
        verbose_name_plural = _("the Council")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.user} – {self.Post(self.post).label}"


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

    CONFIDENTIAL = ("points", "comment")  # a trail that told them would be read by others

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

    def get_absolute_url(self) -> str:
        return reverse("awards:assess", args=[self.nomination.congress.slug, self.nomination_id])


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
    tellers_wanted = models.PositiveSmallIntegerField(_("number of tellers"), default=3)
    chaired_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    members = models.PositiveSmallIntegerField(_("members of the Council"), null=True, editable=False)
    opened_at = models.DateTimeField(_("opened at"), null=True, editable=False)
    concluded_at = models.DateTimeField(_("concluded at"), null=True, editable=False)
    conclusion = CleanTextField(_("conclusion"), blank=True)

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        ordering = ["-held_at"]
        constraints = [
            models.UniqueConstraint(fields=["congress"], condition=Q(state="open"), name="one_sitting_in_session"),
            models.CheckConstraint(
                condition=Q(quorum_numerator__gte=1, quorum_numerator__lte=F("quorum_denominator")),
                name="quorum_is_a_share",
                violation_error_message=_("The quorum is a share of the Council, such as 2 out of 3."),
            ),
            models.CheckConstraint(
                condition=Q(tellers_wanted__gte=2),
                name="two_tellers_at_least",
                violation_error_message=_("Two tellers open a box together: appoint two at least."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Sitting of the Council, %(day)s") % {"day": f"{localtime(self.held_at):%d/%m/%Y}"}

    def get_absolute_url(self) -> str:
        return reverse("awards:sitting", args=[self.congress.slug, self.pk])

    def has_quorum(self, present: int, members: int) -> bool:
        """Whether enough of the Council are present: at least numerator/denominator of all members."""
        return present > 0 and present * self.quorum_denominator >= self.quorum_numerator * members

    def quorum(self, members: int) -> int:
        """How many members must be present."""
        return -(-self.quorum_numerator * members // self.quorum_denominator)


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

    @property
    def has_code(self) -> bool:
        return self.public_key is not None
