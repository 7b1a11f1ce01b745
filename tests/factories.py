"""Plain makers of things: `make_unit(name_vi=…)`. Everything not said gets a plausible value."""

from datetime import date, datetime, timedelta
from uuid import uuid4  # noqa: F401 tests name it make.uuid4

from django.core.files.base import ContentFile

from congress.models import (
    AwardType,
    Conference,
    ConferenceReport,
    ConferenceUnit,
    Congress,
    Extension,
    Phase,
    PlanIssue,
    ProgrammeItem,
    Task,
)
from core import clock
from core.models import Upload, User
from tests.counting import numbers
from units.models import Block, BlockOffice, Office, Unit
from units.models.history import begin

PASSWORD = "rất-bí-mật-2020"


def make_user(username: str = "", **fields) -> User:
    number = next(numbers)
    fields.setdefault("full_name", f"Nguyễn Văn Số {number}")
    username = username or f"user{number}"
    return User.objects.create_user(username, fields.pop("email", f"{username}@example.org"), PASSWORD, **fields)


def make_block(**fields) -> Block:
    number = next(numbers)
    fields.setdefault("code", f"block-{number}")
    fields.setdefault("name_vi", f"Khối số {number}")
    fields.setdefault("order", number)
    return Block.objects.create(**fields)


def make_unit(**fields) -> Unit:
    number = next(numbers)
    fields.setdefault("code", f"UNIT{number}")
    fields.setdefault("name_vi", f"Viện Mẫu số {number}")
    fields.setdefault("kind", Unit.Kind.VIEN)
    fields.setdefault("order", number)
    if "block" not in fields:
        fields["block"] = make_block()
    unit = Unit.objects.create(**fields)
    begin(unit)
    return unit


def make_office(user: User, role: str, unit: Unit | None = None, **fields) -> Office:
    fields.setdefault("starts", date(2019, 1, 1))
    user.__dict__.pop("_hats", None)
    return Office.objects.create(user=user, role=role, unit=unit, **fields)


def make_block_office(block: Block, unit: Unit, role: str = BlockOffice.Role.HEAD, **fields) -> BlockOffice:
    fields.setdefault("starts", date(2019, 1, 1))
    return BlockOffice.objects.create(block=block, unit=unit, role=role, **fields)


def make_congress(**fields) -> Congress:
    values = {
        "slug": "2020",
        "ordinal": 5,
        "is_current": True,
        "name_vi": "Đại hội Thi đua yêu nước lần thứ V",
        "name_en": "Fifth Patriotic Emulation Congress",
        "ministry_vi": "Bộ Khoa học và Công nghệ",
        "department_vi": "Vụ Thi đua - Khen thưởng",
        "council_vi": "Hội đồng Thi đua - Khen thưởng",
        "symbol": "BKHCN-TĐKT",
        "seat": "Hà Nội",
        "phone": "024.35560658",
        "period_from": 2015,
        "period_to": 2020,
        "conferences_from": date(2020, 4, 1),
        "conferences_until": date(2020, 6, 30),
        "congress_from": date(2020, 10, 1),
        "congress_until": date(2020, 10, 31),
        "held_on": date(2020, 10, 26),
        "delegates_target": 400,
        "collective_reports": 2,
        "individual_reports": 2,
    }
    return Congress.objects.create(**values | fields)


def make_phase(congress: Congress, **fields) -> Phase:
    number = next(numbers)
    fields.setdefault("code", f"phase-{number}")
    fields.setdefault("name_vi", f"Giai đoạn {number}")
    fields.setdefault("order", number)
    return Phase.objects.create(congress=congress, **fields)


def make_task(congress: Congress, lead: Unit, **fields) -> Task:
    """A task as the units see it: published, with the dates that were approved. `published_at=None` is a draft."""
    number = next(numbers)
    fields.setdefault("name_vi", f"Công việc {number}")
    fields.setdefault("order", number)
    if not fields.get("anchor"):
        fields.setdefault("starts", clock.today())
        fields.setdefault("due", fields["starts"] + timedelta(days=30))
    if fields.setdefault("published_at", clock.now()):
        fields.setdefault("baseline_starts", fields.get("starts"))
        fields.setdefault("baseline_due", fields.get("due"))
    if "phase" not in fields:
        fields["phase"] = congress.phases.first() or make_phase(congress)
    needs = fields.pop("needs", [])
    task = Task.objects.create(congress=congress, lead=lead, **fields)
    task.needs.set(needs)
    return task


