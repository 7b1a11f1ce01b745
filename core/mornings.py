"""What is swept away every morning, by `manage.py send_due`: each room registers what it forgets in time."""

from collections.abc import Callable

_sweeps: list[Callable[[], int]] = []


def register(sweep: Callable[[], int]) -> None:
    """Sweep so every morning; `sweep()` returns how many things went."""
    _sweeps.append(sweep)


def sweep() -> int:
    """Take away all whose time is over; how many things that were."""
    return sum(one() for one in _sweeps)
