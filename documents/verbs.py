"""What documents writes into the audit trail."""

from django.utils.translation import gettext_lazy as _

from core.audit import register

register("document.exported", _("Document taken out"))
