"""Shows in the database that this process works: a lock held while every loop turns."""

import asyncio
import logging
from collections.abc import Callable

import psycopg

from kairos.queries.processes import ASSUME_ROLE, HOLD, connection_parameters, lock_values

log = logging.getLogger("kairos.jobs")
_BEAT_SECONDS = 2.0


async def beat(is_well: Callable[[], bool]) -> None:
    """Hold the lock while all is well, until cancelled."""
    while True:
        if is_well():
            try:
                await _hold(is_well)
            except psycopg.Error as error:
                log.warning("the database is away (%s); trying again", type(error).__name__)
        await asyncio.sleep(0.5)


async def _hold(is_well: Callable[[], bool]) -> None:
    parameters = connection_parameters() | {"connect_timeout": 5}
    async with await psycopg.AsyncConnection.connect(**parameters, autocommit=True) as connection:
        await connection.execute(ASSUME_ROLE)
        await connection.execute(HOLD, lock_values("jobs"))
        while is_well():
            await connection.execute("SELECT 1")
            await asyncio.sleep(_BEAT_SECONDS)
    log.warning("a loop has stalled; this process no longer counts as well")
