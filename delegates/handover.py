"""Delegates whom a conference elected, registered within the seats of their units when its report is accepted."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress import handover
from congress.handover import Taken
from congress.models import ConferenceReport, Congress, Elected
from core.models import User
from core.refusal import Refused
from core.vietnamese import fold
from delegates import actions
from delegates.models import Category, Quota
from delegates.queries import unit_seats
from units.models import Unit

PERSON = ("birth", "sex", "position", "phone")


def hold(report: ConferenceReport, elected: Sequence[Elected]) -> None:
    """Lock all seats that may be taken, in the order of their keys, before the first of them is."""
    units = {one.unit_id for one in elected}
    rows = Quota.objects.filter(congress=report.conference.congress, unit__in=units).order_by("pk")
    list(rows.select_for_update(of=("self",)))


def take(actor: User | None, report: ConferenceReport, elected: Sequence[Elected]) -> list[Taken]:
    """Register each on a free seat of the unit; who is registered already is linked, and not registered again."""
    return [_register(actor, report, one) for one in elected]


def _register(actor: User | None, report: ConferenceReport, one: Elected) -> Taken:
    congress = report.conference.congress
    known = congress.delegates.listed().filter(unit=one.unit, folded=fold(one.name), birth=one.birth).first()
    if known:
        known.congress = congress
        return Taken(one, _("Was registered already."), known)
    category = _category(congress, one.unit)
    if category is None:
        return Taken(one, _("Not registered: %(unit)s has no free seat for a delegate.") % {"unit": one.unit})
    person: dict[str, Any] = {name: getattr(one, name) for name in PERSON}
    try:
        with transaction.atomic():
            made = actions.register(
                actor=actor, congress=congress, unit=one.unit, category=category, full_name=one.name, **person
            )
    except Refused as refused:
        return Taken(one, _("Not registered: %(why)s") % {"why": refused.reason})
    except ValidationError as fault:
        return Taken(one, _("Not registered: %(why)s") % {"why": " ".join(fault.messages)})
    return Taken(one, _("Registered as “%(category)s”.") % {"category": category.short}, made)


def _category(congress: Congress, unit: Unit) -> Category | None:
    """The category of those whom conferences elect; else the first with a free seat that asks for no more of them."""
    free = [
        category
        for category, seats in unit_seats(congress, unit).items()
        if seats.free > 0 and category.by_unit and not category.represents_collective
    ]
    return min(free, key=lambda category: (not category.elected, category.order, category.pk), default=None)


def register() -> None:
    """Take the delegates that conferences elect."""
    handover.register("delegates", handover.Taker(frozenset({Elected.As.DELEGATE}), take, hold))
