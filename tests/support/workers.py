"""Several workers at once, each with a database connection of its own."""

import threading
from collections.abc import Callable
from typing import TypeVar

from django.db import connection

R = TypeVar("R")


def at_once(count: int, work: Callable[[], R]) -> list[R]:
    """Run the same work in several threads that start together; return what each gave, or raise its error."""
    start = threading.Barrier(count, timeout=30)
    given: list[R] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            start.wait()
            given.append(work())
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return given
