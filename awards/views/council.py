"""The Council: its seats, what its members read, assess and declare."""

from django.http import HttpRequest, HttpResponse


def council(request: HttpRequest, congress: str) -> HttpResponse:
    raise NotImplementedError


def reading(request: HttpRequest, congress: str) -> HttpResponse:
    raise NotImplementedError


def seat_give(request: HttpRequest, congress: str) -> HttpResponse:
    raise NotImplementedError


def seat_end(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def assess(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def conflict(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def conflict_take_back(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError
