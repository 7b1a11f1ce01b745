"""Categories, seats and delegates of a congress."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from congress.models import AwardType, Congress
from core import clock
from core.bilingual import Bilingual
from core.fields import CleanCharField, CleanTextField, PartialDateField, PersonNamed
from core.models import Upload, User
from core.versions import Versioned
from core.vietnamese import clean_identity_number, clean_phone
from delegates.composition import NEEDABLE
from delegates.models.composition import TallyMark
from units.hats import hats
from units.models import Unit


class EthnicGroup(models.Model):
    """One of the 54 ethnic groups of the 1979 list, or 'foreigner'."""

    code = models.CharField(_("code"), max_length=2, unique=True)
    name_vi = CleanCharField(_("name"), max_length=60)
    aliases = CleanCharField(_("other spellings"), max_length=200, blank=True)
    is_minority = models.BooleanField(_("a minority"), default=True)

    class Meta:
        verbose_name = _("ethnic group")
        verbose_name_plural = _("ethnic groups")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_vi


class Category(Bilingual):
    """A kind of delegate that the letter names (Thành phần đại biểu)."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="categories")
    code = models.CharField(_("code"), max_length=20)
    short_vi = CleanCharField(_("short Vietnamese name"), max_length=60)
    short_en = CleanCharField(_("short English name"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    counted = models.BooleanField(_("counts towards the congress's size"), default=True)
    by_unit = models.BooleanField(_("units register them"), default=True)
    represents_collective = models.BooleanField(_("stands for a collective"), default=False)
    needs_award = models.BooleanField(_("comes for an award"), default=False)
    elected = models.BooleanField(_("elected by the conferences"), default=False)
    guest = models.BooleanField(_("guests, not official delegates"), default=False)
    needed_fields = models.JSONField(_("what has to be known"), default=list, blank=True)  # of `composition.NEEDABLE`

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["congress", "code"], name="category_code_once")]

    def clean(self) -> None:
        if foreign := set(self.needed_fields) - set(NEEDABLE):
            raise ValidationError({"needed_fields": f"{', '.join(sorted(foreign))}?"})

    def save(self, *args, **kwargs) -> None:
        """Saved; tallies made while other categories were official are counted anew."""
        super().save(*args, **kwargs)
        TallyMark.objects.set(self.congress_id)

    @property
    def official(self) -> bool:
        """Whether its delegates are official ones: counted, and not guests."""
        return self.counted and not self.guest

    @property
    def asks_identity(self) -> bool:
        """Whether the identity numbers of its delegates have to be known."""
        return "id_number" in self.needed_fields

    @property
    def short(self) -> str:
        """The short name in the reader's language, for heads of columns."""
        return (self.short_en if get_language() == "en" else "") or self.short_vi


class QuotaQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "QuotaQuerySet":
        """The Department sees all seats; a unit its own; a block's head those of the block."""
        mine = hats(user)
        if mine.department:
            return self
        return self.filter(unit__in=Unit.objects.filter(acted_for_by(user)))


def acted_for_by(user: User) -> Q:
    """The condition on units whose delegates somebody may see, as the unit's own or as the block's head."""
    mine = hats(user)
    return Q(pk__in=mine.unit_ids) | Q(block__in=mine.block_ids)


class Quota(Versioned):
    """Seats of a unit in a category; without a unit, seats that the Department fills itself.

    This is the parent row: whoever takes a seat locks it first.
    """

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="quotas")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="quotas")
    category = models.ForeignKey(Category, models.PROTECT, related_name="quotas")
    seats = models.PositiveIntegerField(_("seats"), default=0)

    objects = QuotaQuerySet.as_manager()

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["unit__order", "category__order"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "unit", "category"], name="one_quota_per_unit_and_category"),
            models.UniqueConstraint(
                fields=["congress", "category"],
                condition=Q(unit=None),
                name="one_ministry_quota_per_category",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit or _('The Ministry')} – {self.category}: {self.seats}"


class DelegateQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "DelegateQuerySet":
        """The Department sees everybody; a unit its own people; a block's head the block's people.

        The desk sees who has a seat; of them it reads no more than a badge tells (`rules.sight`).
        """
        found = self.plain_to(user)
        mine = hats(user)
        return found if mine.department or not mine.desk else found | self.seated()

    def plain_to(self, user: User) -> "DelegateQuerySet":
        """Those of whom somebody reads more than a badge."""
        if hats(user).department:
            return self
        return self.filter(unit__in=Unit.objects.filter(acted_for_by(user)))

    def close_to(self, user: User) -> "DelegateQuerySet":
        """Those of whom somebody reads everything: the Department of all, a unit of its own people."""
        mine = hats(user)
        return self if mine.department else self.filter(unit__in=mine.unit_ids)

    def seated(self) -> "DelegateQuerySet":
        """Those who take a seat of a quota."""
        return self.filter(state__in=Delegate.SEATED)

    def listed(self) -> "DelegateQuerySet":
        """Those who take a seat, and those who wait for one on the reserve list."""
        return self.exclude(state=Delegate.State.WITHDRAWN)

    # Many rows written at once: whose tallies they change is not known, so all of them are counted anew.

    def bulk_create(self, *args, **kwargs):
        made = super().bulk_create(*args, **kwargs)
        TallyMark.objects.set()
        return made

    def update(self, **fields) -> int:
        number = super().update(**fields)
        if number:
            TallyMark.objects.set()
        return number

    def delete(self) -> tuple[int, dict[str, int]]:
        TallyMark.objects.set()
        return super().delete()

    update.alters_data = True  # type: ignore[attr-defined] # as Django marks its own: templates cannot call them
    delete.alters_data = delete.queryset_only = True  # type: ignore[attr-defined]

    def reserves(self) -> "DelegateQuerySet":
        """Those on the reserve list, whoever is next first."""
        return self.filter(state=Delegate.State.RESERVE).order_by("reserve_order", "pk")

    def by_priority(self) -> "DelegateQuerySet":
        """As their unit has put them; whom it has not put anywhere come after, in the order of registration."""
        return self.order_by(models.F("priority").asc(nulls_last=True), "pk")


