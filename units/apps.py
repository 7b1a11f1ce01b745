from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "units"
    verbose_name = _("Units and blocks")

    def ready(self) -> None:
        from units import verbs  # noqa: F401 the audit trail must know them before the first act
