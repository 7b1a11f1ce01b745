"""What core writes into the audit trail."""

from django.utils.translation import gettext_lazy as _

from core.audit import register

register("account.created", _("Account made"))
register("account.changed", _("Account changed"))
register("account.link_sent", _("One-time link to set the password sent"))
register("account.password_set", _("Password set"))
register("account.signed_out", _("Signed out everywhere"))
register("account.closed", _("Account closed"))
register("account.checklist_closed", _("First steps put away"))
register("account.opened", _("Account opened again"))
register("mail.sent_again", _("Letter put back into the outbox"))
register("job.cancelled", _("Job cancelled"))
