"""Every component in every state, for those who build the portal and for the tests that look at it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from core.fields import PartialDateFormField
from core.models import User
from core.refusal import Denial, refuse_if
from core.templatetags.ui import STATUS_ICONS
from units.hats import hats


class Sample(forms.Form):
    """Fields of every kind."""

    name = forms.CharField(label=_("Full name"), max_length=120)
    birth = PartialDateFormField(label=_("Date of birth"))
    email = forms.EmailField(label=_("E-mail"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("female", _("Female")), ("male", _("Male"))])
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(label=_("The list has been read"), required=False)


def why_not_see_styleguide(user: User) -> str | None:
    """The style guide is for the Department's people and those who build the portal with them."""
    return None if hats(user).department else Denial(_("The style guide is for those who build the portal."))


def styleguide(request: HttpRequest) -> HttpResponse:
    refuse_if(why_not_see_styleguide(request.user))
    wrong = Sample({"name": "", "birth": "31/02/1980", "email": "a@", "sex": "female"})
    wrong.is_valid()
    context = {
        "statuses": [(kind, _("State “%(kind)s”") % {"kind": kind}) for kind in STATUS_ICONS],
        "parts": [(_("Confirmed"), 287, "ok"), (_("Registered"), 41, "warn"), (_("Free"), 39, "wait")],
        "sample": Sample(),
        "form": wrong,
        "reason": _("The unit has used 05 of its 05 seats."),
    }
    return render(request, "portal/styleguide.html", context)
