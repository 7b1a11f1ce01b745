from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CongressConfig(AppConfig):
    name = "congress"
    verbose_name = _("The congress and its catalogues")

    def ready(self) -> None:
        from congress import changes, duties, exports, reminder_job, verbs  # noqa: F401 the audit trail must know its verbs before the first act
        from congress.models import ConferenceReport
        from congress.queries.duties import report_duties, task_duties
        from congress.rules import may_read_files
        from core import uploads

        changes.register()
        exports.register()
        duties.register(report_duties)
        duties.register(task_duties)
        uploads.register(ConferenceReport, may_read_files)
