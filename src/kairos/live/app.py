"""The live process as raw ASGI: tells open screens what changed. No Django request passes here."""

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from django.db import Error as DatabaseError

from kairos.live.entrance import RECHECK_SECONDS, programmes_open_to, session_key
from kairos.live.listener import Listener
from kairos.live.screens import HEARTBEAT_SECONDS, Screen, Screens

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
_MOST_TOPICS = 50
_STREAM_HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class LiveApp:
    """Answers ``/live/events`` with a stream and ``/live/healthz`` with its own state."""

    def __init__(self) -> None:
        self.screens = Screens()
        self.listener = Listener(self.screens)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "lifespan":
            await self._live_as_long_as(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    def close(self) -> None:
        """End all streams, so that the process can stop; each page comes back by itself."""
        for screen in self.screens.each():
            screen.close()

    async def _live_as_long_as(self, receive: Receive, send: Send) -> None:
        task: asyncio.Task[None] | None = None
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                task = asyncio.create_task(self.listener.run())
                await send({"type": "lifespan.startup.complete"})
                continue
            if task:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
            await send({"type": "lifespan.shutdown.complete"})
            return

    async def _answer(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["path"] == "/live/healthz":
            is_ok = self.listener.is_listening
            await _reply(send, 200 if is_ok else 503, {"live": "ok" if is_ok else "not listening"})
        elif scope["path"] != "/live/events":
            await _reply(send, 404, {"error": "there is nothing here"})
        elif scope["method"] != "GET":
            await _reply(send, 405, {"error": "streams are opened with GET"})
        else:
            await self._stream(scope, receive, send)

    async def _stream(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        key = session_key(scope["headers"])
        try:
            programmes = await programmes_open_to(key)
        except DatabaseError:
            await _reply(send, 503, {"error": "the database is away; the page tries again"})
            return
        if not programmes:
            await _reply(send, 403, {"error": "sign in as one of the programme's staff to listen"})
            return
        screen = Screen(programmes, _topics(scope["query_string"]))
        self.screens.add(screen)
        gone = asyncio.ensure_future(receive_until_gone(receive))
        gone.add_done_callback(lambda _: screen.close())
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _STREAM_HEADERS})
            await _speak(screen, key, send)
            await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()
            self.screens.remove(screen)


async def receive_until_gone(receive: Receive) -> None:
    """Return when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _speak(screen: Screen, key: str, send: Send) -> None:
    """Send what there is to say until the screen closes or the session no longer allows it."""
    beat_at = check_at = time.monotonic()
    check_at += RECHECK_SECONDS
    while not screen.is_closed:
        now = time.monotonic()
        said = screen.take(now)
        if now >= beat_at:
            said += _heartbeat()
            beat_at = now + HEARTBEAT_SECONDS
        if now >= check_at:
            check_at = now + RECHECK_SECONDS
            if await _has_lost_access(screen, key):
                return
        if said:
            await send({"type": "http.response.body", "body": said, "more_body": True})
        await screen.wait(beat_at)


async def _has_lost_access(screen: Screen, key: str) -> bool:
    """Whether the session no longer opens all that it did. A database away for a moment takes nothing."""
    with contextlib.suppress(DatabaseError):
        return not screen.programmes <= await programmes_open_to(key)
    return False


def _heartbeat() -> bytes:
    """Return a sign of life with the server's time; the id has the browser say that it returns."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    return f'id: {at}\nevent: heartbeat\ndata: {{"at": "{at}"}}\n\n'.encode()


def _topics(query: bytes) -> frozenset[str]:
    given = parse_qs(query.decode("latin-1")).get("topics", [])
    names = [name.strip() for part in given for name in part.replace(",", " ").split()]
    return frozenset(names[:_MOST_TOPICS])


async def _reply(send: Send, status: int, answer: dict[str, str]) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(answer).encode()})
