"""Why not: who may see what belongs to no room, in the words that people read."""

from django.utils.translation import gettext as _

from core.models import User
from core.refusal import Denial
from units.hats import hats


def why_not_outbox(actor: User) -> str | None:
    """The outbox holds other people's letters: the Department's alone."""
    return None if hats(actor).department else Denial(_("Only the Department sees the outbox."))
