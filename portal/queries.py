"""What the first pages show: reads across all rooms, few queries, ready to be shown."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.models import Kind, Nomination
from awards.queries.nominations import TONES, waits_on
from congress.models import Conference, Congress, Extension, PlanIssue, Task
from congress.queries import ConferenceLine, conference_roll
from congress.rules import extended
from core.models import User
from core.vietnamese import fold, short_date
from delegates.models import Delegate, Quota, SeatRequest
from units.hats import hats
from units.models import Block, Unit

NEAR_DAYS = 60  # conferences that the first page still shows
SEATS_ASKED_FOR, PLAN = "seats", "plan"  # among the states of dossiers, where they are counted in one question
Part = tuple[str, int, str]  # label, value, tone: what a stacked bar is made of


@dataclass(frozen=True)
class Line:
    """A line of a list on a first page: what, a remark, where it leads, and its state."""

    title: str
    text: str
    url: str
    kind: str
    state: str


@dataclass(frozen=True)
class Seats:
    """Seats of the congress, or of some units: how many there are and what became of them."""

    target: int
    allocated: int
    registered: int  # waiting to be confirmed
    confirmed: int

    @property
    def parts(self) -> list[Part]:
        free = max(0, self.allocated - self.registered - self.confirmed)
        found = [
            (_("Confirmed"), self.confirmed, "ok"),
            (_("Registered"), self.registered, "warn"),
            (_("Free"), free, "wait"),
        ]
        if self.target > self.allocated:
            found.append((_("Not yet allocated"), self.target - self.allocated, "neutral"))
        return found


@dataclass
class Overview:
    """The Department's first page."""

    seats: Seats
    conferences: list[ConferenceLine] = field(default_factory=list)
    conference_parts: list[Part] = field(default_factory=list)
    conferences_held: int = 0
    seats_asked_for: int = 0
    plan_waits: bool = False
    nominations: int = 0
    nominations_sent: int = 0
    nomination_parts: list[Part] = field(default_factory=list)
    late: list[Line] = field(default_factory=list)
    waiting: list[Line] = field(default_factory=list)
    coming: list[Line] = field(default_factory=list)


def _to_do(title: str, text: str, url: str, number: int, kind: str = "wait") -> Line:
    """Something that several wait for, and how many."""
    return Line(title, text, url, kind, str(number))


def overview(congress: Congress, today: date) -> Overview:
    """Everything the Department sees first, in six queries."""
    found = Overview(seats=seats(congress))
    _conferences(found, congress, today)
    _nominations(found, congress)
    _tasks(found, congress, today)
    if found.seats.registered:
        url = reverse("delegates:delegates", args=[congress.slug]) + "?state=registered"
        registered = found.seats.registered
        found.waiting.insert(0, _to_do(_("Confirm delegates"), _("registered by the units"), url, registered))
    if found.plan_waits:
        url = reverse("congress:plan_issues", args=[congress.slug])
        found.waiting.insert(0, _to_do(_("Approve the plan"), _("laid before the head of the Department"), url, 1))
    if found.seats_asked_for:
        url = reverse("delegates:waiting_list", args=[congress.slug])
        asked = found.seats_asked_for
        found.waiting.append(_to_do(_("Answer requests for seats"), _("asked for by the units"), url, asked))
    return found


def seats(congress: Congress, units: frozenset[int] | None = None) -> Seats:
    """Counted seats of a congress, or those of some units; two queries, neither joins the people to anything."""
    quotas, people = Quota.objects.filter(congress=congress), Delegate.objects.filter(congress=congress)
    if units is not None:
        quotas, people = quotas.filter(unit__in=units), people.filter(unit__in=units)
    given = quotas.filter(category__counted=True).order_by().values_list("category").annotate(Sum("seats"))
    counted = dict(given)
    states: Counter[str] = Counter()
    for category, state, number in people.order_by().values_list("category", "state").annotate(number=Count("*")):
        if category in counted:
            states[state] += number
    allocated = sum(counted.values())
    return Seats(
        target=congress.delegates_target if units is None else allocated,
        allocated=allocated,
        registered=states[Delegate.State.REGISTERED],
        confirmed=states[Delegate.State.CONFIRMED],
    )


