"""How a number of seats is shared out among units in proportion to a weight: exact, and knowing no database.

Every method takes a floor and a ceiling for each unit. The floor is a least number, not a gift beside the share: a
divisor method starts from the floors and gives seat after seat to the highest priority below its ceiling; Hamilton
takes the shares that are proportional between floors and ceilings, and rounds them by their remainders. Without
floors and ceilings both are the textbook's methods (Balinski & Young, *Fair Representation*, 1982; dossier 4.2).

All arithmetic is in fractions, so that a tie is a tie and not a matter of the last digit; what remains equal is
decided by a rule that is said beforehand, and never by the order in which the units come.
"""

import heapq
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import isqrt


class Method(StrEnum):
    """How shares become whole seats."""

    HAMILTON = "hamilton"  # largest remainder
    SAINTE_LAGUE = "sainte_lague"  # Webster: rounded at the half
    DHONDT = "dhondt"  # Jefferson: rounded down; good for the large
    HUNTINGTON_HILL = "huntington_hill"  # rounded at the geometric mean
    ADAMS = "adams"  # rounded up; good for the small


class TieRule(StrEnum):
    """Who goes first when two have the same claim on the last seat; where that is equal too, the units' order."""

    ORDER = "order"  # the units' own order
    LARGER = "larger"  # the larger weight
    SMALLER = "smaller"  # the smaller weight


class Reason(StrEnum):
    """Why a unit has the seats that it has."""

    UP = "up"  # its quotient was rounded up
    DOWN = "down"  # … down
    EXACT = "exact"  # a whole number, nothing to round
    FLOOR = "floor"  # its quotient alone would have given less
    CEILING = "ceiling"  # … more
    TIE_WON = "tie_won"  # equal claims on the last seat, for it
    TIE_LOST = "tie_lost"  # … against it


@dataclass(frozen=True)
class Claim:
    """What a unit brings: its weight, its place in the units' order, the least and the most that it can have."""

    key: int
    weight: int
    order: int = 0
    floor: int = 0
    ceiling: int | None = None


@dataclass(frozen=True)
class Share:
    """What a unit gets, and the numbers that tell why.

    `quotient` is what was rounded: with Hamilton the proportional share between floor and ceiling, with a divisor
    method the weight over the common divisor.
    """

    key: int
    seats: int
    quotient: Fraction
    reason: Reason

    @property
    def remainder(self) -> Fraction:
        """What the quotient has beyond whole seats."""
        return self.quotient - self.quotient.numerator // self.quotient.denominator


@dataclass(frozen=True)
class Outcome:
    """All seats shared out. `divisor` is a weight for which one seat stands; None when everybody is at a bound."""

    shares: dict[int, Share]
    divisor: Fraction | None
    tied: list[int] = field(default_factory=list)  # whose equal claims the tie rule decided

    @property
    def seats(self) -> dict[int, int]:
        """Seats by unit."""
        return {key: share.seats for key, share in self.shares.items()}


class CannotApportion(ValueError):
    """The seats cannot be shared out under these bounds. `reason` says which, `number` is what they add up to."""

    FLOORS, CEILINGS, WEIGHTS = "floors", "ceilings", "weights"

    def __init__(self, reason: str, number: int) -> None:
        super().__init__(f"{reason}: {number}")
        self.reason, self.number = reason, number


def apportion(
    claims: Iterable[Claim], seats: int, method: Method = Method.HAMILTON, tie: TieRule = TieRule.ORDER
) -> Outcome:
    """Share out `seats` among the claims.

    A claim of weight 0 gets its floor and no more. Raises `CannotApportion` when the floors ask for more than there
    is, or the ceilings of those with a weight leave seats over; ValueError for a number below zero, a ceiling under
    its floor, two claims with one key.
    """
    claims = sorted(claims, key=lambda claim: _standing(claim, tie))
    _check(claims, seats)
    if method == Method.HAMILTON:
        return _hamilton(claims, seats)
    return _by_divisor(claims, seats, _SIGNPOSTS[method])


def _standing(claim: Claim, tie: TieRule) -> tuple[int, int, int]:
    """Who goes first among equals: the smaller comes first."""
    weight = {TieRule.LARGER: -claim.weight, TieRule.SMALLER: claim.weight, TieRule.ORDER: 0}[tie]
    return (weight, claim.order, claim.key)


