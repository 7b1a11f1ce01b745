"""Units and blocks in the Department's catalogues: seen as lists, written through `actions`."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core import locks
from core.once import once
from core.versions import words
from core.vietnamese import fold
from units import actions
from units.hats import hats
from units.models import Block, Unit


class DepartmentAdmin(admin.ModelAdmin):
    """What the Department sees in the admin. Nothing is written until a subclass says through which act."""

    with_history = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return hats(request.user).department

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return hats(request.user).department

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Lists are narrowed by what they offer, and by nothing else: a count would tell a hidden column's letters."""
        return lookup.split("__")[0] in self.list_filter

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The plain field of the portal's other forms, without the admin's pop-ups and calendars."""
        return db_field.formfield(**kwargs)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """The history stands beside the row."""
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", object_id)

    def heading(self, obj: Any) -> str:
        """What the page of a row is called."""
        return str(obj)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        original = context["original"]
        context["heading"] = self.heading(original) if original else ""
        context["with_history"] = self.with_history and original is not None
        return super().render_change_form(request, context, *args, **kwargs)

    def log_addition(self, request, obj, message):
        """Nothing: the audit trail tells what was done."""

    def log_change(self, request, obj, message):
        """Nothing: the audit trail tells what was done."""


class SearchedWithoutMarks(admin.ModelAdmin):
    """A short catalogue, searched as every list of the portal is: `search_fields` names columns of text."""

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        asked = fold(search_term).split()
        texts = {pk: fold(" ".join(row)) for pk, *row in queryset.values_list("pk", *self.search_fields)}
        found = [pk for pk, text in texts.items() if all(word in text for word in asked)]
        return queryset.filter(pk__in=found), False


class CatalogueForm(forms.ModelForm):
    """A row of a catalogue. These rows count no edits: the form carries what each field said when it was read.

    Where somebody else has changed a field meanwhile, theirs stays; where both have, the form comes back and says so.
    """

    stale = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.now = {name: getattr(self.instance, name) for name in self.fields} if self.instance.pk else {}
        for name in self.now:
            self.fields[name].show_hidden_initial = True

    @property
    def as_read(self) -> list[str]:
        """What each field said when it was read, to be sent along."""
        return [self[name].as_hidden(only_initial=True) for name in self.now]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, now in self.now.items():
            read = self._read(name)
            if name not in cleaned or read == now:
                continue
            if cleaned[name] == read:  # not touched here
                cleaned[name] = now
            elif cleaned[name] != now:
                self._say_stale(name, now)
        return cleaned

    def _read(self, name: str) -> Any:
        """The value that the sender read in a field; what stands there now where the form does not tell."""
        text = self.data.get(self[name].html_initial_name)
        if text is None:
            return self.now[name]
        try:
            value = self.fields[name].to_python(text)
        except ValidationError:
            return text
        field: Any = self._meta.model._meta.get_field(name)
        return value if field.remote_field else field.to_python(value)

    def _say_stale(self, name: str, now: Any) -> None:
        """Both texts, and a form that sets this one when it is sent again."""
        self.stale = True
        text = words(self._meta.model._meta.get_field(name), now) or "–"
        self.add_error(
            name,
            _("Somebody else has set this to “%(now)s” meanwhile. Save again to set yours.") % {"now": text},
        )
        self.data = self.data.copy()
        value = self.fields[name].prepare_value(now)
        self.data[self[name].html_initial_name] = "" if value is None else str(value)


class WrittenByTheDepartment(DepartmentAdmin):
    """What the Department also adds and changes here: `add` and `change` name the acts that do it."""

    form = CatalogueForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        return hats(request.user).department

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return hats(request.user).department

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Any:
        raise NotImplementedError

    def change(self, request: HttpRequest, obj: Any, values: dict[str, Any]) -> Any:
        raise NotImplementedError

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Hand what was typed to the act; the row that the form has filled in is not saved itself."""
        if change:
            changed = {name: form.cleaned_data[name] for name in form.changed_data}
            self.change(request, type(obj)._default_manager.get(pk=obj.pk), changed)
        else:
            obj.pk = self.add(request, form.cleaned_data).pk

    def add_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """A form sent twice adds one row."""
        return once(super().add_view)(request, *args, **kwargs)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row; held, when it is about to be written, until it is compared with what its editor read."""
        found = super().get_object(request, object_id, from_field)
        return locks.lock(self.model, found.pk) if found and request.method == "POST" else found

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs) -> HttpResponse:
        response = super().render_change_form(request, context, *args, **kwargs)
        if getattr(context["adminform"].form, "stale", False):
            response.status_code = 409
        return response


@admin.register(Block)
class BlockAdmin(WrittenByTheDepartment):
    list_display = ["name_vi", "code", "order"]
    fields = ["code", "name_vi", "name_en", "order"]

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Block:
        return actions.add_block(actor=request.user, **values)

    def change(self, request: HttpRequest, obj: Block, values: dict[str, Any]) -> None:
        actions.edit_block(actor=request.user, block=obj, **values)


@admin.register(Unit)
class UnitAdmin(WrittenByTheDepartment):
    """Units are added here; they are mended on their own page, which knows when two people edit at once."""

    list_display = ["name_vi", "code", "kind", "block", "own_conference", "confidence", "is_active"]
    list_filter = ["block", "kind", "confidence", "is_active"]
    list_select_related = ["block"]
    search_fields = ["folded"]
    fields = [
        "code", "name_vi", "name_en", "abbreviation", "kind", "head_title", "block", "own_conference",
        "headcount", "headcount_on", "confidence", "note", "order",
    ]  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> Any:
        return super().get_search_results(request, queryset, fold(search_term))

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Unit:
        return actions.add_unit(actor=request.user, **values)