def make_issue(congress: Congress, **fields) -> PlanIssue:
    """A published issue of the plan with a line for each of its tasks; `published_at=None` waits for approval."""
    fields.setdefault("number", next(numbers))
    fields.setdefault("published_at", clock.now())
    issue = PlanIssue.objects.create(congress=congress, approved_at=fields["published_at"], **fields)
    if issue.published_at:
        for task in congress.tasks.exclude(published_at=None):
            issue.lines.create(task=task, starts=task.starts, due=task.due)
    return issue


def make_conference(congress: Congress, *units: Unit, **fields) -> Conference:
    number = next(numbers)
    fields.setdefault("name_vi", f"Hội nghị số {number}")
    fields.setdefault("order", number)
    if "host_block" not in fields and "host_unit" not in fields:
        fields["host_unit"] = units[0]
    conference = Conference.objects.create(congress=congress, **fields)
    ConferenceUnit.objects.bulk_create(
        ConferenceUnit(congress=congress, conference=conference, unit=unit) for unit in units
    )
    return conference


REPORT_OF = {"draft": "held", "returned": "held", "sent": "reported", "accepted": "accepted"}
FULL_REPORT = {
    "session": "morning", "place": "Hội trường", "form": "plenary", "summoned": 100, "attended": 96, "women": 40,
    "guests": 6, "collective_papers": 2, "individual_papers": 3, "no_commendations": True, "no_elected": True,
}  # fmt: skip


def make_report(conference: Conference, state: str = "draft", **fields) -> ConferenceReport:
    """A report with all that is needed but its scan, of a conference that was held today if it had no day."""
    held_on = conference.held_on or clock.today()
    conference.held_on, conference.session = held_on, conference.session or "morning"
    conference.state = REPORT_OF[state]
    conference.save()
    if state != "draft":
        fields.setdefault("first_sent_at", clock.now())
    if state == "returned":
        fields = {"due": clock.today(), "return_reason": "Thiếu biên bản.", **fields}
    values = FULL_REPORT | {"held_on": held_on} | fields
    return ConferenceReport.objects.create(conference=conference, state=state, **values)


PDF = b"%PDF-1.4\n%%EOF\n"


def make_upload(owner, slot: str, name: str = "bao-cao.pdf", content: bytes = PDF) -> Upload:
    """A file that somebody has attached to a thing."""
    upload = Upload(owner_type=owner._meta.label_lower, owner_id=owner.pk, slot=slot, name=name, size=len(content))
    upload.content_type = "application/pdf"
    upload.file.save(name, ContentFile(content), save=False)
    upload.save()
    return upload


def make_extension(unit: Unit, congress: Congress, **fields) -> Extension:
    day = clock.today()
    values = {"kind": "registration", "common": day, "old_until": day, "until": day + timedelta(days=5)}
    values |= {"reason": "Đơn vị bị phong tỏa", "document": "Công văn số 15"}
    return Extension.objects.create(congress=congress, unit=unit, **values | fields)


def make_programme_item(congress: Congress, **fields) -> ProgrammeItem:
    number = next(numbers)
    fields.setdefault("name_vi", f"Nội dung {number}")
    fields.setdefault("order", number)
    return ProgrammeItem.objects.create(congress=congress, **fields)


def make_award_type(**fields) -> AwardType:
    number = next(numbers)
    fields.setdefault("code", f"AWARD{number}")
    fields.setdefault("name_vi", f"Bằng khen số {number}")
    fields.setdefault("level", AwardType.Level.MINISTRY)
    fields.setdefault("given_to", AwardType.For.BOTH)
    fields.setdefault("kind", AwardType.Kind.REWARD)
    fields.setdefault("order", number)
    return AwardType.objects.create(**fields)


def moment(text: str) -> datetime:
    """An aware moment from '2020-05-15 14:05'."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.now().tzinfo)
