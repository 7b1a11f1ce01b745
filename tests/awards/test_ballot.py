"""Codes, the box and the count, without a database."""

import base64
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards import ballot
from awards.ballot import Outcome, Step, WrongCode, next_best, next_step, outcome, tally

HALF = Decimal(50)
few = settings(max_examples=25, deadline=None)


@pytest.fixture
def codes() -> list[str]:
    return [ballot.new_code() for _ in range(3)]


def box_for(codes: list[str]) -> ballot.Box:
    return ballot.make_box([ballot.code_public_key(code) for code in codes])


# ---- Codes ----


def test_a_code_is_eight_groups_of_four():
    groups = ballot.new_code().split("-")
    assert [len(group) for group in groups] == [4] * 8
    assert ballot.new_code() != ballot.new_code()


@pytest.mark.parametrize(
    "typed",
    [str.lower, lambda code: code.replace("-", " "), lambda code: f"  {code}\n", lambda code: code.replace("-", ".")],
    ids=["small letters", "blanks", "blanks around", "dots"],
)
def test_a_code_may_be_typed_in_many_ways(typed):
    code = ballot.new_code()
    assert ballot.code_public_key(typed(code)) == ballot.code_public_key(code)


def test_zero_is_read_as_o_and_one_as_i():
    seed = base64.b32decode("OI" * 16)[:16]
    code = base64.b32encode(seed + ballot._check(seed)).decode()
    assert "O" in code
    typed = code.replace("O", "0").replace("I", "1")
    assert ballot.code_public_key(typed) == ballot.code_public_key(code)