def _conferences(found: Overview, congress: Congress, today: date) -> None:
    found.conferences = roll = conference_roll(congress, today, closely=False)
    tones = Counter(line.tone for line in roll)
    found.late += [conference_line(line) for line in roll if line.tone == "late"]
    found.conferences_held = sum(line.held for line in roll)
    found.conference_parts = [
        (_("Reported"), tones["ok"], "ok"),
        (_("Held, report due"), tones["warn"], "warn"),
        (_("Planned"), tones["wait"], "wait"),
        (_("Late"), tones["late"], "late"),
        (_("Without a day"), tones["neutral"], "neutral"),
    ]
    near = [(line.conference.held_on, line) for line in roll if line.conference.held_on]
    near = [(day, line) for day, line in near if abs((day - today).days) <= NEAR_DAYS]
    found.coming = [conference_line(line) for _day, line in sorted(near, key=lambda pair: pair[0])[:6]]
    if to_approve := sum(line.conference.waits_for_approval for line in roll):
        url = reverse("congress:conferences", args=[congress.slug])
        found.waiting.append(_to_do(_("Approve conferences"), _("their hosts have set a day"), url, to_approve))
    if to_accept := sum(line.conference.state == Conference.State.REPORTED for line in roll):
        url = reverse("congress:roll_up", args=[congress.slug])
        found.waiting.append(_to_do(_("Accept reports of conferences"), _("sent by their hosts"), url, to_accept))


def conference_line(line: ConferenceLine) -> Line:
    """A conference with its day and where it stands."""
    when = line.when
    if line.conference.outside_window:
        when += " · " + _("outside the plan's window")
    return Line(line.conference.name, when, line.conference.get_absolute_url(), line.tone, line.word)


def _nominations(found: Overview, congress: Congress) -> None:
    states = Nomination.State
    dossiers = Nomination.objects.filter(congress=congress).order_by().values_list("state").annotate(Count("pk"))
    asked = SeatRequest.objects.filter(congress=congress).waiting().order_by().annotate(of=Value(SEATS_ASKED_FOR))
    issues = PlanIssue.objects.filter(congress=congress, published_at=None).order_by().annotate(of=Value(PLAN))
    others = [rows.values_list("of").annotate(Count("pk")) for rows in (asked, issues)]
    counts = dict(dossiers.union(*others, all=True))  # in one question
    found.seats_asked_for, found.plan_waits = counts.pop(SEATS_ASKED_FOR, 0), bool(counts.pop(PLAN, 0))
    draft = counts.get(states.DRAFT, 0) + counts.get(states.WITH_HEAD, 0)
    dropped = counts.get(states.WITHDRAWN, 0)
    submitted, returned = counts.get(states.SUBMITTED, 0), counts.get(states.RETURNED, 0)
    found.nominations = sum(counts.values()) - dropped
    found.nominations_sent = found.nominations - draft
    found.nomination_parts = [
        (_("Accepted"), found.nominations_sent - submitted - returned, "ok"),
        (_("Waiting for vetting"), submitted, "wait"),
        (_("Returned"), returned, "warn"),
        (_("Being written"), draft, "neutral"),
    ]
    url = reverse("awards:nominations", args=[congress.slug])
    if submitted:
        place = f"{url}?state=submitted"
        found.waiting.append(_to_do(_("Vet dossiers"), _("submitted by the units"), place, submitted))
    if returned:
        place = f"{url}?state=returned"
        found.waiting.append(_to_do(_("Returned dossiers"), _("waiting for their units"), place, returned, "back"))


def _tasks(found: Overview, congress: Congress, today: date) -> None:
    open_tasks = Task.objects.filter(congress=congress).open().filter(due__lte=today + timedelta(days=30))
    for task in open_tasks.select_related("lead").order_by("due", "pk")[:12]:
        task.congress = congress
        days = (today - task.due).days
        if days > 0:
            word = ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}
            found.late.append(Line(task.name, task.lead.name, task.get_absolute_url(), "late", word))
        else:
            word = _("due %(day)s") % {"day": short_date(task.due)}
            found.waiting.append(Line(task.name, task.lead.name, task.get_absolute_url(), "neutral", word))


