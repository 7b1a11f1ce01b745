"""The way of a sitting from its preparation to its conclusion: what is next, whose it is, what the reader may do."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards import rules
from awards.models import Ballot, Sitting, Teller
from awards.queries.sittings import IN_ROOM, Presence, ballot_lines, undecided
from core.models import User
from core.refusal import Denial

State, BallotState = Sitting.State, Ballot.State


@dataclass(frozen=True)
class Act:
    """A button: where it leads, and why it is refused where it is."""

    url: str
    label: str
    symbol: str
    why_not: str | None = None
    method: str = "get"
    confirm: str = ""
    again: bool = False  # does once more what is done: never the page's main act


@dataclass(frozen=True)
class Step:
    """A step of a sitting: what, whose it is, how it stands, and what the reader may do for it."""

    title: str
    whose: str
    done: bool
    told: str = ""
    act: Act | None = None
    place: str = "later"  # done, next or later


@dataclass(frozen=True)
class Way:
    """The steps of a sitting in order, and who has the next one."""

    steps: list[Step]
    waits_on: str
    since: datetime | None

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if step.place == "next"), None)


def way(reader: User, sitting: Sitting, here: Presence) -> Way:
    """The way of a sitting from its preparation to its conclusion, as the reader finds it."""
    if sitting.state == State.POSTPONED:
        return Way([], "", None)
    steps = [*_preparing(reader, sitting, here), *_conducting(reader, sitting)]
    after_next = False
    for number, step in enumerate(steps):
        place = "done" if step.done else "later" if after_next else "next"
        after_next = after_next or place == "next"
        steps[number] = replace(step, place=place, act=None if place == "later" else step.act)
    if sitting.state == State.CONCLUDED:
        return Way(steps, "", None)
    return Way(steps, _waits_on(sitting, steps), _since(sitting))


def _offered(act: Act | None) -> Act | None:
    """An act of the reader's own; what would only be done again is not shown when it is refused."""
    if act is None or isinstance(act.why_not, Denial) or (act.again and act.why_not):
        return None
    return act


def _to(sitting: Sitting, page: str) -> str:
    return reverse(f"awards:{page}", args=[sitting.congress.slug, sitting.pk])


def _preparing(reader: User, sitting: Sitting, here: Presence) -> list[Step]:
    """Called together, attended, opened."""
    keeper, chair = _("the secretary or the Department"), _("the Chair")
    called, begun = sitting.state != State.DRAFT, sitting.state in IN_ROOM
    convene = attend = begin = None
    if not called:
        reason = rules.why_not_convene(reader, sitting)
        number = len(here.lines)
        asked = ngettext("Call %(n)s member together by letter?", "Call %(n)s members together by letter?", number)
        convene = Act(
            _to(sitting, "convene"), _("Call the Council together"), "envelope", reason, "post", asked % {"n": number}
        )
    if sitting.state in (State.CONVENED, State.OPEN):
        reason = rules.why_not_record_attendance(reader, sitting)
        label = _("Mend the attendance") if here.noted else _("Record who has come")
        attend = Act(_to(sitting, "attendance"), label, "list-check", reason, again=here.noted)
    if sitting.state == State.CONVENED:
        reason = rules.why_not_open_sitting(reader, sitting)
        begin = Act(_to(sitting, "open_sitting"), _("Open the sitting"), "shield-check", reason, "post")
    words = {"present": here.present, "members": here.members, "needed": here.needed}
    came = _("%(present)s of %(members)s present, %(needed)s needed") % words if here.noted else ""
    opened = _("from the chair: %(name)s") % {"name": sitting.chaired_by} if begun and sitting.chaired_by else ""
    return [
        Step(_("Call the Council together"), keeper, called, act=_offered(convene)),
        Step(_("Record who has come"), keeper, begun or here.quorate, came, _offered(attend)),
        Step(_("Open the sitting with a quorum"), chair, begun, opened, _offered(begin)),
    ]


