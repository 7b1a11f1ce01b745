from django.apps import AppConfig


class CongressConfig(AppConfig):
    name = "congress"

    def ready(self) -> None:
        from congress import verbs  # noqa: F401 the audit trail must know them before the first act
