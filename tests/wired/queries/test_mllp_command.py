"""``kairos mllp``: results of monitors are answered AA, AE or AR; strangers are not; nothing ends it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from kairos.actions.register_device import register_device
from kairos.cli import mllp, mllp_taking
from kairos.cli.mllp_taking import take
from kairos.queries.devices import devices_page
from kairos.store.ids import new_id
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Role
from tests.support.clinic import make_clinic, staff
from tests.support.loops import run_apart

pytestmark = pytest.mark.django_db

HEAD = "MSH|^~\\&|MON2|WARD|KAIROS||{sent}||ORU^R01^ORU_R01|77|P|2.6"
AT = "20260302100500+0100"
BODY = [
    "PID|1||anybody",
    f"OBR|1|||vitals|||{AT}",
    "OBX|1|NM|8480-6^Systolic^LN||131|mm[Hg]^^UCUM|||||F",
    "OBX|2|NM|150022^DIA^MDC^8462-4^Diastolic^LN||84|mm[Hg]|||||F",
    "OBX|3|NM|8867-4^HR^LN||71|/min|||||F",
    "OBX|4|NM|59408-5^SpO2^LN|||%|||||X",
]


@pytest.fixture
def clinic(monkeypatch):
    monkeypatch.setattr(mllp_taking, "close_old_connections", lambda: None)
    clinic = make_clinic()
    register_device(
        site_id=clinic.site_id,
        name="Monitor 2",
        key_digest="digest",
        sender="MON2",
        command_id=new_id(),
        by=staff(clinic, Role.ADMINISTRATOR),
        now=datetime.now(UTC),
    )
    return clinic


def message(*lines, head=HEAD):
    sent = datetime.now(UTC).strftime("%Y%m%d%H%M%S%z")
    return "\r".join([head.format(sent=sent), *(lines or BODY)]).encode()


def waiting(clinic):
    return devices_page(by=staff(clinic, Role.NURSE)).waiting


def test_results_are_taken_once_and_say_which_device(clinic):
    for _ in range(3):
        assert "\rMSA|AA|77|" in take(message())
    (kept,) = waiting(clinic)
    assert kept.values == {"systolic": 131, "diastolic": 84, "heart_rate": 71}
    assert kept.device_at == datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
    assert kept.ahead_s == pytest.approx(0, abs=5)


@pytest.mark.parametrize(
    ("raw", "code", "said"),
    [
        (b"", "AE", "MSH: is missing"),
        (b"\xff\xfe", "AR", "no UTF-8"),
        (message(head=HEAD.replace("MON2", "OTHER")), "AR", "no device of this name"),
        (message(head=HEAD.replace("ORU", "ADT")), "AE", "must be ORU R01"),
        (message("OBX|1|NM|8480-6^S^LN||abc|mm[Hg]|||||F"), "AE", "is no number"),
        (message("OBX|1|NM|8480-6^S^LN||131|mm[Hg]|||||F"), "AE", "needs a time with its offset"),
        (message("OBX|1|NM|8480-6^S^LN||131|mm[Hg]|||||X"), "AE", "no measured value"),
        (message(BODY[1], "OBX|1|NM|8480-6^S^LN||13|kg|||||F"), "AE", "cannot be read"),
        (message(BODY[1], "OBX|1|NM|8480-6^S^LN||900|mm[Hg]|||||F"), "AE", "must be 40 to 300"),
    ],
)
def test_a_bad_message_is_told_why(clinic, raw, code, said):
    answer = take(raw)
    assert f"\rMSA|{code}|" in answer
    assert said in answer
    assert waiting(clinic) == ()


def test_what_goes_wrong_here_asks_for_the_message_again(clinic, monkeypatch, capsys):
    monkeypatch.setattr(mllp_taking, "system_actors", lambda: 1 / 0)
    answer = take(message())
    assert "MSA|AR|77|the message could not be taken now" in answer
    assert "ZeroDivisionError" in capsys.readouterr().out


async def talk(raw, *, senders=("127.0.0.1",), answer=lambda raw: f"got {len(raw)}"):
    with ThreadPoolExecutor(1) as worker:
        server = await asyncio.start_server(
            lambda reader, writer: mllp.converse(reader, writer, frozenset(senders), answer, worker),
            "127.0.0.1",
            0,
            limit=mllp.LARGEST_BYTES,
        )
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
            writer.write(raw)
            writer.write_eof()
            try:
                return await reader.read()
            except ConnectionResetError:
                return b""
            finally:
                writer.close()


def test_messages_are_framed_and_answered_one_by_one():
    heard = run_apart(talk(b"\x0babc\x1c\r\x0bdefg\x1c\r\x0bcut off"))
    assert heard == b"\x0bgot 3\x1c\r\x0bgot 4\x1c\r"


def test_a_stranger_and_a_flood_get_nothing_kept():
    assert run_apart(talk(b"\x0babc\x1c\r", senders=())) == b""
    assert b"larger than 64 kB" in run_apart(talk(b"\x0b" + b"a" * 200_000 + b"\x1c\r"))


@pytest.mark.parametrize("host", ["0.0.0.0", "8.8.8.8", "::", "somewhere"])
def test_only_a_private_address_is_listened_on(host):
    with pytest.raises(InvalidInput, match="--host"):
        mllp.check_private(host)
    assert mllp.check_private("10.0.0.4") is None
