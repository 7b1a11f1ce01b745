"""What every test may ask for."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client

from core.models import User
from tests.cast import Cast, make_cast
from tests.counting import numbers


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run only what asks the database: the rest has run on SQLite, and runs no other way here."""
    if connection.vendor != "postgresql":
        return
    kept = [item for item in items if "django_db" in item.keywords or "db" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


@pytest.fixture(autouse=True)
def counts_anew() -> None:
    numbers.begin()


@pytest.fixture
def cast(db) -> Cast:
    """One congress, a few units, and a person for every role."""
    return make_cast()


@pytest.fixture
def today(settings):
    """Set the portal's day: `today(2020, 5, 15)`."""

    def set_day(year: int, month: int, day: int) -> date:
        settings.PORTAL_TODAY = date(year, month, day)
        return settings.PORTAL_TODAY

    return set_day


@pytest.fixture
def enter(db):
    """A client signed in as somebody: `enter(cast.officer).get(url)`."""

    def client_of(user: User | None) -> Client:
        client = Client()
        if user:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of
