"""Provisional, until the real one lands: model fields for Vietnamese text and partial dates."""

import unicodedata

from django.db import models


def _clean(text):
    return unicodedata.normalize("NFC", text).strip() if isinstance(text, str) else text


class CleanCharField(models.CharField):
    def get_prep_value(self, value):
        return _clean(super().get_prep_value(value))


class CleanTextField(models.TextField):
    def get_prep_value(self, value):
        return _clean(super().get_prep_value(value))


class PartialDateField(models.CharField):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10)
        super().__init__(*args, **kwargs)


class PersonNamed(models.Model):
    full_name = CleanCharField(max_length=120)
    sort_key = models.BinaryField(editable=False, db_index=True, default=b"")
    folded = models.CharField(max_length=120, editable=False, db_index=True, default="")

    class Meta:
        abstract = True
