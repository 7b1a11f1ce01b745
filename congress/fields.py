"""Fields of the congress's own kind."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

MOST_DAYS = 365


def reminder_days(text: str) -> list[int]:
    """'14, 7, 1' as numbers, the largest first, each once. Raises ValidationError in words for a form."""
    parts = [part for part in text.replace(";", ",").replace(",", " ").split() if part]
    if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
        raise ValidationError(_("Write whole numbers of days with commas between them: 14, 7, 1."))
    days = {int(part) for part in parts}
    if any(not 1 <= number <= MOST_DAYS for number in days):
        raise ValidationError(_("Reminders go out 1 to %(most)s days before.") % {"most": MOST_DAYS})
    return sorted(days, reverse=True)


class ReminderDaysField(models.CharField):
    """Numbers of days in one line, kept as '14, 7, 1'; empty for no reminder before a deadline."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        return ", ".join(map(str, reminder_days(value))) if isinstance(value, str) else value
