from django.apps import AppConfig


class DelegatesConfig(AppConfig):
    name = "delegates"

    def ready(self) -> None:
        from delegates import exports, verbs  # noqa: F401 the audit trail must know its verbs before the first act

        exports.register()
