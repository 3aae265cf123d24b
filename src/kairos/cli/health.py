"""What ``GET /healthz`` of ``kairos serve`` answers: each part is asked by itself."""

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from kairos.cli.environment import Environment
from kairos.cli.http_wire import BadMessage, parse_response, read_head
from kairos.cli.postgres_places import APP_ROLE, connection_address, places
from kairos.queries.processes import PRESENT, PRESENT_VALUES, read_present

_PATIENCE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Health:
    """Asks web and live over their sockets, and the database itself, which also shows jobs."""

    environment: Environment
    web: Path
    live: Path

    async def answer(self) -> tuple[int, bytes, bytes]:
        """Return status, type and body."""
        parts = await self.parts()
        is_well = set(parts.values()) == {"ok"}
        return 200 if is_well else 503, b"application/json", json.dumps(parts).encode()

    async def parts(self) -> dict[str, str]:
        """Return what each part says, ``ok`` or ``down``."""
        web, live, present = await asyncio.gather(
            # Web answers 503 where another part is down: that it answers shows that it is there.
            _answers(self.web, b"/healthz", {200, 503}),
            _answers(self.live, b"/live/healthz", {200}),
            self._present(),
        )
        found = {
            "web": web,
            "live": live,
            "jobs": bool(present and present["jobs"]),
            "database": present is not None,
        }
        return {name: "ok" if is_well else "down" for name, is_well in found.items()}

    async def _present(self) -> dict[str, bool] | None:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                connection = await _connect(self.environment)
                async with connection:
                    rows = await (await connection.execute(PRESENT, PRESENT_VALUES)).fetchall()
        except (psycopg.Error, TimeoutError):
            return None
        return read_present(rows)


async def _connect(environment: Environment) -> psycopg.AsyncConnection[Any]:
    if environment.database_url:
        return await psycopg.AsyncConnection.connect(environment.database_url)
    address: dict[str, Any] = {**connection_address(places(environment.home), APP_ROLE)}
    return await psycopg.AsyncConnection.connect(**address)


async def _answers(socket: Path, path: bytes, statuses: set[int]) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            reader, writer = await asyncio.open_unix_connection(str(socket))
            try:
                writer.write(b"GET " + path + b" HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
                head = await read_head(reader)
                return head is not None and parse_response(head).status in statuses
            finally:
                writer.close()
    except (OSError, TimeoutError, BadMessage):
        return False