@given(place=st.integers(0, 31), letter=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
@few
def test_one_wrong_letter_is_noticed(place, letter):
    code = ballot.new_code().replace("-", "")
    wrong = code[:place] + letter + code[place + 1 :]
    if wrong == code:
        return
    with pytest.raises(WrongCode) as fault:
        ballot.code_public_key(wrong)
    assert fault.value.misspelt


@pytest.mark.parametrize("typed", ["", "AAAA", "không phải mã", "8" * 32, "A" * 33, "A" * 40, "٣" * 32])
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(WrongCode):
        ballot.code_public_key(typed)


# ---- The box ----

choices = st.lists(st.lists(st.integers(1, 20), unique=True, max_size=2), max_size=15)


@given(papers=choices, pair=st.sampled_from([(0, 1), (0, 2), (1, 2), (2, 0)]))
@few
def test_any_two_tellers_open_the_box(papers, pair):
    codes = [ballot.new_code() for _ in range(3)]
    box = box_for(codes)
    sealed = [ballot.seal(paper, box.public_key) for paper in papers]
    opened = ballot.open_box(box.public_key, [(codes[i], box.shares[i]) for i in pair], sealed)
    assert opened == sorted(sorted(paper) for paper in papers)


def test_one_teller_alone_does_not_open_it(codes):
    box = box_for(codes)
    with pytest.raises(ValueError, match="two codes"):
        ballot.open_box(box.public_key, [(codes[0], box.shares[0])], [])
    with pytest.raises((WrongCode, ValueError)):  # the same share twice
        ballot.open_box(box.public_key, [(codes[0], box.shares[0])] * 2, [])


def test_a_strangers_code_opens_nothing(codes):
    box = box_for(codes)
    with pytest.raises(WrongCode) as fault:
        ballot.open_box(box.public_key, [(codes[0], box.shares[0]), (ballot.new_code(), box.shares[1])], [])
    assert not fault.value.misspelt


def test_the_shares_of_another_box_do_not_open_this_one(codes):
    box, other = box_for(codes), box_for(codes)
    with pytest.raises(WrongCode):
        ballot.open_box(box.public_key, [(codes[0], box.shares[0]), (codes[1], other.shares[1])], [])


def test_nothing_kept_opens_the_box(codes):
    """What the database holds (public keys, sealed shares, sealed papers) says nothing of the seed or of a paper."""
    box = box_for(codes)
    assert len(set(box.shares)) == 3
    assert ballot.seal([1], box.public_key) != ballot.seal([1], box.public_key)


@given(papers=choices)
@few
def test_all_papers_have_one_length(papers):
    box = box_for([ballot.new_code() for _ in range(2)])
    assert len({len(ballot.seal(paper, box.public_key)) for paper in [*papers, [], [1, 2], range(1, 60)]}) == 1


def test_too_much_does_not_fit_on_a_paper(codes):
    with pytest.raises(ValueError, match="fit"):
        ballot.seal(range(1000), box_for(codes).public_key)


def test_a_box_needs_two_tellers(codes):
    with pytest.raises(ValueError, match="Two tellers"):
        box_for(codes[:1])


def test_what_was_never_a_paper_is_told_apart(codes):
    box = box_for(codes)
    papers = [
        b"",
        b"x" * 304,
        ballot.seal([2], box.public_key),
        _sealed(b"{}", box),
        _sealed(b'["1"]', box),
        _sealed(b"[true]", box),
    ]
    keys = [(codes[0], box.shares[0]), (codes[1], box.shares[1])]
    assert ballot.open_box(box.public_key, keys, papers) == [[2], None, None, None, None, None]


def _sealed(text: bytes, box: ballot.Box) -> bytes:
    padded = ballot.pad(text, ballot.PAPER_BYTES, style="iso7816")
    return ballot.SealedBox(ballot.PublicKey(box.public_key)).encrypt(padded)


# ---- The count ----


@pytest.mark.parametrize(
    ("papers", "votes", "invalid", "blank"),
    [
        ([], {1: 0, 2: 0, 3: 0}, 0, 0),
        ([[1, 2], [1]], {1: 2, 2: 1, 3: 0}, 0, 0),
        ([[], [], [3]], {1: 0, 2: 0, 3: 1}, 2, 2),
        ([[1, 2, 3], [2]], {1: 0, 2: 1, 3: 0}, 1, 0),  # one too many
        ([[4], [1]], {1: 1, 2: 0, 3: 0}, 1, 0),  # a name added
        ([[1, 1], [1]], {1: 1, 2: 0, 3: 0}, 1, 0),  # a name twice
        ([None, [1]], {1: 1, 2: 0, 3: 0}, 1, 0),  # unreadable
    ],
)
def test_tally(papers, votes, invalid, blank):
    found = tally(papers, [1, 2, 3], places=2)
    assert (found.votes, found.invalid, found.blank) == (votes, invalid, blank)
    assert found.returned == len(papers) == found.valid + found.invalid


@given(papers=st.lists(st.none() | st.lists(st.integers(0, 6), max_size=4), max_size=20), places=st.integers(1, 3))
def test_the_arithmetic_closes(papers, places):
    found = tally(papers, range(1, 6), places)
    assert found.returned == len(papers) == found.valid + found.invalid
    assert 0 <= found.blank <= found.invalid
    assert sum(found.votes.values()) <= places * found.valid


def result(selected=(), reserve=(), tied=(), open_places=0, votes=None) -> tuple:
    return list(selected), list(reserve), list(tied), open_places


CASES = {  # votes by candidate, places, threshold, base → selected, reserve, tied, places still open
    "the top two": ({1: 12, 2: 9, 3: 3}, 2, HALF, 15, result([1, 2])),
    "the next who passed is the reserve": ({1: 12, 2: 9, 3: 8}, 2, HALF, 15, result([1, 2], [3])),
    "the next who did not pass is none": ({1: 12, 2: 9, 3: 7}, 2, HALF, 15, result([1, 2])),
    "half is not more than half": ({1: 8, 2: 7, 3: 1}, 2, HALF, 14, result([1], open_places=1)),
    "a tie for the first two places": ({1: 9, 2: 9, 3: 8}, 2, HALF, 15, result([1, 2], [3])),
    "a tie for second place": ({1: 12, 2: 9, 3: 9, 4: 1}, 2, HALF, 15, result([1], tied=[2, 3], open_places=1)),
    "a three-way tie for second place": (
        {1: 12, 2: 8, 3: 8, 4: 8},
        2,
        HALF,
        15,
        result([1], tied=[2, 3, 4], open_places=1),
    ),
    "a three-way tie for both places": ({1: 9, 2: 9, 3: 9}, 2, HALF, 15, result([], tied=[1, 2, 3], open_places=2)),
    "a tie below the threshold is none": ({1: 12, 2: 7, 3: 7}, 2, HALF, 15, result([1], open_places=1)),
    "a tie at zero": ({1: 0, 2: 0, 3: 0}, 2, HALF, 15, result(open_places=2)),
    "a tie at zero without any threshold to speak of": ({1: 0, 2: 0}, 1, Decimal(0), 15, result(open_places=1)),
    "nobody reaches the threshold": ({1: 6, 2: 5, 3: 4}, 2, HALF, 15, result(open_places=2)),
    "one reaches it": ({1: 8, 2: 7, 3: 4}, 2, HALF, 15, result([1], open_places=1)),
    "fewer candidates than places": ({1: 12}, 2, HALF, 15, result([1], open_places=1)),
    "a tie for the reserve": ({1: 12, 2: 10, 3: 9, 4: 9}, 2, HALF, 15, result([1, 2], [3, 4])),
    "of all members, not of those present": ({1: 7, 2: 6}, 1, HALF, 15, result(open_places=1)),
    "without the recused": ({1: 7, 2: 6}, 1, HALF, 13, result([1])),
    "ninety per cent of fifteen is fourteen": ({1: 14, 2: 13}, 2, Decimal(90), 15, result([1], open_places=1)),
    "a run-off takes the top": ({2: 5, 3: 4}, 1, None, 15, result([2], [3])),
    "a run-off tied again": ({2: 7, 3: 7}, 1, None, 15, result(tied=[2, 3], open_places=1)),
    "a run-off for two places, one clear": ({1: 9, 2: 5, 3: 5}, 2, None, 15, result([1], tied=[2, 3], open_places=1)),
    "a run-off in which nobody chose": ({2: 0, 3: 0}, 1, None, 15, result(tied=[2, 3], open_places=1)),
    "no members at all": ({1: 0}, 1, HALF, 0, result(open_places=1)),
}


@pytest.mark.parametrize(("votes", "places", "threshold", "base", "expected"), CASES.values(), ids=CASES.keys())
def test_outcome(votes, places, threshold, base, expected):
    found = outcome(votes, places, threshold, base)
    assert (found.selected, found.reserve, found.tied, found.open_places) == expected


def test_equal_votes_share_a_rank():
    assert outcome({1: 5, 2: 9, 3: 9, 4: 1}, 2, HALF, 15).ranks == {2: 1, 3: 1, 1: 3, 4: 4}


@given(
    votes=st.dictionaries(st.integers(1, 20), st.integers(0, 15), min_size=1, max_size=10),
    places=st.integers(1, 4),
    threshold=st.none() | st.decimals(0, 99, places=2),
    base=st.integers(1, 17),
)
def test_outcome_always_holds(votes, places, threshold, base):
    found = outcome(votes, places, threshold, base)
    assert len(found.selected) + found.open_places == places
    groups = [found.selected, found.reserve, found.tied]
    assert sum(map(len, groups)) == len(set().union(*groups)) <= len(votes)
    named = [one for group in groups for one in group]
    assert all(threshold is None or votes[one] * 100 > threshold * base for one in named)
    best_of_rest = max((votes[one] for one in votes if one not in found.selected), default=-1)
    assert all(votes[one] > best_of_rest for one in found.selected) or not found.selected
    assert len({votes[one] for one in found.tied}) <= 1
    assert len(found.tied) > found.open_places if found.tied else True


@pytest.mark.parametrize(
    ("votes", "selected", "places", "expected"),
    [
        ({1: 8, 2: 6, 3: 5}, [1], 1, [2]),
        ({1: 8, 2: 6, 3: 6, 4: 2}, [1], 1, [2, 3]),
        ({1: 6, 2: 5, 3: 4}, [], 2, [1, 2]),
        ({1: 8, 2: 6}, [1], 3, [2]),
        ({1: 0, 2: 0, 3: 0}, [], 2, [1, 2, 3]),
    ],
)
def test_next_best(votes, selected, places, expected):
    assert next_best(votes, selected, places) == expected


def found(selected=(), tied=(), open_places=0, candidates=3) -> Outcome:
    return Outcome(dict.fromkeys(range(1, candidates + 1), 1), list(selected), [], list(tied), open_places)


@pytest.mark.parametrize(
    ("purpose", "outcome_", "step"),
    [
        ("first", found([1, 2]), Step.DECIDED),
        ("first", found([1], [2, 3], 1), Step.RUNOFF),
        ("runoff", found([], [2, 3], 1), Step.CHAIR),
        ("runoff", found([2]), Step.DECIDED),
        ("first", found([1], open_places=1), Step.NEXT_BEST),
        ("first", found([1], open_places=1, candidates=1), Step.EMPTY),
        ("next_best", found([], open_places=1), Step.EMPTY),
        ("next_best", found([], [1, 2], 1), Step.RUNOFF),
        ("next_best", found([1]), Step.DECIDED),
    ],
)
def test_what_follows(purpose, outcome_, step):
    assert next_step(purpose, outcome_) == step
