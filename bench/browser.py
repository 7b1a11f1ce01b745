"""A signed-in person without a screen."""

import time
import uuid
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from core.models import User

PORT = 8799


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many milliseconds."""

    status: int
    content: bytes
    queries: int
    took: float


class Browser:
    """Keeps a session's cookies and fills in what every form carries."""

    def __init__(self, user: User) -> None:
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self.user, self.token = user, "a" * 32
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={self.token}"

    def ask(self, path: str, fields: dict | None = None) -> Answer:
        """GET, or with `fields` POST."""
        headers = {"Cookie": self.cookie, "Host": "localhost", "Accept-Encoding": "identity"}
        body = None
        if fields is not None:
            filled = {"csrfmiddlewaretoken": self.token, "once": uuid.uuid4(), **fields}
            body = urlencode(filled, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        wire = HTTPConnection("127.0.0.1", PORT)
        started = time.perf_counter()
        wire.request("GET" if body is None else "POST", path, body, headers)
        answer = wire.getresponse()
        content = answer.read()
        took = (time.perf_counter() - started) * 1000
        wire.close()
        return Answer(answer.status, content, int(answer.headers.get("X-Queries", 0)), took)
