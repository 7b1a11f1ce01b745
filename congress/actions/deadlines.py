"""Acts on deadlines: extended for one unit, taken back, relied on."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from congress import rules
from congress.models import Conference, Congress, Extension
from core import audit, clock, outbox
from core.locks import lock
from core.models import User
from core.refusal import refuse_if
from core.vietnamese import short_date
from units.models import Unit
from units.queries import acting


@transaction.atomic
def extend(
    *,
    actor: User | None,
    congress: Congress,
    kind: str,
    unit: Unit,
    until: date,
    reason: str,
    document: str,
    conference: Conference | None = None,
) -> Extension:
    """Extend a deadline for one unit (Gia hạn), by a paper. The latest extension counts; the unit gets a letter."""
    current = lock(Congress, congress.pk)
    if conference:
        conference.congress = current
    refuse_if(rules.why_not_extend(actor, current, kind, unit, conference, until))
    before = rules.deadline_of(current, kind, unit, conference)
    assert before is not None  # noqa: S101 the rule has looked
    extension = Extension(
        congress=current,
        unit=unit,
        kind=kind,
        conference=conference,
        common=before.common,
        old_until=before.day,
        until=until,
        reason=reason,
        document=document,
        actor=actor,
    )
    extension.full_clean()
    extension.save()
    rules.forget_extensions(congress)
    _tell(extension)
    changes = {extension.what(): [short_date(before.day), short_date(until)], _("by document"): ["", document]}
    audit.record(actor, "deadline.extended", unit, reason=reason, changes=changes)
    return extension


@transaction.atomic
def take_back_extension(*, actor: User | None, extension: Extension) -> Extension:
    """Take an extension back before anybody relied on it; what held before holds again. The unit gets a letter."""
    congress = lock(Congress, extension.congress_id)
    current = Extension.objects.select_related("unit", "conference").get(pk=extension.pk)
    refuse_if(rules.why_not_take_back(actor, current))
    current.taken_back_at, current.taken_back_by = clock.now(), actor
    current.save(update_fields=["taken_back_at", "taken_back_by"])
    current.congress = congress
    rules.forget_extensions(extension.congress)
    _tell(current)
    changes = {current.what(): [short_date(current.until), short_date(current.old_until)]}
    audit.record(actor, "deadline.extension_taken_back", current.unit, changes=changes)
    return current


@transaction.atomic
def use_extension(*, actor: User | None, congress: Congress, kind: str, unit: Unit, arrived: datetime) -> None:
    """Note that a unit relied on its extension: what arrived now would have been late without it."""
    held = rules.deadline(congress, kind, unit.pk)
    if held and held.needs_extension(arrived):
        _use(actor, Extension.objects.filter(congress=congress, kind=kind, unit=unit), arrived)


@transaction.atomic
def use_report_extension(*, actor: User | None, conference: Conference, arrived: datetime) -> None:
    """Note that the host of a conference relied on the extension of its report."""
    held = rules.report_deadline(conference)
    if held and held.needs_extension(arrived):
        _use(actor, Extension.objects.filter(conference=conference), arrived)


def _use(actor: User | None, of_the_deadline: QuerySet[Extension], arrived: datetime) -> None:
    latest = of_the_deadline.filter(taken_back_at=None).select_related("unit", "conference").first()
    if latest and Extension.objects.filter(pk=latest.pk, used_at=None, taken_back_at=None).update(used_at=arrived):
        changes = {latest.what(): ["", short_date(latest.until)]}
        audit.record(actor, "deadline.extension_used", latest.unit, changes=changes)


def _tell(extension: Extension) -> None:
    """A letter to the head and the clerk of the unit, each in their language."""
    congress = extension.congress
    for person in acting([extension.unit_id], clock.today()).people.get(extension.unit_id, []):
        with override(person.language):
            words = {
                "what": extension.what(),
                "old": short_date(extension.old_until),
                "new": short_date(extension.until),
                "document": extension.document,
                "reason": extension.reason,
                "phone": congress.phone,
            }
            if extension.taken_back_at:
                subject = _("Extension taken back: %(what)s") % words
                body = _("The extension until %(new)s is taken back. The last day is %(old)s again.") % words
            else:
                subject = _("Deadline extended: %(what)s") % words
                body = _("For your unit alone the last day moves from %(old)s to %(new)s, by %(document)s.") % words
                body += "\n" + _("Reason: %(reason)s") % words
            body += "\n" + _("Questions: %(phone)s.") % words
            address = settings.PORTAL_ADDRESS.rstrip("/") + extension.get_absolute_url()
            outbox.send(to=person, subject=subject, body=f"{body}\n{address}")
