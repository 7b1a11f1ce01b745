"""Forms of the congress, its tasks, conferences and programme."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from congress.models import Congress, ProgrammeItem, Task
from core import clock
from units.forms import DayInput
from units.hats import hats
from units.models import Unit

DAYS = ("conferences_from", "conferences_until", "congress_from", "congress_until", "held_on", "nominations_due")


class CongressForm(forms.ModelForm):
    """The facts of an edition."""

    class Meta:
        model = Congress
        fields = [
            "name_vi", "name_en", "held_on", "starts_at", "venue", "delegates_target", "collective_reports",
            "individual_reports", "nominations_due", "registration_due", "conferences_from", "conferences_until",
            "congress_from", "congress_until", "own_conference_above", "delegates_conference_above",
            "collectives_per_conference", "individuals_per_conference", "report_days", "period_from", "period_to",
            "phone", "ministry_vi", "ministry_en", "department_vi", "department_en", "council_vi", "council_en",
            "symbol", "seat",
        ]  # fmt: skip
        widgets = {name: DayInput() for name in (*DAYS, "registration_due")}


class TaskForm(forms.ModelForm):
    """What a task is, who leads it, and by when."""

    class Meta:
        model = Task
        fields = [
            "name_vi", "name_en", "phase", "clause", "lead", "cooperating", "starts", "due", "tentative", "product",
        ]  # fmt: skip
        widgets = {"starts": DayInput(), "due": DayInput(), "cooperating": forms.SelectMultiple(attrs={"size": 6})}

    def __init__(self, *args, congress: Congress, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].queryset = congress.phases.all()


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


class ProgrammeItemForm(forms.ModelForm):
    """A point of the programme."""

    class Meta:
        model = ProgrammeItem
        fields = ["name_vi", "name_en", "presenter", "starts_at", "minutes"]
        widgets = {"starts_at": forms.TimeInput(format="%H:%M", attrs={"placeholder": "14:00"})}
        help_texts = {"starts_at": _("Only where it does not follow from the items before.")}


class TaskFilters(django_filters.FilterSet):
    """What the plan's list may be narrowed by."""

    phase = django_filters.ChoiceFilter(label=_("Phase"))
    lead = django_filters.ChoiceFilter(label=_("Lead unit"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("open", _("Open")), ("late", _("Overdue")), ("done", _("Finished"))],
        method="in_state",
    )
    mine = django_filters.ChoiceFilter(label=_("Tasks"), choices=[("yes", _("of my units"))], method="of_mine")

    class Meta:
        model = Task
        fields: list[str] = []

    def __init__(self, *args, congress: Congress, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        leads = Unit.objects.filter(led_tasks__congress=congress).distinct().order_by("order")
        self.filters["phase"].extra["choices"] = [(phase.pk, phase.name) for phase in congress.phases.all()]
        self.filters["lead"].extra["choices"] = [(unit.pk, unit.name) for unit in leads]

    def in_state(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        if value == "late":
            return queryset.overdue(clock.today())
        return queryset.open() if value == "open" else queryset.exclude(finished_on=None)

    def of_mine(self, queryset: QuerySet, _name: str, _value: str) -> QuerySet:
        return queryset.filter(lead__in=hats(self.user).unit_ids)
