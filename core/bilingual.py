"""Things that carry a name in both languages."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField


class Bilingual(models.Model):
    """A thing named in Vietnamese, and in English where somebody has translated it."""

    name_vi = CleanCharField(_("Vietnamese name"), max_length=250)
    name_en = CleanCharField(_("English name"), max_length=250, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language; Vietnamese where there is no other."""
        return (self.name_en if get_language() == "en" else "") or self.name_vi
