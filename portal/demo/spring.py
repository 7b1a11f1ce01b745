"""Spring: four conferences held, registration open, some tasks late."""

from datetime import date, time
from itertools import cycle, islice

from awards import actions as awards
from awards.models import Kind, Nomination
from congress import actions as plan
from congress.models import AwardType, Conference, Congress, Task
from core import clock
from core.models import User
from core.vietnamese import fold
from delegates import actions as delegates
from delegates.models import Category, Delegate, EthnicGroup, Quota
from portal.demo.accounts import ACCOUNTS, DOMAIN, PASSWORD
from portal.demo.dossiers import dossier
from portal.demo.people import Person, people
from units import actions as offices
from units.models import BlockOffice, Unit

SINCE = date(2019, 8, 1)

# Day, half-day, place; None leaves the day open. The first four are held by the middle of May.
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
    "4": None,
}
# Summoned, present, women, papers. One report is still missing and late.
REPORTS = {"VINATOM": (180, 172, 61, 5), "IPVN": (120, 117, 58, 5), "STAMEQ": (150, 146, 62, 6)}
HEADCOUNTS = {"STAMEQ": 1320, "IPVN": 398, "NASATI": 164, "HHTP": 151, "NACENTECH": 312, "VPB": 118, "VU_TDKT": 14}
SEATS_OF_THE_MINISTRY = {"DN_LDB": 15, "DN_DDT": 10}  # the guests' 34 seats are allocated later
SEATS_OF_UNITS = {"DN_TT": 46, "DHTT": 150, "TT_KT": 70, "CN_KT": 75}


def load(congress: Congress) -> None:
    """Fill an empty plan with invented people, up to the middle of May 2020."""
    make_accounts()
    describe(congress)
    schedule(congress)
    report_tasks(congress)
    allocate(congress)
    fill_seats(congress, share=0.6, confirm=0.7)
    nominate(congress)


def account(username: str, full_name: str) -> User:
    """An invented account with the demonstration's password."""
    return User.objects.create_user(username, f"{username}@{DOMAIN}", PASSWORD, full_name=full_name)


def make_accounts() -> None:
    """Those to sign in as, the heads of the units that propose nominees, and the block's head."""
    for given in ACCOUNTS:
        user = account(given.username, given.full_name)
        if given.office:
            unit = Unit.objects.get(code=given.unit) if given.unit else None
            offices.appoint(actor=None, user=user, role=given.office, unit=unit, starts=SINCE)
    office = Unit.objects.get(code="VPB")
    for year in (2019, 2020):
        offices.lead_block(actor=None, block=office.block, unit=office, role=BlockOffice.Role.HEAD, year=year)
    for code, headcount in HEADCOUNTS.items():
        unit = Unit.objects.get(code=code)
        if unit.headcount is None:
            offices.edit_unit(
                actor=None, unit=unit, version=unit.version, headcount=headcount, headcount_on=date(2019, 7, 31)
            )


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
    )


def conference_of(congress: Congress, code: str) -> Conference:
    """The conference of a unit, or of a block, by its code."""
    key = {"host_block__code": code} if code.isdigit() else {"host_unit__code": code}
    return congress.conferences.get(**key)


def schedule(congress: Congress) -> None:
    """Days of the conferences; those before May are held, and three of them reported."""
    for code, when in CONFERENCES.items():
        if when is None:
            continue
        day, session, place = when
        conference = conference_of(congress, code)
        conference = plan.schedule_conference(
            actor=None, conference=conference, version=conference.version, held_on=day, session=session, place=place
        )
        if day < date(2020, 7, 1):
            plan.approve_conference(actor=None, conference=conference)
    for code in REPORTS:
        report_conference(congress, code, *REPORTS[code])


def report_conference(congress: Congress, code: str, summoned: int, attended: int, women: int, papers: int) -> None:
    """Report a conference that was held."""
    conference = conference_of(congress, code)
    plan.report_conference(
        actor=None,
        conference=conference,
        version=conference.version,
        summoned=summoned,
        attended=attended,
        women=women,
        papers=papers,
        proposals="Đề nghị sớm có hướng dẫn về nội dung báo cáo điển hình.",
    )


def report_tasks(congress: Congress) -> None:
    """One task finished, some under way, the allocation late."""
    wanted = {
        "hướng dẫn tổ chức Hội nghị": 100,
        "phân bổ đại biểu": 70,
        "báo cáo đánh giá": 35,
        "điển hình tiên tiến cấp": 40,
    }
    for task in congress.tasks.all():
        progress = next((value for words, value in wanted.items() if words.lower() in task.name_vi.lower()), None)
        finished = progress == 100 or task.due < date(2020, 4, 1)
        if progress is not None or finished:
            plan.report_task(
                actor=None,
                task=task,
                version=task.version,
                progress=progress or 100,
                finished=finished,
                difficulty="",
                status=Task.Status.GOES_ON,
            )


