"""Acts of several people at the very same moment."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from core.refusal import Refused
from core.versions import Stale


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """Run `act(0)` … `act(count - 1)` in threads that start together; what each returned, or raised."""
    results: list[Any] = [None] * count
    gate = threading.Barrier(count)

    def run(number: int) -> None:
        gate.wait()
        try:
            results[number] = act(number)
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def crashes(results: list) -> list:
    """What nobody should ever meet: a deadlock, a broken constraint. A refusal is an answer."""
    return [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused | Stale)]
