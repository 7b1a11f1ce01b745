"""Two people editing one thing lose nothing: an edit carries the version that it was read at."""

from django.db import models


class Versioned(models.Model):
    """A row that counts its edits."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Stale(Exception):
    """Somebody saved between reading and saving. `current` is the row as it stands now."""

    def __init__(self, current: Versioned) -> None:
        super().__init__(f"{current} is at version {current.version}")
        self.current = current


def check(current: Versioned, version: int) -> None:
    """Raise `Stale` unless the locked row is still the one that was read."""
    if current.version != version:
        raise Stale(current)


def save(current: Versioned, fields: list[str]) -> None:
    """Save these fields of a locked row and count one edit."""
    current.version += 1
    current.save(update_fields=[*fields, "version"])
