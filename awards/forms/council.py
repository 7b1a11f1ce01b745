"""Forms of the Council: its seats, and what its members assess and declare."""

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Assessment, CouncilSeat, Recusal
from core.models import User
from units.forms import DayInput, TermForm


class SeatForm(TermForm):
    """Who sits on the Council, by virtue of what, from when to when."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Person"))
    post = forms.ChoiceField(label=_("Post"), choices=CouncilSeat.Post.choices)
    title = forms.CharField(
        label=_("By virtue of"),
        max_length=200,
        required=False,
        help_text=_("The office that brings the seat, such as head of a department."),
    )
    field_order = ["user", "post", "title", "starts", "ends"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(is_active=True)


class EndSeatForm(forms.Form):
    """The last day of a seat, and why it ends."""

    last_day = forms.DateField(label=_("Last day"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class AssessmentForm(forms.ModelForm):
    """What a member thinks of a dossier."""

    class Meta:
        model = Assessment
        fields = ["points", "comment"]
        widgets = {"comment": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"points": _("From 0 to 100. For your own eyes, to prepare the vote.")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"] = forms.IntegerField(
            label=_("Points"), min_value=0, max_value=100, help_text=self.fields["points"].help_text
        )


class ConflictForm(forms.ModelForm):
    """Why a member does not vote on a list."""

    class Meta:
        model = Recusal
        fields = ["reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"reason": _("Such as: I head this collective; the nominee is a close relative.")}
