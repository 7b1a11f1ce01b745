"""Spring: four conferences held, registration open, some tasks late. Told in the order of its days."""

from datetime import date, time

from awards import actions as awards
from awards.models import Kind, Nomination
from congress import actions as plan
from congress.models import Congress, Extension, Task
from core import clock
from core.models import User
from delegates import actions as delegates
from portal.demo import conferences, seats
from portal.demo.dossiers import dossier
from portal.demo.people import known
from portal.demo.staff import account, head_of, make_accounts, officer, seat_council
from portal.demo.twins import register_twice
from units import actions as offices
from units.models import BlockOffice, Office, Unit

# Day, half-day, place. The first four are held by the middle of May; block 4 has not found its day yet.
CONFERENCES = {
    "HHTP": (date(2020, 4, 28), "morning", "Khu công nghệ cao Hòa Lạc"),
    "VINATOM": (date(2020, 5, 7), "morning", "59 Lý Thường Kiệt, Hà Nội"),
    "IPVN": (date(2020, 5, 8), "afternoon", "386 Nguyễn Trãi, Hà Nội"),
    "STAMEQ": (date(2020, 5, 12), "morning", "08 Hoàng Quốc Việt, Hà Nội"),
    "NASATI": (date(2020, 6, 10), "afternoon", "24 Lý Thường Kiệt, Hà Nội"),
    "2": (date(2020, 6, 12), "morning", "113 Trần Duy Hưng, Hà Nội"),
    "NACENTECH": (date(2020, 6, 19), "morning", "25 Lê Thánh Tông, Hà Nội"),
    "3": (date(2020, 6, 25), "morning", "113 Trần Duy Hưng, Hà Nội"),
    "1": (date(2020, 7, 1), "morning", "113 Trần Duy Hưng, Hà Nội"),
}
AFTER_THE_WINDOW = "1"  # waits for the Department: the first of July is a day too late
OF_DELEGATES = ("HHTP", "VINATOM", "IPVN", "STAMEQ", "NACENTECH", "1", "2", "3", "4")  # too many people for a plenary
# The day of the report; summoned, present, women, papers. HHTP's report is still missing, and late.
REPORTS = {
    "VINATOM": (date(2020, 5, 11), (180, 172, 61, 5)),
    "IPVN": (date(2020, 5, 12), (120, 117, 58, 5)),
    "STAMEQ": (date(2020, 5, 14), (150, 146, 62, 6)),
}
RENAMED, BY_DECISION = "TTCNTT", "12/QĐ-BKHCN ngày 08/01/2020"
HANDED_OVER = ("IPVN", "NASATI")  # from the head of 2019 to that of 2020
HANDED = (
    "Hồ sơ tổng kết thi đua năm 2019 của khối\nKế hoạch Hội nghị điển hình tiên tiến của khối\nQuỹ hoạt động của khối"
)
DEPUTY = 199  # among the people whom the story knows
BLOCK_PLANS = "Khối trưởng, Khối phó năm 2019"  # the task that is late because of block 4
LETTER = "Công văn số 2298/BKHCN-TĐKT ngày 01/8/2019"
RECEIVED = ["VPB", "NACENTECH", "IPVN", "STAMEQ", "VINATOM", "NASATI", "HHTP"]
NOTICE = "Thông báo số 815/TB-BKHCN ngày 20/3/2020"  # invented
# What the epidemic moves: a task by words of its name, and its new dates. What waits for it moves along.
PUT_OFF = [
    ("Tổ chức các Hội nghị Điển hình", date(2020, 4, 20), date(2020, 7, 10)),
    ("báo cáo đánh giá", date(2020, 3, 1), date(2020, 9, 25)),
]
HEADCOUNTS = {"STAMEQ": 1320, "IPVN": 398, "NASATI": 164, "HHTP": 151, "NACENTECH": 312, "VPB": 118, "VU_TDKT": 14}