def _check(claims: list[Claim], seats: int) -> None:
    if len({claim.key for claim in claims}) != len(claims):
        raise ValueError("two claims have one key")
    if seats < 0 or any(min(claim.weight, claim.floor) < 0 for claim in claims):
        raise ValueError("a number is below zero")
    if any(claim.ceiling is not None and claim.ceiling < claim.floor for claim in claims):
        raise ValueError("a ceiling lies under its floor")
    least = sum(claim.floor for claim in claims)
    if least > seats:
        raise CannotApportion(CannotApportion.FLOORS, least)
    growing = [claim for claim in claims if claim.weight]
    if not growing and least < seats:
        raise CannotApportion(CannotApportion.WEIGHTS, least)
    most = least + sum(_most(claim, seats) - claim.floor for claim in growing)
    if most < seats:
        raise CannotApportion(CannotApportion.CEILINGS, most)


def _most(claim: Claim, seats: int) -> int:
    """The ceiling as a number; nobody can have more than all beside a floor."""
    return max(seats, claim.floor) if claim.ceiling is None else claim.ceiling


# ---- Largest remainder ----


def _hamilton(claims: list[Claim], seats: int) -> Outcome:
    """`claims` in the order of their standing."""
    each = _seats_for_one(claims, seats)
    quotients = {claim.key: _between(claim, each, seats) for claim in claims}
    given = {key: int(quotient) for key, quotient in quotients.items()}
    left = seats - sum(given.values())
    waiting = [claim.key for claim in claims if quotients[claim.key] > given[claim.key]]
    waiting.sort(key=lambda key: given[key] - quotients[key])  # stable: among equals the standing stays
    winners = set(waiting[:left])
    tied = _tied(waiting, left, lambda key: quotients[key] - given[key])
    shares = {}
    for claim in claims:
        quotient, won = quotients[claim.key], claim.key in winners
        free = each * claim.weight
        if claim.key in tied:
            reason = Reason.TIE_WON if won else Reason.TIE_LOST
        elif quotient.denominator == 1 and free != quotient:
            reason = Reason.FLOOR if free < quotient else Reason.CEILING
        elif quotient.denominator == 1:
            reason = Reason.EXACT
        else:
            reason = Reason.UP if won else Reason.DOWN
        shares[claim.key] = Share(claim.key, given[claim.key] + won, quotient, reason)
    return Outcome(shares, 1 / each if each else None, sorted(tied))


def _tied(waiting: list[int], left: int, claim_of: Callable[[int], Fraction]) -> set[int]:
    """Those whose claims are equal to the last that was met, when not all of them were met."""
    if not 0 < left < len(waiting) or claim_of(waiting[left - 1]) != claim_of(waiting[left]):
        return set()
    last = claim_of(waiting[left])
    return {key for key in waiting if claim_of(key) == last}


def _between(claim: Claim, each: Fraction, seats: int) -> Fraction:
    """The share at so many seats for one of weight, between the bounds."""
    return min(max(each * claim.weight, Fraction(claim.floor)), Fraction(_most(claim, seats)))


def _seats_for_one(claims: list[Claim], seats: int) -> Fraction:
    """How many seats one of weight stands for, so that the shares between the bounds add up to all seats.

    The sum grows along straight pieces, from one bound that somebody meets to the next: first the piece, then the
    point on it.
    """
    growing = [claim for claim in claims if claim.weight]
    bounds = sorted({Fraction(bound, one.weight) for one in growing for bound in (one.floor, _most(one, seats))})

    def whole(each: Fraction) -> Fraction:
        return sum((_between(claim, each, seats) for claim in claims), Fraction(0))

    place = bisect_left(bounds, Fraction(seats), key=whole)
    if place == len(bounds):
        return Fraction(0)  # nobody has a weight
    low, high = bounds[place - 1] if place else Fraction(0), bounds[place]
    at_low, at_high = whole(low), whole(high)
    return high if at_low == at_high else low + (seats - at_low) * (high - low) / (at_high - at_low)


# ---- Divisor methods ----

# The quotient at which the n-th seat ends and the next begins, squared: so that Huntington and Hill's stay exact.
_SIGNPOSTS: dict[Method, Callable[[int], Fraction]] = {
    Method.SAINTE_LAGUE: lambda n: Fraction((2 * n + 1) ** 2, 4),
    Method.DHONDT: lambda n: Fraction((n + 1) ** 2),
    Method.HUNTINGTON_HILL: lambda n: Fraction(n * (n + 1)),
    Method.ADAMS: lambda n: Fraction(n**2),
}


# A unit's claim on its next seat: the least goes first. The second number is minus the square of weight over signpost;
# where the method's signpost is 0 everybody comes before all others (0 instead of 1), the larger weight first.
_Priority = tuple[int, Fraction]


def _priority(claim: Claim, seats: int, signpost: Callable[[int], Fraction]) -> _Priority:
    post = signpost(seats)
    if not post:
        return (0, Fraction(-(claim.weight**2)))
    return (1, Fraction(-(claim.weight**2) * post.denominator, post.numerator))


