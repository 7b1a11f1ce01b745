"""Forms of a conference: its day and agenda, and why it is moved or postponed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congress import rules
from congress.actions import SCHEDULE
from congress.models import Conference, DateMove

LONG = ("programme", "invited", "papers")
HINTS = {
    "programme": _("Point by point, a line each."),
    "papers": _("Who speaks on what, a line each."),
    "leader": _("With post and full name: two conferences that want one leader at one time are named."),
}
MOST_OF_DOCUMENT = DateMove._meta.get_field("document").max_length


def _reason(**options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=_("Reason"), widget=widget, max_length=1000, **options)


def _document(**options: Any) -> forms.CharField:
    help_text = _("Number, date and issuer, such as 812/BKHCN-TĐKT of 20/03/2020.")
    return forms.CharField(
        label=_("Document"), max_length=MOST_OF_DOCUMENT, required=False, help_text=help_text, **options
    )


class ScheduleForm(forms.ModelForm):
    """When and where a conference is held, and what happens there; an approved day is moved with a reason."""

    class Meta:
        model = Conference
        fields = list(SCHEDULE)
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in LONG}
        help_texts = HINTS

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].required = self.fields["session"].required = True
        self.approved = Conference(state=self.instance.state, held_on=self.instance.held_on)
        if self.instance.state == Conference.State.APPROVED:
            self.fields["reason"], self.fields["document"] = _reason(required=False), _document()
            self.fields["reason"].label = _("Reason, if the approved day is moved")
            self.fields["document"].label = _("Document, if the approved day is moved")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        day = values.get("held_on")
        for name in ("reason", "document"):
            given = {"reason": "…", "document": "…", name: values.get(name, "")}
            if day and name in self.fields and rules.why_not_move_day(self.approved, day, **given):
                self.add_error(name, _("The approved day is moved: fill this in."))
        return values


class PostponeForm(forms.Form):
    """Why a conference cannot be held on its day."""

    reason = _reason()
    document = _document()

    def __init__(self, *args, conference: Conference, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].required = conference.state == Conference.State.APPROVED