class Delegate(PersonNamed, Versioned):
    """Somebody registered for the congress: one person, one seat."""

    class State(models.TextChoices):
        REGISTERED = "registered", _("Registered")
        CONFIRMED = "confirmed", _("Confirmed")
        RESERVE = "reserve", pgettext_lazy("delegate", "Reserve")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Sex(models.TextChoices):
        MALE = "male", _("Male")
        FEMALE = "female", _("Female")

    class Education(models.TextChoices):
        SECONDARY = "secondary", _("Secondary school")
        VOCATIONAL = "vocational", _("Vocational school")
        COLLEGE = "college", _("College")
        BACHELOR = "bachelor", _("University degree")
        MASTER = "master", _("Master")
        DOCTOR = "doctor", _("Doctor")
        DOCTOR_OF_SCIENCE = "doctor_of_science", _("Doctor of Science")

    class Rank(models.TextChoices):
        ASSOCIATE_PROFESSOR = "associate_professor", _("Associate Professor")
        PROFESSOR = "professor", _("Professor")

    class Theory(models.TextChoices):
        ELEMENTARY = "elementary", _("Elementary")
        INTERMEDIATE = "intermediate", _("Intermediate")
        ADVANCED = "advanced", _("Advanced")
        BACHELOR = "bachelor", _("Bachelor")

    class Religion(models.TextChoices):
        NONE = "none", _("None")
        BUDDHIST = "buddhist", _("Buddhism")
        CATHOLIC = "catholic", _("Catholicism")
        HOA_HAO = "hoa_hao", _("Hoa Hao Buddhism")
        CAO_DAI = "cao_dai", _("Caodaism")
        PROTESTANT = "protestant", _("Protestantism")
        ISLAM = "islam", _("Islam")
        OTHER = "other", _("Another religion")

    # Read by the Department and the delegate's own unit alone; masked elsewhere, absent from public papers.
    SENSITIVE = ("ethnic_group", "religion", "party_member", "party_joined", "political_theory")
    CONTACT = ("phone", "email", "note")  # kept as close, though the law does not call them sensitive
    CONFIDENTIAL = (*SENSITIVE, "id_number")  # the trail tells that they changed, never from what to what
    UNTOLD = (
        *CONTACT,
        "birth",
    )  # neither does it of these: what is retired after the congress must not stay in the trail
    CLOSE = (*CONFIDENTIAL, *CONTACT, "birth")  # what is shown after it was opened, with an entry in the trail

    SEATED = (State.REGISTERED, State.CONFIRMED)

    # What is known of the person: all that a form fills in. Unit, state and seat are the actions' own.
    PERSON = (
        *("full_name", "birth", "sex", "organisation", "position", "sub_unit", "represents"),
        *("phone", "email", "note", "ethnic_group", "religion", "party_member", "party_joined", "political_theory"),
        *("education", "rank", "id_number"),
    )
    LISTS = ("awards", "tags")  # what is known in rows of its own

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="delegates")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, verbose_name=_("unit"), related_name="delegates"
    )
    organisation = CleanCharField(_("organisation"), max_length=200, blank=True)  # of a guest
    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("category"), related_name="delegates")
    # Other categories that the person belongs to: only the one above takes a seat and is counted (dossier 4.1).
    tags = models.ManyToManyField(Category, blank=True, verbose_name=_("also belongs to"), related_name="tagged")
    represents = CleanCharField(_("collective that they stand for"), max_length=250, blank=True)
    birth = PartialDateField(_("date of birth"))
    sex = models.CharField(_("sex"), max_length=6, choices=Sex)
    position = CleanCharField(_("position"), max_length=200)
    sub_unit = CleanCharField(_("department of the unit"), max_length=200, blank=True)
    ethnic_group = models.ForeignKey(
        EthnicGroup, models.PROTECT, null=True, blank=True, verbose_name=_("ethnic group"), related_name="+"
    )
    religion = models.CharField(_("religion"), max_length=12, choices=Religion, blank=True)
    party_member = models.BooleanField(_("party member"), null=True, blank=True)
    party_joined = PartialDateField(_("joined the party"), null=True, blank=True)
    education = models.CharField(_("education"), max_length=20, choices=Education, blank=True)
    rank = models.CharField(_("academic rank"), max_length=20, choices=Rank, blank=True)
    political_theory = models.CharField(_("political theory"), max_length=12, choices=Theory, blank=True)
    # The highest of `awards` (`models.awards`), its year and the number of its decision: written with the rows alone.
    highest_award = models.ForeignKey(
        AwardType, models.PROTECT, null=True, blank=True, editable=False, verbose_name=_("highest award"),
        related_name="+",
    )  # fmt: skip
    award_year = models.PositiveSmallIntegerField(_("year of the award"), null=True, blank=True, editable=False)
    award_decision = CleanCharField(_("decision on the award"), max_length=60, blank=True, editable=False)
    phone = CleanCharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    # Kept only where a category has to know it: when a leader of the State comes, those in the hall are checked.
    id_number = CleanCharField(_("identity number"), max_length=20, blank=True)
    note = CleanTextField(_("note"), blank=True)
    photo = models.OneToOneField(
        Upload, models.PROTECT, null=True, blank=True, editable=False, verbose_name=_("photo"), related_name="+"
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.REGISTERED)
    state_since = models.DateTimeField(_("in this state since"), default=clock.now, editable=False)
    late = models.BooleanField(_("registered late"), default=False, editable=False)
    # The unit's own order among its people of a category: of those seated, and of those on the reserve list (Dự bị).
    priority = models.PositiveIntegerField(_("priority"), null=True, blank=True, editable=False)
    reserve_order = models.PositiveIntegerField(_("place on the reserve list"), null=True, blank=True, editable=False)
    # Somebody who was registered twice: whose entry stays. What became one is taken apart by hand alone.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("is the same person as"),
        related_name="merged",
    )

    objects = DelegateQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        ordering = ["sort_key", "pk"]
        _seated = Q(state__in=("registered", "confirmed"))
        indexes = [
            models.Index(fields=["congress", "sort_key", "id"], name="delegates_by_name"),
            models.Index(fields=["congress", "unit", "category", "state"], name="delegates_of_quota"),
            models.Index(fields=["congress", "folded", "state"], name="delegates_by_folded_name"),
            models.Index(fields=["congress", "folded"], condition=_seated, name="delegates_seated_by_folded"),
            models.Index(fields=["congress", "unit"], condition=_seated, name="delegates_seated_of_unit"),
            models.Index(fields=["congress", "unit", "sort_key", "id"], name="delegates_by_unit"),
            models.Index(fields=["congress", "category", "sort_key", "id"], name="delegates_by_category"),
            models.Index(fields=["congress", "state", "sex"], name="delegates_by_state"),
            models.Index(fields=["congress", "phone"], condition=~Q(phone=""), name="delegates_by_phone"),
            models.Index(fields=["congress", "id_number"], condition=~Q(id_number=""), name="delegates_by_identity"),
            models.Index("congress", Lower("email"), condition=~Q(email=""), name="delegates_by_email"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | ~Q(organisation=""),
                name="guests_name_their_organisation",
                violation_error_message=_("Write the organisation that this person comes from."),
            ),
            models.CheckConstraint(
                condition=Q(highest_award__isnull=True, award_year__isnull=True)
                | Q(highest_award__isnull=False, award_year__isnull=False),
                name="award_has_its_year",
            ),
            models.CheckConstraint(
                condition=Q(award_decision="") | Q(highest_award__isnull=False), name="decision_has_its_award"
            ),
            models.CheckConstraint(
                condition=Q(state="reserve", reserve_order__isnull=False)
                | (~Q(state="reserve") & Q(reserve_order=None)),
                name="reserves_have_their_place",
            ),
            models.CheckConstraint(condition=Q(merged_into=None) | Q(state="withdrawn"), name="merged_have_no_seat"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("delegates:delegate", args=[self.congress.slug, self.pk])

    def save(self, *args, **kwargs) -> None:
        """Saved, and the unit's tally marked in the same transaction: it is counted anew."""
        super().save(*args, **kwargs)
        TallyMark.objects.set(self.congress_id, self.unit_id)

    @property
    def is_seated(self) -> bool:
        """Whether a seat of a quota is taken."""
        return self.state in self.SEATED

    def can_sit_as(self, category: Category) -> bool:
        """Whether this person has what a seat of this category asks for: an award that fits it, a collective."""
        award = self.highest_award
        if award is None:
            honoured = not category.needs_award
        else:
            honoured = category.represents_collective or award.given_to != AwardType.For.COLLECTIVE
        return honoured and bool(not category.represents_collective or self.represents)

    @property
    def comes_from(self) -> str:
        """The unit's name, or a guest's organisation."""
        return self.unit.name if self.unit else self.organisation

    def clean(self) -> None:
        """What belongs together in one person's row, with the fault at its field."""
        faults = self._contact_faults()
        if self.id_number:
            try:
                self.id_number = clean_identity_number(self.id_number)
            except ValueError as fault:
                faults["id_number"] = str(fault)
        if self.party_joined and not self.party_member:
            faults["party_joined"] = gettext("Only a party member has a day of joining: check both.")
        if not self.unit_id and not self.organisation:
            faults["organisation"] = gettext("Write the organisation that this person comes from.")
        if self.category_id and self.category.represents_collective and not self.represents:
            faults["represents"] = gettext("Write the name of the collective that this person stands for.")
        if faults:
            raise ValidationError(faults)

    def _contact_faults(self) -> dict[str, str]:
        if not self.phone:
            missing = self.unit_id and not self.email
            return {"phone": gettext("Give a phone number or an e-mail: one of the two is enough.")} if missing else {}
        try:
            self.phone = clean_phone(self.phone)
        except ValueError as fault:
            return {"phone": str(fault)}
        return {}
