"""The only place that writes sittings: their preparation, attendance, tellers and conclusion."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from awards import letters, rules
from awards.ballot import code_public_key, new_code
from awards.models import Attendance, Ballot, Candidate, Nomination, Sitting, Teller
from congress.actions import Report, set_showcase_reports
from congress.models import Congress
from core import audit, clock, versions
from core.locks import lock
from core.models import User
from core.refusal import refuse_if
from core.vietnamese import clean

State = Sitting.State
Noted = tuple[bool, str]  # a line of the attendance: whether somebody came, and why not
ABSENT: Noted = (False, "")  # how a line reads on which nothing has been recorded


def _move(sitting: Sitting, state: str, **fields: Any) -> None:
    sitting.state = state
    for name, value in fields.items():
        setattr(sitting, name, value)
    versions.save(sitting, ["state", *fields])


# ---- Preparing ----


@transaction.atomic
def plan_sitting(*, actor: User, congress: Congress, held_at: datetime, place: str, **fields: Any) -> Sitting:
    """Prepare a sitting. `fields`: the quorum as a share and the number of tellers, where they are not the usual."""
    refuse_if(rules.why_not_plan_sitting(actor, congress))
    sitting = Sitting(congress=congress, held_at=held_at, place=place, **fields)
    sitting.full_clean()
    sitting.save()
    audit.record(actor, "sitting.planned", sitting)
    return sitting


@transaction.atomic
def change_sitting(*, actor: User, sitting: Sitting, version: int, **fields: Any) -> Sitting:
    """Change day, place, quorum or the number of tellers; who was called together is called again."""
    current = lock(Sitting, sitting.pk)
    refuse_if(rules.why_not_change_sitting(actor, current))
    versions.check(current, version, fields)
    changes = versions.apply(current, fields)
    if changes:
        current.full_clean()
        versions.save(current, [*fields])
        if current.state == State.CONVENED:
            letters.summons(current, _voters(current))
        audit.record(actor, "sitting.changed", current, changes=changes)
    return current


def _voters(sitting: Sitting) -> Sequence[User]:
    return list(rules.voters(sitting.congress))


@transaction.atomic
def convene(*, actor: User, sitting: Sitting) -> Sitting:
    """Call the Council together by letter (Triệu tập)."""
    current = lock(Sitting, sitting.pk)
    refuse_if(rules.why_not_convene(actor, current))
    _move(current, State.CONVENED)
    sent = letters.summons(current, _voters(current))
    audit.record(actor, "sitting.convened", current, letters=sent)
    return current


class LinesStale(versions.Stale):
    """Lines of the attendance that somebody else has set otherwise meanwhile: `lines` as they stand, by person's id."""

    def __init__(self, current: Sitting, lines: Mapping[int, Noted]) -> None:
        super().__init__(current)
        self.lines = lines


@transaction.atomic
def record_attendance(
    *,
    actor: User,
    sitting: Sitting,
    present: Sequence[User],
    excuses: Mapping[int, str],
    read: Mapping[int, Noted | None] | None = None,
) -> Sitting:
    """Record who of the Council has come, and why others have not: `excuses` by the person's id.

    `read` is what the sender's page showed of each line, None where it did not say: a line is set only where what was
    sent differs from it. Raises `LinesStale` when somebody else has set such a line otherwise. Without `read` every
    line is set.
    """
    current = lock(Sitting, sitting.pk)
    refuse_if(rules.why_not_record_attendance(actor, current))
    noted = {line.user_id: line for line in current.attendances.all()}
    sent = _sent_lines(_voters(current), present, excuses)
    now = {pk: (noted[pk].present, noted[pk].excuse) if pk in noted else ABSENT for pk in sent}
    touched = [pk for pk, line in sent.items() if read is None or (pk in read and read[pk] != line)]
    stale = {pk: now[pk] for pk in touched if read is not None and now[pk] not in (read[pk], sent[pk])}
    if stale:
        raise LinesStale(current, stale)
    for pk in sent:
        if pk in touched or pk not in noted:
            here, excuse = sent[pk] if pk in touched else ABSENT
            current.attendances.update_or_create(user_id=pk, defaults={"present": here, "excuse": excuse})
    came, members, _needed = rules.attendance(current)
    audit.record(actor, "sitting.attendance", current, changes={_("Present"): ["", f"{came}/{members}"]})
    return current


def _sent_lines(members: Sequence[User], present: Sequence[User], excuses: Mapping[int, str]) -> dict[int, Noted]:
    """What is to stand for each member; who is present needs no excuse."""
    here = {user.pk for user in present}
    return {
        member.pk: (True, "") if member.pk in here else (False, clean(excuses.get(member.pk, ""))) for member in members
    }


# ---- Conducting ----