@dataclass
class UnitDesk:
    """The first page of somebody who acts for a unit."""

    unit: Unit
    lines: list[Line]
    seats: Seats
    seat_words: str
    held_by: list[str]  # who has the next step, since when
    sent: bool  # whether a dossier has left the unit
    conference: Conference | None
    extended: list[Extension]  # deadlines that the Department has extended for it


def unit_desk(user: User, congress: Congress, roll: list[ConferenceLine]) -> UnitDesk | None:
    """The tasks of the unit that a person acts for, in two queries; None for who acts for none."""
    mine = hats(user)
    if not mine.unit_ids:
        return None
    unit = _first_unit(mine.unit_ids, roll)
    nominations = list(
        Nomination.objects.filter(congress=congress, unit=unit).exclude(state=Nomination.State.WITHDRAWN)
    )
    rows = _benches(congress, unit)
    total = sum(row.seats for row in rows)
    confirmed, registered = sum(row.confirmed for row in rows), sum(row.registered for row in rows)
    words = [f"{row.name} {row.confirmed + row.registered}/{row.seats}" for row in rows]
    line = next((line for line in roll if unit in line.conference.units.all()), None)
    lines = [_nomination_line(congress, unit, kind, nominations) for kind in Kind]
    lines.append(
        Line(
            _("Register delegates"),
            _("%(taken)s of %(total)s seats") % {"taken": confirmed + registered, "total": total},
            reverse("delegates:delegates", args=[congress.slug]),
            "ok" if total and confirmed + registered >= total else "wait" if total else "locked",
            _("All seats taken")
            if total and confirmed + registered >= total
            else _("Under way")
            if total
            else _("Not open yet"),
        )
    )
    if line:
        shown = conference_line(line)
        lines.append(replace(shown, title=_("Conference: %(name)s") % {"name": shown.title}))
    return UnitDesk(
        unit=unit,
        lines=lines,
        seats=Seats(total, total, registered, confirmed),
        seat_words=" · ".join(words),
        held_by=[_held_by(nomination) for nomination in nominations],
        sent=any(nomination.state not in UNSENT for nomination in nominations),
        conference=line.conference if line else None,
        extended=extended(congress, Extension.Kind.NOMINATIONS, [unit.pk])
        + extended(congress, Extension.Kind.REGISTRATION, [unit.pk]),
    )


def _first_unit(unit_ids: frozenset[int], roll: list[ConferenceLine]) -> Unit:
    """The first of some units; the roll of conferences, in which each unit has its place, is at hand already."""
    at_hand = {unit.pk: unit for line in roll for unit in line.conference.units.all() if unit.pk in unit_ids}
    units = list(at_hand.values()) if len(at_hand) == len(unit_ids) else Unit.objects.filter(pk__in=unit_ids)
    return min(units, key=lambda unit: (unit.order, unit.pk))


@dataclass(frozen=True)
class Bench:
    """A unit's seats in one category, and how many of its people sit there."""

    name: str
    seats: int
    registered: int
    confirmed: int


def _benches(congress: Congress, unit: Unit) -> list[Bench]:
    """A unit's seats by category; one query."""
    here = Delegate.objects.filter(congress=congress, unit=unit, category=OuterRef("category")).order_by()

    def seated(state: str) -> Coalesce:
        of_state = here.filter(state=state).values("category")
        return Coalesce(Subquery(of_state.annotate(number=Count("*")).values("number")), 0)

    rows: QuerySet[Any] = Quota.objects.filter(congress=congress, unit=unit, seats__gt=0).select_related("category")
    rows = rows.annotate(registered=seated(Delegate.State.REGISTERED), confirmed=seated(Delegate.State.CONFIRMED))
    return [
        Bench(row.category.name, row.seats, row.registered, row.confirmed) for row in rows.order_by("category__order")
    ]


@dataclass(frozen=True)
class BlockDesk:
    """What a block's head follows: the block's conference, and its units with `sent`, `seats` and `taken`."""

    block: Block
    conference: Line | None
    members: list[Unit]


