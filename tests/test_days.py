"""Days far off are mistyped: every form says so in words, and none of them breaks."""

import importlib
import pkgutil
import uuid
from collections.abc import Iterator
from datetime import date

import pytest
from django import forms
from django.apps import apps
from django.db import models
from django.urls import reverse

from awards.dossier import sections
from awards.forms.dossier import section_form
from awards.models import Kind, Sitting
from core.fields import DayField, DayFormField
from tests.awards.scenes import make_nomination, make_sitting

ROOMS = ("core", "units", "congress", "delegates", "awards", "portal")
FAR = ("01/01/0001", "31/12/1899", "01/01/2101", "31/12/9999")


def forms_of_the_portal() -> Iterator[type[forms.BaseForm]]:
    for room in ROOMS:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            if "form" in module.name and "migrations" not in module.name:
                importlib.import_module(module.name)
    waiting: list[type] = [forms.BaseForm]
    while waiting:
        found = waiting.pop()
        waiting += found.__subclasses__()
        if found.__module__.split(".")[0] in ROOMS:
            yield found


def day_fields(cast) -> list[tuple[str, forms.Field]]:
    fields = [
        (f"{form.__name__}.{name}", field)
        for form in forms_of_the_portal()
        for name, field in getattr(form, "base_fields", {}).items()
    ]
    for kind in Kind:
        for section in sections(kind):
            form = section_form(make_nomination(cast.congress, cast.unit, kind), section)
            fields += [(f"{section.key}.{name}", field) for name, field in form.fields.items()]
    return [(name, field) for name, field in fields if isinstance(field, forms.DateField | forms.DateTimeField)]


@pytest.mark.django_db
def test_every_day_that_is_written_lies_within_the_years_that_people_mean(cast):
    fields = dict(day_fields(cast))
    some = {"SittingForm.day", "OfficeForm.starts", "CongressForm.congress_from", "AwardForm.decision_date"}
    assert some <= {*fields}
    for name, field in fields.items():
        assert isinstance(field, DayFormField), f"{name}: use core.fields.DayField or DayFormField"
        for text in FAR:
            with pytest.raises(forms.ValidationError) as fault:
                field.clean(text)
            assert "2100" in fault.value.messages[0], name
        assert field.clean("05/09/2020") == date(2020, 9, 5)
        assert field.widget.attrs["placeholder"], name


def test_every_day_of_a_row_that_is_written_too():
    own = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
    days = [
        field
        for model in own
        for field in model._meta.concrete_fields
        if type(field) is models.DateField and field.editable
    ]
    copied = {
        "congress.DateMove",
        "congress.ReminderSent",
        "core.Rehearsal",
    }  # from other rows, and from a command on the server
    assert [str(field) for field in days if field.model._meta.label not in copied] == []


@pytest.mark.django_db
@pytest.mark.parametrize("day", FAR)
def test_a_sitting_in_the_year_one_gets_the_form_back(cast, enter, day):
    sitting = make_sitting(cast.congress)
    values = {"day": day, "time": "08:30", "place": "Hội trường", "quorum_numerator": 2, "quorum_denominator": 3}
    values |= {"tellers_wanted": 3, "version": sitting.version, "once": str(uuid.uuid4())}
    page = enter(cast.secretary).post(reverse("awards:sitting_change", args=["2020", sitting.pk]), values)
    assert page.status_code == 200
    assert "2100" in page.context["form"].errors["day"][0]
    assert day in page.text
    assert Sitting.objects.get().held_at == sitting.held_at


def test_the_database_knows_a_day_as_a_plain_date():
    assert DayField().deconstruct()[1] == "django.db.models.DateField"