@transaction.atomic
def open_sitting(*, actor: User, sitting: Sitting) -> Sitting:
    """Open a sitting from the chair, with a quorum, and lay out a first ballot on each list that has places open."""
    congress = lock(Congress, sitting.congress_id)  # one sitting at a time
    current = lock(Sitting, sitting.pk)
    refuse_if(rules.why_not_open_sitting(actor, current))
    _settle_attendance(current)
    _came, members, _needed = rules.attendance(current)
    _move(current, State.OPEN, chaired_by=actor, opened_at=clock.now(), members=members)
    for kind, places in rules.lists_to_vote_on(congress).items():
        Ballot.objects.lay_out(
            current, kind, congress.nominations.listed(kind).order_by("sort_key", "pk"), places=places
        )
    audit.record(actor, "sitting.opened", current, members=members)
    return current


def _settle_attendance(sitting: Sitting) -> None:
    """From the opening on, the attendance holds each member of this day: no one who left since, no one forgotten."""
    council = _voters(sitting)
    sitting.attendances.exclude(user__in=council).delete()
    noted = set(sitting.attendances.values_list("user", flat=True))
    Attendance.objects.bulk_create(
        Attendance(sitting=sitting, user=member) for member in council if member.pk not in noted
    )


@transaction.atomic
def postpone(*, actor: User, sitting: Sitting, reason: str) -> Sitting:
    """Put a sitting off because too few have come (Hoãn)."""
    current = lock(Sitting, sitting.pk)
    refuse_if(rules.why_not_postpone(actor, current))
    _move(current, State.POSTPONED, conclusion=reason)
    audit.record(actor, "sitting.postponed", current, reason=reason)
    return current


@transaction.atomic
def appoint_tellers(*, actor: User, sitting: Sitting, users: Sequence[User], leader: User) -> list[Teller]:
    """Appoint the counting team (Ban kiểm phiếu). Who was in it before keeps the opening code."""
    current = lock(Sitting, sitting.pk)
    refuse_if(rules.why_not_appoint_tellers(actor, current, users))
    current.tellers.exclude(user__in=users).delete()
    for user in users:
        Teller.objects.update_or_create(sitting=current, user=user, defaults={"leads": user == leader})
    names = ", ".join(str(user) for user in users)
    audit.record(actor, "sitting.tellers_appointed", current, changes={_("Tellers"): ["", names]})
    return list(current.tellers.select_related("user"))


@transaction.atomic
def take_code(*, actor: User, sitting: Sitting) -> str:
    """A new opening code for a teller. Returns it; only its public half is kept, so it is shown this once."""
    current = lock(Sitting, sitting.pk)
    refuse_if(rules.why_not_take_code(actor, current))
    code = new_code()
    teller = current.tellers.get(user=actor)
    teller.public_key = code_public_key(code)
    teller.save(update_fields=["public_key"])
    audit.record(actor, "sitting.code_taken", current)
    return code


@transaction.atomic
def conclude(*, actor: User, sitting: Sitting, conclusion: str) -> Sitting:
    """End a sitting: nominations get what was decided, and the programme its showcase reports."""
    congress = lock(Congress, sitting.congress_id)
    current = lock(Sitting, sitting.pk)
    refuse_if(rules.why_not_conclude(actor, current))
    _move(current, State.CONCLUDED, conclusion=conclusion, concluded_at=clock.now())
    decided = _decide(current)
    chosen = congress.nominations.filter(state=Nomination.State.SELECTED).select_related("unit")
    reports = [_report(nomination) for nomination in chosen.order_by("kind", "sort_key", "pk")]
    set_showcase_reports(actor=actor, congress=congress, reports=reports)
    for nomination in decided:
        audit.record(actor, f"nomination.{nomination.state}", nomination)
    audit.record(actor, "sitting.concluded", current)
    return current


def _decide(sitting: Sitting) -> list[Nomination]:
    """Bring every candidate's nomination to what the last ballot on it says; returns them."""
    ballots = sitting.ballots.filter(state=Ballot.State.COUNTED)
    last: dict[int, str] = {}
    for candidate in Candidate.objects.filter(ballot__in=ballots).order_by("ballot__round"):
        last[candidate.nomination_id] = candidate.outcome
    decided = [lock(Nomination, pk) for pk in sorted(last)]
    for nomination in decided:
        nomination.state, nomination.state_since = last[nomination.pk], clock.now()
        versions.save(nomination, ["state", "state_since"])
    return decided


def _report(nomination: Nomination) -> Report:
    """A chosen nominee as the programme names the report: in Vietnamese, the programme's language."""
    who = "tập thể" if nomination.is_collective else "cá nhân"
    name = f"Báo cáo điển hình {who}: {nomination.nominee}, {nomination.unit.name_vi}"
    return Report(name_vi=name[:250], presenter=nomination.presenter)
