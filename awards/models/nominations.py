"""Nominations: who is put forward, with which dossier, and where it stands."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from congress.models import Conference, Congress, HeldAward
from core import clock
from core.fields import CleanCharField, CleanTextField, DayField, FoldedField, Keyed, PartialDateField, SortKeyField
from core.models import User
from core.versions import Versioned
from core.vietnamese import person_key, title_key
from units.models import Unit


class Kind(models.TextChoices):
    """The two lists: collectives and individuals."""

    COLLECTIVE = "collective", _("Collective")
    INDIVIDUAL = "individual", _("Individual")


def nominee_key(kind_and_name: str) -> bytes:
    """The sort key of a nominee: people by given name, collectives word by word."""
    kind, _blank, name = kind_and_name.partition(" ")
    return person_key(name) if kind == Kind.INDIVIDUAL else title_key(name)


class NominationQuerySet(models.QuerySet["Nomination"]):
    def visible_to(self, user: User) -> "NominationQuerySet":
        """The Department sees all, a unit its own, a block's head what its members have sent, the Council its list."""
        from awards.rules import seats
        from units.hats import hats

        mine, state = hats(user), Nomination.State
        if mine.department:
            return self
        seen = Q(unit__in=mine.unit_ids)
        if mine.block_ids:
            seen |= Q(unit__block__in=mine.block_ids) & ~Q(state__in=[state.DRAFT, state.WITH_HEAD, state.WITHDRAWN])
        if councils := list(seats(user)):
            seen |= Q(congress__in=councils, state__in=Nomination.BEFORE_THE_COUNCIL)
        return self.filter(seen)

    def listed(self, kind: str = "") -> "NominationQuerySet":
        """Those on the short list: all, or one of its two lists."""
        found = self.filter(state=Nomination.State.SHORTLISTED)
        return found.filter(kind=kind) if kind else found

    def in_conflict(self) -> set[int]:
        """Ids of the accounts that may not vote on these: nominees, heads of nominated collectives, the recused."""
        pairs = self.values_list("nominee_user", "recusals__user")
        return {user for pair in pairs for user in pair if user is not None}


class Nomination(Keyed, Versioned):
    """An advanced model (điển hình tiên tiến) put forward by a unit, with its dossier (Mẫu 01, Mẫu 02)."""

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

    EDITABLE = (State.DRAFT, State.WITH_HEAD, State.RETURNED)
    BEFORE_THE_COUNCIL = (State.SHORTLISTED, State.SELECTED, State.RESERVE, State.NOT_SELECTED)
    CONFIDENTIAL = ("pending_issue", "pending_note")
    PERSONAL = ("birth", "hometown", "residence", "phone")  # not for a block's head, and never in the trail

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="nominations")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), related_name="nominations")
    filed_by = models.ForeignKey(  # as whose papers it was first submitted, whatever became of that unit since
        Unit, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    conference = models.ForeignKey(
        Conference, models.PROTECT, null=True, blank=True, verbose_name=_("conference"), related_name="nominations"
    )
    number = models.PositiveSmallIntegerField(_("number"), null=True, editable=False)  # given when first submitted
    nominee = CleanCharField(_("nominee"), max_length=250)
    nominee_user = models.ForeignKey(  # the Council member, or the head of the collective, who may not vote on it
        User, models.PROTECT, null=True, blank=True, verbose_name=_("nominee's account"), related_name="+"
    )
    folded = FoldedField(source=("nominee",), max_length=300)
    sort_key = SortKeyField(source=("kind", "nominee"), derive=nominee_key)

    # of an individual
    birth = PartialDateField(_("date of birth"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True)
    hometown = CleanCharField(_("native place"), max_length=200, blank=True)
    residence = CleanCharField(_("residence"), max_length=200, blank=True)
    position = CleanCharField(_("position"), max_length=200, blank=True)
    qualification = CleanCharField(_("qualification, academic title"), max_length=200, blank=True)
    # of a collective
    address = CleanCharField(_("head office"), max_length=200, blank=True)
    phone = CleanCharField(_("phone"), max_length=30, blank=True)
    members = models.PositiveIntegerField(_("number of people"), null=True, blank=True)
    women = models.PositiveIntegerField(_("women among them"), null=True, blank=True)
    party_members = models.PositiveIntegerField(_("Party members among them"), null=True, blank=True)

    profile = CleanTextField(_("short profile"), blank=True)
    duties = CleanTextField(_("duties given"), blank=True)
    achievements = CleanTextField(_("achievements"), blank=True)
    measures = CleanTextField(_("measures, initiatives, emulation movements"), blank=True)
    compliance = CleanTextField(_("policy and law, Party and mass organisations"), blank=True)
    no_awards = models.BooleanField(_("holds no award yet"), default=False)
    model_name = CleanCharField(_("name of the model or way of working"), max_length=250, blank=True)
    context = CleanTextField(_("what it started from"), blank=True)
    results = CleanTextField(_("measured results"), blank=True)
    lessons = CleanTextField(_("lessons for others"), blank=True)
    presenter = CleanCharField(_("who would present it"), max_length=200, blank=True)
    reviewed_on = DayField(_("day of the meeting that chose it"), null=True, blank=True)
    review = CleanTextField(_("what the meeting concluded"), blank=True)

    state = models.CharField(_("state"), max_length=14, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField(_("in this state since"))
    due = DayField(_("correction due"), null=True, blank=True)
    return_reason = CleanTextField(_("why it was returned"), blank=True)
    closing_reason = CleanTextField(_("why it was closed"), blank=True)  # not eligible, or withdrawn
    first_submitted_at = models.DateTimeField(_("first submitted at"), null=True, editable=False)
    late = models.BooleanField(_("first submitted late"), default=False, editable=False)
    saved_at = models.DateTimeField(_("saved at"))
    pending_issue = models.BooleanField(_("a discipline case or complaint is pending"), null=True, blank=True)
    pending_note = CleanTextField(_("note on the pending issue"), blank=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["kind", "sort_key", "pk"]
        indexes = [models.Index(fields=["congress", "kind", "state"], name="nominations_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["congress", "kind", "number"], name="reference_once"),
            models.CheckConstraint(
                condition=~Q(state="returned") | (Q(due__isnull=False) & ~Q(return_reason="")),
                name="returned_with_reason_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ineligible", "withdrawn"]) | ~Q(closing_reason=""),
                name="closed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.nominee

    def get_absolute_url(self) -> str:
        return reverse("awards:nomination", args=[self.congress.slug, self.pk])

    @property
    def reference(self) -> str:
        """'2020-TT-007' (tập thể) or '2020-CN-012' (cá nhân); nothing before it was first submitted."""
        if self.number is None:
            return ""
        return f"{self.congress.slug}-{'TT' if self.kind == Kind.COLLECTIVE else 'CN'}-{self.number:03}"

    def unit_on(self, day: date) -> Unit:
        """Whose it was on a day: the unit that submitted it, or the one that had taken its place by then."""
        return (self.filed_by or self.unit).as_of(day)

    @property
    def filed_on(self) -> date:
        """The day that its papers speak of: the first submission, or today as long as it is a draft."""
        return localtime(self.first_submitted_at).date() if self.first_submitted_at else clock.today()

    @property
    def is_collective(self) -> bool:
        return self.kind == Kind.COLLECTIVE


class NomineeAward(HeldAward):
    """An award that a nominee holds."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="awards")
    decision_date = DayField(_("decision date"), null=True, blank=True)

    class Meta(HeldAward.Meta):
        abstract = False
        verbose_name = _("award held")
        verbose_name_plural = _("awards held")
