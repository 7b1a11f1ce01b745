from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "awards"

    def ready(self) -> None:
        from awards import exports, verbs  # noqa: F401 the audit trail must know its verbs before the first act

        exports.register()