def block_desks(user: User, congress: Congress, roll: list[ConferenceLine]) -> list[BlockDesk]:
    """The blocks that one of the person's units leads today, in one query; none for who leads none."""
    led = hats(user).block_ids
    if not led:
        return []
    conferences = {line.conference.host_block_id: conference_line(line) for line in roll}
    members: dict[Block, list[Unit]] = {}
    for unit in _members(congress, led):
        members.setdefault(unit.block, []).append(unit)
    return [BlockDesk(block, conferences.get(block.pk), units) for block, units in members.items()]


def _members(congress: Congress, blocks: frozenset[int]) -> QuerySet[Unit]:
    """The units of some blocks, each with how many nominations it has sent, and of its seats how many are taken."""

    def of_unit(rows: QuerySet, number: Count | Sum) -> Coalesce:
        rows = rows.filter(congress=congress, unit=OuterRef("pk")).order_by().values("unit")
        return Coalesce(Subquery(rows.annotate(number=number).values("number")), 0)

    return (
        Unit.objects.active()
        .filter(block__in=blocks)
        .select_related("block")
        .annotate(
            sent=of_unit(Nomination.objects.exclude(state__in=UNSENT), Count("pk")),
            seats=of_unit(Quota.objects.all(), Sum("seats")),
            taken=of_unit(Delegate.objects.seated(), Count("*")),
        )
        .order_by("block__order", "order", "pk")
    )


UNSENT = (Nomination.State.DRAFT, Nomination.State.WITH_HEAD, Nomination.State.WITHDRAWN)


def _nomination_line(congress: Congress, unit: Unit, kind: str, nominations: list[Nomination]) -> Line:
    title = _("Nominate a collective") if kind == Kind.COLLECTIVE else _("Nominate an individual")
    mine = [nomination for nomination in nominations if nomination.kind == kind]
    if not mine:
        url = reverse("awards:nominate", args=[congress.slug]) + f"?kind={kind}&unit={unit.pk}"
        return Line(title, "", url, "neutral", _("Not begun"))
    latest = mine[-1]
    latest.congress = congress
    text = latest.nominee
    if latest.state == Nomination.State.RETURNED:
        text += " · " + latest.return_reason
    state = latest.get_state_display()
    if latest.state == Nomination.State.RETURNED and latest.due:
        state = _("Mend by %(day)s") % {"day": short_date(latest.due)}
    return Line(title, text, latest.get_absolute_url(), TONES[Nomination.State(latest.state)], str(state))


def _held_by(nomination: Nomination) -> str:
    """Who has the next step with a dossier, and since when."""
    return f"{nomination.nominee}: {waits_on(nomination) or nomination.get_state_display()}"


@dataclass(frozen=True)
class Find:
    """Something that the search found."""

    group: str
    title: str
    text: str
    url: str


def search(user: User, congress: Congress | None, words: str, limit: int = 8) -> list[Find]:
    """Units, people, dossiers and tasks whose names hold every word, as far as the person may see them."""
    asked = fold(words).split()
    if not asked:
        return []

    def matching(queryset):
        for word in asked:
            queryset = queryset.filter(folded__contains=word)
        return queryset[:limit]

    found = [
        Find(_("Units"), unit.name, unit.get_kind_display(), unit.get_absolute_url())
        for unit in matching(Unit.objects.active())
    ]
    if congress is None:
        return found
    for delegate in matching(Delegate.objects.visible_to(user).filter(congress=congress).select_related("unit")):
        delegate.congress = congress
        text = delegate.unit.name if delegate.unit else delegate.organisation
        found.append(Find(_("Delegates"), delegate.full_name, text, delegate.get_absolute_url()))
    dossiers = Nomination.objects.visible_to(user).filter(congress=congress).select_related("unit")
    for nomination in matching(dossiers):
        nomination.congress = congress
        found.append(Find(_("Nominations"), nomination.nominee, nomination.unit.name, nomination.get_absolute_url()))
    for task in matching(Task.objects.visible_to(user).filter(congress=congress)):
        task.congress = congress
        found.append(Find(_("Tasks"), task.name, str(task.state.label), task.get_absolute_url()))
    return found
