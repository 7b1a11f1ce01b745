"""A real Chromium on the live server. A console error, a blocked resource or a failed request fails the test."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page

from core.models import User

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the test's thread

pytestmark = pytest.mark.browser


def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    path = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if path is None:
        pytest.fail("No Chromium here: install the package chromium.")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": path, "args": quiet}


class Person:
    """Somebody at a browser, signed in or not."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.page = context.new_page()
        self.faults: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("dialog", lambda dialog: dialog.accept())  # whoever is asked once more says yes
        self.page.on("requestfailed", self._miss)

    def _hear(self, message) -> None:
        # a refusal is a page with its own status; the browser notes every such page as an error
        if message.type == "error" and "status of 4" not in message.text:
            self.faults.append(f"{self.page.url}: {message.text}")

    def _miss(self, request) -> None:
        if request.failure != "net::ERR_ABORTED":  # which is also what a download is to a page
            self.faults.append(f"failed: {request.url}")

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def has_no_sideways_scroll(self) -> bool:
        return self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    def barriers(self) -> list[str]:
        """What axe finds serious or critical on the page."""
        heard = list(self.faults)
        found = Axe().run(self.page).response["violations"]
        self.faults[:] = heard  # axe itself sets styles that the page's guard stops
        return [
            f"{fault['id']}: {fault['nodes'][0]['html'][:200]}"
            for fault in found
            if fault["impact"] in ("serious", "critical")
        ]


@pytest.fixture
def sit_down(browser: Browser, live_server) -> Iterator[Callable[..., Person]]:
    """`sit_down(user, width=390)`: a browser of its own for somebody, already signed in."""
    people: list[Person] = []

    def open_for(user: User | None = None, *, width: int = 1280, dark: bool = False, **options) -> Person:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale="en-US",
            **options,
        )
        if user:
            session = SessionStore()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.save()
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": live_server.url}]
            )
        person = Person(context, live_server.url)
        people.append(person)
        return person

    yield open_for
    faults = [fault for person in people for fault in person.faults]
    for person in people:
        person.context.close()
    assert not faults
