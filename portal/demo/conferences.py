"""What came of the conferences: reports with all that they tell, and whom they propose and elect."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.base import File

from awards.models import Kind
from congress import actions as plan
from congress.models import AwardType, Conference, ConferenceReport, Congress
from core import uploads
from core.uploads import Handed
from portal.demo.dossiers import dossier, individual_of, texts
from portal.demo.people import Person, known
from portal.demo.staff import officer
from units.models import Unit

PROGRAMME = "\n".join(
    [
        "Khai mạc, giới thiệu đại biểu",
        "Báo cáo tổng kết phong trào thi đua giai đoạn 2015-2020",
        "Tham luận của các điển hình tiên tiến",
        "Trao tặng các hình thức khen thưởng",
        "Bầu đại biểu dự Đại hội; phát động thi đua",
    ]
)
INVITED = "Lãnh đạo Bộ; Vụ Thi đua - Khen thưởng; Công đoàn Bộ; Đảng ủy Bộ"
ELECTED_FROM = 250  # the delegates elected beside the nominees, among the people whom the story knows
GIVEN = {"BK_BT": 4, "CSTD_CS": 2, "GK": 9}  # awards presented at a conference, and how many of each
SHEET = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def conference_of(congress: Congress, code: str) -> Conference:
    """The conference of a unit, or of a block, by its code."""
    key = {"host_block__code": code} if code.isdigit() else {"host_unit__code": code}
    return congress.conferences.get(**key)


def report(congress: Congress, code: str, figures: tuple[int, int, int, int], *, minutes: bool) -> None:
    """Report a conference that was held: summoned, present, women, papers, and all else; with its minutes, or not."""
    made = plan.start_report(actor=officer(), conference=conference_of(congress, code))
    for key, values, more in subjects(made, figures, minutes):
        made = plan.save_report(actor=officer(), report=made, version=made.version, key=key, values=values, **more)
    plan.send_report(actor=officer(), report=made)


def subjects(made: ConferenceReport, figures: tuple[int, int, int, int], minutes: bool) -> Iterator[tuple]:
    """Every subject of a report: its key, its fields, its lists or files."""
    conference = made.conference
    summoned, attended, women, papers = figures
    held = {name: getattr(conference, name) for name in ("held_on", "session", "place", "form")}
    yield "held", {**held, "plan_number": f"{40 + conference.order}/KH", "plan_dated": date(2020, 3, 2)}, {}
    people = {
        "summoned": summoned,
        "attended": attended,
        "women": women,
        "guests": 6 + conference.order % 5,
        "individual_papers": papers // 2,
        "collective_papers": papers - papers // 2,
        "leaders": "Thứ trưởng; Vụ trưởng Vụ Thi đua - Khen thưởng",
        "directions": "Tiếp tục nhân rộng điển hình; gắn thi đua với nhiệm vụ khoa học và công nghệ.",
    }
    yield "people", people, {}
    awards = AwardType.objects.filter(code__in=GIVEN)
    commendations = [{"award": award, "number": GIVEN[award.code]} for award in awards]
    yield "commendations", {"no_commendations": not commendations}, {"commendations": commendations}
    yield "elected", {"no_elected": False}, {"elected": elected(conference)}
    remarks = {
        "cost_planned": 45_000_000,
        "cost_spent": 41_500_000,
        "cost_source": "Quỹ khen thưởng của đơn vị",
        "shortcomings": "Thời gian thảo luận còn ít.",
        "requests": "Đề nghị sớm có hướng dẫn về nội dung báo cáo điển hình.",
    }
    yield "remarks", remarks, {}
    files = {"scan": handed("bao-cao-ket-qua.pdf")}
    if minutes:
        files["minutes"] = handed("bien-ban-hoi-nghi.pdf")
    yield "files", {}, {"files": files}


def elected(conference: Conference) -> list[dict[str, Any]]:
    """The collective and the individual whom the conference proposes, and the delegates whom it elects."""
    unit = Unit.objects.filter(memberships__conference=conference, code__in=texts()).order_by("order").first()
    unit = unit or conference.units.order_by("order").first()
    assert unit is not None  # noqa: S101 every conference of the letter has its units
    found: list[dict[str, Any]] = []
    delegates: list[Person] = [known(ELECTED_FROM + unit.order)]
    if unit.code in texts():
        found = [
            {"elected_as": Kind.COLLECTIVE, "name": dossier(unit, Kind.COLLECTIVE)[0], "unit": unit},
            {"elected_as": Kind.INDIVIDUAL, **row(individual_of(unit), unit)},
        ]
        delegates.insert(0, individual_of(unit))
    return found + [{"elected_as": "delegate", **row(person, unit), "phone": person.phone} for person in delegates]


def row(person: Person, unit: Unit) -> dict[str, Any]:
    """Somebody as a report names them."""
    values = {"name": person.full_name, "unit": unit, "position": person.position}
    return values | {"sex": person.sex, "birth": person.birth}


def handed(name: str) -> Handed:
    """A sheet of paper, as it came out of the scanner."""
    return Handed((uploads.choose(File(BytesIO(SHEET), name), officer()),))


def report_of(congress: Congress, code: str) -> ConferenceReport:
    return conference_of(congress, code).report


def accept(congress: Congress, code: str) -> None:
    """The Department accepts a report; whom it names is taken over."""
    plan.accept_report(actor=officer(), report=report_of(congress, code))


def send_back(congress: Congress, code: str, reason: str, due: date) -> None:
    """The Department returns a report."""
    plan.return_report(actor=officer(), report=report_of(congress, code), reason=reason, due=due)


def send_again(congress: Congress, code: str) -> None:
    """The host adds the minutes that were missing, and sends the report once more."""
    made = report_of(congress, code)
    files = {"minutes": handed("bien-ban-hoi-nghi.pdf")}
    made = plan.save_report(actor=officer(), report=made, version=made.version, key="files", values={}, files=files)
    plan.send_report(actor=officer(), report=made)
