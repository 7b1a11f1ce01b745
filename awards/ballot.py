"""Secret ballots without a database: opening codes, the sealed box, the papers, and who is chosen.

Cryptography is libsodium's (sealed boxes: X25519, XSalsa20-Poly1305) and PyCryptodome's (Shamir's shares); nothing is
made by hand. The rules of the count are those of the dossier, section 3.4. `docs/ballot.md` says what this promises.
"""

import base64
import binascii
import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from Crypto.Protocol.SecretSharing import Shamir
from Crypto.Util.Padding import pad, unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

KEYS_NEEDED = 2  # how many tellers open a box together
PAPER_BYTES = 256  # every paper has this length before it is sealed, whatever is chosen
SEED_BYTES = 16
CHECK_BYTES = 4
GROUP = 4

# ---- Opening codes ----


class WrongCode(ValueError):
    """A code that cannot be read (it was mistyped), or that opens nothing here. `misspelt` tells which."""

    def __init__(self, *, misspelt: bool) -> None:
        super().__init__("misspelt" if misspelt else "of another teller")
        self.misspelt = misspelt


def new_code() -> str:
    """A teller's opening code: 128 random bits and a checksum, as eight groups of four letters and digits."""
    seed = secrets.token_bytes(SEED_BYTES)
    text = base64.b32encode(seed + _check(seed)).decode()
    return "-".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))


def code_public_key(code: str) -> bytes:
    """The public half of a code, 32 bytes. Raises `WrongCode` when the code was mistyped."""
    return bytes(_code_key(code).public_key)


def _code_key(code: str) -> PrivateKey:
    return _key(_read_code(code), b"teller's code")


def _read_code(code: str) -> bytes:
    """The random bits of a code as people type it: with or without blanks and hyphens, 0 for O, 1 for I."""
    letters = "".join(letter for letter in code if letter.isalnum())
    try:
        read = base64.b32decode(letters, casefold=True, map01="I")
    except (binascii.Error, ValueError):  # ValueError: a letter beyond ASCII
        raise WrongCode(misspelt=True) from None
    seed, check = read[:SEED_BYTES], read[SEED_BYTES:]
    if len(read) != SEED_BYTES + CHECK_BYTES or not secrets.compare_digest(check, _check(seed)):
        raise WrongCode(misspelt=True)
    return seed


def _check(seed: bytes) -> bytes:
    return hashlib.sha256(seed).digest()[:CHECK_BYTES]


def _key(seed: bytes, purpose: bytes) -> PrivateKey:
    """The key pair that 128 random bits stand for; keys of different purposes never meet."""
    return PrivateKey(hashlib.blake2b(seed, digest_size=PrivateKey.SIZE, person=purpose).digest())


# ---- The box ----


@dataclass(frozen=True)
class Box:
    """What is kept of a box: the public key that seals papers, and one share of the opening key for each teller."""

    public_key: bytes
    shares: list[bytes]


def make_box(teller_keys: Sequence[bytes]) -> Box:
    """A new box that any two of these tellers open together.

    `teller_keys` are the public halves of their codes; the shares come in the same order. The opening key itself is
    forgotten here: it exists nowhere until two codes meet. Raises ValueError for fewer than two tellers.
    """
    if len(teller_keys) < KEYS_NEEDED:
        raise ValueError("Two tellers at least open a box.")
    seed = secrets.token_bytes(SEED_BYTES)
    shares = Shamir.split(KEYS_NEEDED, len(teller_keys), seed)
    sealed = [
        SealedBox(PublicKey(key)).encrypt(bytes([index]) + share)
        for key, (index, share) in zip(teller_keys, shares, strict=True)
    ]
    return Box(bytes(_box_key(seed).public_key), sealed)


def _box_key(seed: bytes) -> PrivateKey:
    return _key(seed, b"ballot box")


def seal(choices: Iterable[int], public_key: bytes) -> bytes:
    """A paper with the numbers of the chosen candidates, sealed; all papers have one length.

    Raises ValueError for choices that do not fit on a paper.
    """
    text = json.dumps(sorted(choices), separators=(",", ":")).encode()
    if len(text) >= PAPER_BYTES:
        raise ValueError("These choices do not fit on a paper.")
    return SealedBox(PublicKey(public_key)).encrypt(pad(text, PAPER_BYTES, style="iso7816"))


def open_box(public_key: bytes, keys: Sequence[tuple[str, bytes]], papers: Iterable[bytes]) -> list[list[int] | None]:
    """The papers of a box, opened by two tellers and sorted, so that no order of the box is left.

    `keys` are (code, sealed share) of two tellers. A paper that cannot be read is None. Raises `WrongCode` when a
    code does not open its share or the two do not open this box.
    """
    if len(keys) != KEYS_NEEDED:
        raise ValueError("A box is opened with two codes.")
    seed = Shamir.combine([_open_share(code, sealed) for code, sealed in keys])
    key = _box_key(seed)
    if bytes(key.public_key) != bytes(public_key):
        raise WrongCode(misspelt=False)
    return sorted((_open_paper(key, paper) for paper in papers), key=lambda paper: (paper is None, paper or []))


