"""The front door of ``kairos serve``: one port, behind it web and live on private sockets.

Small on purpose. In production a proxy stands here (``deploy/``).
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from kairos.cli.http_wire import (
    LONGEST_HEAD,
    BadMessage,
    Request,
    Response,
    copy_chunks,
    copy_length,
    copy_to_end,
    parse_request,
    parse_response,
    read_head,
    render_head,
)

Answer = tuple[int, bytes, bytes]  # status, content type, body
_IDLE_SECONDS = 75
_CONNECT_SECONDS = 5
_FORWARDED = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip")
_REASONS = {200: b"OK", 400: b"Bad Request", 431: b"Request Header Fields Too Large"}
_DOWN: Answer = (
    503,
    b"text/plain; charset=utf-8",
    b"Kairos is starting, or one of its parts is being restarted. Try again in a few seconds.\n",
)


@dataclass(frozen=True, slots=True)
class FrontDoor:
    """Joins web and live on one port and answers ``/healthz`` itself."""

    web: Path
    live: Path
    health: Callable[[], Awaitable[Answer]]
    trusts_proxy: bool = False

    async def open(self, port: int, host: str = "127.0.0.1") -> asyncio.Server:
        """Start listening."""
        return await asyncio.start_server(self._serve, host, port, limit=LONGEST_HEAD)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._serve_one(reader, writer):
                pass
        except BadMessage as error:
            _write_answer(writer, (error.status, b"text/plain", str(error).encode() + b"\n"), is_last=True)
        except (ConnectionError, TimeoutError):
            pass  # the client went away
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError, TimeoutError):
                await asyncio.wait_for(writer.wait_closed(), _CONNECT_SECONDS)

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; return whether the connection goes on."""
        head = await asyncio.wait_for(read_head(reader), _IDLE_SECONDS)
        if head is None:
            return False
        request = parse_request(head)
        head.check_framing()
        if request.path == b"/healthz":
            _write_answer(writer, await self.health(), is_last=True, is_head=request.method == b"HEAD")
            return False
        upstream = self.live if request.path.startswith(b"/live/") else self.web
        try:
            opened = asyncio.open_unix_connection(str(upstream), limit=LONGEST_HEAD)
            back_reader, back_writer = await asyncio.wait_for(opened, _CONNECT_SECONDS)
        except OSError:
            _write_answer(writer, _DOWN, is_last=True, is_head=request.method == b"HEAD")
            return False
        try:
            return await _Exchange(request, reader, writer, back_reader, back_writer, self.trusts_proxy).run()
        finally:
            back_writer.close()


@dataclass(slots=True)
class _Exchange:
    """One request passed on and its response passed back."""

    request: Request
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    back_reader: asyncio.StreamReader
    back_writer: asyncio.StreamWriter
    trusts_proxy: bool
    has_answered: bool = False

    async def run(self) -> bool:
        """Pass both ways at once; return whether the client's connection can go on."""
        self._write_request_head()
        upload = asyncio.create_task(self._pass_request_body())
        gone = asyncio.create_task(self._client_gone(upload))
        answer = asyncio.create_task(self._pass_response())
        try:
            done, _ = await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
            if answer not in done:
                gone.result()  # a broken request is answered as such
                return False
            return answer.result() and upload.done() and upload.exception() is None
        except BadMessage:
            if self.has_answered:  # too late for another answer: closing says that this one is cut off
                return False
            raise
        finally:
            await _end(upload, gone, answer)

    def _write_request_head(self) -> None:
        request = self.request
        headers = [(name, value) for name, value in request.head.end_to_end() if name != b"expect"]
        if not self.trusts_proxy:  # what a browser says of itself here is not believed
            peer = self.writer.get_extra_info("peername")
            headers = [(name, value) for name, value in headers if name not in _FORWARDED]
            headers.append((b"x-forwarded-for", str(peer[0]).encode() if peer else b"unknown"))
            headers.append((b"x-forwarded-proto", b"http"))
        headers.append((b"connection", b"close"))
        start = b" ".join((request.method, request.target, request.version))
        self.back_writer.write(render_head(start, headers))

    async def _pass_request_body(self) -> None:
        head = self.request.head
        is_chunked, length = head.is_chunked, head.length or 0
        if b"100-continue" in head.values(b"expect"):
            self.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        if is_chunked:
            await copy_chunks(self.reader, self.back_writer)
        elif length:
            await copy_length(self.reader, self.back_writer, length)
        await self.back_writer.drain()

    async def _client_gone(self, upload: "asyncio.Task[None]") -> None:
        """Return when the client has closed: a stream nobody reads must not go on."""
        await asyncio.wait({upload})
        if isinstance(error := upload.exception(), BadMessage):
            raise error
        while not self.reader.at_eof() and not self.writer.is_closing():
            await asyncio.sleep(0.5)

    async def _pass_response(self) -> bool:
        response = await self._final_response()
        has_body = self.request.method != b"HEAD" and response.status not in (204, 304)
        is_chunked, length = response.head.is_chunked, response.head.length
        has_end = not has_body or is_chunked or length is not None
        goes_on = has_end and self.request.keeps_alive
        headers = response.head.end_to_end()
        headers.append((b"connection", b"keep-alive" if goes_on else b"close"))
        self.has_answered = True
        self.writer.write(render_head(response.head.start, headers))
        if has_body:
            await self._pass_response_body(is_chunked, length)
        await self.writer.drain()
        return goes_on

    async def _pass_response_body(self, is_chunked: bool, length: int | None) -> None:
        if is_chunked:
            await copy_chunks(self.back_reader, self.writer)
        elif length is not None:
            await copy_length(self.back_reader, self.writer, length)
        else:
            await copy_to_end(self.back_reader, self.writer)

    async def _final_response(self) -> Response:
        while True:
            try:
                head = await read_head(self.back_reader)
            except ConnectionError:
                head = None
            if head is None:
                raise BadMessage(502, "the part behind the front door closed without an answer")
            response = parse_response(head)
            if response.status >= 200:
                return response


async def _end(*tasks: "asyncio.Task[object]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _write_answer(
    writer: asyncio.StreamWriter, answer: Answer, *, is_last: bool, is_head: bool = False
) -> None:
    status, content_type, body = answer
    headers = [
        (b"content-type", content_type),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    if status == 503:
        headers.append((b"retry-after", b"2"))
    if is_last:
        headers.append((b"connection", b"close"))
    reason = _REASONS.get(status, b"Service Unavailable" if status == 503 else b"Bad Gateway")
    writer.write(render_head(b"HTTP/1.1 %d %s" % (status, reason), headers) + (b"" if is_head else body))
