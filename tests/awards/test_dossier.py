"""The subjects of a dossier and how far each has come, without a database."""

import pytest

from awards.dossier import COLLECTIVE, INDIVIDUAL, parts, progress, section, sections
from tests.awards.scenes import FULL, TEXTS

KINDS = [COLLECTIVE, INDIVIDUAL]


def full(kind: str, **changes) -> dict:
    return {"nominee": "Phòng Quang tử", **FULL[kind], **TEXTS} | changes


def part(kind: str, key: str, values: dict, awards: int = 0):
    return next(one for one in parts(kind, values, awards) if one.subject.key == key)


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_dossier_is_complete(kind):
    made = progress(kind, full(kind), 0)
    assert (made.done, made.total, made.complete) == (7, 7, True)
    assert all(one.complete and one.begun for one in parts(kind, full(kind), 0))


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_dossier_is_neither_begun_nor_complete(kind):
    found = parts(kind, {}, 0)
    assert not any(one.complete or one.begun for one in found)
    assert progress(kind, {}, 0).done == 0


@pytest.mark.parametrize("kind", KINDS)
def test_each_needed_field_holds_back_its_own_subject_alone(kind):
    for subject in sections(kind):
        for name in subject.needed:
            lacking = [one for one in parts(kind, full(kind, **{name: ""}), 0) if not one.complete]
            assert [(one.subject.key, one.missing) for one in lacking] == [(subject.key, (name,))]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_optional_holds_nothing_back(kind):
    for subject in sections(kind):
        for name in subject.optional:
            awards = 1 if name == "no_awards" else 0
            assert progress(kind, full(kind, **{name: ""}), awards).complete, name


def test_no_field_belongs_to_two_subjects():
    for kind in KINDS:
        names = [name for subject in sections(kind) for name in subject.fields]
        assert len(names) == len(set(names))


def test_a_begun_subject_says_what_is_missing():
    model = part(COLLECTIVE, "model", {"model_name": "Phòng thí nghiệm mở", "results": None, "context": "  x"})
    assert model.begun
    assert not model.complete
    assert model.missing == ("results", "lessons")


@pytest.mark.parametrize(
    ("no_awards", "awards", "missing", "begun"),
    [(False, 0, ("awards",), False), (True, 0, (), True), (False, 2, (), True), (None, 0, ("awards",), False)],
)
def test_awards_are_listed_or_it_is_said_that_there_are_none(no_awards, awards, missing, begun):
    found = part(INDIVIDUAL, "awards", {"no_awards": no_awards}, awards)
    assert (found.missing, found.begun) == (missing, begun)


def test_zero_is_a_number_of_people_and_not_a_gap():
    assert part(COLLECTIVE, "about", full(COLLECTIVE, members=0)).complete


def test_a_subject_is_found_by_its_key():
    assert section(COLLECTIVE, "model") == section(INDIVIDUAL, "model")
    assert section(COLLECTIVE, "about") != section(INDIVIDUAL, "about")
    assert section(COLLECTIVE, "nothing") is None


def test_both_kinds_have_the_same_subjects_in_the_same_order():
    keys = [[subject.key for subject in sections(kind)] for kind in KINDS]
    assert keys[0] == keys[1]
    assert len(keys[0]) == 7


def test_personal_fields_are_of_the_person_or_of_the_address_alone():
    assert "birth" in section(INDIVIDUAL, "about").fields
    assert "birth" not in section(COLLECTIVE, "about").fields
