"""The make-up counted from rows: classes and unknown make the whole, percentages make a hundred, ages are right."""

from collections import Counter
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from delegates import composition as pure
from delegates.composition import UNKNOWN, Row

DAY = date(2020, 10, 26)


def a_row(pk: int = 1, **fields) -> Row:
    known = {
        "unit": 1, "category": 1, "state": "registered", "sex": "male", "ethnic_group": 1, "religion": "none",
        "party_member": True, "education": "bachelor", "rank": "", "political_theory": "", "highest_award": None,
        "award_decision": "", "represents": "", "birth": "1980-05-09", "phone": "0912345678", "email": "",
        "full_name": "Ai Đó", "organisation": "",
    }  # fmt: skip
    return Row(pk=pk, **known | fields)


def some_rows(random: Random, number: int) -> list[Row]:
    births = ["1950", "1960-10", "1960-10-26", "1960-10-27", "1979-11", "1989-10-25", "1990-12-31", "1999", ""]
    return [
        a_row(
            pk,
            unit=random.choice([None, 1, 2, 3]),
            category=random.choice([1, 1, 2, 3]),
            state=random.choice(["registered", "confirmed"]),
            sex=random.choice(["male", "female"]),
            ethnic_group=random.choice([None, 1, 2, 3]),
            religion=random.choice(["", "none", "buddhist"]),
            party_member=random.choice([True, False, None]),
            education=random.choice(["", "master"]),
            political_theory=random.choice(["", "advanced"]),
            highest_award=random.choice([None, 7]),
            award_decision=random.choice(["", "12/QĐ-BKHCN"]),
            represents=random.choice(["", "Phòng"]),
            birth=random.choice(births),
            phone=random.choice(["", "09"]),
            email=random.choice(["", "a@b"]),
        )
        for pk in range(1, number + 1)
    ]


# ---- Percentages ----


@pytest.mark.parametrize("seed", range(200))
def test_percentages_make_a_hundred_and_none_is_a_tenth_off(seed):
    random = Random(seed)
    numbers = [random.choice([0, 1, 2, random.randint(0, 400)]) for _class in range(random.randint(1, 12))]
    shares = pure.tenths(numbers)
    whole = sum(numbers)
    assert sum(shares) == (1000 if whole else 0)
    for number, share in zip(numbers, shares, strict=True):
        assert not whole or abs(Fraction(number * 1000, whole) - share) < 1
        assert number or not share


def test_of_equal_remainders_the_earlier_class_gets_the_tenth():
    assert pure.tenths([1, 1, 1]) == [334, 333, 333]
    assert pure.tenths([2, 1]) == [667, 333]
    assert pure.tenths([]) == []


# ---- Ages ----


@pytest.mark.parametrize(
    ("birth", "years", "about"),
    [
        ("1980", 40, True), ("1980-10", 40, True), ("1980-11", 39, True), ("1980-10-26", 40, False),
        ("1980-10-27", 39, False), ("1980-02-29", 40, False),
    ],
)  # fmt: skip
def test_age_on_the_day_with_what_is_known_of_the_birth(birth, years, about):
    assert (pure.age(birth, DAY), pure.is_approximate(birth)) == (years, about)


def test_bands_hold_every_age_once():
    found = Counter(pure.band_of(years) for years in range(121))
    assert found == {"-30": 31, "31-40": 10, "41-50": 10, "51-60": 10, "61-": 60}


def test_the_oldest_and_the_youngest_are_right_whatever_is_known():
    rows = [
        a_row(1, birth="1960-10-27"),
        a_row(2, birth="1960"),
        a_row(3, birth="1995-01"),
        a_row(4, birth="1995-01-31"),
    ]
    tally = pure.count(rows, [1], DAY)
    assert tally.oldest == {"registered": ("1960", 2, "Ai Đó", 1, "")}
    assert tally.youngest == {"registered": ("1995-01-31", 4, "Ai Đó", 1, "")}


# ---- Counting ----


