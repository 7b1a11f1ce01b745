"""Council: every conference has proposed, twenty dossiers are on the short list, the Council is convened."""

from datetime import date, datetime

from awards import actions as awards
from awards.models import Kind, Nomination
from congress import actions as plan
from congress.models import Congress
from core import clock
from portal.demo import conferences, seats, spring
from portal.demo.dossiers import dossier, texts
from portal.demo.staff import head_of, officer
from units.models import Unit

# The day of the report; summoned, present, women, papers.
REPORTS = {
    "HHTP": (date(2020, 5, 20), (90, 84, 30, 5)),
    "NASATI": (date(2020, 6, 16), (100, 96, 47, 5)),
    "2": (date(2020, 6, 19), (130, 121, 55, 6)),
    "NACENTECH": (date(2020, 6, 25), (110, 108, 41, 5)),
    "3": (date(2020, 7, 1), (160, 151, 70, 6)),
    "1": (date(2020, 7, 8), (120, 114, 49, 5)),
    "4": (date(2020, 7, 10), (140, 133, 77, 6)),
}


def load(congress: Congress) -> None:
    """From the summer to the tenth of September 2020."""
    hold_conferences(congress)
    clock.rehearse(date(2020, 7, 13))
    complete_dossiers(congress)
    spring.report_task(congress, "Tổ chức các Hội nghị Điển hình", 100)
    spring.report_task(congress, "phân bổ đại biểu", 100)
    clock.rehearse(date(2020, 7, 24))
    for nomination in congress.nominations.filter(state=Nomination.State.SUBMITTED).order_by("pk"):
        awards.accept(actor=officer(), nomination=nomination)
    spring.report_task(congress, "Bồi dưỡng và giới thiệu điển hình", 100)
    clock.rehearse(date(2020, 8, 28))
    seats.fill(congress, share=1)
    spring.report_task(congress, "Thành lập Ban Tổ chức", 100)
    clock.rehearse(date(2020, 9, 1))
    read = congress.delegates.filter(state="registered").order_by("pk").values_list("pk", "version")
    spring.confirm(congress, dict(read[: round(len(read) * 0.9)]))
    clock.rehearse(date(2020, 9, 8))
    shortlist(congress)
    clock.rehearse(date(2020, 9, 10))
    spring.report_task(congress, "báo cáo đánh giá", 80)
    spring.report_task(congress, "Lựa chọn 04 báo cáo", 60)
    convene(congress)


def hold_conferences(congress: Congress) -> None:
    """The other conferences are held and reported; the last ones after the quarter."""
    clock.rehearse(date(2020, 5, 18))
    spring.schedule_conference(congress, "4", date(2020, 7, 3), "morning", "113 Trần Duy Hưng, Hà Nội")
    spring.report_task(congress, spring.BLOCK_PLANS, 100)
    for code in (spring.AFTER_THE_WINDOW, "4"):
        plan.approve_conference(actor=officer(), conference=conferences.conference_of(congress, code))
    for code, (day, figures) in REPORTS.items():
        clock.rehearse(day)
        conferences.report(congress, code, figures, minutes=code != "2")
    clock.rehearse(date(2020, 7, 10))
    conferences.send_again(congress, "STAMEQ")
    for code in (*spring.REPORTS, *REPORTS):
        if code != "VINATOM":
            conferences.accept(congress, code)


def complete_dossiers(congress: Congress) -> None:
    """Each proposing unit ends with one collective and one individual, sent."""
    for unit in Unit.objects.filter(code__in=texts()).order_by("order"):
        for kind in Kind:
            found = congress.nominations.filter(unit=unit, kind=kind).first()
            nomination = found or spring.draft(congress, unit, kind)
            if nomination.state in (Nomination.State.DRAFT, Nomination.State.RETURNED):
                whole = spring.write(nomination, dossier(unit, kind)[1]) if found else nomination
                awards.submit(actor=head_of(unit), nomination=whole)


def shortlist(congress: Congress) -> None:
    """Every accepted dossier comes before the Council."""
    for nomination in congress.nominations.filter(state=Nomination.State.ACCEPTED).order_by("pk"):
        nomination = awards.record_pending_issue(actor=officer(), nomination=nomination, pending=False)
        awards.shortlist(actor=officer(), nomination=nomination)


def convene(congress: Congress) -> None:
    """A sitting for the fifteenth of September."""
    sitting = awards.plan_sitting(
        actor=officer(),
        congress=congress,
        held_at=datetime(2020, 9, 15, 8, 30, tzinfo=clock.now().tzinfo),
        place="Phòng họp 1, 113 Trần Duy Hưng, Hà Nội",
    )
    awards.convene(actor=officer(), sitting=sitting)
