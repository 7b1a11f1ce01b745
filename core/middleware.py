"""What happens around every view: the request's number, the day, the language, and answers to refusals."""

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from core import audit, clock
from core.refusal import Refused
from core.versions import Stale
from core.views import answers

LANGUAGE_COOKIE = "language"


class RequestId:
    """Number each request; the audit trail and the logs carry the number."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = str(uuid.uuid4())  # type: ignore[attr-defined]
        token = audit.request_id.set(request.id)  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            audit.request_id.reset(token)


class Clock:
    """Look at the rehearsal's day once per request, and note when the request came in: deadlines go by that."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with clock.read_once(), clock.arriving():
            return self.get_response(request)


class Language:
    """The language that the person chose; Vietnamese for everybody else."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self._language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response

    @staticmethod
    def _language(request: HttpRequest) -> str:
        if request.user.is_authenticated:
            return request.user.language
        chosen = request.COOKIES.get(LANGUAGE_COOKIE)
        return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class Answers:
    """Turn a refusal or a stale edit, wherever it was raised, into its page."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return answers.refused(request, exception)
        if isinstance(exception, Stale):
            return answers.conflict(request, exception)
        return None
