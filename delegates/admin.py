"""The Department's catalogues of categories and ethnic groups, written through `actions`."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from congress.admin import CatalogueOfACongress
from delegates import actions
from delegates.models import Category, EthnicGroup
from units.admin import SearchedWithoutMarks, WrittenByTheDepartment


@admin.register(Category)
class CategoryAdmin(CatalogueOfACongress):
    list_display = ["name_vi", "code", "counted", "by_unit", "represents_collective", "needs_award", "guest", "order"]
    fields = [
        "congress", "code", "name_vi", "name_en", "short_vi", "short_en", "counted", "by_unit",
        "represents_collective", "needs_award", "elected", "guest", "order",
    ]  # fmt: skip

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Category:
        return actions.add_category(actor=request.user, **values)

    def change(self, request: HttpRequest, obj: Category, values: dict[str, Any]) -> None:
        actions.edit_category(actor=request.user, category=obj, **values)


@admin.register(EthnicGroup)
class EthnicGroupAdmin(SearchedWithoutMarks, WrittenByTheDepartment):
    list_display = ["name_vi", "code", "aliases", "is_minority"]
    list_filter = ["is_minority"]
    search_fields = ["name_vi", "aliases", "code"]
    fields = ["code", "name_vi", "aliases", "is_minority"]

    def add(self, request: HttpRequest, values: dict[str, Any]) -> EthnicGroup:
        return actions.add_ethnic_group(actor=request.user, **values)

    def change(self, request: HttpRequest, obj: EthnicGroup, values: dict[str, Any]) -> None:
        actions.edit_ethnic_group(actor=request.user, group=obj, **values)
