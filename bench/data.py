"""Data to measure with: the demonstration, a vote in session, and as many invented delegates as asked for."""

from datetime import date, timedelta
from io import BytesIO
from itertools import cycle, islice
from random import Random

from django.core.management import call_command
from django.db import connection
from openpyxl import Workbook

from awards import actions as awards
from awards.models import Ballot, Sitting
from awards.rules import voters
from congress import actions as plan
from congress.models import Congress
from core import clock
from core.models import User
from delegates import actions as delegates
from delegates.jobs import look_at
from delegates.models import Category, Delegate, EthnicGroup, Quota, SentList
from delegates.tallies import recount
from portal.demo.people import FAMILIES, GIVEN, MIDDLES
from portal.demo.staff import account, officer
from units.models import Unit

EXTRA_MEMBERS = 45  # one vote each: a measured vote needs a voter of its own
SPARE_SEATS = 100_000  # to register on while it is measured
TASKS = 60  # of the plan
ROWS = 60  # dossiers, and delegates of the unit that is looked at: more than a page of each list at every size
MEASURED = "Trần Văn Đo"  # whom the measurement itself puts forward


def prepare() -> Congress:
    """The demonstration with its short list, deadlines still to come, and the Council in session."""
    call_command("migrate", verbosity=0)
    call_command("load_demo", stage="council", verbosity=0)
    congress = Congress.objects.get(is_current=True)
    congress = plan.edit_congress(
        actor=officer(),
        congress=congress,
        version=congress.version,
        nominations_due=date(2020, 10, 20),
        registration_due=date(2020, 10, 20),
    )
    for number in range(EXTRA_MEMBERS):
        member = account(f"bench-{number:02}", f"Ủy viên Số {number}")
        awards.give_seat(actor=officer(), congress=congress, user=member, post="member", starts=date(2019, 8, 1))
    head = User.objects.get(username="nhung")
    for number in range(ROWS):
        awards.start(actor=head, congress=congress, unit=unit_looked_at(), kind="individual", nominee=f"Số {number}")
    lengthen_plan(congress)
    open_sitting(congress)
    return congress


def lengthen_plan(congress: Congress) -> None:
    """A plan of sixty published tasks over eighteen months, a third of which wait for another."""
    clock.rehearse(date(2020, 5, 15))
    phases, units, before = list(congress.phases.all()), list(Unit.objects.active()), None
    for number in range(congress.tasks.count(), TASKS):
        starts = date(2019, 8, 1) + timedelta(days=7 * number)
        before = plan.add_task(
            actor=officer(),
            congress=congress,
            phase=phases[number % len(phases)],
            lead=units[number % len(units)],
            name_vi=f"Công việc đo số {number}",
            starts=starts,
            due=starts + timedelta(days=10 + number),
            needs=[before] if before and number % 3 == 0 else [],
        )
    issue = plan.prepare_plan(actor=officer(), congress=congress)
    plan.publish_plan(actor=None, issue=issue)


def unit_looked_at() -> Unit:
    """The unit of the clerk who asks."""
    return Unit.objects.get(code="NACENTECH")


def open_sitting(congress: Congress) -> None:
    """The Council sits, with tellers; nothing is put to the vote yet."""
    clock.rehearse(date(2020, 9, 15))
    sitting, chair = congress.sittings.get(state=Sitting.State.CONVENED), User.objects.get(username="thanh")
    awards.record_attendance(actor=officer(), sitting=sitting, present=list(voters(congress)), excuses={})
    sitting = awards.open_sitting(actor=chair, sitting=sitting)
    team = [User.objects.get(username=name) for name in ("phuoc", "thao", "hang")]
    awards.appoint_tellers(actor=chair, sitting=sitting, users=team, leader=team[0])
    for teller in team:
        awards.take_code(actor=teller, sitting=sitting)


def fill(congress: Congress, number: int) -> None:
    """Leave exactly `number` delegates, spread over units and categories; quotas follow. Takes back what was sent."""
    congress.nominations.filter(nominee=MEASURED).delete()
    congress.delegates.all().delete()
    random = Random(number)
    units, categories = list(Unit.objects.active()), list(Category.objects.filter(congress=congress, by_unit=True))
    groups = list(EthnicGroup.objects.all())
    places = [(unit, category) for unit in units for category in categories]
    own = [(unit_looked_at(), category) for category in categories]
    taken = [*islice(cycle(own), ROWS), *islice(cycle(places), number - ROWS)]
    Delegate.objects.bulk_create(
        (invented(congress, unit, category, random, groups) for unit, category in taken), batch_size=2000
    )
    for unit, category in places:
        Quota.objects.update_or_create(
            congress=congress, unit=unit, category=category, defaults={"seats": number // len(places) + SPARE_SEATS}
        )
    recount.func()  # what the worker does behind every act
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def invented(congress: Congress, unit: Unit, category: Category, random: Random, groups: list[EthnicGroup]) -> Delegate:
    """Somebody who does not exist; two in five are called Nguyễn, as they are."""
    sex = random.choice(["male", "female"])
    family = "Nguyễn" if random.random() < 0.4 else random.choice(FAMILIES)
    return Delegate(
        congress=congress,
        unit=unit,
        category=category,
        full_name=f"{family} {random.choice(MIDDLES[sex])} {random.choice(GIVEN[sex])}",
        birth=str(random.randint(1960, 1995)),
        sex=sex,
        position="Chuyên viên",
        represents="Phòng Tổng hợp" if category.represents_collective else "",
        ethnic_group=random.choice(groups),
        phone=f"09{random.randint(0, 99_999_999):08}",
        state=random.choice(["registered", "confirmed", "confirmed"]),
    )


def put_to_the_vote(congress: Congress, kind: str) -> Ballot:
    """Open the vote on a list."""
    ballot = Ballot.objects.get(sitting__congress=congress, kind=kind, state=Ballot.State.DRAFT)
    return awards.open_ballot(actor=User.objects.get(username="thanh"), ballot=ballot)


LISTED = "Đo danh sách"  # the position of those whom a measured list registers


def send_list(congress: Congress, rows: int) -> SentList:
    """A list of new people that the Department sends for the clerk's unit, its columns guessed."""
    unit, category = unit_looked_at(), congress.categories.get(code="DHTT")
    book, letters = Workbook(), "abcdghiklm"
    head = ["Họ và tên", "Năm sinh", "Giới tính", "Dân tộc", "Trình độ", "Chức vụ", "Thành phần", "Điện thoại"]
    book.active.append(head)
    first = congress.delegates.count()
    for number in range(first, first + rows):
        name = "Đỗ Danh " + "".join(letters[int(digit)] for digit in str(number))
        book.active.append([name, 1980, "Nam", "Kinh", "Đại học", LISTED, category.name_vi, f"09{number:08}"])
    out = BytesIO()
    book.save(out)
    content = out.getvalue()
    return delegates.send_list(actor=officer(), congress=congress, unit=unit, name="do.xlsx", content=content)


def looked_at(congress: Congress, rows: int) -> SentList:
    """A list whose preview is made: it can be applied. Each time the register is as it was before."""
    take_away_lists(congress)
    return look_at(officer(), send_list(congress, rows))


def take_away_lists(congress: Congress) -> None:
    """The register as it was before lists were measured."""
    congress.delegates.filter(position=LISTED).delete()
    congress.sent_lists.all().delete()
