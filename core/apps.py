from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import verbs  # noqa: F401 the audit trail must know them before the first act
