"""HTTP/1.1 as bytes on a stream: heads are parsed strictly, bodies are passed on as they come."""

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_HEAD = 64 * 1024
_BLOCK = 64 * 1024
_REQUEST_LINE = re.compile(rb"([A-Z]{1,16}) (\S{1,16000}) (HTTP/1\.[01])")
_STATUS_LINE = re.compile(rb"HTTP/1\.[01] (\d{3})(?: .*)?")
_HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;.*)?")
_HOP_BY_HOP = frozenset({b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"upgrade"})


class BadMessage(Exception):
    """What arrived is not HTTP as we accept it; ``status`` is the answer it gets."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True, slots=True)
class Head:
    """The first line and the headers of a message, names in lower case, in their order."""

    start: bytes
    headers: tuple[tuple[bytes, bytes], ...]

    def values(self, name: bytes) -> list[bytes]:
        """Return all values of a header."""
        return [value for key, value in self.headers if key == name]

    @property
    def tokens(self) -> set[bytes]:
        """The words of ``Connection``."""
        return {word.strip().lower() for value in self.values(b"connection") for word in value.split(b",")}

    @property
    def is_chunked(self) -> bool:
        """Whether the body comes in chunks.

        Raises
        ------
        BadMessage    another transfer coding, or both a coding and a length (two readings of one message)
        """
        codings = self.values(b"transfer-encoding")
        if not codings:
            return False
        if [coding.lower() for coding in codings] != [b"chunked"] or self.values(b"content-length"):
            raise BadMessage(400, "transfer coding")
        return True

    @property
    def length(self) -> int | None:
        """The length of the body, None where it is not given.

        Raises
        ------
        BadMessage    lengths that differ or are no number
        """
        given = set(self.values(b"content-length"))
        if not given:
            return None
        (value, *others) = given
        if others or not re.fullmatch(rb"\d{1,15}", value):
            raise BadMessage(400, "content length")
        return int(value)

    def check_framing(self) -> None:
        """Refuse a body whose end could be read in two ways, before anything of it goes on.

        Raises
        ------
        BadMessage
        """
        if not self.is_chunked:
            _ = self.length

    def end_to_end(self) -> list[tuple[bytes, bytes]]:
        """Return the headers that go on: not those that speak of this one connection."""
        dropped = _HOP_BY_HOP | self.tokens
        return [(name, value) for name, value in self.headers if name not in dropped]


@dataclass(frozen=True, slots=True)
class Request:
    """The head of a request, taken apart."""

    head: Head
    method: bytes
    target: bytes
    version: bytes

    @property
    def path(self) -> bytes:
        """The target without its query."""
        return self.target.split(b"?", 1)[0]

    @property
    def keeps_alive(self) -> bool:
        """Whether the client wants to go on with this connection."""
        return self.version == b"HTTP/1.1" and b"close" not in self.head.tokens


@dataclass(frozen=True, slots=True)
class Response:
    """The head of a response, taken apart."""

    head: Head
    status: int


async def read_head(reader: asyncio.StreamReader) -> Head | None:
    """Return the next head; None where the other side closed before it began.

    Raises
    ------
    BadMessage
    """
    try:
        block = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial.strip():
            raise BadMessage(400, "cut off") from error
        return None
    except asyncio.LimitOverrunError as error:
        raise BadMessage(431, "head too long") from error
    start, *lines = block[:-4].lstrip(b"\r\n").split(b"\r\n")
    return Head(start, tuple(_header(line) for line in lines))


def _header(line: bytes) -> tuple[bytes, bytes]:
    match = _HEADER.fullmatch(line)
    if not match or b"\0" in line or b"\n" in line or b"\r" in line:
        raise BadMessage(400, "header")
    return match[1].lower(), match[2]


def parse_request(head: Head) -> Request:
    """Return the request of a head.

    Raises
    ------
    BadMessage
    """
    match = _REQUEST_LINE.fullmatch(head.start)
    if not match or not match[2].startswith(b"/"):
        raise BadMessage(400, "request line")
    return Request(head, match[1], match[2], match[3])


def parse_response(head: Head) -> Response:
    """Return the response of a head.

    Raises
    ------
    BadMessage
    """
    match = _STATUS_LINE.fullmatch(head.start)
    if not match:
        raise BadMessage(502, "status line")
    return Response(head, int(match[1]))


def render_head(start: bytes, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return the bytes of a head."""
    lines = [start, *(name + b": " + value for name, value in headers)]
    return b"\r\n".join(lines) + b"\r\n\r\n"


async def copy_length(source: asyncio.StreamReader, target: asyncio.StreamWriter, length: int) -> None:
    """Pass on so many bytes.

    Raises
    ------
    BadMessage    the source ended early
    """
    left = length
    while left:
        block = await source.read(min(left, _BLOCK))
        if not block:
            raise BadMessage(400, "body cut off")
        target.write(block)
        await target.drain()
        left -= len(block)


async def copy_chunks(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Pass on a chunked body, each chunk as soon as it is there, up to its end.

    Raises
    ------
    BadMessage
    """
    while True:
        line = await _line(source)
        match = _CHUNK_SIZE.fullmatch(line[:-2])
        if not match:
            raise BadMessage(400, "chunk size")
        size = int(match[1], 16)
        target.write(match[1] + b"\r\n")
        if not size:
            break
        await copy_length(source, target, size + 2)
    while await _line(source) != b"\r\n":
        pass  # trailers are dropped
    target.write(b"\r\n")
    await target.drain()


async def _line(source: asyncio.StreamReader) -> bytes:
    try:
        return await source.readuntil(b"\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
        raise BadMessage(400, "chunk") from error


async def copy_to_end(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Pass on what comes until the source closes."""
    while block := await source.read(_BLOCK):
        target.write(block)
        await target.drain()
