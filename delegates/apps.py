from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DelegatesConfig(AppConfig):
    name = "delegates"
    verbose_name = _("Delegates")

    def ready(self) -> None:
        from congress.actions import next_edition
        from core import mornings
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
        mornings.register(lambda: actions.forget_lists(actor=None) + actions.forget_drafts(actor=None))
        exports.register()
        handover.register()
        duties.register()
        next_edition.followers.append(actions.copy_categories)