def load(congress: Congress) -> None:
    """Fill an empty plan with invented people, up to the middle of May 2020."""
    clock.rehearse(date(2019, 8, 1))
    make_accounts()
    seat_council(congress)
    count_heads()
    publish(congress)
    clock.rehearse(date(2019, 9, 27))
    report_task(congress, "hướng dẫn tổ chức Hội nghị", 100)
    clock.rehearse(date(2019, 12, 27))
    report_task(congress, BLOCK_PLANS, 75, "Khối 4 chưa thống nhất ngày và nơi tổ chức Hội nghị.")
    clock.rehearse(date(2020, 1, 15))
    through_time()
    clock.rehearse(date(2020, 3, 16))
    describe(congress)
    schedule(congress)
    clock.rehearse(date(2020, 3, 20))
    put_off(congress)
    clock.rehearse(date(2020, 4, 20))
    seats.allocate(congress)
    clock.rehearse(date(2020, 5, 4))
    made = seats.fill(congress, share=0.6)
    register_twice(congress)
    for code, (day, figures) in REPORTS.items():
        clock.rehearse(day)
        report_conference(congress, code, figures)
        if code == "VINATOM":
            conferences.accept(congress, code)
        nominate(congress, Unit.objects.get(code=code), vetted=code != "STAMEQ")
    confirm(congress, {delegate.pk: delegate.version for delegate in made[: round(len(made) * 0.7)]})
    clock.rehearse(date(2020, 5, 15))
    conferences.send_back(congress, "STAMEQ", "Thiếu biên bản Hội nghị có chữ ký của Thư ký.", date(2020, 5, 22))
    begin_nominating(congress, Unit.objects.get(code="NACENTECH"))
    extend_for(congress, Unit.objects.get(code="NACENTECH"))
    for words, progress in (("phân bổ đại biểu", 70), ("báo cáo đánh giá", 35), ("điển hình tiên tiến cấp", 40)):
        report_task(congress, words, progress)


def publish(congress: Congress) -> None:
    """The officer lays the plan before the head of the Department, who publishes it; some units say they have it."""
    clock.rehearse(date(2019, 8, 2))
    issue = plan.prepare_plan(actor=officer(), congress=congress, document=LETTER)
    clock.rehearse(date(2019, 8, 5))
    for code in RECEIVED:
        head_of(Unit.objects.get(code=code))
    issue = plan.publish_plan(actor=User.objects.get(username="tuan"), issue=issue)
    for day, code in enumerate(RECEIVED, start=6):
        clock.rehearse(date(2019, 8, day))
        plan.receive_plan(actor=head_of(Unit.objects.get(code=code)), issue=issue)


def put_off(congress: Congress) -> None:
    """What the epidemic put off in March 2020."""
    for words, starts, due in PUT_OFF:
        task = task_of(congress, words)
        plan.move_task(
            actor=officer(),
            task=task,
            version=task.version,
            starts=starts,
            due=due,
            reason="Tạm dừng tập trung đông người để phòng, chống dịch COVID-19",
            document=NOTICE,
        )


def count_heads() -> None:
    """How many people the larger units have, where the catalogue does not know."""
    for code, headcount in HEADCOUNTS.items():
        unit = Unit.objects.get(code=code)
        if unit.headcount is None:
            offices.edit_unit(
                actor=None, unit=unit, version=unit.version, headcount=headcount, headcount_on=date(2019, 7, 31)
            )


def through_time() -> None:
    """A unit that bears a new name, a block handed over from one head to the next, and an acting head (invented)."""
    centre = Unit.objects.get(code=RENAMED)
    offices.rename(
        actor=officer(), unit=centre, version=centre.version, day=date(2020, 1, 10), document=BY_DECISION,
        name_vi=f"{centre.name_vi} và Chuyển đổi số", name_en=f"{centre.name_en} and Digital Transformation",
        abbreviation=centre.abbreviation,
    )  # fmt: skip
    before, after = (Unit.objects.get(code=code) for code in HANDED_OVER)
    for year, unit in ((2019, before), (2020, after)):
        offices.lead_block(actor=officer(), block=unit.block, unit=unit, role=BlockOffice.Role.HEAD, year=year)
    handover = offices.write_handover(
        actor=head_of(before), block=before.block, year=2020, version=0, matters=HANDED, day=date(2020, 1, 14)
    )
    handover = offices.confirm_handover(actor=head_of(before), handover=handover, version=handover.version, giving=True)
    offices.confirm_handover(actor=head_of(after), handover=handover, version=handover.version, giving=False)
    deputy = account("pho-vien-truong", known(DEPUTY).full_name)
    offices.appoint(
        actor=head_of(after), user=deputy, role=Office.Role.ACTING_HEAD, unit=after, starts=date(2020, 2, 3),
        ends=date(2020, 2, 14), document="05/GUQ ngày 14/01/2020",
    )  # fmt: skip


