"""Why the draft of a registration cannot be saved, gone on with or discarded."""

import json
from collections.abc import Mapping

from django.utils.translation import gettext as _

from congress.models import Congress
from core.models import User
from delegates.models import RegistrationDraft
from delegates.rules.people import why_not_act_for, why_not_open_registration
from units.models import Unit

LONGEST = 60_000  # signs of one draft: many times what a form holds


def why_not_write_draft(actor: User | None, congress: Congress, unit: Unit | None) -> str | None:
    """A draft is for a registration: who may register may write one, as long as somebody may be registered."""
    return why_not_open_registration(actor, congress, unit)


def why_not_so_long(values: Mapping[str, list[str]]) -> str | None:
    """Why what was typed is too much to be kept."""
    if len(json.dumps(values, ensure_ascii=False)) <= LONGEST:
        return None
    return _("This is too much text for one registration: shorten it.")


def why_not_open_draft(actor: User | None, draft: RegistrationDraft) -> str | None:
    """A draft is read, and discarded, by whoever registers for its unit, also when registration has closed."""
    return why_not_act_for(actor, draft.unit)
