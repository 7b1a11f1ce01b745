from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = _("The Council")

    def ready(self) -> None:
        from awards import changes, duties, exports, handover, verbs  # noqa: F401 the audit trail must know its verbs before the first act
        from awards.queries.weights import awards_by_unit
        from delegates.queries import weight_sources

        changes.register()
        exports.register()
        handover.register()
        weight_sources["awards"] = awards_by_unit
        duties.register()
