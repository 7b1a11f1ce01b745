"""What the portal itself writes into the audit trail."""

from django.utils.translation import gettext_lazy as _

from core.audit import register

register("demonstration.loaded", _("Demonstration with invented people loaded"))
