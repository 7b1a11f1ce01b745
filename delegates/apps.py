from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DelegatesConfig(AppConfig):
    name = "delegates"
    verbose_name = _("Delegates")

    def ready(self) -> None:
        from congress.actions import next_edition
        from delegates import (  # noqa: F401 the trail must know its verbs at once
            actions,
            changes,
            duties,
            exports,
            handover,
            jobs,
            verbs,
        )

        changes.register()
        exports.register()
        handover.register()
        duties.register()
        next_edition.followers.append(actions.copy_categories)
