"""Targets of the make-up, copies of it, what has to be known, and reminders."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from congress.models import Congress
from core import audit, locks
from core.models import User
from core.refusal import Refused, refuse_if
from delegates import rules
from delegates.composition import NEEDABLE
from delegates.letters import completeness as letters
from delegates.models import Category, CompositionCopy, CompositionTarget
from delegates.queries import completeness as missing
from delegates.queries import composition as makeup
from units.models import Unit


@transaction.atomic
def set_target(
    *, actor: User | None, congress: Congress, cut: str, value: str, bound: str, percent: Decimal
) -> CompositionTarget:
    """Say what share a class is to have, at least or at most; the one that was set for it before is changed."""
    refuse_if(rules.why_not_keep_composition(actor))
    locks.lock(Congress, congress.pk)
    target = CompositionTarget.objects.filter(congress=congress, cut=cut, value=value, bound=bound).first()
    before = str(target.percent) if target else ""
    target = target or CompositionTarget(congress=congress, cut=cut, value=value, bound=bound)
    target.percent = percent
    target.full_clean()
    target.save()
    label = f"{makeup.target_label(cut, value)}, {target.get_bound_display()}"
    if before != str(target.percent):
        audit.record(actor, "composition.target_set", congress, changes={label: [before, str(target.percent)]})
    return target


@transaction.atomic
def remove_target(*, actor: User | None, target: CompositionTarget) -> None:
    """Take a target away."""
    refuse_if(rules.why_not_keep_composition(actor))
    label = f"{makeup.target_label(target.cut, target.value)}, {target.get_bound_display()}"
    congress, before = target.congress, str(target.percent)
    target.delete()
    audit.record(actor, "composition.target_removed", congress, changes={label: [before, ""]})


@transaction.atomic
def freeze_composition(*, actor: User | None, congress: Congress, occasion: str) -> CompositionCopy:
    """Keep the make-up as it stands now: figures with their moment and author, never changed afterwards."""
    refuse_if(rules.why_not_keep_composition(actor))
    figures = makeup.frozen(congress)
    copy = CompositionCopy(
        congress=congress, taken_by=actor, occasion=occasion, official=figures["vi"]["official"], figures=figures
    )
    copy.full_clean()
    copy.save()
    audit.record(actor, "composition.frozen", congress, copy=str(copy), official=copy.official)
    return copy


class NeedsChanged(Refused):
    """Somebody else has said meanwhile what a category needs."""


@transaction.atomic
def set_needed_fields(
    *, actor: User | None, congress: Congress, needed: Mapping[int, list[str]], read: Mapping[int, list[str]]
) -> dict[str, list[str]]:
    """Say what has to be known of the delegates of some categories. `read` is what each said when it was read.

    All or none; returns what changed. Raises `NeedsChanged` when somebody else has changed one of them meanwhile.
    """
    refuse_if(rules.why_not_set_needed(actor))
    locks.lock(Congress, congress.pk)
    changes: dict[str, list[str]] = {}
    for category in Category.objects.filter(congress=congress, pk__in=needed).order_by("pk"):
        wanted, before = needed[category.pk], [name for name in NEEDABLE if name in category.needed_fields]
        if wanted == before:
            continue
        if read.get(category.pk) != before:
            words = _("Somebody else has changed what “%(category)s” needs: open the page again.")
            raise NeedsChanged(words % {"category": category})
        category.needed_fields = wanted
        category.full_clean()
        category.save()
        changes[category.short] = [", ".join(makeup.shown_field(name) for name in names) for names in (before, wanted)]
    if changes:
        audit.record(actor, "completeness.needed_set", congress, changes=changes)
    return changes


@transaction.atomic
def remind_units(*, actor: User | None, congress: Congress, units: Iterable[Unit]) -> list[tuple[Unit, int]]:
    """Write to those who act for these units, and to nobody else, what their delegates still lack.

    Returns to how many people of each unit a letter goes. A unit that lacks nothing, or for which nobody acts, gets
    none.
    """
    refuse_if(rules.why_not_remind(actor))
    sent = []
    for letter in letters.reminders(congress, missing.meters(congress, units)):
        number, unit, people = letter.send(), letter.unit, letter.meter.incomplete
        if number:
            audit.record(actor, "completeness.reminded", unit, edition=congress.slug, letters=number, people=people)
        sent.append((unit, number))
    return sent
