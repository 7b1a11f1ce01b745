"""Entries that are likely one person's: told apart, or merged into one. Nothing is ever merged by itself."""

from collections.abc import Collection

from django.db import transaction

from core import audit, clock, locks, uploads, versions
from core.models import User
from core.refusal import refuse_if
from delegates import rules
from delegates.actions.awards import _change_awards
from delegates.actions.tags import _change_tags
from delegates.letters import twins as letters
from delegates.models import Delegate, DelegateAward, KeptApart
from delegates.models.awards import HIGHEST, beside, rows_of
from delegates.twins import merged_person


@transaction.atomic
def keep_apart(*, actor: User | None, first: Delegate, second: Delegate, note: str = "") -> KeptApart:
    """Say that two who look alike are two people (Là hai người khác nhau): they are not asked about again."""
    low, high = _hold(first, second)
    refuse_if(rules.why_not_keep_apart(actor, low, high))
    made = KeptApart(congress=low.congress, first=low, second=high, note=note, decided_by=actor)
    made.full_clean(exclude=["congress", "first", "second", "decided_by"])
    made.save()
    audit.record(actor, "delegate.kept_apart", low, other=str(high))
    audit.record(actor, "delegate.kept_apart", high, other=str(low))
    return made


@transaction.atomic
def ask_again(*, actor: User | None, apart: KeptApart) -> None:
    """Take back that two are two people: they are shown again as likely one."""
    low, high = _hold(apart.first, apart.second)
    apart = locks.lock(KeptApart, apart.pk)
    refuse_if(rules.why_not_decide_on_twins(actor))
    apart.delete()
    audit.record(actor, "delegate.asked_again", low, other=str(high))
    audit.record(actor, "delegate.asked_again", high, other=str(low))


@transaction.atomic
def merge_twins(
    *,
    actor: User | None,
    stays: Delegate,
    goes: Delegate,
    version: int,
    other_version: int,
    taken: Collection[str] = (),
) -> Delegate:
    """Let two entries become one (Gộp): the seat of `stays` is kept, that of `goes` is free for its unit again.

    `taken` names the fields whose value comes from the other entry; what one entry alone knows is kept anyhow, a photo
    as well.
    Raises `Stale` when either was changed since it was read, ValidationError for values that do not go together.
    """
    first, second = _hold(stays, goes)
    stays, goes = (first, second) if first.pk == stays.pk else (second, first)
    refuse_if(rules.why_not_merge(actor, stays, goes))
    versions.check(stays, version, taken)
    versions.check(goes, other_version)
    freed = goes.is_seated
    _free(goes, into=stays)
    changes = _take_over(stays, goes, taken)
    audit.record(actor, "delegate.merged", stays, other=str(goes), unit=goes.comes_from, changes=changes)
    audit.record(actor, "delegate.merged_away", goes, other=str(stays), unit=stays.comes_from)
    letters.merged(stays, goes, freed=freed)
    return stays


def _hold(one: Delegate, other: Delegate) -> tuple[Delegate, Delegate]:
    """Two delegates, read anew and held until the transaction ends, the lower key first, as everywhere."""
    rows = Delegate.objects.select_for_update(of=("self",), no_key=True).filter(pk__in={one.pk, other.pk})
    found = list(rows.select_related("congress", "unit", "category").order_by("pk"))
    return found[0], found[-1]


def _free(goes: Delegate, *, into: Delegate) -> None:
    """Withdrawn, with a link to the entry that stays."""
    goes.state, goes.state_since, goes.reserve_order = Delegate.State.WITHDRAWN, clock.now(), None
    goes.merged_into = into
    versions.save(goes, ["state", "state_since", "reserve_order", "merged_into"])


def _take_over(stays: Delegate, goes: Delegate, taken: Collection[str]) -> dict[str, list[str]]:
    """Fill the entry that stays; what changed, as the trail tells it."""
    person = merged_person(stays, goes, taken)
    changes = versions.apply(stays, person)
    fitting = [row for row in rows_of(goes) if not DelegateAward(award=row["award"]).why_not_in(stays.category)]
    changes |= _change_awards(stays, beside(stays, fitting, over=False))  # the awards of both, each once
    changes |= _change_tags(stays, [*stays.tags.all(), *goes.tags.all(), goes.category])
    if person:
        stays.clean()
    if goes.photo and not stays.photo:
        stays.photo, goes.photo = goes.photo, None
        uploads.pass_on(stays.photo, stays)
        goes.save(update_fields=["photo"])
    versions.save(stays, [*person, *HIGHEST, "photo"])
    return changes
