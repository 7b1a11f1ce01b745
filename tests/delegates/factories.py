"""Plain makers of categories, seats and delegates."""

from io import BytesIO

from django.core.files.base import ContentFile
from openpyxl import Workbook
from PIL import Image

from congress.models import Congress
from core import clock
from core.models import Upload, User
from core.vietnamese import PartialDate
from delegates.models import (
    Allocation,
    Category,
    Delegate,
    DelegateAward,
    EthnicGroup,
    Quota,
    RegistrationDraft,
    Replacement,
    SeatRequest,
    SentList,
    SettledList,
)
from delegates.models.awards import held
from tests.counting import numbers
from units.models import Unit


def make_category(congress: Congress, **fields) -> Category:
    number = next(numbers)
    fields.setdefault("code", f"CATEGORY{number}")
    fields.setdefault("name_vi", f"Thành phần số {number}")
    fields.setdefault("short_vi", f"TP {number}")
    fields.setdefault("order", number)
    return Category.objects.create(congress=congress, **fields)


def make_quota(unit: Unit | None, category: Category, seats: int = 5) -> Quota:
    return Quota.objects.create(congress=category.congress, unit=unit, category=category, seats=seats)


def make_allocation(congress: Congress, state: str = "draft", **fields) -> Allocation:
    """A version without lines, in a state and with the times that go with it."""
    times = {
        "draft": [],
        "approved": ["approved_at"],
        "issued": ["approved_at", "issued_at"],
        "replaced": ["approved_at", "issued_at", "replaced_at"],
        "dropped": ["dropped_at"],
    }
    fields = {"method": "hamilton", "weight": "equal", "tie": "order", "target": 0, "asked": "", **fields}
    at = dict.fromkeys(times[state], clock.now())
    return Allocation.objects.create(congress=congress, number=1000 + next(numbers), state=state, **at, **fields)


def make_ethnic_group(**fields) -> EthnicGroup:
    number = next(numbers)
    fields.setdefault("code", f"{number % 100:02}")
    fields.setdefault("name_vi", f"Dân tộc {number}")
    return EthnicGroup.objects.create(**fields)


def a_person(**fields) -> dict:
    """What is known of somebody: the fields that an action takes."""
    number = next(numbers)
    return {
        "full_name": f"Trần Thị Số {number}",
        "birth": PartialDate(1980),
        "sex": Delegate.Sex.FEMALE,
        "position": "Nghiên cứu viên",
        "phone": f"09{number:08}",
        **fields,
    }


def make_delegate(unit: Unit | None, category: Category, **fields) -> Delegate:
    """Somebody on a seat; a quota with room is made where there is none."""
    quota, _made = Quota.objects.get_or_create(
        congress=category.congress, unit=unit, category=category, defaults={"seats": 100}
    )
    if unit is None:
        fields.setdefault("organisation", "Văn phòng Chủ tịch nước")
    if category.represents_collective:
        fields.setdefault("represents", "Phòng Thí nghiệm Quang tử")
    rows = fields.pop("awards", [])
    if award := fields.pop("highest_award", None):
        rows = [{"award": award, "year": fields.pop("award_year"), "decision_number": fields.pop("award_decision", "")}]
    made = Delegate(congress=quota.congress, unit=unit, category=category, **a_person(**fields))
    awards = held(made, rows)
    made.save()
    DelegateAward.objects.bulk_create(awards)
    return made


def make_replacement(replaced: Delegate, successor: Delegate, **fields) -> Replacement:
    """A link of a chain, whose first is the one that is replaced."""
    known = {"congress": replaced.congress, "left": replaced.category, "taken": successor.category, "reason": "Ốm"}
    return Replacement.objects.create(**known, first=replaced, replaced=replaced, successor=successor, **fields)


def make_request(waits: Delegate, **fields) -> SeatRequest:
    """One more seat asked for, for somebody on the reserve list."""
    known = {"congress": waits.congress, "since": waits.state_since, "reason": "Đông người", **fields}
    return SeatRequest.objects.create(delegate=waits, **known)


