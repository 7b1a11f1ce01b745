"""Units and blocks in the Department's catalogues: seen as lists, written through `actions`."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.vietnamese import fold
from units import actions
from units.hats import hats
from units.models import Block, Unit


class DepartmentAdmin(admin.ModelAdmin):
    """What the Department sees in the admin. Nothing is written until a subclass says through which act."""

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

    def log_addition(self, request, obj, message):
        """Nothing: the audit trail tells what was done."""

    def log_change(self, request, obj, message):
        """Nothing: the audit trail tells what was done."""


class WrittenByTheDepartment(DepartmentAdmin):
    """What the Department also adds and changes here: `add` and `change` name the acts that do it."""

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
        "headcount", "headcount_on", "confidence", "note", "order", "is_active",
    ]  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> Any:
        return super().get_search_results(request, queryset, fold(search_term))

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Unit:
        return actions.add_unit(actor=request.user, **values)