def _open_share(code: str, sealed: bytes) -> tuple[int, bytes]:
    try:
        share = SealedBox(_code_key(code)).decrypt(bytes(sealed))
    except CryptoError:
        raise WrongCode(misspelt=False) from None
    return share[0], share[1:]


def _open_paper(key: PrivateKey, sealed: bytes) -> list[int] | None:
    """The numbers on a paper; None for what was never a paper."""
    try:
        text = unpad(SealedBox(key).decrypt(bytes(sealed)), PAPER_BYTES, style="iso7816")
        numbers = json.loads(text)
    except (CryptoError, ValueError):
        return None
    whole = isinstance(numbers, list) and all(type(number) is int for number in numbers)
    return sorted(numbers) if whole else None


# ---- The count ----


@dataclass(frozen=True)
class Tally:
    """What lay in the box: votes by candidate's number, and how many papers were invalid, the blank among them."""

    votes: dict[int, int]
    returned: int
    invalid: int
    blank: int

    @property
    def valid(self) -> int:
        return self.returned - self.invalid


def tally(papers: Iterable[Sequence[int] | None], candidates: Iterable[int], places: int) -> Tally:
    """Count opened papers (dossier 3.3).

    Invalid: unreadable, more choices than places, a name chosen twice or unknown, and the blank, which are told apart.
    Fewer choices than places are valid.
    """
    votes = dict.fromkeys(candidates, 0)
    returned = invalid = blank = 0
    for paper in papers:
        returned += 1
        if paper is not None and not paper:
            blank += 1
        if not paper or len(paper) > places or len(set(paper)) < len(paper) or not votes.keys() >= set(paper):
            invalid += 1
            continue
        for number in paper:
            votes[number] += 1
    return Tally(votes, returned, invalid, blank)


@dataclass(frozen=True)
class Outcome:
    """Who is chosen, and what is left open. Candidates are told by their numbers, each group in order."""

    ranks: dict[int, int]  # equal votes share a rank: 1, 2, 2, 4
    selected: list[int]
    reserve: list[int]
    tied: list[int]  # for the places still open
    open_places: int


def outcome(votes: Mapping[int, int], places: int, threshold: Decimal | None, base: int) -> Outcome:
    """The top `places` that have more than `threshold` % of `base` votes (dossier 3.4, rules 5, 7, 8, 9).

    Equal votes are chosen together where all of them find a place; where they do not, they are tied for the places
    that are left. The next who passed are the reserve. Without a threshold (a vote among the tied) the top count.
    """
    ranks = {one: 1 + sum(other > votes[one] for other in votes.values()) for one in votes}
    selected: list[int] = []
    for rank in sorted(set(ranks.values())):
        group = sorted(one for one in votes if ranks[one] == rank)
        if not _passes(votes[group[0]], threshold, base):
            break
        left = places - len(selected)
        if not left:
            return Outcome(ranks, selected, group, [], 0)
        if len(group) > left:
            return Outcome(ranks, selected, [], group, left)
        selected += group
    return Outcome(ranks, selected, [], [], places - len(selected))


def _passes(votes: int, threshold: Decimal | None, base: int) -> bool:
    return threshold is None or votes * 100 > threshold * base


def next_best(votes: Mapping[int, int], selected: Iterable[int], places: int) -> list[int]:
    """Who stands in one more round when too few reached the threshold: the next best, as many as places are open.

    Who has as many votes as the last of them stands too.
    """
    rest = sorted((one for one in votes if one not in set(selected)), key=lambda one: (-votes[one], one))
    if len(rest) <= places:
        return sorted(rest)
    least = votes[rest[places - 1]]
    return sorted(one for one in rest if votes[one] >= least)


class Step(StrEnum):
    """What follows a counted ballot."""

    DECIDED = "decided"
    RUNOFF = "runoff"  # vote again among the tied
    CHAIR = "chair"  # tied again: the Chair decides, and it is minuted
    NEXT_BEST = "next_best"  # vote once more on the next best, or leave the place empty
    EMPTY = "empty"  # the place stays empty, and the reason is minuted


def next_step(purpose: str, found: Outcome) -> Step:
    """What follows a ballot of this purpose ('first', 'runoff', 'next_best') with this outcome."""
    if found.tied:
        return Step.CHAIR if purpose == "runoff" else Step.RUNOFF
    if not found.open_places:
        return Step.DECIDED
    others = len(found.ranks) > len(found.selected)
    return Step.NEXT_BEST if purpose == "first" and others else Step.EMPTY