def _by_divisor(claims: list[Claim], seats: int, signpost: Callable[[int], Fraction]) -> Outcome:
    """`claims` in the order of their standing."""
    given = {claim.key: claim.floor for claim in claims}
    line = [
        (_priority(claim, claim.floor, signpost), place)
        for place, claim in enumerate(claims)
        if claim.weight and claim.floor != claim.ceiling
    ]
    heapq.heapify(line)
    last = None
    for _seat in range(seats - sum(given.values())):
        last, place = heapq.heappop(line)
        claim = claims[place]
        given[claim.key] += 1
        if given[claim.key] != claim.ceiling:
            heapq.heappush(line, (_priority(claim, given[claim.key], signpost), place))
    tied = _tied_at(last, line, claims, given, signpost)
    divisor = _divisor(last, line)
    shares = {claim.key: _share(claim, given[claim.key], divisor, tied, signpost) for claim in claims}
    return Outcome(shares, divisor, sorted(tied))


def _tied_at(
    last: _Priority | None,
    line: list[tuple[_Priority, int]],
    claims: list[Claim],
    given: dict[int, int],
    signpost: Callable[[int], Fraction],
) -> dict[int, bool]:
    """Whose claims were equal to the last that was met, and whether theirs was; nothing when all of them were."""
    lost = {claims[place].key for priority, place in line if priority == last}
    if not lost:
        return {}
    won = {
        claim.key
        for claim in claims
        if given[claim.key] > claim.floor and _priority(claim, given[claim.key] - 1, signpost) == last
    }
    return {key: key in won for key in lost | won}


def _divisor(last: _Priority | None, line: list[tuple[_Priority, int]]) -> Fraction | None:
    """A weight that one seat stands for: the plainest number between the last claim met and the first that was not."""
    met = -last[1] if last and last[0] else None
    first = min(line)[0] if line else None
    unmet = -first[1] if first and first[0] else None
    if met is None and unmet is None:
        return None
    return _plainest(unmet or Fraction(0), met)


def _plainest(low: Fraction, high: Fraction | None) -> Fraction:
    """The number with the fewest decimals whose square lies between these two, in the middle if there are several."""
    if high is None:
        return _root(low) + 1
    middle = (_root(low) + _root(high)) / 2
    for digits in range(7):
        number = Fraction(round(middle * 10**digits), 10**digits)
        if low < number**2 < high:
            return number
    return _root(high)


def _root(square: Fraction) -> Fraction:
    """The square root: exact where there is one, else to twelve decimals."""
    top, bottom = isqrt(square.numerator), isqrt(square.denominator)
    if (top**2, bottom**2) == (square.numerator, square.denominator):
        return Fraction(top, bottom)
    return Fraction(isqrt(square.numerator * 10**24 // square.denominator), 10**12)


def _share(
    claim: Claim, seats: int, divisor: Fraction | None, tied: dict[int, bool], signpost: Callable[[int], Fraction]
) -> Share:
    """A unit's seats with the reason: read from its quotient, as somebody who checks it by hand would."""
    quotient = claim.weight / divisor if divisor else Fraction(seats)
    square = quotient**2
    if claim.key in tied:
        reason = Reason.TIE_WON if tied[claim.key] else Reason.TIE_LOST
    elif divisor is None:  # everybody is at a bound, or there are fewer seats than units that come before all others
        reason = {claim.floor: Reason.FLOOR, claim.ceiling: Reason.CEILING}.get(seats, Reason.UP)
    elif seats == claim.ceiling and square > signpost(seats):
        reason = Reason.CEILING
    elif not claim.weight or (0 < seats == claim.floor and square < signpost(seats - 1)):
        reason = Reason.FLOOR
    elif quotient == seats:
        reason = Reason.EXACT
    else:
        reason = Reason.UP if seats > quotient else Reason.DOWN
    return Share(claim.key, seats, quotient, reason)


# ---- Seats of one row among several kinds ----


def deal(rows: dict[int, int], columns: dict[int, int]) -> dict[tuple[int, int], int]:
    """Split each row's seats among the columns, so that rows and columns both add up.

    All seats stand in one line, row after row; each goes to the column that is furthest behind its part so far. A row
    is within two seats of its proportional part in every column. Raises ValueError when the sums differ.
    """
    whole = sum(rows.values())
    if whole != sum(columns.values()):
        raise ValueError(f"{whole} seats in rows, {sum(columns.values())} in columns")
    given = dict.fromkeys(columns, 0)
    cells = {(row, column): 0 for row in rows for column in columns}
    dealt = 0
    for row, seats in rows.items():
        for _seat in range(seats):
            dealt += 1
            column = max(columns, key=lambda one: columns[one] * dealt - given[one] * whole)
            given[column] += 1
            cells[row, column] += 1
    return cells
