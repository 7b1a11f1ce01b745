"""What congress writes into the audit trail."""

from django.utils.translation import gettext_lazy as _

from core.audit import register

register("congress.added", _("Congress set up"))
register("congress.changed", _("Congress changed"))
register("congress.copied", _("Congress set up after the one before"))
register("congress.made_current", _("The portal opens with this congress"))
register("legal_basis.added", _("Legal basis added"))
register("legal_basis.changed", _("Legal basis changed"))
register("movement.added", _("Movement added"))
register("movement.changed", _("Movement changed"))
register("phase.added", _("Phase added"))
register("phase.changed", _("Phase changed"))
register("award.added", _("Award added to the catalogue"))
register("award.changed", _("Award of the catalogue changed"))
register("task.added", _("Task added"))
register("task.changed", _("Task changed"))
register("task.reported", _("Progress reported"))
register("conference.added", _("Conference added"))
register("conference.scheduled", _("Conference scheduled"))
register("conference.approved", _("Conference approved"))
register("conference.postponed", _("Conference postponed"))
register("conference.reported", _("Conference reported"))
register("conference.member_moved", _("Unit moved to another conference"))
register("programme.added", _("Programme item added"))
register("programme.changed", _("Programme item changed"))
register("programme.moved", _("Programme item moved"))
register("programme.removed", _("Programme item removed"))
register("programme.published", _("Programme published"))
register("programme.withdrawn", _("Programme taken back"))
register("programme.reports_set", _("Showcase reports written into the programme"))
