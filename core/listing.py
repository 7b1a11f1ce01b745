"""Lists of a page: search without accents, filters as removable pills, sort, pages.

All of it stands in the address, so that a list can be sent to somebody, and an export takes what the list shows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Q
from django.http import QueryDict

from core.vietnamese import fold


@dataclass(frozen=True)
class Pill:
    """A filter that is on, in words, and the address without it."""

    label: str
    url: str


class Listing:
    """A list as its address asks for it: `Listing(request.GET, queryset, …)`.

    `sorts` maps a name in the address to the columns it orders by; `search` names the folded columns.
    What the address asks wrongly is passed over. Costs one count and one page of rows.
    """

    def __init__(
        self,
        params: QueryDict,
        queryset: models.QuerySet,
        *,
        filterset: type[django_filters.FilterSet] | None = None,
        sorts: Mapping[str, Sequence[str]],
        default: str,
        search: Sequence[str] = (),
        per_page: int = 50,
        **filterset_options: Any,
    ) -> None:
        self.params, self.sorts, self.default, self.per_page = params, sorts, default, per_page
        self.search = search
        self.words = params.get("q", "").strip()
        self.filters = filterset(params, queryset=queryset, **filterset_options) if filterset else None
        if self.filters:
            self.filters.form.is_valid()
            queryset = self.filters.filter_queryset(queryset)
        if search and self.words:
            for word in fold(self.words).split():
                queryset = queryset.filter(Q(*[(f"{column}__contains", word) for column in search], _connector=Q.OR))
        self.queryset = queryset.order_by(*self._order())

    def _order(self) -> list[str]:
        columns = list(self.sorts[self.sort_key])
        if self.downwards:
            columns = [column[1:] if column.startswith("-") else f"-{column}" for column in columns]
        return [*columns, "pk"]

    @property
    def sort_key(self) -> str:
        asked = self.params.get("sort", "").removeprefix("-")
        return asked if asked in self.sorts else self.default

    @property
    def downwards(self) -> bool:
        return self.params.get("sort", "") == f"-{self.sort_key}"

    def direction_of(self, key: str) -> str:
        """'up', 'down' or nothing: how the list is ordered by this column."""
        if key != self.sort_key:
            return ""
        return "down" if self.downwards else "up"

    @cached_property
    def page(self) -> Page:
        return Paginator(self.queryset, self.per_page).get_page(self.params.get("page"))

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def range(self) -> str:
        """'1–50 / 412'."""
        if not self.total:
            return "0"
        return f"{self.page.start_index()}–{self.page.end_index()} / {self.total}"

    def url(self, **changes: Any) -> str:
        """The list's address with some parameters set, or taken out with None."""
        params = self.params.copy()
        for name, value in changes.items():
            params.pop(name, None)
            if isinstance(value, list):
                params.setlist(name, value)
            elif value is not None:
                params[name] = value
        return "?" + params.urlencode()

    def sort_url(self, key: str) -> str:
        return self.url(sort=f"-{key}" if self.direction_of(key) == "up" else key, page=None)

    @property
    def next_url(self) -> str:
        return self.url(page=self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def previous_url(self) -> str:
        return self.url(page=self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def pills(self) -> list[Pill]:
        """Every filter that is on, and the search."""
        found = [Pill(f"“{self.words}”", self.url(q=None, page=None))] if self.words else []
        for name, field in self.filters.form.fields.items() if self.filters else ():
            for value in self.params.getlist(name):
                shown = self._shown(field, value)
                if shown:
                    rest = [other for other in self.params.getlist(name) if other != value]
                    found.append(Pill(f"{field.label}: {shown}", self.url(**{name: rest or None, "page": None})))
        return found

    @staticmethod
    def _shown(field, value: str) -> str:
        """The words of a choice that is on; nothing for a value that is none of the choices."""
        if not hasattr(field, "choices"):
            return value
        return next((str(label) for key, label in field.choices if str(key) == value and value), "")

    @property
    def narrowed(self) -> bool:
        """Whether anything but all rows is asked for."""
        return bool(self.pills)
