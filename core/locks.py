"""Scarce things are given behind a lock on their parent row."""

from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def lock(model: type[Row], pk) -> Row:
    """The row, read anew and held until the transaction ends. Take it late, once, before the rule is asked.

    PostgreSQL locks the row against other lockers and writers, not against new rows that point at it: else somebody
    who holds a unit's seats and adds a delegate to the congress, and somebody who holds the congress and asks for the
    seats, would wait for each other. SQLite has let in one writer alone since the transaction began.
    Raises `model.DoesNotExist`; outside a transaction `TransactionManagementError`.
    """
    return model._default_manager.select_for_update(of=("self",), no_key=True).get(pk=pk)  # type: ignore[attr-defined]
