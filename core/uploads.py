"""Files that people hand in, one mechanism for every room.

A chosen file is looked at (extension, content, size) and kept aside under a random name; the form carries a signed
token of it, so that it survives another field's error without being chosen again. An act attaches it to the thing it
belongs to: then it is a row (`core.models.Upload`), and a file below MEDIA_ROOT that only `core.views.files` hands
out, to whom the rule of that thing lets in. What nobody attached is swept away.
"""

import secrets
import zipfile
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePath
from typing import IO, Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from core.models import Upload, User
from core.vietnamese import clean

WAITING = "waiting"  # the folder of what was chosen and not attached yet
WAITS = timedelta(days=1)
LONGEST_NAME = 120
OFFICE = "application/vnd.openxmlformats-officedocument"


# ---- What a file is ----


def _begins(*marks: bytes) -> Callable[[IO[bytes]], bool]:
    return lambda file: file.read(16).startswith(marks)


def _office(part: str) -> Callable[[IO[bytes]], bool]:
    """A zip archive with the parts of an Office file, and no macros in it."""

    def looks(file: IO[bytes]) -> bool:
        try:
            names = set(zipfile.ZipFile(file).namelist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return False
        macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        return {"[Content_Types].xml", part} <= names and not macros

    return looks


@dataclass(frozen=True)
class Kind:
    """A kind of file that may be handed in: its extensions, and how its content is known."""

    extensions: tuple[str, ...]
    content_type: str
    looks: Callable[[IO[bytes]], bool]


PDF = Kind((".pdf",), "application/pdf", _begins(b"%PDF-"))
JPEG = Kind((".jpg", ".jpeg"), "image/jpeg", _begins(b"\xff\xd8\xff"))
PNG = Kind((".png",), "image/png", _begins(b"\x89PNG\r\n\x1a\n"))
WORD = Kind((".docx",), f"{OFFICE}.wordprocessingml.document", _office("word/document.xml"))
EXCEL = Kind((".xlsx",), f"{OFFICE}.spreadsheetml.sheet", _office("xl/workbook.xml"))
KINDS = (PDF, JPEG, PNG, WORD, EXCEL)
SCANS = (PDF, JPEG, PNG)  # of a signed sheet


def extensions(kinds: Iterable[Kind]) -> str:
    """'.pdf, .jpg, .jpeg': for people and for the browser's own choice."""
    return ", ".join(extension for kind in kinds for extension in kind.extensions)


def clean_name(name: str) -> str:
    """The name that a file came with, without folders, odd letters and too great a length."""
    plain = clean("".join(sign for sign in PurePath(name.replace("\\", "/")).name if sign.isprintable()))
    stem, suffix = PurePath(plain).stem, PurePath(plain).suffix.lower()
    return (stem.strip(". ")[: LONGEST_NAME - len(suffix)] or "file") + suffix


def recognised(file: File, kinds: Collection[Kind] = KINDS) -> Kind:
    """The kind of a file. Raises ValidationError with what is wrong and what to do."""
    suffix = PurePath(clean_name(file.name or "")).suffix
    kind = next((kind for kind in kinds if suffix in kind.extensions), None)
    words = {"name": clean_name(file.name or ""), "kinds": extensions(kinds), "most": settings.UPLOAD_MOST_MB}
    if kind is None:
        raise ValidationError(_("“%(name)s” cannot be taken: choose a file of these kinds: %(kinds)s.") % words)
    if file.size > settings.UPLOAD_MOST_MB * 1024 * 1024:
        raise ValidationError(_("“%(name)s” is too large: at most %(most)s MB. Scan it at a lower resolution.") % words)
    if not file.size:
        raise ValidationError(_("“%(name)s” is empty: choose another file.") % words)
    file.seek(0)
    good = kind.looks(file)  # type: ignore[arg-type]
    file.seek(0)
    if not good:
        raise ValidationError(
            _("“%(name)s” is not what its name says: open it, save it anew as %(kinds)s, and choose it again.") % words
        )
    return kind


# ---- Chosen, kept aside ----


@dataclass(frozen=True)
class Chosen:
    """A file that somebody has chosen: kept aside until an act attaches it."""

    key: str
    name: str
    content_type: str
    size: int
    user_id: int | None

    @property
    def token(self) -> str:
        """What a form carries of it; worth nothing to anybody else, and nothing after a day."""
        return signing.dumps([self.key, self.name, self.content_type, self.size, self.user_id], salt=WAITING)

    @property
    def path(self) -> str:
        return f"{WAITING}/{self.key}"


def choose(file: File, user: User | None, kinds: Collection[Kind] = KINDS) -> Chosen:
    """Look at a file and keep it aside for this user. Raises ValidationError."""
    kind = recognised(file, kinds)
    chosen = Chosen(
        secrets.token_hex(16), clean_name(file.name or ""), kind.content_type, file.size, user.pk if user else None
    )
    default_storage.save(chosen.path, file)
    return chosen


def from_token(token: str, user: User | None) -> Chosen:
    """The file of a token. Raises ValidationError where it is somebody else's, too old or no longer there."""
    try:
        chosen = Chosen(*signing.loads(token, salt=WAITING, max_age=WAITS))
    except (signing.BadSignature, TypeError):
        chosen = None
    if chosen is None or chosen.user_id != (user.pk if user else None) or not default_storage.exists(chosen.path):
        raise ValidationError(_("A file that you had chosen is no longer here: choose it again."))
    return chosen


def sweep() -> int:
    """Delete what was chosen more than a day ago and never attached; how many files that were."""
    if not default_storage.exists(WAITING):
        return 0
    before = timezone.now() - WAITS  # of the files' own clock, whatever day a rehearsal has
    paths = [f"{WAITING}/{name}" for name in default_storage.listdir(WAITING)[1]]
    old = [path for path in paths if default_storage.get_modified_time(path) < before]
    for path in old:
        default_storage.delete(path)
    return len(old)


def drop(chosen: Chosen) -> None:
    """Let go of a chosen file that nobody attaches, at once."""
    default_storage.delete(chosen.path)


# ---- Attached ----


def attach(*, actor: User | None, owner: models.Model, slot: str, chosen: Chosen) -> Upload:
    """Attach a chosen file to a thing, in the transaction of the act that does so."""
    upload = Upload(
        owner_type=owner._meta.label_lower,
        owner_id=owner.pk,
        slot=slot,
        name=chosen.name,
        content_type=chosen.content_type,
        size=chosen.size,
        uploaded_by=actor,
    )
    with default_storage.open(chosen.path) as file:
        upload.file.save(chosen.name, file, save=False)
    upload.save()
    transaction.on_commit(lambda: drop(chosen))
    sweep()
    return upload


def pass_on(upload: Upload, owner: models.Model) -> None:
    """Let a file belong to another thing, whose rule says from now on who reads it."""
    upload.owner_type, upload.owner_id = owner._meta.label_lower, owner.pk
    upload.save(update_fields=["owner_type", "owner_id"])


def detach(upload: Upload) -> None:
    """Take a file away again; it is gone when the transaction has ended."""
    path = upload.file.name
    upload.delete()
    transaction.on_commit(lambda: default_storage.delete(path))


Rule = Callable[[User, Any], bool]
_rules: dict[str, Rule] = {}


def register(model: type[models.Model], may_read: Rule) -> None:
    """Say who may read the files of a model's things. Files of a model without a rule are handed to nobody."""
    _rules[model._meta.label_lower] = may_read


def may_read(user: User, upload: Upload) -> bool:
    """Whether the rule of the thing that a file belongs to lets this person read it."""
    rule = _rules.get(upload.owner_type)
    owner = apps.get_model(upload.owner_type)._default_manager.filter(pk=upload.owner_id).first() if rule else None
    return bool(rule and owner and rule(user, owner))


# ---- In a form ----


@dataclass(frozen=True)
class Handed:
    """What a form says of a thing's files: new ones to attach, old ones to take away."""

    chosen: tuple[Chosen, ...] = ()
    gone: tuple[Upload, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.chosen or self.gone)


class UploadWidget(forms.widgets.Input):
    """The files that are there, those chosen a moment ago, and the field to choose (more)."""

    input_type = "file"
    template_name = "ui/upload.html"
    needs_multipart_form = True

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs)
        self.held: list[Upload] = []
        self.kept: list[Chosen] = []
        self.gone: list[str] = []

    def value_from_datadict(self, data, files, name: str) -> dict[str, list]:
        get = data.getlist if hasattr(data, "getlist") else lambda key: data.get(key, [])
        new = files.getlist(name) if isinstance(files, MultiValueDict) else files.get(name, [])
        return {"new": list(new), "kept": list(get(f"{name}-kept")), "gone": list(get(f"{name}-gone"))}

    def value_omitted_from_data(self, data, files, name: str) -> bool:
        return False

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        return context | {"held": self.held, "kept": self.kept, "gone": self.gone}


