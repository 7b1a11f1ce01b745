"""Categories, seats and delegates of a congress."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.models import AwardType, Congress
from core.bilingual import Bilingual
from core.fields import CleanCharField, CleanTextField, PartialDateField, PersonNamed
from core.models import User
from core.versions import Versioned
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
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    counted = models.BooleanField(_("counts towards the congress's size"), default=True)
    by_unit = models.BooleanField(_("units register them"), default=True)
    represents_collective = models.BooleanField(_("stands for a collective"), default=False)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["congress", "code"], name="category_code_once")]


class Quota(Versioned):
    """Seats of a unit in a category; without a unit, seats that the Department fills itself.

    This is the parent row: whoever takes a seat locks it first.
    """

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="quotas")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="quotas")
    category = models.ForeignKey(Category, models.PROTECT, related_name="quotas")
    seats = models.PositiveIntegerField(_("seats"), default=0)

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
        """The Department sees everybody; a unit its own people; a block's head the block's people."""
        mine = hats(user)
        if mine.department:
            return self
        return self.filter(Q(unit__in=mine.unit_ids) | Q(unit__block__in=mine.block_ids))

    def seated(self) -> "DelegateQuerySet":
        """Those who take a seat of a quota."""
        return self.exclude(state=Delegate.State.WITHDRAWN)


class Delegate(PersonNamed, Versioned):
    """Somebody registered for the congress: one person, one seat."""

    class State(models.TextChoices):
        REGISTERED = "registered", _("Registered")
        CONFIRMED = "confirmed", _("Confirmed")
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
    SENSITIVE = ("ethnic_group", "religion", "party_member", "political_theory")

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="delegates")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, verbose_name=_("unit"), related_name="delegates"
    )
    organisation = CleanCharField(_("organisation"), max_length=200, blank=True)  # of a guest
    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("category"), related_name="delegates")
    represents = CleanCharField(_("collective that they stand for"), max_length=250, blank=True)
    birth = PartialDateField(_("date of birth"))
    sex = models.CharField(_("sex"), max_length=6, choices=Sex)
    position = CleanCharField(_("position"), max_length=200)
    ethnic_group = models.ForeignKey(
        EthnicGroup, models.PROTECT, null=True, blank=True, verbose_name=_("ethnic group"), related_name="+"
    )
    religion = models.CharField(_("religion"), max_length=12, choices=Religion, blank=True)
    party_member = models.BooleanField(_("party member"), null=True, blank=True)
    education = models.CharField(_("education"), max_length=20, choices=Education, blank=True)
    rank = models.CharField(_("academic rank"), max_length=20, choices=Rank, blank=True)
    political_theory = models.CharField(_("political theory"), max_length=12, choices=Theory, blank=True)
    highest_award = models.ForeignKey(
        AwardType, models.PROTECT, null=True, blank=True, verbose_name=_("highest award"), related_name="+"
    )
    award_year = models.PositiveSmallIntegerField(_("year of the award"), null=True, blank=True)
    phone = CleanCharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    note = CleanTextField(_("note"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.REGISTERED)

    objects = DelegateQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["congress", "sort_key", "id"], name="delegates_by_name"),
            models.Index(fields=["congress", "unit", "category", "state"], name="delegates_of_quota"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("delegates:delegate", args=[self.congress.slug, self.pk])
