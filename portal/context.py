"""The frame around every page: where one is, who one is, what day it is."""

from django.http import HttpRequest

from core import clock


def frame(request: HttpRequest) -> dict:
    """Context of `base.html`: rail entries, role, rehearsal day."""
    return {"rehearsal_day": clock.rehearsal_day(), "rail": [], "role_label": ""}
