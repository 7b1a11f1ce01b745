"""Invented dossiers: what a unit writes of a collective or of a person."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from awards.models import Kind
from congress.models import AwardType
from core import clock
from portal.demo.people import Person, known
from units.models import Unit

Part = tuple[str, dict, list[dict] | None]


@cache
def texts() -> dict[str, dict]:
    """The texts of every proposing unit, by its code."""
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return tomllib.load(file)


def individual_of(unit: Unit) -> Person:
    """Whom a unit puts forward as an individual."""
    return replace(known(100 + unit.order), position=texts()[unit.code]["of_individual"]["position"])


def presenter_of(unit: Unit) -> Person:
    """Who would present a unit's collective."""
    return replace(known(150 + unit.order), position=texts()[unit.code]["of_collective"]["leader"])


def dossier(unit: Unit, kind: str) -> tuple[str, list[Part]]:
    """The nominee's name and the subjects of the dossier: (key, values, awards held)."""
    words, person = texts()[unit.code], individual_of(unit)
    story = words[f"of_{kind}"]
    if kind == Kind.COLLECTIVE:
        about = {
            "nominee": words["collective"],
            "address": "Hà Nội",
            "members": 12 + unit.order,
            "women": 5 + unit.order % 5,
            "party_members": 8,
        }
        profile = f"Hình thành và phát triển cùng {unit.name_vi}, nhiều năm liền hoàn thành tốt nhiệm vụ."
        presents = presenter_of(unit)
    else:
        about = {"nominee": person.full_name, "birth": person.birth, "sex": person.sex, "position": person.position}
        profile = f"Công tác tại {unit.name_vi} từ khi tốt nghiệp, trưởng thành từ {words['collective']}."
        presents = person
    achievements = {
        "achievements": story["achievements"],
        "measures": "Giao việc rõ người, rõ hạn; họp giao ban ngắn hằng tuần; khen kịp thời, công khai.",
        "compliance": "Chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước.",
    }
    model = {name: story[name] for name in ("model_name", "context", "results", "lessons")}
    review = {
        "reviewed_on": clock.today() - timedelta(days=3),
        "review": "Hội nghị của đơn vị nhất trí giới thiệu, 100% người dự họp tán thành.",
    }
    return about["nominee"], [
        ("about", about, None),
        ("profile", {"profile": profile, "duties": words["duties"]}, None),
        ("achievements", achievements, None),
        ("awards", {"no_awards": False}, _held(unit, kind)),
        ("model", model, None),
        ("presenter", {"presenter": f"{presents.full_name}, {presents.position}"}, None),
        ("review", review, None),
    ]


def _held(unit: Unit, kind: str) -> list[dict]:
    """The awards that a nominee holds, each with its decision."""
    code = "TTLDXS" if kind == Kind.COLLECTIVE else "CSTD_CS"
    return [
        {
            "award": AwardType.objects.get(code=code),
            "year": 2018,
            "decision_number": f"{1200 + unit.order}/QĐ-BKHCN",
            "decision_date": date(2018, 12, 20),
            "issuer": "Bộ Khoa học và Công nghệ",
        }
    ]
