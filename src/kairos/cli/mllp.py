"""``kairos mllp``: HL7 v2 results of monitors over MLLP, on a private address, from named senders."""

import argparse
import asyncio
import contextlib
import ipaddress
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from kairos.cli.database_session import database_session
from kairos.cli.problems import DONE
from kairos.vocab.errors import InvalidInput, Problem

LARGEST_BYTES = 64 * 1024
_START, _END = b"\x0b", b"\x1c\r"
_IDLE_SECONDS = 600
_MOST_READ_ON, _PATIENCE_SECONDS = 64, 2
Take = Callable[[bytes], str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say where to listen, and to whom."""
    parser.add_argument("--host", default="127.0.0.1", help="a private address of this machine (127.0.0.1)")
    parser.add_argument("--port", type=int, default=2575, help="port (2575)")
    parser.add_argument(
        "--from", dest="senders", required=True, metavar="ADDRESSES", help="who may send, with commas between"
    )


def run(arguments: argparse.Namespace) -> int:
    """Listen until stopped."""
    check_private(arguments.host)
    senders = frozenset(str(ipaddress.ip_address(each.strip())) for each in arguments.senders.split(","))
    with database_session():
        from kairos.cli.mllp_taking import take

        asyncio.run(listen(arguments.host, arguments.port, senders, take))
    return DONE


def check_private(host: str) -> None:
    """Refuse an address that others than the clinic's own network reach.

    Raises
    ------
    InvalidInput
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError as error:
        raise InvalidInput(Problem("--host", "is no address; give one of this machine in numbers")) from error
    if address.is_unspecified or not address.is_private:
        raise InvalidInput(Problem("--host", "is open to others; MLLP is not encrypted, give a private one"))


async def listen(host: str, port: int, senders: frozenset[str], take: Take) -> None:
    """Serve; one message at a time is taken in."""
    with ThreadPoolExecutor(1) as worker:
        server = await asyncio.start_server(
            lambda reader, writer: converse(reader, writer, senders, take, worker),
            host,
            port,
            limit=LARGEST_BYTES,
        )
        print(f"kairos: mllp listens at {host}:{port}", flush=True)
        async with server:
            await server.serve_forever()


async def converse(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    senders: frozenset[str],
    take: Take,
    worker: ThreadPoolExecutor,
) -> None:
    """Answer every message of one sender; a stranger is hung up on."""
    try:
        while (writer.get_extra_info("peername") or ("",))[0] in senders:
            framed = await asyncio.wait_for(reader.readuntil(_END), _IDLE_SECONDS)
            raw = framed.removesuffix(_END).lstrip().removeprefix(_START)
            answer = await asyncio.get_running_loop().run_in_executor(worker, take, raw)
            writer.write(_START + answer.encode() + _END)
            await writer.drain()
    except asyncio.LimitOverrunError:
        writer.write(_START + _too_large().encode() + _END)
        await _let_end(reader)
    except (asyncio.IncompleteReadError, TimeoutError, OSError):
        pass  # the sender hung up, or said nothing for long; it begins anew
    finally:
        writer.close()


async def _let_end(reader: asyncio.StreamReader) -> None:
    """Read on for a while, so that the sender hears the answer before the line is cut."""
    with contextlib.suppress(TimeoutError, OSError):
        for _ in range(_MOST_READ_ON):
            if not await asyncio.wait_for(reader.read(LARGEST_BYTES), _PATIENCE_SECONDS):
                return


def _too_large() -> str:
    from kairos.interop.hl7v2.messages import REJECTED, acknowledgement

    said = f"the message is larger than {LARGEST_BYTES // 1024} kB; send fewer results at a time"
    return acknowledgement(REJECTED, "", said, sender="", now=datetime.now(UTC))
