"""Letters of this room, each in its reader's language, put into the outbox."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from congress.models import Conference, Congress, DateMove, PlanIssue
from core import clock, outbox
from core.models import User
from core.vietnamese import short_date
from units.models import BlockOffice, Office, Unit


def _host(conference: Conference, roles: Sequence[str] = Office.OF_A_UNIT) -> list[User]:
    """Head and clerk of the host: of the unit, or of the units that lead the block today."""
    today = clock.today()
    leading = BlockOffice.objects.on(today).filter(block=conference.host_block_id).values("unit")
    units = Q(unit=conference.host_unit_id) if conference.host_unit_id else Q(unit__in=leading)
    held = Office.objects.on(today).filter(units, role__in=roles)
    return list(User.objects.filter(offices__in=held, is_active=True).distinct())


def to_head(conference: Conference) -> None:
    """Tell the head of the host that a report waits to be sent."""
    address = f"{settings.PORTAL_ADDRESS.rstrip('/')}{conference.get_absolute_url()}"
    for person in _host(conference, [Office.Role.UNIT_HEAD]):
        with override(person.language):
            words = {"conference": conference.name}
            body = _("The report of the conference is complete and waits for you to send it: %(conference)s.") % words
            subject = _("Report to send: %(conference)s") % words
            outbox.send(to=person, subject=subject, body=f"{body}\n{address}")


def to_host(conference: Conference, subject: Promise, reason: str = "", due: date | None = None) -> None:
    """Tell the host what became of its report; `subject` names the %(conference)s."""
    address = f"{settings.PORTAL_ADDRESS.rstrip('/')}{conference.get_absolute_url()}"
    for person in _host(conference):
        with override(person.language):
            lines = [conference.name]
            if reason:
                lines.append(_("Reason: %(reason)s") % {"reason": reason})
            if due:
                lines.append(_("Mend and send it again by %(day)s.") % {"day": short_date(due)})
            lines.append(address)
            outbox.send(to=person, subject=str(subject) % {"conference": conference.name}, body="\n".join(lines))


def people_of(units: Iterable[int]) -> dict[User, set[int]]:
    """Heads and clerks of these units today, each with the units that they act for; two queries."""
    held = Office.objects.on(clock.today()).filter(unit__in=list(units), role__in=Office.OF_A_UNIT)
    found: dict[User, set[int]] = {}
    for office in held.filter(user__is_active=True).select_related("user").order_by("user_id", "pk"):
        found.setdefault(office.user, set()).add(office.unit_id)
    return found


def _address(path: str) -> str:
    return settings.PORTAL_ADDRESS.rstrip("/") + path


def plan_prepared(issue: PlanIssue) -> int:
    """Tell the heads of the Department that an issue of the plan waits for them. To how many a letter goes."""
    held = Office.objects.on(clock.today()).filter(role=Office.Role.DEPARTMENT_HEAD)
    sent = 0
    for person in User.objects.filter(offices__in=held, is_active=True).distinct():
        with override(person.language):
            body = _("Issue %(number)s of the plan waits for you to approve it.") % {"number": issue.number}
            subject = _("Plan of the congress, issue %(number)s") % {"number": issue.number}
            letter = outbox.send(to=person, subject=subject, body=f"{body}\n{_address(issue.get_absolute_url())}")
            sent += bool(letter)
    return sent


def plan_published(issue: PlanIssue) -> int:
    """Tell head and clerk of every active unit that an issue of the plan is out. To how many a letter goes."""
    sent = 0
    active = Unit.objects.active().values_list("pk", flat=True)
    for person in people_of(active):
        with override(person.language):
            lines = [
                _("The plan of %(congress)s has been published, issue %(number)s.")
                % {"congress": issue.congress.name, "number": issue.number}
            ]
            if issue.document:
                lines.append(_("Document: %(document)s") % {"document": issue.document})
            lines.append(_("Please open it and say there that your unit has received it:"))
            lines.append(_address(issue.get_absolute_url()))
            subject = _("Plan of the congress, issue %(number)s") % {"number": issue.number}
            sent += bool(outbox.send(to=person, subject=subject, body="\n".join(lines)))
    return sent


def dates_moved(congress: Congress, moves: Collection[DateMove]) -> int:
    """Tell the units that lead or help with published tasks which of their dates have moved: one letter a person."""
    by_unit: dict[int, list[DateMove]] = {}
    for move in moves:
        if move.task and move.task.published_at:
            helping = move.task.cooperating.values_list("pk", flat=True)
            for unit in {move.task.lead_id, *helping}:
                by_unit.setdefault(unit, []).append(move)
    sent = 0
    for person, units in people_of(by_unit).items():
        theirs = {move.pk: move for unit in units for move in by_unit[unit]}
        with override(person.language):
            lines = [_line(theirs[pk]) for pk in sorted(theirs)]
            first = next(iter(theirs.values()))
            lines.append(_("Reason: %(reason)s") % {"reason": first.reason})
            if first.document:
                lines.append(_("Document: %(document)s") % {"document": first.document})
            lines.append(_address(reverse("congress:plan", args=[congress.slug])))
            subject = _("Dates of the plan have moved: %(congress)s") % {"congress": congress.short}
            sent += bool(outbox.send(to=person, subject=subject, body="\n".join(lines)))
    return sent


def _line(move: DateMove) -> str:
    """'Tổng hợp hồ sơ: 01/05/2020 → 11/05/2020'."""
    old, new = (short_date(day) if day else _("no day") for day in (move.old_until, move.new_until))
    return f"{move.task}: {old} → {new}"
