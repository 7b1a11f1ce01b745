"""Two people editing one thing lose nothing."""

from datetime import date

import pytest
from django.test import RequestFactory

from core import versions
from core.models import User
from core.versions import Stale
from core.views import answers
from tests import factories as make
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("post", "version"),
    [
        ({"version": "3"}, 3),
        ({}, 0),
        ({"version": "x"}, 0),
        ({"version": "-1"}, 0),
        ({"version": "٣"}, 0),
        ({"version": ""}, 0),
    ],
)
def test_the_version_that_a_form_carries(post, version):
    assert versions.sent(post) == version


def test_the_version_read_is_the_one_that_may_be_saved():
    unit = make.make_unit()
    versions.check(unit, unit.version)
    unit.name_vi = "Viện Đổi Tên"
    versions.save(unit, ["name_vi"])
    unit.refresh_from_db()
    assert (unit.version, unit.name_vi) == (2, "Viện Đổi Tên")
    assert unit.folded.startswith("vien doi ten")
    with pytest.raises(Stale) as stale:
        versions.check(unit, 1)
    assert stale.value.current is unit


def test_only_the_named_fields_are_saved():
    unit = make.make_unit(note="cũ")
    unit.name_vi, unit.note = "Viện Khác", "mới"
    versions.save(unit, ["name_vi"])
    unit.refresh_from_db()
    assert unit.note == "cũ"


def test_what_changed_is_told_in_words():
    unit = make.make_unit(kind=Unit.Kind.VIEN, own_conference=False, headcount=None)
    other = make.make_block(name_vi="Khối khác")
    block = str(unit.block)
    changes = versions.apply(
        unit,
        {
            "kind": "cuc",
            "own_conference": True,
            "block": other,
            "headcount": 120,
            "headcount_on": date(2019, 7, 31),
            "note": "",
            "name_en": "",
        },
    )
    label = {field.name: str(field.verbose_name) for field in Unit._meta.concrete_fields}
    assert changes == {
        label["kind"]: [str(Unit.Kind.VIEN.label), str(Unit.Kind.CUC.label)],
        label["own_conference"]: [versions._("No"), versions._("Yes")],
        label["block"]: [block, "Khối khác"],
        label["headcount"]: ["", "120"],
        label["headcount_on"]: ["", "31/07/2019"],
    }
    assert unit.kind == "cuc"


def test_nothing_changed_is_nothing_told():
    unit = make.make_unit(name_vi="Viện Một")
    assert versions.apply(unit, {"name_vi": " Viện  Một "}) == {}


def test_of_confidential_fields_only_the_change_is_told(monkeypatch):
    monkeypatch.setattr(Unit, "CONFIDENTIAL", ("note",))
    unit = make.make_unit(note="kín một")
    assert list(versions.apply(unit, {"note": "kín hai"}).values()) == [["…", "…"]]
    (told,) = differences(unit, note="kín ba").values()
    assert "kín hai" not in told[0]  # that it differs, and not what stands there
    assert told[1] == "kín ba"


def differences(unit: Unit, **post) -> dict[str, tuple[str, str]]:
    request = RequestFactory().post("/", post)
    found = answers.differences(unit, request.POST, set(post) - {"version", "unknown"})
    return {difference.label: (difference.current, difference.mine) for difference in found}


def test_the_conflict_page_compares_what_stands_and_what_was_sent():
    unit = make.make_unit(name_vi="Viện Một", note="dòng\nhai", headcount=10, headcount_on=date(2019, 7, 31))
    other = make.make_block(name_vi="Khối khác")
    found = differences(
        unit,
        version="1",
        name_vi="Viện Hai",
        note="dòng\r\nhai",
        headcount="12",
        headcount_on="31/07/2019",
        own_conference="False",
        block=str(other.pk),
        unknown="x",
    )
    label = {field.name: str(field.verbose_name) for field in Unit._meta.concrete_fields}
    assert found == {
        label["name_vi"]: ("Viện Một", "Viện Hai"),
        label["headcount"]: ("10", "12"),
        label["block"]: (str(unit.block), "Khối khác"),
    }


def test_what_cannot_be_read_is_shown_as_it_was_typed():
    unit = make.make_unit(headcount=None)
    [(current, mine)] = differences(unit, headcount="mười hai").values()
    assert (current, mine) == ("", "mười hai")


def test_apply_takes_rows_without_versions_too():
    user = make.make_user(full_name="Lê An")
    assert list(versions.apply(user, {"full_name": "Lê Bình"}).values()) == [["Lê An", "Lê Bình"]]
    assert User.objects.get(pk=user.pk).full_name == "Lê An"