def _conducting(reader: User, sitting: Sitting) -> list[Step]:
    """Tellers, their codes, the ballots, the conclusion."""
    begun = sitting.state in IN_ROOM
    team = list(sitting.tellers.all()) if begun else []
    appointed = len(team) >= sitting.tellers_wanted
    coded = appointed and all(teller.has_code for teller in team)
    left = undecided(sitting) if begun else []
    decided = begun and not left and bool(rules.latest_ballots(sitting))
    concluded = sitting.state == State.CONCLUDED
    appoint = conclude = None
    if sitting.state == State.OPEN:
        label = _("Appoint another team") if appointed else _("Appoint the counting team")
        reason = rules.why_not_appoint_tellers(reader, sitting)
        appoint = Act(_to(sitting, "tellers"), label, "people", reason, again=appointed)
    if decided and not concluded:
        reason = rules.why_not_conclude(reader, sitting)
        conclude = Act(_to(sitting, "conclude"), _("Conclude the sitting"), "check-lg", reason)
    names = ", ".join(str(teller) for teller in team)
    whose = _("the Chair, the members and the tellers")
    return [
        Step(_("Appoint the counting team"), _("the Chair"), concluded or appointed, names, _offered(appoint)),
        Step(_("Take the opening codes"), _("each teller"), concluded or coded, act=_take_code(reader, sitting, team)),
        Step(_("Vote, count and decide on every list"), whose, decided, act=_go_to_ballot(reader, sitting, left)),
        Step(_("Conclude the sitting"), _("the Chair"), concluded, act=_offered(conclude)),
    ]


def _take_code(reader: User, sitting: Sitting, team: list[Teller]) -> Act | None:
    own = next((teller for teller in team if teller.user_id == reader.pk), None)
    if own is None or sitting.state != State.OPEN:
        return None
    label = _("Take another code") if own.has_code else _("Take an opening code")
    asked = _("The code that you have is dead as soon as you take another. Take another?") if own.has_code else ""
    reason = rules.why_not_take_code(reader, sitting)
    return _offered(Act(_to(sitting, "take_code"), label, "key", reason, "post", asked, own.has_code))


def _go_to_ballot(reader: User, sitting: Sitting, left: list[Any]) -> Act | None:
    """Where the reader has still to vote, else the ballot on which the next act is theirs: done on its own page."""
    if sitting.state != State.OPEN or not left:
        return None
    mine = next((line.ballot for line in ballot_lines(sitting) if line.awaits_reader), None)
    if mine is not None:
        url = reverse("awards:vote", args=[sitting.congress.slug, mine.pk])
        return Act(url, _("Vote: %(list)s") % {"list": mine.get_kind_display()}, "shield-check")
    ballot = _at_work(left)
    label = {
        BallotState.DRAFT: _("Open the vote: %(list)s"),
        BallotState.OPEN: _("Close the vote: %(list)s"),
        BallotState.CLOSED: _("Open the box: %(list)s"),
        BallotState.COUNTED: _("Decide: %(list)s"),
    }[ballot.state]
    counts = any(teller.user_id == reader.pk for teller in sitting.tellers.all())
    if not (counts if ballot.state == BallotState.CLOSED else rules.presides(reader, sitting)):
        return None
    return Act(ballot.get_absolute_url(), label % {"list": ballot.get_kind_display()}, "shield-check")


def _waits_on(sitting: Sitting, steps: list[Step]) -> str:
    """Who has the next step: of a ballot, whoever has to vote, to open, to close or to count."""
    following = next((step for step in steps if step.place == "next"), None)
    if following is None:
        return ""
    without = [str(teller) for teller in sitting.tellers.all() if not teller.has_code] if _is_on(sitting) else []
    if without and len(sitting.tellers.all()) >= sitting.tellers_wanted:
        return ", ".join(without)
    left = undecided(sitting) if _is_on(sitting) and following is steps[-2] else []
    return _ballot_waits_on(left) if left else following.whose


def _is_on(sitting: Sitting) -> bool:
    return sitting.state == State.OPEN


def _ballot_waits_on(left: list[Any]) -> str:
    """Whom the lists that are not decided wait on."""
    ballot = _at_work(left)
    missing = (ballot.issued or 0) - ballot.cast
    if ballot.state == BallotState.OPEN and missing:
        return ngettext("%(n)s member who has not voted", "%(n)s members who have not voted", missing) % {"n": missing}
    return _("two tellers") if ballot.state == BallotState.CLOSED else _("the Chair")


def _at_work(left: list[Any]) -> Any:
    """Of the ballots that are not decided, the one whose turn it is: what has begun before what has not."""
    order = [BallotState.OPEN, BallotState.CLOSED, BallotState.COUNTED, BallotState.DRAFT]
    return min(left, key=lambda one: order.index(BallotState(one.state)))


def _since(sitting: Sitting) -> datetime | None:
    """When something last happened in a sitting: an act on it, or on one of its ballots; never when somebody voted."""
    moments = [sitting.since]  # type: ignore[attr-defined]
    if _is_on(sitting):
        for ballot in sitting.ballots.all():
            moments += [ballot.opened_at, ballot.closed_at, ballot.counted_at]
    return max((moment for moment in moments if moment), default=None)
