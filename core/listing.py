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
from django.db.models import F, Q
from django.http import QueryDict

from core.vietnamese import fold


@dataclass(frozen=True)
class ByCatalogue:
    """An order by the rows of a small catalogue, as the catalogue stands, and within each by columns of the list.

    `column` points into the catalogue. Who points nowhere comes last.
    """

    column: str
    order: tuple[str, ...]  # of the catalogue
    within: tuple[str, ...]

    def columns(self) -> list[Any]:
        """The whole order, for all rows at once."""
        ranks = [F(f"{self.column}__{name}").asc(nulls_last=True) for name in self.order]
        return [*ranks, F(f"{self.column}_id").asc(nulls_last=True), *self.within]


class CataloguePages(Paginator):
    """Pages of a list that is ordered by a catalogue, without sorting the whole list for each.

    How many rows each row of the catalogue has says where a page lies; only those rows are read, mostly of one or
    two, by an index. One query counts, one reads the catalogue's keys, one the page.
    """

    def __init__(self, rows: models.QuerySet, per_page: int, sort: ByCatalogue, *, downwards: bool) -> None:
        super().__init__(rows, per_page)
        self.rows, self.sort, self.downwards = rows, sort, downwards

    @cached_property
    def sizes(self) -> list[tuple[Any, int]]:
        """Key in the catalogue and number of rows, in the list's order."""
        column = self.sort.column
        counted = self.rows.order_by().values_list(column).annotate(number=models.Count("*"))
        numbers = dict(counted.values_list(column, "number"))
        catalogue = self.rows.model._meta.get_field(column).related_model
        keys = [*catalogue._default_manager.order_by(*self.sort.order, "pk").values_list("pk", flat=True), None]
        found = [(key, numbers[key]) for key in keys if key in numbers]
        return found[::-1] if self.downwards else found

    @cached_property
    def count(self) -> int:
        return sum(number for _key, number in self.sizes)

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        keys: list[Any] = []
        first = before = 0
        for key, size in self.sizes:
            if before < start + self.per_page and start < before + size:
                first = first if keys else start - before
                keys.append(key)
            before += size
        return Page(self._rows(keys)[first : first + self.per_page], number, self)

    def _rows(self, keys: list) -> models.QuerySet:
        """The rows of some rows of the catalogue, in the list's order."""
        column = self.sort.column
        if len(keys) == 1:
            within = _turned(self.sort.within, self.downwards)
            return self.rows.filter(**{column: keys[0]}).order_by(*within, "pk")
        some = Q(**{f"{column}__in": [key for key in keys if key is not None]})
        if None in keys:
            some |= Q(**{f"{column}__isnull": True})
        return self.rows.filter(some)


def _turned(columns: Sequence[Any], downwards: bool) -> list[Any]:
    """An order, or the same the other way round."""
    return [_other_way(column) for column in columns] if downwards else list(columns)


def _other_way(column: Any) -> Any:
    if isinstance(column, str):
        return column[1:] if column.startswith("-") else f"-{column}"
    turned = column.copy()
    turned.reverse_ordering()  # which also puts those without a value at the other end
    return turned


@dataclass(frozen=True)
class Pill:
    """A filter that is on, in words, and the address without it."""

    label: str
    url: str


class Listing:
    """A list as its address asks for it: `Listing(request.GET, queryset, …)`.

    `sorts` maps a name in the address to the columns it orders by, or to a catalogue.
    `search` names the folded columns. What the address asks wrongly is passed over. Costs one count, one page of rows.
    """

    def __init__(
        self,
        params: QueryDict,
        queryset: models.QuerySet,
        *,
        filterset: type[django_filters.FilterSet] | None = None,
        sorts: Mapping[str, Sequence[str] | ByCatalogue],
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

    def _order(self) -> list[Any]:
        sort = self.sorts[self.sort_key]
        columns = sort.columns() if isinstance(sort, ByCatalogue) else sort
        return [*_turned(columns, self.downwards), "pk"]

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
        sort = self.sorts[self.sort_key]
        pages = (
            CataloguePages(self.queryset, self.per_page, sort, downwards=self.downwards)
            if isinstance(sort, ByCatalogue)
            else Paginator(self.queryset, self.per_page)
        )
        return pages.get_page(self.params.get("page"))

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
