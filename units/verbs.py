"""What units writes into the audit trail."""

from django.utils.translation import gettext_lazy as _

from core.audit import register

register("unit.added", _("Unit added"))
register("unit.changed", _("Unit changed"))
register("unit.confirmed", _("Marked as certain"))
register("unit.renamed", _("Renamed"))
register("unit.moved", _("Moved to another block"))
register("unit.merged", _("Merged into another unit"))
register("unit.took_over", _("Took the place of others"))
register("unit.dissolved", _("Dissolved"))
register("unit.counted", _("Headcount recorded"))
register("block.added", _("Block added"))
register("block.changed", _("Block changed"))
register("office.given", _("Office given"))
register("office.ended", _("Office ended"))
register("office.taken_back", _("Office taken back before it began"))
register("handover.written", _("Hand-over written down"))
register("handover.changed", _("Hand-over changed"))
register("handover.confirmed", _("Hand-over confirmed"))
register("block_office.given", _("Office in the block given"))
register("block_office.ended", _("Office in the block ended"))
register("block_office.taken_back", _("Office in the block taken back before it began"))
