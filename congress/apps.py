from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CongressConfig(AppConfig):
    name = "congress"
    verbose_name = _("The congress and its catalogues")

    def ready(self) -> None:
        from congress import changes, exports, verbs  # noqa: F401 the audit trail must know its verbs before the first act
        from congress.models import ConferenceReport
        from congress.rules import may_read_files
        from core import uploads

        changes.register()
        exports.register()
        uploads.register(ConferenceReport, may_read_files)
