from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import accounts, verbs  # noqa: F401 sign-ins are remembered, verbs known, before the first act