def describe(congress: Congress) -> None:
    """What the letter leaves open: the day, the hall, the deadlines."""
    plan.edit_congress(
        actor=None,
        congress=congress,
        version=congress.version,
        held_on=date(2020, 10, 26),
        starts_at=time(13, 40),
        venue="Hội trường Bộ, 113 Trần Duy Hưng, Hà Nội",
        nominations_due=date(2020, 7, 15),
        registration_due=date(2020, 8, 31),
        replacements_until=date(2020, 10, 23),
    )


def schedule(congress: Congress) -> None:
    """Days of the conferences, approved but for the one after the window."""
    for code, (day, session, place) in CONFERENCES.items():
        schedule_conference(congress, code, day, session, place)
        if code != AFTER_THE_WINDOW:
            plan.approve_conference(actor=officer(), conference=conferences.conference_of(congress, code))


def schedule_conference(congress: Congress, code: str, day: date, session: str, place: str) -> None:
    """Set day and place of a conference."""
    conference = conferences.conference_of(congress, code)
    plan.schedule_conference(
        actor=officer(),
        conference=conference,
        version=conference.version,
        held_on=day,
        session=session,
        place=place,
        form="delegates" if code in OF_DELEGATES else "plenary",
        chair=conference.host_unit.head_title if conference.host_unit else "Khối trưởng",
        programme=conferences.PROGRAMME,
        invited=conferences.INVITED,
    )


def report_conference(congress: Congress, code: str, figures: tuple[int, int, int, int]) -> None:
    """Report a conference that was held: summoned, present, women, papers, and all else that a report tells."""
    conferences.report(congress, code, figures, minutes=code != "STAMEQ")


def task_of(congress: Congress, words: str) -> Task:
    """The task whose name holds these words."""
    return next(task for task in congress.tasks.all() if words.lower() in task.name_vi.lower())


def report_task(congress: Congress, words: str, progress: int, difficulty: str = "") -> None:
    """Report how far the task is whose name holds these words; 100 finishes it."""
    task = task_of(congress, words)
    plan.report_task(
        actor=officer(),
        task=task,
        version=task.version,
        progress=progress,
        finished=progress == 100,
        difficulty=difficulty,
        status=Task.Status.GOES_ON,
    )


def confirm(congress: Congress, read: dict[int, int]) -> None:
    """The Department confirms delegates as they were read."""
    delegates.confirm_many(actor=officer(), congress=congress, read=read)


def extend_for(congress: Congress, unit: Unit) -> None:
    """More time for one unit to nominate, by an invented paper."""
    plan.extend(
        actor=officer(),
        congress=congress,
        kind=Extension.Kind.NOMINATIONS,
        unit=unit,
        until=date(2020, 7, 25),
        reason="Hội nghị của Viện lùi ngày do yêu cầu phòng, chống dịch Covid-19.",
        document="Công văn số 212/VNCNN-VP ngày 12/5/2020",
    )


def draft(congress: Congress, unit: Unit, kind: str, sections: int = 7) -> Nomination:
    """A dossier of a unit, with this many of its subjects filled in."""
    nominee, parts = dossier(unit, kind)
    begun = congress.nominations.filter(unit=unit, kind=kind, nominee=nominee).first()  # taken over from the report
    nomination = begun or awards.start(actor=head_of(unit), congress=congress, unit=unit, kind=kind, nominee=nominee)
    return write(nomination, parts[:sections])


def write(nomination: Nomination, parts: list) -> Nomination:
    """Fill in these subjects of a dossier."""
    head = head_of(nomination.unit)
    for key, values, held in parts:
        nomination = awards.save_section(
            actor=head, nomination=nomination, version=nomination.version, key=key, values=values, awards=held
        )
    return nomination


def nominate(congress: Congress, unit: Unit, *, vetted: bool) -> None:
    """A unit puts forward one of each kind, as its conference decided."""
    for kind in Kind:
        nomination = awards.submit(actor=head_of(unit), nomination=draft(congress, unit, kind))
        if vetted:
            awards.accept(actor=officer(), nomination=nomination)


def begin_nominating(congress: Congress, unit: Unit) -> None:
    """The unit to sign in as is in the middle of it: one dossier half written, one returned."""
    draft(congress, unit, Kind.COLLECTIVE, sections=4)
    nomination = awards.submit(actor=head_of(unit), nomination=draft(congress, unit, Kind.INDIVIDUAL))
    awards.return_for_correction(
        actor=officer(),
        nomination=nomination,
        reason="Thiếu bản sao quyết định khen thưởng năm 2018.",
        due=date(2020, 5, 20),
    )
