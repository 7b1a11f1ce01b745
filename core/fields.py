"""Model fields that keep Vietnamese text clean and its keys right, however a row is written."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import vietnamese
from core.vietnamese import PartialDate


class _Clean:
    """Clean a text wherever it enters: forms, `save()`, `bulk_create()`, `update()`."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)  # type: ignore[misc]
        return vietnamese.clean(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)  # type: ignore[misc]
        return vietnamese.clean(value) if isinstance(value, str) else value

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = super().pre_save(instance, add)  # type: ignore[misc]
        if isinstance(value, str):
            value = vietnamese.clean(value)
            setattr(instance, self.attname, value)  # type: ignore[attr-defined]
        return value


class CleanCharField(_Clean, models.CharField):
    """One line of text in NFC, without odd blanks."""


class CleanTextField(_Clean, models.TextField):
    """Lines of text in NFC, without odd blanks."""


class _Derived:
    """A column computed from others of the row whenever the row is written."""

    def __init__(self, *args, source: tuple[str, ...] = (), derive: Callable | None = None, **kwargs) -> None:
        self.source, self.derive = source, derive
        kwargs["editable"] = False
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, path, args, {**kwargs, "source": self.source, "derive": self.derive}

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        texts = [str(getattr(instance, name) or "") for name in self.source]
        value = self.derive(" ".join(filter(None, texts)))  # type: ignore[misc]
        setattr(instance, self.attname, value)  # type: ignore[attr-defined]
        return value


class SortKeyField(_Derived, models.BinaryField):
    """Bytes that order like Vietnamese, the same on both databases."""


class FoldedField(_Derived, models.CharField):
    """What a search compares: the texts without marks."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("derive", vietnamese.fold)
        kwargs.setdefault("max_length", 600)
        super().__init__(*args, **kwargs)


FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


def check_year(day: date) -> None:
    """A day that was mistyped lies far off: neither the calendar nor the papers can hold the year 1 or 9999."""
    if not FIRST_DAY <= day <= LAST_DAY:
        words = _("Check the year: it has to lie between %(first)s and %(last)s.")
        raise ValidationError(words, "year", {"first": str(FIRST_DAY.year), "last": str(LAST_DAY.year)})


class DayInput(forms.DateInput):
    """A day as it is written: 05/09/2020."""

    def __init__(self, attrs: dict[str, Any] | None = None, format: str | None = None) -> None:  # noqa: A002 Django's
        super().__init__({"placeholder": _("dd/mm/yyyy"), "autocomplete": "off", **(attrs or {})}, format)


class DayFormField(forms.DateField):
    """A day that somebody writes, within the years that people mean."""

    widget = DayInput
    default_validators = [check_year]


class DayField(models.DateField):
    """A day of the calendar, within the years that people mean. The database knows it as a plain date."""

    default_validators = [check_year]

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": DayFormField, **kwargs})


class PhoneFormField(forms.CharField):
    """A telephone number as people write it, cleaned to one form."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        try:
            return vietnamese.clean_phone(typed) if typed else ""
        except ValueError as fault:
            raise ValidationError(str(fault)) from None


class PartialDateFormField(forms.CharField):
    """Year, month and year, or the whole date, the day first."""

    def __init__(self, **kwargs) -> None:
        kwargs.pop("max_length", None)
        kwargs.setdefault("help_text", _("Day/month/year; the year alone if no more is known."))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> PartialDate | None:
        from core import clock

        if isinstance(value, PartialDate):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            return PartialDate.parse(text, today=clock.today())
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, PartialDate) else value


class PartialDateField(models.CharField):
    """A `PartialDate`, stored as ISO text of its known parts."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection) -> PartialDate | None:
        return PartialDate.from_iso(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        if not value or isinstance(value, PartialDate):
            return value or None
        return PartialDate.parse(value)

    def get_prep_value(self, value: Any) -> Any:
        value = self.to_python(value)
        return value.iso if value else (None if self.null else "")

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return value.iso if value else ""

    def formfield(self, **kwargs):
        return models.Field.formfield(self, **{"form_class": PartialDateFormField, **kwargs})


class Keyed(models.Model):
    """A row with derived columns: they are saved whenever what they come from is."""

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs) -> None:
        if update_fields is not None:
            derived = [
                field.name
                for field in self._meta.concrete_fields
                if isinstance(field, _Derived) and set(field.source) & set(update_fields)
            ]
            update_fields = [*update_fields, *derived]
        super().save(*args, update_fields=update_fields, **kwargs)


class PersonNamed(Keyed):
    """Somebody with a name, in one field, as people write it."""

    full_name = CleanCharField(_("full name"), max_length=120)
    sort_key = SortKeyField(source=("full_name",), derive=vietnamese.person_key)
    folded = FoldedField(source=("full_name",), max_length=120)

    class Meta:
        abstract = True
