"""What the acts on a row of the Department's share: the rule, the change, the entry."""

from typing import Any

from django.db import models, transaction

from congress import rules
from core import audit, versions
from core.locks import lock
from core.models import User
from core.refusal import refuse_if


@transaction.atomic
def add_row(*, actor: User | None, row: models.Model, verb: str) -> None:
    """Save a new row of the Department's, checked, with its entry. Raises Refused and ValidationError."""
    refuse_if(rules.why_not_keep_plan(actor))
    row.full_clean()
    row.save()
    audit.record(actor, verb, row)


@transaction.atomic
def edit_row(*, actor: User | None, row: models.Model, fields: dict[str, Any], verb: str) -> models.Model:
    """Change a row of the Department's that carries no version."""
    current = lock(type(row), row.pk)
    refuse_if(rules.why_not_keep_plan(actor))
    changes = versions.apply(current, fields)
    if changes:
        current.full_clean()
        current.save()
        audit.record(actor, verb, current, changes=changes)
    return current