def allocate(congress: Congress) -> None:
    """Seats of every unit and category, the large units first."""
    categories = {category.code: category for category in congress.categories.all()}
    units = sorted(Unit.objects.active(), key=lambda unit: (not unit.own_conference, unit.order))
    seats: dict[tuple[int | None, int], int] = {
        (None, categories[code].pk): number for code, number in SEATS_OF_THE_MINISTRY.items()
    }
    for code, number in SEATS_OF_UNITS.items():
        for unit in islice(cycle(units), number):
            key = (unit.pk, categories[code].pk)
            seats[key] = seats.get(key, 0) + 1
    delegates.set_seats(actor=None, congress=congress, seats=seats, versions={})


def person_fields(person: Person, groups: dict[str, EthnicGroup], category: Category, unit: Unit | None) -> dict:
    """An invented person as the registration takes them."""
    fields = {
        "full_name": person.full_name,
        "birth": person.birth,
        "sex": person.sex,
        "position": person.position,
        "ethnic_group": groups[person.ethnic_group],
        "religion": Delegate.Religion.NONE,
        "party_member": person.party_member,
        "education": person.education,
        "phone": person.phone,
        "email": person.email,
    }
    if unit is None:
        fields["organisation"] = "Bộ Khoa học và Công nghệ"
    if category.represents_collective:
        fields["represents"] = f"Tập thể {unit}"
    if category.needs_award:
        code = "CO_BO" if category.represents_collective else "CSTD_BO"
        fields |= {"highest_award": AwardType.objects.get(code=code), "award_year": 2018}
    return fields


def fill_seats(congress: Congress, *, share: float, confirm: float) -> None:
    """Register invented people on a share of the free seats of every quota, and confirm a share of them."""
    taken = set(congress.delegates.values_list("folded", flat=True))
    line = (person for person in people() if fold(person.full_name) not in taken)
    groups = {group.code: group for group in EthnicGroup.objects.all()}
    made: list[Delegate] = []
    for quota in Quota.objects.filter(congress=congress).select_related("unit", "category"):
        seated = Delegate.objects.seated().filter(congress=congress, unit=quota.unit, category=quota.category)
        free = round(quota.seats * share) - seated.count()
        for person in islice(line, max(0, free)):
            fields = person_fields(person, groups, quota.category, quota.unit)
            made.append(
                delegates.register(actor=None, congress=congress, unit=quota.unit, category=quota.category, **fields)
            )
    chosen = made[: round(len(made) * confirm)]
    delegates.confirm_many(actor=None, congress=congress, read={delegate.pk: delegate.version for delegate in chosen})


def officer() -> User:
    """The Department's officer of the demonstration."""
    return User.objects.get(username="lan")


def head_of(unit: Unit) -> User:
    """The head of a unit, invented when there is none."""
    held = unit.offices.on(clock.today()).filter(role="unit_head").first()
    if held:
        return held.user
    number = Unit.objects.filter(pk__lte=unit.pk).count()
    person = next(islice(people(seed=1000 + number), 1))
    user = account(f"truong-{unit.code.lower().replace('_', '-')}", person.full_name)
    offices.appoint(actor=None, user=user, role="unit_head", unit=unit, starts=SINCE)
    return user


def draft(congress: Congress, unit: Unit, kind: str, sections: int = 7) -> Nomination:
    """A dossier of a unit, with this many of its subjects filled in."""
    head = head_of(unit)
    nominee, parts = dossier(unit, kind)
    nomination = awards.start(actor=head, congress=congress, unit=unit, kind=kind, nominee=nominee)
    for key, values, held in parts[:sections]:
        nomination = awards.save_section(
            actor=head, nomination=nomination, version=nomination.version, key=key, values=values, awards=held
        )
    return nomination


def nominate(congress: Congress) -> None:
    """The reported conferences have nominated; the unit to sign in as is in the middle of it."""
    for code in REPORTS:
        unit = Unit.objects.get(code=code)
        for kind in Kind:
            nomination = awards.submit(actor=head_of(unit), nomination=draft(congress, unit, kind))
            if code != "STAMEQ":
                awards.accept(actor=officer(), nomination=nomination)
    unit = Unit.objects.get(code="NACENTECH")
    draft(congress, unit, Kind.COLLECTIVE, sections=4)
    returned = awards.submit(actor=head_of(unit), nomination=draft(congress, unit, Kind.INDIVIDUAL))
    awards.return_for_correction(
        actor=officer(),
        nomination=returned,
        reason="Thiếu số quyết định khen thưởng năm 2018.",
        due=date(2020, 5, 20),
    )
