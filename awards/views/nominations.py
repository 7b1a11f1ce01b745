"""Nominations as their units write them: the list, a dossier subject by subject, sending it."""

from django.http import HttpRequest, HttpResponse


def nominations(request: HttpRequest, congress: str) -> HttpResponse:
    raise NotImplementedError


def nominate(request: HttpRequest, congress: str) -> HttpResponse:
    raise NotImplementedError


def nomination(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def section(request: HttpRequest, congress: str, pk: int, key: str) -> HttpResponse:
    raise NotImplementedError


def check(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def sent(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def send_to_head(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def send_back(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def submit(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def withdraw(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError
