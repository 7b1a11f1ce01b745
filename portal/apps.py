from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        from portal import verbs  # noqa: F401 the audit trail must know its verbs before the first act
