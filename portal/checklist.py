"""The first three steps of whoever signs in for the first time, by role; what stands in the portal ticks them off."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Ballot, CouncilSeat, Sitting, Teller
from congress.models import Congress
from core import clock
from core.models import User
from portal.queries import Line
from units.hats import hats
from units.models import Office

Post = CouncilSeat.Post


@dataclass(frozen=True)
class First:
    """What the first page has read already: its parts by their names in the template, and the roll of conferences."""

    user: User
    congress: Congress
    post: str | None
    page: dict[str, Any]
    roll: list[Any]

    def url(self, name: str, *args: Any) -> str:
        return reverse(name, args=[self.congress.slug, *args])


def checklist(user: User, congress: Congress, post: str | None, page: dict[str, Any], roll: list[Any]) -> list[Line]:
    """The three steps of the first of a person's roles; none once they are closed or done. One query at most."""
    if user.checklist_closed_at:
        return []
    first, mine = First(user, congress, post, page, roll), hats(user)
    if mine.department_head:
        steps = _department_head(first)
    elif mine.department:
        steps = _officer(first)
    elif post:
        steps = _council(first)
    elif mine.block_ids:
        steps = _block_head(first)
    elif mine.unit_ids:
        steps = _unit_head(first) if mine.head_of else _unit_clerk(first)
    elif mine.desk:
        steps = _desk(first)
    else:
        return []
    lines = [_account(first), *steps]
    return [] if all(line.kind == "ok" for line in lines) else lines


def _step(title: str, text: str, url: str, done: Any) -> Line:
    return Line(title, text, url, "ok" if done else "neutral", _("Done") if done else _("To do"))


def _account(first: First) -> Line:
    return _step(
        _("Complete your account"),
        _("E-mail and phone, so that you can be reached."),
        reverse("core:profile"),
        first.user.email and first.user.phone,
    )


def _department_head(first: First) -> list[Line]:
    congress = first.congress
    return [
        _step(
            _("Set the last days"),
            _("Until when units send dossiers and register delegates."),
            first.url("congress:congress"),
            congress.nominations_due and congress.registration_due,
        ),
        _step(
            _("Publish the programme"),
            _("From then on it can be read without signing in."),
            first.url("congress:programme"),
            congress.programme_published_at,
        ),
    ]


def _officer(first: First) -> list[Line]:
    seats, conferences = first.page["overview"].seats, first.page["overview"].conferences
    return [
        _step(
            _("Divide the seats among the units"),
            _("Units register delegates from then on."),
            first.url("delegates:seats"),
            0 < seats.target <= seats.allocated,
        ),
        _step(
            _("See that every conference has its day"),
            _("The host sets it; you approve it."),
            first.url("congress:conferences"),
            conferences and all(line.conference.held_on for line in conferences),
        ),
    ]


def _council(first: First) -> list[Line]:
    work = first.page["council"]
    read = _step(
        _("Read and assess the dossiers"),
        _("Declare a conflict of interest where there is one."),
        first.url("awards:reading"),
        0 < work.dossiers <= work.assessed,
    )
    if first.post in (Post.CHAIR, Post.SECRETARY):
        states = set(first.congress.sittings.values_list("state", flat=True))
        opened = bool(states & {Sitting.State.OPEN, Sitting.State.CONCLUDED})
        url = first.url("awards:council")
        if first.post == Post.SECRETARY:
            return [
                _step(_("Prepare a sitting"), _("Day, place and quorum."), url, states),
                _step(_("Call the Council together"), _("Each member gets a letter."), url, states - {"draft"}),
            ]
        return [read, _step(_("Open the first sitting"), _("With a quorum, on its page."), url, opened)]
    counted = Ballot.objects.filter(sitting=OuterRef("sitting"), state=Ballot.State.COUNTED)
    duties = Teller.objects.filter(user=first.user, sitting__congress=first.congress).annotate(counted=Exists(counted))
    duty = duties.order_by("-sitting__held_at").select_related("sitting").first()
    if duty:
        duty.sitting.congress = first.congress
        url = duty.sitting.get_absolute_url()
        return [
            _step(
                _("Take your opening code"),
                _("It is shown once: write it down."),
                url,
                duty.public_key is not None,
            ),
            _step(_("Count with a second teller"), _("When the ballot is closed."), url, duty.counted),
        ]
    begun = _step(
        _("Assess a first dossier"),
        _("Points and a remark; they are not a vote."),
        first.url("awards:reading"),
        work.assessed,
    )
    return [begun, read]


def _block_head(first: First) -> list[Line]:
    led = hats(first.user).block_ids
    line = next((line for line in first.roll if line.conference.host_block_id in led), None)
    conference, report = (line.conference, line.report) if line else (None, None)
    url = first.url("congress:conference", conference.pk) if conference else first.url("congress:conferences")
    return [
        _step(
            _("Set the day of the block's conference"),
            _("Half a day, at a place of your choice."),
            url,
            conference and conference.held_on,
        ),
        _step(
            _("Report the conference"),
            _("Delegates, results, whom the block nominates."),
            url,
            report and report.first_sent_at,
        ),
    ]


def _unit_head(first: First) -> list[Line]:
    desk = first.page["desk"]
    clerks = Office.objects.on(clock.today()).filter(role=Office.Role.UNIT_CLERK, unit=desk.unit)
    return [
        _step(
            _("Appoint the unit's clerk"),
            _("Who drafts dossiers and registers delegates for you."),
            desk.unit.get_absolute_url(),
            clerks.exists(),
        ),
        _step(
            _("Submit a dossier"),
            _("After reading what the clerk has drafted."),
            first.url("awards:nominations"),
            desk.sent,
        ),
    ]


def _unit_clerk(first: First) -> list[Line]:
    desk = first.page["desk"]
    return [
        _step(
            _("Begin a dossier"),
            _("It saves itself and can be gone on with at any time."),
            first.url("awards:nominations"),
            desk.held_by,
        ),
        _step(
            _("Register a delegate"),
            _("Within the seats of the unit."),
            first.url("delegates:delegates"),
            desk.seats.registered + desk.seats.confirmed,
        ),
    ]


def _desk(first: First) -> list[Line]:
    seats = first.page["reception"]
    return [
        _step(
            _("Sign in on the device of the desk"),
            _("Once before the day, beside your own."),
            reverse("core:profile"),
            first.user.sign_ins.count() > 1,
        ),
        _step(
            _("See that the list of delegates is complete"),
            _("Everybody registered is confirmed by the Department."),
            first.url("delegates:delegates"),
            seats.confirmed and not seats.registered,
        ),
    ]
