from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Accounts, trail, letters")

    def ready(self) -> None:
        from core import accounts, verbs  # noqa: F401 sign-ins are remembered, verbs known, before the first act
