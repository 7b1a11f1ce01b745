"""What delegates writes into the audit trail."""

from django.utils.translation import gettext_lazy as _

from core.audit import register

register("category.added", _("Category added"))
register("category.changed", _("Category changed"))
register("ethnic_group.added", _("Ethnic group added"))
register("ethnic_group.changed", _("Ethnic group changed"))
register("seats.set", _("Seats set"))
register("delegate.registered", _("Registered"))
register("delegate.changed", _("Delegate changed"))
register("delegate.confirmed", _("Confirmed"))
register("delegate.opened", _("Opened again"))
register("delegate.withdrawn", _("Withdrawn"))
register("delegate.replaced", _("Replaced"))
