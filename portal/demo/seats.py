"""Seats and the invented people on them, in the make-up that the letter names."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice

from congress.models import AwardType, Congress
from core.vietnamese import PartialDate, fold
from delegates import actions as delegates
from delegates.forms.allocation import as_address
from delegates.models import Allocation, Category, Delegate, EthnicGroup, Quota
from delegates.queries import Plan
from portal.demo.dossiers import individual_of, presenter_of, texts
from portal.demo.people import Person, people, story
from portal.demo.staff import head_person
from units.models import Unit

SEATS_OF_THE_MINISTRY = {"DN_LDB": 15, "DN_DDT": 10}
KEPT_BACK = 34  # for the guests, given out later
SEATS_OF_EACH_UNIT = {"DN_TT": 1}
PARTS_OF_THE_REST = {"DHTT": 150, "TT_KT": 70, "CN_KT": 75}
SENIOR_BEFORE = 1978  # leaders are born before
UNDECIDED = 7
POSTS = {
    "DN_LDB": ["Thứ trưởng", "Nguyên Thứ trưởng", "Nguyên Thứ trưởng"],
    "DN_DDT": ["Ủy viên Ban Thường vụ Đảng ủy Bộ", "Ủy viên Ban Thường vụ Công đoàn Bộ",
               "Ủy viên Ban Thường vụ Đoàn Thanh niên Bộ"],
    "KM": ["Vụ trưởng Vụ Thi đua - Khen thưởng", "Phó Vụ trưởng", "Chuyên viên cao cấp"],
}  # fmt: skip


def allocate(congress: Congress) -> None:
    """Seats of every unit and category, by a version that is approved and issued."""
    keys = {category.code: category.pk for category in congress.categories.all()}

    def by_key(seats: dict[str, int]) -> dict[int, int]:
        return {keys[code]: number for code, number in seats.items()}

    plan = Plan(
        weight=Allocation.Weight.HEADCOUNT,
        method=Allocation.Method.HAMILTON,
        target=congress.delegates_target,
        reserve=KEPT_BACK,
        floor=2,
        ceiling=40,
        unknown=60,
        own=by_key(SEATS_OF_THE_MINISTRY),
        each=by_key(SEATS_OF_EACH_UNIT),
        parts=by_key(PARTS_OF_THE_REST),
    )
    made = delegates.make_version(actor=None, congress=congress, plan=plan, asked=as_address(plan))
    approved = delegates.approve_version(actor=None, allocation=made, version=made.version)
    delegates.issue_version(
        actor=None, allocation=approved, version=approved.version, document="Công văn phân bổ đại biểu"
    )


def fill(congress: Congress, *, share: float) -> list[Delegate]:
    """Register people on a share of the seats of every quota, beside those who sit there. Returns the new ones."""
    line = newcomers(congress)
    groups = {group.code: group for group in EthnicGroup.objects.all()}
    made: list[Delegate] = []
    for quota in Quota.objects.filter(congress=congress).select_related("unit", "category"):
        unit, category = quota.unit, quota.category
        seated = congress.delegates.seated().filter(unit=unit, category=category).count()
        first = [] if seated else _first(unit, category)
        wanted = max(0, round(quota.seats * share) - seated)
        for number, person in enumerate(islice(chain(first, line), wanted)):
            fields = person_fields(person, groups, category, unit, seated + number)
            made.append(delegates.register(actor=None, congress=congress, unit=unit, category=category, **fields))
    return made


def newcomers(congress: Congress) -> Iterator[Person]:
    """An endless line of people whose names nobody bears yet, neither a delegate nor anybody of the story."""
    taken = {fold(person.full_name) for person in story()}
    taken.update(congress.delegates.values_list("folded", flat=True))
    return (person for person in people() if fold(person.full_name) not in taken)


def _first(unit: Unit | None, category: Category) -> Iterator[Person]:
    """Whom the story knows already: the unit's head, its nominee, who presents its collective."""
    if unit and category.code == "DN_TT":
        yield head_person(unit)
    if unit and unit.code in texts():
        if category.code == "DHTT":
            yield individual_of(unit)
        if category.code == "TT_KT":
            yield presenter_of(unit)


def person_fields(
    person: Person, groups: dict[str, EthnicGroup], category: Category, unit: Unit | None, number: int
) -> dict:
    """An invented person as the registration takes them; `number` counts those of the same unit and category."""
    if category.code in ("DN_LDB", "DN_TT"):
        person = _senior(person)
    posts = POSTS.get(category.code, [person.position])
    fields = {
        "full_name": person.full_name,
        "birth": person.birth,
        "sex": person.sex,
        "position": unit.head_title if unit and category.code == "DN_TT" else posts[number % len(posts)],
        "ethnic_group": groups[person.ethnic_group],
        "religion": Delegate.Religion.NONE,
        "party_member": person.party_member,
        "education": person.education,
        "phone": person.phone,
        "email": person.email,
    }
    if unit is None:
        fields["organisation"] = "Bộ Khoa học và Công nghệ"
    if category.represents_collective and unit:
        own = texts().get(unit.code, {}).get("collective") if not number else None
        fields["represents"] = f"{own}, {unit}" if own else f"Tập thể {unit}"
    if category.needs_award:
        code = "CO_BO" if category.represents_collective else "CSTD_BO"
        award = {"award": AwardType.objects.get(code=code), "year": 2018}
        if number % UNDECIDED:  # every so many have not given the number yet
            award |= {
                "decision_number": f"{3100 + number}/QĐ-BKHCN", "decision_date": PartialDate(2018, 12, 20),
                "issuer": "Bộ trưởng",
            }  # fmt: skip
        fields["awards"] = [award]
    if category.code == "DN_TT" and unit and unit.order % 5 == 0:  # some heads come for their own award as well
        fields["tags"] = list(category.congress.categories.filter(code="CN_KT"))
    return fields


def _senior(person: Person) -> Person:
    """The same person, old enough to lead."""
    year = int(person.birth[-4:])
    while year >= SENIOR_BEFORE:
        year -= 12
    return replace(person, birth=person.birth[:-4] + str(year))
