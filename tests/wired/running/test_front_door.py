"""The front door: what comes in goes on unchanged, streams are not held back, tricks are refused."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from kairos.cli.front_door import FrontDoor
from kairos.cli.http_wire import LONGEST_HEAD
from tests.support.loops import run_apart

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def well() -> tuple[int, bytes, bytes]:
    return 200, b"application/json", b"{}"


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer with the head and the body as they arrived."""
    head = await reader.readuntil(b"\r\n\r\n")
    body = b""
    if b"transfer-encoding: chunked" in head:
        body = await reader.readuntil(b"0\r\n\r\n")
    elif b"content-length: " in head:
        body = await reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0]))
    told = b"" if head.startswith(b"HEAD") else head + body
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nX-Own: yes\r\n\r\n" % len(head + body) + told)
    await writer.drain()
    writer.close()


async def ask(
    folder: Path, raw: bytes, web: Handler = echo, live: Handler = echo, *, trusts_proxy: bool = False
) -> bytes:
    """Send bytes through a front door, close our side's writing at the end of the answer, return it."""
    async with await asyncio.start_unix_server(web, folder / "web", limit=LONGEST_HEAD):
        async with await asyncio.start_unix_server(live, folder / "live"):
            door = FrontDoor(folder / "web", folder / "live", well, trusts_proxy)
            async with await door.open(0) as server:
                port = server.sockets[0].getsockname()[1]
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(raw)
                answer = await asyncio.wait_for(reader.read(), 10)
                writer.close()
                return answer


def run(folder: Path, raw: bytes, **more: object) -> bytes:
    return run_apart(ask(folder, raw, **more))  # type: ignore[arg-type]


CLOSE = b"Connection: close\r\n\r\n"


def test_a_request_goes_on_with_who_asked(tmp_path: Path) -> None:
    answer = run(
        tmp_path,
        b"GET /people/?q=a%20b HTTP/1.1\r\nHost: k.test\r\nX-Forwarded-For: 6.6.6.6\r\nCookie: a=b\r\n"
        + CLOSE,
    )
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"GET /people/?q=a%20b HTTP/1.1\r\nhost: k.test\r\ncookie: a=b\r\n" in answer
    assert b"x-forwarded-for: 127.0.0.1\r\nx-forwarded-proto: http\r\n" in answer
    assert b"6.6.6.6" not in answer


def test_behind_a_proxy_its_word_is_kept(tmp_path: Path) -> None:
    answer = run(tmp_path, b"GET / HTTP/1.1\r\nX-Forwarded-Proto: https\r\n" + CLOSE, trusts_proxy=True)
    assert b"x-forwarded-proto: https\r\n" in answer
    assert b"127.0.0.1" not in answer


def test_bodies_pass_with_a_length_or_in_chunks(tmp_path: Path) -> None:
    body = b"x" * 300_000
    sized = b"POST / HTTP/1.1\r\nContent-Length: 300000\r\n" + CLOSE + body
    assert run(tmp_path, sized).endswith(body)
    chunked = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + CLOSE + b"3\r\nabc\r\n0\r\n\r\n"
    (tmp_path / "web").unlink(missing_ok=True)
    (tmp_path / "live").unlink(missing_ok=True)
    assert run(tmp_path, chunked).endswith(b"3\r\nabc\r\n0\r\n\r\n")


def test_several_requests_use_one_connection(tmp_path: Path) -> None:
    first = b"GET /first HTTP/1.1\r\nHost: k\r\n\r\n"
    answer = run(tmp_path, first + b"GET /second HTTP/1.1\r\n" + CLOSE)
    assert answer.count(b"HTTP/1.1 200 OK") == 2
    assert answer.index(b"/first") < answer.index(b"/second")


def test_head_has_no_body_and_does_not_wait_for_one(tmp_path: Path) -> None:
    answer = run(tmp_path, b"HEAD / HTTP/1.1\r\nHost: k\r\n\r\nGET /next HTTP/1.1\r\n" + CLOSE)
    assert answer.count(b"HTTP/1.1 200 OK") == 2


def test_a_client_that_waits_for_leave_gets_it(tmp_path: Path) -> None:
    raw = b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n" + CLOSE + b"ok"
    answer = run(tmp_path, raw)
    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")
    assert b"expect:" not in answer


def test_health_is_answered_at_the_door(tmp_path: Path) -> None:
    assert b"{}" in run(tmp_path, b"GET /healthz HTTP/1.1\r\n\r\n")


def test_a_part_that_is_down_is_said_so(tmp_path: Path) -> None:
    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    assert b"HTTP/1.1 502" in run(tmp_path, b"GET / HTTP/1.1\r\n" + CLOSE, web=hang_up)

    async def nobody_there() -> bytes:
        async with await FrontDoor(tmp_path / "no", tmp_path / "no", well).open(0) as server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(b"GET / HTTP/1.1\r\nHost: k\r\n\r\n")
            answer = await asyncio.wait_for(reader.read(), 10)
            writer.close()
            return answer

    assert b"HTTP/1.1 503" in run_apart(nobody_there())


@pytest.mark.parametrize(
    "raw",
    [
        b"POST / HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nBad Header: 1\r\n\r\n",
        b"GET / HTTP/1.1\r\nName : 1\r\n\r\n",
        b"GET / HTTP/1.1\r\nA: 1\r\n folded\r\n\r\n",
        b"GET http://elsewhere/ HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(tmp_path: Path, raw: bytes) -> None:
    assert run(tmp_path, raw).startswith(b"HTTP/1.1 400")


def test_a_head_without_end_is_refused(tmp_path: Path) -> None:
    assert run(tmp_path, b"GET / HTTP/1.1\r\nA: " + b"x" * LONGEST_HEAD * 2).startswith(b"HTTP/1.1 431")


def test_a_stream_is_passed_on_as_it_comes_and_ends_with_its_reader(tmp_path: Path) -> None:
    async def story() -> None:
        go_on, gone = asyncio.Event(), asyncio.Event()

        async def stream(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nfirst\n\r\n")
            await writer.drain()
            await go_on.wait()
            writer.write(b"7\r\nsecond\n\r\n")
            await writer.drain()
            await reader.read()
            gone.set()
            writer.close()

        async with await asyncio.start_unix_server(stream, tmp_path / "live"):
            async with await FrontDoor(tmp_path / "web", tmp_path / "live", well).open(0) as server:
                reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
                writer.write(b"GET /live/events HTTP/1.1\r\nHost: k\r\n\r\n")
                await asyncio.wait_for(reader.readuntil(b"first\n"), 10)  # while the rest has not been sent
                go_on.set()
                await asyncio.wait_for(reader.readuntil(b"second\n"), 10)
                writer.close()
                await asyncio.wait_for(gone.wait(), 10)

    run_apart(story())
