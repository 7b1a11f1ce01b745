"""What every room stands on: accounts, the audit trail, the outbox, jobs and the rehearsal's day."""

import secrets
import uuid

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.models import Session
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import CleanCharField, CleanTextField, PersonNamed


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, email: str = "", password: str | None = None, **fields) -> "User":
        """An account; without a password it waits for its one-time link."""
        user = self.model(username=username.lower(), email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").lower())


class User(PersonNamed, AbstractBaseUser):
    """Someone who signs in, by user name or by e-mail. What they may do follows from the offices they hold."""

    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9._-]+$", _("Use small letters, digits, dot, hyphen and underscore only."))
        ],
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = CleanCharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    no_reminders = models.BooleanField(
        _("no reminders by mail"),
        default=False,
        help_text=_("Letters about deadlines stay away; what is due still stands on the first page."),
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    checklist_closed_at = models.DateTimeField(_("first steps put away at"), null=True, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name", "email"]
    objects = UserManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=~models.Q(email=""),
                name="user_email_once",
                violation_error_message=_("Another account has this e-mail."),
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        """The given name: the last word, as people are addressed."""
        return self.full_name.split(" ")[-1] if self.full_name else self.username

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """What somebody may do follows from offices and rules, never from Django's permissions."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False

    @property
    def initials(self) -> str:
        words = (self.full_name or self.username).split()
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


class SignIn(models.Model):
    """A device on which somebody is signed in: what 'sign out everywhere' ends."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    session = models.OneToOneField(Session, models.CASCADE)
    address = models.GenericIPAddressField(_("address"), null=True)
    device = CleanCharField(_("device"), max_length=200, blank=True)
    at = models.DateTimeField(_("signed in at"), default=clock.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.user} {self.at:%d/%m/%Y %H:%M}"


class Rehearsal(models.Model):
    """The day that a rehearsal pretends to be: one row, or none on a normal day."""

    day = models.DateField(_("day"))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_rehearsal")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


class Sealed(RuntimeError):
    """An attempt to change or delete what may only be added to."""


class AppendOnly(models.QuerySet):
    def update(self, **_fields):
        raise Sealed("The audit trail is only ever added to.")

    def delete(self):
        raise Sealed("The audit trail is only ever added to.")


class AuditHead(models.Model):
    """The last link of the chain: one row, locked by whoever adds the next."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_audit_head")]

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"


class AuditEntry(models.Model):
    """One act: who did what to which thing, when, and why. Chained to the one before it."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    actor_label = models.CharField(max_length=200)
    verb = models.CharField(max_length=60, db_index=True)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    object_label = models.CharField(max_length=300)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    request_id = models.CharField(max_length=36, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["-number"]
        indexes = [models.Index(fields=["object_type", "object_id", "-number"], name="audit_of_object")]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.object_label}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Sealed("The audit trail is only ever added to.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Sealed("The audit trail is only ever added to.")


class OnceKey(models.Model):
    """The one-time key of a sent form, and where its first sending led."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.UUIDField()
    result = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="form_sent_once")]

    def __str__(self) -> str:
        return str(self.key)


def job_file(job: "Job", filename: str) -> str:
    """A random name: what a file is called for people stands in `Job.filename`."""
    return f"jobs/{secrets.token_hex(16)}"


class Job(models.Model):
    """Work that takes longer than a page may: queued, run by the worker, watched by whoever started it."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting for its turn")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    title = CleanCharField(max_length=200)
    actor = models.ForeignKey(User, models.PROTECT, related_name="jobs")
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    cancel_asked = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    reason = CleanTextField(blank=True)
    result_url = models.CharField(max_length=500, blank=True)
    file = models.FileField(upload_to=job_file, blank=True)
    filename = CleanCharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("core:job", args=[self.pk])

    @property
    def ended(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)


def upload_file(upload: "Upload", filename: str) -> str:
    """A random name, without an extension that anything would run: its name for people stands in `Upload.name`."""
    return f"uploads/{secrets.token_hex(16)}"


class UploadQuerySet(models.QuerySet["Upload"]):
    def of(self, owner: models.Model) -> "UploadQuerySet":
        """The files of a thing."""
        return self.filter(owner_type=owner._meta.label_lower, owner_id=owner.pk)


class Upload(models.Model):
    """A file that was handed in with something: `slot` says as what. See `core.uploads`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner_type = models.CharField(max_length=60)  # "congress.conferencereport"
    owner_id = models.PositiveBigIntegerField()
    slot = models.SlugField(max_length=30)
    file = models.FileField(upload_to=upload_file)
    name = CleanCharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["owner_type", "owner_id", "slot"], name="files_of_a_thing")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("core:file", args=[self.pk])


class Mail(models.Model):
    """A letter in the outbox, with what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        HELD = "held", _("Held back (rehearsal)")

    to = models.EmailField(_("to"))
    recipient = models.ForeignKey(User, models.PROTECT, null=True, verbose_name=_("recipient"), related_name="+")
    subject = CleanCharField(_("subject"), max_length=200)
    body = CleanTextField(_("text"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("outbox")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
