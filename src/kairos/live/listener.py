"""The one connection that listens to the database, and comes back when the database does."""

import asyncio
import logging

import psycopg

from kairos.live.screens import Screens, read_change
from kairos.queries.processes import ASSUME_ROLE, HOLD, connection_parameters, lock_values

log = logging.getLogger("kairos.live")

CHANNEL = "kairos_changed"
_CHECK_SECONDS = 5.0
_LONGEST_PAUSE = 2.0


class Listener:
    """Listens on ``kairos_changed`` and tells the screens."""

    def __init__(self, screens: Screens) -> None:
        self._screens = screens
        self.is_listening = False

    async def run(self) -> None:
        """Listen until cancelled; after an interruption every screen catches up."""
        pause = 0.1
        while True:
            try:
                await self._listen()
            except psycopg.Error as error:
                if self.is_listening:
                    log.warning("the database is away (%s); trying again", type(error).__name__)
                    pause = 0.1
            self.is_listening = False
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _listen(self) -> None:
        parameters = connection_parameters() | {"connect_timeout": 5}
        async with await psycopg.AsyncConnection.connect(**parameters, autocommit=True) as connection:
            await connection.execute(ASSUME_ROLE)
            await connection.execute(f"LISTEN {CHANNEL}")
            await connection.execute(HOLD, lock_values("live"))
            self.is_listening = True
            for screen in self._screens.each():
                screen.catch_up()
            while True:
                async for notice in connection.notifies(timeout=_CHECK_SECONDS):
                    change = read_change(notice.payload)
                    if change:
                        self._screens.tell(change)
                await connection.execute("SELECT 1")
