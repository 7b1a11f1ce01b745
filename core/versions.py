"""Two people editing one thing lose nothing: an edit carries the version that it was read at."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.vietnamese import short_date

FIELD = "version"


class Versioned(models.Model):
    """A row that counts its edits."""

    version = models.PositiveIntegerField(default=1, editable=False)

    CONFIDENTIAL: tuple[str, ...] = ()  # fields that neither the conflict page nor the trail ever shows
    UNTOLD: tuple[str, ...] = ()  # fields that the trail alone never shows: it cannot forget them when they have to go

    class Meta:
        abstract = True

    def other_texts(self, sent: Mapping[str, Any]) -> list[tuple[str, str, str]] | None:
        """For a row that keeps texts otherwise than in columns: where sent ones differ, as label, own, sent."""
        return None


class Stale(Exception):
    """Somebody saved between reading and saving. `current` is the row as it stands, `fields` what was to be written.

    `version` is the one that was read. Only these fields are told to whoever came second: what else was sent is
    nobody's question.
    """

    def __init__(self, current: Versioned, fields: Iterable[str] = (), version: int = 0) -> None:
        super().__init__(f"{current} is at version {current.version}")
        self.current, self.fields, self.version = current, frozenset(fields), version


def sent(post: Mapping[str, Any]) -> int:
    """The version that a form was read at; 0, which no row has, when it carries none."""
    text = str(post.get(FIELD, ""))
    return whole(text)


def whole(text: str, otherwise: int = 0) -> int:
    """A number that came in with a request: up to nine digits, anything else is `otherwise`."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def check(current: Versioned, version: int, fields: Iterable[str] = ()) -> None:
    """Raise `Stale` unless the locked row is still the one that was read; `fields` are those about to be written."""
    if current.version != version:
        raise Stale(current, fields, version)


def save(current: Versioned, fields: list[str]) -> None:
    """Save these fields of a locked row and count one edit."""
    current.version += 1
    current.save(update_fields=[*fields, "version"])


def apply(row: models.Model, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Set fields of a locked row, unsaved; what changed, as label → [before, after], ready for the trail.

    Of confidential and untold fields it is told that they changed, and not from what to what.
    """
    confidential = (*getattr(row, "CONFIDENTIAL", ()), *getattr(row, "UNTOLD", ()))
    changes: dict[str, list[str]] = {}
    for name, value in values.items():
        field: Any = row._meta.get_field(name)
        before = shown(row, field)
        setattr(row, name, field.to_python(value) if not field.remote_field else value)
        after = shown(row, field)
        if before != after:
            changes[str(field.verbose_name)] = ["…", "…"] if name in confidential else [before, after]
    return changes


def shown(row: models.Model, field: models.Field) -> str:
    """A field's value as people read it."""
    return words(field, getattr(row, field.name))


def words(field: models.Field, value: Any) -> str:
    """A value of a field as people read it."""
    if value is None or value == "":
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return f"{localtime(value):%H:%M %d/%m/%Y}"
    return short_date(value) if isinstance(value, date) else str(value)
