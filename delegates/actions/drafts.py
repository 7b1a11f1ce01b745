"""Acts on drafts of registrations. Locks: the draft, then what registering locks.

The trail tells that somebody wrote, read, registered or discarded one, and nothing of what stands in it.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress.models import Congress
from core import audit, clock, versions
from core.models import User
from core.refusal import refuse_if
from delegates import rules
from delegates.actions.allocation import register_reserve
from delegates.actions.people import register
from delegates.models import Category, Delegate, RegistrationDraft
from delegates.queries import privacy
from units.models import Unit

OPENED = "draft.opened"


def _gone() -> str:
    return _("This draft is no longer here: somebody has registered or discarded it meanwhile. See the unit's page.")


def _held(congress: Congress, unit: Unit | None, key: UUID) -> RegistrationDraft | None:
    """The draft of this key, held until the transaction ends: whoever comes second finds what became of it."""
    drafts = RegistrationDraft.objects.filter(congress=congress, unit=unit)
    return drafts.select_for_update(of=("self",)).filter(pk=key).first()


@transaction.atomic
def save_draft(
    *,
    actor: User,
    congress: Congress,
    unit: Unit | None,
    key: UUID,
    version: int,
    values: Mapping[str, list[str]],
    by_itself: bool = False,
) -> RegistrationDraft:
    """Keep what was typed so far, as it was sent. `key` was made with the form; version 0: not saved yet.

    Raises Refused, and Stale where somebody else has saved it since.
    """
    refuse_if(rules.why_not_write_draft(actor, congress, unit) or rules.why_not_so_long(values))
    current = _held(congress, unit, key)
    if current is None:
        refuse_if(_gone() if version else None)
        forget_drafts(actor=actor)
        current = RegistrationDraft(pk=key, congress=congress, unit=unit, begun_by=actor, version=0)
    versions.check(current, version, values)
    current.values, current.saved_by, current.saved_at = dict(values), actor, clock.now()
    chosen = versions.whole("".join(values.get("category", [])))
    current.category = congress.categories.filter(pk=chosen).first() if chosen else None
    current.version += 1
    try:
        with transaction.atomic():
            current.save(force_insert=not version, force_update=bool(version))
    except IntegrityError:  # its key was taken at this very moment, or by another unit's draft
        refuse_if(_gone())
    if not (by_itself and audit.just_told(actor, "draft.saved", current)):
        audit.record(actor, "draft.saved", current, unit=str(unit or ""))
    return current


@transaction.atomic
def register_draft(
    *,
    actor: User,
    congress: Congress,
    unit: Unit | None,
    category: Category,
    key: UUID | None,
    version: int,
    reserve: bool = False,
    **person: Any,
) -> Delegate:
    """Register whom a form names, on a seat or on the reserve list; its draft, if it was ever saved, is gone with it.

    Two people who register one draft register one delegate: the second is told that it is gone.
    """
    draft = _held(congress, unit, key) if key else None
    if draft is None:
        refuse_if(_gone() if version else None)
    elif version or draft.saved_by_id != actor.pk:  # else it saved itself while its form was being sent
        versions.check(draft, version, draft.values)
    if draft:
        audit.record(actor, "draft.registered", draft, unit=str(unit or ""))
        draft.delete()
    act = register_reserve if reserve else register
    return act(actor=actor, congress=congress, unit=unit, category=category, **person)


@transaction.atomic
def open_draft(*, actor: User, draft: RegistrationDraft) -> None:
    """Read a draft in which somebody else has typed personal data: the trail keeps who did, once a day."""
    refuse_if(rules.why_not_open_draft(actor, draft))
    if not draft.is_own(actor) and not privacy.opened_today(actor, OPENED, draft):
        audit.record(actor, OPENED, draft)


@transaction.atomic
def discard_draft(*, actor: User, draft: RegistrationDraft, version: int) -> None:
    """Throw a draft away as it was read; nothing else changes."""
    refuse_if(rules.why_not_open_draft(actor, draft))
    current = _held(draft.congress, draft.unit, draft.pk)
    if current is None:
        return
    versions.check(current, version)
    audit.record(actor, "draft.discarded", current, unit=str(current.unit or ""))
    current.delete()


@transaction.atomic
def forget_drafts(*, actor: User | None, congress: Congress | None = None, unit: Unit | None = None) -> int:
    """Take away drafts that nobody went on with in time, or all of a congress, or of one unit in it; how many."""
    drafts = RegistrationDraft.objects.expired()
    if congress:
        drafts = RegistrationDraft.objects.filter(congress=congress, **({"unit": unit} if unit else {}))
    forgotten = list(drafts.select_for_update(skip_locked=congress is None, of=("self",)).order_by("pk"))
    for draft in forgotten:
        audit.record(actor if congress else None, "draft.forgotten", draft)
        draft.delete()
    return len(forgotten)


@transaction.atomic
def move_drafts(*, actor: User | None, congress: Congress, units: Sequence[Unit], into: Unit) -> list[str]:
    """Let the drafts of merged units go on at the one that takes their place; what followed, in words."""
    refuse_if(rules.why_not_set_seats(actor))
    drafts = RegistrationDraft.objects.filter(congress=congress, unit__in=units).exclude(unit=into)
    moved = list(drafts.select_for_update(of=("self",)).order_by("pk"))
    for draft in moved:
        draft.unit = into
        versions.save(draft, ["unit"])
        audit.record(actor, "draft.followed", draft, unit=str(into))
    if not moved:
        return []
    words = ngettext(
        "%(n)s draft goes on with %(unit)s.", "%(n)s drafts of registrations go on with %(unit)s.", len(moved)
    )
    return [words % {"n": len(moved), "unit": into}]
