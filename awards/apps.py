from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "awards"

    def ready(self) -> None:
        from awards import verbs  # noqa: F401 the audit trail must know them before the first act
