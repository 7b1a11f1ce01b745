"""One-time links that set a password. A letter holds only a mark for it: the link is made as the letter leaves,
so that nobody who reads the outbox or a copy of the database finds one that still works."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from core.models import User

MARK = "‹link›"


def one_time_link(user: User) -> str:
    """The address where this person sets a password: good once, for `PASSWORD_RESET_TIMEOUT` seconds."""
    user_id = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("core:set_password", args=[user_id, default_token_generator.make_token(user)])
    return settings.PORTAL_ADDRESS.rstrip("/") + path


def fill_in(text: str, user: User | None) -> str:
    """A letter's text with the recipient's own link where the mark stands."""
    return text.replace(MARK, one_time_link(user)) if user and MARK in text else text
