"""What somebody can do with a nomination, each act with its address and, where it is refused, the reason."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from awards import rules
from awards.models import Nomination, Recusal
from awards.queries.nominations import Dossier
from core.models import User
from core.refusal import Denial
from units.hats import hats

State = Nomination.State


@dataclass(frozen=True)
class Step:
    """An act on a nomination as a button. `leads`: it brings the dossier on, so it may be the page's main act."""

    name: str
    label: str
    symbol: str
    why_not: str | None
    url: str = ""
    method: str = "get"  # an act that asks nothing is posted at once
    leads: bool = False
    primary: bool = False


@dataclass(frozen=True)
class Steps:
    """The acts of this moment, and those that other moments are for."""

    now: list[Step]
    later: list[Step]


def steps(user: User, nomination: Nomination, dossier: Dossier) -> Steps:
    """The acts that are this person's; others' acts are not shown at all. The first that leads on is the main one."""
    mine, kept = hats(user), list[Step]()
    if nomination.unit_id in mine.unit_ids:
        kept += _of_unit(user, nomination, dossier)
    if mine.department:
        kept += _of_department(user, nomination)
    if nomination.state in Nomination.BEFORE_THE_COUNCIL and rules.council_post(user, nomination.congress):
        kept += _of_council(user, nomination)
    own = [step for step in kept if not isinstance(step.why_not, Denial)]
    now = [step for step in own if _of_this_moment(step.name, nomination)]
    first = next((place for place, step in enumerate(now) if step.leads and not step.why_not), None)
    if first is not None:
        now[first] = replace(now[first], primary=True)
    now.sort(key=lambda step: (bool(step.why_not), not step.primary))  # what is possible comes first
    return Steps(now, [step for step in own if not _of_this_moment(step.name, nomination)])


def _of_this_moment(name: str, nomination: Nomination) -> bool:
    move = rules.MOVES.get(name)
    return move is None or nomination.state in move.states


def _to(nomination: Nomination, page: str, *more: str) -> str:
    return reverse(f"awards:{page}", args=[nomination.congress.slug, nomination.pk, *more])


def _of_unit(user: User, nomination: Nomination, dossier: Dossier) -> list[Step]:
    check = _to(nomination, "check")
    found = []
    if dossier.next_subject:
        goal = _to(nomination, "section", dossier.next_subject)
        reason = rules.why_not_edit(user, nomination)
        found.append(Step("edit", _("Go on with the dossier"), "pencil", reason, goal, leads=True))
    if nomination.unit_id in hats(user).head_of:
        reason = rules.why_not_submit(user, nomination)
        found.append(Step("submit", _("Check and submit"), "check-lg", reason, check, leads=True))
    else:
        reason = rules.why_not_send_to_head(user, nomination)
        found.append(Step("send_to_head", _("Check and send to the head"), "check-lg", reason, check, leads=True))
    back, withdraw = rules.why_not_send_back(user, nomination), rules.why_not_withdraw(user, nomination)
    return [
        *found,
        Step("send_back", _("Give back to the clerk"), "arrow-return-left", back, _to(nomination, "send_back")),
        Step("withdraw", _("Withdraw the nomination"), "x-lg", withdraw, _to(nomination, "withdraw")),
    ]


def _of_department(user: User, nomination: Nomination) -> list[Step]:
    asks = {
        "accept": (_("Accept"), "check-lg", rules.why_not_accept, "accept"),
        "shortlist": (_("Put before the Council"), "list-check", rules.why_not_shortlist, "shortlist"),
        "record_pending": (_("Pending issue…"), "shield-check", rules.why_not_record_pending, "pending"),
        "return": (_("Return for correction"), "arrow-return-left", rules.why_not_return, "return"),
        "mark_ineligible": (_("Not eligible…"), "x-lg", rules.why_not_mark_ineligible, "ineligible"),
        "name_account": (_("Council member concerned…"), "person", rules.why_not_name_account, "account"),
        "take_off": (_("Take off the short list"), "arrow-counterclockwise", rules.why_not_take_off, "take_off"),
    }
    found = []
    for name, (label, symbol, why_not, page) in asks.items():
        at_once = name in ("accept", "shortlist")
        asked_first = nomination.state == State.ACCEPTED and nomination.pending_issue is None
        leads = at_once or (name == "record_pending" and asked_first)
        method = "post" if at_once else "get"
        reason = why_not(user, nomination)
        found.append(Step(name, label, symbol, reason, _to(nomination, page), method, leads))
    return found


def _of_council(user: User, nomination: Nomination) -> list[Step]:
    recusal = Recusal.objects.filter(nomination=nomination, user=user).exists()
    assess = rules.why_not_assess(user, nomination)
    found = [Step("assess", _("Assess"), "pencil", assess, _to(nomination, "assess"), leads=True)]
    if not recusal:
        reason = rules.why_not_recuse(user, nomination)
        label = _("Declare a conflict of interest")
        found.append(Step("conflict", label, "shield-lock", reason, _to(nomination, "conflict")))
    return found
