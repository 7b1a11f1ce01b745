"""Secret ballots: opened, cast, closed, counted, decided."""

from django.http import HttpRequest, HttpResponse


def ballot(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def rule(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def open_ballot(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def vote(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def close(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def count(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def void(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def call_round(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def decide_tie(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def leave_empty(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError
