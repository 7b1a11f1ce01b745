"""Forms of a list that is sent as a workbook: the file, where its table is, what its columns hold."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from delegates import tallies
from delegates.imports.columns import MOST_LINES, SEVERAL, Head, targets
from delegates.models import Category, SentList
from documents import workbook


class FileForm(forms.Form):
    """A workbook. What is in it is looked at when it is taken in."""

    file = forms.FileField(
        label=_("Excel file"),
        help_text=_("A file whose name ends in .xlsx, at most %(most)s MB.") % {"most": workbook.MOST_BYTES // 1024**2},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": _("Choose the file that holds the list."),
            "empty": _("This file is empty: choose another."),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > workbook.MOST_BYTES:  # before anything is read
            words = _("This file is larger than %(most)s MB: leave out pictures and sheets that are not needed.")
            raise forms.ValidationError(words, params={"most": workbook.MOST_BYTES // 1024**2})
        return file


class TableForm(forms.Form):
    """On which sheet the list stands, and which row its head is."""

    sheet = forms.ChoiceField(label=_("Sheet"))
    row = forms.IntegerField(
        label=_("Row of the head"),
        min_value=1,
        help_text=_("The number that Excel shows at the left of the row with the titles of the columns."),
    )
    lines = forms.TypedChoiceField(
        label=_("Rows that the head has"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, MOST_LINES + 1)],
        help_text=_("Two where “Nam” and “Nữ” stand below “Năm sinh”."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, sent: SentList, sheets: list[workbook.Sheet]) -> None:
        initial = {"sheet": sent.sheet, "row": sent.head_row or 1, "lines": sent.head_lines}
        super().__init__(data, initial=initial)
        self.sheets = {sheet.name: sheet for sheet in sheets}
        field: Any = self.fields["sheet"]
        field.choices = [(sheet.name, _with_mark(sheet)) for sheet in sheets]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        sheet, row = self.sheets.get(cleaned.get("sheet", "")), cleaned.get("row")
        if sheet and row and not any(line.number == row for line in sheet.rows):
            self.add_error("row", _("Nothing stands in this row: write the number of the row with the titles."))
        return cleaned


def _with_mark(sheet: workbook.Sheet) -> str:
    hidden = _("hidden")
    return f"{sheet.name} ({hidden})" if sheet.hidden else sheet.name


class ColumnsForm(forms.Form):
    """What each column holds; the category of rows that name none."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, sent: SentList, head: Head, categories: list[Category]
    ) -> None:
        super().__init__(data)
        self.head, self.sent = head, sent
        offered = [("", _("Leave it out")), *targets(identity=tallies.asks_identity(sent.congress)).items()]
        for column, title in head.titles.items():
            self.fields[f"column-{column}"] = forms.ChoiceField(
                label=title,
                choices=offered,
                required=False,
                initial=sent.columns.get(str(column), ""),
                widget=forms.Select(attrs={"class": "form-select"}),
            )
        self.fields["category"] = forms.ModelChoiceField(
            Category.objects.filter(pk__in=[category.pk for category in categories]),
            label=_("Category of rows that name none"),
            help_text=_(
                "Where the whole list is of one category. A heading above rows, such as “I. Điển hình tiên tiến”, "
                "counts before it."
            ),
            empty_label=_("Each row names its own"),
            required=False,
            initial=sent.category_id,
        )

    @property
    def columns(self) -> dict[int, str]:
        """What the columns hold, without those that are left out."""
        chosen = {column: self.cleaned_data.get(f"column-{column}", "") for column in self.head.titles}
        return {column: target for column, target in chosen.items() if target}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        met: dict[str, int] = {}
        for column, target in self.columns.items():
            if target in met and target not in SEVERAL:
                words = _("This is said of column %(other)s too: choose one of the two.")
                other = {"other": self.head.titles[met[target]]}
                self.add_error(f"column-{column}", forms.ValidationError(words, params=other))
            met.setdefault(target, column)
        if "full_name" not in met:
            self.add_error(None, _("Say which column holds the full name."))
        if not {"birth", "birth_male", "birth_female"} & set(met):
            self.add_error(None, _("Say which column holds the date or the year of birth."))
        return cleaned
