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
register("delegate.personal_opened", _("Personal data opened"), internal=True)
register("composition.class_opened", _("Names behind a number of the make-up opened"), internal=True)
register("composition.target_set", _("Target of the make-up set"))
register("composition.target_removed", _("Target of the make-up taken away"))
register("composition.frozen", _("Copy of the make-up kept"))
register("completeness.needed_set", _("What has to be entered set"))
register("completeness.reminded", _("Reminded of what is missing"))
register("personal_data.retired", _("Personal data taken away"))
register("seats.joined", _("Seats of merged units added up"))
register("delegate.followed", _("Followed a merged unit"))