def make_settled(unit: Unit, congress: Congress, by: User, **fields) -> SettledList:
    """A unit's list as it stands, settled."""
    seated = congress.delegates.filter(unit=unit).seated()
    members = sorted(seated.values_list("pk", flat=True))
    cells = {
        str(quota.category_id): [quota.seats, seated.filter(category=quota.category).count()]
        for quota in congress.quotas.filter(unit=unit)
    }
    known = {"capacity": "head", "number": next(numbers), "members": members, "cells": cells}
    made = {"people": len(members) or 1, **known, **fields}
    return SettledList.objects.create(congress=congress, unit=unit, settled_by=by, **made)


def make_list(unit: Unit | None, congress: Congress, content: bytes = b"") -> SentList:
    """A list that was sent and looked at; without content an empty one."""
    if not content:
        book, out = Workbook(), BytesIO()
        book.active.append(["Họ và tên", "Năm sinh", "Dân tộc"])
        book.save(out)
        content = out.getvalue()
    actor = User.objects.first()
    preview = {"faults": [[1, 1, "A1", "Họ và tên", "", "…"]], "rows": [], "remarks": [], "questions": []}
    preview |= {"answered": [], "old": {"count": 0, "encodings": [], "samples": []}, "left_out": [], "hidden": []}
    sent = SentList(congress=congress, unit=unit, sent_by=actor, name="ds.xlsx", sheet="Sheet", head_row=1)
    sent.columns, sent.preview, sent.state = {"1": "full_name", "2": "birth"}, preview, SentList.State.LOOKED
    sent.counts = {"added": 0, "changed": 0, "left": 0}
    sent.file.save("ds.xlsx", ContentFile(content), save=False)
    sent.save()
    return sent


def a_form(category: Category, **fields) -> dict[str, str]:
    """What a browser sends to register somebody."""
    number = next(numbers)
    group = EthnicGroup.objects.first() or make_ethnic_group()
    return {
        "full_name": f"Phạm Văn Số {number}",
        "birth": "05/09/1980",
        "sex": "male",
        "category": str(category.pk),
        "position": "Chuyên viên",
        "ethnic_group": str(group.pk),
        "education": "bachelor",
        "phone": "0912 345 678",
        **award_lines(),
        **fields,
    }


def award_lines(*lines: dict[str, str], blank: int = 1) -> dict[str, str]:
    """What a browser sends of the table of awards: these lines, and blank ones after them."""
    names = ("year", "award", "decision_number", "decision_date", "issuer")
    sent = {"awards-TOTAL_FORMS": str(len(lines) + blank), "awards-INITIAL_FORMS": "0"}
    for number, line in enumerate([*lines, *[{}] * blank]):
        sent |= {f"awards-{number}-{name}": str(line.get(name, "")) for name in names}
    return sent


def the_user(cast, role: str) -> User:
    """Somebody of the cast, the hats read anew."""
    user: User = getattr(cast, role)
    user.__dict__.pop("_hats", None)
    return user


def a_picture(width: int = 900, height: int = 1200, kind: str = "JPEG", mode: str = "RGB", **options) -> bytes:
    """A picture whose left half is red and whose right half is blue, as far as its mode knows colours."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    out = BytesIO()
    image.convert(mode).save(out, kind, **options)
    return out.getvalue()


def make_photo(delegate: Delegate) -> Upload:
    """A delegate's photo, kept as an act keeps it."""
    upload = Upload(owner_type="delegates.delegate", owner_id=delegate.pk, slot="photo", name="photo.jpg", size=1)
    upload.content_type = "image/jpeg"
    upload.file.save("photo.jpg", ContentFile(a_picture(600, 800)), save=False)
    upload.save()
    delegate.photo = upload
    delegate.save(update_fields=["photo"])
    return upload


def make_draft(unit: Unit | None, congress: Congress, user: User | None = None, **typed: str) -> RegistrationDraft:
    """A registration that somebody has begun to write."""
    user = user or User.objects.earliest("pk")
    values = {name: [text] for name, text in (typed or {"full_name": "Quách Thị Nháp"}).items()}
    return RegistrationDraft.objects.create(congress=congress, unit=unit, values=values, begun_by=user, saved_by=user)
