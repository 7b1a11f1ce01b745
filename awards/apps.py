from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = _("The Council")

    def ready(self) -> None:
        from awards import changes, exports, handover, verbs  # noqa: F401 the audit trail must know its verbs before the first act

        changes.register()
        exports.register()
        handover.register()
