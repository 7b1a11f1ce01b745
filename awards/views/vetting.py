"""Nominations as the Department vets them: accepted, returned, short-listed."""

from django.http import HttpRequest, HttpResponse


def accept(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def return_for_correction(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def mark_ineligible(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def record_pending(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def name_account(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def shortlist(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError


def take_off(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    raise NotImplementedError
