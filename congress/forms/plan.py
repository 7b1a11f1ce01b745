"""Forms of the plan: its tasks, their dates, its issues, and what its list may be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from congress import rules
from congress.models import Congress, Task
from core import clock
from core.fields import DayFormField
from core.models import User
from units.hats import hats
from units.models import Unit


class TaskForm(forms.ModelForm):
    """What a task is, who leads it, and by when; the dates of a published task are moved on their own page."""

    class Meta:
        model = Task
        fields = [
            "name_vi", "name_en", "phase", "clause", "lead", "cooperating", "person", "starts", "due", "anchor",
            "anchor_conference", "offset_days", "length_days", "needs", "tentative", "product",
        ]  # fmt: skip
        widgets = {
            "cooperating": forms.SelectMultiple(attrs={"size": 6}),
            "needs": forms.SelectMultiple(attrs={"size": 8}),
        }
        help_texts = {
            "anchor": _("Leave both days empty then: they follow the event, also when it is postponed."),
            "offset_days": _("A number of days; with a minus before the event, such as -20."),
            "length_days": _("From the first day to the last, both counted."),
        }

    def __init__(self, *args, congress: Congress, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.congress = congress
        self.fields["phase"].queryset = congress.phases.all()
        self.fields["needs"].queryset = congress.tasks.exclude(pk=self.instance.pk)
        self.fields["person"].queryset = User.objects.filter(is_active=True).order_by("sort_key")
        self.fields["anchor_conference"].queryset = congress.conferences.all()
        if rules.why_not_set_dates(self.instance):
            for name in Task.DATES:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        needs = found.get("needs")
        if needs is not None and (reason := rules.why_not_need(self.instance, needs)):
            self.add_error("needs", reason)
        if "anchor" in self.fields:
            self._dates(found)
        return found

    def _dates(self, found: dict[str, Any]) -> None:
        """Days of its own, or an event with distance and length: what is missing is said at its field."""
        anchor = found.get("anchor")
        if anchor:
            found["starts"] = found["due"] = None
            asked = [("offset_days", _("Say how many days after the event the task is due: 0 is the day itself."))]
            asked.append(("length_days", _("Say how many days the task takes.")))
            if anchor == Task.Anchor.CONFERENCE:
                asked.append(("anchor_conference", _("Choose the conference that the task follows.")))
            else:
                found["anchor_conference"] = None
        else:
            found |= {"anchor_conference": None, "offset_days": None, "length_days": None}
            asked = [("starts", _("Enter the day the task starts.")), ("due", _("Enter the day the task is due."))]
        for name, words in asked:
            if name not in self.errors and found.get(name) is None:
                self.add_error(name, words)
        if found.get("length_days") == 0:
            self.add_error("length_days", _("A task takes one day at least."))


class TaskReportForm(forms.ModelForm):
    """How far a task is."""

    finished = forms.BooleanField(label=_("The task is finished"), required=False)

    class Meta:
        model = Task
        fields = ["progress", "status", "difficulty"]
        widgets = {"difficulty": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["progress"].max_value = 100
        self.fields["progress"].widget.attrs["max"] = 100
        if self.instance.finished_on:
            self.fields["finished"].initial = True

    def clean_progress(self) -> int:
        progress = self.cleaned_data["progress"]
        if progress > 100:
            raise forms.ValidationError(_("Progress goes from 0 to 100."))
        return progress


class MoveDatesForm(forms.Form):
    """The new dates of a published task."""

    starts = DayFormField(label=_("Starts"))
    due = DayFormField(label=_("Due"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("starts") and found.get("due") and found["due"] < found["starts"]:
            self.add_error("due", _("The task is due before it starts."))
        return found


class MoveForm(MoveDatesForm):
    """The new dates again, and why they move and by which paper."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)
    document = forms.CharField(
        label=_("Document: number, day and kind"),
        max_length=200,
        help_text=_("Such as: Thông báo số 815/TB-BKHCN ngày 20/3/2020."),
    )


class IssueForm(forms.Form):
    """The paper that an issue of the plan goes out with."""

    document = forms.CharField(
        label=_("Document: number, day and kind"),
        max_length=200,
        required=False,
        help_text=_("Such as: Công văn số 2298/BKHCN-TĐKT ngày 01/8/2019."),
    )


class ReturnPlanForm(forms.Form):
    """Why an issue goes back to be worked on."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class TaskFilters(django_filters.FilterSet):
    """What the plan's list may be narrowed by."""

    phase = django_filters.ChoiceFilter(label=_("Phase"))
    lead = django_filters.ChoiceFilter(label=_("Lead unit"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("open", _("Open")), ("late", _("Overdue")), ("done", _("Finished"))],
        method="in_state",
    )
    mine = django_filters.ChoiceFilter(label=_("Tasks"), choices=[("yes", _("mine and of my units"))], method="of_mine")

    class Meta:
        model = Task
        fields: list[str] = []

    def __init__(self, *args, congress: Congress, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        led = congress.tasks.visible_to(user).order_by().values("lead")
        leads = Unit.objects.filter(pk__in=led).order_by("order")
        self.filters["phase"].extra["choices"] = [(phase.pk, phase.name) for phase in congress.phases.all()]
        self.filters["lead"].extra["choices"] = [(unit.pk, unit.name) for unit in leads]

    def in_state(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        if value == "late":
            return queryset.overdue(clock.today())
        return queryset.open() if value == "open" else queryset.exclude(finished_on=None)

    def of_mine(self, queryset: QuerySet, _name: str, _value: str) -> QuerySet:
        return queryset.filter(Q(lead__in=hats(self.user).unit_ids) | Q(person=self.user))
