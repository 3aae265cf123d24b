"""The jobs process: a worker for queued work, and the loops, until it is told to stop; then the last seal."""

import asyncio
import contextlib
import logging
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import cast

from django.db import connection
from procrastinate.contrib.django import app as procrastinate_app
from procrastinate.contrib.django.django_connector import DjangoConnector

from kairos.actions.seal_whole_audit import seal_whole_audit
from kairos.jobs.heartbeat import beat
from kairos.jobs.loops import Loop, has_stalled
from kairos.jobs.wiring import make_loops

log = logging.getLogger("kairos.jobs")

_GRACE_SECONDS = 1.5
_SEAL_PAUSE = 0.05
_WORKER_PAUSE = 2.0


def run_jobs() -> str:
    """Work until SIGTERM or SIGINT, then seal what was written last, and return how that went."""
    asyncio.run(_run(make_loops()))
    return _seal_what_is_left()


def _seal_what_is_left() -> str:
    """Seal for a short while and say how it went."""
    connection.close()  # the database may have gone and come back since it was opened
    try:
        left = seal_whole_audit(wait=partial(time.sleep, _SEAL_PAUSE))
    except Exception as error:
        return f"audit not sealed ({type(error).__name__}); the next start does it"
    return f"audit not sealed ({left} events wait); the next start does it" if left else "audit sealed"


async def _run(loops: list[Loop]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    threads = ThreadPoolExecutor(max_workers=max(1, len(loops)), thread_name_prefix="loop")
    work = [loop.run(threads) for loop in loops]
    tasks = [asyncio.create_task(part) for part in (*work, beat(lambda: not has_stalled(loops)), _worker())]
    await stop.wait()
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks, timeout=_GRACE_SECONDS + 0.5)
    threads.shutdown(wait=False, cancel_futures=True)


async def _worker() -> None:
    """Run the queue's worker; where the database went away, run it again."""
    while True:
        with contextlib.suppress(asyncio.CancelledError):
            try:
                await _work()
            except Exception as error:
                log.warning("the queue's worker stopped (%s); starting it again", type(error).__name__)
        task = asyncio.current_task()
        if task and task.cancelling():
            return
        await asyncio.sleep(_WORKER_PAUSE)


async def _work() -> None:
    connector = cast(DjangoConnector, procrastinate_app.connector).get_worker_connector()
    with procrastinate_app.replace_connector(connector) as app:
        async with app.open_async():
            await app.run_worker_async(
                concurrency=2, install_signal_handlers=False, shutdown_graceful_timeout=_GRACE_SECONDS
            )
