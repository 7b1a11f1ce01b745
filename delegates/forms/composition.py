"""Forms of the make-up: targets, copies, and what has to be entered."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core import versions
from delegates.composition import NEEDABLE
from delegates.models import Category, CompositionTarget
from delegates.queries import composition as makeup


class TargetForm(forms.Form):
    """What share a class is to have."""

    of = forms.ChoiceField(label=_("Class"))
    bound = forms.ChoiceField(
        label=_("At least or at most"),
        choices=CompositionTarget.Bound.choices,
        widget=forms.RadioSelect,
        initial=CompositionTarget.Bound.LEAST,
    )
    percent = forms.DecimalField(
        label=_("Percent of the official delegates"), min_value=0, max_value=100, max_digits=4, decimal_places=1
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        field: Any = self.fields["of"]
        field.choices = [
            ("", _("Choose a class")),
            *(
                (title, [(f"{cut}.{value}", label) for value, label in classes.items()])
                for cut, (title, classes) in makeup.target_classes().items()
            ),
        ]

    @property
    def target(self) -> dict[str, Any]:
        """What the action takes."""
        cut, _dot, value = self.cleaned_data["of"].partition(".")
        percent: Decimal = self.cleaned_data["percent"].quantize(Decimal("0.1"))
        return {"cut": cut, "value": value, "bound": self.cleaned_data["bound"], "percent": percent}


class OccasionForm(forms.Form):
    """What a copy of the make-up is kept for."""

    occasion = forms.CharField(
        label=_("Occasion"),
        max_length=200,
        help_text=_("Such as “At the opening” or “Before the preparatory session”."),
    )


def needed(post: QueryDict, categories: list[Category]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """What a sent page says that categories need, and what each needed when the page was read, of those touched."""
    wanted, read = {}, {}
    for category in categories:
        before = post.get(f"read-{category.pk}")
        if before is None:  # a category that came while somebody was ticking
            continue
        ticked = post.getlist(f"needed-{category.pk}")
        names = [name for name in NEEDABLE if name in ticked]
        was = [name for name in NEEDABLE if name in before.split(",")]
        if names != was:
            wanted[category.pk], read[category.pk] = names, was
    return wanted, read


def picked_units(params: QueryDict) -> list[int]:
    """The units ticked on a page."""
    keys = [versions.whole(text) for text in params.getlist("unit")]
    return [key for key in keys if key]