@pytest.mark.parametrize("seed", range(30))
def test_classes_and_unknown_make_the_whole_in_every_cut(seed):
    rows = some_rows(Random(seed), 200)
    tally = pure.count(rows, [1, 2], DAY)
    for state in ("registered", "confirmed"):
        official = sum(1 for row in rows if row.state == state and row.category in (1, 2))
        assert tally.cuts[state]
        for cut, counts in tally.cuts[state].items():
            assert sum(counts.values()) == official, cut
    assert sum(tally.people.values()) == len(rows)


@pytest.mark.parametrize("seed", range(30))
def test_tallies_of_units_add_up_to_the_tally_of_all(seed):
    random = Random(seed)
    rows = some_rows(random, random.randint(0, 120))
    by_unit = [pure.count([row for row in rows if row.unit == unit], [1, 2], DAY) for unit in (None, 1, 2, 3)]
    random.shuffle(by_unit)
    assert pure.add(by_unit) == pure.count(rows, [1, 2], DAY)


def test_a_tally_survives_json():
    import json
    from dataclasses import asdict

    tally = pure.count(some_rows(Random(1), 50), [1], DAY)
    assert pure.Tally.load(json.loads(json.dumps(asdict(tally)))) == tally


def test_two_categories_of_one_person_are_one_seat_and_one_row():
    """Dossier 9-1 and 9-2: the primary category counts; standing for a collective does not hide the own award."""
    tally = pure.count([a_row(represents="Phòng Quang tử", highest_award=7, award_decision="1/QĐ")], [1], DAY)
    assert tally.people == {"1.registered": 1}
    assert tally.cuts["registered"]["represents"] == {"collective": 1}
    assert tally.cuts["registered"]["highest_award"] == {"7": 1}


def test_an_award_without_a_decision_number_is_counted_apart():
    """Dossier 4.11-9. Nobody is lost: the classes and the unknown make the whole."""
    rows = [a_row(1, highest_award=7, award_decision="1/QĐ-TTg"), a_row(2, highest_award=7), a_row(3), a_row(4)]
    tally = pure.count(rows, [1], DAY)
    assert tally.cuts["registered"]["highest_award"] == {"7": 1, pure.UNDECIDED: 1, UNKNOWN: 2}


def test_the_mean_leaves_the_unknown_out():
    assert pure.mean_age({"30": 1, "41": 1, UNKNOWN: 5}) == 35.5
    assert pure.mean_age({UNKNOWN: 5}) is None


def test_what_has_no_label_counts_as_unknown_and_is_never_lost():
    cut = pure.cut_of("sex", "Sex", {"male": "M"}, {"male": 2, "gone": 3, UNKNOWN: 1}, unknown="?")
    assert [(one.key, one.number) for one in cut.classes] == [("male", 2), (UNKNOWN, 4)]
    assert cut.total == 6


def test_strangers_read_no_class_of_one_or_two():
    cut = pure.cut_of("x", "X", {"a": "A", "b": "B", "c": "C"}, {"a": 2, "b": 3, "c": 1, UNKNOWN: 1}, unknown="?")
    shown = pure.grouped_below(cut, 3, "few")
    assert [(one.key, one.number) for one in shown.classes] == [("b", 3), ("others", 3), (UNKNOWN, 1)]
    assert sum(one.share for one in shown.classes) == 1000
    assert shown.total == cut.total


# ---- What is blank ----


def test_blank_is_told_field_by_field():
    row = a_row(
        birth="1980", ethnic_group=None, religion="", party_member=None, education="", phone="", email="",
    )  # fmt: skip
    assert set(pure.blank_in(row)) == set(pure.NEEDABLE) - {"award_decision"}  # there is no award to be decided on
    assert "award_decision" in pure.blank_in(a_row(highest_award=1))
    honoured = {
        "political_theory": "advanced",
        "highest_award": 1,
        "award_decision": "1/QĐ-TTg",
        "photo": 1,
        "id_number": "001080012345",
    }
    assert pure.blank_in(a_row(**honoured, email="a@b")) == []
    assert "contact" not in pure.blank_in(a_row(phone="", email="a@b"))
    assert pure.blank_in(a_row(**honoured, party_member=False)) == ["email"]
