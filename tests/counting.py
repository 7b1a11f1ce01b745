"""Numbers for what tests make: each test counts from 1, so that no column ever runs out of them."""

import itertools


class Numbers:
    """1, 2, 3 … until `begin` is called again."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self._count = itertools.count(1)

    def __next__(self) -> int:
        return next(self._count)


numbers = Numbers()
