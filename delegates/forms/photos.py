"""A photo chosen, and the frame in which it is cut."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core import uploads
from core.models import User
from core.uploads import Chosen, Handed, UploadField
from delegates import portrait
from delegates.portrait import Crop, Picture, Unfit


def picture_of(chosen: Chosen) -> Picture:
    """The picture that was chosen. Raises ValidationError where none can be cut out of it."""
    try:
        with default_storage.open(chosen.path) as file:
            return portrait.look(file)
    except Unfit as unfit:
        raise ValidationError(unfit.reason) from None


class PhotoForm(forms.Form):
    """Choose a picture."""

    photo = UploadField(
        label=_("Picture"),
        kinds=(uploads.JPEG, uploads.PNG),
        help_text=_("A portrait as in an identity paper, JPEG or PNG. In the next step you say which part is kept."),
        error_messages={"required": _("Choose a picture first.")},
    )

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.field.belongs(user, [])

    @property
    def field(self) -> Any:
        return self.fields["photo"]

    def clean_photo(self) -> Chosen:
        handed: Handed = self.cleaned_data["photo"]
        try:
            picture_of(handed.chosen[0])
        except ValidationError:
            uploads.drop(handed.chosen[0])
            self.field.widget.kept = []
            raise
        return handed.chosen[0]


def _slider(label: Any, least: int = 0) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"type": "range", "step": "0.5"})
    field = forms.FloatField(label=label, min_value=least, max_value=100, required=False, widget=widget)
    field.needed = True  # type: ignore[attr-defined] # a slider always says something
    return field


class CropForm(forms.Form):
    """Which part of a chosen picture is kept. What is not said is as `Crop` has it."""

    chosen = forms.CharField(widget=forms.HiddenInput)
    size = _slider(_("Size of the frame"))
    across = _slider(_("From left to right"))
    down = _slider(_("From top to bottom"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, user: User, token: str) -> None:
        usual = {"chosen": token, "size": Crop.size, "across": Crop.across, "down": Crop.down}
        super().__init__(data, initial=usual)
        self.file = uploads.from_token(token, user)
        self.fields["size"].widget.attrs["min"] = self.picture.least

    @cached_property
    def picture(self) -> Picture:
        return picture_of(self.file)

    @property
    def crop(self) -> Crop:
        """The frame as it was sent, as far as that makes sense."""
        sent = {name: self.cleaned_data.get(name) for name in ("across", "down", "size")} if self.is_bound else {}
        return Crop(**{name: value for name, value in sent.items() if value is not None})

    @property
    def frame(self) -> tuple[int, int, int, int]:
        """Left, top, width and height, as the page draws it first."""
        least = max(self.crop.size, self.picture.least)
        found = portrait.box(self.picture.width, self.picture.height, Crop(self.crop.across, self.crop.down, least))
        left, top, right, bottom = (round(side) for side in found)
        return left, top, right - left, bottom - top
