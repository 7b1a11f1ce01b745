"""What people write subject by subject: a page each, saved whether complete or not, a table with lines among them.

A dossier and the report of a conference are written so. What is missing keeps the whole from being sent, never a
subject from being saved.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.forms.models import modelform_factory
from django.http import JsonResponse, QueryDict
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import versions
from core.refusal import Refused
from core.versions import Stale

MOST_ROWS = 60  # lines of one table
MOST_SPARE = 10  # empty lines that a screen holds


@dataclass(frozen=True)
class Subject:
    """A subject: a page of its own. `needed` fields are those without which the whole cannot be sent."""

    key: str
    title: str | Promise
    hint: str | Promise
    needed: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        return self.needed + self.optional


@dataclass(frozen=True)
class Part:
    """A subject with how far it has come: `missing` are the fields, tables or files still to be filled in."""

    subject: Subject
    missing: tuple[str, ...]
    begun: bool = False

    @property
    def complete(self) -> bool:
        return not self.missing


def next_open(parts: Sequence[Part], key: str) -> str:
    """The subject to be filled in after this one, at the end from the first again; nothing when no other is open."""
    here = next(place for place, part in enumerate(parts) if part.subject.key == key)
    return next((part.subject.key for part in [*parts[here + 1 :], *parts[:here]] if not part.complete), "")


class SubjectForm(forms.ModelForm):
    """One subject's fields alone. `spare`: how many empty lines its table shows, if it has one."""

    NUMBERS: tuple[str, ...] = ()  # shown as text: a number field drops what is no number
    LONG: tuple[str, ...] = ()
    LINES = 6  # of a long text, as the page shows it
    FIELD_CLASSES: dict[str, type[forms.Field]] = {}

    def __init__(self, *args, subject: Subject, spare: int = 1, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.spare = subject, spare
        for name, field in self.fields.items():
            field.needed = name in subject.needed  # type: ignore[attr-defined]
            field.required = False
            if name in self.NUMBERS:
                field.widget.attrs["inputmode"] = "numeric"

    @property
    def values(self) -> dict[str, Any]:
        """What is valid, field by field: all of it in a faultless form."""
        return {name: self.cleaned_data[name] for name in self.subject.fields if name in self.cleaned_data}

    @property
    def lists(self) -> dict[str, Any]:
        """What the act takes besides: a table, or files."""
        return {}

    @property
    def faults(self) -> list[str]:
        """Every fault in a line: 'Số người: hãy nhập một số nguyên'."""
        return [str(error) for error in self.non_field_errors()] + [
            f"{getattr(field, 'label_in_row', field.label)}: {error}" for field in self for error in field.errors
        ]


def form_class(model: type[models.Model], base: type[SubjectForm], subject: Subject, **widgets: Any) -> Any:
    """The form of a subject: its fields of the model, long texts as areas, numbers as text."""
    areas = {name: forms.Textarea(attrs={"rows": base.LINES}) for name in subject.fields if name in base.LONG}
    return modelform_factory(
        model,
        form=base,
        fields=list(subject.fields),
        widgets=areas | widgets,
        localized_fields=[name for name in subject.fields if name in base.NUMBERS],
        field_classes=base.FIELD_CLASSES,
    )


class Row(forms.ModelForm):
    """A line of a table."""

    asked_for = False  # it has to be filled in

    @property
    def is_live(self) -> bool:
        """Whether this line says something: it is filled in, or has to be, and is not to be deleted."""
        return self.asked_for or (self.has_changed() and not self.data.get(self.add_prefix("DELETE")))


class _Rows(forms.BaseFormSet):
    """Lines of a table. None is bound to a saved row: the list is replaced as a whole."""

    def initial_form_count(self) -> int:
        return 0

    def add_fields(self, form: forms.BaseForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Delete this line")


class WithTable(forms.ModelForm):
    """A form that holds a table: a line each, and some empty ones. Whoever is one calls `lay_out` when it is made."""

    row_form: type[Row]
    name: str  # of the table, as the act takes it

    def lay_out(self, data: Any, spare: int) -> None:
        """Lay out the lines: those sent, or those saved and `spare` empty ones."""
        self.saved = self.saved_rows()
        made = forms.formset_factory(
            self.row_form,
            _Rows,
            extra=len(self.saved) + spare,
            can_delete=True,
            max_num=MOST_ROWS,
            absolute_max=MOST_ROWS,
        )
        initial = None if data else self.saved
        self.rows = made(data or None, initial=initial, prefix=self.name, form_kwargs=self.row_options())

    def saved_rows(self) -> list[dict[str, Any]]:
        """What the table holds now."""
        raise NotImplementedError

    def row_options(self) -> dict[str, Any]:
        """What each line's form is given."""
        return {}

    def check_rows(self, live: list[Row]) -> None:
        """What the lines may not be together."""

    def __iter__(self):
        """The fields of the lines too: the summary of faults leads to them."""
        yield from super().__iter__()
        for number, row in enumerate(self.rows, start=1):
            for field in row if row.is_live else ():
                field.label_in_row = gettext("Line %(number)s, %(label)s") % {"number": number, "label": field.label}
                yield field

    def full_clean(self) -> None:
        """Faults of the lines are faults of the form."""
        super().full_clean()
        if self.is_bound:
            for row in self.live_rows:
                for name, errors in row.errors.items():
                    self._errors[row.add_prefix(name)] = errors  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.rows.management_form.is_valid():
            raise forms.ValidationError(_("This form was not sent completely. Open the page again and send it."))
        live = self.live_rows
        for row in live:
            row.full_clean()
        self.check_rows(live)
        return values

    @property
    def live_rows(self) -> list[Row]:
        """The lines that say something."""
        return [row for row in self.rows.forms if row.is_live]

    @property
    def blank_rows(self) -> int:
        """How many lines were sent empty."""
        return len(self.rows.forms) - len(self.live_rows)

    @property
    def good_rows(self) -> list[dict[str, Any]]:
        """What the faultless lines say."""
        names = self.row_form._meta.fields or ()
        return [{name: row.cleaned_data[name] for name in names} for row in self.live_rows if not row.errors]


class TableForm(WithTable, SubjectForm):
    """A subject with a table, and a field that says that there is nothing to tell."""

    none: str  # the field that says so
    none_and_some: str | Promise = _("There are lines below: take this tick away, or delete the lines.")

    def __init__(self, data: Any = None, *args, **kwargs) -> None:
        super().__init__(data, *args, **kwargs)
        self.lay_out(data, self.spare)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get(self.none) and self.live_rows:
            self.add_error(self.none, self.none_and_some)  # type: ignore[arg-type]
        return values

    @property
    def alone(self) -> forms.BoundField:
        """The field beside the table."""
        return self[self.none]

    @property
    def lists(self) -> dict[str, Any]:
        """The lines to be saved. While a line is faulty, what was saved before is not thrown away for it."""
        if not self.rows.management_form.is_valid():
            return {}
        good = self.good_rows
        faulty = len(self.live_rows) - len(good)
        return {self.name: good + [row for row in self.saved if row not in good][:faulty]}


def spare_rows(text: str) -> int:
    """How many empty lines an address asks for: one at least, not more than a screen holds."""
    return min(max(versions.whole(text), 1), MOST_SPARE)


def one_more_row(post: QueryDict, name: str) -> QueryDict:
    """What was typed into a table, with one line more."""
    data, rows = post.copy(), versions.whole(post.get(f"{name}-TOTAL_FORMS", ""))
    if rows:
        data[f"{name}-TOTAL_FORMS"] = str(min(rows + 1, MOST_ROWS))
    return data


def saved_by_itself(
    faults: Sequence[str], save: Callable[[], Any], stale: str, place: dict[str, str] | None = None
) -> JsonResponse:
    """Save what is valid, and say in a line what is not (`faults`) and is not saved; what was typed stays in the page.

    `save` returns the row with `version` and `saved_at`; `stale` is said when somebody else has changed it. `place`
    says where a form that had no row yet is saved, and is to be found, from now on.
    """
    try:
        saved = save()
    except Stale:
        return JsonResponse({"text": stale}, status=409)
    except Refused as refused:
        return JsonResponse({"text": gettext("Not saved: %(why)s") % {"why": refused.reason}}, status=refused.status)
    text = gettext("Saved at %(time)s") % {"time": f"{localtime(saved.saved_at):%H:%M}"}
    if faults:
        text = f"{text}. " + gettext("Not saved: %(why)s") % {"why": " ".join(faults)}
    moved = {"place": place} if place else {}
    return JsonResponse({"version": saved.version, "text": text, "whole": not faults, **moved})
