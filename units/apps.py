from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "units"

    def ready(self) -> None:
        from units import verbs  # noqa: F401 the audit trail must know them before the first act
