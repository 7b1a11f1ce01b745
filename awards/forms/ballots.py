"""Forms of secret ballots. What is marked on a paper and an opening code are read here and kept nowhere."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from awards.ballot import WrongCode, code_public_key
from awards.models import Ballot, Candidate, Teller
from awards.queries.ballots import where
from core import versions
from core.models import User


@dataclass(frozen=True)
class Mark:
    """A line of a paper."""

    number: int
    nominee: str
    where: str
    picked: bool


class PaperForm(forms.Form):
    """A ballot paper: the numbers of the candidates picked, and for a blank one that it is meant to be blank.

    Numbers have two digits, so that what is sent does not differ in length from one choice to another.
    """

    picked = forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        error_messages={"invalid_choice": _("A choice is not on this ballot. Choose anew.")},
    )
    blank = forms.BooleanField(label=_("I cast a blank paper: it counts for nobody."), required=False)

    def __init__(self, ballot: Ballot, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.ballot = ballot
        self.candidates = list(ballot.candidates.select_related("nomination__unit"))
        self.fields["picked"].choices = [(f"{one.order:02}", str(one)) for one in self.candidates]

    def clean_picked(self) -> list[int]:
        picked, places = sorted(set(self.cleaned_data["picked"])), self.ballot.places
        if len(picked) > places:
            more = len(picked) - places
            words = ngettext(
                "You have chosen %(chosen)s; choose %(places)s at most. Take %(more)s choice back.",
                "You have chosen %(chosen)s; choose %(places)s at most. Take %(more)s choices back.",
                more,
            )
            raise forms.ValidationError(words % {"chosen": len(picked), "places": places, "more": more})
        return picked

    def may_be_cast(self) -> bool:
        """Whether the paper can go into the box: a blank one only when it is meant to be blank."""
        if self.cleaned_data["picked"] or self.cleaned_data["blank"]:
            return True
        self.add_error("blank", gettext("Nothing is chosen. Tick the box to cast a blank paper, or change the paper."))
        return False

    def marks(self) -> list["Mark"]:
        """Every candidate on the paper, and whether it is picked."""
        picked = self.numbers()
        return [Mark(one.order, str(one), where(one.nomination), one.order in picked) for one in self.candidates]

    def numbers(self) -> set[int]:
        """The numbers that were sent and stand on the paper, too many or not."""
        sent = self.data.getlist("picked") if self.is_bound else []
        known = {candidate.order for candidate in self.candidates}
        return {versions.whole(number) for number in sent} & known


class CodeInput(forms.PasswordInput):
    """A field that shows what is typed, and never what was sent."""

    input_type = "text"

    def __init__(self) -> None:
        super().__init__(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-input",
            }
        )


class CountForm(forms.Form):
    """The codes of two tellers: the one who is signed in, and one who sits beside."""

    own_code = forms.CharField(label=_("Your opening code"), widget=CodeInput, max_length=200)
    other = forms.ModelChoiceField(
        Teller.objects.none(), label=_("The second teller"), widget=forms.RadioSelect, empty_label=None
    )
    other_code = forms.CharField(label=_("The second teller's opening code"), widget=CodeInput, max_length=200)

    def __init__(self, ballot: Ballot, user: User, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        tellers = Teller.objects.filter(sitting=ballot.sitting_id).select_related("user")
        self.own = tellers.get(user=user)
        others = tellers.exclude(user=user)
        self.fields["other"].queryset = others
        if others.count() == 1:
            self.fields["other"].initial = others[0]
        for name in ("own_code", "other_code"):
            self.fields[name].help_text = _(
                "Eight groups of four letters and digits. Blanks and hyphens do not matter."
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        self._check("own_code", self.own)
        if other := values.get("other"):
            self._check("other_code", other)
        return values

    def _check(self, name: str, teller: Teller) -> None:
        """Say of each code by itself whether it was mistyped, or is somebody else's."""
        if name not in self.cleaned_data:
            return
        try:
            known = code_public_key(self.cleaned_data[name])
        except WrongCode:
            self.add_error(name, gettext("This code is misspelt: compare it with your note, group by group."))
            return
        if known != bytes(teller.public_key or b""):
            words = gettext(
                "This is not the code of %(name)s for this sitting: it belongs to somebody else, or is an old one."
            )
            self.add_error(name, words % {"name": teller})

    @property
    def codes(self) -> dict[Teller, str]:
        """The two codes by their tellers, of a valid form."""
        return {self.own: self.cleaned_data["own_code"], self.cleaned_data["other"]: self.cleaned_data["other_code"]}


class RuleForm(forms.ModelForm):
    """What a nominee needs to be chosen."""

    threshold = forms.DecimalField(
        label=_("More than this share of votes, in %"),
        min_value=0,
        max_value=Decimal("99.99"),
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("50 means: more than half. 66.67 is entered with the decimal sign of your language."),
        error_messages={
            "max_value": _("Enter a share below 100 %%."),
            "min_value": _("Enter a share of 0 %% or more."),
        },
    )

    class Meta:
        model = Ballot
        fields = ["threshold", "base"]
        widgets = {"base": forms.RadioSelect}

    def clean_threshold(self) -> Decimal:
        return self.cleaned_data["threshold"].quantize(Decimal("0.01"))


class ReasonForm(forms.Form):
    """A reason that stands in the minutes."""

    reason = forms.CharField(
        label=_("Reason, for the minutes"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}), strip=True
    )


class TieForm(ReasonForm):
    """Whom of the tied the Chair chooses, and why."""

    chosen = forms.ModelMultipleChoiceField(
        Candidate.objects.none(), label=_("Chosen by the Chair"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ["chosen", "reason"]

    def __init__(self, ballot: Ballot, places: int, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        tied = ballot.candidates.filter(outcome=Candidate.Outcome.TIED).select_related("nomination__unit")
        self.fields["chosen"].queryset = tied
        self.fields["chosen"].help_text = _("Choose exactly %(places)s of the tied.") % {"places": places}

    def clean_chosen(self) -> list[Candidate]:
        chosen = list(self.cleaned_data["chosen"])
        if len(chosen) != self.places:
            raise forms.ValidationError(gettext("Choose exactly %(places)s of the tied.") % {"places": self.places})
        return chosen
