from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DelegatesConfig(AppConfig):
    name = "delegates"
    verbose_name = _("Delegates")

    def ready(self) -> None:
        from delegates import exports, verbs  # noqa: F401 the audit trail must know its verbs before the first act

        exports.register()
