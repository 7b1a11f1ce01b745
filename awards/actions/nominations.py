"""The only place that writes nominations."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import letters, rules
from awards.dossier import section
from awards.models import Nomination, NomineeAward
from congress.actions import use_extension
from congress.deadlines import against_deadline
from congress.models import Conference, ConferenceReport, Congress, Extension
from congress.rules import deadline
from core import audit, clock, versions
from core.locks import lock
from core.models import User
from core.refusal import refuse_if
from core.vietnamese import short_date
from units.models import Unit

State = Nomination.State
SHORT = 80  # longer texts are not copied into the trail: it tells that they changed


def _move(nomination: Nomination, state: str, **fields: Any) -> None:
    """Bring a locked nomination into a state, with what comes with it."""
    nomination.state, nomination.state_since = state, clock.now()
    for name, value in fields.items():
        setattr(nomination, name, value)
    versions.save(nomination, ["state", "state_since", *fields])


# ---- The unit ----


@transaction.atomic
def start(*, actor: User, congress: Congress, unit: Unit, kind: str, nominee: str) -> Nomination:
    """Begin a draft. The conference that the unit belongs to is its source."""
    unit = lock(Unit, unit.pk)  # it is not merged into another one meanwhile
    refuse_if(rules.why_not_start(actor, congress, unit))
    conference = Conference.objects.filter(congress=congress, units=unit).first()
    nomination = _begin(congress=congress, unit=unit, kind=kind, nominee=nominee, conference=conference)
    use_extension(actor=actor, congress=congress, kind=Extension.Kind.NOMINATIONS, unit=unit, arrived=clock.arrived())
    told = against_deadline(deadline(congress, Extension.Kind.NOMINATIONS, unit.pk), clock.arrived())
    audit.record(actor, "nomination.started", nomination, **told)
    return nomination


@transaction.atomic
def start_proposed(
    *, actor: User | None, report: ConferenceReport, unit: Unit, kind: str, nominee: str, **known: Any
) -> Nomination:
    """Begin a draft of whom a conference has proposed, with what its report tells of them (`known`).

    The Department does so when it accepts the report; from then on the draft is its unit's.
    """
    unit = Unit.objects.get(pk=unit.pk).as_of(clock.today())  # or whoever has taken its place since the conference
    conference = report.conference
    refuse_if(rules.why_not_start_proposed(actor, conference.congress, unit, report.first_sent_at))
    nomination = _begin(
        congress=conference.congress, unit=unit, kind=kind, nominee=nominee, conference=conference, **known
    )
    audit.record(actor, "nomination.started", nomination, conference=str(conference))
    return nomination


def _begin(**fields: Any) -> Nomination:
    now = clock.now()
    nomination = Nomination(state_since=now, saved_at=now, **fields)
    nomination.full_clean()
    nomination.save()
    return nomination


@transaction.atomic
def save_section(
    *,
    actor: User,
    nomination: Nomination,
    version: int,
    key: str,
    values: Mapping[str, Any],
    awards: Iterable[Mapping[str, Any]] | None = None,
    by_itself: bool = False,
) -> Nomination:
    """Save one subject of a draft; fields of other subjects are left alone.

    `awards` replaces the list of awards held (for the subject of that name). `by_itself` marks a draft that saved
    itself: the trail keeps one entry for a sitting at the desk. Raises Stale, and LookupError for an unknown subject.
    """
    current = lock(Nomination, nomination.pk)
    refuse_if(rules.why_not_edit(actor, current))
    subject = section(current.kind, key)
    if subject is None:
        raise LookupError(key)
    fields = {name: value for name, value in values.items() if name in subject.fields}
    versions.check(current, version, subject.fields)
    changes = _told(current, versions.apply(current, fields))
    if awards is not None:
        changes |= _replace_awards(current, awards)
    current.saved_at = clock.now()
    versions.save(current, [*fields, "saved_at"])
    if changes and not (by_itself and audit.just_told(actor, "nomination.edited", current)):
        audit.record(actor, "nomination.edited", current, changes=changes, subject=key)
    return current


def _told(nomination: Nomination, changes: dict[str, list[str]]) -> dict[str, list[str]]:
    """Changes as the trail may keep them: personal data and long texts only as having changed."""
    fields: dict[str, Any] = {field.name: field for field in nomination._meta.concrete_fields}
    personal = {str(fields[name].verbose_name) for name in Nomination.PERSONAL}
    return {
        label: ["…", "…"] if label in personal or max(map(len, texts)) > SHORT else texts
        for label, texts in changes.items()
    }


def _replace_awards(nomination: Nomination, rows: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    before = list(nomination.awards.all())
    nomination.awards.all().delete()
    after = [NomineeAward(nomination=nomination, **row) for row in rows]
    for award in after:
        award.full_clean(exclude=["nomination"])
    NomineeAward.objects.bulk_create(after)
    texts = [
        "; ".join(sorted(f"{award} {award.decision_number}".strip() for award in awards)) for awards in (before, after)
    ]
    return {_("Awards held"): [str(len(before)), str(len(after))]} if texts[0] != texts[1] else {}


@transaction.atomic
def send_to_head(*, actor: User, nomination: Nomination) -> Nomination:
    """Put a complete dossier before the head of the unit (Trình thủ trưởng)."""
    current = lock(Nomination, nomination.pk)
    refuse_if(rules.why_not_send_to_head(actor, current))
    _move(current, State.WITH_HEAD)
    letters.to_head(current)
    audit.record(actor, "nomination.sent_to_head", current)
    return current


@transaction.atomic
def send_back(*, actor: User, nomination: Nomination, reason: str) -> Nomination:
    """Give a dossier back to the clerk, with what to mend."""
    current = lock(Nomination, nomination.pk)
    refuse_if(rules.why_not_send_back(actor, current))
    _move(current, State.RETURNED if current.due else State.DRAFT)
    letters.to_unit(current, gettext_lazy("Please mend the dossier of %(nominee)s"), reason)
    audit.record(actor, "nomination.sent_back", current, reason=reason)
    return current


@transaction.atomic
def submit(*, actor: User, nomination: Nomination) -> Nomination:
    """Submit a complete dossier (Nộp). The first time gives it its number; that time is kept when it is sent again."""
    congress = lock(Congress, nomination.congress_id)  # numbers are given one after the other
    current = lock(Nomination, nomination.pk)
    current.congress = congress
    refuse_if(rules.why_not_submit(actor, current))
    number, arrived = current.number, clock.arrived()
    late, first = rules.is_late(current, arrived), current.first_submitted_at or arrived
    if number is None:
        of_kind = Nomination.objects.filter(congress=congress, kind=current.kind)
        number = (of_kind.aggregate(last=Max("number"))["last"] or 0) + 1
    told = against_deadline(rules.deadline_to_send(current), arrived)
    _move(
        current,
        State.SUBMITTED,
        number=number,
        first_submitted_at=first,
        filed_by=current.filed_by or current.unit,
        late=late,
        due=None,
        return_reason="",
    )
    use_extension(actor=actor, congress=congress, kind=Extension.Kind.NOMINATIONS, unit=current.unit, arrived=arrived)
    audit.record(actor, "nomination.submitted", current, reference=current.reference, **told)
    return current


@transaction.atomic
def withdraw(*, actor: User, nomination: Nomination, reason: str) -> Nomination:
    """Take a nomination back, before the short list is drawn up (Rút)."""
    current = lock(Nomination, nomination.pk)
    refuse_if(rules.why_not_withdraw(actor, current))
    _move(current, State.WITHDRAWN, closing_reason=reason, due=None)
    audit.record(actor, "nomination.withdrawn", current, reason=reason)
    return current


# ---- The Department ----


@transaction.atomic
def accept(*, actor: User, nomination: Nomination) -> Nomination:
    """Accept a submitted dossier (Tiếp nhận)."""
    current = lock(Nomination, nomination.pk)
    refuse_if(rules.why_not_accept(actor, current))
    _move(current, State.ACCEPTED)
    letters.to_unit(current, gettext_lazy("Dossier accepted: %(nominee)s"))
    audit.record(actor, "nomination.accepted", current)
    return current


@transaction.atomic
def return_for_correction(*, actor: User, nomination: Nomination, reason: str, due: date) -> Nomination:
    """Send a dossier back to its unit, saying what to mend and until when (Trả lại bổ sung)."""
    current = lock(Nomination, nomination.pk)
    refuse_if(rules.why_not_return(actor, current, due))
    _move(current, State.RETURNED, return_reason=reason, due=due)
    letters.to_unit(current, gettext_lazy("Dossier returned for correction: %(nominee)s"), reason)
    audit.record(
        actor, "nomination.returned", current, reason=reason, changes={_("Correction due"): ["", short_date(due)]}
    )
    return current


@transaction.atomic
def mark_ineligible(*, actor: User, nomination: Nomination, reason: str) -> Nomination:
    """Say that a nominee does not meet the conditions (Không đủ điều kiện)."""
    current = lock(Nomination, nomination.pk)
    refuse_if(rules.why_not_mark_ineligible(actor, current))
    _move(current, State.INELIGIBLE, closing_reason=reason)
    letters.to_unit(current, gettext_lazy("Not eligible: %(nominee)s"), reason)
    audit.record(actor, "nomination.ineligible", current, reason=reason)
    return current


@transaction.atomic
def record_pending_issue(*, actor: User, nomination: Nomination, pending: bool, note: str = "") -> Nomination:
    """Record whether a discipline case or a complaint is pending: for the Department and the Council alone."""
    current = lock(Nomination, nomination.pk)
    refuse_if(rules.why_not_record_pending(actor, current))
    changes = versions.apply(current, {"pending_issue": pending, "pending_note": note})
    versions.save(current, ["pending_issue", "pending_note"])
    audit.record(actor, "nomination.pending_recorded", current, changes=changes)
    return current


@transaction.atomic
def name_account(*, actor: User, nomination: Nomination, user: User | None) -> Nomination:
    """Name the Council member who is the nominee or heads the nominated collective, or nobody: that person does not
    vote on the list."""
    lock(Congress, nomination.congress_id)  # the list stands still while a sitting is opened
    current = lock(Nomination, nomination.pk)
    refuse_if(rules.why_not_name_account(actor, current, user))
    changes = versions.apply(current, {"nominee_user": user})
    versions.save(current, ["nominee_user"])
    audit.record(actor, "nomination.account_named", current, changes=changes)
    return current


@transaction.atomic
def shortlist(*, actor: User, nomination: Nomination) -> Nomination:
    """Put an accepted nominee on the list for the Council (Trình Hội đồng)."""
    lock(Congress, nomination.congress_id)  # the list stands still while a sitting is opened
    current = lock(Nomination, nomination.pk)
    refuse_if(rules.why_not_shortlist(actor, current))
    _move(current, State.SHORTLISTED)
    audit.record(actor, "nomination.shortlisted", current)
    return current


@transaction.atomic
def take_off(*, actor: User, nomination: Nomination, reason: str) -> Nomination:
    """Take a nominee off the list for the Council again."""
    lock(Congress, nomination.congress_id)  # the list stands still while a sitting is opened
    current = lock(Nomination, nomination.pk)
    refuse_if(rules.why_not_take_off(actor, current))
    _move(current, State.ACCEPTED)
    audit.record(actor, "nomination.taken_off", current, reason=reason)
    return current