class UploadField(forms.Field):
    """Files of a thing in one slot. The form gives it the user and the files held: `field.belongs(user, held)`."""

    widget = UploadWidget

    def __init__(self, *, kinds: Collection[Kind] = KINDS, most: int = 1, **kwargs) -> None:
        super().__init__(**kwargs)
        self.kinds, self.most, self.user = kinds, most, None
        self.widget.attrs["accept"] = extensions(kinds)
        if most > 1:
            self.widget.attrs["multiple"] = True

    def belongs(self, user: User, held: Iterable[Upload]) -> None:
        """Whose form it is, and what is there already."""
        self.user = user  # type: ignore[assignment]
        self.widget.held = list(held)

    def clean(self, value: dict[str, list]) -> Handed:
        """What to attach and to take away. What was chosen well is kept, whatever is wrong with the rest."""
        faults: list[ValidationError] = []
        chosen: list[Chosen] = []
        for token in value["kept"]:
            self._try(lambda token=token: from_token(token, self.user), chosen, faults)
        for file in value["new"]:
            self._try(lambda file=file: choose(file, self.user, self.kinds), chosen, faults)
        widget: Any = self.widget
        gone = [upload for upload in widget.held if str(upload.pk) in value["gone"]]
        if self.most == 1 and chosen:  # another file takes the place of the one that is there
            chosen, gone = chosen[-1:], widget.held
        widget.kept, widget.gone = chosen, [str(upload.pk) for upload in gone]
        if len(widget.held) - len(gone) + len(chosen) > self.most:
            faults.append(ValidationError(_("At most %(most)s files here: take some away.") % {"most": self.most}))
        if self.required and not chosen and len(gone) == len(widget.held):
            faults.append(ValidationError(self.error_messages["required"], code="required"))
        if faults:
            raise ValidationError(faults)
        return Handed(tuple(chosen), tuple(gone))

    @staticmethod
    def _try(read: Callable[[], Chosen], found: list[Chosen], faults: list[ValidationError]) -> None:
        try:
            found.append(read())
        except ValidationError as fault:
            faults.append(fault)


def carried(form: forms.BaseForm) -> Any:
    """What was sent with a form, with the tokens of the files that were chosen: to be sent once more."""
    data = form.data.copy()
    for bound in form:
        if isinstance(bound.field, UploadField):
            widget: Any = bound.field.widget
            data.setlist(f"{bound.html_name}-kept", [chosen.token for chosen in widget.kept])
    return data
