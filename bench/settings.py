"""The portal as it runs, with one header more: how many queries an answer took."""

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE

MIDDLEWARE = ["bench.counting.Queries", *MIDDLEWARE]
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
