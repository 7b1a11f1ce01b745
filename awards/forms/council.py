"""Forms of the Council: its seats, and what its members assess and declare."""

from django import forms
from django.db.models import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _

from awards.models import Assessment, CouncilSeat, Recusal
from core.models import User
from units.forms import TermForm


class PersonField(forms.ModelChoiceField):
    """A person of all who have an account; the user name tells two of one name apart."""

    def label_from_instance(self, user: User) -> str:  # type: ignore[override]
        return f"{user} ({user.username})"


class SeatForm(TermForm):
    """Who sits on the Council, by virtue of what, from when to when."""

    user = PersonField(User.objects.filter(is_active=True), label=_("Full name"))
    post = forms.ChoiceField(label=_("Post"), choices=[*BLANK_CHOICE_DASH, *CouncilSeat.Post.choices])
    title = forms.CharField(
        label=_("By virtue of"),
        max_length=200,
        required=False,
        help_text=_("The office that brings the seat, such as head of a department."),
    )
    field_order = ["user", "post", "title", "starts", "ends"]


class AssessmentForm(forms.ModelForm):
    """What a member thinks of a dossier."""

    points = forms.IntegerField(
        label=_("Points"),
        min_value=0,
        max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("From 0 to 100."),
    )

    class Meta:
        model = Assessment
        fields = ["points", "comment"]
        widgets = {"comment": forms.Textarea(attrs={"rows": 8})}


class ConflictForm(forms.ModelForm):
    """Why a member does not vote on a list."""

    class Meta:
        model = Recusal
        fields = ["reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"reason": _("Such as: I head this collective; the nominee is a close relative.")}
