from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "units"
    verbose_name = _("Units and blocks")

    def ready(self) -> None:
        from core import audit
        from units import hats, verbs  # noqa: F401 the audit trail must know its verbs before the first act

        audit.remark_on_actors(hats.acting_words)
