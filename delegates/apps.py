from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DelegatesConfig(AppConfig):
    name = "delegates"
    verbose_name = _("Delegates")

    def ready(self) -> None:
        from congress.actions import next_edition
        from delegates import actions, changes, exports, handover, jobs, verbs  # noqa: F401 the trail must know its verbs

        changes.register()
        exports.register()
        handover.register()
        next_edition.followers.append(actions.copy_categories)
