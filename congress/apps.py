from django.apps import AppConfig


class CongressConfig(AppConfig):
    name = "congress"

    def ready(self) -> None:
        from congress import exports, verbs  # noqa: F401 the audit trail must know its verbs before the first act

        exports.register()
