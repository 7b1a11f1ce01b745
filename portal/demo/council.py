"""Council: every conference has proposed, twenty dossiers are on the short list, fifteen members are convened."""

from datetime import date, datetime
from itertools import islice

from awards import actions as awards
from awards.models import CouncilSeat, Kind, Nomination
from congress.models import Congress
from core import clock
from core.models import User
from portal.demo import spring
from portal.demo.dossiers import dossier
from portal.demo.people import people
from units.models import Unit

PROPOSING = ["STAMEQ", "IPVN", "NASATI", "HHTP", "VINATOM", "NACENTECH", "VARANS", "VIPRI", "VPB", "BKHPT"]
NAMED = [("thanh", "chair"), ("phuoc", "member"), ("hang", "secretary"), ("thao", "member")]
MEMBERS = 15
REPORTS = {"HHTP": (90, 84, 30, 5), "NASATI": (100, 96, 47, 5), "2": (130, 121, 55, 6), "NACENTECH": (110, 108, 41, 5),
           "3": (160, 151, 70, 6), "1": (120, 114, 49, 5)}  # fmt: skip


def load(congress: Congress) -> None:
    """From the summer to the tenth of September 2020."""
    until = clock.today()
    clock.rehearse(date(2020, 7, 10))
    for code, figures in REPORTS.items():
        spring.report_conference(congress, code, *figures)
    complete_dossiers(congress)
    clock.rehearse(until)
    seat_council(congress)
    shortlist(congress)
    convene(congress)


def complete_dossiers(congress: Congress) -> None:
    """Each proposing unit ends with one collective and one individual, accepted."""
    for code in PROPOSING:
        unit = Unit.objects.get(code=code)
        for kind in Kind:
            found = congress.nominations.filter(unit=unit, kind=kind).first()
            nomination = found or spring.draft(congress, unit, kind)
            if nomination.state in (Nomination.State.DRAFT, Nomination.State.RETURNED):
                nomination = finish(congress, unit, kind, nomination)
            if nomination.state == Nomination.State.SUBMITTED:
                awards.accept(actor=spring.officer(), nomination=nomination)


def finish(congress: Congress, unit: Unit, kind: str, nomination: Nomination) -> Nomination:
    """Fill in what a dossier lacks and submit it."""
    head = spring.head_of(unit)
    for key, values, held in dossier(unit, kind)[1]:
        nomination = awards.save_section(
            actor=head, nomination=nomination, version=nomination.version, key=key, values=values, awards=held
        )
    return awards.submit(actor=head, nomination=nomination)


def seat_council(congress: Congress) -> None:
    """Fifteen members: an odd number, four of them to sign in as."""
    for username, post in NAMED:
        user = User.objects.get(username=username)
        awards.give_seat(actor=spring.officer(), congress=congress, user=user, post=post, starts=spring.SINCE)
    for number, person in enumerate(islice(people(seed=77), MEMBERS - len(NAMED)), start=1):
        user = spring.account(f"uy-vien-{number:02}", person.full_name)
        post = {1: CouncilSeat.Post.FIRST_VICE, 2: CouncilSeat.Post.STANDING_VICE}.get(number, CouncilSeat.Post.MEMBER)
        awards.give_seat(actor=spring.officer(), congress=congress, user=user, post=post, starts=spring.SINCE)


def shortlist(congress: Congress) -> None:
    """Every accepted dossier comes before the Council."""
    for nomination in congress.nominations.filter(state=Nomination.State.ACCEPTED).order_by("pk"):
        nomination = awards.record_pending_issue(actor=spring.officer(), nomination=nomination, pending=False)
        awards.shortlist(actor=spring.officer(), nomination=nomination)


def convene(congress: Congress) -> None:
    """A sitting for the fifteenth of September."""
    sitting = awards.plan_sitting(
        actor=spring.officer(),
        congress=congress,
        held_at=datetime(2020, 9, 15, 8, 30, tzinfo=clock.now().tzinfo),
        place="Phòng họp 1, 113 Trần Duy Hưng, Hà Nội",
    )
    awards.convene(actor=spring.officer(), sitting=sitting)
