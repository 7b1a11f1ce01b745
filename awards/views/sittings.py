"""Sittings of the Council: prepared, convened, attended, opened, concluded."""

from django.http import HttpRequest, HttpResponse


def sitting(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def sitting_plan(request: HttpRequest, congress: str) -> HttpResponse:
    raise NotImplementedError


def sitting_change(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def convene(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def attendance(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def open_sitting(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def postpone(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def tellers(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def take_code(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def conclude(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError
