"""The annex of the allocation (Phụ lục phân bổ đại biểu, dossier 4.2): of a version, or of what is being tried out."""

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from congress.models import Congress
from core.models import User
from core.refusal import refuse_if
from core.versions import whole
from delegates import queries, rules
from delegates.apportionment import CannotApportion
from delegates.exports.people import annex
from delegates.forms.allocation import WhatIfForm, asked
from delegates.models import Allocation
from documents import catalogue
from documents.catalogue import Export, Params
from documents.description import Document


def version(user: User, edition: str, params: Params) -> Document:
    """The annex of one version. A unit takes what was issued, all units' seats and no other unit's headcount."""
    found = Allocation.objects.visible_to(user).filter(congress__slug=edition).select_related("congress")
    allocation = get_object_or_404(found, pk=whole(str(params.get("allocation", ""))))
    sheet = queries.version_sheet(allocation)
    weighed = {row.unit.pk: row.weight for row in sheet.rows}
    counts = weighed if allocation.weight == Allocation.Weight.HEADCOUNT else None
    issued = allocation.state in (Allocation.State.ISSUED, Allocation.State.REPLACED)
    words = allocation.document if issued else f"Dự thảo phương án {allocation.number}, chưa ban hành"
    return annex(
        user,
        allocation.congress,
        sheet.roll,
        headcounts=counts,
        basis=f"(Kèm theo {words})" if issued and words else f"({words})" if words else "",
        signed=issued,
    )


def draft(user: User, edition: str, params: Params) -> Document:
    """The annex of a plan that is tried out, as the page's address asks for it."""
    refuse_if(rules.why_not_allocate(user))
    congress = get_object_or_404(Congress, slug=edition)
    on = queries.ground(congress)
    query = params if isinstance(params, QueryDict) else QueryDict("")
    form = WhatIfForm(asked(query, on, Allocation.objects.in_force(congress)), on=on)
    refuse_if(None if form.is_valid() else " ".join(str(fault) for faults in form.errors.values() for fault in faults))
    try:
        proposal = queries.propose(on, form.plan)
    except CannotApportion as fault:
        refuse_if(rules.why_cannot_apportion(fault, queries.pool_of(form.plan, len(form.units))))
        raise
    counts = {row.unit.pk: row.weight for row in proposal.rows} if form.plan.weight == "headcount" else None
    return annex(user, congress, proposal.roll, headcounts=counts, basis="(Dự thảo, chưa ban hành)")


def _why_not_see(user: User, _edition: str) -> str | None:
    return rules.why_not_see_seats(user)


def _why_not_allocate(user: User, _edition: str) -> str | None:
    return rules.why_not_allocate(user)


def register() -> None:
    """Offer the papers of the allocation."""
    catalogue.register(
        Export("allocation", _("Allocation of seats"), version, _why_not_see, "phan-bo-dai-bieu", about=True)
    )
    catalogue.register(
        Export(
            "allocation-draft",
            _("Allocation of seats, draft"),
            draft,
            _why_not_allocate,
            "phan-bo-dai-bieu-du-thao",
            about=True,
        )
    )
