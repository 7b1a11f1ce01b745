"""Taking a paper out: the one place where a file is made and the trail says so."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import override

from core import audit, clock
from core.models import User
from core.refusal import refuse_if
from documents.catalogue import FORMATS, Export, Params


@transaction.atomic
def export(
    *,
    actor: User,
    export: Export,
    format_key: str,
    edition: str,
    params: Params,
    tick: Callable[[int, int], None],
) -> tuple[str, bytes]:
    """Build and write one paper. Returns its file name and content.

    `tick(done, total)` is told how far it is. Raises `Refused` when the paper is not open to the actor.
    Papers are Vietnamese whatever language their reader has chosen.
    """
    refuse_if(export.why_not(actor, edition))
    with override("vi"):
        document = export.build(actor, edition, params)
        tick(1, 2)
        content = FORMATS[format_key].write(document)
    tick(2, 2)
    about: dict[str, Any] = {"about": document.about} if document.about else {}
    audit.record(
        actor,
        "document.exported",
        actor,
        paper=export.key,
        format=format_key,
        edition=edition,
        rows=document.row_count,
        **about,
    )
    return f"{export.filename}-{edition}-{clock.today():%Y%m%d}.{format_key}", content
