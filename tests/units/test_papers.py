"""Papers about a past day print the name of that day (dossier 9-5, 9-10)."""

from datetime import date

import pytest

from awards.exports.council import _named
from awards.models import Ballot
from documents.catalogue import find
from documents.description import Table
from tests.awards.scenes import make_nomination, make_sitting
from tests.delegates.factories import make_category, make_delegate, make_quota
from tests.factories import moment
from units import actions

pytestmark = pytest.mark.django_db
OLD, NEW, HEIR = "Viện Ứng dụng Công nghệ", "Viện Tên Mới", "Viện Khoa học sở hữu trí tuệ"


def text_of(user, key: str, **params) -> str:
    paper = find(key).build(user, "2020", params)
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    cells = [str(cell) for table in tables for row in table.lines() for cell in row.cells]
    return "\n".join([paper.letterhead.issuer, *cells])


def rename(cast, day=date(2020, 6, 1)) -> None:
    actions.rename(actor=cast.officer, unit=cast.unit, version=1, day=day, document="37/QĐ-BKHCN", name_vi=NEW)


def merge(cast, day=date(2020, 7, 1)) -> None:
    actions.merge(actor=cast.officer, units=[cast.unit], into=cast.other_unit, day=day, document="38/QĐ-BKHCN")


@pytest.mark.parametrize("acts", [[rename], [merge], [rename, merge]], ids=["renamed", "merged", "both"])
def test_a_dossier_keeps_the_name_that_it_was_submitted_under(cast, today, acts):
    sent = make_nomination(
        cast.congress, cast.unit, "individual", "submitted", filed_by=cast.unit,
        first_submitted_at=moment("2020-05-15 10:00"),
    )  # fmt: skip
    draft = make_nomination(cast.congress, cast.unit, "individual")
    today(2020, 8, 1)
    for act in acts:
        act(cast)
    for key, params in (("nominations", {}), ("dossier", {"nomination": str(sent.pk)})):
        text = text_of(cast.officer, key, **params)
        assert OLD.lower() in text.lower(), key
    draft.refresh_from_db()
    now = HEIR if merge in acts else NEW
    assert now.lower() in text_of(cast.officer, "dossier", nomination=str(draft.pk)).lower()


@pytest.mark.parametrize(
    ("held", "name"),
    [("2020-05-20 08:00", OLD), ("2020-06-10 08:00", NEW), ("2020-07-10 08:00", HEIR)],
)
def test_the_councils_papers_print_the_name_of_the_sittings_day(cast, today, held, name):
    sent = make_nomination(
        cast.congress, cast.unit, "individual", "shortlisted", filed_by=cast.unit,
        first_submitted_at=moment("2020-05-15 10:00"),
    )  # fmt: skip
    sitting = make_sitting(cast.congress)
    type(sitting).objects.filter(pk=sitting.pk).update(held_at=moment(held))
    ballot = Ballot.objects.lay_out(sitting, "individual", [sent], places=1)
    today(2020, 8, 1)
    rename(cast)
    cast.unit.refresh_from_db()
    merge(cast)
    assert _named(ballot.candidates.model.objects.get(ballot=ballot)).endswith(name)


@pytest.mark.parametrize(("held_on", "name"), [(date(2020, 5, 20), OLD), (date(2020, 10, 26), NEW)])
def test_a_delegate_is_listed_under_the_units_name_on_the_congresss_day(cast, today, held_on, name):
    category = make_category(cast.congress)
    make_quota(cast.unit, category, 1)
    make_delegate(cast.unit, category)
    type(cast.congress).objects.update(held_on=held_on)
    today(2020, 8, 1)
    rename(cast)
    for key in ("delegates-internal", "delegates-public"):
        assert name in text_of(cast.officer, key)
